"""Filters over an archive: from what articles say to what search, the command and the interface give."""

import json
from datetime import date
from pathlib import Path

import pytest

from index.__main__ import main
from index.build import build
from index.filters import Filters
from index.manifest import current_name
from index.places.districts import districts_called
from index.places.territory import territory_called
from index.search import Searcher
from tests.archived import make_article, put
from tests.conftest import served

ARTICLES: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "hai-hau": (
        ("Gạo nếp Hải Hậu lên kệ", "Huyện Hải Hậu có gạo nếp đạt 4 sao, bán trong khách sạn 5 sao ở tỉnh ngoài."),
        {"published": "2020-06-12", "source": "Báo Đồng Bằng"},
    ),
    "ha-nam": (
        ("Cá kho làng Vũ Đại", "Tỉnh Hà Nam có cá kho đạt 5 sao theo Quyết định 148/QĐ-TTg."),
        {"published": "2023-09-01", "source": "Báo Đồng Bằng"},
    ),
    "hoa-lu": (("Cơm cháy cố đô", "Tỉnh Ninh Bình có cơm cháy đạt 3 sao."), {"published": "2021-03-01"}),
    "ninh-binh": (("Ba vùng một tỉnh", "Tỉnh Ninh Bình rà lại sản phẩm 4 sao."), {"published": "2025-11-17"}),
    "chau-thanh": (
        ("Khô cá bên sông", "Huyện Châu Thành có khô cá tra."),
        {"published": "2022-01-01", "place": "An Giang"},
    ),
    "148": (
        (
            "Quyết định 148/QĐ-TTg về Bộ tiêu chí và quy trình đánh giá, phân hạng sản phẩm",
            "Điều 1. Hiệu lực",
            "1. Quyết định này có hiệu lực kể từ ngày 24 tháng 02 năm 2023.",
        ),
        {"kind": "regulation"},
    ),
    "26": (
        (
            "Quyết định 26/2026/QĐ-TTg về đánh giá, phân hạng sản phẩm",
            "Điều 1. Hiệu lực",
            "1. Quyết định này có hiệu lực kể từ ngày 22 tháng 5 năm 2026.",
            "2. Quyết định số 148/QĐ-TTg hết hiệu lực kể từ ngày 22 tháng 5 năm 2026.",
        ),
        {"kind": "regulation"},
    ),
    "77": (("Quyết định 77/QĐ-UBND về tổ tư vấn", "Điều 1. Tổ tư vấn", "1. Tổ gồm năm người."), {"kind": "regulation"}),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filtered")
    for name, (lines, fields) in ARTICLES.items():
        put(folder, lines, url=f"https://{name}.example/1", **fields)
    build(folder, embedder="hash-256", progress=False)
    return folder


def name_of(article_id: str) -> str:
    names = {make_article(ARTICLES[name][0], url=f"https://{name}.example/1")[0].id: name for name in ARTICLES}
    return names[article_id]


def found(data: Path, filters: Filters) -> set[str]:
    searcher = Searcher.open(data)
    try:
        return {name_of(hit.passage.article_id) for hit in searcher.search("gạo", filters, limit=50).hits}
    finally:
        searcher.close()


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("Ninh Bình", {"hai-hau", "ha-nam", "hoa-lu", "ninh-binh"}),
        ("Ninh Bình cũ", {"hoa-lu", "ninh-binh"}),
        ("Nam Định", {"hai-hau", "ninh-binh"}),
        ("ha nam", {"ha-nam", "ninh-binh"}),
        ("An Giang", {"chau-thanh"}),
        ("Kiên Giang", set()),
    ],
)
def test_a_province_under_its_names_before_and_since(data: Path, asked: str, names: set[str]) -> None:
    meant = territory_called(asked)
    assert meant is not None
    assert found(data, Filters(provinces=(meant,))) == names


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("Hải Hậu", {"hai-hau"}),
        ("hai hau, ninh binh", {"hai-hau"}),
        ("Châu Thành", {"chau-thanh"}),
        ("Châu Thành, An Giang", {"chau-thanh"}),
        ("Châu Thành, Kiên Giang", set()),
    ],
)
def test_a_district_with_or_without_its_province(data: Path, asked: str, names: set[str]) -> None:
    districts = tuple(district.key for district in districts_called(asked))
    assert districts
    assert found(data, Filters(districts=districts)) == names


@pytest.mark.parametrize(
    ("day", "names", "unknown"),
    [("2023-02-23", set(), 2), ("2024-05-01", {"148"}, 2), ("2026-05-22", {"26"}, 2)],
)
def test_law_in_force_on_a_day_and_how_much_is_not_known(data: Path, day: str, names: set[str], unknown: int) -> None:
    searcher = Searcher.open(data)
    result = searcher.search("hiệu lực", Filters(in_force=date.fromisoformat(day)), limit=50)
    assert {name_of(hit.passage.article_id) for hit in result.hits} == names
    assert result.force_unknown == unknown
    assert searcher.search("hiệu lực").force_unknown == 0
    searcher.close()


def test_the_command_filters_and_says_what_it_could_not_tell(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: str) -> str:
        capsys.readouterr()
        assert main(["search", "gạo", "--data", str(data), *arguments]) == 0
        return capsys.readouterr().out

    assert "Quyết định 148/QĐ-TTg về Bộ tiêu chí" in run("--in-force", "2024-05-01")
    assert "Bỏ ra 2 đoạn văn bản mà kho không biết" in run("--in-force", "2024-05-01")
    assert "Bỏ ra" not in run("--kind", "regulation")
    shown = run("--district", "Hải Hậu", "--province", "Nam Định", "--star", "4", "--source", "bao dong bang", "--json")
    (hit,) = json.loads(shown)["hits"]
    assert name_of(hit["article_id"]) == "hai-hau"
    named = json.loads(run("--number", "QĐ 148", "--json"))
    assert {name_of(hit["article_id"]) for hit in named["hits"]} == {"148", "26", "ha-nam"}
    assert named["force_unknown"] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--district", "Atlantis"], "'Atlantis'"),
        (["--star", "6"], "6"),
        (["--number", "Atlantis"], "26/2026/QĐ-TTg"),
        (["--in-force", "2024-05"], "2024-05-01"),
        (["--in-force", "2024-02-30"], "lịch"),
    ],
)
def test_the_command_refuses_what_it_does_not_know(
    data: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["search", "gạo", "--data", str(data), *arguments])
    assert left.value.code == 2
    assert said in capsys.readouterr().err


def test_an_unknown_source_is_told_with_those_that_are_held(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "gạo", "--data", str(data), "--source", "Báo Lạ"]) == 1
    assert "Báo Lạ; các nguồn có: Báo thử, Báo Đồng Bằng" in capsys.readouterr().err


def test_the_interface_filters(data: Path, tmp_path: Path) -> None:
    with served(data, tmp_path / "log") as running:

        def asked(**params: str | list[str]) -> set[str]:
            response = running.client.get("/api/search", params={"q": "gạo", "limit": "50", **params})
            assert response.status_code == 200, response.text
            return {name_of(hit["article_id"]) for hit in response.json()["hits"]}

        assert asked(province="Ninh Bình", to="2024") == {"hai-hau", "ha-nam", "hoa-lu"}
        assert asked(district=["Hải Hậu", "Châu Thành, An Giang"]) == {"hai-hau", "chau-thanh"}
        assert asked(star=["5", "3"]) == {"ha-nam", "hoa-lu"}
        assert asked(number="148/QĐ-TTg", kind="news") == {"ha-nam"}
        assert asked(source="hai-hau.example") == {"hai-hau"}
        assert asked(in_force="2024-05-01") == {"148"}
        told = running.client.get("/api/search", params={"q": "gạo", "in_force": "2024-05-01"}).json()
        assert told["force_unknown"] == 2


def test_facets_of_an_index_built_on_a_former_one_are_those_of_one_built_anew(tmp_path: Path) -> None:
    """What did not change is taken over; two articles come and one is changed."""
    grown, fresh = tmp_path / "grown", tmp_path / "fresh"
    for name in list(ARTICLES)[1:-1]:
        lines, fields = ARTICLES[name]
        put(grown, lines, url=f"https://{name}.example/1", **fields)
    put(grown, ("Bản cũ", "Tỉnh Hà Nam có 2 sản phẩm 3 sao."), url="https://77.example/1")
    build(grown, embedder="hash-256", store="exact", progress=False)
    for folder in (grown, fresh):
        for name, (lines, fields) in ARTICLES.items():
            put(folder, lines, url=f"https://{name}.example/1", **fields)
    build(grown, progress=False)
    build(fresh, embedder="hash-256", store="exact", progress=False)
    facets = [
        {path.name: path.read_bytes() for path in (folder / "index" / current_name(folder) / "facets").iterdir()}
        for folder in (grown, fresh)
    ]
    assert facets[0] == facets[1]
    assert "districts.rows.npy" in facets[0]
