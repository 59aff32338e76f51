"""The decisions of a place that texts name: "liệt kê các quyết định công nhận sản phẩm OCOP của Thanh Hóa"."""

from assistant import answer as say
from assistant.corpus import Corpus
from assistant.decision_place import issued_within, of_place
from assistant.draft import Draft, Segment, connective
from assistant.limits import limit_groups_asked
from assistant.product_lines import ProductWriter
from assistant.question import Question
from assistant.times import days_meant
from assistant.wording import says
from index.decisions.decision import Act
from index.decisions.merged import Decision

_SEVERAL = (
    "những quyết định", "các quyết định", "danh sách quyết định", "liệt kê quyết định", "kể tên quyết định",
    "những qđ", "các qđ", "từng quyết định",
)  # fmt: skip
_COUNTED = ("bao nhiêu", "mấy")
_ACTS: tuple[tuple[tuple[str, ...], Act], ...] = (
    (("thu hồi", "rút giấy", "hủy công nhận"), "withdraws"),
    (("đăng ký", "danh mục"), "lists"),
    (("công nhận", "phân hạng", "cấp giấy"), "recognises"),
)
_SHOWN = 12


def papers_draft(question: Question, corpus: Corpus) -> Draft | None:
    """The decisions of the place asked, of the time and kind asked, the earlier first, each with what is known of it;
    None where such a list is not asked for, or none is known."""
    if question.documents or not says(question.tokens, *_SEVERAL) or says(question.tokens, *_COUNTED):
        return None
    act = next((act for words, act in _ACTS if says(question.tokens, *words)), None)
    if act is None or question.stars is not None or (act == "recognises" and limit_groups_asked(question.tokens)):
        return None
    named = corpus.held.names.find(question.tokens)
    if named is not None and named.whole:
        return None
    windows, of_asked = days_meant(question.when, question.period), of_place(question, corpus, ())
    found = [
        one
        for one in corpus.held.issued
        if _does(one, act)
        and (not windows or any(issued_within(one, first, last) for first, last in windows))
        and of_asked(one)
    ]
    found.sort(key=lambda one: one.best.issued or "")
    writer = ProductWriter(corpus, None)
    lines: list[Segment] = [line for one in found[:_SHOWN] for line in writer.paper(one.best)]
    if not lines:
        return None
    notices = ["Chỉ gồm quyết định mà kho có hoặc có bài nhắc tới."]
    if len(found) > _SHOWN:
        notices.append(f"Còn {len(found) - _SHOWN} quyết định nữa; xem trang Quyết định để thấy đủ.")
    if any(one.best.reported for one in found):
        notices.append("Một phần chỉ có trong bài báo thuật lại, kho không giữ chính quyết định.")
    return Draft(
        status="answered",
        segments=(connective(say.PAPERS), *dict.fromkeys(lines)),
        notices=tuple(notices),
        strength=1.0,
    )


def _does(decision: Decision, act: Act) -> bool:
    """Whether a decision does what is asked; where no text tells what it does, that it recognises is taken for granted
    of those that texts on results name."""
    acts = {one.act for one in decision.best.acts} | {row.act for row in decision.rows}
    return act in acts or (act == "recognises" and not acts - {"other"})
