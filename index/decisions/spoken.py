"""What decisions do, how their lines change, and why a value is doubted, as readers are told it."""

from collections.abc import Mapping

from index.decisions.decision import Act, Change, Doubt

DOUBT_LABELS: Mapping[Doubt, str] = {
    "ocr": "nhận dạng chữ chưa chắc",
    "merged": "ô gộp hoặc bị chia",
    "head": "cột không có tiêu đề",
    "name": "tên có thể của dòng khác hoặc chưa đủ",
    "place": "địa danh chưa rõ",
    "star": "số sao không khớp với điểm hoặc tổng",
    "number": "số hiệu không hợp lệ như in",
    "date": "ngày không hợp lệ như in",
    "reported": "báo đưa lại, chưa đọc được quyết định",
}
CHANGE_LABELS: Mapping[Change, str] = {"new": "công nhận mới", "upgraded": "nâng hạng", "renewed": "công nhận lại"}
ACT_LABELS: Mapping[Act, str] = {
    "recognises": "công nhận sản phẩm",
    "amends": "sửa đổi, bổ sung",
    "replaces": "thay thế",
    "revokes": "bãi bỏ",
    "withdraws": "thu hồi công nhận",
    "lists": "phê duyệt danh sách",
    "other": "khác",
}
