"""The kind of product spoken of before, put before a follow-up that asks of a criterion and names no product: "Homestay
chấm theo bộ nào?", then "dùng người trong xã thì được mấy điểm?"."""

from assistant.criterion_names import criteria_named
from assistant.matters import matters_asked
from assistant.product_before import without_opening
from assistant.question import Question, understand
from assistant.slot_before import one_product
from assistant.wording import says
from index.criteria.products import find_sets

_POINTS = (
    "điểm", "tối đa", "cao nhất", "yêu cầu", "tối thiểu", "sao", "đủ chưa", "đủ không", "thì sao", "bị loại",
    "được không", "có được", "có sao không", "đòi hỏi", "thế nào",
)  # fmt: skip
# Which ministry a product is under.
_MINISTRY = ("bộ nào", "cơ quan nào", "ai")
_IN_CHARGE = ("quản lý", "quản", "chủ trì", "phụ trách")
# What asks what a star demands, in words that name no criterion ("muốn 5 sao thì phải tinh xảo cỡ nào?"); not of what
# is the same for all products, nor of a criterion pointed at, which is told by what was asked of it.
_DEMANDS = ("phải", "cần", "muốn", "đòi", "bắt buộc", "yêu cầu", "thêm")
_OF_COURSE = (
    "hồ sơ", "giấy tờ", "nộp", "trình", "gửi", "thủ tục", "quy trình", "bao lâu", "ai", "cơ quan nào", "ở đâu",
)  # fmt: skip
_POINTING = ("đó", "ấy", "này", "nớ", "đấy")


def with_kind(text: str, before: Question) -> str | None:
    """A follow-up with the one product that the question before names; None where it is about something else."""
    spoken = one_product(before.text)
    if spoken is None or find_sets(text):
        return None
    asked = understand(text)
    own = asked.places or asked.national or asked.regions or asked.districts or asked.documents or not asked.unit.empty
    if own or any(one.what == "sản phẩm" for one in asked.counted):
        return None
    of_criterion = bool(criteria_named(asked.tokens)) and says(asked.tokens, *_POINTS)
    of_ministry = says(asked.tokens, *_MINISTRY) and says(asked.tokens, *_IN_CHARGE)
    of_star = asked.stars is not None and says(asked.tokens, *_DEMANDS) and not matters_asked(asked.tokens)
    of_star = of_star and not says(asked.tokens, *_POINTING, *_OF_COURSE)
    return f"{before.text[spoken]}: {without_opening(text)}" if of_criterion or of_star or of_ministry else None
