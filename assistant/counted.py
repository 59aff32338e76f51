"""What a question asks to be counted: the nouns after "bao nhiêu", "mấy", "số", each with the star it is limited to."""

import itertools
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from assistant.content import is_stop
from assistant.wording import begins_with, find_phrase, places_of, says
from index.figures.counted import FORMS, NOUN_FORMS, NOUNS, counted_noun
from index.figures.stars import stars_in
from index.text import has_marks, strip_marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Something asked to be counted: the noun compared ("sản phẩm"), as it was typed, and the star named with it
    ("mấy sản phẩm 4 sao"), None where none is."""

    what: str
    form: str
    stars: tuple[int, int] | None = None


_CUES = ("bao nhiêu", "mấy", "số lượng", "tổng số", "nhiều", "số")
# What people call products and their makers where a text says "sản phẩm" and "chủ thể", and papers in sets.
_ALSO = {
    "bữa": "ngày", "hôm": "ngày",
    "ký": "kg", "kí": "kg", "ki lô": "kg", "kí lô": "kg", "cân": "kg",
    "bộ hồ sơ": "hồ sơ", "bộ giấy tờ": "hồ sơ",
    "món hàng": "sản phẩm", "món": "sản phẩm", "thứ hàng": "sản phẩm", "mã hàng": "sản phẩm",
    "đơn vị tham gia": "chủ thể", "đơn vị": "chủ thể", "cơ sở": "chủ thể", "nhà": "chủ thể",
    "huyện thị thành phố": "huyện", "huyện thị thành": "huyện", "huyện thị": "huyện",
    "xã phường thị trấn": "xã", "xã phường": "xã",
    "chỗ giới thiệu": "điểm bán", "chỗ trưng bày": "điểm bán", "chỗ bán": "điểm bán",
    "nơi giới thiệu": "điểm bán", "nơi trưng bày": "điểm bán", "nơi bán": "điểm bán",
}  # fmt: skip
_ALSO_FORMS = tuple(_ALSO)
_KNOWN = (*FORMS, *_ALSO_FORMS)
# What begins like a noun known and is more: "bao nhiêu xã phường".
_RANKS_TOGETHER = tuple(form for form in _ALSO if form.split()[0] in ("huyện", "xã"))
_MEASURES = ("năm", "tháng", "ngày", "điểm", "đồng", "%")
_MONEY = ("tiền", "triệu đồng", "tỷ đồng", "triệu", "tỷ", "đồng", "nghìn đồng", "ngàn đồng")
_PAID = (
    "thưởng", "khuyến khích", "hỗ trợ", "trợ cấp", "mức chi", "kinh phí", "bố trí", "đối ứng", "cấp vốn",
)  # fmt: skip
# What is earned or spent, told in money; of one syllable only with its marks ("Gia Lai" is no "lãi").
_EARNED = ("doanh thu", "doanh số", "thu nhập", "thu về", "thu được", "lợi nhuận", "tiền thuê", "chi phí")
_EARNED_SHORT = frozenset(("lãi", "lời", "lương", "vốn", "thuê"))
_PRICES = ("giá bán", "đơn giá", "giá cả", "giá thành", "giá tiền", "giá của", "lệ phí", "học phí")
# "bao nhiêu cái 4 sao": what was named before it
_THAT = ("cái", "chiếc", "loại", "thứ")


# What may follow the asking where nothing does: "… là bao nhiêu vậy?"
_ENDS = frozenset("vậy thế ạ nhỉ nhé hả rồi à vay the a nhi nhe ha roi mà".split())
_NO_COUNT = ("số", "tháng", "ngày", "năm", "điều", "khoản", "bộ", "thứ", "hạng", "đợt")
# "mấy trăm sản phẩm": how large the number is thought to be
_HUNDREDS = ("trăm", "chục", "nghìn", "ngàn")
# A maker of one kind told first, then counted by another word: "hợp tác xã thì mấy đơn vị?"
_BETWEEN = ("|", "ở", "tại", "của", "tỉnh", "thì", "có")
_KINDS = ("hợp tác xã", "doanh nghiệp", "tổ hợp tác", "hộ kinh doanh", "hộ sản xuất", "hộ gia đình", "hộ")


_POINTING = frozenset(("đó", "ấy", "này", "kia", "đấy"))


def points_back(rest: tuple[str, ...]) -> bool:
    """Whether the words after "mấy" name what was spoken of ("sản phẩm đó"), so that nothing is asked to be counted."""
    form = begins_with(rest, FORMS)
    return form is not None and not _POINTING.isdisjoint(rest[len(form.split()) :][:1])


def counted_in(words: tuple[str, ...], stops: Collection[int] = ()) -> tuple[Counted, ...]:
    """The nouns asked to be counted, in order; where the question ends on the asking ("… là bao nhiêu?") the noun named
    before it.

    stops: how many words stand before each comma: what is no noun known is none across one ("được bao nhiêu, lương
    …").
    """
    found: list[Counted] = []
    open_ended = False
    for at in range(len(words)):
        cue = begins_with(words[at : at + 2], _CUES)
        if cue is None:
            continue
        after = at + len(cue.split())
        rest = past_hundreds(words[after:])
        if after in stops and _named_there(rest) is None:
            rest = ()
        asked = cue in ("bao nhiêu", "mấy")
        if rest[:1] in (("là",), ("la",)):
            rest = rest[1:]  # "trong đó bao nhiêu là hợp tác xã"
        noun = _noun(rest, asked=asked)
        if asked and says(rest[:2], "đơn vị", "cái", "cơ sở") and (kind := kind_before(words[:at])) is not None:
            noun = kind
        if cue == "mấy" and points_back(rest):
            continue  # "mấy sản phẩm đó doanh thu bao nhiêu?" counts none of them
        if noun is not None and not asked and noun.what in _MEASURES:
            continue  # "số tháng 9/2025", "nhiều năm"
        if noun is not None and noun not in found:
            found.append(noun)
        if asked and noun is None and not found and not _counts_named(words[:at]) and _of_money(words[:at], rest):
            if says(words[max(0, at - 2) : at], "tăng", "giảm"):
                continue  # "doanh thu tăng bao nhiêu" is told in money or by the hundred
            noun = Counted(what="đồng", form="đồng")
            found.append(noun)
        ends = not rest or rest[0] in _ENDS
        open_ended |= ends and asked and noun is None and not says(words[max(0, at - 1) : at], *_NO_COUNT)
    if not found and open_ended and (named := _named(words)) is not None:
        found.append(named)
    return tuple(found)


def _named_there(rest: tuple[str, ...]) -> str | None:
    """The noun known that a run of tokens begins with; None where it begins with another word."""
    return begins_with(rest, _KNOWN)


def _of_money(before: tuple[str, ...], rest: tuple[str, ...]) -> bool:
    """Whether what is asked for without a noun is money: "giá bao nhiêu", "lệ phí mấy", "thưởng bao nhiêu cho hạng 5
    sao"."""
    if "giá" in before[-2:] or says(before[-2:], "phí") or says(before, *_PRICES):
        return True
    if says(before, "tỷ lệ", "tỉ lệ", "phần trăm", "lãi suất"):
        return False
    named = says(before, *_EARNED) or not _EARNED_SHORT.isdisjoint(before)
    earned = named and not (rest and rest[0].isdecimal())
    other = says(rest[:2], "phần trăm", "%", "lần", "năm", "tháng", "ngày", "sao")
    return (earned or says(before, *_PAID)) and not other


def _counts_named(before: tuple[str, ...]) -> bool:
    """Whether what is to be counted is named before the asking: "số chủ thể được thưởng là bao nhiêu?"."""
    return any(
        begins_with(before[cue.stop :], FORMS) is not None for cue in places_of(before, ("số", "số lượng", "tổng số"))
    )


def _noun(rest: tuple[str, ...], *, asked: bool) -> Counted | None:
    """The counted noun at the start of a run of tokens, typed with marks or without.

    After a word that asks for a count (`asked`), any other noun is taken as it stands ("bao nhiêu thành viên").
    """
    named = set_of_papers(rest)
    if named is not None:
        return named
    ranks = begins_with(rest, _RANKS_TOGETHER) if asked else None
    if ranks is not None:
        return Counted(what=_ALSO[ranks], form=ranks, stars=_star_after(rest[len(ranks.split()) :]))
    other_noun = has_marks(" ".join(rest[:1])) and counted_noun(" ".join(rest[:5])) is None  # "xã viên" are no communes
    if not other_noun and (form := begins_with(rest, FORMS)) is not None:
        return Counted(what=NOUNS[form], form=form, stars=_star_after(rest[len(form.split()) :]))
    if begins_with(rest, _MONEY) is not None:
        return Counted(what="đồng", form="đồng")
    if not asked:
        return None
    form = begins_with(rest, _ALSO_FORMS)
    if form is not None and not says(rest[1:3], "hành chính", "cấp"):
        return Counted(what=_ALSO[form], form=form, stars=_star_after(rest[len(form.split()) :]))
    star = _star_after(rest[1:]) if rest[:1] and says(rest[:1], *_THAT) else None
    if star is not None:
        return Counted(what="sản phẩm", form="sản phẩm", stars=star)
    other = tuple(itertools.takewhile(_names_a_thing, rest[:2]))
    if other and not says(other[:1], "sao", "lần", "phần trăm", *_THAT):
        return Counted(what=" ".join(other), form=" ".join(other))
    return None


def _names_a_thing(token: str) -> bool:
    """Whether a word may be one of a noun; "thành" is, in "thành viên", though a particle elsewhere."""
    return token.isalpha() and (token == "thành" or not (is_stop(token) or token in _ASKING))


_ASKING = frozenset(("bao", "mấy"))


def past_hundreds(rest: tuple[str, ...]) -> tuple[str, ...]:
    """The tokens after a word that asks for a count, without "trăm" in "mấy trăm sản phẩm"; money keeps its own."""
    if says(rest[:1], *_HUNDREDS) and not says(rest[1:2], "đồng", "triệu", "tỷ"):
        return rest[1:]
    return rest


def set_of_papers(rest: tuple[str, ...]) -> Counted | None:
    """What "mấy bộ hồ sơ" counts: dossiers, not the sets of criteria that "bộ" alone is."""
    form = begins_with(rest, ("bộ hồ sơ", "bộ giấy tờ"))
    return None if form is None else Counted(what=_ALSO[form], form=form, stars=_star_after(rest[len(form.split()) :]))


def kind_before(before: tuple[str, ...]) -> Counted | None:
    """The kind of maker named right before the asking: "hợp tác xã thì", "hộ có", "hợp tác xã ở | |" (a place blotted
    out)."""
    end = len(before)
    while end and before[end - 1] in _BETWEEN:
        end -= 1
    for form in _KINDS:
        size = len(form.split())
        for last in (end, end - 1, end - 2):
            if last >= size and find_phrase(before[last - size : last], form) == 0:
                return Counted(what=NOUNS[form], form=form)
    return None


def _star_after(rest: tuple[str, ...]) -> tuple[int, int] | None:
    """The star right behind a counted noun: "4 sao", "ocop hạng 3 sao", "đạt 4 sao", "chỉ đạt 3 sao"."""
    near = list(
        itertools.takewhile(lambda word: word in _LEADS_TO_STAR or word.isdecimal() or word in _STARS, rest[:9])
    )
    return stars_in(" ".join(near)) if says(near, "sao") else None


_LEADS_TO_STAR = frozenset(
    "ocop hạng hang đạt dat được duoc chỉ chi có co loại loai mức từ tu trở tro lên len xếp xep chuẩn của".split()
)
_STARS = frozenset("sao một hai ba bốn năm mot bon nam và va đến den -".split())


def _named(words: tuple[str, ...]) -> Counted | None:
    """The first counted noun a question names, of two syllables or more."""
    best: tuple[int, Counted] | None = None
    for form, what in NOUN_FORMS:
        at = find_phrase(words, form) if " " in form else -1
        if at >= 0 and (best is None or at < best[0]) and what in ("sản phẩm", "chủ thể", "hợp tác xã", "doanh nghiệp"):
            best = (at, Counted(what=what, form=form, stars=_star_after(words[at + len(form.split()) :])))
    return None if best is None else best[1]


# First syllable without marks -> the counted nouns of two syllables or more that begin so, longest first, each with its
# marks and without.
_NOUNS_BY_START: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
for _form, _ in NOUN_FORMS:
    if len(_form.split()) > 1:
        _bare = tuple(strip_marks(_form).split())
        _NOUNS_BY_START.setdefault(_bare[0], []).append((tuple(_form.split()), _bare))


@lru_cache(maxsize=65536)
def _nouns_beginning(word: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return _NOUNS_BY_START.get(strip_marks(word), [])


def nouns_mended(words: tuple[str, ...]) -> tuple[str, ...]:
    """Marks left out or misplaced in a counted noun of two syllables or more ("sản phâm") put right.

    A word typed wholly without marks is left: it already matches.
    """
    mended = list(words)
    for at, word in enumerate(words):
        for parts, bare in _nouns_beginning(word):
            typed = words[at : at + len(parts)]
            if tuple(map(strip_marks, typed)) == bare and typed[0] != "đó":  # "hôm đó là ai" is of no "đô la"
                mended[at : at + len(parts)] = [
                    part if has_marks(word) else word for part, word in zip(parts, typed, strict=True)
                ]
                break
    return tuple(mended)
