"""What a person types for a field, as the field holds it; what the field cannot hold is refused and said."""

import re
from datetime import date
from typing import cast

from crawler.article import fold_space
from index.decisions.decision import Change
from index.places.named import province_key
from index.review.correction import CorrectionRefused, FieldName
from index.text import strip_marks

_STAR = re.compile(r"(?:hang\s+)?([1-5])(?:\s*sao)?")
_SCORE = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
_CHANGES: dict[str, Change] = {
    "moi": "new",
    "cong nhan moi": "new",
    "lan dau": "new",
    "nang hang": "upgraded",
    "cong nhan lai": "renewed",
    "danh gia lai": "renewed",
    "phan hang lai": "renewed",
}
_VIETNAMESE_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def star_of(text: str) -> int:
    """ "4", "4 sao", "hạng 4 sao" -> 4.

    Raises:
        CorrectionRefused: it is none of 1 to 5.
    """
    match = _STAR.fullmatch(strip_marks(fold_space(text)).lower())
    if match is None:
        raise CorrectionRefused(f"{text!r} không phải hạng sao; cần 1 đến 5, ví dụ “4 sao”")
    return int(match[1])


def score_of(text: str) -> float:
    """ "78,5" -> 78.5.

    Raises:
        CorrectionRefused: it is no number from 0 to 100.
    """
    folded = fold_space(text)
    value = float(folded.replace(",", ".")) if _SCORE.fullmatch(folded) else -1.0
    if not 0 <= value <= 100:
        raise CorrectionRefused(f"{text!r} không phải điểm; cần số từ 0 đến 100, ví dụ “78,5”")
    return value


def change_of(text: str) -> Change:
    """ "mới", "nâng hạng", "công nhận lại" -> as a product's line tells it.

    Raises:
        CorrectionRefused: it is none of these.
    """
    found = _CHANGES.get(strip_marks(fold_space(text)).lower())
    if found is None:
        raise CorrectionRefused(f"{text!r} không phải loại công nhận; cần “mới”, “nâng hạng” hoặc “công nhận lại”")
    return found


def day_of(text: str) -> str:
    """ "12/9/2025" or "2025-09-12" -> "2025-09-12".

    Raises:
        CorrectionRefused: it is no day of the calendar.
    """
    folded = fold_space(text)
    match = _VIETNAMESE_DAY.fullmatch(folded)
    try:
        if match is not None:
            return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
        return date.fromisoformat(folded).isoformat()
    except ValueError:
        raise CorrectionRefused(f"{text!r} không phải ngày; cần dạng 12/9/2025 hoặc 2025-09-12") from None


def months_of(text: str) -> int:
    """ "36" or "36 tháng" -> 36.

    Raises:
        CorrectionRefused: it is no number of months from 1 to 120.
    """
    match = re.fullmatch(r"(\d{1,3})(?:\s*tháng)?", fold_space(text).lower())
    months = int(match[1]) if match is not None else 0
    if not 1 <= months <= 120:
        raise CorrectionRefused(f"{text!r} không phải thời hạn; cần số tháng từ 1 đến 120, ví dụ “36 tháng”")
    return months


def place_of(text: str) -> str:
    """ "Nam Định" -> "nam-dinh".

    Raises:
        CorrectionRefused: no province is called so, now or before July 2025.
    """
    key = province_key(text)
    if key is None:
        raise CorrectionRefused(f"không biết tỉnh, thành phố nào tên {text!r}; cần ví dụ “Nam Định”")
    return key


def checked(field: FieldName, value: str | None) -> str | None:
    """A value as it is kept: white space folded, of a kind that its field can hold.

    Raises:
        CorrectionRefused: it is empty, too long, or the field cannot hold it.
    """
    if field == "line":
        if value is not None:
            raise CorrectionRefused("dòng không phải sản phẩm thì không có giá trị nào khác; bỏ trống giá trị")
        return None
    if field == "same" and value not in ("same", "apart"):
        raise CorrectionRefused(f"{value or ''!r}: cần nói hai sản phẩm là một (“same”) hay khác nhau (“apart”)")
    if value is None:
        if field == "name":
            raise CorrectionRefused("cần một giá trị; tên sản phẩm không bỏ trống được")
        return None
    folded = fold_space(value)
    if not folded or len(folded) > 300:
        raise CorrectionRefused(f"giá trị dài {len(folded)} ký tự; cần 1 đến 300")
    parse = {
        "star": star_of,
        "score": score_of,
        "change": change_of,
        "issued": day_of,
        "effective": day_of,
        "valid_months": months_of,
        "place": place_of,
    }.get(field)
    if parse is not None:
        cast("object", parse(folded))
    return folded
