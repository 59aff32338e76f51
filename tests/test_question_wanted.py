"""The kind of answer a question wants, what it counts, and its stars."""

import pytest

from assistant.question import understand
from assistant.wanted import Wanted

KINDS: dict[Wanted, tuple[str, ...]] = {
    "figure": (
        "Sơn La có bao nhiêu sản phẩm OCOP?",
        "Số sản phẩm 4 sao của Hà Giang năm 2022?",
        "mấy hợp tác xã tham gia ở Cà Mau",
        "Quảng Nam vạch ra mấy hướng cho năm 2025?",
        "so luong chu the o Ben Tre",
        "sp 3 sao Kon Tum bn",
    ),
    "share": ("Hạng 3 sao chiếm bao nhiêu phần trăm?", "Tỉ lệ sản phẩm thực phẩm là mấy?"),
    "who": (
        "Ai ký Quyết định ấy?",
        "Lãnh đạo nào dự lễ trao giấy ở Sơn La?",
        "Phó Thủ tướng nào phê duyệt chương trình?",
        "Rượu cần 4 sao là của hợp tác xã nào?",
        "Bà Mùi giữ chức vụ gì?",
        "5 sao do cấp nào công nhận?",
    ),
    "when": (
        "Lễ trao giấy diễn ra hôm nào?",
        "Bắt đầu nhận hồ sơ từ tháng mấy?",
        "Hội chợ mở vào những ngày nào?",
        "Giấy dùng được đến bao giờ?",
        "quyet dinh ky ngay nao",
    ),
    "where": (
        "Nộp hồ sơ ở đâu?",
        "Chè Suối Giàng là của tỉnh nào?",
        "Hàng trưng bày ở chỗ nào?",
        "Làng Đá Vàng nằm ở tỉnh nào?",
    ),
    "duration": ("Giấy chứng nhận có hạn bao lâu?", "Xã giữ hồ sơ mấy ngày?"),
    "why": (
        "Vì sao sản phẩm bị thu hồi?",
        "Tại sao phải chấm lại?",
        "Sao chè Suối Giàng chỉ được 3 sao?",
        "Vì sao thu hồi, chia theo từng lý do giúp em",
    ),
    "how": ("Làm thế nào để khách biết nguồn gốc?", "Hội đồng chấm bằng cách nào?", "Mùi vị phải ra sao?"),
    "procedure": (
        "Nêu các bước xin công nhận 4 sao",
        "Trình tự thu hồi thế nào?",
        "Hồ sơ 5 sao đi qua những chặng nào?",
        "thu tuc nang hang",
    ),
    "definition": (
        "OCOP là gì?",
        "Sản phẩm tiềm năng nghĩa là sao?",
        "Thế nào là chủ thể OCOP?",
        "VPĐP viết tắt của chữ gì?",
        "Dấu *** có ý nghĩa gì?",
    ),
    "number": (
        "Quyết định thu hồi giấy của Hà Giang mang số bao nhiêu?",
        "qd cua son la mang so may, ai ky",
        "Sơn La công nhận đợt ấy theo quyết định nào?",
        "Thưởng tiền căn cứ văn bản số mấy?",
        "Ban hành bằng quyết định số bao nhiêu?",
        "Cho xin số hiệu nghị quyết ấy",
        "Hội thi dẫn QĐ nào?",
        "theo nghi quyet nao cua Quoc hoi",
    ),
    "unit": ("Đơn đăng ký dùng mẫu nào?", "Việc ấy ở điều nào?", "Nằm ở phụ lục mấy?", "Cần những mẫu giấy tờ số mấy?"),
    "set": ("Cà phê chấm theo bộ mấy?", "Rượu vang thuộc bộ tiêu chí nào?", "tra thi theo bo nao"),
    "star": ("Đạt 77 điểm thì được mấy sao?", "88 điểm xếp hạng nào?"),
    "breakdown": (
        "Cơ cấu sản phẩm theo nhóm của Huế?",
        "Chia theo từng hạng sao giúp em",
        "Ba mức thưởng là bao nhiêu?",
    ),
    "compare": ("Sơn La với Lai Châu bên nào nhiều sản phẩm hơn?", "Tỉnh nào dẫn đầu về sản phẩm 5 sao?"),
    "difference": ("Sơn La hơn Lai Châu mấy sản phẩm?", "Hà Nội và Huế chênh nhau bao nhiêu sản phẩm?"),
    "trend": (
        "Từ 2021 đến 2023 số sản phẩm của Huế tăng thêm bao nhiêu?",
        "Số chủ thể năm 2020 và năm 2022 lần lượt là bao nhiêu?",
        "Hạng 4 sao thay đổi từ bao nhiêu lên bao nhiêu?",
    ),
    "average": ("Trung bình mỗi chủ thể ở Huế có mấy sản phẩm?",),
    "merger": (
        "Bắc Kạn giờ thuộc tỉnh nào?",
        "Lạng Sơn có bị gộp không?",
        "Vĩnh Long mới gộp từ những tỉnh nào?",
        "Sau khi nhập tỉnh Bạc Liêu mang tên gì?",
    ),
    "state": ("Quyết định 148 còn hiệu lực không?",),
    "yes_no": ("Hộ gia đình có được tham gia không?", "Giấy cũ dùng tiếp được chứ, đúng không?"),
    "list": (
        "Quảng Nam vạch ra mấy hướng cho năm 2025, tóm tắt giúp em",
        "Họ áp dụng mấy hệ thống quản lý chất lượng tiên tiến nào?",
        "Tên 9 sản phẩm 3 sao của Cà Mau là gì?",
        "Hai món 5 sao đầu tiên, tên từng món là gì?",
        "Kể tên các sàn bán hàng OCOP",
        "Những huyện nào đã có sản phẩm?",
        "Kể tên mấy món đồ uống của tỉnh",
        "Nghị quyết ấy hỗ trợ những khoản nào?",
        "Tỉnh thấy mình còn yếu ở chỗ nào?",
    ),
    "case": ("Trong trường hợp nào thì bị thu hồi?",),
}


@pytest.mark.parametrize(("wanted", "text"), [(wanted, text) for wanted, texts in KINDS.items() for text in texts])
def test_the_kind_of_answer(wanted: Wanted, text: str) -> None:
    assert understand(text).wanted == wanted


@pytest.mark.parametrize(
    "text", ["Mấy món làm từ tre được nâng sao là món gì?", "Mấy cái dấu ấy nghĩa là gì?", "Mấy huyện ấy ở đâu?"]
)
def test_several_is_not_how_many(text: str) -> None:
    assert understand(text).wanted != "figure"


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Huế có bao nhiêu sản phẩm, của mấy chủ thể?", [("sản phẩm", None), ("chủ thể", None)]),
        ("Huế có tổng bao nhiêu sản phẩm OCOP và mấy sản phẩm 4 sao?", [("sản phẩm", None), ("sản phẩm", (4, 4))]),
        ("mấy sản phẩm 4 sao, mấy sản phẩm chỉ đạt 3 sao", [("sản phẩm", (4, 4)), ("sản phẩm", (3, 3))]),
        ("Cuộc thi có bao nhiêu món dự thi?", [("sản phẩm", None)]),
        ("trong đó mấy cái 5 sao", [("sản phẩm", (5, 5))]),
        ("Bao nhiêu đơn vị tham gia OCOP ở Huế?", [("chủ thể", None)]),
        ("Mỗi sản phẩm được thưởng mấy triệu?", [("đồng", None)]),
        ("Số sản phẩm của Huế hiện là bao nhiêu?", [("sản phẩm", None)]),
        ("sản phẩm 4 sao Gia Lai bao nhiêu ạ", [("sản phẩm", (4, 4))]),
        ("Hợp tác xã thì mấy đơn vị?", [("hợp tác xã", None)]),
        ("Huế thưởng bao nhiêu cho sản phẩm mới?", [("đồng", None)]),
        ("Kinh phí Huế bố trí là bao nhiêu?", [("đồng", None)]),
        ("Số cơ sở được hỗ trợ ở Huế là bao nhiêu?", [("chủ thể", None)]),
        ("Trong số được hỗ trợ, tỷ lệ đạt là bao nhiêu?", []),
        ("số liệu tháng 9/2025", []),
        ("Giá bán mật ong Huế bao nhiêu?", [("đồng", None)]),
        ("Giá của một hộp mật ong là bao nhiêu?", [("đồng", None)]),
        ("Hội đồng đánh giá cho mật ong bao nhiêu điểm?", [("điểm", None)]),
        ("Hợp tác xã ấy có bao nhiêu thành viên?", [("thành viên", None)]),
    ],
)
def test_what_is_counted(text: str, counted: list[tuple[str, tuple[int, int] | None]]) -> None:
    assert [(one.what, one.stars) for one in understand(text).counted] == counted


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("Nhà tôi đang 3 sao, còn thiếu giấy. Phải có chứng nhận gì thì mới đủ chuẩn bốn sao ạ?", (4, 4)),
        ("hạng bốn sao", (4, 4)),
        ("sản phẩm ba sao của Huế", (3, 3)),
        ("mấy sp 5sao", (5, 5)),
        ("sản phẩm 4* của Huế", (4, 4)),
        ("từ 3 sao trở lên", (3, 5)),
        ("từ 3 sao", (3, 5)),
        ("sản phẩm 3-4 sao", (3, 4)),
        ("tu 4 sao tro len", (4, 5)),
        ("muốn vào hạng cao nhất cần bao nhiêu điểm", (5, 5)),
        ("hạng sao thấp nhất có mấy sản phẩm", (3, 3)),
        ("hạng cao nhất là mấy sao", None),
        ("vì sao bị loại", None),
        ("ba chủ thể ở đâu, làm sao tìm", None),
    ],
)
def test_stars(text: str, stars: tuple[int, int] | None) -> None:
    assert understand(text).stars == stars
