"""What fields of a decision and of its lines are called."""

from index.review.correction import FieldName

LINE_FIELD_LABELS: dict[FieldName, str] = {
    "line": "cả dòng",
    "name": "tên sản phẩm",
    "producer": "chủ thể",
    "address": "địa chỉ",
    "commune": "xã, phường",
    "district": "huyện",
    "province": "tỉnh",
    "group": "nhóm",
    "star": "hạng sao",
    "score": "điểm",
    "change": "thay đổi",
}
DECISION_FIELD_LABELS: dict[FieldName, str] = {
    "issued": "ngày ký",
    "issuer": "cơ quan ban hành",
    "place": "địa phương",
    "subject": "trích yếu",
    "effective": "ngày hiệu lực",
    "valid_months": "thời hạn",
}
