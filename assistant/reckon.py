"""Sums, averages and shares, each with its arithmetic and the figures it rests on."""

import re
from dataclasses import replace

from assistant.against_target import against_target
from assistant.amounts import line
from assistant.answer import FOUND_FIGURES, vietnamese_number
from assistant.averages import average
from assistant.beside_nation import beside_nation
from assistant.beside_totals import beside_totals
from assistant.between_sources import between_sources
from assistant.compare import (
    Row,
    compare,
    dates_notice,
    of_rounds,
    ratio_of_places,
    rows_of_places,
    rows_of_subplaces,
    totals_held,
)
from assistant.corpus import Corpus
from assistant.count import sets_a_limit
from assistant.decision import counted_in
from assistant.draft import Draft, Operation, Reckoning, Segment, connective, quoted
from assistant.fitted import Fitted, evidence_of
from assistant.kinds_compared import kinds_compared
from assistant.lacking import lacking
from assistant.leading import places_with
from assistant.leading_reckoned import leading_reckoned
from assistant.over_time import compares_times, over_time
from assistant.proper_names import proper_names
from assistant.provinces_with import provinces_with
from assistant.question import Question
from assistant.remainder import remainder
from assistant.rounds import rounds
from assistant.shares import compares_shares, share
from assistant.sought import PRODUCTS, Ask, Sought, seek
from assistant.supposed import supposed
from assistant.wording import find_phrase, says
from index.places.named import MERGER, PROVINCES, related

_COMPARES = (
    "so sánh",
    "so với",
    "so số",
    "nhiều hơn",
    "thua",
    "ít hơn",
    "hơn",
    "kém",
    "chênh",
    "bên nào",
    "dẫn đầu",
    "đứng đầu",
    "nhất",
)
_ADDS = ("cộng", "gộp", "gom hết", "gom lại", "dồn lại", "cả thảy", "cả hai", "cả ba", "cả bốn", "tổng", "tổng cộng")
_PARTS_ADDED = ("cả hai đợt", "cả ba đợt", "gộp hai", "cộng", "cả ba phần", "cả hai phần")
_PARTS_NAMED = tuple(f"{many} {part}" for many in ("hai", "ba") for part in ("đợt", "quyết định", "lần", "phần"))

# All provinces held: not "cả tỉnh", "của tỉnh", which are one, nor "trong năm tỉnh …".
_ALL_PROVINCES = re.compile(
    r"(?<!\w)(?:các|mọi|những|hai|ba|bốn|sáu|mười|(?P<many>\d+)|(?:cả|của) (?:hai|ba|bốn|năm|sáu|mười)) tỉnh(?!\w)"
)
_FRAMING_ALL = frozenset("kho tỉnh các cả thành lại ocop gom hết món dồn".split())
_PRODUCTS = ("sản phẩm", "món", "mặt hàng", "hàng")
_OF_THOSE_HELD = "Chỉ cộng {many} tỉnh, thành phố mà kho có số liệu."


def reckoned(question: Question, corpus: Corpus) -> Draft | None:
    """The draft of a question that compares, adds up, divides or follows figures over time; None for other questions
    and where a figure it needs is not known."""
    asked = question.tokens
    if question.wanted == "why" and not says(asked, *_ADDS):
        return None  # why numbers differ, or must not be compared, no reckoning tells
    if sets_a_limit(question):
        return None
    sought = seek(question, corpus.subplaces, comparing=True)
    for reading in (
        leading_reckoned,
        remainder,
        beside_totals,
        lacking,
        kinds_compared,
        between_sources,
        supposed,
        beside_nation,
        against_target,
    ):
        if (draft := reading(question, sought, corpus)) is not None:
            return draft
    if (draft := average(question, sought, corpus)) is not None:
        return draft
    if question.regions and not question.places:
        return compare(question, sought, corpus) if says(asked, *_COMPARES) else over_region(question, sought, corpus)
    if question.wanted == "list" and (draft := _places_with_number(question, sought, corpus)) is not None:
        return draft
    if (draft := provinces_with(question, sought, corpus)) is not None:
        return draft
    several = len(question.places) > 1 or len(sought.subplaces) > 1
    if not several and compares_times(question) and (draft := over_time(question, sought, corpus)) is not None:
        return draft
    if (draft := ratio_of_places(question, sought, corpus)) is not None:
        return draft
    if compares_shares(question):
        return share(question, corpus)
    if question.wanted == "compare" or (several and says(asked, *_COMPARES)):
        return compare(question, sought, corpus)
    if says(asked, *_ADDS) and (draft := total(question, sought, corpus)) is not None:
        return draft
    if question.wanted == "share":
        return share(question, corpus)
    if several and question.wanted == "figure":
        return side_by_side(question, sought, corpus)
    return None


def _places_with_number(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """The places of a province that have the number of things the question gives, or None."""
    counted = [what for _, what in counted_in(question.text)]
    if len(counted) != 1:
        return None
    return places_with(question, sought, Ask(what=counted[0], form=counted[0], stars=question.stars), corpus)


def total(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """The sum over the places or districts named, over all provinces held (partial where they are not as many as was
    said), or over the rounds one sentence tells of; None where one of them is not known."""
    if not sought.asks and not (question.stars and says(question.tokens, *_PRODUCTS)):
        return None
    ask = sought.asks[0] if sought.asks else replace(PRODUCTS, stars=question.stars)
    held: tuple[str, ...] = ()
    some = False
    if len(sought.places) > 1:
        rows = rows_of_places(question, sought, ask, sought.places, corpus)
        if len(rows) < len(sought.places):
            return None
    elif len(sought.subplaces) > 1:
        rows = rows_of_subplaces(question, sought, ask, corpus)
        if len(rows) < len(sought.subplaces):
            return None
    elif _asks_of_all(question, sought):
        words = tuple(word for word in sought.limits.words if word not in _FRAMING_ALL)
        plain = replace(sought, numbers=(), limits=replace(sought.limits, words=words))
        rows, _ = _apart(totals_held(question, plain, ask, corpus))
        if len(rows) < 2:
            return None
        held = (_OF_THOSE_HELD.format(many=len(rows)),)
        said = _ALL_PROVINCES.search(" ".join(question.tokens))
        some = said is not None and said["many"] not in (None, str(len(rows)))
    elif _adds_parts(question) and len(proper_names(question.text)) < 2:  # of names only their own numbers are added
        if find_phrase(question.tokens, "tổng cộng") >= 0 and not says(question.tokens, *_PARTS_NAMED):
            return None
        rows = rounds(question, sought, ask, corpus)
        if len(rows) < 2:
            return None
    else:
        return None
    result = sum(row.figure.value for row in rows)
    terms = " + ".join(vietnamese_number(row.figure.value) for row in rows)
    derived = Segment(
        text=f"Cộng các số liệu tìm thấy: {terms} = {vietnamese_number(result)} {ask.form}.",
        kind="derived",
        evidence=tuple(evidence_of(row.figure, corpus) for row in rows),
        reckoning=_reckoning("sum", [row.fitted for row in rows], result),
    )
    shown = dict.fromkeys(line(row.figure, corpus) for row in rows)
    if len({(row.figure.article_id, row.figure.start) for row in rows}) == 1:
        shown = dict.fromkeys([quoted(evidence_of(rows[0].figure, corpus))])
    of_lists = of_rounds(rows, sought) if len(sought.places) > 1 else ()
    return Draft(
        status="partial" if some or of_lists else "answered",
        segments=(derived, connective("Số liệu dùng để tính:"), *shown),
        notices=(*held, *of_lists, *dates_notice(rows, corpus, "nên tổng chỉ để tham khảo")),
        strength=0.9,
    )


def _asks_of_all(question: Question, sought: Sought) -> bool:
    """Whether the provinces held are to be added up: "cả năm tỉnh trong kho cộng lại có bao nhiêu sản phẩm?"."""
    named = sought.places or sought.subplaces or question.regions or question.documents or question.national
    return not named and _ALL_PROVINCES.search(" ".join(question.tokens)) is not None


def _adds_parts(question: Question) -> bool:
    """Whether parts that one sentence or table tells of are to be added up: "cả hai đợt", "mới + chấm lại"."""
    named = says(question.tokens, *_PARTS_NAMED) and says(question.tokens, "tổng cộng", "tổng", "cả thảy")
    return named or says(question.tokens, *_PARTS_ADDED) or " + " in question.text


def over_region(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """The figure of every province of a region that has one, and their sum; partial where some have none."""
    if not sought.asks:
        return None
    ask = sought.asks[0]
    rows = rows_of_places(question, sought, ask, sought.places, corpus)
    if len(rows) < 2:
        return None
    rows, counted_in = _apart(rows)
    missing = [
        PROVINCES[key].name for key in sought.places if key not in counted_in and all(row.key != key for row in rows)
    ]
    result = sum(row.figure.value for row in rows)
    terms = " + ".join(vietnamese_number(row.figure.value) for row in rows)
    derived = Segment(
        text=f"Cộng các số liệu tìm thấy: {terms} = {vietnamese_number(result)} {ask.form}.",
        kind="derived",
        evidence=tuple(evidence_of(row.figure, corpus) for row in rows),
        reckoning=_reckoning("sum", [row.fitted for row in rows], result),
    )
    absent = (f"Không tìm thấy số liệu của: {', '.join(missing)}; tổng trên chưa phải của cả vùng.",) if missing else ()
    return Draft(
        status="partial" if missing else "answered",
        segments=(derived, connective("Số liệu dùng để tính:"), *(line(row.figure, corpus) for row in rows)),
        notices=(
            *absent,
            *(
                f"Số liệu của {PROVINCES[within].name} đã gồm cả {PROVINCES[key].name}."
                for key, within in counted_in.items()
            ),
            *dates_notice(rows, corpus, "nên tổng chỉ để tham khảo"),
        ),
        strength=0.9,
    )


def _apart(rows: list[Row]) -> tuple[list[Row], dict[str, str]]:
    """The rows of which none is a part of another, and the former provinces that today's one already counts in."""
    counted_in = {
        other: row.key
        for row in rows
        if PROVINCES[row.key].today_key == row.key and (row.figure.as_of or "") >= MERGER.isoformat()[:7]
        for other in related(row.key) - {row.key}
    }
    return [row for row in rows if row.key not in counted_in], counted_in


def side_by_side(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """The figure of every place named; partial, and told which, where some have none."""
    if len(sought.places) < 2 or not sought.asks:
        return None
    rows = rows_of_places(question, sought, sought.asks[0], sought.places, corpus)
    if not rows:
        return None
    missing = [PROVINCES[key].name for key in sought.places if all(row.key != key for row in rows)]
    return Draft(
        status="partial" if missing else "answered",
        segments=(connective(FOUND_FIGURES), *(line(row.figure, corpus) for row in rows)),
        notices=(
            *((f"Không tìm thấy số liệu của: {', '.join(missing)}.",) if missing else ()),
            *dates_notice(rows, corpus, "nên chỉ so sánh để tham khảo"),
        ),
        strength=0.9,
    )


def _reckoning(operation: Operation, items: list[Fitted], result: float) -> Reckoning:
    return Reckoning(
        operation=operation,
        operands=tuple((item.figure.value, place) for place, item in enumerate(items)),
        result=result,
    )
