"""People in public office and bodies as stated: hand-written gold, the five real articles, and those left alone."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive import Raw
from crawler.article import Article, Block, Kind, Role, text_digest
from crawler.draft import Origin
from crawler.read import read_article
from index.people.stated import Stated, Stating, find_people, people
from index.span import Span

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "shared" / "data" / "seeds"
GOLD = tomllib.loads((HERE / "people.toml").read_text(encoding="utf-8"))
HELD_OUT = tomllib.loads((HERE / "people_heldout.toml").read_text(encoding="utf-8"))


def line(text: str, stated: Stating | Stated) -> str:
    """A record as the gold writes it."""

    def said(span: Span | None) -> str:
        return span.of(text) if span is not None else "-"

    further = "; ".join(map(said, stated.further)) or "-"
    return " | ".join(
        [stated.role, said(stated.name), said(stated.title), said(stated.body), further, said(stated.act)]
    )


def article(*lines: str, kind: Kind = "news", roles: tuple[Role, ...] = ()) -> Article:
    text = "\n".join(lines)
    blocks, at = [], 0
    for number, one in enumerate(lines):
        blocks.append(Block(role=roles[number] if roles else "paragraph", start=at, end=at + len(one)))
        at += len(one) + 1
    return Article(
        id="0" * 16, url=None, original_url=None, title="Bài thử", text=text, blocks=tuple(blocks),
        sections=(), dropped=(),
        source="thử", authority="press", rights="full", kind=kind, author=None, published="2026-01-02", event_date=None,
        date_note=None, place=None, fetched="2026-01-03T00:00:00Z", raw_digest="0" * 64, digest=text_digest(text),
    )  # fmt: skip


@pytest.mark.parametrize(("text", "stated"), [(entry["text"], entry["stated"]) for entry in GOLD["sentence"]])
def test_gold(text: str, stated: list[str]) -> None:
    assert Counter(line(text, one) for one in find_people(text)) == Counter(stated)


def test_held_out() -> None:
    """The second set allows for what the rules do not know: nothing wrong, at most one of twenty left out."""
    right = wrong = missed = 0
    for entry in HELD_OUT["sentence"]:
        found = Counter(line(entry["text"], one) for one in find_people(entry["text"]))
        stated = Counter(entry["stated"])
        right += (found & stated).total()
        wrong += (found - stated).total()
        missed += (stated - found).total()
    assert wrong == 0
    assert missed <= (right + missed) / 20


def seed(number: str) -> Article:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return read_article(
        Raw(body=path.read_bytes(), content_type="text/plain"), Origin(source="mẫu", fetched="2026-01-02T03:04:05Z")
    )


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/data/seeds is not beside this checkout")
@pytest.mark.parametrize("number", sorted(GOLD["seed"]))
def test_seeds(number: str) -> None:
    found = seed(number)
    records = people(found)
    assert {line(found.text, one) for one in records} == set(GOLD["seed"][number])
    for one in records:
        assert (one.article_id, one.digest) == (found.id, found.digest)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/data/seeds is not beside this checkout")
def test_who_chairs_the_council() -> None:
    found = seed("003")
    (chair,) = (
        one
        for one in people(found)
        if any(
            span.of(found.text).startswith("Chủ tịch Hội đồng") and span.of(found.text).endswith("Quảng Nam")
            for span in one.further
        )
    )
    assert chair.name is not None
    assert chair.name.of(found.text) == "Trần Anh Tuấn"
    assert "Ngô Thị Thu Trang" not in " ".join(
        one.name.of(text) for text, records in [(seed("002").text, people(seed("002")))] for one in records if one.name
    )


def test_a_name_whose_office_the_article_states_elsewhere() -> None:
    found = article(
        "Ông Nguyễn Văn An yêu cầu các xã chấm lại điểm.",
        "Ông Nguyễn Văn An, Giám đốc Sở Y tế tỉnh Sơn La, cho biết đã có kết quả.",
        "Phó Giám đốc Nguyễn Văn An nói thêm; bà Lê Thị Bình cho biết nhà bà còn hàng.",
    )
    assert [line(found.text, one) for one in people(found)] == [
        "directed | Nguyễn Văn An | - | - | - | yêu cầu",
        "said | Nguyễn Văn An | Giám đốc | Sở Y tế tỉnh Sơn La | - | cho biết",
        "said | Nguyễn Văn An | Phó Giám đốc | - | - | nói",
    ]


def test_bylines_are_nobody_in_office() -> None:
    found = article(
        "Bài: Nguyễn Văn An, Trưởng phòng Kinh tế huyện Mai Châu",
        "UBND huyện Mai Châu tổ chức chợ phiên.",
        roles=("byline", "paragraph"),
    )
    assert [line(found.text, one) for one in people(found)] == ["organised | - | - | UBND huyện Mai Châu | - | tổ chức"]


LETTERHEAD = "ỦY BAN NHÂN DÂN TỈNH SƠN LA"


@pytest.mark.parametrize(
    ("lines", "kind", "signed"),
    [
        (
            (LETTERHEAD, "Điều 1.", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn An"),
            "decision",
            "PHÓ CHỦ TỊCH | ỦY BAN NHÂN DÂN TỈNH SƠN LA | TM.",
        ),
        (
            (LETTERHEAD, "Điều 1.", "Nơi nhận: như trên | TM. UỶ BAN NHÂN DÂN CHỦ TỊCH (Đã ký) Nguyễn Văn An"),
            "decision",
            "CHỦ TỊCH | ỦY BAN NHÂN DÂN TỈNH SƠN LA | (Đã ký)",
        ),
        (
            (LETTERHEAD, "Điều 1.", "CHỦ TỊCH", "Nguyễn Văn An"),
            "decision",
            "CHỦ TỊCH | ỦY BAN NHÂN DÂN TỈNH SƠN LA | -",
        ),
        (("Điều 9.", "KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG", "Nguyễn Văn An"), "regulation", "PHÓ THỦ TƯỚNG | - | KT."),
        (("Chương trình lễ", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn An"), "news", None),
        (("CÔNG TY CHÈ ĐỒI XANH", "GIÁM ĐỐC", "Nguyễn Văn An"), "decision", None),
    ],
)
def test_signatures(lines: tuple[str, ...], kind: Kind, signed: str | None) -> None:
    found = article(*lines, kind=kind)
    records = [one for one in people(found) if one.role == "signed"]
    if signed is None:
        assert records == []
        return
    title, body, act = signed.split(" | ")
    assert [line(found.text, one) for one in records] == [f"signed | Nguyễn Văn An | {title} | {body} | - | {act}"]
    assert found.text[records[0].start : records[0].end].endswith("Nguyễn Văn An")


def test_law_and_guides_speak_in_general() -> None:
    rule = "Bộ Nông nghiệp và Môi trường công nhận sản phẩm 5 sao; Phó Thủ tướng Nguyễn Văn An ký quyết định."
    assert people(article(rule, kind="regulation")) == ()
    assert [one.role for one in people(article(rule, kind="guide"))] == ["signed"]


PIECES = st.sampled_from(
    "UBND|tỉnh|huyện|Nam Định|Theo|báo cáo|của|Sở Y tế|Ông|bà|Nguyễn Văn An|Trần Thị Bình|,|;|:|(|)|Phó|Chủ tịch|"
    "Giám đốc|cho biết|và|Tỉnh ủy|Hội đồng|chủ trì|trao|ký|Dự|có|là|làm|các đồng chí|H'Yim|–|-|tổ chức|phối hợp|sẽ|\n|"
    "TM.|KT.|"
    "CHỦ TỊCH|PHÓ CHỦ TỊCH|ỦY BAN NHÂN DÂN".split("|")
)
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=25).map("".join)
)


@given(TEXTS)
def test_spans_lie_in_the_sentence(text: str) -> None:
    for one in find_people(text, {"Trần Thị Bình"}):
        spans = [one.name, one.title, one.body, one.act, *one.further]
        for span in spans:
            assert span is None or 0 <= span.start < span.end <= len(text)
        assert one.name is not None or one.body is not None or one.title is not None


@given(st.lists(TEXTS.map(lambda text: " ".join(text.split()) or "x"), min_size=1, max_size=5))
def test_spans_lie_in_the_article(lines: list[str]) -> None:
    found = article(*lines, kind="decision")
    for one in people(found):
        assert 0 <= one.start < one.end <= len(found.text)
        for span in (one.name, one.title, one.act, *one.further):
            assert span is None or one.start <= span.start < span.end <= one.end


def test_a_long_line() -> None:
    """Of a length that anything but linear time does not finish."""
    text = "Ông Nguyễn Văn An, Phó Chủ tịch UBND tỉnh Sơn La, chủ trì họp; " * 4_000
    found = find_people(text, {"Nguyễn Văn An"})
    assert Counter(one.role for one in found) == {"chaired": 4_000}
