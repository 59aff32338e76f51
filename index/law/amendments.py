"""Which documents amend which, and in what parts, as sentences state it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from index.law.address import DocumentNumber
from index.law.statements import ITSELF, NEGATED, UNITS, Sentence, Statement, bare, is_day, statement

_AMENDS = re.compile(
    r"(?P<passive>(?:được|bị)\s+)?(?:sửa đổi(?:,?\s+bổ sung)?|sửa|bổ sung|bãi bỏ|bỏ|thay thế)(?!\w)(?P<units>[^.;]*)",
    re.IGNORECASE,
)
_DOCUMENT_WORD = re.compile(r"\s+(?:của\s+)?(?:quyết định|nghị định|thông tư)?(?:\s+số)?\s*$", re.IGNORECASE)


def amended(sentence: Sentence, own: Sequence[DocumentNumber], effective: date | None) -> Iterator[Statement]:
    """Documents of which a sentence says that another changes a part."""
    if not sentence.numbers:
        return
    match = _AMENDS.search(sentence.text)
    if match is None or NEGATED.search(sentence.text):
        return
    before = [number for number in sentence.numbers if number.end <= match.start()]
    after = [number for number in sentence.numbers if number.start >= match.start()]
    at = sentence.span(match.start(), match.end("units"))
    if match["passive"]:
        # "Từ ngày 06/7/2025, phần trình tự được sửa bằng Quyết định 1489/QĐ-TTg"
        target = before[-1] if before else (own[0] if own else None)
        if target is None or not after or after[0].matches(target):
            return
        on = next((date.fromisoformat(m.iso) for m in sentence.dates if is_day(m) and m.start < match.start()), None)
        yield statement(sentence, "amended", target, at, on=on, by=bare(after[0]))
        return
    itself = ITSELF.match(sentence.text) is not None
    actor = before[-1] if before and not itself else (own[0] if own else None)
    if actor is None:
        return
    # "Văn bản chỉ đụng tới Phụ lục II của Quyết định 148: sửa điểm a …" names what it amends before it says so
    among = (*after, *reversed(before)) if itself else after
    target = next((number for number in among if not number.matches(actor)), None)
    lead = match["units"] if target is None or target in before else sentence.text[match.start() : target.start]
    if not UNITS.search(lead):
        return
    if target is None and before:
        # "Quyết định 781 ngày … sửa một số phụ lục", in a text about the document they belong to
        target = next((number for number in own if not number.matches(actor)), None)
    if target is None:
        return
    yield statement(
        sentence,
        "amended",
        target,
        at,
        on=effective if own and actor.matches(own[0]) else None,
        by=bare(actor),
        units=_units_named(sentence.text, match, target),
    )


def _units_named(text: str, match: re.Match[str], target: DocumentNumber) -> str:
    """The parts an amending sentence names: up to the document they are of, and beyond a colon after it."""
    after_target = text[target.end :] if target.start >= match.start() else ""
    colon = after_target.find(":")
    named = after_target[colon + 1 :] if colon >= 0 else match["units"]
    if colon < 0 and target.start >= match.start():
        named = text[match.start("units") : target.start]
    first = UNITS.search(named)
    parts = named[first.start() :] if first else ""
    return _DOCUMENT_WORD.sub("", parts).strip(" .,;:")
