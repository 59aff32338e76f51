"""Whether a decision is of the place and time a question names, provinces no map knows among them."""

import re
from collections.abc import Sequence
from datetime import date

from assistant.corpus import Corpus
from assistant.question import Question
from assistant.wording import find_phrase, tokens
from index.decisions.decision import Read
from index.decisions.merged import Decision
from index.period import first_day, last_day
from index.places.named import MERGER, PROVINCES, related

_RANKS = r"tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường"
# Households are called by the name of their head alone.
_RANK = re.compile(rf"^(?:{_RANKS}|hộ kinh doanh|hkd|hộ|cơ sở)\s+", re.IGNORECASE)
_ISSUER = re.compile(rf"(?<!\w)(?:{_RANKS})\s+(?P<name>.+)", re.IGNORECASE)


def issued_within(decision: Decision, first: date, last: date) -> bool:
    """Whether a decision was issued in these days, as far as its day is known."""
    issued = decision.best.issued
    return issued is not None and first.toordinal() <= last_day(issued) and first_day(issued) <= last.toordinal()


def of_place(decision: Decision, question: Question, corpus: Corpus, asked: Sequence[str]) -> bool:
    """Whether a decision is of the place asked: its province by the map of its day, or who issued it; of any where only
    its number, or a maker or commune it lists, is named."""
    told = decision.listing
    keys = [key for key in question.places if key in PROVINCES]
    if keys:
        of_today = (decision.best.issued or "") >= MERGER.isoformat()
        return any(
            told.place == key or (told.place in related(key) and (of_today or key in question.today)) for key in keys
        )
    if issuer_said(decision, question) or said(told.place_read, question.tokens):
        return True
    if any(issuer_said(one, question) or said(one.listing.place_read, question.tokens) for one in corpus.held.listings):
        return False
    return bool(question.documents) or any(
        said(read, asked) for row in decision.rows for read in (row.producer, row.commune)
    )


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
