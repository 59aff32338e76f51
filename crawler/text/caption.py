"""Captions and sub-headings told from paragraphs by their words alone, for texts whose markup does not tell."""

import re

_CREDIT = re.compile(
    r"(?:^|[.(\s,;–-])\(?(?:ảnh|hình|photo)(?: minh họa| tư liệu| internet)?\s*:\s*(?:(?!\.\s)[^:]){1,60}\)?\.?$",
    re.IGNORECASE,
)
_ILLUSTRATION = re.compile(r"[.(]\s*(?:ảnh|hình)(?: minh họa| tư liệu| chụp màn hình)\)?\.?$", re.IGNORECASE)
# How captions of Vietnamese news photos begin: a person's office, a delegation, a view, a product shown.
_OPENING = re.compile(
    r"(?:ông|bà|anh|chị|đồng chí|đ/c|phó|chủ tịch|giám đốc|bí thư|lãnh đạo|đại diện|đại biểu|các đại biểu|đoàn|"
    r"ban tổ chức|"
    r"quang cảnh|toàn cảnh|khung cảnh|gian hàng|các gian hàng|người dân|du khách|khách hàng|nông dân|công nhân|cán bộ|"
    r"thành viên|nghệ nhân|học viên|bộ trưởng|thứ trưởng|trưởng|hội đồng|"
    r"(?:các |một số |những )?(?:sản phẩm|mặt hàng|mô hình|cơ sở))\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:\d{1,2}|[IVX]{1,5}|[a-zđ])[.)]\s|[-–+*•]\s|(?:thứ (?:nhất|hai|ba|tư|năm|sáu)|một là|hai là|ba là)\b",
    re.IGNORECASE,
)
_TERMINAL = (".", "!", "?", "…", ":", ";", ",", "”.", "/")
CAPTION_MAX_CHARS = 220
HEADING_MAX_CHARS = 140


def credited_caption(line: str) -> bool:
    """Whether the line ends by crediting a photograph ("... Ảnh: ĐVCC")."""
    return len(line) <= 2 * CAPTION_MAX_CHARS and (_CREDIT.search(line) or _ILLUSTRATION.search(line)) is not None


def unterminated(line: str) -> bool:
    """Whether the line stops without the mark that ends or continues a sentence."""
    return not line.endswith(_TERMINAL)


def caption_by_words(line: str) -> bool:
    """Whether a line standing between paragraphs, short and without final stop, names who or what a photo shows."""
    return (
        len(line) <= CAPTION_MAX_CHARS
        and unterminated(line)
        and not _NUMBERED.match(line)
        and _OPENING.match(line) is not None
        and len(line.split()) >= 4
    )


def heading_by_words(line: str) -> bool:
    """Whether a line standing before a paragraph, short and without final stop, can be its sub-heading."""
    words = line.split()
    return (
        len(line) <= HEADING_MAX_CHARS
        and unterminated(line)
        and 2 <= len(words) <= 25
        and line[:1].isupper()
        and not re.match(r"[-–+*•]\s", line)
    )
