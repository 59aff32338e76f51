"""Provinces typed with one error: a letter too many, too few, another, or two swapped."""

import re

from index.places.provinces import PROVINCES
from index.places.spelling import RANK_BEFORE, SYLLABLE

# Words of questions that are a letter away from a name when run together ("mỗi năm tỉnh" is not Nam Định).
_NO_NAME = frozenset("tinh huyen xa phuong thanh pho sao san pham chu the".split())


# "tỉnh mình định gửi" is not Bình Định.
_WHOSE = ("minh", "toi", "nha", "em", "ta", "tui")
_MAKER_BEFORE = re.compile(
    r"(?<!\w)(?:htx|hop tac xa|cong ty|co so|doanh nghiep|ho kinh doanh|trang trai|thuong hieu|nhan hieu|"
    r"ong|ba|anh|chi)\s+$"
)
_APART = re.compile(r"[^\w\s-]")


def misspelt(stripped: str, typed: str = "") -> list[tuple[str, int, int]]:
    """(key, start, end) of names one insertion, deletion, substitution or swap away, where one province is that near.

    stripped: a text without marks, in lower case; typed: the same, letter for letter, as it was typed.
    Two real syllables are taken as meant ("làm đúng" is not Lâm Đồng) unless a word such as "tỉnh" stands before them
    or they are typed as a name, each with a capital ("Quản Nam", "Hà Gian"; not "QUẢN TRỊ").
    """
    tokens = list(re.finditer(r"\w+", stripped))
    found: list[tuple[str, int, int]] = []
    for size in (3, 2):
        for first, last in zip(tokens, tokens[size - 1 :], strict=False):
            window = stripped[first.start() : last.end()]
            if _APART.search(window):
                continue  # "Trà Nam (Bình Sa)" is two names
            words = re.findall(r"\w+", window)
            compact = "".join(words)
            if (
                len(compact) < 6
                or {*words} & _NO_NAME
                or words[0] in _WHOSE
                or not all(word.isalpha() for word in words)
            ):
                continue
            if any(start < last.end() and first.start() < end for _, start, end in found):
                continue
            named = len(typed) == len(stripped) and all(
                typed[word.start()].isupper() and not word[0].isdigit() for word in (first, last)
            )
            if _MAKER_BEFORE.search(stripped, 0, first.start()):
                continue  # "HTX Bình Minh" is no Bình Định
            ranked = RANK_BEFORE.search(stripped, 0, first.start())
            syllables = all(map(SYLLABLE.fullmatch, words)) and not ranked
            if syllables and not (named and not typed[first.start() : last.end()].isupper()):
                continue
            near = {
                key
                for key in PROVINCES
                if len(name := key.replace("-", "")) >= 7
                and len(key.split("-")) == size
                and abs(len(name) - len(compact)) <= 1
                and within_one_edit(compact, name)
                and (not syllables or compact[0] == name[0])  # "Tân Giang" is no An Giang
            }
            if len(near) == 1:
                found.append((near.pop(), first.start(), last.end()))
    return found


def within_one_edit(left: str, right: str) -> bool:
    """Whether the optimal string alignment distance is at most 1."""
    if left == right:
        return True
    prefix = 0
    while prefix < min(len(left), len(right)) and left[prefix] == right[prefix]:
        prefix += 1
    a, b = left[prefix:], right[prefix:]
    return a[1:] == b[1:] or a == b[1:] or a[1:] == b or (a[:2] == b[:2][::-1] and a[2:] == b[2:] and len(a) > 1)
