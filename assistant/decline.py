"""What is said where no answer is given: questions turned away, and questions nothing held answers."""

from collections.abc import Sequence

from assistant import answer as say
from assistant.aims import asks_corrupt, asks_forged, thanks
from assistant.answer import Status
from assistant.corpus import Corpus
from assistant.proper_names import names_in_article, proper_names
from assistant.question import CALLED, Question
from assistant.wanted import FIGURES
from assistant.wording import says
from index.dates import find_no_day
from index.figures.counted import COUNTABLE
from index.passage import Hit
from index.places.districts import DISTRICTS
from index.places.named import PROVINCES


def turned_away(question: Question) -> tuple[Status, str] | None:
    """(status, what is said) for a question that is not looked up at all, else None."""
    if question.aim == "question" and (asked_back := _unclear(question)) is not None:
        return "needs_clarification", asked_back
    match question.aim:
        case "instruction":
            return "refused", _refusal(question)
        case "insult":
            return "refused", say.IMPOLITE
        case "greeting":
            return "needs_clarification", say.WELCOME if thanks(question.tokens) else say.GREETING
        case "health":
            return "out_of_scope", say.HEALTH
        case "foreign":
            return "out_of_scope", say.OUT_OF_SCOPE
        case "personal":
            return "no_evidence", say.PERSONAL
        case _:
            return None


def _refusal(question: Question) -> str:
    if asks_corrupt(question.tokens):
        return say.UNLAWFUL
    return say.FORGED if asks_forged(question.tokens) else say.REFUSED


def _unclear(question: Question) -> str | None:
    """What is asked back where a question cannot be understood as it stands, else None."""
    if (no_day := find_no_day(question.text)) is not None:
        return say.NO_SUCH_DAY.format(day=no_day)
    if question.unclear:
        meant = ", ".join(PROVINCES[key].label for key in question.unclear)
        return f"Tên viết tắt ấy có thể là: {meant}. Bạn hỏi nơi nào?"
    counted = {one.what for one in question.counted} & COUNTABLE
    if (
        question.here
        and (counted or not question.counted)
        and not question.districts
        and question.wanted in (*FIGURES, "sum", "average", "compare", "trend")
    ):
        return say.WHICH_PLACE
    if question.wanted in ("star", "when") and _of_no_product(question):
        return say.WHICH_PRODUCT
    # which decision's sets hold at a time is told for all goods
    timed = question.now or question.dates or question.when or question.documents
    if question.wanted == "set" and not (
        timed or question.places or question.follow_up or set(question.content) - _ANY_GOODS
    ):
        return say.WHICH_GOODS
    by_another = question.shift is not None and not question.when
    if question.adrift or (by_another and (question.counted or len(question.content) <= _FEW)):
        return say.WHICH_QUESTION
    return None


def _of_no_product(question: Question) -> bool:
    """Whether a grade is asked of a product that nothing is said of: "sản phẩm nhà tôi được mấy sao"."""
    named = question.places or question.districts or question.documents or question.numbers
    mine = question.wanted == "star" or says(question.tokens, *_MINE)
    return mine and not (named or question.follow_up or question.dates) and set(question.content) <= _ANY_PRODUCT


_MINE = tuple(f"{of} {me}" for of in ("nhà", "của", "bên") for me in ("tôi", "em", "mình", "tui", "cháu"))
# What is counted of every place, besides which so many words say what of it.
_ANY_COUNTED = frozenset("sản phẩm ocop chủ thể".split())
_BY_RULE = ("phạt", "lệ phí", "phí nộp", "phí hồ sơ", "phí chấm", "phí đánh giá")
_FEW = 3
_ANY_GOODS = frozenset("sản phẩm hàng món nhà bác em tôi mình chấm theo bộ tiêu chí ocop phiếu thuộc".split())
_ANY_PRODUCT = frozenset("sản phẩm hàng món nhà của tôi em mình tui bên ocop giấy chứng nhận hết hạn".split())


def nothing_found(question: Question) -> tuple[Status, str]:
    """(status, what is said) where nothing held answers: asked back, out of scope, or not found."""
    if question.documents and set(question.content) <= CALLED:
        named = ", ".join(dict.fromkeys(number.name for number in question.documents))
        return "no_evidence", say.NO_DOCUMENT.format(named=named)
    if not (question.places or question.national or question.regions):
        telling = [word for word in question.content if word not in _ANY_COUNTED]
        of_one = question.districts or question.documents
        by_rule = says(question.tokens, *_BY_RULE)  # a fee or a fine is of no place
        if question.wanted == "figure" and question.counted and len(telling) <= _FEW and not of_one and not by_rule:
            return "needs_clarification", say.WHICH_PLACE
        if len(question.content) <= _FEW and (question.follow_up or not question.content) and not by_rule:
            return "needs_clarification", say.WHICH_QUESTION
    if (question.places or question.districts) and not (question.content or question.counted or question.documents):
        return "needs_clarification", say.WHICH_QUESTION
    if question.wanted == "merger" and question.places:
        return "no_evidence", say.NO_MERGER
    if len(names := _same_names(question)) > 1:
        return "needs_clarification", f"Tên ấy có ở nhiều nơi: {'; '.join(names)}. Bạn hỏi nơi nào?"
    if not question.in_domain and not question.follow_up:
        return "out_of_scope", say.OUT_OF_SCOPE
    return "no_evidence", say.NO_EVIDENCE


def names_held(question: Question, found: Sequence[Hit], corpus: Corpus) -> bool:
    """Whether a text found holds the names that a question gives: what is asked is then of the field, though no word of
    it is."""
    if not proper_names(question.text):
        return False
    return any(names_in_article(question, corpus.article(hit.passage.article_id, hit.passage.digest)) for hit in found)


def _same_names(question: Question) -> list[str]:
    """The districts a name in the question may be, where several of different provinces bear it and none is named."""
    if question.places:
        return []
    for candidates in question.districts:
        if len({DISTRICTS[key].province for key in candidates}) > 1:
            return [DISTRICTS[key].full_label for key in candidates]
    return []
