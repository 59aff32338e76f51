"""Whether one sentence of a source holds what another sentence says, thing by thing."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from assistant.evidence import Evidence
from assistant.offices import office_fault
from assistant.replacing import replaced
from assistant.said import GLUE, Count, Denial, Said, said
from assistant.shortened import shortening_fault
from assistant.territory import trespass
from assistant.wording import tokens
from index.dates import DateMention
from index.figures.planned import says_planned
from index.figures.stars import StarMention
from index.law.address import DocumentNumber
from index.places.named import PROVINCES

_LIMITED = ("sản phẩm", "điểm", "%")  # what a grade limits
# Words before a number that make it another count than the one without them.
_CHANGING = frozenset("tăng giảm thêm thiếu gấp vượt nửa".split())
_AHEAD, _BEHIND = 3, 4  # syllables around a number that limit what it counts
_REACH = 3  # sentences back that may name the place or day of a sentence
_NEAR = 12  # characters from a document's number to the day it is of


def fault_of(sentence: Said, source: Said, before: Sequence[Evidence]) -> tuple[tuple[Evidence, ...], str | None]:
    """(spans of the sentences before the source that are needed too, why it does not hold the sentence or None)."""
    needed: list[Evidence] = []
    for look in (_places, _dates, _documents, _names):
        span, fault = look(sentence, source, before)
        if fault is not None:
            return (), fault
        if span is not None:
            needed.append(span)
    for check in _CHECKS:
        fault = check(sentence, source)
        if fault is not None:
            return (), fault
    return tuple(dict.fromkeys(needed)), None


Found = tuple[Evidence | None, str | None]


def _nearest(before: Sequence[Evidence], names: Callable[[Said], object]) -> Evidence | None:
    """The nearest sentence before that says something of a kind."""
    return next((evidence for evidence in before[:_REACH] if names(said(evidence.quote))), None)


def _places(sentence: Said, source: Said, before: Sequence[Evidence]) -> Found:
    asked, held = _keys(sentence), _keys(source)
    if not asked:
        if len(held) > 1 and sentence.counts:
            return None, f"which of {len(held)} places is not said"
        return None, None
    if held:
        return None, None if asked <= held else f"place {sorted(asked - held)} stands in no sentence cited"
    span = _nearest(before, lambda read: read.places)
    if span is None or _keys(said(span.quote)) != asked:
        return None, f"place {sorted(asked)} is not that of the sentence cited"
    return span, None


def _keys(read: Said) -> set[str]:
    return {key for key, _ in read.places}


def _dates(sentence: Said, source: Said, before: Sequence[Evidence]) -> Found:
    if not sentence.dates:
        if len({date.iso for date in source.dates}) > 1 and sentence.counts:
            return None, "which of several days is not said"
        return None, None
    missing = [date for date in sentence.dates if not any(_same_date(date, known) for known in source.dates)]
    if not missing:
        return None, "a day of something else" if _dated_otherwise(sentence, source) else None
    if source.dates:
        return None, f"date {missing[0].iso} stands in no sentence cited"
    span = _nearest(before, lambda read: read.dates)
    if span is None or not all(any(_same_date(date, known) for known in said(span.quote).dates) for date in missing):
        return None, f"date {missing[0].iso} is not that of the sentence cited"
    return span, None


def _dated_otherwise(sentence: Said, source: Said) -> bool:
    """Whether the word before a day stands in the source before other days only: "được chấm của năm 2019"."""
    for date in sentence.dates:
        word = _before(date, sentence)
        known = [one for one in source.dates if word is not None and _before(one, source) == word]
        if known and not any(_same_date(date, one) for one in known):
            return True
    return False


def _same_date(asked: DateMention, known: DateMention) -> bool:
    """Whether a day is the known one, or a month or year that it lies in."""
    if asked.until != known.until:
        return False
    if asked.iso.startswith("--") and not known.iso.startswith("--"):
        return known.iso[4:].startswith(asked.iso[1:])
    return known.iso.startswith(asked.iso)


def _documents(sentence: Said, source: Said, before: Sequence[Evidence]) -> Found:
    if not sentence.documents:
        return None, None

    def all_in(read: Said) -> bool:
        return all(any(number.matches(known) for known in read.documents) for number in sentence.documents)

    if all_in(source):
        return None, None
    if not source.documents:
        span = _nearest(before, lambda read: read.documents)
        if span is not None and all_in(said(span.quote)) and len(said(span.quote).documents) == 1:
            return span, None
    return None, f"document {sentence.documents[0].label} is not that of the sentence cited"


def _names(sentence: Said, source: Said, before: Sequence[Evidence]) -> Found:
    last, ordered = 0, True
    needed: Evidence | None = None
    for name in sentence.names:
        if (at := _at(name, source.tokens, last)) >= 0:
            last = at + 1
            continue
        if _at(name, source.tokens) >= 0:
            ordered = False
            continue
        if any(known not in _place_names(source) for known in source.names):
            return None, f"name {' '.join(name)!r} stands in no sentence cited"  # another is named
        needed = next((span for span in before[:_REACH] if _at(name, tokens(span.quote)) >= 0), None)
        if needed is None:
            return None, f"name {' '.join(name)!r} stands in no sentence cited"
    if not ordered:
        return None, "names stand in another order"
    if len(source.names) > 1:
        fault = _title_fault(sentence, source)
        if fault is not None:
            return None, fault
    return needed, None


def _place_names(source: Said) -> set[tuple[str, ...]]:
    return {tokens(PROVINCES[key].name) for key, _ in source.places}


def _title_fault(sentence: Said, source: Said) -> str | None:
    """Where several are named, the word before a name ("ông", "giám đốc") must stand before it in the source too."""
    pairs = set(pairwise(source.tokens))
    # a name behind a comma begins something else
    close = {pair for clause in re.split(r"[,;:()]", sentence.text) for pair in pairwise(tokens(clause))}
    for name in sentence.names:
        at = _at(name, sentence.tokens)
        if at <= 0 or not _tells(former := sentence.tokens[at - 1]):
            continue
        if (former, name[0]) in close - pairs:
            return f"{former!r} does not stand before {' '.join(name)!r}"
    return None


def _tells(token: str) -> bool:
    return token not in GLUE and not token.isdecimal()


def _at(name: Sequence[str], written: Sequence[str], start: int = 0) -> int:
    size = len(name)
    places = range(start, len(written) - size + 1)
    return next((at for at in places if tuple(written[at : at + size]) == tuple(name)), -1)


def _counts_fault(sentence: Said, source: Said) -> str | None:
    for star in sentence.stars:
        if not any((star.low, star.high) == (known.low, known.high) for known in source.stars):
            return f"grade {star.low} to {star.high} stands in no sentence cited"
    for count in sentence.counts:
        if not any(_same_count(count, known, sentence, source) for known in source.counts):
            return f"number {count.value:g} {count.unit} is not what the sentence cited counts"
    if not sentence.counts and says_planned(sentence.text) != says_planned(_as_far_as(sentence, source)):
        return "planned in one, reached in the other"
    return None


def _as_far_as(sentence: Said, source: Said) -> str:
    """The source up to the last word that a sentence draws on."""
    place = source.text.lower().rfind(sentence.tokens[-1]) if sentence.tokens else -1
    return source.text if place < 0 else source.text[: place + len(sentence.tokens[-1])]


def _same_count(count: Count, known: Count, sentence: Said, source: Said) -> bool:
    return (
        (count.value, count.to, count.bound, count.planned) == (known.value, known.to, known.bound, known.planned)
        and _same_unit(count, known, sentence, source)
        and (known.unit not in _LIMITED or grade_of(count, sentence) == grade_of(known, source))
        and _same_where(count, known, sentence, source)
        and _same_when(count, known, sentence, source)
        and _limits(known, source) <= {*sentence.tokens}
        and _mostly(_narrowing(known, source), sentence)
        and not _belongs_to_another(count, known, sentence, source)
    )


def _belongs_to_another(count: Count, known: Count, sentence: Said, source: Said) -> bool:
    """Whether the word before a number stands in the source before another one: "phần B 40 điểm" of "phần A 40 điểm,
    phần B 25 điểm"."""
    word = _before(count, sentence)
    if word is None or word == _before(known, source):
        return False
    return any(other.value != known.value and _before(other, source) == word for other in source.counts)


def _before(one: Count | DateMention, read: Said) -> str | None:
    """The last word of the clause before a number or day that says something."""
    clause = re.split(r"[,;:.(]\s", read.text[: one.start])[-1]
    return next((token for token in reversed(tokens(clause)) if _tells(token)), None)


def _same_unit(count: Count, known: Count, sentence: Said, source: Said) -> bool:
    if count.unit and known.unit:
        return count.unit == known.unit
    # "Số sản phẩm của Nam Định là 62": what is counted stands before it
    unit = count.unit or known.unit
    other = sentence if not count.unit else source
    return bool(unit) and f" {unit} " in f" {' '.join(other.tokens)} " and len(source.counts) == 1


def grade_of(count: Count, read: Said) -> tuple[int, int] | None:
    """The grade that limits a count: the first behind it before another count of the kind, else the one before it."""
    others = [other.start for other in read.counts if other.unit == count.unit and other.start != count.start]
    after = min((start for start in others if start > count.start), default=len(read.text))
    star = next((star for star in read.stars if count.end <= star.start < after), None)
    if star is None:
        former = max((start for start in others if start < count.start), default=-1)
        star = next((star for star in reversed(read.stars) if former < star.start < count.start), None)
        if star is not None and former >= 0 and _grade_taken(star, former, read):
            star = None
    return None if star is None else (star.low, star.high)


def _grade_taken(star: StarMention, former: int, read: Said) -> bool:
    """Whether a grade between two counts is the first one's: "18 đạt 4 sao, 5 …", not "18; 4 sao có 5"."""
    return not any(mark in read.text[former : star.start] for mark in (",", ";", ":"))


def _governing(at: int, places: Sequence[tuple[str, int]]) -> str | None:
    """Of several things named, the one a number belongs to: the last before it, else the first behind it."""
    before = [key for key, start in places if start < at]
    return before[-1] if before else places[0][0] if places else None


def _same_where(count: Count, known: Count, sentence: Said, source: Said) -> bool:
    if not sentence.places or len(_keys(source)) < 2:
        return True
    return _governing(count.start, sentence.places) == _governing(known.start, source.places)


def _same_when(count: Count, known: Count, sentence: Said, source: Said) -> bool:
    if not sentence.dates or len({date.iso for date in source.dates}) < 2:
        return True
    mine = _governing(count.start, [(date.iso, date.start) for date in sentence.dates])
    theirs = _governing(known.start, [(date.iso, date.start) for date in source.dates])
    return mine is not None and theirs is not None and theirs.startswith(mine)


def _limits(count: Count, read: Said) -> set[str]:
    """Words right before a number that make it another count: "tăng 84", "còn thiếu 12"."""
    return {*tokens(read.text[: count.start])[-_AHEAD:]} & _CHANGING


def _narrowing(count: Count, read: Said) -> tuple[str, ...]:
    """The words right behind what is counted that tell which of it: "18 sản phẩm là đồ uống"."""
    stops = [other.start for other in read.counts if other.start > count.start]
    stops += [star.start for star in read.stars if star.start > count.start]
    stops += [date.start for date in read.dates if date.start > count.start]
    stops += [at for mark in ",;:.(" if (at := read.text.find(f"{mark} ", count.end)) >= 0]
    words = tokens(read.text[count.end : min(stops, default=len(read.text))])
    unit = tokens(count.unit)
    if words[: len(unit)] == unit:
        words = words[len(unit) :]
    return tuple(word for word in words if word not in GLUE)[:_BEHIND]


def _mostly(words: Sequence[str], sentence: Said) -> bool:
    known = set(sentence.tokens)
    return sum(word in known for word in words) * 2 >= len(words)


def _order_fault(sentence: Said, source: Said) -> str | None:
    """Neighbouring numbers and grades must be neighbours of their kinds in the source, and numbers of one kind and
    documents in its order."""
    written, held = _values_of(sentence), _values_of(source)
    for left, right in pairwise(written):
        if not any(
            _alike(left, held[i]) and _alike(right, held[j]) and _next_to(i, j, held)
            for i in range(len(held))
            for j in range(len(held))
            if i != j
        ):
            return "numbers belong together otherwise in the sentence cited"
    at = [
        next((place for place, known in enumerate(source.documents) if number.matches(known)), 0)
        for number in sentence.documents
    ]
    if at != sorted(at) and len(source.documents) > 1:
        return "documents stand in another order"
    for number in sentence.documents:
        mine = _day_of(number, sentence)
        theirs = [_day_of(known, source) for known in source.documents if number.matches(known)]
        if mine is not None and any(day is not None and not _same_date(mine, day) for day in theirs):
            return f"{number.label} is of another day in the sentence cited"
    return None


def _day_of(number: DocumentNumber, read: Said) -> DateMention | None:
    """The day right behind a document's number."""
    return next((date for date in read.dates if 0 <= date.start - number.end <= _NEAR), None)


def _values_of(read: Said) -> list[Count | StarMention]:
    """Its numbers and grades, in order."""
    values: list[Count | StarMention] = [*read.counts, *read.stars]
    return sorted(values, key=lambda one: one.start)


def _kind(one: Count | StarMention) -> str:
    return one.unit if isinstance(one, Count) else "sao"


def _alike(one: Count | StarMention, other: Count | StarMention) -> bool:
    if isinstance(one, Count) and isinstance(other, Count):
        return (one.value, one.to) == (other.value, other.to) and (
            one.unit == other.unit or not (one.unit and other.unit)
        )
    if isinstance(one, StarMention) and isinstance(other, StarMention):
        return (one.low, one.high) == (other.low, other.high)
    return False


def _next_to(i: int, j: int, held: Sequence[Count | StarMention]) -> bool:
    kinds = {_kind(held[i]), _kind(held[j])}
    if _kind(held[i]) == _kind(held[j]):
        return i < j
    return not any(_kind(one) in kinds for one in held[min(i, j) + 1 : max(i, j)])


def _denial_fault(sentence: Said, source: Said) -> str | None:
    """What the sentence denies the source must deny, and what the source denies the sentence must not affirm."""
    left = list(source.denials)
    for denial in sentence.denials:
        same = next((known for known in left if _same_denial(denial, known)), None)
        if same is None:
            return f"the denial of {' '.join(denial.head)!r} stands in no sentence cited"
        left.remove(same)
    said_here = set(sentence.tokens)
    for known in source.denials:
        if known.exception or not known.head:
            continue
        affirmed = known.head[0] in said_here or len(set(known.head) & said_here) > 1
        if affirmed and not any(_same_denial(denial, known) for denial in sentence.denials):
            return f"the sentence cited denies {' '.join(known.head)!r}"
    return None


def _same_denial(one: Denial, other: Denial) -> bool:
    """Whether two denials deny the same: what one denies first is among the first two that the other denies."""
    if one.exception != other.exception:
        return False
    if not one.head or not other.head:
        return one.head == other.head
    return one.head[0] in other.head[:2] or other.head[0] in one.head[:2]


def _turning_fault(sentence: Said, source: Said) -> str | None:
    missing = sentence.turning - set(source.tokens)
    if missing:
        return f"{sorted(missing)} stand in no sentence cited"
    if "hoặc" in source.tokens and "và" in sentence.tokens and not {"hoặc"} & {*sentence.tokens}:
        return None if "và" in source.tokens else "either in one, both in the other"
    return None


def _condition_fault(sentence: Said, source: Said) -> str | None:
    if source.conditional and not sentence.conditional and "khi" not in sentence.tokens:
        return "the sentence cited holds on a condition only"
    if sentence.conditional and not source.conditional and "khi" not in source.tokens:
        return "a condition that stands in no sentence cited"
    return None


_CHECKS = (
    _counts_fault,
    _order_fault,
    _denial_fault,
    _turning_fault,
    _condition_fault,
    replaced,
    trespass,
    office_fault,
    shortening_fault,
)
