"""Transitional rules: what a new document lets dossiers and certificates of before keep, and for how many days.

Điều 12 of Quyết định 26/2026/QĐ-TTg is the model: dossiers filed before it came into force and not yet judged go on
under the former rules, first judging and upgrading for 60 days, judging anew for 30; certificates keep until they
expire, and 180 days longer where the renewal was filed too late.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from crawler.article import Article
from index.law.address import DocumentNumber
from index.passage import heading_label
from index.sentence import article_sentences
from index.span import Span

Dossier = Literal["first", "upgrade", "renewal"]
# dossier: filed before, judged after. certificate: given before. extension: expired while its renewal is pending.
Covers = Literal["dossier", "certificate", "extension"]

_FILED_BEFORE = re.compile(
    r"nộp(?:\s+hồ sơ)?[^.;:]{0,80}\strước ngày|hồ sơ nộp trước|đã nộp[^.;:]{0,40}chưa", re.IGNORECASE
)
_NOT_JUDGED = re.compile(
    r"chưa\s+(?:được\s+)?[^.;:]{0,40}(?:đánh giá|chấm|phân hạng|thẩm định)|chưa chấm", re.IGNORECASE
)
_GOODS = re.compile(r"sản phẩm|giấy", re.IGNORECASE)
_KINDS: tuple[tuple[Dossier, re.Pattern[str]], ...] = (
    ("first", re.compile(r"lần đầu", re.IGNORECASE)),
    ("upgrade", re.compile(r"nâng hạng", re.IGNORECASE)),
    ("renewal", re.compile(r"(?:phân hạng|đánh giá|công nhận|chấm)(?:, phân hạng)? lại", re.IGNORECASE)),
)
_DAYS = re.compile(r"(?<!\d)(?P<days>\d{1,3})\s+ngày(?!\s+làm việc)", re.IGNORECASE)
_KEPT = re.compile(
    r"(?:giữ|có giá trị|dùng|sử dụng)[^.;]{0,40}(?:đến|tới|cho đến)\s+(?:khi\s+)?hết\s+(?:thời\s+)?hạn", re.I
)
_GIVEN_BEFORE = re.compile(r"(?:trước ngày|cấp trước|đã (?:có|được)[^.;]{0,120}trước)", re.IGNORECASE)
_EXTENDED = re.compile(r"(?:kéo dài|tiếp tục có hiệu lực)[^.;]{0,200}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One transitional rule of the document `number`.

    covers: what of before it is about. dossiers: of "dossier", the kinds it names. days: how long after the document
    came into force (dossier) or after the certificate expired (extension), or None where it sets no such limit.
    where: its unit ("Điều 12, khoản 2, điểm a"). start, end: the sentence or point; at: the days in it, else all of it.
    """

    number: DocumentNumber
    covers: Covers
    dossiers: tuple[Dossier, ...]
    days: int | None
    article_id: str
    digest: str
    start: int
    end: int
    at: Span
    where: str
    summary: bool


def read_transitions(article: Article, number: DocumentNumber) -> tuple[Transition, ...]:
    """The transitional rules an article gives of the document it carries or restates, in order of the text."""
    return tuple(dict.fromkeys(_read(article, number)))


def _read(article: Article, number: DocumentNumber) -> Iterator[Transition]:
    context_end = -1  # up to here the text is about dossiers filed before and not yet judged
    for start, end, block in article_sentences(article):
        text = article.text[start:end]
        if _FILED_BEFORE.search(text) and (block.role == "heading" or _NOT_JUDGED.search(text)):
            context_end = _section_end(article, start)
        if block.role == "heading":
            continue
        place = _Place(article=article, number=number, start=start, end=end)
        if start < context_end:
            yield from _dossiers(place, text)
        if (kept := _KEPT.search(text)) and _GIVEN_BEFORE.search(text) and _GOODS.search(text):
            yield place.rule("certificate", kept)
        extended = _EXTENDED.search(text)
        if extended is not None and re.search(r"hết (?:thời )?hạn", text) and "giấy" in text.lower():
            days = _DAYS.search(text, extended.start(), extended.end())
            if days is not None:
                yield place.rule("extension", days, days=int(days["days"]))


def _section_end(article: Article, start: int) -> int:
    """Where the innermost unit around an offset ends: its khoản, or the stretch under its heading."""
    path = [section for section in article.heading_path(start) if not section.label.startswith("điểm")]
    return path[-1].end if path else len(article.text)


def _dossiers(place: "_Place", text: str) -> Iterator[Transition]:
    """The kinds of dossier each clause of a sentence names, with its days."""
    for clause in re.finditer(r"[^;]+", text):
        kinds = tuple(kind for kind, pattern in _KINDS if pattern.search(clause[0]))
        days = _DAYS.search(text, clause.start(), clause.end())
        if kinds and days is not None:
            yield place.rule("dossier", days, dossiers=kinds, days=int(days["days"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A sentence of the article that gives rules of the document `number`."""

    article: Article
    number: DocumentNumber
    start: int
    end: int

    def rule(
        self, covers: Covers, at: re.Match[str], *, dossiers: tuple[Dossier, ...] = (), days: int | None = None
    ) -> Transition:
        return Transition(
            number=self.number,
            covers=covers,
            dossiers=dossiers,
            days=days,
            article_id=self.article.id,
            digest=self.article.digest,
            start=self.start,
            end=self.end,
            at=Span(start=self.start + at.start(), end=self.start + at.end()),
            where=heading_label(self.article.heading_path(self.start)),
            summary=self.article.kind == "guide",
        )
