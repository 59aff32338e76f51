"""What documents are about, and the years they were made for, as titles, headings and sentences tell it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from crawler.article import Article
from index.law.address import DocumentNumber
from index.law.statements import PART, Known, Sentence, Statement, statement, subject_of
from index.law.subjects import Subject, find_subject, subjects_in
from index.span import Span

_PERIOD = re.compile(
    r"giai đoạn\s+(?:từ\s+)?(?:năm\s+)?(?P<from>20\d\d)\s?(?:[-–]|đến)\s?(?:năm\s+)?(?P<to>20\d\d)", re.IGNORECASE
)
# What a period belongs to: a document made for it, never one that only mentions it ("quy định của giai đoạn …").
_MADE_FOR = re.compile(
    r"(?:soạn|áp dụng|dùng|ban hành|phê duyệt|chương trình|kế hoạch|hướng dẫn)[^.;|]{0,120}$", re.IGNORECASE
)
_RULES_OF = re.compile(r"(?:quy định|quy trình|hồ sơ|văn bản)\s+(?:[^.;|]{0,60}\s)?(?:của|cho)?\s*$", re.IGNORECASE)
_PLAN = re.compile(r"(?:chương trình|kế hoạch)[^.;|]*$", re.IGNORECASE)
_LEAD_CHARS = 320
_HEAD_CHARS = 1500


_MAKES = re.compile(r"(?<!\w)(?:ban hành|phê duyệt|quy định|nêu|đặt|hướng dẫn|về việc|về)(?!\w)", re.IGNORECASE)
_MADE_BY = re.compile(
    r"(?<!\w)(?:ban hành|phê duyệt)(?!\w)(?P<what>[^.;]*)\s(?:bằng|tại|theo)\s+"
    r"(?:(?:quyết định|thông tư|nghị định)\s+)?(?:số\s+)?$",
    re.IGNORECASE,
)


def named(article: Article, own: Sequence[DocumentNumber]) -> Iterator[Statement]:
    """What the title says a document is about; of a guide its first lines too."""
    lead = article.text[: _LEAD_CHARS if article.kind == "guide" else _HEAD_CHARS]
    for number in own:
        for subject in subjects_in(article.title) or (subjects_in(lead) if article.kind == "guide" else ()):
            at = find_subject(subject, lead)
            head = Sentence(
                article=article, start=at[0] if at else 0, end=at[1] if at else 0, text="", numbers=(), dates=(),
                carried=(), heading="",
            )  # fmt: skip
            span = None if at is None else Span(start=at[0], end=at[1])
            known: Known = "declared" if at is None else "stated"
            yield statement(head, "about", number, span, known=known, subject=subject)


# What stands between a document's number and what it is about: "… ban hành Bộ tiêu chí", "… quy chế … bằng …".
def about(sentence: Sentence) -> Iterator[Statement]:
    """What a sentence says a document makes or rules, in its own words or under its heading."""
    for place, number in enumerate(sentence.numbers):
        before = sentence.text[: number.start]
        if number.issuer is None or PART.search(before):
            continue
        stop = sentence.numbers[place + 1].start if place + 1 < len(sentence.numbers) else len(sentence.text)
        after = sentence.text[number.end : stop]
        makes = _MAKES.search(after)
        made = _MADE_BY.search(before)
        told = made["what"] if made else after[makes.end() :] if makes else None
        if told is None:
            continue
        opens = re.fullmatch(r"(?:quyết định|thông tư|nghị định)?\s*(?:số\s*)?", before, re.IGNORECASE) is not None
        subjects = (subjects_in(sentence.heading) if opens else ()) or subjects_in(told)
        for subject in subjects:
            at = sentence.span(number.start, number.end)
            yield statement(sentence, "about", number, at, subject=subject)


def periods(sentence: Sentence, own: Sequence[DocumentNumber]) -> Iterator[Statement]:
    """The years a document was made for."""
    match = _PERIOD.search(sentence.text)
    if match is not None:
        before = sentence.text[: match.start()]
        if not _MADE_FOR.search(before) or _RULES_OF.search(before):
            return
        named = [number for number in sentence.numbers if number.end <= match.start()]
        # "Kế hoạch … giai đoạn 2018-2020 ban hành bằng Quyết định …"
        made = [
            n
            for n in sentence.numbers
            if re.search(r"(?:bằng|tại|theo)\s+\w+\s+\w+\s+(?:số\s+)?$", sentence.text[: n.start])
        ]
        subjects = named[-1:] or made[:1] or list(subject_of(sentence, match.start(), own))
        for number in subjects[:1]:
            yield _years(
                sentence, number, match, sentence.span(match.start(), match.end()), planned=_PLAN.search(before)
            )
        return
    headed = _PERIOD.match(sentence.heading.rsplit(" › ", 1)[-1])
    if headed is not None and sentence.numbers and not sentence.carried:
        # "Giai đoạn 2018-2020" over "Quyết định 490/QĐ-TTg ngày …": the first document named under the heading
        first = sentence.numbers[0]
        if first.start < 12:
            yield _years(sentence, first, headed, sentence.span(first.start, first.end))


def _years(
    sentence: Sentence, number: DocumentNumber, match: re.Match[str], at: Span, *, planned: object = None
) -> Statement:
    subject: Subject | None = "programme" if planned else None
    return statement(
        sentence,
        "period",
        number,
        at,
        subject=subject,
        on=date(int(match["from"]), 1, 1),
        until=date(int(match["to"]), 12, 31),
    )
