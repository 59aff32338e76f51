"""Decisions measured: is every field of every decision and of every line of its list read, and nothing else?

Compared field by field with the gold. Words must be the same but for white space; a subject also but for case (heads
are in capitals), an issuer but for case, "UBND" and its chairman, places but for the word of their rank, groups but for
"Nhóm" and a number before it. What a report makes of the subject is not judged: it is not printed there.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from demo.decisions import Row
from evaluation.decision_gold import GoldTold, Telling
from index.decisions.decision import DecisionTold, ProductRow, Read

Outcome = Literal["right", "wrong", "missing", "invented"]
DECISION_FIELDS = (
    *("number", "issued", "issuer", "place", "subject", "acts", "counts", "months", "effective", "reported"),
)
ROW_FIELDS = (
    *("row", "name", "producer", "commune", "district", "province", "group", "star", "score", "change", "act"),
)
FIELDS = (*DECISION_FIELDS, *ROW_FIELDS)
_ALIKE = 0.6  # names at least so alike are of one line where nothing else pairs them
_RANK = re.compile(r"^(?:xã|phường|thị trấn|đặc khu|huyện|thị xã|quận|thành phố|tỉnh|x\.|p\.|h\.)\s*", re.IGNORECASE)
_ISSUER = re.compile(r"^(?:chủ tịch )?(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân) ")
_GROUP = re.compile(r"^(?:[IVX]+\s*[.)]\s*)?(?:(?:nhóm|ngành hàng)\s*:?\s*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedField:
    """One field of one decision (row: None) or of one of its lines, as gold has it and as it was read.

    row: the name of the product. gold, read: None where there is none. doubted: what was read is marked as doubtful.
    Field "row" stands for the line itself: missing, or invented with all its fields.
    """

    path: str
    telling: Telling
    row: str | None
    field: str
    outcome: Outcome
    gold: str | None
    read: str | None
    doubted: bool


def judge_decisions(gold: Sequence[GoldTold], told: Mapping[str, Sequence[DecisionTold]]) -> tuple[JudgedField, ...]:
    """Every field of the gold, and those read without gold.

    told: path of an article (with its query) -> what it tells. Of an article that tells of several decisions the one
    that has the gold's number is judged; the others are references and not judged here.
    """
    return tuple(field for one in gold for field in _judge(one, told.get(one.path, ())))


def _judge(gold: GoldTold, told: Sequence[DecisionTold]) -> Iterator[JudgedField]:
    read = next((one for one in told if one.number.label == gold.decision.number), None)
    wanted = _wanted(gold)
    found = {} if read is None else _found(read)
    if gold.telling == "attributes" and read is None:
        return  # the file tells it; the page beside need not
    for name in DECISION_FIELDS:
        if name != "subject" or gold.telling != "report":
            yield from _field(gold, None, name, wanted.get(name), found.get(name))
    pairs, invented = paired(gold, () if read is None else read.rows)
    for row, line in pairs:
        yield _outcome(gold, row.name, "row", row.name, None if line is None else (line.name.text, bool(line.doubts)))
        asked = _wanted_row(row, gold.told)
        seen = {} if line is None else _found_row(line)
        for name in ROW_FIELDS[1:]:
            yield from _field(gold, row.name, name, asked.get(name), seen.get(name))
    for line in invented:
        yield _outcome(gold, line.name.text, "row", None, (line.name.text, bool(line.doubts)))


_Seen = tuple[str, bool]  # what was read, and whether it is marked as doubtful


def _field(gold: GoldTold, row: str | None, name: str, wanted: str | None, seen: _Seen | None) -> Iterator[JudgedField]:
    if wanted is not None or seen is not None:
        yield _outcome(gold, row, name, wanted, seen)


def _outcome(gold: GoldTold, row: str | None, name: str, wanted: str | None, seen: _Seen | None) -> JudgedField:
    outcome: Outcome
    if wanted is None:
        outcome = "invented"
    elif seen is None:
        outcome = "missing"
    else:
        outcome = "right" if name == "row" or same(name, wanted, seen[0]) else "wrong"
    return JudgedField(
        path=gold.path,
        telling=gold.telling,
        row=row,
        field=name,
        outcome=outcome,
        gold=wanted,
        read=None if seen is None else seen[0],
        doubted=seen is not None and seen[1],
    )


def same(name: str, wanted: str, read: str) -> bool:
    """Whether two values of a field are the same."""
    one, other = folded(wanted), folded(read)
    if name in ("commune", "district", "province", "place"):
        one, other = (_RANK.sub("", value.casefold()) for value in (one, other))
    elif name == "group":
        one, other = (_GROUP.sub("", value).casefold() for value in (one, other))
    elif name == "issuer":
        one, other = (_ISSUER.sub("ubnd ", value.casefold()) for value in (one, other))
    elif name == "subject":
        one, other = (value.casefold().rstrip(".;") for value in (one, other))
    return one == other


def folded(text: str) -> str:
    """Composed letters, each stretch of white space one blank."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _wanted(gold: GoldTold) -> dict[str, str | None]:
    decision = gold.decision
    return {
        "number": decision.number,
        "issued": decision.issued,
        "issuer": gold.issuer,
        "place": gold.place,
        "subject": gold.subject,
        "acts": _acts((act.act, act.target or None, act.whole) for act in gold.acts),
        "counts": _counts((count[0], count[1] if len(count) > 1 else None) for count in gold.counts),
        "months": None if gold.months is None else str(gold.months),
        "effective": gold.effective,
        "reported": "yes" if gold.telling == "report" else "no",
    }


def _found(read: DecisionTold) -> dict[str, _Seen | None]:
    place = read.place or (None if read.place_read is None else read.place_read.text)
    acts = _acts(
        (act.act, None if act.target is None else act.target.label, act.whole)
        for act in read.acts
        if act.act != "other"
    )
    counts = _counts((one.count, one.star) for one in read.stated)
    doubted = _doubted(read.number_read)
    return {
        "number": (read.number.label, doubted),
        "issued": _seen(read.issued, read.issued_read),
        "issuer": None if read.issuer is None else _seen(read.issuer.text, read.issuer),
        "place": _seen(place, read.place_read),
        "subject": None if read.subject is None else _seen(read.subject.text, read.subject),
        "acts": None if acts is None else (acts, doubted),
        "counts": None if counts is None else (counts, doubted),
        "months": _seen(None if read.valid_months is None else str(read.valid_months), read.valid_read),
        "effective": _seen(read.effective, read.effective_read),
        "reported": ("yes" if read.reported else "no", False),
    }


def _wanted_row(row: Row, told: frozenset[str]) -> dict[str, str | None]:
    values = {
        "name": row.name,
        "producer": row.producer,
        "commune": row.commune,
        "district": row.district,
        "province": row.province,
        "group": row.group,
        "star": str(row.star) if row.star else "",
        "score": f"{row.score:g}" if row.score else "",
        "change": row.change,
    }
    return {"act": row.act} | {name: value for name, value in values.items() if value and name in told}


def _found_row(line: ProductRow) -> dict[str, _Seen | None]:
    return {
        "name": _seen(line.name.text, line.name),
        "producer": _words(line.producer),
        "commune": _words(line.commune),
        "district": _words(line.district),
        "province": _words(line.province),
        "group": _words(line.group),
        "star": _seen(None if line.star is None else str(line.star), line.star_read),
        "score": _seen(None if line.score is None else f"{line.score:g}", line.score_read),
        "change": _seen(line.change, line.change_read),
        "act": (line.act, False),
    }


def _words(read: Read | None) -> _Seen | None:
    return None if read is None else _seen(read.text, read)


def _seen(value: str | None, read: Read | None) -> _Seen | None:
    return None if value is None else (value, _doubted(read))


def _doubted(read: Read | None) -> bool:
    return read is not None and any(doubt != "reported" for doubt in read.doubts)


def _acts(acts: Iterator[tuple[str, str | None, bool]]) -> str | None:
    """Each act once: "amends 2410/QĐ-UBND (part); recognises"."""
    said = {act if target is None else f"{act} {target}{'' if whole else ' (part)'}" for act, target, whole in acts}
    return "; ".join(sorted(said)) or None


def _counts(counts: Iterator[tuple[int, int | None]]) -> str | None:
    return (
        "; ".join(sorted({f"{count}" if star is None else f"{count} × {star} sao" for count, star in counts})) or None
    )


def paired(gold: GoldTold, lines: Sequence[ProductRow]) -> tuple[list[tuple[Row, ProductRow | None]], list[ProductRow]]:
    """Each line of the gold with the one read for it: of the same name, else the most alike; and those left over."""
    left = list(lines)
    chosen: dict[int, ProductRow] = {}
    for at, row in enumerate(gold.rows):
        line = next((one for one in left if folded(one.name.text) == folded(row.name)), None)
        if line is not None:
            left.remove(line)
            chosen[at] = line
    scored = sorted(
        (
            (_alike(row, line), -at, -place)
            for at, row in enumerate(gold.rows)
            if at not in chosen
            for place, line in enumerate(left)
        ),
        reverse=True,
    )
    taken: set[int] = set()
    for alike, minus_at, minus_place in scored:
        if alike >= _ALIKE and -minus_at not in chosen and -minus_place not in taken:
            chosen[-minus_at] = left[-minus_place]
            taken.add(-minus_place)
    pairs = [(row, chosen.get(at)) for at, row in enumerate(gold.rows)]
    return pairs, [line for place, line in enumerate(left) if place not in taken]


def _alike(row: Row, line: ProductRow) -> float:
    return SequenceMatcher(None, folded(row.name).casefold(), folded(line.name.text).casefold()).ratio()
