"""Questions of people in a hurry written out: shorthand and slang as whole words, read by what stands beside them.

"bn" is bao nhiêu before what is counted and Bắc Ninh where a place stands; "đk" is điều kiện before "gì" and đăng ký
before what is registered. What no rule decides stays as it was typed. Written out with marks where the question has
any, else without, so that restoring sees one writer.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from index.places.abbreviations import CONTRACTED
from index.places.named import PROVINCES
from index.text import CAPITALS, has_marks, strip_marks

# Read one way wherever they stand. A form typed without marks is read too.
_ALWAYS: dict[str, str] = {
    "bnhiu": "bao nhiêu", "bnhieu": "bao nhiêu", "bnhiêu": "bao nhiêu", "bnh": "bao nhiêu",
    "baonhieu": "bao nhiêu", "baonhiu": "bao nhiêu", "nhiu": "nhiêu", "nhìu": "nhiều",
    "sp": "sản phẩm", "spham": "sản phẩm", "sphẩm": "sản phẩm",
    "hso": "hồ sơ", "hsơ": "hồ sơ", "hồsơ": "hồ sơ", "gcn": "giấy chứng nhận", "gcnhan": "giấy chứng nhận",
    "đky": "đăng ký", "đki": "đăng ký", "dky": "đăng ký", "dki": "đăng ký", "đkí": "đăng ký", "đký": "đăng ký",
    "đkien": "điều kiện", "đkiện": "điều kiện", "dkien": "điều kiện",
    "dc": "được", "đc": "được", "đx": "được", "dx": "được", "đươc": "được", "dk": "được", "đk": "điều kiện",
    "ko": "không", "k": "không", "hok": "không", "hong": "không", "hông": "không", "hem": "không", "hk": "không",
    "khum": "không", "hổng": "không", "kg": "không", "khg": "không", "kh0": "không", "k0": "không",
    "ntn": "như thế nào", "nthe": "như thế", "tnao": "thế nào", "tnào": "thế nào", "saoz": "sao vậy",
    "j": "gì", "jì": "gì", "gj": "gì", "z": "vậy", "zậy": "vậy", "zay": "vậy", "dz": "vậy", "dzậy": "vậy",
    "dzay": "vậy", "zị": "vậy", "vậi": "vậy", "vs": "với", "vớj": "với", "trc": "trước", "ms": "mới",
    "gđ": "giai đoạn", "típ": "tiếp", "nhut": "nhất", "nhứt": "nhất",
    "nx": "nữa", "lm": "làm", "mik": "mình", "mk": "mình", "mìk": "mình", "ng": "người", "nhg": "nhưng",
    "nhữg": "những", "nhug": "những", "bít": "biết", "bik": "biết", "bjt": "biết", "thui": "thôi", "ròi": "rồi",
    "rùi": "rồi", "hqua": "hôm qua", "hnay": "hôm nay", "bjo": "bây giờ", "bgio": "bây giờ", "bh": "bây giờ",
    "cty": "công ty", "ctytnhh": "công ty tnhh", "dnghiep": "doanh nghiệp", "dnghiệp": "doanh nghiệp",
    "tchi": "tiêu chí", "tchí": "tiêu chí", "tiêuchí": "tiêu chí", "ctrinh": "chương trình",
    "ctrình": "chương trình", "ctr": "chương trình", "cthe": "chủ thể", "cthể": "chủ thể", "tchuan": "tiêu chuẩn",
    "tchuẩn": "tiêu chuẩn", "ptram": "phần trăm", "phtrăm": "phần trăm", "thgian": "thời gian", "tgian": "thời gian",
    "hsd": "hạn sử dụng", "đkkd": "đăng ký kinh doanh", "dkkd": "đăng ký kinh doanh", "sxkd": "sản xuất kinh doanh",
    "dlich": "du lịch", "dlịch": "du lịch", "htxa": "hợp tác xã", "qđịnh": "quyết định",
    "qdinh": "quyết định", "vb": "văn bản", "vban": "văn bản", "vbản": "văn bản", "hlực": "hiệu lực",
    "hluc": "hiệu lực", "ocob": "ocop", "ocopp": "ocop", "ôcốp": "ocop", "ôcop": "ocop", "ocóp": "ocop",
    "phhang": "phân hạng", "hđđg": "hội đồng đánh giá", "hdđg": "hội đồng đánh giá", "tmđt": "thương mại điện tử",
    "tmdt": "thương mại điện tử", "ktra": "kiểm tra", "sx": "sản xuất", "sxuat": "sản xuất", "sxuất": "sản xuất",
    "hdong": "hội đồng", "hđồng": "hội đồng", "đgia": "đánh giá", "dgia": "đánh giá",
}  # fmt: skip
# Written to nobody in particular, or to whom one speaks: dropped.
_DROPPED = frozenset("ad add adm admin mn mng ní bro ak ạh uhm ờm hihi hehe haha huhu :) :v ^^".split())
_BEFORE_PLACE = frozenset("tỉnh tinh ở o tại tai của cua bên ben thuộc thuoc về ve tp".split())
_ASKS_MANY = re.compile(r"(?<!\w)(?:bn|bnh\w*|bao nhi\w+|mấy|may|nhiu)(?!\w)", re.IGNORECASE)
_TOKEN = re.compile(r"(?<![\w/.&@'’-])[^\W_]{1,9}(?![\w/&@]|['’]\w|-\w|\.\w)")
_STAR_MARK = re.compile(
    r"(?<![\w*])([1-5]|mấy\s|may\s)(?:\s?\*(?!\*)|(?:sao|soa|saoo|saao|sa0)(?!\w)|(?<=\d)s(?!\w))", re.IGNORECASE
)


# "49đ", "mấy đ": points where stars or marks are spoken of, else money.
_POINT_MARK = re.compile(r"(?<![\w.,])((?:\d{1,2}(?:[.,]\d)?|100)\s?|(?:mấy|may|bao nhiêu)\s)đ(?![\w/])", re.IGNORECASE)
_OF_MARKS = re.compile(r"(?<!\w)(?:sao|hạng|chấm)(?!\w)|\*", re.IGNORECASE)
# "47d" of a question typed without marks.
_POINT_BARE = re.compile(r"(?<![\w.,])((?:\d{2}(?:[.,]\d)?|100)\s?)d(?![\w/])", re.IGNORECASE)
_OF_MARKS_BARE = re.compile(r"(?<!\w)(?:xep hang|hang may|hang nao|may sao|cham|tong diem|tong)(?!\w)", re.IGNORECASE)
# "t11/2025", "T7 năm 2024": a month where a year stands by it.
_MONTH = re.compile(
    r"(?<![\w/.])t\.?\s?(0?[1-9]|1[0-2])(?=\s?[/.-]\s?(?:19|20)\d\d(?!\d)|\s+(?:năm|nam)\s+\d)", re.IGNORECASE
)
# "Q.Ninh", "h. phòng": the first letter of a name for its first syllable.
_INITIAL = re.compile(r"(?<![\w.])([^\W\d_])\.\s?([^\W\d_]{2,6})(?![\w.])")


# "cuối năm 24": a year of the programme by its last digits, and no count of years or of what stands behind.
_SHORT_YEAR = (
    r"năm '?(?P<year>1[89]|2\d)(?=\s*(?:[?,.;]|$)|\s+(?:có|được|đạt|thì|là|tỉnh|toàn|ở|của|đến|nay|đc|dc|trở)(?!\w))"
)
# Words of the Centre and turns of phrase, as they are typed with marks ("mo" and "chi" without them may be anything).
_SPOKEN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), said)
    for pattern, said in (
        (r"(?<!\w)(?:bi nhiêu|(?<!bao )(?<!bấy )(?<!phì )(?<!phong )nhiêu)(?!\w)", "bao nhiêu"),
        (rf"(?<!\w)(?:mạn|miệt)(?=\s+(?-i:[{CAPITALS}]))", "ở"),
        (r"(?<!\w)(?:bây chừ|chừ|giừ)(?!\w)", "bây giờ"),
        (r"(?<!\w)(?P<when>năm|đợt|tháng|kỳ|lần|nơi|chỗ|món|cái|tỉnh|xã) ni(?!\w)", r"\g<when> này"),
        (r"(?<!\w)nớ(?!\w)", "ấy"),
        (r"(?<!\w)ổng(?!\w)", "ông ấy"),
        (r"(?<!\w)bả(?!\w)(?=\s+(?:nói|biểu|bảo|có|là|làm))", "bà ấy"),
        (r"(?<=ấy )biểu(?!\w)", "nói"),
        (r"(?<!xín )(?<!\w)mần(?!\w)", "làm"),
        (r"(?<!\w)vô(?=\s+(?:đâu|mô|xã|tỉnh|bộ|nhóm|danh sách|hạng)(?!\w))", "vào"),
        (r"(?<!mùa)(?<!dịp)(?<!vụ)\s+(?:hè|hỉ|hầy|nghen|hen|nghe|hở|hử)(?=\s*[?.!]*$)", ""),
        (r"(?<!\w)rứa(?!\w)", "vậy"),
        (r"(?<!\w)nhứt(?!\w)", "nhất"),
        (
            r"(?<!\w)cứ (?:mỗi )?(?:100|một trăm) (?P<of>sản phẩm|sp|món)(?P<name>(?: ocop)?)(?: thì|,)?"
            r"(?: (?:có|được|khoảng|chừng|độ))* (?:mấy|bao nhiêu)(?: (?:cái|sản phẩm|sp|món))?(?!\w)",
            r"bao nhiêu phần trăm \g<of>\g<name>",
        ),
        (rf"(?<!\w)(?P<lead>(?:đầu|giữa|cuối|hết|trong|hồi|từ|đến|tới|vào) )?{_SHORT_YEAR}", r"\g<lead>năm 20\g<year>"),
        (r"(?<!\w)cà fê(?!\w)", "cà phê"),
        (r"(?<!\w)(?<!mẩu )mẩu(?=\s+(?:sp|sản phẩm|hàng|đơn|phiếu|số)(?!\w))|(?<=cấp )mẩu|(?<=nộp )mẩu", "mẫu"),
        (r"(?<!\w)nhãn hiêu(?!\w)", "nhãn hiệu"),
        (r"(?<!\w)nc(?=\s+(?:mắm|khoáng|ép|ngoài|tương|cốt|yến|uống|giải khát)(?!\w))", "nước"),
        (r"^v(?=\s+(?:có|là|thì|nếu|em|mình|tôi|tui|phải|cần|bộ|còn|mấy|bao nhiêu)(?!\w))", "vậy"),
        (r"(?<!\w)h[eé]c-?\s?ta(?!\w)", "ha"),
        (r"(?<!\w)trắng tay(?!\w)", "chưa có"),
        (r"(?<!\w)(?P<lead>còn|vẫn|nào|đang) trắng(?=\s+(?:sản phẩm|sp|hàng)(?!\w))", r"\g<lead> chưa có"),
        (r"(?<!\w)(?P<lead>còn|vẫn|nào|đang) trắng(?=\s+ocop(?!\w))", r"\g<lead> chưa có sản phẩm"),
        (r"(?<!\w)(?P<at>ở|tại|về|đi) mô(?!\w)", r"\g<at> đâu"),
        (r"(?<!\w)(?P<at>đến|tới|từ|ra|vào) mô(?!\w)(?!\s+hình)", r"\g<at> đâu"),
        (
            r"(?<!\w)(?P<which>(?!(?:quy|vĩ|vi|đa|cấy|yên) )\w+) (?-i:mô)(?!\w)(?!\s+(?:hình|tả|phỏng|típ|men))",
            r"\g<which> nào",
        ),
        (
            r"(?<!\w)(?P<what>cái|món|những|gồm|là|làm|việc|tên) chi(?!\w)(?!\s+(?:phí|trả|tiêu|tiền|cục|nhánh|tiết))",
            r"\g<what> gì",
        ),
        (r"(?<=\w)(?<!củ)\s+(?-i:chi)(?=\s*[?.,!]|\s*$|\s+(?:vậy|đó|ấy|không)(?!\w))", " gì"),
        (r"(?<!\w)(?P<how>ra|là|làm|thì) răng(?!\w)", r"\g<how> sao"),
        (r"^răng(?!\w)|(?<=\s)răng(?=\s+(?:lại|mà|không|chưa|phải)(?!\w))", "sao"),
    )
)


@lru_cache(maxsize=256)
def spelt_out(text: str) -> str:
    """A question with its shorthand written out; what is not read stays as typed."""
    marked = has_marks(text)
    for pattern, said in _SPOKEN if marked else ():
        text = pattern.sub(said, text)
    if not marked and _OF_MARKS_BARE.search(text):
        text = _POINT_BARE.sub(lambda match: f"{match[1].rstrip()} diem", text)
    if marked and _OF_MARKS.search(text):
        text = _POINT_BARE.sub(lambda match: f"{match[1].rstrip()} điểm", text)
    if not (_POINT_MARK.search(text) or _STAR_MARK.search(text) or _TOKEN.search(text) or _INITIAL.search(text)):
        return text
    if _OF_MARKS.search(text):
        text = _POINT_MARK.sub(lambda match: f"{match[1].rstrip()} điểm", text)
    text = _STAR_MARK.sub(r"\1 sao", text)
    text = _MONTH.sub(r"tháng \1" if marked else r"thang \1", text)
    text = _INITIAL.sub(_named, text)
    pieces: list[str] = []
    done = 0
    for match in _TOKEN.finditer(text):
        read = _read(text, match)
        if read is None:
            continue
        pieces.append(text[done : match.start()])
        pieces.append(_cased(read if marked else strip_marks(read), match[0]))
        done = match.end()
    return " ".join("".join([*pieces, text[done:]]).split())


_RANKS = frozenset("hxpqt")
_GOES_ON = re.compile(rf"\s+[{CAPITALS}]")


def _named(match: re.Match[str]) -> str:
    """The one province of two syllables whose name may be shortened so ("Q.Ninh" is Quảng Ninh); else as typed."""
    initial, rest = match[1].lower(), match[2].lower()
    if initial in _RANKS and _GOES_ON.match(match.string, match.end()):
        return match[0]  # "h. Bình Đại" is a district
    names = [
        province.name
        for province in PROVINCES.values()
        if len(parts := province.name.lower().split()) == 2
        and strip_marks(parts[0][0]) == strip_marks(initial)
        and (parts[1] == rest or (not has_marks(rest) and strip_marks(parts[1]) == rest))
    ]
    return names[0] if len(names) == 1 else match[0]


@lru_cache(maxsize=65536)
def _contracted(word: str) -> str | None:
    """The one province that a lower-case word shortens ("qnam", "qngãi"), or None."""
    keys = CONTRACTED.get(strip_marks(word), ())
    return PROVINCES[keys[0]].name if len(keys) == 1 else None


def _read(text: str, match: re.Match[str]) -> str | None:
    word = match[0].lower()
    if (province := _contracted(word)) is not None:
        return province
    before = _word_before(text, match.start())
    after = _word_after(text, match.end())
    if word in _BY_CONTEXT:
        # in capitals among small letters it is a name or a term ("BN", "TC")
        if match[0].isupper() and len(word) > 1 and not text.isupper() and word not in ("qđ", "hs", "dk", "đk"):
            return None
        return _BY_CONTEXT[word](text, match, before, after)
    if word in _DROPPED and not match[0].isupper():
        return "" if before == "" or after == "" or word in ("mn", "mng", "ak", "ạh") else None
    if match[0].isupper() and len(word) <= 2 and word not in ("sp", "ko", "dc", "đc", "vb"):
        return None
    return _ALWAYS.get(word)


_MAKERS = ("chủ", "chu", "htx", "hộ", "ho", "cơ", "đơn", "doanh", "cty")
_COUNTED = ("sp", "spham", "sản", "san", "món", "mon", *_MAKERS)


def _many_or_bac_ninh(text: str, match: re.Match[str], before: str, after: str) -> str | None:
    others = _ASKS_MANY.search(text[: match.start()] + " " * len(match[0]) + text[match.end() :])
    if before in _BEFORE_PLACE:
        # "của bn chủ thể" counts, and "thu hồi giấy của bn sp" where nothing else does
        counts = before in ("của", "cua") and (after in _MAKERS or (after in _COUNTED and not others))
        return "bao nhiêu" if counts else "Bắc Ninh"
    opens = before == ""
    placed = after in ("có", "co", "cũ", "cu", "mới", "moi", "hiện", "hien", "đã", "da", "thì", "thi", "được", "duoc")
    dated = after in ("năm", "nam", "tháng", "thang", "cuối", "cuoi", "đầu", "dau", "giữa", "giua") and re.match(
        r"\s+\w+\s+(?:năm |nam |tháng |thang )?\d", text[match.end() :]
    )
    if opens and (dated or (placed and others)):
        return "Bắc Ninh"
    return "bao nhiêu"


def _condition_or_registered(text: str, match: re.Match[str], before: str, after: str) -> str | None:
    if after in ("gì", "gi", "j", "nào", "nao", "để", "de", "cần", "can", "là", "la", "xét", "xet") or before in (
        *("đủ", "du", "những", "nhung", "các", "cac", "mấy", "may", "thỏa"),
    ):
        return "điều kiện"
    if after in ("ocop", "sp", "sản", "san", "kinh", "nhãn", "nhan", "kd", "tham", "mới", "ở", "o", "dự"):
        return "đăng ký"
    if before in ("cần", "can", "muốn", "muon", "phải", "phai", "đi", "di", "để", "hồ", "đơn", "don", "phiếu"):
        return "đăng ký"
    return "được"


def _received_or_address(text: str, match: re.Match[str], before: str, after: str) -> str | None:
    return "địa chỉ" if before in ("xin", "số") and match[0].lower() == "đc" else "được"


def _not_or_kilogram(text: str, match: re.Match[str], before: str, after: str) -> str | None:
    return (
        None if before[:1].isdigit() or (match[0].lower() == "kg" and before in ("mỗi", "một", "1", "cho")) else "không"
    )


def _file(text: str, match: re.Match[str], before: str, after: str) -> str | None:
    return None if after in ("giỏi", "gioi", "cấp", "lớp", "lop") or before in ("em", "các", "cac") else "hồ sơ"


def _decision(text: str, match: re.Match[str], before: str, after: str) -> str | None:
    return "quyết định"


def _list_of(text: str, match: re.Match[str], before: str, after: str) -> str | None:
    held = ("trong", "theo", "của", "cua", "có", "co", "bảng", "bang", "vào", "vao", "cái", "cai")
    return "danh mục" if before in held or after in ("sp", "ocop", "năm", "nam", "sản", "san", "của") else None


def _criteria(text: str, match: re.Match[str], before: str, after: str) -> str | None:
    if re.search(r"(?:thông tư|thong tu|tt|bộ trưởng)(?:\s+\S+){0,4}\s*$", text[: match.start()], re.IGNORECASE):
        return "tài chính"
    held = ("bộ", "bo", "các", "cac", "những", "nhung", "mấy", "may", "theo", "tiểu")
    return "tiêu chí" if before in held or after in ("ocop", "nào", "nao", "gì", "gi", "j", "chấm", "cham") else None


def _community(text: str, match: re.Match[str], before: str, after: str) -> str | None:
    return "cộng đồng" if before in ("lịch", "lich", "dl", "dlich") else None


def _tourism(text: str, match: re.Match[str], before: str, after: str) -> str | None:
    return "du lịch" if after in ("cđ", "cd", "cộng", "cong", "nông", "nong", "sinh", "ocop") else None


def _thus(text: str, match: re.Match[str], before: str, after: str) -> str | None:
    """ "v" at the end is vậy."""
    return "vậy" if after == "" or after in ("ạ", "a", "ad", "add", "nhỉ", "nhi", "mn", "ta") else None


def _already(text: str, match: re.Match[str], before: str, after: str) -> str | None:
    return "rồi" if after == "" or before in ("chưa", "chua", "xong", "hết", "het") else None


def _plan(text: str, match: re.Match[str], before: str, after: str) -> str | None:
    of = after in ("số", "so", "năm", "nam", "của", "cua", "nào", "nao", "giai", "phát", "phat")
    return (
        "kế hoạch" if of or before in ("theo", "trong", "đặt", "dat") else "không" if before and after == "" else None
    )


def _programme_or_firm(text: str, match: re.Match[str], before: str, after: str) -> str | None:
    if after in ("tnhh", "cp", "cổ", "co"):
        return "công ty"
    if before in ("bn", "nhiêu", "nhieu", "bnhiu", "bnhieu", "mấy", "may", "số"):
        return "chủ thể"  # what is counted here
    return "chương trình" if after in ("ocop", "mỗi", "moi", "mtqg", "mục", "này", "nay") else None


def _i(text: str, match: re.Match[str], before: str, after: str) -> str | None:
    """ "e", "a", "c": whom one speaks as or to."""
    if match[0].lower() != "e":
        return {"a": "anh", "c": "chị"}[match[0].lower()] if before in ("chào", "chao", "nhờ", "nho", "thưa") else None
    spoken = before in ("", "cho", "dạ", "da", "chào", "chao", "giúp", "giup", "hỏi", "hoi", "của", "cua", "nhà", "ơi")
    return "em" if spoken and after not in ("", ".", "khoản") else None


def _recognised_or_certified(text: str, match: re.Match[str], before: str, after: str) -> str | None:
    """ "do bộ nào cn", "đc cn 4 sao", "cn sp": công nhận; "giấy cn": chứng nhận."""
    if before in ("giấy", "giay", "bằng", "bang", "tem", "dấu", "dau", "hiệu", "hieu"):
        return "chứng nhận"
    acts = ("nào", "nao", "ai", "tỉnh", "tinh", "huyện", "huyen", "xã", "xa", "bộ", "bo", "được", "duoc", "đc", "dc")
    acted_on = ("sp", "sản", "san", "ocop", "lại", "lai", "hạng", "hang", "mấy", "may", "bn", "bao")
    return "công nhận" if before in acts or after in acted_on or after[:1].isdecimal() else None


def _how(text: str, match: re.Match[str], before: str, after: str) -> str | None:
    """ "thì s", "trả lời là s": sao, at the end."""
    return "sao" if before in ("thì", "thi", "là", "la", "làm", "lam", "vì", "tại") and after in ("", "?") else None


_BY_CONTEXT: dict[str, Callable[[str, re.Match[str], str, str], str | None]] = {
    "bn": _many_or_bac_ninh,
    "đk": _condition_or_registered, "dk": _condition_or_registered,
    "đc": _received_or_address,
    "k": _not_or_kilogram, "kg": _not_or_kilogram,
    "hs": _file,
    "qđ": _decision, "qd": _decision,
    "dm": _list_of,
    "tc": _criteria,
    "cđ": _community, "cd": _community, "dl": _tourism,
    "v": _thus, "r": _already,
    "cn": _recognised_or_certified,
    "kh": _plan, "ct": _programme_or_firm,
    "e": _i, "a": _i, "c": _i, "s": _how,
}  # fmt: skip


def _word_before(text: str, start: int) -> str:
    """The word right before, "" where a clause begins."""
    found = re.search(r"([\w%]+)[ ]*$", text[:start])
    return found[1].lower() if found else ""


def _word_after(text: str, end: int) -> str:
    """The word right behind, "" where a clause ends."""
    found = re.match(r"[ ]*(\w+)", text[end:])
    return found[1].lower() if found else ""


def _cased(read: str, typed: str) -> str:
    return read.capitalize() if typed[0].isupper() and not typed.isupper() and read.islower() else read
