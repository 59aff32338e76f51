"""Public bodies named in a text, each with its place, and one name for the many ways to write it."""

import re
from dataclasses import dataclass

from index.people.body_forms import ABBREVIATIONS, BODY, DEPARTMENT_FORMS, SPACE
from index.people.names import capital_run, place_words
from index.places.named import PROVINCES, find_places, fold_tone

_RANK = re.compile(
    rf"(?P<gap>{SPACE})(?:(?P<rank>(?i:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu)(?![\w])|"
    rf"T[Pp]\.|T[Pp](?![\w])|TX\.|TX(?![\w]))|"
    rf"(?P<tier>(?i:cấp{SPACE}(?:tỉnh|huyện|xã|cơ sở|trung ương|quốc gia)|trung ương|TW|quốc gia))(?![\w])|"
    rf"(?P<land>Việt Nam)(?![\w]))"
)
_HIGHER = re.compile(rf",?{SPACE}(?P<rank>(?i:tỉnh|thành phố)|TP\.?|huyện|thị xã|quận)(?={SPACE}?[^\W\d_])")
_SHORT = re.compile(rf"{SPACE}?\([A-ZĐ][A-ZĐ&,.\-– ]{{1,14}}\)")
_NUMBER = re.compile(rf"{SPACE}?\d{{1,2}}(?![\w/.,]*\d)")
_RANKS = {"tp": "thành phố", "tp.": "thành phố", "tx": "thị xã", "tx.": "thị xã"}
_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
_DISTRICTS = ("huyện", "thị xã", "quận")
# Bodies that every tier has: without a tier they are none in particular ("các UBND", "HĐND bàn").
_EVERYWHERE = ("ubnd", "hdnd")
# Bodies that only a province or the country has: "Sở Công Thương huyện" goes no further than the department.
_PROVINCIAL = ("so", "bo", "trung_uong")
_PARTY = re.compile(r"(?:ủy|uỷ|đoàn)$", re.IGNORECASE)  # "Tỉnh ủy Phú Thọ" says the rank already
_DISTRICT_PARTY = re.compile(r"(?:huyện|thị|quận|thành) ?(?:ủy|uỷ|đoàn)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyMention:
    """A public body named at `text[start:end]`.

    canonical: "UBND tỉnh Nam Định" for "Ủy ban nhân dân tỉnh Nam Định"; a field of work written out ("Sở Nông nghiệp và
        Phát triển nông thôn tỉnh An Giang" for "Sở NN&PTNT An Giang"). What the text does not say is not added: "UBND
        tỉnh" stays so.
    kind: "ubnd", "hdnd", "so", "bo", "chi_cuc", "cuc", "trung_tam", "vien", "phong", "van_phong", "hoi_dong",
        "ban_chi_dao", "to", "dang", "mat_tran", "doan_the", "trung_uong" or "khac".
    general: said of every body of a tier ("UBND cấp xã"), as law does, not of one.
    """

    start: int
    end: int
    canonical: str
    kind: str
    general: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tail:
    """The place of a body: where it ends and how it is written out, after a blank or empty."""

    end: int
    canonical: str = ""
    general: bool = False


def find_bodies(text: str) -> list[BodyMention]:
    """The public bodies named in a text (NFC), in order, without overlaps, each as far as its place goes."""
    found: list[BodyMention] = []
    at = 0
    while (match := BODY.search(text, at)) is not None:
        at = match.end()
        kind = str(match.lastgroup)
        short = _SHORT.match(text, match.end())
        tail = _tail(text, short.end() if short else match.end(), kind, match[0])
        if kind in _EVERYWHERE and not tail.canonical:
            continue
        found.append(
            BodyMention(
                start=match.start(),
                end=tail.end,
                canonical=_written_out(match[0], kind) + tail.canonical,
                kind=kind,
                general=tail.general,
            )
        )
        at = tail.end
    return found


def _tail(text: str, at: int, kind: str, name: str) -> _Tail:
    match = _RANK.match(text, at)
    if match is None:
        return _bare(text, at, name)
    if match["tier"] is not None:
        tier = " ".join(match["tier"].lower().split()).replace("tw", "Trung ương").replace("trung ương", "Trung ương")
        return _Tail(end=match.end(), canonical=f" {tier}", general=tier.startswith("cấp") and kind in _EVERYWHERE)
    if match["land"] is not None:
        return _bare(text, match.end(), name)
    rank = _rank(match["rank"])
    if kind in _PROVINCIAL and rank not in ("tỉnh", "thành phố"):
        return _Tail(end=at)
    return _higher(text, *_place(text, match.end(), rank), rank)


def place_end(text: str, at: int, rank: str) -> int:
    """Where the place ends whose rank ("huyện") ends at `text[at]`; `at` itself where only the rank is said."""
    return _place(text, at, rank)[0]


def _place(text: str, at: int, rank: str) -> tuple[int, str]:
    """Where the place after a rank ends, and rank and place written out."""
    number = _NUMBER.match(text, at)
    if number is not None and rank in ("quận", "phường"):
        return number.end(), f" {rank} {number[0].strip()}"
    start = at + 1 if text[at : at + 1] in (" ", "\u00a0") else at
    if rank == "tỉnh":  # which leaves no doubt, in any case ("tỉnh An giang")
        for mention in find_places(text[at - 4 : at + 24]):
            if mention.start in (4, 5) and text[start : start + 1].isupper():
                return at - 4 + mention.end, f" {PROVINCES[mention.key].label}"
    run = capital_run(text, start)
    size = place_words([text[slice(*word)] for word in run], rank=rank)
    if size == 0:
        return at, f" {rank}"
    end = run[size - 1][1]
    place = text[start:end]
    mentions = find_places(place) if rank == "thành phố" else []
    if mentions and mentions[0].end == len(place) and PROVINCES[mentions[0].key].label.startswith(rank):
        return end, f" {PROVINCES[mentions[0].key].label}"
    return end, f" {rank} {place.title() if place.isupper() else ' '.join(place.split())}"


def _higher(text: str, end: int, canonical: str, rank: str) -> _Tail:
    """A place with those it lies in: "xã Tân Lập, huyện Mộc Châu, tỉnh Sơn La"."""
    while canonical != f" {rank}" and (match := _HIGHER.match(text, end)) is not None:
        above = _rank(match["rank"])
        if rank in (above, "tỉnh") or (above in _DISTRICTS and rank not in _COMMUNES):
            break
        further, place = _place(text, match.end(), above)
        if place == f" {above}" or (above == "thành phố" and not find_places(place)):
            break
        end, canonical, rank = further, f"{canonical},{place}", above
    return _Tail(end=end, canonical=canonical)


def _bare(text: str, at: int, name: str) -> _Tail:
    """A place without its rank: a province after any body, a district after the name of its Party committee."""
    if text[at : at + 1] not in (" ", "\u00a0"):
        return _Tail(end=at)
    run = capital_run(text, at + 1)
    words = [text[slice(*word)] for word in run]
    size = place_words(words, rank=None)
    if size:
        label = next((PROVINCES[mention.key].label for mention in find_places(" ".join(words[:size]))), "")
        return _Tail(
            end=run[size - 1][1], canonical=f" {label.removeprefix('tỉnh ') if _PARTY.search(name) else label}"
        )
    if run and _DISTRICT_PARTY.search(name):
        size = place_words(words, rank="huyện")
        if size:
            return _Tail(end=run[size - 1][1], canonical=" " + " ".join(words[:size]))
    return _Tail(end=at)


def _rank(written: str) -> str:
    rank = " ".join(written.lower().split())
    return _RANKS.get(rank, rank)


def _written_out(name: str, kind: str) -> str:
    """A body's name in one form, without its place."""
    if kind == "ubnd":
        return "UBND"
    name = " ".join(name.split())
    if kind in ("so", "bo"):
        field = name.split(" ", 1)[1]
        head = "Sở" if kind == "so" else "Bộ"
        return f"{head} {next(full for full, form in DEPARTMENT_FORMS if form.fullmatch(field))}"
    for short, full in ABBREVIATIONS.items():
        name = re.sub(rf"(?<![\w&]){short}(?![\w])", full, name)
    name = fold_tone(name)
    name = name.capitalize() if name.isupper() and " " in name else name
    name = re.sub("hội đồng nhân dân", "HĐND", name, flags=re.IGNORECASE)
    return name[0].upper() + name[1:]
