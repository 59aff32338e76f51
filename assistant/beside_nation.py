"""A province beside the country: "Quảng Ninh có mấy sản phẩm, còn cả nước?", "chiếm mấy phần trăm của cả nước?"."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.amounts import line, naming, place_name
from assistant.answer import FOUND_FIGURES, share_told, vietnamese_number
from assistant.compare import Row, dates_notice
from assistant.corpus import Corpus
from assistant.draft import Draft, Reckoning, Segment, connective
from assistant.fitted import Fitted, best_of, evidence_of
from assistant.fitting import fit
from assistant.question import Question
from assistant.sought import NATION, PRODUCTS, Ask, Sought
from assistant.wording import says, words_of
from index.figures.figure import NATIONAL
from index.places.named import PROVINCES

# How the country is asked about beside a place; it is named too where a place is only said to be first of it.
_BESIDE = tuple(
    f"{lead} {nation}" for lead in ("còn", "và", "so với", "với", "thế", "giữa") for nation in NATION
) + tuple(f"{nation} {verb}" for nation in NATION for verb in ("có bao nhiêu", "có mấy", "là bao nhiêu", "được mấy"))
# Where it stands among all is another question.
_RANKED = ("thứ mấy", "đứng thứ", "xếp thứ", "đứng đầu", "dẫn đầu", *(f"nhất {nation}" for nation in NATION))
_SHARE_FRAME = frozenset("chiếm phần trăm tỷ lệ tổng số cả nước toàn quốc so với của bằng sản phẩm".split())


def beside_nation(question: Question, sought: Sought, corpus: Corpus) -> Draft | None:
    """The figure of the one place asked about and that of the country, or what share of the latter the former is, with
    the arithmetic; partial where one of the two that a share is of is not known. None for other questions, where one
    figure of two is not known, and where a source says the share."""
    shares = question.wanted == "share" or any(ask.what == "%" for ask in sought.asks)
    asked = question.tokens
    if len(question.places) != 1 or not says(asked, *(NATION if shares else _BESIDE)) or says(asked, *_RANKED):
        return None
    ask = next((ask for ask in sought.asks if ask.what != "%"), replace(PRODUCTS, stars=question.stars))
    words = tuple(word for word in sought.limits.words if word not in _SHARE_FRAME)
    sought = replace(sought, limits=replace(sought.limits, words=words))
    if shares and _said(question, sought, corpus):
        return None
    own = _row(question, sought, ask, question.places[0], corpus)
    nation = _row(question, sought, ask, NATIONAL, corpus, beside=own)
    rows = [row for row in (own, nation) if row is not None]
    if not rows or (len(rows) < 2 and not shares):
        return None
    missing = [name for name, row in ((PROVINCES[question.places[0]].name, own), ("cả nước", nation)) if row is None]
    share = _share(own, nation, corpus) if shares and own is not None and nation is not None else None
    opening: Sequence[Segment] = (connective(FOUND_FIGURES),) if share is None else share
    return Draft(
        status="partial" if missing else "answered",
        segments=(*opening, *(line(row.figure, corpus) for row in rows)),
        notices=(
            *((f"Không tìm thấy số liệu của: {', '.join(missing)}.",) if missing else ()),
            *dates_notice(rows, corpus, "nên chỉ so sánh để tham khảo"),
        ),
        strength=0.9,
    )


def _row(
    question: Question, sought: Sought, ask: Ask, key: str, corpus: Corpus, *, beside: Row | None = None
) -> Row | None:
    """The best figure of a place of the time asked; of several, one of the year of the figure it stands beside."""
    fitted = [
        item
        for item in fit(question, replace(sought, places=(key,)), ask, corpus)
        if item.own_place and item.fits_time is not False and item.figure.place is not None
    ]
    if beside is not None:
        fitted = [item for item in fitted if _year(item) == _year(beside.fitted)] or fitted
    best = best_of(fitted)
    return None if best is None else Row(key=key, fitted=best)


def _year(item: Fitted) -> str:
    return (item.figure.as_of or "")[:4]


def _said(question: Question, sought: Sought, corpus: Corpus) -> bool:
    """Whether a source itself says what share of the country's a place has."""
    return any(
        item.own_place and says(words_of(evidence_of(item.figure, corpus).quote).tokens, *NATION)
        for item in fit(question, sought, Ask(what="%", form="%", stars=question.stars), corpus)
    )


def _share(own: Row, nation: Row, corpus: Corpus) -> tuple[Segment, Segment] | None:
    part, whole = own.figure, nation.figure
    if not 0 < part.value <= whole.value:
        return None
    result = share_told(100 * part.value / whole.value)
    about = "" if result * whole.value == 100 * part.value else "khoảng "
    said = f"{vietnamese_number(part.value)} / {vietnamese_number(whole.value)} {whole.what}"
    named = naming(part, corpus)
    opening = "Bằng" if named is None else f"{place_name(part)} bằng"  # no name that no quote has
    derived = Segment(
        text=f"{opening} {about}{vietnamese_number(result)} % của cả nước ({said}).",
        kind="derived",
        evidence=(evidence_of(part, corpus), evidence_of(whole, corpus), *(named or ())),
        reckoning=Reckoning(operation="share", operands=((part.value, 0), (whole.value, 1)), result=result),
    )
    return derived, connective("Số liệu dùng để tính:")
