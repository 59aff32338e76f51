"""Whether checked sentences answer a question as the model-free draft does: the same kind of thing, the same value."""

from collections.abc import Sequence

from assistant.corpus import Corpus
from assistant.draft import Draft, Segment
from assistant.evidence import fits_kind, fits_time, specific
from assistant.holding import grade_of
from assistant.question import Question
from assistant.said import Said, said
from assistant.wording import coverage, supplied, words_of

# Of the share of the asked words that the draft holds, what other sentences must hold.
_SHARE = 0.8
_TIMES = ("ngày", "tháng", "năm", "giờ", "tuần")


def answers_same(question: Question, kept: Sequence[Segment], draft: Draft, corpus: Corpus) -> bool:
    """Whether the kept sentences hold the kind of thing asked for, the draft's values of it, and as many of the
    question's words with their sources as the draft does."""
    text = " ".join(segment.text for segment in kept)
    if not fits_kind(question, text):
        return False
    if _cover(question, kept, corpus) < _SHARE * _cover(question, draft.segments, corpus):
        return False
    first = said(" ".join(draft.segments[0].text.split()))
    return _same_values(question, [said(segment.text) for segment in kept], first)


def fits_question(question: Question, segment: Segment, draft: Draft) -> bool:
    """Whether a sentence speaks of the places and time asked about; of others only as the draft does too."""
    drafted = " ".join(part.text for part in draft.segments)
    if question.places:
        known = {*question.places, *(key for key, _ in said(drafted).places)}
        if not {key for key, _ in said(segment.text).places} <= known:
            return False
    if draft.status == "partial" or question.wanted == "when":
        return True
    return fits_time(question, segment.text, segment.evidence[0].article) is not False or not _timely(question, draft)


def _timely(question: Question, draft: Draft) -> bool:
    return any(fits_time(question, part.text, part.evidence[0].article) for part in draft.segments if part.evidence)


def _cover(question: Question, segments: Sequence[Segment], corpus: Corpus) -> float:
    words = specific(question)
    written = words_of(
        " | ".join([*(part.text for part in segments), *(e.quote for part in segments for e in part.evidence)])
    )
    return coverage(words, supplied(question.synonyms, written), corpus.weights(words, question.emphasis))


def _same_values(question: Question, kept: Sequence[Said], drafted: Said) -> bool:
    match question.wanted:
        case "figure" | "share":
            wanted = _values(question, drafted)
            return not wanted or any(value in wanted for read in kept for value in _values(question, read))
        case "when" | "duration":
            wanted_times = _times(drafted)
            return not wanted_times or any(_times(read) & wanted_times for read in kept)
        case "number" | "unit":
            return not drafted.documents or any(
                number.matches(known) for read in kept for number in read.documents for known in drafted.documents
            )
        case "star":
            stars = {(star.low, star.high) for star in drafted.stars}
            return not stars or any((star.low, star.high) in stars for read in kept for star in read.stars)
        case "who":
            names = set(drafted.names)
            return not names or any(set(read.names) & names for read in kept)
        case "yes_no":
            return bool(drafted.denials) == any(read.denials for read in kept)
        case _:
            return True


def _values(question: Question, read: Said) -> set[tuple[float, str]]:
    """The counts of what is asked for, of the grade asked for where some are of it."""
    asked = {counted.what for counted in question.counted} if question.wanted == "figure" else {"%", "phần"}
    counts = [count for count in read.counts if not asked or count.unit in asked]
    graded = [count for count in counts if question.stars is not None and grade_of(count, read) == question.stars]
    if question.stars is None:
        graded = [count for count in counts if grade_of(count, read) is None]
    return {(count.value, count.unit) for count in (graded or counts)}


def _times(read: Said) -> set[str]:
    return {date.iso for date in read.dates} | {
        f"{count.value:g} {count.unit}" for count in read.counts if count.unit in _TIMES
    }
