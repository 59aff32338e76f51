"""Why a rule applies, or nothing held does: reasons in Vietnamese, each with the statements it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from index.law.authority import LEVEL_NAME, Authority
from index.law.documents import Document, Law, State
from index.law.statements import Statement
from index.law.subjects import Subject
from index.law.transitions import Dossier, Transition
from index.places.named import MERGER

SUBJECT_NAME: dict[Subject, str] = {
    "criteria": "bộ tiêu chí",
    "procedure": "trình tự, thẩm quyền",
    "programme": "chương trình OCOP",
    "label": "nhãn hiệu chứng nhận",
    "funding": "kinh phí",
}
DOSSIER_NAME: dict[Dossier, str] = {"first": "lần đầu", "upgrade": "nâng hạng", "renewal": "phân hạng lại"}
UNKNOWN = "chưa xác định"
NO_TRANSITION = "kho không giữ quy định chuyển tiếp cho hồ sơ ấy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Applies:
    """One rule that applies: a document with what amends it on that day, and the state it is in."""

    document: Document
    amended_by: tuple[Document, ...]
    state: State

    @property
    def documents(self) -> tuple[Document, ...]:
        """The document and what amends it, the later the further back."""
        return (self.document, *self.amended_by)

    @property
    def labels(self) -> tuple[str, ...]:
        """Their numbers."""
        return tuple(document.number.label for document in self.documents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One step of why, with what tells it: statements, transitional rules, authorities.

    on: the day it turns on, where there is one; computed: no text prints that day. told: the same without what no text
    prints and nothing reckons (the day a dossier was filed, the last day of a period); empty where `text` has none.
    """

    text: str
    told: str = ""
    on: date | None = None
    computed: bool = False
    sources: tuple[Statement | Transition | Authority, ...] = ()


def day_text(day: date) -> str:
    """A day as Vietnamese writes it: "21/7/2026"."""
    return f"{day.day}/{day.month}/{day.year}"


def begin(document: Document) -> date | None:
    """The day a document is in force from: as texts say, else that of its signing; None where neither is known."""
    known = document.effective or document.signed
    return None if known is None else known.on


def begun(item: Applies) -> Reason:
    """From when a rule applies, and how that is known."""
    day = begin(item.document)
    if day is None:
        text = "đang có hiệu lực; kho không giữ văn bản nói nó có hiệu lực từ ngày nào."
        return Reason(text=f"{item.document.number.name} {text}", sources=_told(item.state.statement))
    effective = item.document.effective
    how = ""
    if effective is None:
        how = " (ngày ký; kho không giữ văn bản ghi ngày có hiệu lực)"
    elif effective.known == "signing":
        how = " (ngày ký)"
    text = f"{item.document.number.name} có hiệu lực từ {day_text(day)}{how}."
    return Reason(text=text, on=day, sources=_told(effective or item.document.signed))


def ends_today(item: Applies) -> Reason:
    """Why nobody can tell whether a document still stands on the very day its counted end falls on."""
    ended = item.state.statement
    after = ""
    if ended is not None and ended.days is not None:
        after = f"sau {ended.days} ngày kể từ {_counted_from(ended)}, "
    when = "" if item.state.since is None else f"khoảng {day_text(item.state.since)}"
    text = (
        f"{item.document.number.name} hết hiệu lực {after}{when}. Ngày này do đếm mà ra: đúng ngày ấy còn hay hết tùy "
        f"có tính ngày đầu hay không, nên {UNKNOWN}."
    )
    return Reason(text=text, on=item.state.since, computed=True, sources=_told(ended))


def ended(document: Document) -> Reason | None:
    """When a document ends or ended and by what; None where no text tells."""
    told = document.ended
    if told is None or told.on is None:
        return None
    counted = told.known == "counted"
    by = "" if told.by is None else f" theo {told.by.label}"
    unit = f" ({told.where})" if told.where.startswith("Điều") else ""
    days = "" if told.days is None else f", tức {told.days} ngày kể từ {_counted_from(told)}"
    when = f"khoảng {day_text(told.on)}" if counted else day_text(told.on)
    note = " (ngày tự tính)" if counted else ""
    text = f"{document.number.name} hết hiệu lực từ {when}{by}{unit}{days}{note}."
    return Reason(text=text, on=told.on, computed=counted, sources=(told,))


def filed_since(item: Applies, filed: date) -> Reason:
    """A dossier filed when the rule was in force already."""
    day = begin(item.document)
    since = "" if day is None else f" ({day_text(day)})"
    rest = f"khi {item.document.number.name} đã có hiệu lực{since}."
    text = f"Hồ sơ nộp ngày {day_text(filed)}, {rest}"
    return Reason(
        text=text, told=f"Hồ sơ nộp {rest}", on=day, sources=_told(item.document.effective or item.document.signed)
    )


def no_transition(item: Applies, filed: date) -> Reason:
    """A dossier filed before a document of which no transitional rule is held."""
    day = begin(item.document)
    since = "" if day is None else f" ({day_text(day)})"
    rest = (
        f"trước khi {item.document.number.name} có hiệu lực{since}; kho không giữ quy định chuyển tiếp cho hồ sơ ấy: "
        f"{UNKNOWN} hồ sơ theo văn bản nào."
    )
    text = f"Hồ sơ nộp ngày {day_text(filed)}, {rest}"
    return Reason(
        text=text, told=f"Hồ sơ nộp {rest}", on=day, sources=_told(item.document.effective or item.document.signed)
    )


def side_by_side(rules: Sequence[Applies]) -> list[Reason]:
    """Why two rules stand at once: what chooses between them, and until when the older ones stand."""
    newer, *older = rules
    day = begin(newer.document)
    limits = best_text([item for item in newer.document.transitions if item.covers == "dossier"])
    found: list[Reason] = []
    if day is not None and limits:
        kinds = "; ".join(f"{_kinds(item)}: {item.days} ngày" for item in limits)
        text = (
            f"Hồ sơ nộp từ {day_text(day)} theo {newer.document.number.name}; hồ sơ nộp trước ngày đó mà chưa chấm vẫn "
            f"theo quy định cũ trong thời hạn ở {_unit(limits[0])} ({kinds})."
        )
        found.append(Reason(text=text, on=day, sources=tuple(limits)))
    found += [reason for item in older for document in item.documents if (reason := ended(document)) is not None]
    return found


def best_text(limits: Sequence[Transition]) -> list[Transition]:
    """The transitional rules of the one text that tells them best: the document's own before a guide's."""
    return [item for item in limits if item.article_id == limits[0].article_id]


def time_limit(item: Applies, rule: Transition, end: date, filed: date) -> Reason:
    """How long a dossier filed before goes on under the former rules."""
    day = begin(item.document)
    since = "" if day is None else f" kể từ {day_text(day)}"
    rest = (
        f"trước khi {item.document.number.name} có hiệu lực: {rule.where} cho hồ sơ {_kinds(rule)} chưa chấm tiếp tục "
        f"theo quy định cũ, nhưng phải xong trong {rule.days} ngày{since}, tức khoảng {day_text(end)} (ngày tự tính)."
    )
    text = f"Hồ sơ nộp ngày {day_text(filed)}, {rest}"
    return Reason(text=text, told=f"Hồ sơ nộp {rest}", on=end, computed=True, sources=(rule,))


def limit_over(ends: Mapping[Transition, date], on: date) -> Reason:
    """The time limit of a dossier is over, or falls on the very day."""
    last = max(ends.values())
    if on == last:
        text = f"Đúng ngày {day_text(on)}, hạn đã qua hay chưa tùy có tính ngày đầu hay không: {UNKNOWN}."
    else:
        text = f"Hạn ấy đã qua; luật không nói hồ sơ quá hạn theo văn bản nào: {UNKNOWN}."
    return Reason(text=text, on=last, computed=True)


def kind_matters(over: Sequence[Transition]) -> Reason:
    """The time limit of some kinds of dossier is over, and the kind is not known."""
    kinds = " hoặc ".join(_kinds(item) for item in over)
    return Reason(
        text=f"Nếu là hồ sơ {kinds} thì hạn đã qua và luật không nói hồ sơ quá hạn theo văn bản nào; loại khác vẫn "
        f"theo quy định cũ. Chưa biết hồ sơ thuộc loại nào: {UNKNOWN}."
    )


def amendment(item: Applies, other: Document) -> Reason:
    """What amends a rule, since when and in what."""
    told = next((one for one in item.document.amendments if one.by is not None and one.by.matches(other.number)), None)
    day = begin(other)
    since = "" if day is None else f" từ {day_text(day)}"
    units = "" if told is None or not told.units else f" ({told.units})"
    text = f"{item.document.number.name} được sửa đổi bằng {other.number.name}{since}{units}."
    return Reason(text=text, on=day, sources=_told(told, other.effective or other.signed))


def lapsed_last(law: Law, known: Sequence[Document], rules: Sequence[Applies], on: date) -> list[Reason]:
    """What ended last before the day, so that nobody goes on by it."""
    shown = {document.number.label for item in rules for document in item.documents}
    over = [
        (state.since or date.min, document)
        for document in known
        if document.number.label not in shown and (state := law.state_of(document, on)).status == "lapsed"
    ]
    if not over:
        return []
    _, document = max(over, key=lambda pair: pair[0])
    reason = ended(document)
    return [] if reason is None else [reason]


def nothing_known(law: Law, known: Sequence[Document], on: date, subject: Subject) -> list[Reason]:
    """Why nothing held applies: what is known of the subject's documents on that day."""
    text = (
        f"Kho không giữ văn bản nào về {SUBJECT_NAME[subject]} mà biết là có hiệu lực vào {day_text(on)}: {UNKNOWN}, "
        "không phải là không có."
    )
    reasons = [Reason(text=text)]
    for document in known:
        state = law.state_of(document, on)
        name = document.number.name
        if state.status == "lapsed" and not state.period:
            over = ended(document)
            reasons += [] if over is None else [over]
            continue
        if state.status == "not_yet" and state.since is not None:
            since = "ký ngày" if state.assumed else "có hiệu lực từ"
            text = f"{name} {since} {day_text(state.since)}, sau ngày này."
        else:
            reasons.append(of_period(document, state))
            continue
        reasons.append(Reason(text=text, on=state.since, sources=_told(state.statement)))
    return reasons


def of_period(document: Document, state: State) -> Reason:
    """A document made for some years: over with them, or not known to be."""
    name, period = document.number.name, document.period
    if state.status == "lapsed" and state.since is not None:
        text = f"{name} là của giai đoạn kết thúc ngày {day_text(state.since)}."
        told = f"{name} là của giai đoạn {_years(period)}, nay đã qua." if period else ""
        return Reason(text=text, told=told, on=state.since, sources=_told(state.statement))
    until = period.until if period else None
    made = "" if until is None else f" (soạn cho giai đoạn đến {day_text(until)})"
    told = f"Kho không cho biết {name} (soạn cho giai đoạn {_years(period)}) còn hiệu lực hay không." if period else ""
    text = f"Kho không cho biết {name}{made} còn hiệu lực hay không."
    return Reason(text=text, told=told, on=state.since, sources=_told(state.statement))


def _years(period: Statement | None) -> str:
    """The years of a period as they are printed: "2021-2025"."""
    return (
        "" if period is None or period.on is None or period.until is None else f"{period.on.year}-{period.until.year}"
    )


def not_known_replaced(item: Applies) -> Reason:
    """Nothing held says whether a document was replaced."""
    return Reason(text=f"Kho không có văn bản nào cho biết {item.document.number.name} đã bị thay thế hay chưa.")


def acts(item: Applies, who: Authority) -> Reason:
    """Who recognises a star or receives dossiers under a rule."""
    name = next(one.number.name for one in reversed(item.documents) if who in one.authorities)
    level = LEVEL_NAME[who.level]
    body = level if who.body.lower() in level else f"{level} ({who.body})"
    what = f"nơi nhận hồ sơ là {body}" if who.star is None else f"{body} công nhận {who.star} sao"
    return Reason(text=f"Theo {name}, {what}.", sources=(who,))


def no_district(item: Applies, who: Authority) -> Reason:
    """A rule gives an act to the district level, which is gone."""
    what = "nhận hồ sơ" if who.star is None else f"công nhận {who.star} sao"
    text = (
        f"{item.document.number.name} giao cấp huyện {what}, nhưng từ {day_text(MERGER)} không còn cấp huyện; kho "
        f"không giữ văn bản nào nói ai làm thay trong những ngày này: {UNKNOWN}."
    )
    return Reason(text=text, on=MERGER, sources=(who,))


def _kinds(item: Transition) -> str:
    return " hoặc ".join(DOSSIER_NAME[kind] for kind in item.dossiers)


def _unit(item: Transition) -> str:
    """The khoản and Điều of a transitional rule, without its điểm."""
    parts = [part for part in item.where.split(", ") if not part.startswith("điểm")]
    return " ".join(reversed(parts)) or "quy định chuyển tiếp"


def _counted_from(statement: Statement) -> str:
    day = statement.counted_from
    return "ngày văn bản mới có hiệu lực" if day is None else day_text(day)


def _told(*statements: Statement | None) -> tuple[Statement, ...]:
    return tuple(statement for statement in statements if statement is not None)
