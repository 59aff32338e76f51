"""What only contains a province's name: communes and districts called so elsewhere, rivers, people, phrases."""

import re
from functools import lru_cache

from index.places.provinces import slug
from index.text import strip_marks

# A commune, ward or district named like a province, mostly elsewhere (huyện Quảng Ninh is in Quảng Bình), and rivers.
_LESSER = re.compile(
    r"(?<!\w)(?<!tác )(?<!các )(?<!số )(?<!mấy )(?<!nhiêu )(?<!nhiều )(?<!mỗi )(?<!cấp )(?<!\d )(?<!thị )"
    r"(?<!trăm )(?<!tỷ lệ )(?<!tỉ lệ )(?<!xã, )(?<!phường, )(?<!huyện, )(?<!xã và )(?<!phường và )(?<!huyện và )"
    r"(?:xã|phường|thị trấn|quận|huyện|sông|thôn)\s+$",
    re.IGNORECASE,
)
# Surnames that are also products ("Lê Cao Bằng", "Ngô Sơn La", "Đỗ") are left out.
_PERSON = re.compile(
    r"(?<!\w)(?:Nguyễn|Trần|Phạm|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Thị|[Ôô]ng|[Bb]à|[Cc]hị|nguyễn|trần|nguyen)\s+$"
)
# slug -> (words before, words after) that make it something else, in marks; read also without them.
_NEIGHBOURS: dict[str, tuple[str, str]] = {
    "ho-chi-minh": (
        "chủ tịch|bác|tư tưởng|phong cách|đạo đức|niên|cộng sản|tncs|quốc gia|lăng|bảo tàng|huân chương|giải thưởng|"
        "chiến dịch|đường|đường mòn|tiền phong|thời đại",
        "vĩ đại|kính yêu",
    ),
    "sai-gon": ("", r"co\.?op"),  # a chain of shops
    "saigon": ("", r"co\.?op"),
    "ha-nam": ("", "ninh"),
    "ha-tinh": ("", "năng"),
    "tuyen-quang": ("", "cáo|bá"),
    "thai-binh": ("thiên hạ|đời sống", "dương"),
    "hoa-binh": ("thế giới|vì|nền|yêu chuộng|yêu|giữ gìn|bảo vệ|khát vọng|bồ câu", "thế giới|hữu nghị"),
    "dong-thap": ("", "mười|hơn"),
    "hai-duong": ("sinh vật|tài nguyên|đại", "học|dây|link|liên kết|dẫn"),
    "dien-bien": (
        "tự|theo dõi|mọi",
        "phủ|giá|dịch|thời tiết|phức tạp|thế nào|ra sao|mới|thị trường|tình hình|như thế nào|của",
    ),
    "nam-dinh": (
        "việt|miền|mỗi|mọi|hằng|hàng|từng|mấy|nhiêu|nhiều",
        "hướng|kỳ|kì|cư|lượng|giá|nghĩa|mức|vị|dưỡng",
    ),
    "cao-bang": (
        "nâng|không|trình độ|chất lượng|mức",
        "cách|nhau|với|mức|cấp|bao nhiêu|ai|tiêu chí|hoặc|việc|năm ngoái|năm trước",
    ),
    "long-an": ("thăng|hạ|cửu|hài", "toàn|ninh|uống|tâm"),
    "gia-lai": ("đánh|quốc|chuyên|tham|hoàng anh|tăng", "tạo|giống"),
    "lang-son": ("", "mài|ta|then"),
    "ca-mau": ("nộp|gửi|kèm|thêm|đổi|thay", "mã|bao bì|giấy|đơn|phiếu|số|nhãn|in"),
    "hai-phong": ("", "cách|trào|tục|vị|ban|họp|khám|ngủ|nghỉ|học|thi|làm|trưng bày|thí nghiệm"),
    "lam-dong": ("", "gói|hộp|nắp|phục|bộ|lực|tác"),
    "da-nang": ("máy|nồi|dụng cụ|thiết bị|xe", "cao|hạng|cấp|lên|tầm|mức|suất|chất"),
    "son-la": ("", "gì|một|loại|món|nghề"),
    "ninh-binh": ("an", "thường"),
    "ninh-thuan": ("an", "lợi"),
    "tra-vinh": ("kiểm|điều|thanh", "danh"),
    "vinh-long": ("quang|hạ", "trọng"),
    "vinh-phuc": ("quang", ""),
    "nghe-an": ("làng", "uống|toàn"),
    "ben-tre": ("", "em|hơn"),
    "can-tho": ("", "làm|may|mộc|dệt|rèn|thủ công"),
    "dac-nong": ("", "sản|nghiệp"),
    "thai-nguyen": ("", "liệu|tắc|chất"),
    "hue": ("hoa|trí|cây|củ|bông|ân|ưu", ""),
    "thanh-hoa": ("trở|hình", "đơn|quả|chất"),
    "an-giang": ("dự|đề|giáo", "dạy|bài|viên"),
    "ha-giang": ("", "dạy|bài|viên"),
    "tien-giang": ("", "dạy|bài|viên"),
    "bac-giang": ("", "dạy|bài|viên"),
    "kien-giang": ("", "dạy|bài|viên"),
    "hau-giang": ("", "dạy|bài|viên"),
}


@lru_cache(maxsize=256)
def _neighbours(name: str, bare: bool) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    before, after = _NEIGHBOURS.get(name, ("", ""))
    if bare:
        before, after = strip_marks(before), strip_marks(after)
    return (
        re.compile(rf"(?<!\w)(?:{before})\s+$", re.IGNORECASE) if before else None,
        re.compile(rf"\s+(?:{after})(?!\w)", re.IGNORECASE) if after else None,
    )


def other_thing(folded: str, start: int, end: int) -> bool:
    """Whether the words around `folded[start:end]` make it a lesser place, a person or an ordinary phrase."""
    near = folded[max(0, start - 40) : start]
    if _LESSER.search(near) or _PERSON.search(near):
        return True
    name = folded[start:end]
    written = slug(name)
    if written == "dien-bien" and re.search(r"(?:thành phố|tp\.?|thanh pho)\s+$", near, re.IGNORECASE):
        return False  # the city Điện Biên Phủ is in Điện Biên
    if written == "hue" and re.search(r"(?<!thành )(?<!thanh )ph[ốo]\s+$", near, re.IGNORECASE):
        return True  # a street of Hà Nội
    capitals = all(word[0].isupper() for word in name.split())
    for bare in (False, True):
        before, after = _neighbours(written, bare)
        tail = folded[end : end + 20]
        if bare:
            near, tail = strip_marks(near), strip_marks(tail)
            if strip_marks(name) != name:
                continue  # a name in its marks has neighbours in theirs
        following = after.match(tail) if after else None
        if following is not None and (not capitals or following[0].strip()[0].isupper()):
            return True
        leading = None if before is None else before.search(near)
        if leading is not None and (not capitals or _even_in_capitals(written, leading[0])):
            return True
    return False


# Names that the words before them change also where they are printed in capitals ("Việt Nam Định hướng").
_EVEN_IN_CAPITALS = frozenset({"ho-chi-minh", "nam-dinh", "gia-lai", "long-an"})
# "mặt hàng Nam Định" is of Nam Định, typed in capitals: only "năm" without its mark would be another word.
_OF_A_YEAR = frozenset("mỗi mọi hằng hàng từng mấy nhiêu nhiều moi hang tung may nhieu".split())


def _even_in_capitals(name: str, leading: str) -> bool:
    return name in _EVEN_IN_CAPITALS and not (name == "nam-dinh" and leading.strip().lower() in _OF_A_YEAR)
