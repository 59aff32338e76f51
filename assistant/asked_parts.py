"""The things a question asks, each by itself: "Nước mắm này của công ty nào, được mấy sao?" asks two."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.content import ASKS
from assistant.parts import of_whole
from assistant.question import Question, understand
from assistant.wording import places_of, says, tokens
from index.places.named import find_places

# Between clauses that each ask something.
_CLAUSE = re.compile(r"[,;?.]\s+|\s+(?:và|va|với|rồi(?!\s+thì)|còn)\s+")
_SUBJECT = re.compile(r"(?P<subject>[^:?.;,\d][^:?.;,]{3,60}):\s+(?=\w)")
_MOST_OF_SUBJECT = 8
# "Em đang gom hàng nên hỏi chút: …"
_ASKER = ("hỏi", "cho biết", "tôi", "em", "mình", "tui", "cháu", "nhà", "giúp", "xin", "thưa", "chào")
# What is asked for by words that stand before it; other asking words stand behind what they ask for.
_BEFORE = ("bao nhiêu", "mấy", "nhiêu", "ai", "vì sao", "tại sao")
# What may open the second of two things asked in one clause ("mấy sản phẩm | của công ty nào").
_OPENS = frozenset("của do thuộc ở tại từ lên sang được đạt vào cho theo là có gồm đi hồi bán bởi trong".split())
# Of the words between two askings these many at most name what the second asks for ("mấy món | công ty nào").
_NAMED = 2
# "mấy sàn quốc tế nào" has so many words between at most.
_WHICH = ("nào", "gì")
_OF_ONE = 4
_MANY = ("mấy", "bao nhiêu")
_TWO = 2
# What bids to tell, as asking does.
_BIDS = ("tách giúp", "tách ra", "kể tên", "kể ra", "kể mấy", "kể vài", "liệt kê", "nêu tên", "chia ra", "cho biết")
# "mấy cái" of what was named before
_THAT = ("mấy cái", "bao nhiêu cái", "mấy món", "bao nhiêu món")
# What was reached, beside what is aimed at.
_REACHED = (
    "thực tế", "kết quả", "đạt được", "đã được", "đã đạt", "đã có", "làm được", "hiện có", "đang có", "hiện nay",
    "đến nay",
)  # fmt: skip
_MORE = frozenset("cao thấp nhiều ít hơn kém nhất lớn nhỏ".split())
# What is worked out of several figures is one thing.
_OF_SEVERAL = ("compare", "sum", "difference", "trend", "average", "merger")


def asked_parts(question: Question) -> list[Question]:
    """The things a question asks, in order, each as a question of the place and the time of the whole; a clause that
    asks what is worked out of several figures is not taken apart. Of a question after one about a target, what was
    reached is a thing of its own."""
    clauses = asking_clauses(question)
    together = question.wanted in _OF_SEVERAL
    if together:
        clauses = [clause for place, clause in enumerate(clauses) if not place or not _compares_that(clause)]
    pieces = clauses if together else [piece for clause in clauses for piece in _pieces(clause)]
    parts = [_part(question, piece, place) for place, piece in enumerate(pieces)]
    return parts if len(parts) > 1 or any(part.planned != question.planned for part in parts) else [question]


def _compares_that(clause: str) -> bool:
    """Whether a clause only asks which of what was just asked is more: "…, bên nào cao hơn?"."""
    own = understand(clause)
    return own.wanted == "compare" and not (own.counted or own.places) and _MORE.issuperset(own.content)


def _part(question: Question, piece: str, place: int) -> Question:
    """One thing asked, of the place of the whole, and of its time where it gives none; what was reached beside
    a target is of its own time, and counts the same ("đặt mục tiêu bao nhiêu sản phẩm, thực tế được mấy?")."""
    own = understand(piece)
    part = of_whole(question, own)
    if (own.dates or own.period) and question.wanted not in _OF_SEVERAL:
        part = replace(part, dates=own.dates, when=own.when, period=own.period)
    if part.wanted == "figure":
        reached = question.planned and not own.planned and (own.counted or says(own.tokens, *_REACHED))
        if reached and len({item.form for item in question.counted}) < _TWO:
            part = replace(part, dates=own.dates, when=own.when, period=own.period)
        if not part.counted and (not own.content or says(own.tokens, *_THAT)):
            part = replace(part, counted=question.counted[-1:], content=part.content or question.content)
    # "…, Bình Phước góp cái gì?" is about that place
    named = tuple(word for one in find_places(piece) for word in tokens(piece[one.start : one.end])) if place else ()
    return replace(part, content=(*part.content, *named))


def asking_clauses(question: Question) -> list[str]:
    """The clauses of a question that ask something, each with what stands before all of them ("Phân hạng lại: họp hay
    xin ý kiến, bao lâu xong?")."""
    headed = _SUBJECT.match(question.text)
    about = "" if headed is None or _of_the_asker(tokens(headed["subject"])) else headed["subject"]
    text = question.text[headed.end() :] if headed is not None and about else question.text
    return [f"{about} {clause}".strip() for clause in _clauses(text) if _asks(tokens(clause))]


def _clauses(text: str) -> list[str]:
    """The clauses of a text; what one that bids to tell names goes with it ("tách giúp 4 sao và 3 sao")."""
    found: list[str] = []
    for clause in _CLAUSE.split(text):
        if found and says(tokens(found[-1])[:2], *_BIDS) and not _asks(tokens(clause)):
            found[-1] += f" và {clause}"
        else:
            found.append(clause)
    return found


def _of_the_asker(subject: Sequence[str]) -> bool:
    """Whether what stands before a colon says who asks, or asks itself."""
    return len(subject) > _MOST_OF_SUBJECT or says(subject, *_ASKER) or _asks(subject)


def _asks(clause: Sequence[str]) -> bool:
    """Whether words ask something: by an asking word, whether something is so ("có phải họp không"), or which of two
    ("họp hay xin ý kiến")."""
    whether = says(clause[-1:], "không", "chưa", "chăng") and says(clause, "có", "phải", "được", "đã")
    return says(clause, *ASKS) or says(clause[:2], *_BIDS) or whether or "hay" in clause[1:-1]


def _pieces(clause: str) -> Iterator[str]:
    """A clause cut before each thing but the first that it asks: "năm nào | ai lập", "mấy sản phẩm | của mấy hộ"."""
    words = clause.split()
    owners = [place for place, word in enumerate(words) for _ in tokens(word)]
    said = tokens(clause)
    asking = _askings(said)
    if len(said) != len(owners) or len(asking) < 2:
        yield clause
        return
    cuts = [0, *(owners[_opening(said, one, next_one)] for one, next_one in pairwise(asking)), len(words)]
    yield from (" ".join(words[first:last]) for first, last in pairwise(cuts) if first < last)


def _askings(said: Sequence[str]) -> list[range]:
    """Where words ask, the longest wherever several begin, without overlaps; "mấy sàn quốc tế nào" asks once."""
    found: list[range] = []
    for place in sorted(places_of(said, ASKS), key=lambda one: (one.start, -one.stop)):
        if found and place.start < found[-1].stop:
            continue
        between = said[found[-1].stop : place.start] if found else ()
        which = (
            says(said[place.start : place.stop], *_WHICH)
            and bool(found)
            and says(said[found[-1].start : found[-1].stop], "mấy")
        )
        if which and len(between) <= _OF_ONE and _OPENS.isdisjoint(between):
            found[-1] = range(found[-1].start, place.stop)
        else:
            found.append(place)
    # "mấy cơ sở theo được các chuẩn gì" asks nothing of how many
    some = len(found) > 1 and found[0].start == 0 and says(said[:1], "mấy")
    return found[1:] if some and not says(said[found[1].start : found[1].stop], *_MANY) else found


def _opening(said: Sequence[str], asking: range, following: range) -> int:
    """Where the second of two things asked in one clause begins."""
    between = range(asking.stop, following.start)
    opens = next((at for at in reversed(between) if said[at] in _OPENS), None)
    if opens is not None:
        return opens
    if says(said[following.start : following.stop], *_BEFORE):
        return following.start
    before = says(said[asking.start : asking.stop], *_BEFORE)  # then what follows it is what it asks for
    return max(asking.stop, following.start - _NAMED) if before else asking.stop
