"""Lines that pages print around an article: which ones, and why each is not the article's text."""

import re

from crawler.text.noise_english import ENGLISH_RULES

_COUNT = r"[\d.,()\s]*"
_RULES: tuple[tuple[str, str], ...] = (
    ("nút cỡ chữ", r"(?:cỡ chữ\s*:?\s*)?A[ +–|/-]{0,5}(?:A[ +–|/-]{0,5})+|(?:tăng|giảm) cỡ chữ"),
    (
        "lượt xem",
        rf"(?:số )?(?:lượt|lần) (?:xem|đọc|truy cập|tải|thích)(?: (?:bài|tin|trang))?\s*:?\s*{_COUNT}"
        rf"|(?:đã xem|views?|lượt view)\s*:?\s*{_COUNT}|[\d.,]+ (?:lượt xem|lượt đọc|views?)",
    ),
    (
        "nút chia sẻ",
        r"(?:(?:chia sẻ(?: bài viết| lên \w+| ngay)?|share|facebook|zalo|twitter|tweet|x|telegram|linkedin|pinterest|"
        r"e?mail|gửi email|gửi bài|in (?:trang|bài viết|tin|ấn)|bản in|print|copy link|"
        r"sao chép (?:liên kết|link)|lưu(?: bài| tin)?|"
        r"thích|like|theo dõi(?: chúng tôi)?(?: trên)?(?: google news)?|google news|về đầu trang|"
        r"lên đầu trang|quay lại|trở về|"
        r"nghe (?:đọc )?bài(?: viết)?(?:\s*\d(?:[.,]\d+)?x)?|đọc bài(?: viết)?|0)(?:\s|[:|/•·,.-])*){1,9}",
    ),
    ("từ khóa", r"(?:từ kh[oó][áa]|tags?|thẻ|hashtags?)\b\s*(?:[:#]|#|$).{0,400}|(?:#[\w-]+[\s,;]*){1,20}"),
    ("từ khóa", r"từ kh[oó][áa]\s+\S.{0,300}"),
    (
        "khung bình luận",
        rf"(?:ý kiến(?: bạn đọc| của bạn)?|(?:gửi |viết |xem thêm )?bình luận|phản hồi|thảo luận)\s*{_COUNT}:?"
        r"|(?:hiện )?chưa có (?:bình luận|ý kiến|phản hồi|đánh giá)(?: nào)?\b.{0,120}"
        r"|(?:hãy là|trở thành) người đầu tiên .{0,80}|để lại (?:một )?(?:bình luận|trả lời|ý kiến|phản hồi)\b.{0,40}"
        r"|(?:địa chỉ )?email của bạn sẽ (?:không|được) .{0,160}",
    ),
    (
        "đánh giá bài viết",
        r"bạn (?:thấy|nghĩ|đánh giá)\b[^.?]{0,40}(?:bài(?: viết)?|trang|thông tin) này[^.?]{0,40}\?.{0,80}"
        r"|(?:click để )?đánh giá bài viết.{0,40}|tổng số điểm của bài viết là.{0,60}|xếp hạng\s*:?\s*[\d.,]+.{0,60}",
    ),
    (
        "tin liên quan",
        r"(?:(?:các|những) )?(?:tin|bài|bài viết|tin tức|tin bài|tin, bài|văn bản|thông báo|câu hỏi|sự kiện)"
        r"(?: viết| đăng)? (?:mới|cũ|mới hơn|cũ hơn|mới nhất|liên quan|khác|cùng (?:chuyên mục|chủ đề|mục|loại)|"
        r"đọc nhiều|xem nhiều|nổi bật|tiếp theo|đã đưa|đã đăng)"
        r"(?: hơn| nhất)?\s*:?"
        r"|(?:xem thêm|đọc thêm|có thể bạn quan tâm|cùng chuyên mục|liên quan|"
        r"đọc nhiều(?: nhất)?|tiêu điểm|tin nóng)\s*:?"
        r"|[>»☞👉*\s]*(?:(?:mời )?(?:bạn )?(?:xem|đọc|tham khảo) thêm|(?:tin|bài)(?: viết)? liên quan)"
        r"\s*:\s*\S.{0,220}",
    ),
    ("mục lục", r"mục lục(?: bài viết)?\s*:?|nội dung (?:chính|bài viết)\s*:?"),
    (
        "nhãn tệp đính kèm",
        r"(?:(?:các )?(?:tệp|tập tin|file|tài liệu|văn bản) (?:đính kèm|kèm theo|văn bản)|đính kèm|attachments?)"
        r"\s*:?(?:\s*\S.{0,150}\.(?:pdf|docx?|xlsx?|zip|rar))?(?:\s*\([\d.,]+ ?[KM]B\))?",
    ),
    ("nhãn tệp đính kèm", r"(?:tệp|tập tin|file)(?: tin)? đính kèm\s*:\s*\S.{0,150}[^.!?;:]"),
    (
        "ghi chú của hệ thống",
        r"this entry was posted\b.{0,300}|you can follow any responses\b.{0,200}"
        r"|follow .{1,60} on (?:twitter|facebook|instagram|x)\.?",
    ),
    ("bài nhúng", r"(?:được )?đăng bởi .{1,80} (?:trên|vào) (?:thứ|chủ nhật)\b.{0,60}"),
    (
        "đường dẫn trang",
        r"chi tiết (?:tin|bài viết|tin tức|bài)|(?:trang chủ|home)(?:\s*[>»›/|-]\s*.{1,120})?|bạn đang ở.{0,120}",
    ),
    ("quảng cáo", r"quảng cáo|advertisements?|\bads?\b|qc|tài trợ|được tài trợ|sponsored"),
    (
        "bản quyền",
        r"(?:©|bản quyền (?:thuộc|của|©)|copyright|all rights reserved|ghi rõ nguồn|nghiêm cấm sao chép|"
        r"vui lòng (?:ghi|dẫn) (?:rõ )?nguồn|(?:giấy phép|gp)(?: xuất bản)? số).{0,250}"
        r"|.{0,200}\bgiấy phép\b.{0,80}/GP-?(?:BTTTT|TTĐT|STTTT|BVHTT|BVHTTDL|PTTH|CBC|BC|XBBC)\b.{0,200}"
        r"|(?:(?:phó )?tổng biên tập(?: phụ trách)?|cơ quan chủ quản|tòa soạn|"
        r"(?:người )?chịu trách nhiệm (?:chính|nội dung|xuất bản|quản lý)\b[^.:]{0,40})\s*:.{0,160}",
    ),
    ("đường kẻ", r"[-–—_=*.…~\s•·]{2,}|[-–—_=*~•·]"),
)
_COMPILED = tuple((reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in (*_RULES, *ENGLISH_RULES))
_TAIL = frozenset({"tin liên quan", "từ khóa", "khung bình luận", "nút chia sẻ", "đánh giá bài viết", "bản quyền"})
_CAPTION_LABEL = re.compile(r"(?:chú thích (?:ảnh|hình)|ảnh minh họa|image caption)\s*:?", re.IGNORECASE)
_MAX_CHARS = 420


def noise(line: str) -> str | None:
    """Why a whole line is page furniture, or None where it may be the article's."""
    if len(line) > _MAX_CHARS:
        return None
    for reason, pattern in _COMPILED:
        if pattern.fullmatch(line):
            return reason
    return None


def ends_article(reason: str) -> bool:
    """Whether furniture of this kind stands below articles, so that short lines after it are furniture too."""
    return reason in _TAIL


def caption_label(line: str) -> bool:
    """Whether the line only announces that the next one is a caption."""
    return _CAPTION_LABEL.fullmatch(line) is not None
