"""What only looks like a district's name: ordinary words, people, communes, rivers, companies called like one."""

# Names that, without marks, are also ordinary words ("van ban" is văn bản, "can duoc" cần được): typed without marks
# they need their rank or capitals. Found by comparing all names with a dictionary of 74,000 Vietnamese words and with
# two and a half million letters of prose.
ALSO_WORDS = frozenset(
    "an bien|an duong|an minh|an thi|ba che|ba thuoc|bac ai|bac ha|bac me|bao lam|bao yen|bien hoa|binh gia|"
    "binh luc|binh minh|binh son|binh thanh|binh thuy|cai be|cai lay|cai nuoc|cam lam|cam lo|can duoc|can gio|"
    "can loc|cao bang|cao loc|cau ke|cho don|cho gao|cho lach|cho moi|co do|co to|con co|cu chi|da bac|da lat|"
    "dai tu|dam doi|dam ha|dan phuong|dat do|di an|di linh|dien ban|dien bien|dinh lap|dinh quan|do luong|do son|"
    "don duong|dong anh|dong da|dong hoa|dong hoi|dong phu|dong trieu|dong van|dong xuan|duc co|duc hoa|duc pho|"
    "duc trong|duong kinh|duyen hai|gia binh|gia lam|gia vien|go dau|ha long|ha tien|ha tinh|hai an|hai duong|"
    "hai ha|hiep hoa|hoa an|hoa binh|hoa thanh|hoa vang|hoang hoa|hoang mai|hoi an|hon dat|hon quan|hong dan|"
    "huong hoa|ke sach|kien an|kien hai|kien tuong|kim bang|kim dong|kim thanh|la gi|lac duong|lam binh|lam ha|"
    "loc binh|long dat|long thanh|luong tai|mi duc|mi tu|minh hoa|minh long|mo duc|nam can|nam dinh|nga bay|"
    "nga nam|nghia dan|nha be|phan thiet|phong dien|phong tho|phu binh|phu cu|phu giao|phu hoa|phu qui|phu vang|"
    "quan ba|quan hoa|quan son|quang dien|quang hoa|son dong|son duong|son ha|son tinh|son tra|song cau|"
    "song cong|song ma|tam nong|tan binh|tan ki|tan thanh|tay ho|thach an|thai binh|thai hoa|thang binh|thanh ba|"
    "thanh binh|thanh chuong|thanh ha|thanh hoa|thanh liem|thanh son|thanh thuy|thanh tri|thanh xuan|thieu hoa|"
    "thoi binh|thong nhat|thot not|thuan hoa|thuong xuan|tien du|tieu can|tra on|trang dinh|tu ki|tu mo rong|"
    "tu nghia|tuong duong|u minh|van ban|van canh|van chan|van don|van quan|van yen|vi thanh|vi thuy|vinh cuu|"
    "vu ban|vu thu|vung tau|yen binh|yen minh|yen mo|yen phong|yen thanh".split("|")
)
# The same where every mark is right: these need their rank or capitals however they are typed.
EVEN_MARKED = frozenset(
    "bình minh|chợ mới|cái nước|duyên hải|hòa bình|kế sách|la gi|ngã bảy|nhà bè|phú quí|sơn dương|sơn hà|sơn trà|"
    "tam nông|thanh bình|thanh liêm|thanh thủy|thanh xuân|thái hòa|thống nhất|thốt nốt|tiên du|u minh|vĩnh cửu|"
    "yên bình|điện bàn".split("|")
)
# Names that are also given to people, battles or dynasties: bare, they need a word such as "tại" before them.
ALSO_PEOPLE = frozenset(
    "bình minh|bảo lâm|bảo yên|chi lăng|cẩm lệ|dương minh châu|gia bình|gia lâm|gia lộc|hai bà trưng|hoài ân|"
    "hoài đức|hoàng mai|hòa an|hải an|hải châu|hải hà|hồng dân|hồng lĩnh|khánh sơn|kim sơn|kim thành|lâm hà|"
    "lê chân|mai châu|mai sơn|minh hóa|minh long|nguyên bình|ngô quyền|ngọc hiển|phú bình|phú hòa|phú tân|"
    "phúc thọ|quang bình|quốc oai|sơn hà|sơn hòa|thanh ba|thanh bình|thanh chương|thanh hà|thanh liêm|thanh sơn|"
    "thanh thủy|thanh xuân|thái hòa|thống nhất|trần văn thời|tân bình|tân sơn|tân thành|tây sơn|văn giang|"
    "văn lâm|vũ quang|xuân lộc|xuân trường|yên bình|điện biên phủ|đông anh|đông hà|đông hưng|đông hải|đức huệ|"
    "đức hòa|đức linh|đức thọ|đức trọng".split("|")
)
# Towns so well known that a question names them without rank and province; none is an ordinary word when marked so.
WELL_KNOWN = frozenset(
    "biên hòa|buôn ma thuột|bảo lộc|cam ranh|châu đốc|côn đảo|cẩm phả|gia nghĩa|gò công|hà tiên|hạ long|"
    "long xuyên|móng cái|mù cang chải|mĩ tho|mộc châu|nha trang|phan rang|phan thiết|phú quốc|phủ lí|pleiku|"
    "qui nhơn|rạch giá|sa pa|sapa|sa đéc|sầm sơn|tam kì|thủ dầu một|thủ đức|tuy hòa|uông bí|việt trì|vĩnh yên|"
    "vị thanh|đà lạt|đông hà|đồng hới|đồng xoài".split("|")
)
# The word right before a name or a list of names that makes it a commune, a river, a person, a firm.
HEADS = frozenset(
    "xã phường trấn thôn ấp bản buôn làng xóm sông núi suối hồ đèo chợ đường phố cầu chùa đền đình trường ông bà anh "
    "chị em cô chú bác thầy ty htx tht nghiệp sở hàng hiệu khu cụm cảng ga bến viện sạn tên kho nguyễn trần lê phạm "
    "huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý thắng trận dịch".split()
)
# The same typed without marks, as far as it is unlikely to be anything else.
BARE_HEADS = frozenset("xa phuong tran thon song nui duong truong nguyen pham huynh htx thang".split())
# Acronyms that begin the name of a firm or school; before others ("OCOP", "UBND") a name stands for the place.
FIRMS = frozenset("HTX THT TNHH CTCP CLB THPT THCS TH DNTN HTXNN CP MTV".split())
# Words with a capital at the start of a sentence that a name can follow.
OPENINGS = frozenset(
    "tại ở về từ đến tới của và với riêng còn như khi nếu vì do cùng giữa quanh qua huyện quận cả nhiều người".split()
)
PLACE_WORDS = frozenset("ở tại về đến tới từ qua quanh huyện quận bàn".split())
