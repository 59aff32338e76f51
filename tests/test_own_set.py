"""Our own questions: every quote stands in the demo corpus as it is read, whatever the passage size."""

import shutil
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.archive import Archive
from crawler.article import fold_space
from demo.pages import FOLDER as DEMO
from evaluation.own_set import _addresses, corpus_digest, read_own
from index.passage import passages
from index.text import has_marks

ONE = '[[question]]\nquestion = "Có mấy?"\nkind = "fact"\n'
PAGE = "bao/ca-nuoc-17316-san-pham"


def write(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_the_set_is_what_it_should_be() -> None:
    own = read_own()
    assert (own.name, own.unit) == ("own", "passage")
    assert len(own.questions) >= 150
    bare = sum(not has_marks(question.text) for question in own.questions)
    assert 0.2 <= bare / len(own.questions) <= 0.35
    kinds = Counter(question.kind for question in own.questions)
    assert min(kinds[kind] for kind in ("fact", "law", "number", "place", "list", "compare", "history", "who")) >= 5
    halves = Counter(question.half for question in own.questions)
    assert min(halves.values()) >= 80


@pytest.mark.parametrize("words", [60, 120, 240])
def test_every_quote_is_in_a_passage_of_its_page(demo_data: Path, words: int) -> None:
    names = {path: name for name, (_, path) in _addresses().items()}
    held: dict[str, list[str]] = {}
    with Archive(demo_data) as archive:
        for article in archive.articles():
            parts = urlsplit(article.url or "")
            name = names[parts.path + (f"?{parts.query}" if parts.query else "")]
            held[name] = [fold_space(passage.text) for passage in passages(article, words=words)]
    missing = [
        (question.text, place)
        for question in read_own().questions
        for places in question.gold
        for place in places
        if not any(place.quote in text for text in held[place.document])
    ]
    assert missing == []


def test_no_two_pages_share_an_address() -> None:
    addresses = _addresses()
    assert len({path for _, path in addresses.values()}) == len(addresses)
    assert addresses["sharepoint/decision.pdf"] == (3, "/Lists/VanBan/Attachments/12/quyet-dinh.pdf")


def test_the_corpus_is_another_when_a_page_is(tmp_path: Path) -> None:
    demo = Path(shutil.copytree(DEMO, tmp_path / "demo", ignore=shutil.ignore_patterns("__pycache__")))
    before = corpus_digest(demo)
    assert before == corpus_digest()
    (demo / "documents" / "README.txt").write_text("note", encoding="utf-8")
    (demo / "pages" / "dai" / "phu-tho-tra-dinh-hoai-trung-5-sao.2.html").unlink()
    assert corpus_digest(demo) == before, "neither notes nor the second edition are in the corpus"
    page = demo / "pages" / "bao" / "ca-nuoc-17316-san-pham.html"
    page.write_text(page.read_text(encoding="utf-8").replace("17.316", "17.317"), encoding="utf-8")
    assert corpus_digest(demo) != before


def test_a_question_is_read_with_what_must_be_found_and_where(tmp_path: Path) -> None:
    gold = f'gold = [[["{PAGE}", "126 sản phẩm"], ["bao/cac-dot-cong-nhan-5-sao", "47"]], [["{PAGE}", "18.243"]]]\n'
    (question,) = read_own(write(tmp_path, ONE + gold)).questions
    assert (question.group, question.kind) == (PAGE, "fact")
    assert [[(place.document, place.quote) for place in places] for places in question.gold] == [
        [(PAGE, "126 sản phẩm"), ("bao/cac-dot-cong-nhan-5-sao", "47")],
        [(PAGE, "18.243")],
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", r"holds no \[\[question\]\]"),
        ("x = ", "no question file"),
        (ONE, "gold"),
        (ONE + "gold = []\n", "has no gold"),
        (ONE + 'gold = [[["bao/khong-co", "62"]]]\n', "'bao/khong-co'"),
        (ONE + f'gold = [[["{PAGE}", " "]]]\n', "' ' of the page"),
        (2 * (ONE + f'gold = [[["{PAGE}", "62"]]]\n'), "stands twice"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_own(write(tmp_path, content))
