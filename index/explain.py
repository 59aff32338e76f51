"""Records in words: a line each, and under it, where asked for, every field with the words it was read from."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from index.criteria.sets import CriteriaSet, Criterion, effective_points
from index.figures.figure import NATIONAL, Figure
from index.figures.sums import SumCheck
from index.law.authority import LEVEL_NAME, Authority
from index.law.documents import Document, Held, Law, State, Status
from index.law.in_force import Outcome, Ruling
from index.law.reasons import DOSSIER_NAME, SUBJECT_NAME, day_text
from index.law.statements import Known, Statement
from index.law.transitions import Transition
from index.people.stated import Stated
from index.places.named import PROVINCES
from index.span import Span

HELD_NAME: dict[Held, str] = {"document": "nguyên văn", "guide": "chỉ có bài tóm lược", "citation": "chỉ được nhắc tới"}
STATUS_NAME: dict[Status, str] = {
    "in_force": "đang có hiệu lực",
    "lapsed": "đã hết hiệu lực",
    "not_yet": "chưa có hiệu lực",
    "doubtful": "đúng ngày hết hiệu lực do đếm mà ra, chưa xác định",
    "unknown": "kho không cho biết",
}
OUTCOME_NAME: dict[Outcome, str] = {
    "one": "áp dụng",
    "two": "hai quy định cùng tồn tại",
    "undetermined": "chưa xác định",
}
KNOWN_NAME: dict[Known, str] = {
    "stated": "in trong văn bản",
    "counted": "tự tính hoặc ước chừng",
    "signing": "ngày ký",
    "declared": "theo khai báo của trang",
}
_SAYS = {
    "about": "nói về",
    "signed": "ký ngày",
    "effective": "có hiệu lực từ",
    "ended": "hết hiệu lực từ",
    "amended": "được sửa đổi",
    "period": "cho giai đoạn",
}
_ROLE = {
    "chaired": "chủ trì",
    "signed": "ký",
    "awarded": "trao, công nhận",
    "directed": "chỉ đạo, đề nghị",
    "said": "cho biết",
    "attended": "dự",
    "organised": "tổ chức",
    "issued": "ban hành",
    "holds": "giữ chức",
}
_FROM = {
    "title": "tên bài",
    "lead": "mở đầu bài",
    "source": "khai báo của nguồn",
    "sentence": "câu",
    "paragraph": "câu đứng trước trong đoạn",
    "event": "ngày của sự kiện",
    "published": "ngày đăng",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a record: what it is called, its value, the words it was read from, and a remark."""

    name: str
    value: str
    at: Span | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A record as people see it: one line, the stretch of which version of which article it stands in (None for what
    several texts tell together), its fields."""

    line: str
    article_id: str | None
    digest: str | None
    start: int
    end: int
    fields: tuple[Field, ...] = ()


def amount(value: float) -> str:
    """A number as Vietnamese writes it: 1234.5 is "1.234,5"."""
    whole = f"{value:,.10g}" if value == int(value) else f"{value:,.2f}".rstrip("0")
    return whole.replace(",", " ").replace(".", ",").replace(" ", ".")


def figure(record: Figure, check: SumCheck | None = None) -> Shown:
    """A count with what, star, place, date, and who says so; check: the sum it is the total or a part of."""
    place = _place(record.place)
    number = amount(record.value) + (f" - {amount(record.to)}" if record.to is not None else "")
    number += f"/{amount(record.of)}" if record.of is not None else ""
    star = _stars(record.star, record.star_to)
    parts = [f"{number} {record.what}" + (f" {star}" if star else "")]
    parts.append(f"{record.subplace}, {place}" if record.subplace else place)
    parts.append(record.as_of or "không rõ ngày")
    parts += [mark for on, mark in ((record.planned, "chỉ tiêu"), (record.potential, "tiềm năng")) if on]
    return Shown(
        line=" · ".join(parts),
        article_id=record.article_id,
        digest=record.digest,
        start=record.start,
        end=record.end,
        fields=(*_figure_fields(record), *(() if check is None else (_sum(check),))),
    )


def _figure_fields(record: Figure) -> Iterator[Field]:
    yield Field(name="số", value=amount(record.value), at=Span(record.number_start, record.number_end))
    yield Field(name="đếm gì", value=record.what, at=record.what_span)
    if record.share_of is not None:
        yield Field(name="của", value=record.share_of, at=record.share_of_span)
    if record.star is not None:
        yield Field(name="hạng", value=_stars(record.star, record.star_to), at=record.star_span)
    if record.potential:
        yield Field(name="tiềm năng", value="có", at=record.potential_span)
    if record.bound is not None:
        yield Field(
            name="mức", value={"over": "trên", "under": "dưới", "about": "khoảng"}[record.bound], at=record.bound_span
        )
    told = "" if record.place_from is None else f"theo {_FROM[record.place_from]}"
    yield Field(name="nơi", value=_place(record.place), at=record.place_span, note=told)
    if record.subplace is not None:
        yield Field(name="trong đó", value=record.subplace, at=record.subplace_span)
    dated = "" if record.as_of_from in (None, "sentence") else f"theo {_FROM[record.as_of_from]}"
    yield Field(name="tính đến", value=record.as_of or "không rõ", at=record.as_of_span, note=dated)
    yield Field(name="loại", value="chỉ tiêu" if record.planned else "đã đạt", at=record.planned_span)
    if record.says is not None:
        yield Field(name="ai nêu", value=record.says, at=record.says_span)


def _sum(check: SumCheck) -> Field:
    value = f"các phần cộng lại {amount(check.found)}, tổng {amount(check.expected)}"
    note = "khớp" if check.holds else f"chênh {amount(check.difference)}; giữ cả hai như nguồn nêu"
    return Field(name="phép cộng", value=value, note=note)


def document(record: Document, law: Law, on: date) -> Shown:
    """A document of law with its state on a day; its fields are all that is said of it."""
    state = law.state_of(record, on)
    return Shown(
        line=f"{record.number.name} · {HELD_NAME[record.held]} · {state_text(state)}",
        article_id=None,
        digest=None,
        start=0,
        end=0,
        fields=tuple(_subjects(record)),
    )


def _subjects(record: Document) -> Iterator[Field]:
    for subject in record.subjects:
        yield Field(name="nói về", value=SUBJECT_NAME[subject])


def state_text(state: State) -> str:
    """A state in words, with its day and what ended it."""
    text = STATUS_NAME[state.status]
    if state.since is not None and state.status in ("in_force", "lapsed", "not_yet"):
        about = "khoảng " if state.computed else ""
        by = "" if state.by is None else f" theo {state.by.label}"
        since = "hết giai đoạn" if state.period else "từ"
        text += f" ({since} {about}{day_text(state.since)}{by})"
    return text


def statement(record: Statement) -> Shown:
    """One thing said of a document."""
    days = "" if record.on is None else day_text(record.on)
    if record.until is not None and record.on is not None:
        days = f"{record.on.year}-{record.until.year}"
    by = "" if record.by is None else f" bởi {record.by.label}"
    units = f" ({record.units})" if record.units else ""
    subject = "" if record.subject is None or record.says != "about" else SUBJECT_NAME[record.subject]
    line = f"{_SAYS[record.says]} {subject or days}{by}{units}".strip()
    counted = "" if record.days is None else f", {record.days} ngày kể từ {day_text(record.counted_from or date.min)}"
    note = f"{KNOWN_NAME[record.known]}{counted}"
    return Shown(
        line=f"{line} [{note}]",
        article_id=record.article_id,
        digest=record.digest,
        start=record.start,
        end=record.end,
        fields=(Field(name="đọc từ", value=record.where or "bài", at=record.at),),
    )


def authority(record: Authority) -> Shown:
    """Who receives dossiers or recognises a star."""
    what = "nhận hồ sơ" if record.star is None else f"công nhận {record.star} sao"
    return Shown(
        line=f"{what}: {LEVEL_NAME[record.level]}",
        article_id=record.article_id,
        digest=record.digest,
        start=record.start,
        end=record.end,
        fields=(Field(name="ai", value=record.body, at=record.at),),
    )


def transition(record: Transition) -> Shown:
    """A transitional rule."""
    covers = {"dossier": "hồ sơ nộp trước", "certificate": "giấy cấp trước", "extension": "giấy hết hạn đang chờ"}
    kinds = ", ".join(DOSSIER_NAME[kind] for kind in record.dossiers)
    days = "" if record.days is None else f": {record.days} ngày"
    return Shown(
        line=f"chuyển tiếp, {covers[record.covers]}{f' ({kinds})' if kinds else ''}{days} [{record.where}]",
        article_id=record.article_id,
        digest=record.digest,
        start=record.start,
        end=record.end,
        fields=(Field(name="đọc từ", value=record.where, at=record.at),),
    )


def ruling(record: Ruling) -> list[str]:
    """A ruling in lines: what applies, then each reason."""
    rules = " hoặc ".join(" + ".join(rule.labels) for rule in record.rules) or "không văn bản nào trong kho"
    subject, outcome = SUBJECT_NAME[record.subject].capitalize(), OUTCOME_NAME[record.outcome]
    head = f"{subject} vào ngày {day_text(record.on)}: {outcome} ({rules})"
    return [head, *(textwrap.fill(f"- {reason.text}", 112, subsequent_indent="  ") for reason in record.reasons)]


def criteria_set(record: CriteriaSet) -> Shown:
    """A criteria set with what its columns add up to."""
    parts = "/".join(amount(part.max) if part.max is not None else "?" for part in record.parts)
    options = sum(len(criterion.options) for criterion in record.criteria)
    number = "" if record.number is None else f"Bộ {record.number}: "
    odd = f" · {len(record.anomalies)} chỗ in cần xem" if record.anomalies else ""
    held = " · tóm lược" if record.summary else ""
    return Shown(
        line=f"{number}{record.name} · {parts} · {len(record.criteria)} tiêu chí, {options} phương án"
        f" · {record.document or 'không rõ văn bản'}{held}{odd}",
        article_id=record.article_id,
        digest=record.digest,
        start=(record.name_span or Span(record.start, record.start)).start,
        end=(record.name_span or Span(record.start, record.start)).end,
        fields=tuple(
            Field(name=f"mục {odd.where or 'chung'}", value=odd.printed or "(trống)", note=odd.reason)
            for odd in record.anomalies
        ),
    )


def criterion(record: Criterion, of: CriteriaSet) -> list[str]:
    """A criterion in lines: its maximum, then each option with points and mark."""
    most = "" if record.max is None else f" (tối đa {amount(record.max)})"
    lines = [f"{record.code} {record.label}{most}"]
    for option in record.options:
        points = effective_points(option, of)
        printed = "" if points == option.points else f" (in là “{option.printed}”)"
        mark = "" if option.min_star is None else f" {'*' * option.min_star}"
        lines.append(f"  {'?' if points is None else amount(points)} điểm{printed}{mark}: {option.text}")
    return lines


def person(record: Stated, text: str) -> Shown:
    """Who did what, in which office; text: of the article."""
    who = record.name.of(text) if record.name is not None else ""
    offices = [span.of(text) for span in (record.title, record.body) if span is not None]
    offices += [span.of(text) for span in record.further]
    named = (("tên", record.name), ("chức danh", record.title), ("cơ quan", record.body), ("việc", record.act))
    fields = [Field(name=name, value=span.of(text), at=span) for name, span in named if span is not None]
    fields += [Field(name="chức danh khác", value=span.of(text), at=span) for span in record.further]
    return Shown(
        line=f"{_ROLE[record.role]}: {', '.join(part for part in (who, *offices) if part)}",
        article_id=record.article_id,
        digest=record.digest,
        start=record.start,
        end=record.end,
        fields=tuple(fields),
    )


def explained(shown: Shown, text: str, *, width: int = 300) -> Sequence[str]:
    """The sentence a record stands in and each field with the words it was read from; text: of its article."""
    lines = [f"    “{_short(text[shown.start : shown.end], width)}”"] if shown.end > shown.start else []
    for field in shown.fields:
        words = "" if field.at is None or field.at.end <= field.at.start else f" ← “{_short(field.at.of(text), 80)}”"
        note = f" ({field.note})" if field.note else ""
        lines.append(f"      {field.name}: {field.value}{note}{words}")
    return lines


def _short(text: str, width: int) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= width else folded[: width - 1] + "…"


def _place(key: str | None) -> str:
    if key is None:
        return "không rõ nơi"
    return "cả nước" if key == NATIONAL else PROVINCES[key].name


def _stars(low: int | None, high: int | None) -> str:
    if low is None:
        return ""
    if high == 5 and low < 5:
        return f"từ {low} sao trở lên"
    return f"{low} sao" if high in (None, low) else f"{low} - {high} sao"
