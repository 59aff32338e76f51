"""A build that takes over what did not change makes, file for file, the index that a build from nothing makes."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.archive import Archive
from crawler.article import Authority
from index.build import ArchiveEmpty, BuildReport, build
from index.embed import HashEmbedder
from index.manifest import FOLDER, IndexSettings, current_name, in_use, read_manifest
from index.records import Records
from index.search import Searcher
from index.store import STORES, Vectors
from index.switch import switch
from tests.archived import make_article, put

STORY = (
    "Hội đồng tỉnh Vĩnh Phúc phân hạng sản phẩm OCOP đợt đầu năm",
    "Hội đồng cấp tỉnh đã chấm điểm 24 sản phẩm của 15 chủ thể tại nhà văn hóa thành phố Vĩnh Yên trong hai ngày liền.",
    "Kết quả có 20 sản phẩm đạt 3 sao, 4 sản phẩm đạt 4 sao; nổi bật là rượu dâu Yên Lạc và trà hoa vàng Tam Đảo.",
    "Tính đến tháng 6/2023, tỉnh Vĩnh Phúc có 143 sản phẩm OCOP của 71 chủ thể, trong đó 12 sản phẩm đạt 4 sao.",
    "Ông Nguyễn Văn Hòa, Phó Chủ tịch Ủy ban nhân dân tỉnh Vĩnh Phúc, chủ trì hội nghị cùng đại diện các sở ngành.",
)
OWN = "Bà Lê Thị Mơ ở xã Đạo Trù kể chuyện trồng ba kích tím dưới tán rừng keo để lấy củ làm thuốc bổ."
LAW = (
    "Điều 1. Phạm vi",
    "1. Quy chế này nói về việc chấm điểm sản phẩm OCOP ở tỉnh Nam Định.",
    "2. Quy chế có hiệu lực từ ngày 01/7/2024.",
    "Điều 2. Tổ chức",
    "1. Hội đồng cấp huyện chấm trước, hội đồng cấp tỉnh chấm sau.",
)
# What stands at an address in the one or the other edition: each has its authority, kind and lines.
EDITIONS: dict[str, tuple[tuple[Authority, str, tuple[str, ...]], ...]] = {
    "bao": (("press", "news", STORY), ("press", "news", (*STORY, OWN)), ("press", "news", ("Tin khác", OWN))),
    "so": (("official", "news", STORY), ("mirror", "news", STORY), ("official", "news", STORY[:3])),
    "guong": (
        ("mirror", "news", (*STORY, OWN)),
        ("mirror", "news", tuple(line.replace("24 sản phẩm", "31 sản phẩm") for line in STORY)),
    ),
    "luat": (("official", "regulation", LAW), ("official", "regulation", LAW[:3])),
    "che": (
        ("press", "news", ("Chè Thái Nguyên", "Đến cuối năm 2021, tỉnh Thái Nguyên có 92 sản phẩm OCOP.")),
        ("press", "news", ("Chè Thái Nguyên", "Đến cuối năm 2022, tỉnh Thái Nguyên có 128 sản phẩm OCOP.", OWN)),
    ),
    "mam": (("press", "news", ("Nước mắm Phú Quốc", "Nước mắm Phú Quốc được bán ở nhiều tỉnh.")),),
}
# One change: an address and its edition from now on; None where its article is gone.
CHANGES = st.sampled_from(
    [(address, edition) for address, held in EDITIONS.items() for edition in (*range(len(held)), None)]
)


def change(data: Path, address: str, edition: int | None) -> None:
    url = f"https://{address}.example/1"
    if edition is None:
        with Archive(data, create=True) as archive:
            article = archive.by_url(url)
            if article is not None:
                archive.mark_gone(article.id)
        return
    authority, kind, lines = EDITIONS[address][edition]
    put(data, lines, url=url, authority=authority, kind=kind, published="2023-06-12", place=None)


def whole(data: Path) -> tuple[dict[str, str], tuple[int, ...], str]:
    """Everything a generation is but when and as which it was made."""
    made = read_manifest(data, in_use(data))
    return made.files, (made.articles, made.passages, made.figures, made.copies), made.corpus_updated


def from_nothing(data: Path, store: str) -> tuple[dict[str, str], tuple[int, ...], str]:
    """The same of an index built from nothing of a copy of the archive."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(shutil.copytree(data, Path(name) / "data", ignore=shutil.ignore_patterns(FOLDER)))
        report = build(copy, embedder="hash-256", store=store, progress=False)
        assert (report.taken, report.reused) == (0, report.passages - report.embedded)
        return whole(copy)


@pytest.mark.parametrize("store", STORES)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(st.lists(CHANGES, max_size=4), min_size=2, max_size=4))
def test_a_merge_is_a_build_from_nothing(store: str, batches: list[list[tuple[str, int | None]]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        Archive(data, create=True).close()
        for batch in batches:
            for address, edition in batch:
                change(data, address, edition)
            try:
                build(data, embedder="hash-256", store=store, progress=False)
            except ArchiveEmpty:
                with Archive(data) as archive:
                    assert archive.count() == 0
                continue
            assert whole(data) == from_nothing(data, store)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """One edition of everything, indexed."""
    for address in EDITIONS:
        change(tmp_path, address, 0)
    build(tmp_path, embedder="hash-256", store="exact", progress=False)
    return tmp_path


def rebuilt(data: Path) -> BuildReport:
    return build(data, progress=False)


def test_what_changed_is_read_and_embedded_and_nothing_else(data: Path) -> None:
    change(data, "che", 1)
    change(data, "mam", None)
    report = rebuilt(data)
    assert (report.articles, report.taken) == (len(EDITIONS) - 1, len(EDITIONS) - 2)
    held = {article.id: article for article in Records(report.folder).articles()}
    with Archive(data) as archive:
        tea = archive.by_url("https://che.example/1")
        assert tea is not None
        assert report.embedded == held[tea.id].passages
    assert whole(data) == from_nothing(data, "exact")


def test_nothing_changed_reads_and_embeds_nothing(data: Path) -> None:
    before = whole(data)
    report = rebuilt(data)
    assert (report.taken, report.embedded) == (len(EDITIONS), 0)
    assert whole(data) == before


def test_a_record_that_changed_beside_its_text_is_read_anew(data: Path) -> None:
    article, raw = make_article(EDITIONS["mam"][0][2], url="https://mam.example/1", published="2023-06-12")
    with Archive(data) as archive:
        assert archive.put(replace(article, place="Kiên Giang", title="Mắm"), raw) == "updated"
    report = rebuilt(data)
    assert report.taken == len(EDITIONS) - 1
    searcher = Searcher.open(data)
    assert searcher.passages_of(article.id)[0].header.startswith("Mắm. Kiên Giang")
    searcher.close()


def test_a_copy_tells_its_figures_again_when_its_lead_has_gone(data: Path) -> None:
    def of_vinh_phuc() -> list[str]:
        searcher = Searcher.open(data)
        try:
            return [figure.article_id for figure in searcher.figures() if figure.value == 143]
        finally:
            searcher.close()

    with Archive(data) as archive:
        ids = {address: archive.by_url(f"https://{address}.example/1") for address in ("so", "bao")}
    assert ids["so"] is not None
    assert ids["bao"] is not None
    assert of_vinh_phuc() == [ids["so"].id]
    change(data, "so", None)
    rebuilt(data)
    assert of_vinh_phuc() == [ids["bao"].id]


def test_other_settings_cut_anew_and_keep_the_vectors_of_equal_passages(data: Path) -> None:
    report = build(data, settings=IndexSettings(passage_words=20), progress=False)
    assert report.taken == 0
    assert 0 < report.reused < report.passages


class Turned(HashEmbedder):
    """Another model: every vector turned."""

    name = "turned"
    digest = "1" * 64

    def embed_query(self, text: str) -> Vectors:
        return np.roll(super().embed_query(text), 1)


def test_another_model_embeds_what_was_read_before(data: Path) -> None:
    before = whole(data)[0]
    report = build(data, embedder=Turned(), progress=False)
    assert (report.taken, report.passages - report.reused) == (len(EDITIONS), report.embedded)
    assert report.embedded > 0
    after = whole(data)[0]
    assert {name for name, digest in after.items() if digest != before[name]} == {"vectors.npy"}


def test_another_store_takes_over_what_was_read_and_embedded(data: Path) -> None:
    report = build(data, store="faiss", progress=False)
    assert (report.taken, report.embedded) == (len(EDITIONS), 0)
    assert whole(data) == from_nothing(data, "faiss")


def test_a_program_that_reads_otherwise_reads_anew(data: Path) -> None:
    path = data / FOLDER / current_name(data) / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"code": "', '"code": "0'), encoding="utf-8")
    switch(data / FOLDER, path.parent.name)
    report = rebuilt(data)
    assert (report.taken, report.embedded) == (0, 0)
