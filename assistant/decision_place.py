"""Whether a decision is of the place and time a question names, provinces no map knows among them."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from assistant.corpus import Corpus
from assistant.limits import rounds_in
from assistant.question import Question
from assistant.wording import find_phrase, tokens
from index.decisions.decision import Read
from index.decisions.merged import Decision
from index.law.address import DocumentNumber, find_document_numbers
from index.period import first_day, last_day
from index.places.named import MERGER, PROVINCES, related

_RANKS = r"tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường"
# Households are called by the name of their head alone.
_RANK = re.compile(rf"^(?:{_RANKS}|hộ kinh doanh|hkd|hộ|cơ sở)\s+", re.IGNORECASE)
_ISSUER = re.compile(rf"(?<!\w)(?:{_RANKS})\s+(?P<name>.+)", re.IGNORECASE)


def numbers_named(question: Question) -> list[DocumentNumber]:
    """The numbers of decisions a question names, where it names one or none also the bare ones: "quyết định 2077 và
    1045"."""
    numbers = list(question.documents)
    if len(numbers) < 2:
        numbers += [found for bare in question.numbers for found in find_document_numbers(f"Quyết định {bare}")]
    return numbers


def issued_within(decision: Decision, first: date, last: date) -> bool:
    """Whether a decision was issued in these days, as far as its day is known."""
    issued = decision.best.issued
    return issued is not None and first.toordinal() <= last_day(issued) and first_day(issued) <= last.toordinal()


def round_of(decision: Decision) -> str | None:
    """The round a decision says it is of, as `assistant.limits.rounds_in` has it, or None."""
    subject = decision.listing.subject
    return None if subject is None else next(iter(rounds_in(tokens(subject.text))), None)


def lists_so_many(decision: Decision, question: Question) -> bool:
    """Whether every number a question gives is one of products that a decision lists or states, of the star it names
    where it names one."""
    stated = {(one.count, one.star) for told in decision.told for one in told.stated}
    counts = {len(decision.rows), *(count for count, _ in stated)}
    if question.stars is not None:
        low, high = question.stars
        grades = {row.star for row in decision.rows} | {star for _, star in stated}
        if not any(star is not None and low <= star <= high for star in grades):
            return False
    return all(number.isdecimal() and int(number) in counts for number in question.numbers)


def of_place(question: Question, corpus: Corpus, asked: Sequence[str]) -> Callable[[Decision], bool]:
    """What tells whether a decision is of the place asked: its province by the map of its day, or who issued it; of any
    where only its number, or a maker or commune it lists, is named."""
    keys = [key for key in question.places if key in PROVINCES]

    def of_province(decision: Decision) -> bool:
        place, of_today = decision.listing.place, (decision.best.issued or "") >= MERGER.isoformat()
        return any(place == key or (place in related(key) and (of_today or key in question.today)) for key in keys)

    def of_body(decision: Decision) -> bool:
        return issuer_said(decision, question) or said(decision.listing.place_read, question.tokens)

    def listed(decision: Decision) -> bool:
        return any(said(read, asked) for row in decision.rows for read in (row.producer, row.commune))

    if keys:
        return of_province
    if any(map(of_body, corpus.held.listings)):
        return of_body
    return lambda decision: of_body(decision) or bool(question.documents) or listed(decision)


def issuer_said(decision: Decision, question: Question) -> bool:
    """Whether a question names the place whose committee issued a decision."""
    issuer = decision.listing.issuer
    match = None if issuer is None else _ISSUER.search(issuer.text)
    return match is not None and find_phrase(question.tokens, " ".join(tokens(match["name"]))) >= 0


def said(read: Read | None, asked: Sequence[str]) -> bool:
    """Whether a question says what is written, but for what it is: "xã Mây Mẫu" by "Mây Mẫu"."""
    if read is None:
        return False
    words = tokens(_RANK.sub("", read.text))
    return len(words) > 1 and find_phrase(asked, " ".join(words)) >= 0
