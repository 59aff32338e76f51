"""Whether a sentence a model wrote is held by the sentences it cites, and which of them hold it.

Every number, grade, date, province, document, name, denial and condition of it must stand in one cited sentence, of
the same thing and in the same order, and nearly all of its words too. What cannot be told is taken for unsupported:
the reader loses a sentence, never gains a wrong one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer import ClaimKind
from assistant.check import claim_fault
from assistant.corpus import Corpus
from assistant.evidence import Evidence
from assistant.holding import fault_of
from assistant.said import GLUE, Said, said
from assistant.shortened import plainly
from assistant.wording import Words, pair_share, supplied, synonyms_in, tokens, words_of
from crawler.article import Article, fold_space
from index.segment import parts_of_speech

# Shares of a sentence's words, weighted by rarity, and of its neighbouring pairs that the sources must hold.
SUPPORTED = 0.85
NEIGHBOURS = 0.35
_CANDIDATES = 12
_NEAR = 3  # words that tell something, from one to the next that a sentence may draw together
_RANK = re.compile(r"(?<!\w)(tỉnh|thành phố|tp\.?)\s+$", re.IGNORECASE)
_ITEM = re.compile(r"(?:[a-zđ]{1,2}\)|\d{1,2}(?:\.\d{1,2})*[.)]|[-–•+*])\s")
_CLAUSE = re.compile(
    r";\s+|,\s+(?=(?:còn|trong khi|nhưng)(?!\w))|\s+(?=(?:còn|trong khi|nhưng)\s)|,?\s+và\s+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A numbered passage as a model is given it: the sentences of `article` in it, in order."""

    number: int
    article: Article
    sentences: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What holds a sentence, or why nothing does. evidence: empty where there is a fault."""

    evidence: tuple[Evidence, ...]
    kind: ClaimKind
    fault: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """A sentence of a source that may hold another, with the lead of its list; before: those before it, the nearest
    first."""

    evidence: tuple[Evidence, ...]
    said: Said
    before: tuple[Evidence, ...]


def verdict(text: str, cited: Sequence[Source], corpus: Corpus) -> Verdict:
    """Whether the sources cited hold a sentence.

    `quoted` where it is a sentence of theirs; else `stated`, with one to four sentences that hold it.
    """
    candidates = [held for source in cited for held in _candidates(source)]
    for held in candidates:
        if fold_space(held.evidence[-1].quote) == fold_space(text) and not _turned_by_lead(held):
            return Verdict(evidence=held.evidence[-1:], kind="quoted", fault=None)
    whole = said(plainly(text))
    spans, fault = _held_by_one(whole, candidates, corpus)
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    if fault is not None and len(clauses) > 1:
        joined = _held_by_clauses(clauses, candidates, corpus)
        # a word of the sentence that stands between its clauses is part of none
        if joined and _wording_fault(whole, joined, (), corpus) is None:
            spans, fault = joined, None
    if fault is None:
        # the contract every answer keeps, whoever worded it
        fault = claim_fault(text, "stated", [evidence.quote for evidence in spans], None)
    if fault is not None:
        return Verdict(evidence=(), kind="stated", fault=fault)
    return Verdict(evidence=spans, kind="stated", fault=None)


def _candidates(source: Source) -> Iterator[_Held]:
    """The sentences of a source; an item of a list with the lead that it goes on from, and never without it."""
    lead: Evidence | None = None
    for place, evidence in enumerate(source.sentences):
        quote = evidence.quote
        before = tuple(reversed(source.sentences[:place]))
        if lead is not None and _ITEM.match(quote):
            yield _Held(evidence=(lead, evidence), said=said(plainly(f"{lead.quote} {quote}")), before=before)
            continue
        lead = evidence if quote.rstrip().endswith(":") else None
        yield _Held(evidence=(evidence,), said=said(plainly(quote)), before=before)


def _turned_by_lead(held: _Held) -> bool:
    """Whether the lead of a list denies or limits what its items say."""
    lead = said(held.evidence[0].quote) if len(held.evidence) > 1 else None
    return lead is not None and (bool(lead.denials) or lead.conditional)


def _held_by_one(
    sentence: Said, candidates: Sequence[_Held], corpus: Corpus
) -> tuple[tuple[Evidence, ...], str | None]:
    """The spans of the sentence that holds another, the best by its words; else why the best one does not."""
    asked = tuple(token for token in sentence.tokens if token not in GLUE)
    weights = corpus.weights(asked)

    def share(held: _Held) -> float:
        known = set(held.said.tokens)
        return sum(weight for token, weight in zip(asked, weights, strict=True) if token in known)

    fault: str | None = "no sentence cited"
    for rank, held in enumerate(sorted(candidates, key=share, reverse=True)[:_CANDIDATES]):
        found, why = fault_of(sentence, held.said, held.before)
        if why is None:
            spans = tuple(sorted({*held.evidence, *found}, key=lambda evidence: evidence.start))
            why = _wording_fault(sentence, held.evidence, found, corpus)
            if why is None:
                return spans, None
        if rank == 0:
            fault = why
    return (), fault


def _held_by_clauses(clauses: Sequence[str], candidates: Sequence[_Held], corpus: Corpus) -> tuple[Evidence, ...]:
    """The spans that hold each clause by itself, or none. Each must say of what place how many, and when where another
    says it: a clause that leans on the one before it is held by none."""
    read = [said(plainly(clause)) for clause in clauses]
    dated = any(clause.dates for clause in read)
    if not all(clause.places and clause.counts and (clause.dates or not dated) for clause in read):
        return ()
    spans: dict[Evidence, None] = {}
    for clause in read:
        found, fault = _held_by_one(clause, candidates, corpus)
        if fault is not None:
            return ()
        spans.update(dict.fromkeys(found))
    return tuple(spans)


def _wording_fault(sentence: Said, spans: Sequence[Evidence], around: Sequence[Evidence], corpus: Corpus) -> str | None:
    """Why the words of a sentence are not those of its sources, or None: no noun may be new, and little else.

    around: sentences before that name its place, document or people, and give it no other word.
    """
    articles = {span.article.id: span.article for span in spans}
    written: Words = words_of(" | ".join(span.quote for span in spans))
    written = supplied(synonyms_in(sentence.tokens), written)
    # what a citation shows beside its quote
    shown = words_of(" | ".join([*(article.title for article in articles.values()), *(s.heading for s in spans)]))
    written = written + shown
    known = set(written.tokens)
    named = _named(sentence, around)
    pairs = _pairs(written.tokens)
    parts = [
        (tokens(word), tag) for word, tag in parts_of_speech(_without_values(sentence)) if _tells_any(tokens(word))
    ]
    telling = [token for phrase, _ in parts for token in phrase]
    total = missing = 0.0
    at = 0
    for phrase, tag in parts:
        said_here = tuple(token for token in phrase if _tells(token))
        weight = sum(corpus.weights(said_here))
        total += weight
        here = at
        at += len(phrase)
        if all(token in known for token in said_here) and (
            len(phrase) < 2 or f" {' '.join(phrase)} " in written.spoken or f" {' '.join(said_here)} " in written.spoken
        ):
            if len(parts) > 1 and not _neighboured(phrase, here, telling, sentence.tokens, pairs):
                return f"{' '.join(phrase)!r} stands elsewhere in the sentences cited"
            continue
        if phrase in named:
            continue
        if tag.startswith("N") or tag in ("X", "FW", "M"):
            return f"{' '.join(phrase)!r} stands in no sentence cited"
        missing += weight
    if total and missing / total > 1 - SUPPORTED:
        return f"only {1 - missing / total:.0%} of the words stand in the sentences cited"
    if len(sentence.tokens) > 3 and pair_share(sentence.tokens, written) < NEIGHBOURS:
        return "the words stand there, but not together"
    return None


def _named(sentence: Said, around: Sequence[Evidence]) -> set[tuple[str, ...]]:
    """The runs of the sentence's names that stand in the sentences around."""
    context = " | ".join(f" {' '.join(tokens(span.quote))} " for span in around)
    names = [name for name in sentence.names if f" {' '.join(name)} " in context]
    return {name[i:j] for name in names for i in range(len(name)) for j in range(i + 1, len(name) + 1)}


def _tells(token: str) -> bool:
    return token not in GLUE and not token.isdecimal()


def _tells_any(phrase: Sequence[str]) -> bool:
    return any(_tells(token) for token in phrase)


def _pairs(written: Sequence[str]) -> set[tuple[str, str]]:
    """The neighbours among the words, and what follows near among those that tell something."""
    telling = [token for token in written if _tells(token)]
    near = {(one, other) for at, one in enumerate(telling) for other in telling[at + 1 : at + 1 + _NEAR]}
    return {*pairwise(written), *near}


def _neighboured(
    phrase: tuple[str, ...],
    at: int,
    telling: Sequence[str],
    written: Sequence[str],
    pairs: set[tuple[str, str]],
) -> bool:
    """Whether a word has, on one side at least, a neighbour that it has in the sources too."""
    sides = [(telling[at - 1], phrase[0])] if at > 0 else []
    after = at + len(phrase)
    sides += [(phrase[-1], telling[after])] if after < len(telling) else []
    for place in range(len(written) - len(phrase) + 1):
        if tuple(written[place : place + len(phrase)]) == phrase:
            sides += [(written[place - 1], phrase[0])] if place > 0 else []
            after = place + len(phrase)
            sides += [(phrase[-1], written[after])] if after < len(written) else []
    return not sides or any(side in pairs for side in sides)


def _without_values(sentence: Said) -> str:
    """The text without what is compared by value: "ba mươi hai" may stand there as "32"."""
    spans = [(star.start, star.end) for star in sentence.stars] + [(date.start, date.end) for date in sentence.dates]
    spans += [(number.start, number.end) for number in sentence.documents]
    spans += [(count.start, count.end) for count in sentence.counts]
    # "tỉnh An Giang" may stand there as "An Giang"
    spans += [match.span(1) for _, start in sentence.places if (match := _RANK.search(sentence.text[:start]))]
    letters = list(sentence.text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return fold_space("".join(letters))
