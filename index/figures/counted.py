"""What is counted: a closed list of nouns, in every form a text uses, and the number that counts each."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from index.figures.numbers import Number
from index.span import Span

# Every form a text uses -> the noun it is compared by. FORMS has the longer ones first.
NOUNS: dict[str, str] = {
    "sản phẩm": "sản phẩm",
    "mặt hàng": "sản phẩm",
    "sp": "sản phẩm",
    "chủ thể": "chủ thể",
    "cơ sở sản xuất kinh doanh": "chủ thể",
    "cơ sở sản xuất": "chủ thể",
    "cơ sở": "chủ thể",
    "đơn vị sản xuất": "chủ thể",
    "nhà sản xuất": "chủ thể",
    "hợp tác xã": "hợp tác xã",
    "htx": "hợp tác xã",
    "tổ hợp tác": "tổ hợp tác",
    "tht": "tổ hợp tác",
    "doanh nghiệp": "doanh nghiệp",
    "dn": "doanh nghiệp",
    "công ty": "doanh nghiệp",
    "hộ sản xuất kinh doanh": "hộ",
    "hộ kinh doanh cá thể": "hộ",
    "hộ kinh doanh": "hộ",
    "hộ sản xuất": "hộ",
    "hộ nông dân": "hộ",
    "hộ gia đình": "hộ",
    "hộ cá thể": "hộ",
    "hộ dân": "hộ",
    "hộ": "hộ",
    "trang trại": "trang trại",
    "điểm giới thiệu và bán": "điểm bán",
    "điểm giới thiệu, bán": "điểm bán",
    "điểm trưng bày, giới thiệu": "điểm bán",
    "điểm trưng bày": "điểm bán",
    "điểm giới thiệu": "điểm bán",
    "điểm bán hàng": "điểm bán",
    "điểm bán": "điểm bán",
    "cửa hàng": "điểm bán",
    "điểm du lịch": "điểm du lịch",
    "gian hàng": "gian hàng",
    "siêu thị": "siêu thị",
    "hồ sơ": "hồ sơ",
    "xã": "xã",
    "phường": "xã",
    "thị trấn": "xã",
    "huyện": "huyện",
    "quận": "huyện",
    "thị xã": "huyện",
    "tỉnh": "tỉnh",
    "địa phương": "địa phương",
    "làng nghề": "làng nghề",
    "người lao động": "lao động",
    "lao động": "lao động",
    "học viên": "học viên",
    "người": "người",
    "lớp": "lớp",
    "hội nghị": "hội nghị",
    "hội chợ": "hội chợ",
    "đợt": "đợt",
    "sàn": "sàn",
    "nhóm": "nhóm",
    "bộ tiêu chí": "bộ",
    "bộ sản phẩm": "bộ",
    "bộ": "bộ",
    "tiêu chí": "tiêu chí",
    "quyết định": "quyết định",
    "giấy chứng nhận": "giấy chứng nhận",
    "gcn": "giấy chứng nhận",
    "nghìn tỷ đồng": "đồng",
    "ngàn tỷ đồng": "đồng",
    "tỷ đồng": "đồng",
    "tỉ đồng": "đồng",
    "triệu đồng": "đồng",
    "nghìn đồng": "đồng",
    "ngàn đồng": "đồng",
    "tỷ đ": "đồng",
    "triệu đ": "đồng",
    "nghìn đ": "đồng",
    "tr.đ": "đồng",
    "đồng": "đồng",
    "vnđ": "đồng",
    "vnd": "đồng",
    "đ": "đồng",
    "triệu đô la mỹ": "usd",
    "triệu đô la": "usd",
    "tỷ đô la mỹ": "usd",
    "tỷ đô la": "usd",
    "đô la mỹ": "usd",
    "đô la": "usd",
    "triệu usd": "usd",
    "tỷ usd": "usd",
    "tỉ usd": "usd",
    "usd": "usd",
    "điểm": "điểm",
    "năm": "năm",
    "tháng": "tháng",
    "ngày": "ngày",
    "phần trăm": "%",
    "%": "%",
    "héc-ta": "ha",
    "hecta": "ha",
    "héc ta": "ha",
    "ha": "ha",
    "tấn": "tấn",
}
NOUN_FORMS: tuple[tuple[str, str], ...] = tuple(sorted(NOUNS.items(), key=lambda item: -len(item[0])))
FORMS = tuple(form for form, _ in NOUN_FORMS)
# Nouns that tables count, and that a share may be of, in whole numbers.
COUNTABLE = frozenset(
    "sản phẩm|chủ thể|hợp tác xã|tổ hợp tác|doanh nghiệp|hộ|trang trại|điểm bán|điểm du lịch|gian hàng|siêu thị|hồ sơ|"
    "xã|huyện|tỉnh|địa phương|làng nghề|lao động|học viên|người|tiêu chí|quyết định|giấy chứng nhận".split("|")
)
PLACES = frozenset("xã|huyện|tỉnh|địa phương|làng nghề".split("|"))
PRODUCERS = frozenset("chủ thể|hợp tác xã|tổ hợp tác|doanh nghiệp|hộ|trang trại".split("|"))
_TIMES = {
    "nghìn tỷ đồng": 1e12, "ngàn tỷ đồng": 1e12, "tỷ đồng": 1e9, "tỉ đồng": 1e9, "triệu đồng": 1e6, "nghìn đồng": 1e3,
    "ngàn đồng": 1e3, "tỷ đ": 1e9, "triệu đ": 1e6, "nghìn đ": 1e3, "tr.đ": 1e6, "triệu đô la mỹ": 1e6,
    "triệu đô la": 1e6, "tỷ đô la mỹ": 1e9, "tỷ đô la": 1e9, "triệu usd": 1e6, "tỷ usd": 1e9, "tỉ usd": 1e9,
}  # fmt: skip
# Words after a form that make it another noun: "xã viên" is a member, "đồng bào" a people, "điểm cầu" a video link.
_NOT_BEFORE: dict[str, str] = {
    "cơ sở": "vật chất|hạ tầng|dữ liệu|pháp lý|lưu trú|đảng|y tế|giáo dục|đào tạo|dạy nghề",
    "hộ": "chiếu|khẩu|lý|tịch",
    "xã": "hội|viên|luận",
    "huyện": "ủy",
    "tỉnh": "ủy|lộ",
    "người": "/",
    "lớp": "học sinh",
    "bộ": "phận|trưởng|đội|ảnh|phim|máy|hồ sơ|môn|, ngành|ngành",
    "đồng": "chí|bào|hồ|đội|thời|bộ|nghiệp|ruộng|lòng|hành|đều|phục",
    "điểm": (
        "cầu|đến|check|dừng|tham quan|sáng|nghẽn|mới|nhấn|chung|trường|kinh doanh|phân phối|tiêu thụ|kết nối|thu mua|"
        "công cộng|trình diễn|tập kết|vui chơi|nóng|đen|dân cư|giao dịch|dịch vụ|tư vấn|mua|cung|tập trung|khác"
    ),
    "năm": r"(?:19|20)\d\d(?!\s*[-–]\s*(?:19|20)\d\d)|tuổi|nay|ngoái",
    "tháng": r"đầu|cuối|tuổi|\d",
    "ngày": r"\d",
    "nhóm": "máu",
    "sàn": "nhà|gỗ",
}
# Lists of one rank under one number: "27/173 xã, phường, thị trấn".
_LISTS = (
    (r"xã|phường|thị trấn|đặc khu", r"xã|phường|thị trấn|đặc khu"),
    (r"huyện|quận|thị xã|thành phố", r"huyện|quận|thị xã|thị|thành phố|thành"),
    (r"tỉnh", r"thành phố|thành"),
)
_RANK_OF = {"đặc khu": "xã", "thành phố": "huyện"}
_JOIN = r"(?:\s*[,/–-]\s*|\s+(?:và|hoặc|cùng)\s+|\s+)"
_PRODUCER_FORMS = "|".join(
    re.escape(form) for form, what in NOUN_FORMS if what in PRODUCERS and form not in ("nhà sản xuất",)
)
_ANOTHER_PRODUCER = re.compile(
    rf"\s*(?:,|/|;|&|(?<!\w)(?:và|hoặc|cùng|hay)(?!\w))\s*(?:(?:các|những)\s+)?(?P<form>{_PRODUCER_FORMS}|đơn vị)(?!\w)"
    r"(?!\s*:?\s*\d)",
    re.IGNORECASE,
)


def _noun_pattern() -> re.Pattern[str]:
    parts = [
        # "5 huyện, thành phố Nam Định có 8": a name after the rank begins another clause
        rf"(?:{first})(?:{_JOIN}(?:{other})(?!\w)(?!\s+(?-i:[A-ZĐ]))(?!\s*:?\s*\d))+"
        for first, other in _LISTS
    ]
    for form, _ in NOUN_FORMS:
        after = _NOT_BEFORE.get(form)
        parts.append(re.escape(form).replace(r"\ ", r"\s+") + (rf"(?!\s*(?:{after})(?!\w))" if after else ""))
    return re.compile(r"\s*(?:\([^()]{1,40}\)\s*)?(?P<noun>" + "|".join(parts) + r")(?!\w)", re.IGNORECASE)


_NOUN = _noun_pattern()


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A counted noun at `text[start:end]`: as compared, and the form as written."""

    what: str
    form: str
    start: int
    end: int


# direct: the noun follows. stated: the noun stands before, with words of its own ("số sản phẩm 4 sao … là 62").
# said: the noun was said before. named: so was it, and a place stands before the number ("Can Lộc (6)").
# among: "2 trong số 28".
# respective: "lần lượt là 15 và 33 sản phẩm". series: "là 22 vào tháng 7, 47 vào tháng 9".
# former: "tăng từ 12 lên 18 sản phẩm".
Manner = Literal["direct", "stated", "said", "named", "among", "respective", "series", "former"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A number and the noun it counts, at `text[start:end]` with the words between.

    noun: None where only a star tells that products are counted. times: what the noun multiplies the number by.
    """

    number: Number
    what: str
    times: float
    noun: Span | None
    manner: Manner
    start: int
    end: int


def noun_at(text: str, at: int = 0) -> Noun | None:
    """The counted noun that begins at `text[at:]`, white space and a bracket ("01 (một) sản phẩm") skipped, or None."""
    match = _NOUN.match(text, at)
    if match is None:
        return None
    form = " ".join(match["noun"].lower().split())
    first = next((rank for rank in _RANKS if form.startswith(rank)), form)
    what = NOUNS.get(form) or _RANK_OF.get(first) or NOUNS[first]
    return Noun(what=what, form=form, start=match.start("noun"), end=match.end("noun"))


_RANKS = ("xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "thành phố", "tỉnh")


def multiplier(form: str) -> float:
    """What a number of that form is multiplied by: "tỷ đồng" -> 1e9."""
    return _TIMES.get(form, 1.0)


def counted_noun(text: str) -> tuple[str, str] | None:
    """(noun as compared, form as written) at the start of a text, or None: "cơ sở sản xuất …" -> ("chủ thể", …)."""
    noun = noun_at(text)
    return None if noun is None else (noun.what, noun.form)


def noun_with_list(text: str, noun: Noun) -> Noun:
    """Several forms of producers under one number are "chủ thể": "15 doanh nghiệp, HTX và hộ cá thể"."""
    if noun.what not in PRODUCERS:
        return noun
    end, forms = noun.end, {noun.what}
    while (other := _ANOTHER_PRODUCER.match(text, end)) is not None:
        forms.add(NOUNS.get(" ".join(other["form"].lower().split()), "đơn vị"))
        end = other.end()
    what = noun.what if len(forms) == 1 else "chủ thể"
    return replace(noun, what=what, end=end)
