"""The dossier spoken of that was filed under a former rule and waits to be judged, put into a follow-up that asks until
when or by which rule, or the same of another kind of dossier: "hạn chót mấy ngày?", "còn hồ sơ chấm lại?"."""

from datetime import date

from assistant.law_days import FILED, days_meant
from assistant.question import Question, opens_anew, understand
from assistant.regime_asked import dossier_meant
from assistant.waiting_dossier import UNTIL
from assistant.wording import says
from index.law.reasons import DOSSIER_NAME, day_text

_WAITS = ("chưa", "vẫn", "chờ", "đang đợi", "xử lý", "phải xong")
_WHICH_RULE = (
    "quy định nào", "quy định cũ", "quy định mới", "luật cũ", "luật mới", "luật nào", "quyết định nào", "cũ hay mới",
)  # fmt: skip
# What else is asked of a dossier of some kind.
_OTHER = ("gồm", "ở đâu", "giấy tờ", "mẫu", "thành phần", "ai", "mấy bộ", "bao nhiêu bộ", "phí", "thu hồi", "điểm")
_THE_SAME = ("thì sao", "thế nào", "khác không", "khác gì", "cùng lúc", "cũng vậy", "cũng thế", "cũng nộp")
_FEW, _MOST = 8, 20  # syllables: of a question that says nothing of its own, and of one of another kind of dossier


def filed_on(asked: Question, before: Question | None, on: date) -> date | None:
    """The day on which the dossier was filed that a conversation is about after a question, where it waits."""
    if asked.when:
        waits = says(asked.tokens, *FILED) and says(asked.tokens, *_WAITS)
        return days_meant(asked, on).filed if waits else None
    goes_on = asked.follow_up or len(asked.tokens) <= _FEW
    return before.filed if before is not None and goes_on else None


def with_filing(text: str, before: Question, on: date) -> str | None:
    """A follow-up with the dossier spoken of; None where it asks of something else."""
    if before.filed is None:
        return None
    asked = understand(text, on)
    own = asked.places or asked.districts or asked.documents or asked.when or asked.stars or not asked.unit.empty
    if own or len(asked.tokens) > _MOST or says(asked.tokens, *_OTHER):
        return None
    kind = dossier_meant(asked.tokens)
    until, rule = says(asked.tokens, *UNTIL), says(asked.tokens, *_WHICH_RULE)
    same = opens_anew(asked.tokens) or says(asked.tokens, *_THE_SAME) or len(asked.tokens) <= _FEW
    if not ((kind is not None and (until or rule or same)) or ((until or rule) and len(asked.tokens) <= _FEW)):
        return None
    kind = kind or dossier_meant(before.tokens) or dossier_meant(before.heard)
    of_kind = "" if kind is None else f" {DOSSIER_NAME[kind]}"
    by_rule = "áp dụng quy định nào, " if rule else ""
    dossier = f"Hồ sơ{of_kind} nộp ngày {day_text(before.filed)} mà chưa được chấm"
    return f"{dossier} thì {by_rule}phải xong trong bao nhiêu ngày?"
