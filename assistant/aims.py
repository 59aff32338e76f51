"""What a question is after, before its content: an answer, a greeting, an order to the system, a person's data, …

Whether a question is about the programme is decided by signs, never by their absence alone: what plainly belongs to
another field (weather, gold, football, love, code) is foreign, also where OCOP is named in passing; what bears no
sign either way is looked up, and is out of scope only where nothing is found.
"""

import re
from collections.abc import Sequence
from typing import Literal

from assistant.wording import places_of, says, standing, tokens
from index.text import one_spelling

Aim = Literal["question", "greeting", "instruction", "insult", "health", "personal", "foreign"]

# A word of the field. One that also belongs to other fields ("giấy", "điểm") counts only against nothing.
_FIELD = (
    "ocop", "ocopex", "mỗi xã một sản phẩm", "mỗi làng một sản phẩm", "sản phẩm", "chủ thể", "đặc sản", "hợp tác xã",
    "tổ hợp tác", "làng nghề", "nông thôn", "nông sản", "nông nghiệp", "hạng sao", "mấy sao", "số sao", "xét sao",
    "đạt sao", "gắn sao", "lên sao", "hồ sơ", "giấy chứng nhận",
    "chứng nhận", "bộ tiêu chí", "tiêu chí", "phân hạng", "nâng hạng", "xếp hạng", "hội đồng", "tổ tư vấn", "thu hồi",
    "cấp xã", "cấp tỉnh", "cấp huyện", "trung ương", "công nhận", "nhãn hiệu", "điểm bán", "gian hàng",
    "sàn thương mại", "thương mại điện tử", "xúc tiến", "truy xuất", "phụ lục", "mẫu số",
    "quyết định", "nghị quyết", "nghị định", "thông tư", "kế hoạch", "công văn", "đề án", "chương trình",
    "doanh nghiệp", "công ty", "hộ gia đình", "hộ kinh doanh", "hộ sản xuất", "cơ sở", "du lịch", "nhóm sản phẩm",
    "nhóm thực phẩm", "bộ sản phẩm", "đánh giá", "chấm điểm", "thang điểm", "điểm", "vùng nguyên liệu",
    "nguyên liệu", "bao bì", "nhãn",
    "nộp lại", "nộp", "chấm lại", "rút giấy", "thu giấy", "mất giấy",
    "hết hạn", "hiệu lực", "hội nghị", "hội thi", "hội chợ", "ban chỉ đạo", "văn phòng điều phối",
    "ủy ban", "sở nông nghiệp", "sở công thương", "sáp nhập", "hợp nhất", "gộp tỉnh", "bị gộp", "gộp với", "gộp từ",
    "nhập vào",
    "bị nhập",
    "nhập với", "nhập về",
    "thuộc tỉnh", "trong tỉnh nào", "xã", "phường", "danh mục", "kiểm nghiệm", "phương án", "bảng chấm",
    "tự đánh giá", "cảm quan", "mã vạch", "mã qr", "vệ sinh", "an toàn thực phẩm", "haccp", "vietgap", "iso",
    "câu chuyện sản phẩm", "xuất khẩu", "tiêu thụ", "bộ tài liệu",
    "theo sao", "nâng sao", "địa giới", "nhập tỉnh",
    "khuyến khích", "mức thưởng", "thưởng", "hỗ trợ", "kinh phí", "tỉnh cũ", "gộp lại thành",
    "giấy sắp hết", "giấy cũ", "giấy hết", "giấy mới", "đổi giấy", "cấp giấy", "giấy của", "mẫu mới", "mẫu cũ",
    "nước mắm", "nước chấm", "gạo", "mật ong", "cà phê", "ca cao", "chè", "trà", "rượu", "miến", "bún", "bánh", "giò",
    "nem chua", "tương ớt", "trái cây", "rau quả", "rau củ", "thảo dược", "dược liệu", "tinh dầu", "yến sào",
    "nấm", "măng", "thủy sản", "thịt", "mứt", "gốm", "mây tre", "thổ cẩm", "lụa", "đan lát", "homestay",
    "sinh vật cảnh", "cây cảnh", "làm nghề", "gia vị", "mật mía", "hạt điều", "hạt tiêu", "hàng hóa", "món hàng",
)  # fmt: skip
# Of another field, whatever else is said.
_FOREIGN = (
    "thời tiết", "dự báo thời tiết", "trời có mưa", "có mưa không", "nhiệt độ ngoài trời", "giá vàng", "vàng sjc",
    "tỷ giá", "tỉ giá", "giá đô la", "chứng khoán", "cổ phiếu", "bitcoin", "tiền ảo", "tiền điện tử", "xổ số",
    "vietlott", "lô đề", "số đề", "giá xăng", "bóng đá", "world cup", "ngoại hạng anh", "cầu thủ", "trận đấu",
    "lịch thi đấu", "tỉ số trận", "tỷ số trận", "tán gái", "tán tỉnh", "người yêu", "thất tình", "chia tay", "tỏ tình",
    "python", "javascript", "java", "html", "sql", "lập trình", "đoạn mã", "mã nguồn", "viết code", "đoạn code",
    "thuật toán", "phương trình", "giải toán", "bài toán", "đạo hàm", "tích phân", "tổng thống", "bầu cử",
    "chiến tranh", "bài hát", "lời bài hát", "ca sĩ", "diễn viên", "bộ phim", "phim hay", "xem phim", "chuyện cười",
    "truyện cười", "kể chuyện", "bài thơ", "làm thơ", "viết thơ", "câu thơ", "bài văn", "viết văn", "đoạn văn",
    "tử vi", "cung hoàng đạo", "xem bói", "bói bài", "phong thủy", "giải mộng", "vé máy bay", "chuyến bay", "vé tàu",
    "xe khách", "đề thi đại học", "điểm chuẩn", "học phí", "bằng lái", "giấy phép lái xe", "nồng độ cồn",
    "phạt nguội", "hộ chiếu", "visa", "sổ đỏ", "ly hôn", "kết hôn", "khai sinh", "nghĩa vụ quân sự", "lương hưu",
    "thai sản", "iphone", "laptop", "cài win", "dịch sang tiếng", "dịch giúp", "dịch hộ", "dịch đoạn", "viết truyện",
    "cách nấu", "nấu món", "công thức nấu", "nấu phở", "dạy nấu",
    "viết kịch bản", "viết thư tình", "soạn nhạc", "viết bài hát", "vẽ tranh", "vẽ giúp", "write a poem",
    "write code", "tell me a joke", "weather", "football", "đá phạt", "đá trận", "câu đố", "đố vui", "đố bạn",
)  # fmt: skip
# What whoever is asked thinks, which no text tells.
_OPINIONS = ("ngon nhất", "ngon hơn", "hay hơn", "đáng làm không", "có đáng làm", "đáng mua không", "có đáng mua")
_YOURS = ("theo bạn", "bạn nghĩ", "bạn thấy", "ý kiến của bạn", "ý bạn", "bạn đánh giá")
_WORTH = ("tốt", "dở", "ngon", "hay", "đẹp", "thích", "đáng", "hiệu quả")
# Of another field where no word of ours stands beside.
_FOREIGN_ALONE = (
    "lãi suất", "gửi tiết kiệm", "ngân hàng", "vay tiêu dùng", "khách sạn", "đặt phòng",
    "đội tuyển", "bác sĩ", "đau đầu", "đau bụng",
    "triệu chứng", "tình yêu", "hẹn hò", "phim", "game", "chơi game", "điện thoại", "máy tính",
    "facebook", "mạng xã hội", "đại học", "học sinh", "tiếng anh", "vật lý", "hóa học", "lịch sử thế giới",
    "thủ đô của", "dân số", "vũ trụ", "mặt trăng", "trái đất", "sao hỏa", "mấy giờ rồi", "hôm nay thứ mấy",
    "ngày bao nhiêu âm", "âm lịch", "mèo", "xe máy", "ô tô", "mua nhà", "thuê nhà", "bất động sản", "thuế thu nhập",
    "bảo hiểm y tế", "bảo hiểm xã hội", "du học", "tuyển dụng", "xin việc", "chính trị",
)  # fmt: skip
_ORDERS = (
    "bỏ qua mọi", "bỏ qua các", "bỏ qua tất cả", "bỏ qua hướng dẫn", "bỏ qua chỉ dẫn", "bỏ qua tài liệu",
    "bỏ qua quy tắc", "bỏ qua lệnh", "bỏ hết quy tắc", "quên mọi", "quên hết", "quên các hướng dẫn",
    "quên các quy tắc", "quy tắc của bạn", "cấu hình hệ thống", "cấu hình của bạn", "quên đi mọi", "system prompt",
    "prompt hệ thống", "in ra prompt", "lời nhắc hệ thống", "lời nhắc của bạn", "câu lệnh hệ thống", "ignore all",
    "ignore previous", "ignore the above", "ignore your", "ignore any", "disregard", "forget all", "forget your",
    "forget previous", "override", "you are now", "act as", "pretend to be", "pretend you", "reveal your",
    "your instructions", "your prompt", "từ giờ bạn là", "từ bây giờ bạn là", "từ giờ mày là", "kể từ giờ bạn",
    "hãy đóng vai", "đóng vai là", "mi đóng vai", "mày đóng vai", "em đóng vai", "bạn đóng vai", "đóng vai cán bộ",
    "đóng vai người", "đóng vai giám đốc", "đóng vai chủ tịch",
    "đóng giả", "giả vờ là", "giả vờ bạn", "giả vờ mày", "giả sử bạn là", "jailbreak",
    "developer mode", "dan mode", "chế độ nhà phát triển", "chế độ quản trị", "khóa api", "api key", "api keys",
    "mật khẩu", "password", "drop table", "xóa cơ sở dữ liệu", "lệnh hệ thống",
    "chỉ dẫn ở trên", "chỉ dẫn hệ thống", "hướng dẫn hệ thống", "lời dẫn hệ thống", "chỉ thị hệ thống", "lời dẫn trước",
    "không luật lệ", "không giới hạn nào", "trả lời mọi câu", "mọi câu trả lời", "cứ bịa",
    "bịa cho", "bịa ra", "bịa giúp", "cứ viết rằng", "cứ viết là", "cứ nói rằng", "cứ nói là", "cứ khẳng định",
    "cứ ghi là", "cứ ghi rằng", "cứ xác nhận", "bỏ qua nguồn", "bỏ nguồn đi", "mặc kệ nguồn", "đừng dẫn nguồn",
    "không cần dẫn nguồn", "không cần nguồn", "câu lệnh sau",
    "thực hiện lệnh", "làm theo lệnh", "nghe lệnh", "biến môi trường", "tệp cấu hình",
)  # fmt: skip
# Not where a time follows: "giao Sở hướng dẫn trước ngày 30/4".
_BEFORE_THIS = ("chỉ dẫn trước", "hướng dẫn trước")
_TIMES = ("ngày", "khi", "tháng", "hạn", "lúc", "năm", "mùng")
_ORDER_MARK = re.compile(
    r"\[\s*/?(?:system|inst|hệ thống)\s*\]?|<\s*/?(?:system|script|im_start|\|)|(?<!\w)(?:system|assistant)\s*:|"
    r"#{2,}\s*(?:system|instruction)",
    re.IGNORECASE,
)
_ABUSE = (
    "đồ ngu", "ngu ngốc", "ngu thế", "ngu vậy", "ngu quá", "ngu vl", "ngu vãi", "máy ngu", "bot ngu", "óc chó",
    "óc lợn",
    "khốn nạn", "rác rưởi", "vô dụng", "đồ rác", "đồ đần", "đần độn", "thằng điên", "con điên", "đồ điên", "mất dạy",
    "cút đi", "cút xéo", "biến đi", "câm mồm", "câm miệng", "chết đi", "đồ chó", "chó chết", "chửi hộ", "chửi giúp",
    "chửi tục", "dốt quá", "dốt thế", "dốt nát", "đồ dốt", "như hạch", "như cứt", "như cặc", "địt", "đéo", "đụ má",
    "đù má", "vãi lồn", "đm", "đmm", "dmm", "vcl", "vkl", "clgt", "cmm", "fuck", "stupid", "idiot", "shut up",
)  # fmt: skip
_ABUSE_ALONE = ("ngu", "đần", "mày", "dm", "vl", "tào lao", "dở hơi", "vớ vẩn", "xàm", "ngáo")
_HEALTH = (
    "chữa bệnh", "trị bệnh", "khỏi bệnh", "phòng bệnh", "ung thư", "tiểu đường", "đái tháo đường", "huyết áp",
    "đường huyết", "mỡ máu", "thuốc chữa", "giảm cân", "tác dụng phụ", "chữa khỏi", "trị khỏi", "điều trị",
    "đau dạ dày", "viêm dạ dày", "viêm xoang", "viêm họng", "mất ngủ", "xương khớp", "đau lưng", "gan nhiễm mỡ",
    "viêm gan", "giải độc gan", "tim mạch", "đột quỵ", "trị ho", "chữa ho", "trị mụn", "trị nám", "yếu sinh lý",
    "bà bầu", "mang thai", "cho con bú", "trẻ sơ sinh", "liều dùng", "liều lượng", "dị ứng",
)  # fmt: skip
# Only where typed with marks: without them "chưa được" and "chữa được" are one.
_HEALTH_MARKED = ("chữa được", "trị được", "chữa trị")
# What the law says of such words on labels is a question of the field.
_NOT_HEALTH = ("ghi", "nhãn", "quảng cáo", "bao bì", "tiêu chí", "hồ sơ", "công bố", "bị phạt", "vi phạm")
_PERSONAL = (
    "số điện thoại", "sđt", "sdt", "số đt", "điện thoại của", "điện thoại riêng", "số di động", "căn cước", "cccd",
    "cmnd", "chứng minh nhân dân", "số tài khoản", "tài khoản ngân hàng", "địa chỉ nhà", "nhà riêng", "email", "e mail",
    "gmail", "zalo của", "số zalo", "facebook của", "ngày sinh", "năm sinh", "quê quán",
    "thu nhập của ông", "thu nhập của bà", "vợ của", "chồng của", "con của ông", "con của bà", "biển số xe",
    "bao nhiêu tuổi", "mấy tuổi", "tình trạng hôn nhân", "đời tư",
)  # fmt: skip
# What somebody is paid is nobody else's; what a firm pays its workers, it tells.
_PAY = ("lương tháng", "mức lương", "lương bao nhiêu", "tiền lương")
_WORKERS = ("lao động", "công nhân", "nhân công", "việc làm", "người làm", "thành viên", "xã viên", "bình quân")
_GREETING = (
    "xin chào", "chào bạn", "chào em", "chào anh", "chào chị", "chào ad", "chào admin", "chào mọi người", "chào bot",
    "chào", "hello", "hi", "hey", "alo", "a lô", "good morning", "cảm ơn", "cám ơn", "thank you", "thanks", "thank",
    "tạm biệt", "bye", "goodbye", "chúc ngủ ngon", "chúc một ngày", "hẹn gặp lại", "khỏe không", "có ai không",
)  # fmt: skip
_ABOUT_US = (
    "bạn là ai", "em là ai", "mày là ai", "bạn tên gì", "bạn tên là gì", "bạn là gì", "bạn là người hay",
    "bạn là robot", "bạn là máy", "bạn là chatbot", "bạn làm được gì", "bạn làm được những gì", "bạn giúp được gì",
    "bạn có thể làm gì", "bạn có thể giúp gì", "bạn biết những gì", "bạn biết làm gì", "giúp được gì", "ai tạo ra bạn",
    "ai làm ra bạn", "who are you", "what are you", "what can you do", "how can you help", "are you a bot",
    "hướng dẫn sử dụng chatbot", "dùng chatbot này",
)  # fmt: skip
_POLITE = frozenset(
    "nhé nha nhỉ ạ à dạ vâng ok oke okay nhiều lắm rất vui bạn em anh chị ad admin bot mình tôi cô chú bác mọi người "
    "hôm nay ngày mới tốt lành buổi sáng chiều tối đi rồi thế vậy và có không the you so much very good".split()
)
_SENTENCE = re.compile(r"(?<=[.!?\n])\s+")


def in_field(words: Sequence[str]) -> bool:
    """Whether a question holds a word of the field."""
    return says(words, *_FIELD)


def read_aim(words: Sequence[str], *, anchored: bool, telling: int) -> Aim:
    """What a question is after.

    words: its syllables, without those of places ("Quảng Trị được" tells of no cure). anchored: it names a document, a
    star or a unit of law, which no other field has. telling: how many words of content it holds.
    """
    if _says_orders(words):
        return "instruction"
    ours = anchored or in_field(words)
    abusive = _uttered(words, *_ABUSE)
    if abusive and says(words, "chửi hộ", "chửi giúp", "chửi tục"):
        return "insult"
    if says(words, *_PERSONAL) or (says(words, *_PAY) and not says(words, *_WORKERS)):
        return "personal"
    if says(words, *_HEALTH) or _stands(words, _HEALTH_MARKED):
        return "question" if says(words, *_NOT_HEALTH) else "health"
    if not ours and (abusive or (telling <= 4 and _uttered(words, *_ABUSE_ALONE))):
        return "insult"
    if says(words, *_ABOUT_US) and not says(words, "ocop"):
        return "greeting"
    if not ours and says(words, *_GREETING) and not _beyond_greeting(words):
        return "greeting"
    if says(words, *_FOREIGN) or (not ours and says(words, *_FOREIGN_ALONE)) or _asks_opinion(words):
        return "foreign"
    return "question"


def _asks_opinion(words: Sequence[str]) -> bool:
    """Whether a question asks what whoever is asked thinks: "Bạn thấy sản phẩm nào ngon?"."""
    return says(words, *_OPINIONS) or (says(words, *_YOURS) and says(words, *_WORTH))


def _stands(words: Sequence[str], phrases: Sequence[str]) -> bool:
    """Whether one of the phrases stands among words as it is written, marks and all."""
    said = f" {' '.join(words)} "
    return any(f" {one_spelling(phrase)} " in said for phrase in phrases)


def _uttered(words: Sequence[str], *phrases: str) -> bool:
    """Whether a question holds one of the phrases, as they are marked where it is typed with marks, and of one typed
    without marks none that is a single syllable with marks: "khoai deo" is no curse."""
    if all(word.isascii() for word in words):
        return says(words, *(phrase for phrase in phrases if " " in phrase or phrase.isascii()))
    return _stands(words, phrases)


def _beyond_greeting(words: Sequence[str]) -> bool:
    """Whether more is said than a greeting and what politeness adds to it."""
    left = set(range(len(words))) - {at for place in places_of(words, _GREETING) for at in place}
    return sum(words[at] not in _POLITE for at in left) > 1


def without_orders(text: str) -> str:
    """A text without the sentences that give the system orders, where a question remains; else the text as it is."""
    sentences = [sentence for sentence in _SENTENCE.split(text) if sentence.strip()]
    kept = [sentence for sentence in sentences if not (_ORDER_MARK.search(sentence) or _says_orders(tokens(sentence)))]
    if len(kept) == len(sentences) or not any(_asks(sentence) for sentence in kept):
        return text
    return " ".join(kept)


def _asks(sentence: str) -> bool:
    words = tokens(sentence)
    return in_field(words) and (
        sentence.rstrip().endswith("?")
        or says(words, "bao nhiêu", "mấy", "gì", "nào", "ai", "đâu", "thế nào", "vì sao", "tại sao", "khi nào")
    )


def _says_orders(words: Sequence[str]) -> bool:
    said = says(words, *_ORDERS) or any(
        not says(words[place.stop : place.stop + 1], *_TIMES) for place, _ in standing(words, _BEFORE_THIS)
    )
    return said or asks_forged(words) or asks_corrupt(words)


def asks_forged(words: Sequence[str]) -> bool:
    """Whether something forged is asked for, not about: "Làm hộ tôi tờ giấy chứng nhận giả"."""
    return says(words, *_FOR_ME) and _FORGED.search(" ".join(words)) is not None


def asks_corrupt(words: Sequence[str]) -> bool:
    """Whether how to bribe or to cheat is asked, not what becomes of who does."""
    return says(words, *_CORRUPT) and says(words, *_FOR_ME, *_HOW_TO) and not says(words, *_CONSEQUENCES)


def thanks(words: Sequence[str]) -> bool:
    """Whether a text gives thanks and greets nobody."""
    return says(words, *_THANKS) and not says(words, "chào", "hello", "hi", "hey", "alo")


_THANKS = ("cảm ơn", "cám ơn", "thank you", "thanks", "thank", "tks", "cảm tạ", "biết ơn")
_CORRUPT = (
    "hối lộ", "đút lót", "lót tay", "mua chuộc", "lo lót", "chung chi", "chạy sao", "chạy điểm", "chạy giấy",
    "chạy chọt", "mua điểm", "mua sao", "mua giấy chứng nhận", "đi cửa sau", "đi đêm", "tiền bôi trơn", "đưa phong bì",
    "phong bì cho", "quà biếu hội đồng",
    "gian lận", "khai gian", "khai khống", "qua mặt hội đồng", "lừa hội đồng", "đánh lừa hội đồng", "lách luật",
    "làm sai lệch", "sửa điểm", "nâng điểm khống", "che giấu hội đồng",
)  # fmt: skip
_HOW_TO = (
    "làm sao", "làm cách nào", "cách nào", "cách để", "cách", "làm thế nào", "thế nào để", "bằng cách", "để được",
    "để qua", "để đạt", "để lên", "hết bao nhiêu", "bao nhiêu tiền", "giá bao nhiêu", "muốn", "nên", "mẹo", "chỉ tôi",
    "chỉ mình", "bày",
)  # fmt: skip
# Who asks these asks about it.
_CONSEQUENCES = (
    "bị xử", "xử lý", "xử phạt", "bị phạt", "mức phạt", "có bị", "bị gì", "phát hiện", "tố cáo", "tố giác", "phản ánh",
    "ngăn", "phòng chống", "chống", "cấm", "vi phạm", "tránh", "thu hồi", "bị loại", "trách nhiệm",
)  # fmt: skip
_FOR_ME = ("hộ", "giúp", "giùm", "dùm", "cho tôi", "cho mình", "cho em", "cho tui", "hướng dẫn", "chỉ cách")
_FORGED = re.compile(
    r"(?<!\w)(?:làm|in|tạo|soạn|viết|chế|vẽ|bán)(?: \S+){0,4}? (?:giấy|chứng nhận|dấu|tem|bằng|hồ sơ|nhãn|quyết định|"
    r"báo cáo|phiếu|biên bản|hóa đơn|hợp đồng|kết quả|minh chứng)"
    r"(?: \S+){0,8}? giả(?!\w)(?! (?:mạo|định|thiết|sử))|(?<!\w)làm giả(?= (?:giấy|chứng nhận|con dấu|tem|hồ sơ|nhãn))"
)


def orders(text: str) -> bool:
    """Whether a text bears the marks of an order to the system that are no words ("[SYSTEM]")."""
    return _ORDER_MARK.search(text) is not None


def gives_orders(text: str) -> bool:
    """Whether a text tells a machine how to behave, in words or by marks."""
    return orders(text) or _says_orders(tokens(text))
