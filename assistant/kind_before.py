"""The kind of product spoken of before, put before a follow-up that asks of a criterion and names no product: "Homestay
chấm theo bộ nào?", then "dùng người trong xã thì được mấy điểm?"."""

from assistant.criterion_names import criteria_named
from assistant.product_before import without_opening
from assistant.question import Question, understand
from assistant.wording import says
from index.criteria.products import find_sets

_POINTS = ("điểm", "tối đa", "cao nhất", "yêu cầu", "tối thiểu", "sao")


def with_kind(text: str, before: Question) -> str | None:
    """A follow-up with the one product that the question before names; None where it is about something else."""
    named = {before.text[match.start : match.end] for match in find_sets(before.text)}
    if len(named) != 1 or find_sets(text):
        return None
    asked = understand(text)
    own = asked.places or asked.national or asked.regions or asked.districts or asked.documents or not asked.unit.empty
    if own or not criteria_named(asked.tokens) or not says(asked.tokens, *_POINTS):
        return None
    return f"{next(iter(named))}: {without_opening(text)}"
