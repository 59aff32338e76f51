"""Whether a sentence gives each person the offices that its source gives, and no office made of two."""

from dataclasses import dataclass
from functools import lru_cache

from assistant.said import Said
from assistant.wording import tokens
from index.people.body import find_bodies
from index.people.holders import find_holders


@dataclass(frozen=True, slots=True, kw_only=True)
class _Office:
    """An office as a sentence says it, in syllables. name: of whom; empty where nobody is named."""

    name: tuple[str, ...]
    title: tuple[str, ...]
    body: tuple[str, ...]


@lru_cache(maxsize=2048)
def _offices(text: str) -> tuple[_Office, ...]:
    return tuple(
        _Office(
            name=tokens(holder.name.of(text)) if holder.name is not None else (),
            title=tokens(office.title.of(text)),
            body=tokens(office.body.of(text)) if office.body is not None else (),
        )
        for holder in find_holders(text, find_bodies(text))
        for office in holder.offices
    )


@lru_cache(maxsize=2048)
def office_ends(text: str) -> tuple[int, ...]:
    """Where the offices of a text end, as offsets."""
    holders = find_holders(text, find_bodies(text))
    return tuple(office.whole.end for holder in holders for office in holder.offices)


def office_fault(sentence: Said, source: Said) -> str | None:
    """The first office that the source states of nobody, or of somebody else; None where there is none."""
    held = _offices(source.text)
    said_here = _offices(sentence.text)
    named = {office.name for office in said_here if office.name}
    for office in said_here:
        same = [known for known in held if known.title == office.title and _same_body(office.body, known.body)]
        # "ông A … là Chủ tịch Hội đồng": of the one person named
        holder = office.name or (next(iter(named)) if len(named) == 1 else ())
        if not any(not holder or not known.name or _same_name(holder, known.name) for known in same):
            return f"the office {' '.join((*office.title, *office.body))!r} is not so in the sentence cited"
    return None


def _same_body(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one is the other, or begins it: "UBND tỉnh" of "UBND tỉnh Nam Định"."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter] and (shorter > 0 or one == other)


def _same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return one == other or one[-len(other) :] == other or other[-len(one) :] == one
