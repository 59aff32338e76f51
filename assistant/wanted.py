"""Which kind of answer a question wants."""

import re
from collections.abc import Sequence
from typing import Literal

from assistant.wording import find_phrase, places_of, says

# figure, share, breakdown, sum, difference, trend, average, compare: numbers. number: the number of a document
# ("theo quyết định nào"). unit: an appendix, a form or an article of law; set: a set of criteria. merger: what became
# of a province. definition, how, procedure: what something is, is done by, in which steps.
Wanted = Literal[
    "figure", "share", "breakdown", "list", "case", "why", "who", "where", "when", "duration", "yes_no", "compare",
    "sum", "difference", "trend", "average", "state", "unit", "set", "number", "star", "merger", "definition", "how",
    "procedure", "text",
]  # fmt: skip
# Kinds answered by a figure that was counted.
FIGURES: tuple[Wanted, ...] = ("figure", "share", "difference", "trend")

_PAPERS = (
    "quyết định", "nghị quyết", "nghị định", "thông tư", "kế hoạch", "công văn", "văn bản", "chỉ thị", "luật", "qđ",
    "nq", "nđ", "đề án", "tờ trình", "hướng dẫn", "giấy tờ",
)  # fmt: skip
_WHICH_PAPER = tuple(
    f"{paper} {which}"
    for paper in _PAPERS
    for which in ("nào", "số nào", "số mấy", "số bao nhiêu", "số gì", "mấy", "gì", "số hiệu nào", "mang số", "có số")
    if not (paper in ("hướng dẫn", "giấy tờ", "đề án", "luật") and which in ("mấy", "gì", "nào"))
)
# "cho tôi xin số quyết định của …"
_NUMBER_OF_PAPER = tuple(
    f"{ask} số {of}{paper}"
    for ask in ("xin", "cho", "biết", "cần", "tìm", "tra", "hỏi")
    for of in ("", "của ", "hiệu ")
    for paper in ("quyết định", "nghị quyết", "công văn", "kế hoạch", "văn bản", "thông báo")
)
# "quyết định … của Đồng Tháp mang số bao nhiêu"
_CARRIES_NUMBER = tuple(f"mang số {which}" for which in ("bao nhiêu", "mấy", "nào", "gì", "hiệu"))
_SHARE = ("bao nhiêu phần trăm", "mấy phần trăm", "tỷ lệ", "phần trăm", "bao nhiêu %")
WHO = (
    "ai", "người nào", "vị nào", "đơn vị nào", "cơ quan nào", "cấp nào", "tổ chức nào", "do ai", "bộ nào", "sở nào",
    "ủy ban nào", "cơ quan gì", "bên nào", "phòng nào", "lãnh đạo nào", "ông nào", "bà nào",
    "phó thủ tướng nào", "thủ tướng nào", "bộ trưởng nào", "chủ tịch nào", "cán bộ nào", "chức vụ gì", "chức gì",
    "chức danh gì", "giữ chức",
)  # fmt: skip
_MAKER = tuple(f"{maker} nào" for maker in ("hợp tác xã", "công ty", "doanh nghiệp", "cơ sở", "chủ thể", "hộ", "nhà"))
_EXACTLY_WHEN = (
    "ngày mấy", "tháng mấy", "năm mấy", "ngày bao nhiêu", "ngày tháng nào", "tháng năm nào", "ngày tháng năm nào",
    "hôm nào", "những ngày nào", "mấy giờ", "từ bao giờ", "đến bao giờ", "tới bao giờ", "đến khi nào", "tới khi nào",
)  # fmt: skip
ASKED_WHEN = (
    "khi nào", "bao giờ", "lúc nào", "ngày nào", "hôm nào", "năm nào", "tháng nào", "thời điểm nào", "ngày mấy",
    "tháng mấy", "năm mấy", "ngày bao nhiêu", "đợt nào",
)  # fmt: skip
_WHEN = (*ASKED_WHEN, "từ ngày nào", "trước ngày nào", "hạn chót", "hạn nộp")
_DURATION = (
    "bao lâu", "mấy tháng", "mấy năm", "mấy ngày", "bao nhiêu ngày", "bao nhiêu tháng", "bao nhiêu năm", "thời hạn",
    "mấy tuần", "bao nhiêu tuần",
)  # fmt: skip
WHERE = (
    "ở đâu",
    "nơi nào",
    "địa điểm nào",
    "địa chỉ nào",
    "tại đâu",
    "chỗ nào",
    "đi đâu",
    "đến đâu",
    "tới đâu",
    "từ đâu",
    "nằm ở",
    "về đâu",
)
_ONE_PLACE = tuple(
    f"{of} {rank} nào"
    for of in ("ở", "tại", "của", "thuộc", "là", "từ", "trong", "về", "nằm ở")
    for rank in ("tỉnh", "huyện", "xã", "địa phương", "thành phố", "nước", "thị xã", "phường", "vùng", "quận")
)
# Who comes last among several.
LAST = ("đứng cuối", "đứng chót", "chót bảng", "cuối bảng", "đội sổ", "xếp cuối", "xếp chót", "đứng bét")
_COMPARE = (
    "nhiều hơn", "ít hơn", "nhiều nhất", "ít nhất", "cao nhất", "thấp nhất", "so sánh", "hơn hay", "dẫn đầu",
    "đứng đầu", "cao hơn", "thấp hơn", "đông hơn", "đông nhất", "trội hơn", "áp đảo", *LAST,
)  # fmt: skip
_AMONG = (
    "tỉnh nào", "tỉnh thành nào", "thành phố nào", "huyện nào", "xã nào", "địa phương nào", "bên nào", "nơi nào",
    "vùng nào", "đâu nhiều", "đâu ít", "là đâu",
)  # fmt: skip
_SEVERAL_PLACES = tuple(
    f"{many} {place}"
    for many in ("hai", "ba", "bốn", "năm", "những", "các")
    for place in ("nơi", "huyện", "xã", "địa phương", "tỉnh", "thành phố", "phường")
)
_AVERAGE = ("trung bình", "bình quân", "tính trung bình", "chia đều")
_TREND = (
    "tăng thêm bao nhiêu", "tăng bao nhiêu", "tăng mấy", "tăng thêm mấy", "giảm bao nhiêu", "giảm mấy",
    "tăng hay giảm", "giảm hay tăng", "tăng từ mấy", "tăng từ bao nhiêu", "thay đổi từ", "từ bao nhiêu lên bao nhiêu",
    "từ mấy lên mấy", "qua các năm", "từng năm", "theo từng năm", "biến động", "tăng trưởng bao nhiêu", "tăng gấp",
    "gấp mấy lần", "gấp bao nhiêu lần", "tăng ra sao", "tăng thế nào", "thay đổi thế nào", "thay đổi ra sao",
)  # fmt: skip
_GROWN_BY_HUNDRED = tuple(
    f"{grown} {many} phần trăm"
    for grown in ("tăng", "tăng thêm", "tăng trưởng", "giảm", "tăng được")
    for many in ("bao nhiêu", "mấy")
)
_DIFFERENCE = ("chênh lệch", "chênh nhau", "chênh bao nhiêu", "chênh mấy", "cách nhau bao nhiêu", "kém nhau")
_MERGER = (
    "thuộc tỉnh nào", "thuộc tỉnh thành nào", "thuộc thành phố nào", "nằm trong tỉnh nào", "nằm ở tỉnh nào",
    "nhập vào tỉnh nào", "nhập vào đâu", "nhập về đâu", "nhập với tỉnh nào", "nhập với ai", "về tỉnh nào",
    "sáp nhập với", "sáp nhập vào", "gộp với", "gộp vào", "gộp từ", "bị gộp", "có gộp", "có sáp nhập", "bị sáp nhập",
    "diện sáp nhập", "gộp lại thành", "hợp nhất từ", "hợp nhất với", "hợp nhất thành", "hình thành từ",
    "giờ là tỉnh nào",
    "nay là tỉnh nào", "nay thuộc", "giờ thuộc", "thuộc về đâu", "gồm những tỉnh", "gồm các tỉnh", "có giữ nguyên",
    "còn là một tỉnh", "sáp nhập khi nào", "tên mới là", "đổi tên thành", "được lập từ", "ghép từ", "những tỉnh cũ",
    "tỉnh cũ nào", "chung với tỉnh nào", "chung tỉnh nào", "chung một tỉnh với", "cùng tỉnh nào", "về chung với",
    "vào chung với", "là tỉnh gì", "mang tên gì", "mang tên nào", "nhập tên gì", "giờ tên gì", "nay tên gì",
    "tên gì mới", "đổi tên gì", "lấy tên gì",
    "nhập tỉnh", "góp với tỉnh", "góp vào tỉnh",
)  # fmt: skip
# A province that stays, or does not, in other words.
_KEPT = (
    "tách hay nhập", "nhập hay tách", "giữ nguyên hay", "hay giữ nguyên", "hay nguyên", "còn tên", "bị xóa tên",
    "bị xoá tên", "bị mất tên", "mất tên", "xóa tên", "thay đổi địa giới", "đổi địa giới", "giữ nguyên địa giới",
    "có đổi tên", "bị đổi tên", "đổi tên không",
    "còn là tỉnh", "còn tồn tại", "còn tỉnh", "đứng riêng", "đứng một mình", "để nguyên", "giữ tên",
)  # fmt: skip
_NO_MERGING = (
    "thu nhập", "xuất nhập", "nhập khẩu", "nhập hàng", "nhập liệu", "nhập môn", "hội nhập", "nhập kho", "gia nhập",
    "nhập số", "nhập nguyên", "nhập về", "nhập điểm", "nhập hồ",
)  # fmt: skip
# How many words before "nhập" set what is asked after the merger: "sau khi sáp nhập, ai phụ trách".
_LEAD = 3
_DEFINITION = (
    "nghĩa là gì", "nghĩa là sao", "có nghĩa", "nghĩa gì", "tức là gì", "tức là sao", "hiểu thế nào",
    "hiểu như thế nào",
    "hiểu là gì", "thế nào là", "thế nào mới là", "thế nào thì gọi", "được gọi là", "gọi là gì", "khái niệm",
    "định nghĩa", "viết tắt của", "viết tắt là", "ý nghĩa", "là tính kiểu gì", "là cái gì", "là chương trình gì",
    "là sao",
)  # fmt: skip
_PROCEDURE = (
    "các bước", "từng bước", "mấy bước", "bao nhiêu bước", "những bước", "trình tự", "quy trình", "thủ tục",
    "làm gì trước", "trước gì sau", "tuần tự", "chặng nào", "những chặng", "bước nào", "khâu nào", "qua những khâu",
    "bắt đầu từ đâu",
)  # fmt: skip
_HOW = (
    "làm cách nào", "bằng cách nào", "cách nào", "như thế nào", "thế nào", "ra sao", "làm sao", "bằng gì", "kiểu gì",
    "làm thế nào",
)  # fmt: skip
_WHY = ("vì sao", "tại sao", "lý do gì", "nguyên nhân", "do đâu", "lý do", "vì lẽ gì", "sao lại", "vì cớ gì", "cớ sao")
# "so hai số ấy thì sai ở chỗ nào?"
_WHY_NOT = ("sai ở chỗ nào", "sai chỗ nào", "sai ở đâu", "sai ở điểm nào", "không ổn ở chỗ nào", "không đúng ở chỗ nào")
SET_ASKED = (
    "bộ chấm nào", "phiếu chấm nào", "bộ phiếu nào", "phiếu chấm của nhóm nào", "phiếu nhóm nào", "chung bộ", "cùng bộ",
    "cùng một bộ", "bộ riêng",
    "bộ nào", "bộ mấy", "bộ số mấy", "bộ số nào", "bộ tiêu chí nào", "bộ tiêu chí số mấy", "bộ tiêu chí số nào",
    "bộ tiêu chí mấy", "bộ tiêu chí gì", "những bộ tiêu chí số", "theo bộ",
    *(f"{table} {which}" for table in ("bảng điểm", "bảng chấm", "thang chấm", "bảng tiêu chí", "phiếu chấm điểm")
      for which in ("nào", "mấy", "số mấy", "số nào", "gì")),
)  # fmt: skip
_POINTS = re.compile(r"(?<!bảng )(?<!bang )(?<!phiếu chấm )(?<!phieu cham )(?<!\w)(?:điểm|diem)(?!\w)")
# "bộ nào" of a ministry.
_MINISTRY = ("bộ nào ban hành", "bộ nào quản", "bộ nào chủ trì", "bộ nào cử")
# A form has a number of its own, which is no paper's: "những mẫu giấy tờ số mấy".
_FORMS = tuple(f"mẫu {form}" for form in ("giấy", "giấy tờ", "phiếu", "đơn", "báo cáo", "tờ khai", "hồ sơ", "biểu"))
_NUMBERED = ("số mấy", "số nào", "số bao nhiêu", "mang số", "số gì")
_UNIT = (
    "phụ lục nào", "phụ lục mấy", "phụ lục số mấy", "mẫu nào", "mẫu số mấy", "mẫu số nào", "mẫu mấy", "biểu nào",
    "biểu số mấy", "biểu mẫu nào", "điều nào", "khoản nào", "điểm nào của điều", "điều mấy", "khoản mấy",
    "điều khoản nào",
)  # fmt: skip

# "những khoản nào" of money, not of an article of law.
_SUMS = tuple(f"{many} khoản nào" for many in ("những", "các", "trợ", "chi", "mấy", "được"))
# Amounts of which there are several: "ba mức khuyến khích theo sao".
_RATES = (
    "các mức",
    "những mức",
    "ba mức",
    "hai mức",
    "bốn mức",
    "mỗi mức",
    "từng mức",
    "mức theo sao",
    "mức theo hạng",
)
# "dở chỗ nào", "sai ở chỗ nào": what, not where.
_WRONG = (
    "dở",
    "sai",
    "yếu",
    "kém",
    "thiếu",
    "vướng",
    "hạn chế",
    "khó",
    "khó khăn",
    "hay",
    "khác",
    "mạnh",
    "hơn",
    "thua",
    "ngon",
    "độc đáo",
    "đặc biệt",
    "hấp dẫn",
)
_NO_PLACE = tuple(
    f"{what} {at}" for what in _WRONG for at in ("chỗ nào", "ở chỗ nào", "điểm nào", "ở điểm nào", "ở đâu")
)
# What is in a province, whose merger then is not asked about.
_NO_PROVINCE = (
    "sản phẩm", "hồ sơ", "giấy chứng nhận", "làng", "khu du lịch", "cơ sở", "hợp tác xã", "công ty", "sao",
)  # fmt: skip
_NAMING = ("kể tên", "liệt kê", "kể ra", "nêu tên", "điểm tên")


# "nâng hạng mấy sản phẩm" asks how many, "hạng mấy" alone which.
_HOW_MANY_OF = tuple(f"hạng mấy {thing}" for thing in ("sản phẩm", "món", "cái", "mặt hàng", "hồ sơ"))


def kind_of_answer(words: tuple[str, ...], *, places: int, documents: int, times: int) -> Wanted:
    """What is to be said to a question. places, documents, times: how many it names."""
    about_state = says(words, "hiệu lực", "giá trị", "thay thế", "bãi bỏ", "còn dùng", "còn áp dụng", "hiện hành")
    if documents and about_state and not (says(words, *_DURATION, "sản phẩm", "giấy chứng nhận") or of_its_eve(words)):
        return "state"
    how_many = says(words, "bao nhiêu", "số lượng", "tổng số") or _counts_by_few(words)
    if (
        (says(words, *_MERGER) or (places and _whether_merged(words)))
        and (places or says(words, "tỉnh", "thành phố"))
        and not (how_many or says(words, *_NO_PROVINCE))
    ):
        return "merger"
    if _asks_deeds(words):
        return "list"
    if places and _names_person(words) and not _asks_names(words):
        return "who"
    return _reckoned(words, places=places, times=times) or _named(words) or _other(words, how_many=how_many)


# What is done before a document is in force says when, and asks nothing of the document.
_EVE = re.compile(r"(?<!\w)trước (?:khi|ngày|lúc|thời điểm)(?: \S+){1,8}? có hiệu lực(?!\w)")


def of_its_eve(words: Sequence[str]) -> bool:
    """Whether a question is about what was done before a document came into force."""
    return _EVE.search(" ".join(words)) is not None


# What is counted, and not asked for by name, after "mấy".
_COUNTS = (
    "sản phẩm", "món", "mặt hàng", "chủ thể", "hợp tác xã", "cơ sở", "doanh nghiệp", "hộ", "xã", "huyện", "tỉnh",
    "nhóm", "loại", "bước", "phần", "khâu", "ngày", "tháng", "năm", "sao", "điểm", "đợt", "lần", "hồ sơ",
    "bộ", "người", "bao nhiêu",
)  # fmt: skip


_DEEDS = ("hướng", "định hướng", "giải pháp", "nhiệm vụ", "biện pháp", "việc", "nội dung", "khó khăn", "hạn chế")
_TO_BE_NAMED = ("tóm tắt", "kể", "nêu", "liệt kê", "là gì", "gồm những", "ra sao", "cụ thể")
_NAMED_WITHIN = 10


def _which_ones(words: tuple[str, ...], few: range) -> bool:
    """Whether "mấy" at that place asks which: "mấy hệ thống quản lý nào", not "ở số mấy đường nào"."""
    numbers = says(words[max(0, few.start - 1) : few.start], "số", "thứ", "hạng", "bộ", "điều", "khoản", "mẫu")
    named = says(words[few.stop + 1 : few.stop + _NAMED_WITHIN], "nào")
    return named and not numbers and not says(words[few.stop :], *_COUNTS)


def _asks_deeds(words: tuple[str, ...]) -> bool:
    """Whether deeds or ways are to be told, and how many only by the way ("mấy hướng …, tóm tắt giúp")."""
    places = places_of(words, ("mấy", "bao nhiêu"))
    return says(words, *_TO_BE_NAMED) and any(says(words[one.stop : one.stop + 2], *_DEEDS) for one in places)


def _counts_by_few(words: tuple[str, ...]) -> bool:
    """Whether "mấy" asks how many: not "mấy file đó", those spoken of, nor "mấy hệ thống quản lý nào", which ones, nor
    "cỡ mấy nghìn lao động … được không", how large something is thought to be."""
    places = list(places_of(words, ("mấy",)))
    yes_no = _ends_yes_no(words)
    return any(
        not (
            says(words[place.stop + 1 : place.stop + 4], "đó", "ấy", "này", "kia", "nớ")
            or (says(words[max(0, place.start - 1) : place.start], "cả") and not says(words, "tất cả"))
            or says(words[max(0, place.start - 2) : place.start], "không tính", "không kể")
            or _which_ones(words, place)
            or (yes_no and says(words[place.stop : place.stop + 1], "nghìn", "ngàn", "trăm", "chục", "vạn"))
        )
        for place in places
    )


def _whether_merged(words: tuple[str, ...]) -> bool:
    """Whether a question asks whether a province was merged, or stayed: "có phải nhập với tỉnh khác không", "tách hay
    nhập", "còn tên không". Of goods brought in ("thu nhập", "nhập khẩu") it is none."""
    if says(words, *_KEPT) or (
        says(words[-3:], "còn không", "còn hay") and says(words, "tỉnh", "sắp xếp", "thành phố")
    ):
        return True
    yes_no = says(words, "có", "không", "chưa", "hay", "phải", "bị")
    for at, word in enumerate(words):
        if not yes_no or not says((word,), "nhập", "gộp", "ghép"):
            continue
        whole = says(words[max(0, at - 1) : at + 1], *_NO_MERGING) or says(words[at : at + 2], *_NO_MERGING)
        set_before = says(words[max(0, at - _LEAD) : at], "sau", "trước", "khi", "từ", "do", "vì")
        if not whole and not set_before:
            return True
    return False


_IN_ORDER = ("nhiều đến ít", "ít đến nhiều", "cao đến thấp", "cao xuống thấp", "thấp đến cao", "nhiều tới ít", "thứ tự")


_RANKED = tuple(
    f"{rank} {many} {what}"
    for rank in ("xếp hạng", "xếp thứ tự", "bảng xếp hạng")
    for many in ("các", "những")
    for what in ("tỉnh", "huyện", "địa phương")
)


def _reckoned(words: tuple[str, ...], *, places: int, times: int) -> Wanted | None:
    """The kinds that are worked out of several figures; why such numbers go together, or do not, is none."""
    if says(words, *_WHY_NOT) or says(words, *_WHY) or _begins_why(words):
        return "why" if says(words, *_WHY_NOT) or not says(words, "bao nhiêu", "mấy") else None
    if says(words, *_AVERAGE) and says(words, "mỗi", "một", "từng"):
        return "average"
    if (says(words, *_IN_ORDER) and says(words, "tỉnh", "huyện", "địa phương", "nơi")) or says(words, *_RANKED):
        return "compare"
    more = says(words, *_COMPARE) or (says(words, "nhiều", "ít", "cao") and says(words, "nhất", "hơn"))
    if more and (places > 1 or says(words, *_AMONG) or (says(words, "nhất") and says(words, *_SEVERAL_PLACES))):
        return "compare"
    if places > 1 and _more_by(words):
        return "difference"
    by_hundred = times < 2 and says(words, *_GROWN_BY_HUNDRED)  # a number that a text gives as it stands
    if (says(words, *_TREND) and not by_hundred) or (times > 1 and says(words, "lần lượt", "so với", "hơn hay")):
        return "trend"
    if says(words, *_DIFFERENCE) and (places > 1 or times > 1):
        return "difference"
    return None


def _more_by(words: Sequence[str]) -> bool:
    """ "Đồng Tháp hơn Bến Tre mấy sản phẩm", "kém … bao nhiêu"."""
    text = " ".join(words)
    return re.search(r"(?<!\w)(?:hơn|kém|thua|ít hơn|nhiều hơn)(?: \S+){1,6} (?:mấy|bao nhiêu)(?!\w)", text) is not None


def _named(words: tuple[str, ...]) -> Wanted | None:
    """The kinds whose asking words name the thing asked for."""
    if says(words, "mấy sao", "bao nhiêu sao", "hạng nào", "hạng mấy", "hạng gì", "hạng sao nào") and not (
        says(words, *_HOW_MANY_OF) and not says(words, "mấy sao", "bao nhiêu sao", "hạng nào", "hạng gì")
    ):
        return "star"
    if says(words, *SET_ASKED) and not says(words, *_MINISTRY) and not _POINTS.search(" ".join(words)):
        return "set"
    if (says(_without_cashews(words), *_UNIT) and not says(words, *_SUMS)) or (
        says(words, *_FORMS) and says(words, *_NUMBERED)
    ):
        return "unit"
    numbered = says(words, *_PAPERS) and says(words, *_CARRIES_NUMBER, *_NUMBER_OF_PAPER)
    ending = says(words[-3:], "số mấy", "số bao nhiêu") and says(words, "quyết định", "nghị quyết", "công văn")
    if numbered or ((ending or says(words, *_WHICH_PAPER, "số hiệu")) and not _counts_beside_paper(words)):
        return "number"
    if _asks_names(words):
        return "list"
    if says(words, *_WHY) and says(words, "từng lý do", "các lý do", "theo lý do", "mỗi lý do"):
        return "why"
    if says(words, "cơ cấu", "phân bổ", "chia theo", "phân theo", "từng hạng", "mỗi hạng", "từng loại", "chia ra"):
        return "breakdown"
    if says(words, *_RATES) and says(words, "bao nhiêu", "mấy", "gì", "nào"):
        return "breakdown"
    if says(words, *_DEFINITION) or _is_what(words):
        return "definition"
    if says(words, *_PROCEDURE):
        return "procedure"
    if says(words, *_EXACTLY_WHEN):
        return "when"
    return None


def _without_bees(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without "ong", which without marks is "ông": "loại mật ong nào" asks for no man."""
    return tuple(
        "·" if word == "ong" and says(words[max(0, at - 1) : at], *_OF_BEES) else word for at, word in enumerate(words)
    )


def _without_cashews(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without the "điều" that grows: "sản phẩm điều nào" asks for no article of law."""
    return tuple(
        "·" if word in ("điều", "dieu") and says(words[max(0, at - 2) : at], *_OF_CASHEWS) else word
        for at, word in enumerate(words)
    )


_OF_CASHEWS = ("hạt", "sản phẩm", "món", "nhân", "vườn", "trồng", "mặt hàng", "chế biến", "cây")
_OF_BEES = ("mật", "nuôi", "đàn", "con", "sữa", "phấn", "sáp", "tổ")
_NAME_ASKED = ("tên gì", "tên chi", "tên là gì", "tên là chi", "họ tên")
_PERSONS = (
    "giám đốc",
    "chủ tịch",
    "bí thư",
    "trưởng",
    "chủ nhiệm",
    "ông",
    "bà",
    "anh",
    "chị",
    "cô",
    "chú",
    "nghệ nhân",
)


def _names_person(words: tuple[str, ...]) -> bool:
    """Whether the name of a person is asked for ("giám đốc sở tên gì?", "phó chủ tịch tỉnh Nam Định nào trao …?")."""
    return (says(words, *_NAME_ASKED) and says(words, *_PERSONS)) or _OFFICE_WHICH.search(" ".join(words)) is not None


# An office, and of which body or place it is, right before "nào".
_OFFICE_WHICH = re.compile(
    r"(?<!\w)(?:phó |pho )?(?:chủ tịch|chu tich|giám đốc|giam doc|bí thư|bi thu|cục trưởng|chi cục trưởng)"
    r"(?: (?!hội đồng|có|là|và|của|đã|về|cho|thì)\S+){1,5} (?:nào|nao) "
)


# What something has one of.
_OF_ONE_MEASURE = tuple(f"{one} nào" for one in ("quy mô", "phạm vi", "mức độ", "trình độ", "tinh thần"))


def _other(words: tuple[str, ...], *, how_many: bool) -> Wanted:
    if says(words, *_DURATION) and not says(words, "bao nhiêu năm nay"):
        return "duration"
    if says(words, *_SHARE):
        return "share"
    if how_many and not _some(words) and not _names_or_ways(words):
        return "sum" if says(words, "cộng lại", "cả hai", "tổng cộng cả", "gộp lại") else "figure"
    if says(_without_bees(words), *WHO) or (says(words, *_MAKER) and not says(words, "những", "các")):
        return "who"
    if says(words, *_WHY) or _begins_why(words):
        return "why"
    if says(words, "khi nào bị", "khi nào thì bị", "trường hợp nào", "trong trường hợp", "lúc nào bị", "khi nào phải"):
        return "case"
    if says(words, *_WHEN):
        return "when"
    if (says(words, *WHERE) and not says(words, *_NO_PLACE)) or (
        says(words, *_ONE_PLACE) and not says(words, "những", "các")
    ):
        return "where"
    if says(words, "tên của", "tên các", "cho tôi tên", "họ tên"):
        return "list"
    if _ends_yes_no(words):
        return "yes_no"
    if says(words, *_HOW):
        return "how"
    if says(words, *_OF_ONE_MEASURE) and not says(words, "những", "các"):
        return "text"
    if says(words, "những", "kể tên", "liệt kê", "gồm những", "gồm gì", "bao gồm", "danh sách", "gồm", "các") or (
        says(words, "nào")
    ):
        return "list"
    return "text"


_WONDERS = re.compile(
    r"(?<!mấy )(?<!\d )(?<!hạng )(?<!lên )(?<!tại )(?<!có )(?<!đạt )(?<!được )(?<!gắn )(?<!\w)"
    r"sao (?:lại|mà|cứ|phải|còn phải)(?! không)(?= )"
)


_WONDERING = ("vậy", "thế", "nhỉ", "hả", "ta", "rứa")


def _begins_why(words: Sequence[str]) -> bool:
    """ "Sao Đồng Tháp lại rút giấy?", "Sao chè ấy chỉ được 3 sao?": "sao" at the beginning that is no star, or
    before what is wondered at: "năm 2023 Bến Tre sao phải chấm lại nhiều thế"."""
    if _WONDERS.search(" ".join(words)):
        return True
    if not words or words[0] != "sao":
        return False
    wonders = says(words[1:], "lại", "không", "phải", "chưa", "mà", "chỉ") or says(words[-1:], *_WONDERING)
    return wonders and not says(words[1:2], "ocop")


def _counts_beside_paper(words: tuple[str, ...]) -> bool:
    """Whether more than the number of a document is asked by "mấy" or "bao nhiêu"."""
    left = list(words)
    dated = ("ngày mấy", "tháng mấy", "năm mấy", "ngày bao nhiêu", "mấy giờ")
    numbered = ("số hiệu mấy", "số hiệu bao nhiêu", "số hiệu là bao nhiêu", "số mấy", "số bao nhiêu", "số là bao nhiêu")
    for phrase in sorted((*_WHICH_PAPER, *numbered, *dated), key=len, reverse=True):
        at = find_phrase(left, phrase)
        if at >= 0:
            del left[at : at + len(phrase.split())]
    return says(left, "mấy", "bao nhiêu")


_THINGS = (
    "sản phẩm", "món", "mặt hàng", "chủ thể", "cơ sở", "đơn vị", "hợp tác xã", "công ty", "doanh nghiệp", "hộ",
)  # fmt: skip
_SEVERAL = ("từng", "các", "những", "mấy", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def _asks_names(words: Sequence[str]) -> bool:
    """ "Tên 9 sản phẩm … là gì", "ba món ấy tên gì": what each of several is called."""
    at = find_phrase(words, "tên")
    several = at >= 0 and (says(words[at + 1 : at + 2], *_SEVERAL) or _many(words[at + 1 :]))
    if several and (at == 0 or says(words[at:], "là gì", "là những gì", "tên gì", "gọi là gì")):
        return True
    # "chín sản phẩm trong Quyết định 12 tên là gì"
    counted = [one for one in places_of(words, _THINGS) if one.start > 0]
    many = any(says(words[one.start - 1 : one.start], *_SEVERAL) or _many(words[one.start - 1 :]) for one in counted)
    return many and says(words[-4:], "tên gì", "tên là gì", "gọi là gì", "tên chi", "tên là chi")


def _many(words: Sequence[str]) -> bool:
    return bool(words) and words[0].isdecimal() and int(words[0]) > 1


def _is_what(words: Sequence[str]) -> bool:
    """ "OCOP là gì?": what something short is; not "tên là gì", "số hiệu là gì", nor "làm từ gì"."""
    at = find_phrase(words, "là gì")
    if not 0 < at <= 5 or at + 2 < len(words) - 1:
        return False
    return not says(
        words[:at], "tên", "số hiệu", "chức", "nhiệm vụ", "nội dung", "lý do", "mục tiêu", "điều kiện", "món"
    )


def _some(words: Sequence[str]) -> bool:
    """Whether "mấy" at the beginning only means several: "Mấy món làm từ xơ mướp là món gì?"."""
    return (
        words[0] in ("mấy", "may")
        and not says(words[1:], "mấy", "bao nhiêu")
        and says(words[1:], "gì", "nào", "sao", "ai", "đâu")
    )


def _names_or_ways(words: Sequence[str]) -> bool:
    """Whether a number is only spoken of where names are asked for ("kể tên mấy món") or a way ("… thì nên trích hai
    tổng số ấy ra sao")."""
    if says(words, "bao nhiêu"):
        return False
    return says(words, *_NAMING) or (says(words[-3:], *_HOW) and not says(words, "mấy"))


def _ends_yes_no(words: tuple[str, ...]) -> bool:
    tail = words[-3:]
    return says(tail, "không", "chưa", "đúng chứ", "thật à", "phải chăng", "được à", "hả") or says(
        words, "có phải", "phải không", "đúng không", "còn giá trị", "còn hiệu lực", "có được"
    )
