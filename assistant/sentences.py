"""Answers in the sources' own sentences: the likeliest sentence and those of its article that go with it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant import answer as say
from assistant.answer import vietnamese_date
from assistant.basis import basis
from assistant.candidates import Candidate
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, connective, quoted
from assistant.evidence import GENERIC, places_in
from assistant.exactness import less_exact
from assistant.judge import Judgement, Ranked
from assistant.law import minimum_marks, state_notices, unmet_condition
from assistant.numbers_told import states_number
from assistant.question import Question
from assistant.target_words import TARGETS
from assistant.term_reckoned import end_reckoned
from assistant.told import told
from assistant.units import law_day, state_at
from assistant.wording import says, tokens, words_of
from crawler.article import Article
from index.figures.planned import says_reached

# Above this chance that no sentence found answers, none is given.
NONE_LIKELIER = 0.5
# The same where the likeliest is so many times as likely as the next, and holds this share of the telling words.
NONE_APART, APART, APART_TOLD = 0.75, 4.0, 0.75
# The same of a question read in another way than it stands.
SURER = 0.45
# A sentence of the time asked is taken before a better one of another time, if it weighs no less than this less; so is
# one of an article the conversation is about.
OTHER_TIME = 3.0
ELSEWHERE = 2.0
# Further sentences of the same article are given where they weigh hardly less; at most so many in all.
NEAR = 0.7
MOST_SENTENCES = 3
# The next of it goes with it, where what is asked is seldom said in one sentence, even if it weighs this much less;
# twice as much behind a sentence of few words ("Giò trứng là một ví dụ."), which says little but what the next is of.
BEHIND = 2.5
FEW_WORDS = 10
_TEXT = ("paragraph", "lead")
_OPEN = ("list", "why", "how", "definition", "text")
# A text that only says that something is not known, or not read, tells where the search ended.
NOT_KNOWN = re.compile(r"(?<!\w)chưa (?:đọc được|tìm được|tìm thấy|thấy văn bản|biết)(?!\w)", re.IGNORECASE)


def answer_sentences(
    question: Question, evidence: Judgement, corpus: Corpus, on: date, within: frozenset[str] = frozenset()
) -> Draft | None:
    """The sentence most likely to answer with those of its article that go with it, or None where likely none does."""
    if not evidence.sentences:
        return None
    likelier = NONE_APART if _stands_apart(evidence) else NONE_LIKELIER
    if evidence.none > (SURER if question.guessed else likelier):
        return None
    if question.planned and says(question.tokens, *_WHETHER_REACHED) and says(question.tokens, *_WHETHER):
        aiming = tuple(item for item in evidence.sentences if _tells_of_target(question, item.candidate.text))
        if not aiming:
            return None  # that something was reached says nothing of a target
        evidence = replace(evidence, sentences=aiming)
    best = _best(evidence.sentences, within)
    partial = best.fits_time is False and not best.candidate.law
    picked = _with_it(question, best, evidence.sentences)
    coarse = less_exact(question, [item.candidate.text for item in picked])
    picked += _of_other_places(question, picked, evidence.sentences, corpus)
    segments = tuple(dict.fromkeys(segment for item in picked for segment in told(question, item.candidate)))
    if best.candidate.law:
        return told_by_law(question, best.candidate, segments, corpus, on, chance=1.0 - evidence.none)
    ends = end_reckoned(question, best.candidate.evidence, corpus)
    aimed = _only_aimed_at(question, segments[0].text)
    return Draft(
        status="partial" if partial or coarse or (aimed and _whether(question)) else "answered",
        segments=segments if ends is None else (*segments, ends),
        notices=(*(one for one in (coarse, aimed) if one), *_notices(question, best.candidate, partial=partial)),
        strength=1.0 - evidence.none - (0.2 if partial else 0.0),
    )


_RESULTS = ("yes_no", "figure", "list")
# Whether a target was met, which the words of the target do not tell.
_WHETHER_REACHED = (
    "có đạt", "đạt được", "đạt không", "đạt chưa", "đạt mục tiêu", "đạt kế hoạch", "đạt chỉ tiêu",
    "hoàn thành mục tiêu", "hoàn thành kế hoạch", "vượt mục tiêu", "kịp mục tiêu",
)  # fmt: skip
_WHETHER = ("không", "chưa", "rốt cuộc", "cuối cùng", "thực tế", "hay không")
_WAS_REACHED = (
    "đã đạt", "vượt", "hoàn thành", "đạt được", "chưa đạt", "không đạt", "so với mục tiêu", "so với kế hoạch",
)  # fmt: skip
_AIMED = "Câu dẫn nêu mục tiêu, không phải kết quả đã đạt."


def _tells_of_target(question: Question, text: str) -> bool:
    """Whether a text speaks of a target, or counts what is."""
    return says(tokens(text), *TARGETS) or (bool(question.counted) and states_number(question, text))


def _whether(question: Question) -> bool:
    """Whether it is asked if something is so."""
    return question.wanted == "yes_no" or says(question.tokens, *_WHETHER_REACHED)


def _only_aimed_at(question: Question, text: str) -> str:
    """That a sentence says what was aimed at, where it is asked what was reached of what is counted; else ""."""
    if says(question.tokens, *_WHETHER_REACHED) and says(question.tokens, *_WHETHER):
        return _AIMED if says(tokens(text), *TARGETS) and not says(tokens(text), *_WAS_REACHED) else ""
    counts = question.counted or question.stars is not None
    asks_results = question.wanted in _RESULTS and counts and not question.planned
    reached = says_reached(text, len(text))
    return _AIMED if asks_results and says(tokens(text), *TARGETS) and not reached else ""


def _stands_apart(evidence: Judgement) -> bool:
    """Whether the likeliest sentence, of news, is far likelier than the next and holds most of what tells."""
    first, *rest = evidence.sentences
    ahead = not rest or first.chance >= APART * rest[0].chance
    return ahead and first.told >= APART_TOLD and not first.candidate.law


def _best(sentences: Sequence[Ranked], within: frozenset[str]) -> Ranked:
    top = sentences[0]
    timely = next((item for item in sentences if item.fits_time is not False), top)
    if timely.score > top.score - OTHER_TIME:
        top = timely
    told_of = next((item for item in sentences if item.candidate.evidence.article.id in within), top)
    return told_of if told_of.score > top.score - ELSEWHERE else top


def _with_it(question: Question, best: Ranked, sentences: Sequence[Ranked]) -> list[Ranked]:
    picked = [best]
    open_kind = question.wanted in _OPEN and not best.candidate.law
    short = len(best.candidate.text.split()) < FEW_WORDS
    for item in sentences:
        if len(picked) == MOST_SENTENCES:
            break
        if item is best or item.candidate.evidence.article.id != best.candidate.evidence.article.id:
            continue
        behind = (
            open_kind
            and item.candidate.block.role in _TEXT
            and any(_follows(item.candidate, one.candidate) for one in picked)
        )
        near = (2 * BEHIND if short else BEHIND) if behind else NEAR
        if item.score > best.score - near or _says_the_rest(question, item, picked):
            picked.append(item)
    if len(picked) < MOST_SENTENCES and _GOES_ON_FROM.search(best.candidate.text):
        picked += [item for item in sentences if item not in picked and _follows(best.candidate, item.candidate)][:1]
    return sorted(picked, key=lambda item: item.candidate.evidence.start)


# What a sentence says of a number that the one before it gives.
_GOES_ON_FROM = re.compile(
    r"(?<!\w)(?:con số (?:thực tế|này|ấy|đó|trên)|số này|mức này|kết quả này|"
    r"so với (?:kế hoạch|chỉ tiêu)(?! năm))(?!\w)",
    re.IGNORECASE,
)


def _says_the_rest(question: Question, item: Ranked, picked: Sequence[Ranked]) -> bool:
    """Whether a sentence right behind what was picked says a word asked about that none of that says: "Một sản phẩm
    khác là gạo ruộng rươi. Gạo làm từ giống ST25." to who asks of which variety it is."""
    candidate = item.candidate
    if candidate.law or candidate.block.role not in _TEXT or question.wanted not in (*_OPEN, "yes_no"):
        return False
    if not any(_follows(candidate, one.candidate) for one in picked):
        return False
    said = [words_of(one.candidate.text) for one in picked]
    rest = {word for word in question.content if word not in GENERIC and not any(held.holds(word) for held in said)}
    return any(words_of(candidate.text).holds(word) for word in rest)


def _follows(other: Candidate, one: Candidate) -> bool:
    """Whether a sentence of an article stands right behind another."""
    first, second = one.evidence, other.evidence
    return first.end <= second.start and not first.article.text[first.end : second.start].strip()


def _of_other_places(
    question: Question, picked: Sequence[Ranked], sentences: Sequence[Ranked], corpus: Corpus
) -> list[Ranked]:
    """Of several places asked about, for each that what was picked does not speak of, the likeliest sentence that names
    it."""
    spoken = {key for item in picked for key in _spoken_of(item.candidate, corpus)}
    found: list[Ranked] = []
    for key in question.places if len(question.places) > 1 else ():
        naming = (item for item in sentences if key in {mention.key for mention in places_in(item.candidate.text)})
        best = next(naming, None)
        if key not in spoken and best is not None and best.score > picked[0].score - OTHER_TIME:
            found.append(best)
    return found


def _spoken_of(candidate: Candidate, corpus: Corpus) -> Iterator[str]:
    """The provinces a sentence names, and the only one its article is about."""
    yield from (mention.key for mention in places_in(candidate.text))
    own = tuple(corpus.provinces(candidate.evidence.article.id, candidate.evidence.article.digest))
    yield from own if len(own) == 1 else ()


def told_by_law(
    question: Question, best: Candidate, segments: tuple[Segment, ...], corpus: Corpus, on: date, *, chance: float
) -> Draft:
    """An answer from law: a condition the asker lacks is named as one, a star has its minimum marks beside it, and the
    unit of law and the day it is in force since are said. It is partial where that was not in force yet on the day
    meant."""
    article = best.evidence.article
    lines = list(segments)
    if question.wanted == "yes_no" and unmet_condition(question, best.text):
        lines.insert(0, connective(say.REQUIRED))
    if question.wanted == "star" or (question.stars and question.numbers):
        minimum = minimum_marks(article, corpus)
        if minimum is not None and quoted(minimum) not in lines:
            lines += [connective(say.NOTE_ALSO), quoted(minimum)]
    based = basis(best.evidence, corpus, on)
    state = state_at(article, corpus, law_day(question, on))
    silent = NOT_KNOWN.search(lines[0].text.split(". ")[0]) is not None
    uncounted = question.wanted == "figure" and bool(question.counted) and not _states_any(question, lines)
    return Draft(
        status="partial" if silent or uncounted or state.status == "not_yet" else "answered",
        segments=(*lines, *based),
        notices=(
            *((_UNCOUNTED,) if uncounted else ()),
            *state_notices(article, state, corpus, on, told=bool(based)),
        ),
        strength=chance,
    )


_UNCOUNTED = "Quy định dẫn ra không nêu con số được hỏi."


def _states_any(question: Question, lines: Sequence[Segment]) -> bool:
    return any(states_number(question, line.text) for line in lines)


def _notices(question: Question, best: Candidate, *, partial: bool) -> list[str]:
    notices = []
    if partial:
        asked = ", ".join(vietnamese_date(day) for day in question.dates) or "giai đoạn được hỏi"
        notices.append(f"Không tìm thấy thông tin của {asked}; dưới đây là thông tin gần nhất tìm thấy.")
    return [*notices, *source_notice(best.evidence.article)]


def source_notice(article: Article) -> tuple[str, ...]:
    """Of when what a text tells is; nothing where that is not known."""
    known = article.event_date or article.published
    if known is None:
        return ()
    day = vietnamese_date(known)
    return (f"Thông tin theo nguồn {day if len(known) <= 7 else f'ngày {day}'}.",)
