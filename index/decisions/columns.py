"""What the header of a column says that its cells are."""

import re
from dataclasses import dataclass
from typing import Literal

from index.decisions.decision import Change
from index.decisions.rows import Cell
from index.text import strip_marks

# star_of: a column of its own for one star, marked where a product has it ("3 sao" | "4 sao"); change_of: likewise for
# new and judged again. result: star, score or both. amount: sums, counts and units, which no list of products has but
# beside other things. other: a header of lists of something else (people, meetings, sums). plain: says nothing known.
Kind = Literal[
    "serial", "name", "producer", "address", "commune", "district", "province", "group", "star", "star_of", "score",
    "result", "change", "change_of", "amount", "other", "plain",
]  # fmt: skip

_HEADER_CHARS = 110
_ASIDE = re.compile(r"\([^()]*\)")
_MARKS = re.compile(r"[\s.:;*]+$|^[\s.:;*]+")
_STARS_WORD = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5}
_SERIAL = re.compile(r"(?:so )?(?:stt|tt)|so thu tu|no")
_STAR_OF = re.compile(
    r"(?:(?:san pham|sp|ocop|dat|hang|xep|xep hang|cong nhan)\s+)*(?P<star>0?[1-5]|mot|hai|ba|bon|nam)\s*-?\s*sao"
)
_CHANGE_OF = (
    (re.compile(r"(?:san pham |cong nhan |danh gia |cap |phan hang )*(?:moi|lan dau)"), "new"),
    (re.compile(r"(?:san pham |cong nhan |danh gia |cap |phan hang |tai )*(?:danh gia |cong nhan )?lai"), "renewed"),
    (re.compile(r"(?:san pham )?(?:nang|thang)(?: (?:hang|sao|cap))+"), "upgraded"),
)
_AMOUNT = re.compile(
    r"kinh phi|thanh tien|don gia|so tien|muc (?:thuong|ho tro|chi)|tien thuong|du toan|"
    r"^(?:tong )?so (?:luong|san pham|chu the|sp|ho|tien)|"
    r"^(?:sl|khoi luong|don vi tinh|dvt|san luong|doanh thu|gia ban)$|(?:trieu|nghin|ngan|ty) dong|\(dong\)|^dong$|"
    r"^(?:tong|tong so|tong cong|cong|luy ke)$|ty le|%"
)
# What a product may come to have is no star it has.
_HOPED = re.compile(r"(?<!\w)(?:du kien|dang ky|de nghi|de xuat|phan dau|tiem nang|muc tieu)(?!\w)")
_OTHER = re.compile(
    r"^(?:ho (?:va )?ten(?! san pham| chu)|chuc vu|chuc danh|nhiem vu|thoi gian|ngay(?: thang)?|dia diem(?! san xuat)|"
    r"noi dung(?! cong nhan| danh gia)|cong viec|tieu chi|diem toi da|phan cong|don vi chu tri|don vi phoi hop|"
    r"san pham dau ra|van ban|so hieu|ten (?:van ban|ho so|thanh vien|tep)|trich yeu|so,? ngay|dien thoai|"
    r"so dien thoai|ma so|co quan)(?!\w)"
)
_NAME = re.compile(
    r"(?:ten |danh muc |danh sach |ten goi )?(?:cac )?(?:san pham|sp)"
    r"(?:\W+(?:va |hoac )?(?:dich vu|ocop|du lich|hang hoa|san pham|nhom san pham))*"
    r"(?:\W+(?:du dieu kien|duoc|da|dang ky|tham gia|de nghi|danh gia|phan hang|xep hang|cong nhan|lai|dat|chuan|"
    r"hang sao|sao|thu hoi|cap|giay chung nhan|moi|nang hang|nam \d{4}|cap (?:tinh|huyen)|sau dieu chinh|dieu chinh|"
    r"theo ho so|ocop))*"
)
_MAKERS = r"htx|hop tac xa|doanh nghiep|dn|cong ty|ho kinh doanh|hkd|co so|to hop tac|tht|to chuc|ca nhan|ho|trang trai"
_PRODUCER = re.compile(
    r"(?:ten |thong tin )?(?:cac )?(?:chu the|nha san xuat|chu so huu|co so (?:san xuat|che bien|kinh doanh)|"
    r"don vi (?:san xuat|so huu|chu the|kinh doanh|dang ky|la chu the))(?!\w)(?! dat | duoc khen).{0,60}|"
    rf"(?:ten )?(?:{_MAKERS})(?:[\s,/;-]+(?:va )?(?:{_MAKERS}|chu the|don vi|san xuat))*"
)
_UNIT_ALONE = re.compile(r"(?:ten )?don vi")
_ADDRESS = re.compile(
    r"(?:dia chi|dia ban|dia phuong|noi san xuat|dia diem san xuat|tru so|xuat xu|noi dat co so|"
    r"(?:xa|phuong|thi tran)[\s,/&-]+(?:va )?(?:huyen|quan|thi xa|thanh pho|tp|tinh)|"
    r"(?:huyen|quan)[\s,/&-]+(?:va )?xa)(?!\w)"
)
_COMMUNE = re.compile(
    r"(?:ten )?(?:cap )?(?:xa|phuong|thi tran)(?:[\s,/&-]+(?:va )?(?:xa|phuong|p|thi tran|tt|dac khu|moi|cu))*"
)
_DISTRICT = re.compile(
    r"(?:ten )?(?:cap )?(?:huyen|quan|thi xa)(?:[\s,/&-]+(?:va )?(?:huyen|quan|thi xa|tx|thanh pho|tp|cu))*|"
    r"thanh pho(?:[\s,/&-]+(?:va )?(?:huyen|quan|thi xa))+"
)
_PROVINCE = re.compile(r"(?:ten )?tinh(?:[\s,/&-]+(?:va )?(?:thanh pho|tp))*|thanh pho[\s,/&-]+(?:va )?tinh|thanh pho")
_GROUP = re.compile(
    r"(?:(?:phan|ten) )?(?:nhom|nganh|bo san pham|bo tieu chi|loai (?:hinh )?san pham|linh vuc)(?!\w)(?! ho| thuc hien)"
)
_SCORE = re.compile(
    r"(?:ket qua |tong |so |muc )*(?:cham )?diem(?!\w)"
    r"(?! (?:ban|du lich|den|truy|cong nghiep|toi da|san xuat|gioi thieu))"
)
# "hạng" is a grade and "hàng" goods: told by their marks, which a header without any cannot.
_STAR = re.compile(
    r"(?<!\w)(?:hạng|sao|phân hạng|xếp hạng|xếp loại)(?!\w)|^(?:hang|sao|so sao|hang sao|phan hang|xep hang)$"
)
_RESULT = re.compile(
    r"ket qua(?: (?:danh gia|cong nhan|phan hang|xep hang|cham|thi|ocop|lai|va|de nghi|cua hoi dong))*|muc dat"
)
_CHANGE = re.compile(
    r"(?:ghi chu|hinh thuc(?: (?:cong nhan|danh gia|dang ky))?|loai (?:ho so|cong nhan|danh gia)|noi dung cong nhan|"
    r"tinh trang|phan loai|moi|moi[\s/,-]+lai|cong nhan moi[\s/,-]+(?:cong nhan )?lai)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column by its header. star, change: of a column of its own for one of them. head: the header's words."""

    kind: Kind
    head: Cell
    star: int | None = None
    change: Change | None = None
    # with "điều chỉnh": of two columns for one thing, what counts from now on
    amended: bool = False

    @property
    def known(self) -> bool:
        """Whether the header says anything that is known here."""
        return self.kind != "plain"


def column_of(head: Cell) -> Column:
    """What a header says."""
    if not head.text or len(head.text) > _HEADER_CHARS:
        return Column(kind="plain", head=head)
    whole = strip_marks(head.text).lower()
    marked = _MARKS.sub("", _ASIDE.sub(" ", head.text)).lower()
    marked = " ".join(marked.split()) or head.text.lower()
    bare = strip_marks(marked)
    if (match := _STAR_OF.fullmatch(bare)) is not None and not _HOPED.search(whole):
        return Column(kind="star_of", head=head, star=_number(match["star"]))
    for pattern, change in _CHANGE_OF:
        if pattern.fullmatch(bare):
            return Column(kind="change_of", head=head, change=change)  # type: ignore[arg-type]
    kind: Kind = "amount" if _AMOUNT.search(whole) else _kind(marked, bare)
    if kind in ("star", "result", "score") and _HOPED.search(whole):
        kind = "other"
    return Column(kind=kind, head=head, amended="dieu chinh" in bare)


def _number(word: str) -> int:
    return _STARS_WORD.get(word) or int(word)


def _kind(marked: str, bare: str) -> Kind:
    if _SERIAL.fullmatch(bare):
        return "serial"
    if _OTHER.match(bare):
        return "other"
    whole: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("name", _NAME), ("producer", _PRODUCER), ("commune", _COMMUNE), ("district", _DISTRICT),
        ("province", _PROVINCE), ("change", _CHANGE), ("result", _RESULT),
    )  # fmt: skip
    begun: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("address", _ADDRESS), ("group", _GROUP), ("score", _SCORE),
    )  # fmt: skip
    if (kind := next((kind for kind, pattern in whole if pattern.fullmatch(bare)), None)) is not None:
        return kind
    if (kind := next((kind for kind, pattern in begun if pattern.match(bare)), None)) is not None:
        return kind
    if _STAR.search(marked):
        return "star"
    return "producer" if _UNIT_ALONE.fullmatch(bare) else "plain"
