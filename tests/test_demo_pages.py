"""The demo pages against the facts they restate, the sources that crawl them, and the questions asked of them."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from crawler.sources import load_sources
from demo.conductor import ConductorError, write_sources
from demo.pages import PageError, Portal, load_portals
from tests.portals import own_text, text_of, words

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
RUN = 12  # words in a row that would be a copied sentence


@pytest.fixture(scope="module")
def portals() -> tuple[Portal, ...]:
    return load_portals()


def test_legal_pages_call_themselves_summaries(portals: tuple[Portal, ...]) -> None:
    assert [page.slug for page in portals[2].pages if not page.head.title.startswith("Tóm lược ")] == []


def shared_runs(one: list[str], other: list[str]) -> float:
    """The Jaccard similarity of the runs of five words of two texts."""
    runs = [{tuple(text[i : i + 5]) for i in range(len(text) - 4)} for text in (one, other)]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


def test_one_wire_story_stands_on_two_hosts(portals: tuple[Portal, ...]) -> None:
    paper = words(own_text(portals, "/tin-tuc/bac-ninh-98-san-pham-nam-2024.html"))
    province = words(own_text(portals, "/chi-tiet-tin/danh-muc-98-san-pham-nam-2024"))
    assert paper != province
    assert shared_runs(paper, province) > 0.8


@pytest.mark.parametrize(
    ("path", "least"),
    [
        ("/tin-htx/dak-lak-co-138-san-pham-giua-nam-2023/", 0.6),
        ("/thoi-su/dak-lak-ba-muoi-san-pham-moi-d1.html", 0.6),
        ("/xem.php?bai=dak-lak-them-30-san-pham", 0.9),
    ],
)
def test_a_story_is_republished_with_small_edits(portals: tuple[Portal, ...], path: str, least: float) -> None:
    paper = words(own_text(portals, "/tin-tuc/dak-lak-138-san-pham.html"))
    assert least < shared_runs(paper, words(own_text(portals, path))) < 1


# Article and clause of QĐ 26/2026/QĐ-TTg -> what the summary must say under it.
LAW = {
    (1, 1): ["nâng hạng", "công nhận lại"],
    (2, 2): ["06 nhóm", "sinh vật cảnh"],
    (2, 3): ["đăng ký kinh doanh", "hợp tác xã"],
    (3, 1): ["40 điểm", "25 điểm", "35 điểm"],
    (3, 2): ["26 bộ"],
    (3, 3): ["90 đến 100", "70 đến dưới 90", "50 đến dưới 70", "30 đến dưới 50", "dưới 30", "05 hạng"],
    (4, 1): ["2 cấp", "UBND cấp tỉnh", "3 sao, 4 sao", "Bộ Nông nghiệp và Môi trường", "5 sao"],
    (4, 3): ["36 tháng"],
    (5, 1): ["02 đợt", "trước 30/6", "trước 30/4", "trước 30/12", "trước 30/10"],
    (5, 2): ["02 đợt", "trước 30/9", "trước 30/7", "trước 30/3", "trước 30/01"],
    (6, 1): ["Mẫu số 01", "Mẫu số 02"],
    (6, 2): ["Mẫu số 03", "05 sản phẩm mẫu"],
    (6, 3): ["05 sản phẩm mẫu"],
    (7, 1): ["01 bộ giấy", "01 bộ điện tử"],
    (7, 2): ["15 ngày làm việc", "Mẫu số 03"],
    (7, 3): ["từ 90 điểm"],
    (7, 4): ["90 điểm"],
    (7, 6): ["36 tháng", "180 ngày", "120 ngày", "45 ngày"],
    (8, 1): ["6 trường hợp"],
    (8, 2): ["Chủ tịch UBND cấp tỉnh", "Bộ trưởng Bộ Nông nghiệp và Môi trường"],
    (8, 4): ["15 ngày"],
    (9, 2): ["hậu kiểm"],
    (10, 3): ["trước Thủ tướng"],
    (11, 1): ["22/5/2026"],
    (11, 2): ["148/QĐ-TTg", "24/02/2023", "1489/QĐ-TTg", "06/7/2025", "60 ngày"],
    (12, 2): ["60 ngày", "30 ngày"],
    (12, 3): ["180 ngày"],
}


def clauses(portals: tuple[Portal, ...]) -> dict[tuple[int, int], str]:
    """(article, clause) -> its text in the summary of QĐ 26/2026; clause 0 is what stands before the first, and the
    forms behind the articles are left out."""
    page = next(page for page in portals[2].pages if page.slug == "quyet-dinh-26-2026-qd-ttg")
    result: dict[tuple[int, int], str] = {}
    article = clause = 0
    for block in map(text_of, page.blocks):
        if block.startswith("PHỤ LỤC"):
            break
        if heading := re.match(r"Điều (\d+)\. ", block):
            article, clause = int(heading[1]), 0
        elif number := re.match(r"(\d+)\. ", block):
            clause = int(number[1])
        result[article, clause] = f"{result.get((article, clause), '')}\n{block}"
    return result


def test_the_summary_of_the_law_in_force_has_every_article_and_its_numbers(portals: tuple[Portal, ...]) -> None:
    found = clauses(portals)
    assert sorted({article for article, _ in found if article}) == list(range(1, 14))
    counts = {article: max(number for other, number in found if other == article) for article in range(1, 14)}
    assert counts == {1: 2, 2: 3, 3: 3, 4: 3, 5: 2, 6: 3, 7: 6, 8: 4, 9: 4, 10: 4, 11: 2, 12: 3, 13: 0}
    lacking = [(where, said) for where, all_said in LAW.items() for said in all_said if said not in found[where]]
    assert lacking == []
    withdrawal = re.findall(r"^(\w)\) ", found[8, 1], re.MULTILINE)
    assert withdrawal == ["a", "b", "c", "d", "đ", "e"]


@pytest.mark.parametrize(
    ("slug", "facts"),
    [
        ("quyet-dinh-148-qd-ttg-2023", ["Phần A 40 điểm, phần B 25 điểm, phần C 35 điểm", "Huyện công nhận 3 sao", "30 ngày", "Trần Lưu Quang"]),  # noqa: E501
        ("quyet-dinh-1489-qd-ttg-2025", ["Tỉnh công nhận 3 sao, 4 sao", "Trần Hồng Hà", "21/7/2026"]),
        ("quyet-dinh-1048-qd-ttg-2019", ["Phần A 35 điểm, phần B 25 điểm, phần C 40 điểm", "08/6/2020", "24/02/2023"]),
        ("chuong-trinh-ocop-490-va-919", ["07/5/2018", "01/8/2022", "10.000", "từ 400 đến 500"]),
        ("huong-dan-ho-so-lan-dau", ["15 ngày làm việc", "05 sản phẩm mẫu", "30/4", "30/10"]),
        ("huong-dan-nop-lai-khi-sap-het-han", ["180 ngày đến 120 ngày", "04/7/2026", "02/9/2026", "45 ngày"]),
        ("huong-dan-diem-va-sao", ["từ 70 đến dưới 90", "từ 50 đến dưới 70"]),
        ("huong-dan-nhom-va-bo-san-pham", ["6 nhóm", "26 bộ", "bộ 13", "19/2025/QĐ-TTg"]),
    ],
)  # fmt: skip
def test_numbers_of_the_guides(portals: tuple[Portal, ...], slug: str, facts: list[str]) -> None:
    text = own_text(portals, f"/tom-luoc/{slug}.html")
    assert [fact for fact in facts if fact not in text] == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="cần thư mục ../shared với các bài gốc để so, máy này không có")
def test_no_sentence_of_the_sources_is_copied(portals: tuple[Portal, ...]) -> None:
    sources = [file.read_text(encoding="utf-8") for file in sorted((SHARED / "data" / "seeds").glob("*.txt"))]
    lines = (SHARED / "data" / "facts" / "ocop-facts.jsonl").read_text(encoding="utf-8").splitlines()
    sources += [json.loads(line)["facts"] for line in lines]
    taken = {tuple(part[i : i + RUN]) for part in map(words, sources) for i in range(len(part) - RUN + 1)}
    assert len(taken) > 1000
    copied = []
    for portal in portals:
        for page in portal.pages:
            ours = words(own_text(portals, page.path))
            runs = (tuple(ours[i : i + RUN]) for i in range(len(ours) - RUN + 1))
            copied += [(page.slug, " ".join(run)) for run in runs if run in taken]
    assert copied == []


def test_pages_are_refused_with_the_file_and_the_reason(tmp_path: Path) -> None:
    (tmp_path / "pages" / "bao").mkdir(parents=True)
    (tmp_path / "portals.toml").write_text(
        (ROOT / "demo" / "portals.toml").read_text(encoding="utf-8").partition('[[portal]]\nid = "tinh"')[0],
        encoding="utf-8",
    )
    page = tmp_path / "pages" / "bao" / "thu.html"
    good = '+++\ntitle = "Thử"\nlead = "Mở."\nsection = "Kinh tế"\ninvented = true\n+++\nMột câu.\n'
    page.write_text(good, encoding="utf-8")
    assert load_portals(tmp_path)[0].pages[0].blocks == ("Một câu.",)
    for broken, reason in (
        (good.removeprefix("+++\n"), "front matter"),
        (good.replace("invented = true\n", ""), "names no original"),
        (good.replace("Kinh tế", "Lạ"), "'Lạ'"),
        (good.replace("lead", "leed"), "leed"),
    ):
        page.write_text(broken, encoding="utf-8")
        with pytest.raises(PageError, match=reason) as error:
            load_portals(tmp_path)
        assert str(page) in str(error.value)


def test_sources_are_valid_and_keep_exactly_the_articles(tmp_path: Path, portals: tuple[Portal, ...]) -> None:
    sources = load_sources(write_sources(tmp_path, 8801))
    assert [source.home for source in sources] == [f"http://127.0.0.1:{port}/" for port in range(8801, 8810)]
    assert [source.authority for source in sources] == [
        *("press", "official", "press", "official", "official", "commercial", "state_press", "mirror", "official")
    ]
    assert [source.rights for source in sources] == [*["full"] * 6, "excerpt", "link", "full"]
    assert {source.every_h for source in sources} == {0.0}
    assert [source.name for source in sources] == [portal.settings.name for portal in portals]
    for source, portal in zip(sources, portals, strict=True):
        for page in portal.pages:
            assert source.keeps(source.absolute(page.path))
        assert source.follows(source.absolute(portal.settings.listing.format(number=2)))
        assert not source.keeps(source.absolute(f"/in/{portal.pages[0].slug}"))
    assert write_sources(tmp_path, 8801).exists()
    with pytest.raises(ConductorError, match=r"8801.*8901"):
        write_sources(tmp_path, 8901)
    path = write_sources(tmp_path, 8801)
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.partition('[[source]]\nid = "demo-sharepoint"')[0], encoding="utf-8")
    assert write_sources(tmp_path, 8801).read_text(encoding="utf-8") == whole, "a folder of fewer portals goes on"


def test_questions_name_existing_pages_that_hold_the_answer(portals: tuple[Portal, ...]) -> None:
    table = tomllib.loads((ROOT / "demo" / "questions.toml").read_text(encoding="utf-8"))["question"]
    assert len({entry["question"] for entry in table}) == len(table) >= 50
    answered = [entry for entry in table if entry["status"] == "answered"]
    for entry in answered:
        for path in (entry["article"], *entry.get("or_articles", ())):
            text = own_text(portals, path).casefold()
            lacking = [value for value in entry["expect"] if value.casefold() not in text]
            # A comparison needs two pages: each must hold one of the values.
            allowed = len(entry["expect"]) - 1 if entry["kind"] == "compare" else 0
            assert len(lacking) <= allowed, (entry["question"], path, lacking)
    others = [entry for entry in table if entry["status"] != "answered"]
    assert {entry["status"] for entry in others} == {"no_evidence", "out_of_scope", "refused"}
    assert len(others) >= 10
    assert all("article" not in entry and entry["expect"] == [] for entry in others)


def test_pages_of_mixed_sites_name_the_programme_or_its_decision_but_the_two_off_the_subject(
    portals: tuple[Portal, ...], tmp_path: Path
) -> None:
    sources = load_sources(write_sources(tmp_path, 8801))
    silent = {
        page.slug
        for source, portal in zip(sources, portals, strict=True)
        for page in portal.pages
        if not source.whole and not re.search("OCOP|26/2026/QĐ-TTg", own_text(portals, page.path))
    }
    assert silent == {"bong-da-lang-tranh-cup-mua-gat", "thoi-tiet-cuoi-tuan"}
