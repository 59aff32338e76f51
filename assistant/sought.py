"""What a question seeks among the figures: of which place, when, of which things and grades."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from assistant.counted import kind_before, past_hundreds, points_back, set_of_papers
from assistant.limits import Limits, asking_words, limit_groups_asked, limits_of, occasion_asked
from assistant.question import Counted, Question
from assistant.wording import begins_with, find_phrase, places_of, says, tokens
from index.figures.counted import FORMS, NOUNS, PRODUCERS
from index.figures.figure import NATIONAL
from index.figures.stars import find_stars, potential_in, stars_in
from index.places.districts import find_districts
from index.places.named import PROVINCES, Mention, find_places
from index.text import has_marks, strip_marks

Era = Literal["former", "today"]
Stars = tuple[int, int]

# What the programme aims at, where no place is named, the whole country does.
_PROGRAMME = ("chương trình ocop", "chương trình mỗi xã một sản phẩm", "chương trình quốc gia")
NATION = ("cả nước", "toàn quốc", "toàn nước", "nước ta", "việt nam", "nước mình", "cả việt nam")
_CUES = ("bao nhiêu", "số lượng", "tổng số", "mấy", "nhiều", "số")
# What people call a product without naming it.
_THINGS = ("món", "cái", "mặt hàng", "thứ", "loại", "hàng")
# What follows where "loại" is itself what is counted: "mấy loại OCOP", "mấy loại đạt 4 sao".
_OF_PRODUCTS = ("ocop", "sản", "hàng", "được", "đạt", "là", "ở", "thuộc", "của", "có", "trong", "lên", "hạng", "sao")
_OUT_OF = ("trong", "trên")
# What is paid, asked for by its name alone: "mức thưởng theo hạng sao là bao nhiêu".
_SUMS = ("mức khuyến khích", "mức thưởng", "mức hỗ trợ", "tiền thưởng", "mức chi", "số tiền", "bao nhiêu tiền")
_LOWEST = 3
_SORTS = ("loại", "kiểu", "dạng")
BY_GRADE = (
    "từng hạng", "mỗi hạng", "các hạng", "theo hạng", "từng sao", "mỗi sao", "theo sao", "từng loại sao", "hạng sao",
    "từng mức sao", "mỗi mức sao", "chia theo sao", "cơ cấu sao", "những hạng", "mỗi loại mấy sao",
)  # fmt: skip
_BY_KIND = ("mỗi loại", "từng loại", "mỗi loại hình", "từng loại hình", "mỗi nhóm", "từng nhóm", "theo loại hình")
_WHICH_TODAY = (
    "nhập vào tỉnh nào", "nhập về tỉnh nào", "nhập về đâu", "nhập vào đâu", "về tỉnh nào", "thuộc tỉnh nào",
    "sáp nhập vào tỉnh nào", "vào tỉnh nào", "sáp nhập với tỉnh nào", "nhập với tỉnh nào",
)  # fmt: skip
_THAT_ONE = ("tỉnh ấy", "tỉnh đó", "tỉnh mới", "nơi đó", "nơi ấy", "bên đó", "chỗ đó", "thành phố ấy", "thành phố đó")
_FORMER_AFTER = re.compile(
    r"\s*\(?(?:cũ|trước đây|trước kia|ngày trước|xưa|hồi chưa|khi chưa|trước khi|trước sáp nhập)"
)
_TODAY_AFTER = re.compile(
    r"\s*\(?(?:mới(?!\s+(?:có|chỉ|được|đạt|công|đưa|lên))|hiện nay|hiện tại|bây giờ|ngày nay|nay\b|"
    r"sau (?:khi )?(?:sáp nhập|hợp nhất|gộp|nhập))"
)
_PART_BEFORE = re.compile(r"(?:phần|riêng|địa bàn|khu vực|vùng|bên)\s+(?:(?:thuộc|của|đất|tỉnh)\s+)*$")
_ABSORBED_BEFORE = re.compile(
    r"(?:gộp|sáp nhập|hợp nhất|nhập|gồm|gồm cả|bao gồm|cả)\s+(?:(?:cả|thêm|với|tỉnh|cùng)\s+)*$"
)
_NEW = ("sau sáp nhập", "hậu sáp nhập", "sau khi sáp nhập", "sau hợp nhất", "sau khi gộp", "sau khi nhập", "sau gộp")
_OLD = ("trước sáp nhập", "trước khi sáp nhập", "trước khi gộp", "trước khi nhập", "trước hợp nhất", "hồi chưa nhập")
_SEASON = re.compile(r"(?<!\w)(?P<season>đầu|giữa|cuối)\s+(?:năm\s+)?(?P<year>20[12]\d)(?!\w|[./]\d)")
_SEASONS = {"đầu": (1, 5), "giữa": (4, 9), "cuối": (9, 12)}
_COMPARED = ("tỉnh", "huyện", "xã", "địa phương", "thành phố", "nơi", "đợt", "năm", "quyết định")
_YEAR = re.compile(r"20[12]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One count asked for: the noun as figures have it, as asked, and the grade it is limited to. potential: of what is
    not yet of that grade. extra: only where a source has it ("theo từng hạng sao"). groups: of several counts, the
    places in LIMITS of what this one alone is limited to ("mấy món thực phẩm và mấy món đồ uống")."""

    what: str
    form: str
    stars: Stars | None
    potential: bool = False
    extra: bool = False
    groups: frozenset[int] = frozenset()


PRODUCTS = Ask(what="sản phẩm", form="sản phẩm", stars=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for among the figures.

    places: keys, or NATIONAL. era: whether a province is asked about as it was before 1/7/2025 or as it is since.
    subplaces: districts and communes named; others: those named of which no figure is held.
    times: ISO dates of the precision asked. seasons: (year, first month, last
    month) of "cuối năm 2025", which lies within its year. period: first and last year. numbers: values the question
    itself gives. limits: what limits the count. occasion: asks about one round or list, not about a total.
    """

    asks: tuple[Ask, ...]
    places: tuple[str, ...]
    era: Era | None
    subplaces: tuple[str, ...]
    others: tuple[str, ...]
    times: tuple[str, ...]
    seasons: tuple[tuple[str, int, int], ...]
    period: tuple[str, str] | None
    numbers: tuple[float, ...]
    planned: bool
    limits: Limits
    occasion: bool
    by_kind: bool


def seek(question: Question, known: Collection[str], *, comparing: bool = False) -> Sought:
    """What a question seeks. known: the districts and communes that have figures, which may be asked for by name alone.
    comparing: whether figures are to be compared or reckoned with."""
    asks = asks_of(question)
    spoken = (*tokens(question.carried), *question.tokens)
    limiting = (
        replace(question, text=f"{question.carried}. {question.text}", tokens=spoken) if question.carried else question
    )
    mentions = find_places(question.text, typed=True)
    places, era = _places(question, mentions)
    times = list(question.dates)
    numbers: list[float] = []
    for number in question.numbers:
        if comparing and any(find_phrase(question.tokens, f"{number} {kind}") >= 0 for kind in _COMPARED):
            continue  # "trong 5 tỉnh này": how many are compared
        if _YEAR.fullmatch(number) and find_phrase(question.tokens, f"{number} sản phẩm") < 0:
            times.append(number)
        else:
            numbers.append(float(number.replace(".", "").replace(",", ".")))
    seasons = tuple(
        (match["year"], *_SEASONS[match["season"]]) for match in _SEASON.finditer(" ".join(question.tokens))
    )
    # "cuối năm 2025" is read as its December: any of its last months will do
    times = [f"{time[:4]}" if any(time[:7] == f"{year}-12" for year, *_ in seasons) else time for time in times]
    subplaces = _subplaces(question, mentions, known)
    return Sought(
        asks=asks,
        places=places,
        era=era,
        subplaces=subplaces,
        others=_others(question, mentions, subplaces),
        times=tuple(dict.fromkeys(times)),
        seasons=seasons,
        period=question.period,
        numbers=tuple(numbers),
        planned=question.planned,
        limits=_without(
            limits_of(limiting, _called(asks), comparing=comparing),
            subplaces,
            numbers,
            apart=frozenset(group for ask in asks for group in ask.groups),
        ),
        occasion=occasion_asked(spoken, comparing=comparing),
        by_kind=says(question.tokens, *_BY_KIND),
    )


def _called(asks: tuple[Ask, ...]) -> tuple[str, ...]:
    """What is counted, as it is called in a question: "hợp tác xã mấy đơn vị" calls the same thing twice."""
    forms = tuple(form for ask in asks for form in (ask.form, ask.what))
    return (*forms, "đơn vị") if any(ask.what in PRODUCERS for ask in asks) else forms


def _without(limits: Limits, subplaces: tuple[str, ...], numbers: Sequence[float], *, apart: frozenset[int]) -> Limits:
    """The limits less the names of districts and the numbers, which are looked at by themselves, and less those that
    limit one of several counts."""
    named = {token for name in subplaces for token in tokens(name)} | {"huyện", "xã", "phường", "thị", "quận"}
    if not subplaces:
        named = set()
    return Limits(
        words=tuple(
            word
            for word in limits.words
            if word not in named and not word.replace(".", "").replace(",", "").isdecimal()
        ),
        groups=limits.groups - apart,
        rounds=limits.rounds,
    )


# ---- What is counted ----------------------------------------------------------------------------------------------


def asks_of(question: Question) -> tuple[Ask, ...]:
    """The counts asked for, in order: each cue ("bao nhiêu", "mấy", "số") with the noun and grade of its stretch."""
    asked = _without_places(question)
    cues = _cues(asked)
    found: list[Ask] = []
    before = stars_in(" ".join(asked[: cues[0][0]])) if cues else None
    for place, (at, size) in enumerate(cues):
        end = cues[place + 1][0] if place + 1 < len(cues) else len(asked)
        noun = _noun_after(asked, at + size, end)
        if noun is None and not (
            found and says(asked[max(0, at - 3) : at], "tổng số", "trên", "trong số", "là", "tổng")
        ):
            noun = _noun_before(asked, at, found, cues[place - 1] if place else None)
        if noun is None:
            continue
        stars = _stars_of(asked, at + size, end)
        if stars is None and noun.what in ("sản phẩm", "%", "đồng"):
            stars = before or (question.stars if len(cues) == 1 or not _own_star(asked, cues) else None)
        stretch = asked if len(cues) == 1 else asked[at:end]
        found.append(Ask(what=noun.what, form=noun.form, stars=stars, potential=_potential(stretch)))
    if len(found) == len(cues) > 1:
        found = _limited_apart(found, asked, cues)
    if not found:
        wanted = question.counted or ((Counted(what="%", form="%"),) if question.wanted == "share" else ())
        if not wanted and question.wanted == "compare":
            wanted = _compared(asked)
        potential = _potential(asked)
        found = [Ask(what=item.what, form=item.form, stars=question.stars, potential=potential) for item in wanted]
    if says(asked, *BY_GRADE) and says(asked, *_SUMS) and all(ask.what == "đồng" or ask.extra for ask in found):
        return tuple(
            Ask(what="đồng", form="tiền", stars=(star, star), extra=star > _LOWEST) for star in (_LOWEST, 4, 5)
        )
    if says(asked, *BY_GRADE) and (not found or found[0].what == "sản phẩm") and question.stars is None:
        found = found or [PRODUCTS]
        found += [replace(PRODUCTS, stars=(star, star), extra=True) for star in (5, 4, 3)]
    if (grades := _grades_apart(question)) and found and found[0].what == "sản phẩm":
        found = [replace(ask, stars=None) for ask in found]
        found += [replace(PRODUCTS, stars=(star, star), extra=True) for star in grades]
    if says(asked, *_BY_KIND) and found and found[0].what in PRODUCERS:
        found += [Ask(what=what, form=what, stars=None, extra=True) for what in sorted(PRODUCERS)]
    return tuple(dict.fromkeys(found))


_PARTED = ("chia", "tách", "phân ra", "cơ cấu", "bao gồm", "gồm")


def _grades_apart(question: Question) -> tuple[int, ...]:
    """The grades that what is counted is to be told by: "chia 4 sao 3 sao thế nào", "tách giúp 4 sao và 3 sao"."""
    at = next((span.start for span in places_of(question.tokens, _PARTED)), None)
    named = [] if at is None else find_stars(" ".join(question.tokens[at:]))
    grades = {star for one in named for star in (one.low, one.high) if one.high - one.low <= 1}
    return tuple(sorted(grades, reverse=True)) if len(grades) > 1 else ()


def _limited_apart(found: list[Ask], asked: tuple[str, ...], cues: list[tuple[int, int]]) -> list[Ask]:
    """Several counts, each with what it alone is limited to: in the words after its cue, or for all before it."""
    starts, ends = [at for at, _ in cues], [at + size for at, size in cues]
    for first, last in ((starts, [*starts[1:], len(asked)]), ([0, *ends[:-1]], starts)):
        groups = [limit_groups_asked(asked[one:two]) for one, two in zip(first, last, strict=True)]
        if all(groups) and len(set(groups)) == len(groups):
            return [replace(ask, groups=own) for ask, own in zip(found, groups, strict=True)]
    return found


def _compared(asked: tuple[str, ...]) -> tuple[Counted, ...]:
    """What places are compared by, where it is no product: "bên nào ít chủ thể hơn"."""
    nouns = (_noun_at(asked[place.stop :]) for place in places_of(asked, _MORE_OF))
    return tuple(noun for noun in nouns if noun is not None and noun.what not in ("sản phẩm", "đồng"))[:1]


_MORE_OF = ("nhiều", "ít", "đông", "lắm", "về số", "số lượng")
_MAY_BECOME = tuple(
    f"{chance} {become}"
    for chance in ("có cửa", "có khả năng", "có triển vọng", "có cơ hội", "có thể")
    for become in ("lên", "đạt", "được")
)


def _potential(asked: Sequence[str]) -> bool:
    """Whether what is asked is not yet of its grade: "tiềm năng 5 sao", "trình trung ương xét 5 sao"."""
    return potential_in(" ".join(asked)) is not None or says(asked, *_MAY_BECOME)


def _without_places(question: Question) -> tuple[str, ...]:
    """The tokens of a question, those that name a place blotted out: no noun is read of "Đồng Tháp"."""
    asked = list(question.tokens)
    for mention in find_places(question.text, typed=True):
        name = tokens(question.text[mention.start : mention.end])
        at = next((at for at in range(len(asked)) if tuple(asked[at : at + len(name)]) == name), None)
        if at is not None:
            asked[at : at + len(name)] = ["|"] * len(name)
    return tuple(asked)


def _cues(asked: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where the words that ask for a count stand, with their length; of "số … là bao nhiêu" the first."""
    found: list[tuple[int, int]] = []
    for at in range(len(asked)):
        if found and at < found[-1][0] + found[-1][1]:
            continue
        cue = begins_with(asked[at : at + 2], _CUES)
        if cue is None:
            continue
        firm = cue in ("bao nhiêu", "mấy")
        if cue == "mấy" and points_back(asked[at + 1 :]):
            continue  # "mấy sản phẩm đó doanh thu bao nhiêu?" counts none of them
        if not firm and found and says(asked[max(0, at - 2) : at], *_OUT_OF):
            continue  # "chiếm mấy phần trăm trong tổng số sản phẩm"
        size = len(cue.split())
        if firm or _noun_after(asked, at + size, min(len(asked), at + size + 4)) is not None:
            found.append((at, size))
    return found


def _noun_after(asked: tuple[str, ...], start: int, end: int) -> Counted | None:
    """The noun right after a cue; a grade alone, or a word for any thing, counts products."""
    rest = past_hundreds(asked[start:end])
    while rest[:1] and rest[0] in ("là", "la", "các", "những"):
        rest = rest[1:]
    if rest[:2] in (("phần", "trăm"), ("phan", "tram")):
        return Counted(what="%", form="phần trăm")
    if rest[:1] and rest[0] in ("tiền", "tien"):
        return Counted(what="đồng", form="tiền")
    if rest[:1] in (("triệu",), ("tỷ",), ("tỉ",)):
        return Counted(what="đồng", form=rest[0])
    if (papers := set_of_papers(rest)) is not None:
        return papers
    if says(rest[:1], *_SORTS) and not find_stars(" ".join(rest[1:3])) and not says(rest[1:2], *_OF_PRODUCTS):
        return None  # "mấy loại chủ thể", "mấy loại giấy": how many kinds of something else
    if find_stars(" ".join(rest[:2])) or begins_with(rest[:2], _THINGS) is not None:
        return Counted(what="sản phẩm", form="sản phẩm")
    if find_phrase(rest[:2], "đơn vị") == 0:
        return kind_before(asked[: max(0, start - 1)]) or Counted(what="chủ thể", form="đơn vị")
    return _noun_at(rest)


_NO_TIMES = tuple(form for form in FORMS if NOUNS[form] not in ("năm", "tháng", "ngày"))


def _noun_at(rest: Sequence[str]) -> Counted | None:
    form = begins_with(rest, _NO_TIMES)
    return None if form is None else Counted(what=NOUNS[form], form=form)


def _noun_before(asked: tuple[str, ...], at: int, found: Sequence[Ask], cue: tuple[int, int] | None) -> Counted | None:
    """The noun a cue that names none stands for: the last one said before it ("nhóm thực phẩm có bao nhiêu")."""
    start = cue[0] + cue[1] if cue is not None and not found else 0
    nouns: list[tuple[bool, int, Counted]] = []
    for place in range(start, at):
        noun = _noun_at(asked[place:at])
        if noun is not None and noun.what in _COUNTABLE:
            # "sản phẩm của các hợp tác xã": what belongs to another noun only tells whose
            owned = bool({"của", "thuộc", "do", "cho", "từ"} & set(asked[max(0, place - 2) : place]))
            nouns.append((not owned, place, noun))
    return max(nouns, key=lambda item: item[:2])[2] if nouns else None


_COUNTABLE = frozenset(
    "sản phẩm|chủ thể|hợp tác xã|doanh nghiệp|tổ hợp tác|hộ|hồ sơ|điểm bán|gian hàng|giấy chứng nhận|đồng".split("|")
)


def _stars_of(asked: tuple[str, ...], start: int, end: int) -> Stars | None:
    return stars_in(" ".join(asked[start:end]).replace("tro len", "trở lên").replace("tu ", "từ "))


def _own_star(asked: tuple[str, ...], cues: list[tuple[int, int]]) -> bool:
    """Whether some cue has a grade in its own stretch."""
    ends = [at for at, _ in cues[1:]] + [len(asked)]
    return any(_stars_of(asked, at + size, end) is not None for (at, size), end in zip(cues, ends, strict=True))


# ---- Where --------------------------------------------------------------------------------------------------------


def _places(question: Question, mentions: list[Mention]) -> tuple[tuple[str, ...], Era | None]:
    """The places whose figures are asked for, and of which time of theirs.

    Of a former province and the one it is part of now, the one asked about is the former, unless it is only told that
    the other took it in ("Đồng Tháp mới, đã gộp Tiền Giang").
    """
    asked, places = question.tokens, question.places
    if not places:
        if question.regions:
            return tuple(dict.fromkeys(key for region in question.regions for key in region.keys)), None
        programme = question.planned and says(asked, *_PROGRAMME)
        return ((NATIONAL,) if question.national or programme or says(asked, *NATION) else ()), None
    if says(asked, *_WHICH_TODAY) and says(asked, *_THAT_ONE):
        return tuple(dict.fromkeys(PROVINCES[key].today_key for key in places)), "today"
    lower = question.text.lower()
    marks = {key: _marks(lower, [one for one in mentions if one.key == key]) for key in places}
    era: Era | None = None
    if says(asked, *_NEW):
        era = "today"
    elif says(asked, *_OLD):
        era = "former"
    kept = list(places)
    if len(places) > 1 and not joins(asked):
        for key in places:
            today = PROVINCES[key].today_key
            if today == key or today not in kept or key not in kept:
                continue
            told = marks[key]
            if "absorbed" in told and not told & {"part", "former"}:
                kept.remove(key)
                era = "today"
            else:
                kept.remove(today)
    if era is None and len(kept) == 1:
        told = marks[kept[0]]
        era = "former" if "former" in told else "today" if "today" in told else None
    if era is None:  # "trước khi gộp với Nam Định, Ninh Bình …"
        era = "former" if {*kept} <= {*question.former} else "today" if {*kept} <= {*question.today} else None
    return tuple(kept), era


def joins(asked: tuple[str, ...]) -> bool:
    """Whether a question sets places beside one another, or adds them up."""
    return says(
        asked, "so sánh", "so với", "so số", "nhiều hơn", "ít hơn", "hơn", "kém", "chênh", "cộng", "cả hai", "gộp lại",
        "lại được", "bên nào", "tỉnh nào", "dẫn đầu", "nhất", "lần lượt", "và",
    ) and not says(asked, "nay gồm", "gồm cả", "nay là")  # fmt: skip


def _marks(lower: str, mentions: list[Mention]) -> set[str]:
    """What the words around a place say of it: "former", "today", "part" or "absorbed"."""
    told: set[str] = set()
    for mention in mentions:
        before, after = lower[max(0, mention.start - 30) : mention.start], lower[mention.end :]
        if _FORMER_AFTER.match(after):
            told.add("former")
        if _TODAY_AFTER.match(after):
            told.add("today")
        if _PART_BEFORE.search(before):
            told.add("part")
        if _ABSORBED_BEFORE.search(before):
            told.add("absorbed")
    return told


def _subplaces(question: Question, mentions: list[Mention], known: Collection[str]) -> tuple[str, ...]:
    """The districts and communes with figures that a question names, longest first; a syllable alone names none."""
    spoken = f" {' '.join(question.tokens)} "
    marked = has_marks(question.text)
    taken = {" ".join(tokens(PROVINCES[one.key].name)) for one in mentions}
    found: list[str] = []
    bare = {strip_marks(token) for token in question.tokens}
    near = [name for name in known if _begins(name) in bare]
    for name in sorted(near, key=lambda name: (-len(name), name)):
        plain = " ".join(tokens(name))
        if plain in taken:
            # the town of a province's name
            if f" thành phố {plain} " in spoken or f" thị xã {plain} " in spoken:
                found.append(plain)
            continue
        if plain.count(" ") < 1 or any(plain in other for other in found):
            continue
        if f" {plain} " in spoken or (not marked and find_phrase(question.tokens, plain) >= 0):
            found.append(plain)
    return tuple(found)


@lru_cache(maxsize=65536)
def _begins(name: str) -> str:
    """The first syllable of a name, without marks."""
    return strip_marks(tokens(name)[0])


def _others(question: Question, mentions: list[Mention], subplaces: tuple[str, ...]) -> tuple[str, ...]:
    """The districts a question asks about of which no figure is held; one told beside it is not asked about."""
    provinces = {PROVINCES[one.key].name for one in mentions}
    asking = asking_words(question.text)
    found = []
    for district in find_districts(question.text, typed=True):
        name = question.text[district.start : district.end]
        plain = " ".join(tokens(name))
        if plain not in subplaces and name not in provinces and set(plain.split()) <= asking:
            found.append(plain)
    return tuple(found)
