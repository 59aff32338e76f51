"""How public bodies of Viet Nam are written: their heads, fields of work and ranks, as patterns.

State bodies after the laws on the organisation of Government (63/2025/QH15) and of local government (72/2025/QH15),
those before them (Sở Nông nghiệp và Phát triển nông thôn, …), the Party's, and the socio-political organisations of
article 9 of the Constitution. Companies, co-operatives and associations of producers are no public bodies.
"""

import re

from index.people.names import CAPITAL

# Texts of articles have single blanks.
SPACE = r"[ \u00a0]"

# canonical field of a ministry or provincial department: further ways to print it (patterns)
DEPARTMENTS: dict[str, tuple[str, ...]] = {
    "Nông nghiệp và Phát triển nông thôn": (
        "Nông nghiệp (?:và|&) (?:Phát triển nông thôn|PTNT)",
        "Nông nghiệp ?[-–&] ?(?:Phát triển nông thôn|PTNT)",
        "NN(?: và | ?[-–&] ?)?PTNT",
    ),
    "Nông nghiệp và Môi trường": ("Nông nghiệp ?[-–&] ?Môi trường", "NN(?: và | ?[-–&] ?)?MT"),
    "Công Thương": (),
    "Khoa học và Công nghệ": ("Khoa học ?[-–&] ?Công nghệ", "KH ?[-–&]? ?CN"),
    "Văn hóa, Thể thao và Du lịch": ("Văn hóa,? Thể thao ?(?:và|&|-) ?Du lịch", "VH,? ?TT ?(?:và|[-–&])? ?DL"),
    "Văn hóa và Thể thao": ("VH ?[-–&] ?TT",),
    "Du lịch": (),
    "Y tế": (),
    "Tài chính": (),
    "Kế hoạch và Đầu tư": ("Kế hoạch ?[-–&] ?Đầu tư", "KH ?[-–&]? ?ĐT"),
    "Tài nguyên và Môi trường": ("Tài nguyên ?[-–&] ?Môi trường", "TN ?[-–&]? ?MT"),
    "Thông tin và Truyền thông": ("Thông tin ?[-–&] ?Truyền thông", "TT ?[-–&] ?TT"),
    "Lao động - Thương binh và Xã hội": (
        "Lao động ?[-–,] ?Thương binh (?:và|&) Xã hội",
        "LĐ,? ?[-–]? ?TB ?(?:và|[-–&])? ?XH",
    ),
    "Giáo dục và Đào tạo": ("Giáo dục ?[-–&] ?Đào tạo", "GD ?[-–&]? ?ĐT"),
    "Giao thông vận tải": ("Giao thông Vận tải", "GTVT"),
    "Nội vụ": (),
    "Tư pháp": (),
    "Xây dựng": (),
    "Ngoại vụ": (),
    "Ngoại giao": (),
    "Quốc phòng": (),
    "Công an": (),
    "Dân tộc và Tôn giáo": (),
    "Quy hoạch - Kiến trúc": (),
    "An toàn thực phẩm": (),
}
# What abbreviations within other names stand for.
ABBREVIATIONS = {
    "PTNT": "Phát triển nông thôn", "NTM": "nông thôn mới", "HTX": "Hợp tác xã", "BTV": "Ban Thường vụ",
    "BCĐ": "Ban Chỉ đạo", "BCH": "Ban Chấp hành", "TW": "Trung ương", "LHPN": "Liên hiệp Phụ nữ",
    "MTTQ": "Mặt trận Tổ quốc",
    "UBMTTQ": "Ủy ban Mặt trận Tổ quốc", "ĐBQH": "đại biểu Quốc hội", "QLTT": "Quản lý thị trường", "NN": "Nông nghiệp",
    "MTQG": "mục tiêu quốc gia", "TNCS": "Thanh niên Cộng sản",
}  # fmt: skip

# Fields of agencies, centres and offices below a department. These also begin verbs' phrases where they are printed
# small ("Phòng Kinh tế phát triển sản phẩm", "Sở Công Thương thông tin"), so they count only with a capital.
_VERBISH = (
    "Phát triển|Hỗ trợ|Thông tin|Tổ chức|Kiểm tra|Nghiên cứu|Ứng dụng|Đầu tư|Đào tạo|Tư vấn|Xúc tiến|Kế hoạch|"
    "Tổng hợp|Dịch vụ|Quản lý|Truyền thông|Quy hoạch|Thiết kế|Chế biến|Giống|Kiểm nghiệm|Kiểm định|Thống kê|Bảo vệ"
)
_NOUNS = (
    "kinh tế hợp tác|kinh tế tập thể|kinh tế số|kinh tế|phát triển nông thôn|PTNT|quản lý chất lượng|"
    "quản lý thị trường|quản lý đầu tư|nông,? lâm sản|lâm sản|nông nghiệp|nông thôn|trồng trọt|bảo vệ thực vật|"
    "bảo vệ môi trường|thực vật|"
    "chăn nuôi|thú y|thủy sản|thủy lợi|kiểm lâm|lâm nghiệp|QLTT|tiêu chuẩn|đo lường|chất lượng|"
    "an toàn vệ sinh thực phẩm|an toàn thực phẩm|thuế|hải quan|xúc tiến thương mại|xúc tiến đầu tư|thương mại điện tử|"
    "thương mại|du lịch|công thương|khuyến nông|khuyến công|tư vấn phát triển công nghiệp|phát triển công nghiệp|"
    "dịch vụ nông nghiệp|dịch vụ việc làm|văn hóa|thể thao|tiến bộ|khoa học|công nghệ|kỹ thuật|chuyển đổi số|"
    "đổi mới sáng tạo|tài chính|hạ tầng|đô thị|môi trường|tài nguyên|lao động|thương binh|xã hội|y tế|giáo dục|nội vụ|"
    "tư pháp|dân tộc|tôn giáo|sở hữu trí tuệ|công nghiệp|vật nuôi|cây trồng|phục vụ hành chính công|hành chính công|"
    "chính trị|doanh nghiệp|chính sách|chiến lược|di sản văn hóa|pháp chế|ngân sách|hợp tác quốc tế|miền núi|"
    "phòng,? chống thiên tai|"
    "hỗ trợ phát triển doanh nghiệp|BVTV|đất đai|xuất nhập khẩu|thị trường trong nước|phòng bệnh|thẩm định"
)
_PHRASE = rf"(?:(?i:{_NOUNS})|{_VERBISH}|{'|'.join(word.upper() for word in _VERBISH.split('|'))})(?![\w])"
_FIELD = (
    rf"(?=[{CAPITAL}]){_PHRASE}"
    rf"(?:(?: và | ?& ?|, (?=[{CAPITAL}])| [-–] (?=[{CAPITAL}])|[-–](?=[{CAPITAL}])| ){_PHRASE})*"
    "(?: Quốc gia| quốc gia)?"
)
# The same, printed small throughout.
_SMALL = rf"(?i:{_NOUNS})(?:(?: và | ?& ?|, ?| [-–] )(?i:{_NOUNS}))*(?![\w])"
_PROGRAMME = (
    "(?:(?:các|và|thực hiện|về|xây dựng|phát triển) )?(?:đánh giá|phân hạng|xếp hạng|chấm điểm|thẩm định|xét công nhận|"
    "sản phẩm|chương trình|mục tiêu quốc gia|MTQG|nông thôn mới|NTM|giảm nghèo bền vững|giảm nghèo|OCOP|"
    "mỗi xã,? ?phường,? ?thị trấn một sản phẩm|mỗi xã,? phường một sản phẩm|mỗi xã (?:một|1) sản phẩm|"
    "kinh tế tập thể|nông nghiệp|nông thôn|tái cơ cấu|cơ cấu lại|ngành|làng nghề)"
)
_PROGRAMMES = rf"(?: ?,? ?[\"“”]?(?i:{_PROGRAMME})[\"“”]?(?!\w)(?: ?\(OCOP ?\))?)*"
_DEPARTMENT = "|".join(
    form for name, forms in DEPARTMENTS.items() for form in sorted((name, *forms), key=len, reverse=True)
)
_PARTY = "(?i:tỉnh ủy|thành ủy|huyện ủy|thị ủy|quận ủy|đảng ủy)"

# kind -> pattern of the name without its place
_KINDS: dict[str, str] = {
    "van_phong": (
        rf"(?i:văn phòng) (?:(?i:thường trực )?(?i:điều phối){_PROGRAMMES}|(?:Đoàn ĐBQH và )?(?:UBND|HĐND|{_PARTY}|"
        "Chính phủ|Quốc hội|Đoàn ĐBQH)(?: và (?:HĐND|UBND))?)"
    ),
    "hdnd": (
        r"(?:(?i:(?<!chủ tịch\x20)thường trực|ban kinh tế(?: ?[-–] ?ngân sách)?|ban văn hóa ?[-–] ?xã hội|"
        "ban pháp chế|ban dân tộc)"
        "(?: của)? )?(?:HĐND|(?i:hội đồng nhân dân))"
    ),
    "mat_tran": ("(?:(?i:ban thường trực )?(?i:ủy ban |UB ?)?(?:MTTQ|(?i:mặt trận tổ quốc)))(?: (?:Việt Nam|VN))?"),
    "ubnd": "(?:UBND|(?i:ủy ban nhân dân))",
    "doan_the": (
        "(?:(?:(?i:ban chấp hành|ban thường vụ)|BCH|BTV) )?(?:(?:Trung ương|TW) )?(?:Hội (?:Nông dân|"
        "(?i:liên hiệp phụ nữ)|LHPN|Phụ nữ|Cựu chiến binh)|Đoàn (?:Thanh niên|TNCS)(?: Cộng sản)?(?: Hồ Chí Minh)?)|"
        "(?:(?:(?i:ban chấp hành|ban thường vụ)|BCH|BTV) )?(?:Trung ương|TW) Đoàn|"
        "(?:Tỉnh|Huyện|Thành|Thị) ?[đĐ]oàn|(?i:liên minh (?:hợp tác xã|HTX))|(?i:liên đoàn lao động)"
    ),
    "dang": (
        r"(?:(?i:ban thường vụ|ban chấp hành|(?<!bí thư\x20)thường trực|"
        "ban tuyên giáo(?: và dân vận)?|ban tổ chức|ban dân vận|ban nội chính|"
        rf"ủy ban kiểm tra)|BTV|BCH|UBKT)(?: {_PARTY}| (?:Trung ương|TW)(?: Đảng)?| Đảng bộ)|{_PARTY}|Trung ương Đảng|"
        "Bộ Chính trị|Ban Bí thư"
    ),
    "ban_chi_dao": (
        rf"(?:(?i:ban chỉ đạo)|BCĐ)(?:{_PROGRAMMES.removesuffix('*')}+|"
        rf"(?= [{CAPITAL}])(?: [\w-]+){{1,8}}?(?= (?:tỉnh|thành phố|"
        r"huyện|thị xã|quận|xã|phường|[Tt]rung ương|[Qq]uốc gia)(?!\w)))?"
    ),
    "hoi_dong": rf"(?i:hội đồng)(?= (?i:đánh giá|thẩm định|chấm|xét|OCOP|tư vấn|phân hạng)){_PROGRAMMES}(?: OCOP)?",
    "so": rf"(?:(?<!cơ\x20)(?<!trụ\x20)sở(?= [{CAPITAL}])|Sở|SỞ) (?i:{_DEPARTMENT})",
    "bo": rf"(?:Bộ|BỘ) (?i:{_DEPARTMENT})",
    "chi_cuc": rf"(?i:chi cục) (?:{_FIELD}|{_SMALL})",
    "cuc": rf"(?:Tổng cục|TỔNG CỤC|Cục|CỤC|Vụ) (?:{_FIELD}|{_SMALL})|(?<=ục trưởng\x20)cục {_SMALL}",
    "trung_tam": rf"(?i:trung tâm) (?!(?i:thương mại|hội chợ|hội nghị)){_FIELD}|"
    rf"Trung tâm (?!(?:thương mại|hội chợ|hội nghị)){_SMALL}",
    "vien": rf"Viện {_FIELD}",
    "phong": rf"(?:(?<!ăn\x20)[Pp]hòng|PHÒNG) (?:{_FIELD}|(?:Nông nghiệp|NN) ?(?:và|&|[-–]) ?(?:PTNT|MT))|"
    rf"(?<=[Tt]rưởng\x20)phòng (?i:{_NOUNS})(?: (?:và|&) (?i:{_NOUNS}))?",
    "to": rf"(?i:tổ (?:tư vấn|giúp việc|công tác)){_PROGRAMMES}",
    "trung_uong": "Chính phủ|CHÍNH PHỦ|Quốc hội|Đoàn (?:đại biểu Quốc hội|ĐBQH)|Ủy ban Dân tộc|Kiểm toán Nhà nước",
    "khac": "Ngân hàng (?:Chính sách [xX]ã hội|Nhà nước)|Kho bạc Nhà nước|"
    "Công an(?= (?i:tỉnh|huyện|thành phố|xã|phường))",
}


def printed(pattern: str) -> str:
    """A pattern with blanks of either kind, and with the tone of "ủy" and "óa" on either vowel."""
    for old, new in (("ủy", "(?:ủy|uỷ)"), ("Ủy", "(?:Ủy|Uỷ)"), ("ỦY", "(?:ỦY|UỶ)"), ("óa", "(?:óa|oá)")):
        pattern = pattern.replace(old, new)
    return pattern.replace(" ", SPACE)


BODY = re.compile(
    r"(?<![\w])(?:" + "|".join(f"(?P<{kind}>{printed(form)})" for kind, form in _KINDS.items()) + r")(?![\w])"
)
DEPARTMENT_FORMS = tuple(
    (name, re.compile(printed("|".join((name, *forms))), re.IGNORECASE)) for name, forms in DEPARTMENTS.items()
)
