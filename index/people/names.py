"""Vietnamese names of people: where one starts after a place, and which runs of capitals are none.

A name is 2 to 5 capitalised syllables that begin with a surname; about a hundred surnames cover nearly everyone.
Press style glues a name to the place before it ("UBND huyện Tiên Phước Phan Văn An"), and only the shape of both says
where the one ends and the other begins.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.places.named import find_places, fold_tone

# The frequent ones tell more: "Nguyễn" hardly ever stands in a place name, "Văn" or "Hà" often do.
_FREQUENT = frozenset(
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Mai Đào Đoàn Lương "
    "Trương Hà Lò Y Vàng Giàng".split()
)
_KINH_AND_HOA = frozenset(
    "An Bành Bạch Bế Bồ Ca Cao Chu Chung Châu Chử Cung Cái Công Cù Cầm Diệp Doãn Giang Giáp Hoa Hàn Hàng Hình "
    "Hứa Khâu Khúc Khương Khổng Kim Kiều La Liêu Liễu Lâm Lã Lưu Lạc Lại Lều Lỗ Lục Mã Mạc Mạch Mẫn Nghiêm Ngọ "
    "Ngụy Nhan Nhâm Nhữ Ninh Nông Phí Phó Phù Phùng Phương Quan Quách Quản Sái Sơn Sầm Thi Thiều Thái Thân "
    "Thạch Thẩm Tiêu Tiết Trang Triệu Trà Trưng Trầm Ty Tào Tô Tôn Tăng Tường Tạ Tống Từ Uông Vi Viên Vòng Văn "
    "Vĩnh Vương Xa Yên Âu Ông Đan Đàm Đường Đồng Đổng Đới Ưng Ứng".split()
)
# Tày, Thái, Mường, Mông, Dao, Khmer, Chăm, and of the Central Highlands
_OF_MINORITIES = frozenset(
    "A Alăng Arất Ayun Bh'riu Bhling Bkrông Blúp Bon Bríu Bàn Bạc Chíu Chảo Coor Cơlâu Cứ Hiên Hmok Hạ Hạng "
    "Hảng Hờ Ka Kbuôr Khang Kháng Kiên Kpă Ksor Kđoh Kơ Lao Leo Liêng Liềng Ly Lìm Lường Lầu Lềm Lềnh Lự Ma Mlô "
    "Mong Mào Má Mùa Nay Ngân Niê Nùng Phàn Phìn Phượng Phừ Pơloong Pờ Pừ Quàng Rahlan Rcom Riah Rmah Rôda Rơ "
    "Sa Siu Sìn Sình Sùng Sần Sồng Tao Thao Thào Thò Tráng Tráo Tung Tòng Tấn Tẩn Tếnh Vạn Vầy Vừ Xin Xồng "
    "Zơrâm Êban Đèo Đơn".split()
)
SURNAMES = _FREQUENT | _KINH_AND_HOA | _OF_MINORITIES
# A one-letter surname: "A Lăng Mai", "Y Thông", and the Êđê and M'nông particles "H'", "K'" glued to the name.
_PARTICLE = re.compile(r"[HK]['’]\w+")

# Those whom streets, wards, schools and campaigns are named after; a text that names them states no officer of today.
HONOURED = frozenset(
    name.strip()
    for name in """
    Hồ Chí Minh, Tôn Đức Thắng, Trần Phú, Lê Duẩn, Trường Chinh, Võ Nguyên Giáp, Phạm Văn Đồng, Nguyễn Văn Linh,
    Nguyễn Văn Cừ, Lê Hồng Phong, Hà Huy Tập, Nguyễn Thị Minh Khai, Hoàng Văn Thụ, Hoàng Quốc Việt, Ngô Gia Tự,
    Nguyễn Đức Cảnh, Nguyễn Lương Bằng, Võ Văn Kiệt, Nguyễn Chí Thanh, Văn Tiến Dũng, Võ Văn Tần, Phan Đăng Lưu,
    Trần Hưng Đạo, Lê Lợi, Nguyễn Trãi, Lý Thường Kiệt, Quang Trung, Ngô Quyền, Đinh Tiên Hoàng, Lê Đại Hành,
    Lý Thái Tổ, Lê Thánh Tông, Trần Nhân Tông, Trần Quốc Toản, Trần Quang Khải, Phạm Ngũ Lão, Nguyễn Huệ, Nguyễn Du,
    Phan Bội Châu, Phan Chu Trinh, Phan Châu Trinh, Phan Đình Phùng, Nguyễn Thái Học, Nguyễn Đình Chiểu, Bùi Thị Xuân,
    Nguyễn Cư Trinh, Nguyễn Bỉnh Khiêm, Hồ Xuân Hương, Hoàng Hoa Thám, Hoàng Diệu, Võ Thị Sáu, Lê Văn Tám, Kim Đồng,
    Nguyễn Văn Trỗi, Nguyễn Viết Xuân, Phan Đình Giót, Tô Vĩnh Diện, Lý Tự Trọng, Lê Văn Sỹ, Trần Văn Thời,
    Dương Minh Châu, Hoàng Su Phì, Nguyễn Bình, Lê Thị Hồng Gấm, Tô Hiến Thành, Lương Thế Vinh, Lê Quý Đôn
    """.replace("\n", " ").split(",")
)

# Every capital of Vietnamese by name: a range such as Ạ-Ỹ would hold the small letters between them.
CAPITAL = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_WORD = re.compile(rf"[{CAPITAL}]\w*(?:['’]\w+)?")
_GAP = re.compile(r"[ \u00a0]{1,2}")
_LEAST, _MOST = 2, 5
_RUN_MOST = 9

Words = list[tuple[int, int]]


def capital_run(text: str, start: int) -> Words:
    """The capitalised words that follow one another from `text[start]` on, nine at most, as offsets.

    An abbreviation ends a run ("Nguyễn Văn An UBND"), unless the whole run is printed in capitals.
    """
    found: Words = []
    at = start
    while len(found) < _RUN_MOST and (match := _WORD.match(text, at)) is not None:
        word = match[0]
        if found and _shouted(word) != _shouted(text[slice(*found[0])]) and len(word) > 1:
            break
        found.append(match.span())
        gap = _GAP.match(text, match.end())
        if gap is None:
            break
        at = gap.end()
    return found


def _shouted(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def begins_name(word: str) -> bool:
    """Whether a word is a surname, in capitals or not, or opens a name of the Central Highlands ("H'Yim")."""
    return _titled(word) in SURNAMES or _PARTICLE.fullmatch(word) is not None


@lru_cache(maxsize=4096)
def _titled(word: str) -> str:
    folded = fold_tone(word)
    return folded.capitalize() if _shouted(folded) else folded


def is_name(words: Sequence[str], *, addressed: bool = False) -> bool:
    """Whether capitalised words are a person's name. `addressed`: an honorific before them vouches for it."""
    if not _LEAST <= len(words) <= _MOST or not (addressed or begins_name(words[0])):
        return False
    name = " ".join(map(_titled, words))
    return name not in HONOURED and not is_province(name) and (len(words[0]) > 1 or begins_name(words[0]))


@lru_cache(maxsize=4096)
def is_province(name: str) -> bool:
    """Whether a text is the name of a province and nothing else, as printed."""
    return [(mention.start, mention.end) for mention in find_places(name)] == [(0, len(name))]


def name_from(text: str, start: int, *, addressed: bool = False) -> int | None:
    """Where the name ends that starts at `text[start]`; None where no name does."""
    run = capital_run(text, start)
    for size in range(min(len(run), _MOST), _LEAST - 1, -1):
        if len(run) > size and size < _MOST:
            break  # a name is the whole run, or its first five words
        if is_name([text[slice(*word)] for word in run[:size]], addressed=addressed):
            return run[size - 1][1]
    return None


def name_until(text: str, end: int, least_start: int = 0) -> int | None:
    """Where the name starts that ends at `text[end]`, the last capitalised words before it; None where none does."""
    words: Words = []
    at = end
    while len(words) < _MOST:
        start = at
        while start > least_start and (text[start - 1].isalnum() or text[start - 1] in "_'’"):
            start -= 1
        if start == at or not text[start].isupper():
            break
        words.insert(0, (start, at))
        at = start
        while at > least_start and text[at - 1] in " \u00a0" and start - at < 2:
            at -= 1
        if at == start:
            break
    for word in range(len(words) - _LEAST + 1):
        if is_name([text[slice(*span)] for span in words[word:]]):
            return words[word][0]
    return None


def place_words(words: Sequence[str], *, rank: str | None) -> int:
    """How many of the capitalised words after a rank ("tỉnh", "huyện"; None: no rank) name the place.

    The others are the name of a person: "Tiên Phước Phan Văn An" gives 2, "Vương Quốc Tuấn" 0. Where all shapes are
    possible, places of two syllables and people of three are the most frequent.
    """
    if rank in (None, "tỉnh", "thành phố"):
        for size in range(min(4, len(words)), 0, -1):
            if is_province(" ".join(words[:size])):
                return size
        if rank is None:
            return 0
    best, best_score = len(words), {1: 9.0, 2: 2.0 if rank == "tỉnh" else 6.0, 3: 3.5}.get(len(words), 0.0)
    for size in range(min(5, len(words))):
        rest = words[size:]
        if len(rest[-1]) > 1 and is_name(rest) and " ".join(map(_titled, words)) not in HONOURED:
            score = _PLACE_SCORES[size] + _name_score(rest)
            if " ".join(map(_titled, words[:size])) in HONOURED:
                score += 4.0
            if score > best_score:
                best, best_score = size, score
    return best


_PLACE_SCORES = (0.0, 0.0, 2.0, 0.5, -1.0)


def _name_score(words: Sequence[str]) -> float:
    frequent = _titled(words[0]) in _FREQUENT
    middle = len(words) > _LEAST and _titled(words[1]) in ("Văn", "Thị")
    return (2.0 if frequent else 1.0) + {2: 1.0, 3: 3.0, 4: 2.5, 5: 1.0}[len(words)] + (2.0 if middle else 0.0)
