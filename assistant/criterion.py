"""Answers about one criterion, item or part of a criteria set: what it gives at most, its options with their points.

"Mục bao bì của nước mắm được mấy điểm?" The product says which set, the words beside it which criterion; who asks sees
every option in order, with what it is marked with, and takes the one that is theirs. With a star, the option it needs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import NOTE_ALSO
from assistant.basis import basis
from assistant.corpus import Corpus
from assistant.criterion_names import criteria_named, placed
from assistant.criterion_words import criterion_by_words
from assistant.draft import Draft, Segment, connective, quoted
from assistant.evidence import Evidence
from assistant.form import Form, FormMissing, find_form
from assistant.law import state_notices
from assistant.question import Question
from assistant.scorecard import STARS
from assistant.set_remarks import MISPRINT, differences, sets_named
from assistant.units import law_day, state_at
from assistant.wording import says, tokens
from index.criteria.misprints import spoken
from index.criteria.products import Match
from index.criteria.sets import Criterion, Item, Option, Part, anomaly_at, conditions

# What says that a question is about being scored.
_SCORED = (
    "điểm", "mục", "tiêu chí", "chấm", "phần", "sao", "phiếu kiểm nghiệm", "kiểm nghiệm", "yêu cầu", "bộ", "hạng",
    "bắt buộc", "đủ chưa", "đủ không",
)  # fmt: skip
# Whether something may enter at all, which where it comes from, or that others make the same, may forbid.
_ENTERING = (
    "dự ocop", "thi ocop", "làm ocop", "chấm ocop", "vào ocop", "tham gia ocop", "đăng ký ocop", "đi chấm", "đem chấm",
    "bị loại", "có sao không", "có được không", "được không", "bị rớt", "có bị gì không", "xét ocop", "công nhận ocop",
    "được xét", "được công nhận", "được chấp nhận", "hợp lệ không", "có hợp lệ", "lên ocop", "xếp hạng ocop",
)  # fmt: skip
# Who scored nothing asks what becomes of the file: no question of papers.
_NOTHING_SCORED = ("0 điểm", "không điểm nào", "điểm 0", "điểm không", "không có điểm nào", "bị điểm liệt")
_FORBIDDING = ("nguồn nguyên liệu", "nguồn gốc ý tưởng")
# What such a question is about instead.
_OTHER = (
    "hồ sơ", "giấy tờ", "thủ tục", "hỗ trợ", "tiền thưởng", "kinh phí", "mấy sao", "bao nhiêu sao", "ai",
    "cấp nào", "cơ quan nào", "thu hồi", "hết hạn", "số liệu", "quyết định số", "nộp", "bộ nào", "bộ mấy", "bộ số mấy",
    "bộ tiêu chí số", "bộ tiêu chí nào", "bao nhiêu sản phẩm", "mấy sản phẩm", "bao nhiêu bộ", "mấy bộ",
)  # fmt: skip
_PARTS: dict[str, tuple[str, ...]] = {
    "A": ("phần a",),
    "B": ("phần b", "khả năng tiếp thị", "phần tiếp thị"),
    "C": ("phần c", "phần chất lượng", "chất lượng sản phẩm"),
}
_MOST_CRITERIA = 4

Node = Part | Item | Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a question names of a set: parts or items, told by what they give and are made of; criteria, by their
    options."""

    form: Form
    groups: tuple[Part | Item, ...]
    criteria: tuple[Criterion, ...]


def criterion_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """What the criterion a question names gives; None where it names none of a set that is held, or more than one can
    tell apart."""
    scored = says(question.tokens, *_SCORED) or (says(question.tokens, *_ENTERING) and _forbids(question))
    lasts = says(question.tokens, "bao lâu") and not says(question.tokens, "điểm")
    other = tuple(word for word in _OTHER if word != "hồ sơ") if says(question.tokens, *_NOTHING_SCORED) else _OTHER
    if says(question.tokens, "nộp đơn"):  # for a trademark, no dossier
        other = tuple(word for word in other if word != "nộp")
    if question.places or not scored or lasts or says(question.tokens, *other, *MISPRINT):
        return None
    day = law_day(question, on)
    found = [one for match in sets_named(question) if (one := named_of(question, match, corpus, day)) is not None]
    if not found:
        return None
    segments: list[Segment] = [quoted(one) for one in differences(question, corpus, on)]
    for one in found:
        segments += told_of(question, one, several=len(found) > 1)
    if not segments:
        return None
    form = found[0].form
    cited = next(segment.evidence[0] for segment in segments if segment.evidence)
    based = basis(cited, corpus, on)
    return Draft(
        status="answered",
        segments=(*dict.fromkeys(segments), *based),
        notices=(
            *dict.fromkeys(_misprinted(found)),
            *((_NO_LEAST_OF_PARTS,) if _least_of_part(question, found) else ()),
            *state_notices(form.article, state_at(form.article, corpus, day), corpus, on, told=bool(based)),
        ),
        strength=1.0,
    )


_NO_LEAST_OF_PARTS = (
    "Quy định không đặt điểm tối thiểu cho riêng từng phần: hạng sao theo tổng điểm và mức tối thiểu đánh dấu sao ở "
    "các tiêu chí."
)
_LEAST = ("bao nhiêu điểm", "mấy điểm", "tối thiểu", "ít nhất", "bao nhiêu")


def _least_of_part(question: Question, found: Sequence[Found]) -> bool:
    """Whether the points are asked for that a part must have for a star, which no set has."""
    parts = any(isinstance(group, Part) for one in found for group in one.groups)
    return parts and question.stars is not None and says(question.tokens, *_LEAST)


def _misprinted(found: Sequence[Found]) -> Iterator[str]:
    """Why points of the options told are left out: what is printed cannot be."""
    for one in found:
        for criterion in one.criteria:
            for option in criterion.options:
                anomaly = anomaly_at(option.place, one.form.criteria_set)
                if anomaly is not None and option.points is not None:
                    yield f"Mục {criterion.code}: {anomaly.reason}"


def _forbids(question: Question) -> bool:
    """Whether a question speaks of where a product's raw material or its idea comes from."""
    return any(criteria_named(name.split()) & criteria_named(question.tokens) for name in _FORBIDDING)


def named_of(question: Question, match: Match, corpus: Corpus, day: date) -> Found | None:
    """The part, items and criteria of a product's set that a question names."""
    document = question.documents[0] if question.documents else None
    try:
        form = find_form(match.number, corpus.criteria, corpus.law, day, corpus.article, document=document)
    except FormMissing:
        return None
    if form.article.rights != "full":
        return None
    words = question.tokens if not question.follow_up else (*question.tokens, "|", *question.content)
    product = {*tokens(match.name), *tokens(question.text[match.start : match.end])}
    asked = [matter for matter, place in placed(words) if not set(words[place.start : place.stop]) <= product]
    every = says(words, "a b c", "a b và c")  # "chia điểm phần A, B, C ra sao?"
    parts = [
        part for part in form.criteria_set.parts if part.code in _PARTS and (every or says(words, *_PARTS[part.code]))
    ]
    if not asked and not parts:
        meant = criterion_by_words(question, form, product)
        return None if meant is None else Found(form=form, groups=(), criteria=(meant,))
    groups: list[Part | Item] = [] if asked and not parts else list(parts)
    criteria: list[Criterion] = []
    for matter in dict.fromkeys(asked):
        items = [item for item in form.criteria_set.items if is_about(item, matter)]
        of_matter = [one for one in form.criteria_set.criteria if is_about(one, matter)]
        exact = [one for one in of_matter if len(criteria_named(tokens(_label(one)))) == 1]
        groups += [item for item in items if not any(one.options for one in of_matter if one.code == item.code)]
        if len(of_matter) <= _MOST_CRITERIA:
            criteria += of_matter
        else:
            criteria += exact[:_MOST_CRITERIA]
    if not groups and not criteria:
        return None
    return Found(form=form, groups=tuple(dict.fromkeys(groups)), criteria=tuple(dict.fromkeys(criteria)))


def is_about(node: Node, matter: int) -> bool:
    """Whether a part, item or criterion is called by one of the names of a matter (a place in that list)."""
    return matter in criteria_named(tokens(_label(node)))


def _label(node: Node) -> str:
    """A label without what a decision explains after it in brackets or on the next line."""
    return node.label.split("\n")[0].split("(")[0].split(" / ")[0]


# ---- What is said --------------------------------------------------------------------------------------------------


def told_of(question: Question, found: Found, *, several: bool) -> Iterator[Segment]:
    """The lines about one set; under its name where several sets are told."""
    form = found.form
    if several:
        start = form.criteria_set.start
        yield quoted(Evidence(article=form.article, start=start, end=_line_end(form, start)))
    for group in found.groups:
        yield from _line(form, group)
        yield from _notes(form, group) if isinstance(group, Item) else ()
        members: Sequence[Node] = group.items if isinstance(group, Part) else _outer(group)
        if not (several or found.criteria):
            for member in members:
                yield from _line(form, member)
    star = question.stars[0] if question.stars is not None else None
    needed = {} if star not in STARS or star is None else _needed(form, star)
    marked = False
    for criterion in found.criteria:
        if not criterion.options:
            yield from _line(form, criterion)
            for under in form.criteria_set.criteria:
                if under.parent == criterion.code:
                    yield from _line(form, under)
            continue
        options = needed.get(criterion.code) if needed else None
        marked |= bool(options)
        yield from _line(form, criterion)
        yield from _notes(form, criterion)
        for option in options or criterion.options:
            yield from _option(form, criterion, option)
            marked |= option.min_star is not None
    yield from _of_all_of_them(form, found.criteria)
    note = next((span for span in form.criteria_set.notes if "*" in form.article.text[slice(*span)]), None)
    if marked and note is not None:
        yield connective(NOTE_ALSO)
        yield quoted(Evidence(article=form.article, start=note[0], end=note[1]))


def _needed(form: Form, star: int) -> dict[str, list[Option]]:
    """The options that a star needs, by the code of their criterion."""
    found: dict[str, list[Option]] = {}
    for one in conditions(form.criteria_set, star):
        found.setdefault(one.criterion.code, []).append(one.option)
    return found


def _outer(item: Item) -> list[Criterion]:
    """The criteria of an item that are no part of another."""
    return [one for one in item.criteria if one.parent is None and one.code != item.code]


def _line(form: Form, node: Node) -> Iterator[Segment]:
    """ "6. Cảm quan: 15 điểm.", as its row prints it; a misprint is told as what the set means, and why."""
    code = f"Phần {node.code}" if isinstance(node, Part) else f"{node.code}."
    separator = ": " if isinstance(node, Part) else " "
    anomaly = anomaly_at(node.place, form.criteria_set)
    points = "" if node.max is None or anomaly is not None else f": tối đa {spoken(node.max)} điểm"
    label = _label(node).rstrip(" :.")
    yield Segment(
        text=f"{code}{separator}{label}{points}.", kind="stated", evidence=(_rows(form, node.start, node.end),)
    )


def _notes(form: Form, node: Item | Criterion) -> Iterator[Segment]:
    """What the set says of an item or a criterion: what is required, how it is read, when a file is refused."""
    for note in node.notes:
        yield quoted(Evidence(article=form.article, start=note[0], end=note[1]))


def _of_all_of_them(form: Form, criteria: Sequence[Criterion]) -> Iterator[Segment]:
    """What stands behind the last criterion of an item and is said of all of them ("0 điểm tại một trong các chỉ tiêu
    trên")."""
    for item in form.criteria_set.items:
        if item.criteria and any(one in item.criteria for one in criteria):
            for start, end in item.criteria[-1].notes:
                if _OF_THOSE_ABOVE.search(form.article.text[start:end]):
                    yield quoted(Evidence(article=form.article, start=start, end=end))


_OF_THOSE_ABOVE = re.compile(r"(?:chỉ tiêu|tiêu chí|mục|nội dung)\s+(?:nêu\s+|ở\s+)?trên", re.IGNORECASE)


def _option(form: Form, criterion: Criterion, option: Option) -> Iterator[Segment]:
    """An option with its points and mark, cited by its row; what heads its alternative stands before it."""
    if option.implied:
        return
    words = form.article.text[option.start : option.end].rstrip(" .;")
    anomaly = anomaly_at(option.place, form.criteria_set)
    points = "" if option.points is None or anomaly is not None else f"{spoken(option.points)} điểm"
    marks = "*" * (option.min_star or 0)
    told = ", ".join(part for part in (points, marks) if part)
    rows = [_rows(form, option.start, option.end)]
    case = ""
    if option.case is not None:
        case = f"{form.article.text[slice(*option.case)].rstrip(' :.')}: "
        rows.append(_rows(form, *option.case))
    yield Segment(text=f"- {case}{words}{f' ({told})' if told else ''}.", kind="stated", evidence=tuple(rows))


def _rows(form: Form, start: int, end: int) -> Evidence:
    """The rows of the table from one place to another."""
    rows = form.article.blocks_within(start, end)
    return Evidence(article=form.article, start=rows[0].start, end=rows[-1].end)


def _line_end(form: Form, start: int) -> int:
    end = form.article.text.find("\n", start)
    return len(form.article.text) if end < 0 else end
