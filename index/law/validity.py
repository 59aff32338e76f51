"""When documents were signed, came into force and ended, as sentences and rows of properties state it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from crawler.article import Article
from index.dates import find_dates
from index.law.address import DocumentNumber
from index.law.statements import (
    CODES,
    ITSELF,
    NEGATED,
    PART,
    UNITS,
    Sentence,
    Statement,
    bare,
    is_day,
    of_day,
    statement,
    subject_of,
)
from index.sentence import article_sentences
from index.span import Span

_EFFECTIVE = re.compile(
    r"có hiệu lực(?:\s+thi hành)?\s+(?:ngay\s+)?(?:kể\s+)?(?:từ\s+)?(?:ngày\s+)?(?P<what>ký|[^,;.]{0,12}\d)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"hết hiệu lực|bãi bỏ|thay thế|thay cho|(?<!\w)thay\s+(?=quyết định|qđ|thông tư)", re.IGNORECASE)
_AFTER_DAYS = re.compile(r"sau\s+(?P<days>\d{1,3})\s+ngày", re.IGNORECASE)
_PASSIVE = re.compile(
    r"(?:bị|được)\s+(?:[^.;]{0,60}\s)?(?:thay thế|bãi bỏ|thay)|(?:đã|sẽ)\s+thay(?!\s+thế)", re.IGNORECASE
)
_ABOUT = re.compile(r"khoảng|tự tính|ước", re.IGNORECASE)
_DATED = re.compile(r"^[\s,(]*(?:(?:được\s+)?(?:ký|ban hành)\s+)?(?:ngày\s+)?$", re.IGNORECASE)
_SIGNED_ROW = re.compile(r"^(?:ngày ban hành|ngày ký)\s*:?\s*\|", re.IGNORECASE)
_EFFECTIVE_ROW = re.compile(r"^(?:ngày (?:có )?hiệu lực|hiệu lực từ)\s*:?\s*\|", re.IGNORECASE)
_STATE_ROW = re.compile(r"^(?:tình trạng|hiệu lực)[^|]{0,20}\|\s*hết hiệu lực", re.IGNORECASE)
_NOT_IN_FORCE = re.compile(r"(?:chưa|không|hết)\s+(?:còn\s+)?có?$", re.IGNORECASE)


def declared(article: Article, own: Sequence[DocumentNumber]) -> list[Statement]:
    """The signing day of a document whose text the article is, from its metadata; its line of place and date, where it
    prints one, says the same with a place to point at."""
    if article.kind == "guide" or not own or article.published is None or len(article.published) < 10:
        return []
    day = date.fromisoformat(article.published[:10])
    for start, end, _ in article_sentences(article):
        for mention in find_dates(article.text[start:end]):
            if mention.iso == day.isoformat():
                at = Span(start=start + mention.start, end=start + mention.end)
                sentence = Sentence(
                    article=article, start=start, end=end, text=article.text[start:end], numbers=(), dates=(),
                    carried=(), heading="",
                )  # fmt: skip
                return [statement(sentence, "signed", own[0], at, on=day)]
        if start > 6000:
            break
    head = Sentence(article=article, start=0, end=0, text="", numbers=(), dates=(), carried=(), heading="")
    return [statement(head, "signed", own[0], None, on=day, known="declared")]


def signed(sentence: Sentence, own: Sequence[DocumentNumber]) -> Iterator[Statement]:
    """Days of signing: in a row of properties, or right after a document's number."""
    days = [mention for mention in sentence.dates if is_day(mention)]
    if not days:
        return
    if _SIGNED_ROW.match(sentence.text):
        if own:
            yield of_day(sentence, "signed", own[0], days[0])
        return
    for number in sentence.numbers:
        later = [mention for mention in days if mention.start >= number.end]
        if later and _DATED.match(sentence.text[number.end : later[0].start]):
            yield of_day(sentence, "signed", number, later[0])


def effective_days(
    sentence: Sentence, own: Sequence[DocumentNumber], signed: dict[DocumentNumber, date | None]
) -> Iterator[Statement]:
    """Days from which a sentence sets a document in force."""
    days = [mention for mention in sentence.dates if is_day(mention)]
    if _EFFECTIVE_ROW.match(sentence.text):
        if days and own:
            yield of_day(sentence, "effective", own[0], days[0])
        return
    match = _EFFECTIVE.search(sentence.text)
    if match is None or _NOT_IN_FORCE.search(sentence.text, 0, match.start() + 2):
        return
    subjects = subject_of(sentence, match.start(), own)
    if sentence.article.kind != "guide":
        # of others a text of law only recalls since when they were in force
        subjects = tuple(number for number in subjects if own and number.matches(own[0]))
    if match["what"].lower() == "ký":
        for number in subjects[:1]:
            on = signed.get(bare(number))
            yield statement(
                sentence, "effective", number, sentence.span(match.start(), match.end()), on=on, known="signing"
            )
        return
    later = [mention for mention in days if mention.end > match.start("what")]
    if later:
        for number in subjects[:1]:
            yield of_day(sentence, "effective", number, later[0])


def ended(sentence: Sentence, own: Sequence[DocumentNumber], effective: date | None) -> Iterator[Statement]:
    """What a sentence says ended: the other documents it names, or (where it speaks of itself) the document's own."""
    cue = _ENDS.search(sentence.text)
    if cue is None or NEGATED.search(sentence.text):
        return
    days = [mention for mention in sentence.dates if is_day(mention)]
    about = _ABOUT.search(sentence.text) is not None
    itself = ITSELF.match(sentence.text) or _STATE_ROW.match(sentence.text)
    if "hết hiệu lực" in cue[0].lower() and itself:
        later = [mention for mention in days if mention.start > cue.start()]
        if not later:
            return
        after = [number for number in sentence.numbers if number.start > cue.start()]
        subjects = tuple(own) if _STATE_ROW.match(sentence.text) else subject_of(sentence, cue.start(), own)
        by = next((n for n in reversed(after) if not any(n.matches(subject) for subject in subjects)), None)
        for number in subjects[:1] if _STATE_ROW.match(sentence.text) else subjects:
            yield replace(
                of_day(sentence, "ended", number, later[0]),
                by=None if by is None else bare(by),
                known="counted" if about else "stated",
            )
        return
    if _PASSIVE.search(sentence.text) or not own:
        return
    counted = _AFTER_DAYS.search(sentence.text)
    days_after = int(counted["days"]) if counted else None
    on = effective
    if days_after is not None and effective is not None:
        on = effective + timedelta(days=days_after)
    elif "hết hiệu lực" in cue[0].lower() and counted is None:
        said = [mention for mention in days if mention.start > cue.start()]
        on = date.fromisoformat(said[0].iso) if said else effective
    for number in _acted_on(sentence, cue, own):
        yield statement(
            sentence,
            "ended",
            number,
            sentence.span(*_reach(cue, counted)),
            on=on,
            known="counted" if counted or about else "stated",
            by=bare(own[0]),
            said=on is not None and any(mention.iso == on.isoformat() for mention in days),
            counted_from=effective if counted else None,
            days=days_after,
        )


def _reach(cue: re.Match[str], counted: re.Match[str] | None) -> tuple[int, int]:
    """From the first to the last of the words that say that something ends, and after how many days."""
    both = [cue] if counted is None else [cue, counted]
    return min(one.start() for one in both), max(one.end() for one in both)


_AMENDING = re.compile(r"(?<!\w)(?:sửa đổi|sửa|bổ sung)(?!\w)", re.IGNORECASE)


def _acted_on(sentence: Sentence, cue: re.Match[str], own: Sequence[DocumentNumber]) -> Iterator[DocumentNumber]:
    """The other documents a sentence ends, whole: not those of which it names a part, nor those that are only named as
    what another of them amends ("Quyết định 1489 sửa đổi Quyết định 148 … hết hiệu lực")."""
    seen: list[DocumentNumber] = []
    former = 0
    for number in sentence.numbers:
        between, former = sentence.text[former : number.start], number.end
        if seen and number.end <= cue.start() and _AMENDING.search(between):
            continue
        if number.code not in CODES or any(number.matches(mine) for mine in (*own, *seen)):
            continue
        before = sentence.text[: number.start]
        if cue.start() < number.start and UNITS.search(sentence.text, cue.end(), number.start):
            continue
        if PART.search(before):
            continue
        seen.append(number)
        yield number


# "khoản 2 Điều 5 Quyết định …": a part of the document that follows
