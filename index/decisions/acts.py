"""What a decision does, clause by clause, and the counts and lengths of time it states."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.article import Article
from index.dates import find_dates
from index.decisions.decision import Act, ActTold, Read, Stated
from index.law.address import DocumentNumber, find_document_numbers
from index.sentence import article_sentences
from index.span import Span

_GROUNDS = re.compile(
    r"(?:căn\s+cứ|theo\s+đề\s+nghị|xét|thực\s+hiện|kèm\s+theo|\(kèm|nơi\s+nhận|-\s)(?!\w)", re.IGNORECASE
)
_UNIT = re.compile(r"\s*(?:điều\s+\d+[a-z]?\s*[.:]|\d{1,2}[.)]|[a-zđ][.)])\s*", re.IGNORECASE)
_PART = re.compile(
    r"(?<!\w)(?:điểm\s+[a-zđ]|khoản\s+\d+|điều\s+\d+|phụ\s+lục|danh\s+sách|một\s+phần|nội\s+dung|một\s+số|số\s+thứ\s+tự|mục\s+\d+|"
    r"tên\s+|địa\s+chỉ|thông\s+tin)(?!\w)",
    re.IGNORECASE,
)
_RECOGNISES = re.compile(
    r"(?<!\w)(?:công\s+nhận|cấp\s+(?:giấy\s+)?(?:chứng\s+nhận|công\s+nhận)|phê\s+duyệt\s+kết\s+quả\s+(?:đánh\s+giá|phân\s+hạng|xếp\s+hạng))"
    r"(?!\s+(?:đã|này|nhãn))(?!\w)",
    re.IGNORECASE,
)
_PRODUCTS = re.compile(r"(?<!\w)(?:sản\s+phẩm|ocop|kết\s+quả)(?!\w)", re.IGNORECASE)
_WITHDRAWS = re.compile(
    r"(?<!\w)(?:thu\s+hồi|hủy\s+bỏ|huỷ\s+bỏ|chấm\s+dứt|hủy|huỷ)\s+(?:hiệu\s+lực\s+)?(?:\d+\s+)?(?:của\s+)?(?:giấy\s+chứng\s+nhận|hạng\s+sao|kết\s+quả|"
    r"việc\s+công\s+nhận|công\s+nhận|quyền|chứng\s+nhận|danh\s+hiệu)[^.;]*",
    re.IGNORECASE,
)
# A withdrawal says of which products; a chapter or article about withdrawing does not, nor a rule that says when.
_OF_WHICH = re.compile(
    r"\d|:|(?<!\w)(?:của|đối\s+với|gồm|thuộc|tại|sau|có\s+tên|danh\s+(?:sách|mục)|phụ\s+lục|kèm\s+theo)(?!\w)",
    re.IGNORECASE,
)
_WHENEVER = re.compile(
    r"(?<!\w)(?:(?<!trước\s)(?<!sau\s)khi|nếu|trong\s+(?:(?:các|những|một\s+trong(?:\s+các)?)\s+)?trường\s+hợp)(?!\w)",
    re.IGNORECASE,
)
_AMENDS = re.compile(
    r"(?<!\w)(?:(?:sửa\s+đổi(?:\s*,\s*bổ\s+sung)?|điều\s+chỉnh|đính\s+chính|bổ\s+sung))(?!\w)[^.;]*", re.IGNORECASE
)
_REPLACES = re.compile(r"(?<!\w)(?:thay\s+thế(?:\s+cho)?|thay\s+cho)(?!\w)[^.;]*", re.IGNORECASE)
_REVOKES = re.compile(
    r"(?<!\w)(?:bãi\s+bỏ|hủy\s+bỏ|huỷ\s+bỏ|thu\s+hồi|chấm\s+dứt\s+hiệu\s+lực)(?:\s+(?:toàn\s+bộ|hiệu\s+lực(?:\s+của)?|các|nội\s+dung))*"
    r"(?!\s+(?:giấy|hạng|kết|chứng|việc|công\s+nhận))(?!\w)[^.;]*",
    re.IGNORECASE,
)
_CHANGES: tuple[tuple[re.Pattern[str], Act], ...] = (
    (_REPLACES, "replaces"), (_REVOKES, "revokes"), (_AMENDS, "amends"),
)  # fmt: skip
_LAPSES = re.compile(r"(?<!\w)hết\s+hiệu\s+lực(?!\w)", re.IGNORECASE)
_PASSIVE = re.compile(r"(?<!\w)(?:bị|được)\s+(?:[^.;,]{0,30}\s)?$", re.IGNORECASE)
_NEGATED = re.compile(r"(?<!\w)(?:không|chưa)\s+(?:bị\s+|được\s+)?$", re.IGNORECASE)
_PREVIOUS = re.compile(r"(?<!\w)(?:đã\s+(?:được\s+)?|được\s+|tại\s+)$", re.IGNORECASE)
# Behind another decision's name a verb is this one's again only where something sets it off.
_SET_OFF = re.compile(r"[.;]|(?:,|(?<!\w)(?:và|đồng\s+thời|cùng\s+với))\s*$", re.IGNORECASE)
_OPENING = re.compile(r"(?:nay|quyết\s+định|phê\s+duyệt|đánh\s+giá|thống\s+nhất)?[\s,:và]*", re.IGNORECASE)
_LISTS = re.compile(
    r"(?<!\w)(?:phê\s+duyệt|ban\s+hành|công\s+bố)\s+(?:kèm\s+theo\s+quyết\s+định\s+này\s+)?(?:danh\s+(?:mục|sách)|kế\s+hoạch\s+đánh\s+giá)[^.;]*sản\s+phẩm",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?<![\w/.,])(?P<count>\d{1,4})\s*(?:\([^()]{2,30}\)\s*)?(?:sản\s+phẩm|sp)(?!\w)(?P<tail>[^,;.:()0-9]*"
    r"(?:0?(?P<star>[1-5])\s*\**\s*sao|(?P<word>ba|bốn|năm)\s+sao)?)",
    re.IGNORECASE,
)
_OPENING_CHARS = 60  # of a clause, in which it says what it does
_PART_OF = re.compile(r"(?<!\w)trong\s+(?:đó|số)[^.;]*$", re.IGNORECASE)
_STAR_WORDS = {"ba": 3, "bốn": 4, "năm": 5}
_VALID = re.compile(
    r"(?:giá\s+trị|thời\s+hạn|hiệu\s+lực|thời\s+gian|hạng\s+sao|kết\s+quả|chứng\s+nhận)[^.;]{0,80}?(?<!\d)(?P<number>\d{1,2})\s*(?:\([^()]*\)\s*)?(?P<unit>tháng|năm)(?!\s+(?:19|20)\d\d)(?!\w)(?!\s+(?:một|mỗi)\s+lần|\s+trước)",
    re.IGNORECASE,
)
_EFFECTIVE = re.compile(
    r"có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s+(?:ngay\s+)?(?:kể\s+)?(?:từ\s+)?(?:ngày\s+)?(?P<what>ký(?:\s+ban\s+hành)?|ban\s+hành|[^.;]{0,25}\d)",
    re.IGNORECASE,
)
_ITSELF = re.compile(r"quyết\s+định\s+(?:này|có)", re.IGNORECASE)


def read_acts(article: Article, own: DocumentNumber) -> tuple[ActTold, ...]:
    """What the clauses of a decision's own text do, in order, each once."""
    found: list[ActTold] = []
    for start, end in clauses(article):
        found.extend(acts_in(article.text, start, end, own))
    first: dict[tuple[object, ...], ActTold] = {}
    for act in found:
        first.setdefault((act.act, act.target and act.target.label, act.whole), act)
    acts = list(first.values())
    if any(act.act not in ("lists", "other") for act in acts):
        acts = [act for act in acts if act.act != "other"]
    return tuple(acts)


def clauses(article: Article) -> Iterator[Span]:
    """The clauses of a decision that rule something: paragraphs from its first Điều on, and its subject."""
    begun = False
    for block in article.blocks:
        text = article.text[block.start : block.end]
        begun = begun or re.match(r"điều\s+1\s*[.:]", text, re.IGNORECASE) is not None
        if block.role == "row" or not begun or _GROUNDS.match(text):
            continue
        yield Span(block.start, block.end)


def acts_in(text: str, start: int, end: int, own: DocumentNumber, *, reported: bool = False) -> Iterator[ActTold]:
    """What one clause `text[start:end]` of a decision does. own: the decision's number.

    reported: the clause is of a text about the decision, which says what it does anywhere in a sentence.
    """
    clause = text[start:end]
    numbers = [number for number in find_document_numbers(clause) if number.code == "QĐ" and not _is(number, own)]
    units = _UNIT.match(clause)
    begin = units.end() if units is not None else 0

    def told(act: Act, match: re.Match[str], target: DocumentNumber | None, *, whole: bool) -> ActTold:
        at = None if target is None else replace(target, start=target.start + start, end=target.end + start)
        return ActTold(act=act, target=at, whole=whole, start=start + match.start(), end=start + len(clause.rstrip()))

    verbs = sorted(
        ((match, act) for pattern, act in _CHANGES for match in pattern.finditer(clause)),
        key=lambda verb: verb[0].start(),
    )
    for match, act in verbs:
        if _NEGATED.search(clause[: match.start()]) or _PASSIVE.search(clause[: match.start()]):
            continue
        if _of_another(clause, numbers, match.start()):
            continue
        since = match.start()
        for target in numbers:
            if not match.start() <= target.start < match.end():
                continue
            # a later verb behind a number has the numbers behind it
            if since > match.start() and any(since <= other.start() < target.start for other, _ in verbs):
                break
            part = _PART.search(clause, since, target.start) is not None
            yield told(act, match, target, whole=act != "amends" and not part)
            since = target.end
    lapse = _LAPSES.search(clause)
    if lapse is not None and not _NEGATED.search(clause[: lapse.start()]):
        for target in numbers:
            ends_here = target.end <= lapse.start() and not _REPLACES.search(clause)
            if ends_here and not _is_anothers_target(clause, numbers, target):
                yield told("revokes", lapse, target, whole=_PART.search(clause, begin, target.start) is None)
    withdrawn = _WITHDRAWS.search(clause)
    if (
        withdrawn is not None
        and not _NEGATED.search(clause[: withdrawn.start()])
        and (reported or (_is_of_some(withdrawn[0]) and _opens(clause, begin, withdrawn)))
    ):
        targets = [number for number in numbers if number.start >= withdrawn.start()]
        if not targets:
            yield told("withdraws", withdrawn, None, whole=False)
        for target in targets:
            yield told("withdraws", withdrawn, target, whole=False)
        return
    recognised = _RECOGNISES.match(clause, begin) or _later(clause, begin, anywhere=reported)
    if recognised is not None and _PRODUCTS.search(clause, recognised.start()):
        yield told("recognises", recognised, None, whole=True)
    listed = _LISTS.search(clause, begin) if reported else _LISTS.match(clause, begin)
    if listed is not None and recognised is None:
        yield told("lists", listed, None, whole=True)


def _later(clause: str, begin: int, *, anywhere: bool) -> re.Match[str] | None:
    """Recognition that a clause does not open with: "Nay công nhận …", "Phê duyệt, công nhận …"."""
    match = _RECOGNISES.search(clause, begin, len(clause) if anywhere else begin + _OPENING_CHARS)
    if match is None or _NEGATED.search(clause[: match.start()]):
        return None
    if not anywhere and _PREVIOUS.search(clause[: match.start()]):
        return None
    return match if anywhere or _OPENING.fullmatch(clause, begin, match.start()) else None


def _of_another(clause: str, numbers: Sequence[DocumentNumber], at: int) -> bool:
    """Whether the verb at a place says what another decision did, whose number stands before it: "Quyết định số
    1489/QĐ-TTg sửa đổi Quyết định số 148/QĐ-TTg"."""
    before = max((number.end for number in numbers if number.end <= at), default=None)
    return before is not None and _SET_OFF.search(clause, before, at) is None


def _is_anothers_target(clause: str, numbers: Sequence[DocumentNumber], target: DocumentNumber) -> bool:
    """Whether a number is only what another decision is said to have changed."""
    return any(
        match.end() == target.start and _of_another(clause, numbers, match.start())
        for pattern, _ in _CHANGES
        for match in pattern.finditer(clause, 0, target.start)
    )


def _is_of_some(withdrawal: str) -> bool:
    """Whether a withdrawal says of which products, and is not the rule that says when one is due."""
    named = _OF_WHICH.search(withdrawal)
    return named is not None and (re.search(r"\d", withdrawal) is not None or _WHENEVER.search(withdrawal) is None)


def _opens(clause: str, begin: int, withdrawn: re.Match[str]) -> bool:
    """Whether a clause opens with a withdrawal; behind other words, such as who may withdraw, only one that counts
    what it withdraws."""
    if withdrawn.start() - begin >= _OPENING_CHARS:
        return False
    opening = _OPENING.fullmatch(clause, begin, withdrawn.start()) is not None
    return opening or _COUNT.search(withdrawn[0]) is not None


def _is(number: DocumentNumber, own: DocumentNumber) -> bool:
    return number.matches(own)


def read_stated(text: str, spans: Sequence[Span]) -> tuple[Stated, ...]:
    """The counts that clauses state of the products they recognise or withdraw, each once."""
    found: dict[tuple[int, int | None], Stated] = {}
    for start, end in spans:
        for match in _COUNT.finditer(text, start, end):
            if match["star"] is None and match["word"] is None and _PART_OF.search(text, start, match.start()):
                continue  # "trong đó 2 sản phẩm công nhận lại" counts by something else than stars
            star = int(match["star"]) if match["star"] else _STAR_WORDS.get((match["word"] or "").lower())
            stop = match.end() if star is not None else match.start("tail")
            span = Span(match.start(), stop)
            found.setdefault((int(match["count"]), star), Stated(count=int(match["count"]), star=star, span=span))
    return tuple(found.values())


def read_validity(article: Article) -> tuple[int, Read] | None:
    """For how many months what is recognised is valid."""
    for start, end in clauses(article):
        match = _VALID.search(article.text, start, end)
        if match is not None:
            months = int(match["number"]) * (12 if match["unit"].lower() == "năm" else 1)
            if 12 <= months <= 60:
                span = Span(match.start("number"), match.end())
                return months, Read(text=" ".join(span.of(article.text).split()), span=span)
    return None


def read_effective(article: Article, issued: str | None) -> tuple[str | None, Read] | None:
    """From when the decision has force, by its own clause."""
    for start, end, block in article_sentences(article):
        clause = article.text[start:end]
        match = _EFFECTIVE.search(clause) if block.role != "row" and not _GROUNDS.match(clause) else None
        if match is None or _ITSELF.search(clause[: match.end()]) is None or "giấy" in clause[: match.start()].lower():
            continue
        span = Span(start + match.start(), start + match.end())
        read = Read(text=" ".join(span.of(article.text).split()), span=span)
        if match["what"].lower().startswith(("ký", "ban")):
            return issued, read
        tail = find_dates(clause[match.start() :])
        day = next((one for one in tail if len(one.iso) == 10 and one.year is not None), None)
        if day is not None:
            at = Span(start + match.start(), start + match.start() + day.end)
            return day.iso, Read(text=" ".join(at.of(article.text).split()), span=at)
    return None
