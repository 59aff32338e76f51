"""What people and decisions call the criteria of a set: one matter a line, each name as it may stand in a label of Phụ
lục II of Quyết định 26/2026/QĐ-TTg, in a text that restates it, or in a question.

A longer name takes its words from a shorter one, so that "vị trí" is no "vị" and "vùng nguyên liệu" no "nguyên liệu".
"""

from collections.abc import Sequence
from functools import lru_cache

from assistant.wording import places_of

_NAMES: tuple[tuple[str, ...], ...] = (
    # part A
    ("tổ chức sản xuất", "tổ chức dịch vụ"),
    ("phát triển sản phẩm",),
    ("sức mạnh cộng đồng", "sức mạnh của cộng đồng"),
    (
        "nguồn nguyên liệu", "nguồn gốc nguyên liệu", "nguyên liệu", "nguồn gốc sản phẩm", "mục nguồn gốc",
        "chỗ nguồn gốc", "phần nguồn gốc", "về nguồn gốc",
        "tỉnh bên", "nơi trồng", "nơi nuôi", "trồng ở đâu", "nuôi ở đâu", "làm ra ở đâu", "nhập khẩu", "nhập ngoại",
        "ngoại nhập", "nhập hết", "nhập toàn bộ", "nhập hoàn toàn",
        "hàng nhập", "nhập từ", "nhập về", "hàng ngoại", "nguyên liệu ngoại", "ngoại về", "nước ngoài về", "mua từ",
        "mua hết", "mua toàn bộ", "lấy hết", "mua về",
        "nuôi trong tỉnh", "trồng trong tỉnh", "trong tỉnh", "mua của", "mua ở", "mua bên", "gom từ",
        "lấy từ", "tỉnh khác", "ngoài tỉnh", "xã khác",
    ),
    ("vùng nguyên liệu", "vùng trồng", "vùng sản xuất", "vietgap", "globalgap"),
    ("gia tăng giá trị", "giá trị gia tăng", "giá trị tăng thêm", "chế biến sâu"),
    ("năng lực sản xuất", "quy mô sản xuất"),
    ("liên kết chuỗi khi sản xuất", "liên kết chuỗi trong sản xuất", "liên kết sản xuất", "liên kết",
     "hợp đồng bao tiêu", "bao tiêu", "hợp đồng liên kết", "hợp đồng tiêu thụ"),
    ("bảo vệ môi trường", "giữ môi trường", "môi trường", "chất thải"),
    ("công nghệ hướng tới bền vững", "công nghệ theo hướng bền vững", "công nghệ bền vững"),
    (
        "nguồn gốc ý tưởng", "ý tưởng", "cây chủ lực", "sản phẩm chủ lực", "hàng chủ lực", "giống hệt", "giống y",
        "y chang", "y hệt", "bắt chước", "nhái",
    ),
    ("đóng gói", "bao bì", "bao gói"),
    (
        "phong cách", "ghi nhãn", "cách ghi nhãn", "nhãn hàng hóa", "nhãn mác", "nhãn phải", "nhãn cần", "nhãn gì",
        "nhãn thế nào", "nhãn ra sao", "in nhãn", "tem nhãn", "mã qr", "qr", "truy xuất nguồn gốc", "mã truy xuất",
    ),
    ("song ngữ", "hai thứ tiếng", "hai ngôn ngữ"),
    ("loại hình", "loại hình tổ chức", "loại hình chủ thể"),
    (
        "đại diện theo pháp luật", "đại diện pháp luật", "người đại diện", "phụ nữ", "chủ thể nữ", "chủ là nữ",
        "là nữ", "nữ làm chủ", "đàn bà", "dân tộc thiểu số", "khuyết tật",
    ),
    (
        "lao động địa phương", "lao động", "nhân công", "thuê người", "mướn người", "thuê dân", "mướn dân", "thuê thợ",
        "người trong xã", "người trong làng", "người địa phương", "dân địa phương", "công nhân",
    ),
    ("tăng trưởng", "tăng trưởng kinh doanh", "lợi nhuận"),
    ("sở hữu trí tuệ", "đăng ký nhãn hiệu", "nhãn hiệu", "bảo hộ nhãn hiệu", "kiểu dáng công nghiệp"),
    ("điều hành dịch vụ", "bộ phận điều hành", "điều phối quản lý"),
    ("cơ chế quản lý", "cơ chế", "quy định quản lý"),
    ("tiết kiệm năng lượng", "năng lượng tiết kiệm", "năng lượng"),
    ("di sản", "đa dạng sinh học"),
    ("thị trường mục tiêu", "thị trường đã nhắm"),
    # part B
    ("tiếp thị",),
    ("câu chuyện sản phẩm", "câu chuyện"),
    ("cấu trúc câu chuyện", "câu chuyện viết ra sao"),
    ("trình bày câu chuyện", "bày câu chuyện"),
    ("trí tuệ và bản sắc", "trí tuệ bản sắc", "bản sắc địa phương", "bản sắc"),
    (
        "khu vực phân phối", "khu vực bán hàng", "khu vực bán", "phân phối ở đâu", "bán ở đâu", "bán hàng ở đâu",
        "nơi bán", "chỗ bán", "siêu thị", "khâu phân phối", "đại lý ngoài tỉnh", "đại lý", "sàn thương mại điện tử",
        "bán ngoài tỉnh",
        "bán ngoài xã", "bán trong xã", "bán trong huyện", "bán trong tỉnh", "bán quanh quẩn",
        "bán loanh quanh", "bán xa", "đi bán xa", "bán tại chỗ", "bán ở chợ xã", "bán trong làng",
    ),
    ("tổ chức phân phối", "bộ máy phân phối", "quản lý phân phối"),
    ("quảng bá",),
    ("liên kết vùng",),
    ("bộ nhận diện",),
    ("nông thôn mới",),
    # part C
    ("cảm quan",),
    ("ngoại hình",),
    ("tạp chất", "lợn cợn", "có cặn", "không cặn", "lắng cặn", "vẩn đục", "lẫn tạp"),
    ("hình dạng", "trạng thái", "kích thước", "đồng đều", "độ đồng đều"),
    ("thể chất",),
    ("màu sắc", "màu"),
    ("mùi", "mùi thơm"),
    ("vị",),
    ("nước pha",),
    ("dinh dưỡng",),
    ("độc đáo", "độc lạ", "độc đáo nhất", "khác biệt"),
    ("công bố",),
    (
        "đảm bảo chất lượng", "bảo đảm chất lượng", "kiểm soát chất lượng", "quản lý chất lượng",
        "chứng nhận quản lý chất lượng", "haccp", "iso",
    ),
    ("hướng dẫn sử dụng", "hướng dẫn để người mua", "hướng dẫn người mua", "hướng dẫn người dùng"),
    ("thị trường toàn cầu", "thị trường thế giới", "thị trường quốc tế", "ra thế giới", "toàn cầu", "phải xuất khẩu"),
    ("vị trí",),
    ("kiến trúc", "cảnh quan"),
    ("điều kiện kinh doanh",),
    ("an ninh", "an ninh trật tự"),
    ("quá trình dịch vụ", "dịch vụ trọn vẹn"),
    ("trải nghiệm",),
    ("người quản lý", "nhân viên", "quản lý và nhân viên"),
    ("chất lượng của dịch vụ", "chất lượng sản phẩm dịch vụ", "chất lượng dịch vụ"),
    ("chất lượng phục vụ", "phục vụ"),
    ("tiện nghi",),
    ("thu hút khách", "hút khách"),
    ("lưu niệm", "hàng hóa dịch vụ"),
    ("chất lượng sản phẩm",),
    # words that are no name where they stand
    (
        "nhãn hiệu ocop", "nhãn hiệu chứng nhận",
        "công ty tnhh", "quyết định công nhận", "cấp quản lý", "về đóng gói", "cơ sở đóng gói", "rang xay đóng gói",
        "quản lý nhà nước", "đơn vị", "thú vị",
        "chức vị",
    ),
)  # fmt: skip
_OF: dict[str, int] = {name: place for place, names in enumerate(_NAMES[:-1]) for name in names}
_ALL: tuple[str, ...] = tuple(name for names in _NAMES for name in names)


def criteria_named(words: Sequence[str]) -> frozenset[int]:
    """The matters that words name, as places in the list; a name within a longer one does not count."""
    return frozenset(matter for matter, _ in placed(words))


def placed(words: Sequence[str]) -> tuple[tuple[int, range], ...]:
    """The matters that words name, each with its place, in order."""
    found = sorted(places_of(words, _ALL), key=lambda place: (-len(place), place.start))
    taken: set[int] = set()
    kept: list[tuple[int, range]] = []
    for place in found:
        if taken.isdisjoint(place):
            taken.update(place)
            matter = _matter(tuple(words[place.start : place.stop]))
            if matter is not None:
                kept.append((matter, place))
    return tuple(sorted(kept, key=lambda pair: pair[1].start))


@lru_cache(maxsize=4096)
def _matter(words: tuple[str, ...]) -> int | None:
    return next(
        (
            matter
            for name, matter in _OF.items()
            if len(name.split()) == len(words) and next(places_of(words, (name,)), None) is not None
        ),
        None,
    )
