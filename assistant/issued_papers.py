"""The decisions of a place that texts name: "liệt kê các quyết định công nhận sản phẩm OCOP của Thanh Hóa"."""

from collections.abc import Sequence
from typing import Literal

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
# One of several by when it was issued: whether the last.
_LAST = ("mới nhất", "gần nhất", "gần đây nhất", "cuối cùng", "sau cùng", "muộn nhất", "mới đây nhất", "mới ra")
_FIRST = ("đầu tiên", "sớm nhất", "lâu nhất", "cũ nhất")
_WHICH = ("nào", "gì", "số mấy", "số bao nhiêu", "số hiệu", "ngày", "ai", "khi nào", "bao giờ")
# What a question says that asks for a place's decisions whatever they do.
_WHATEVER = frozenset("quyết định ra ban hành ocop về có văn bản nhất mới gần đây đầu tiên cuối cùng sớm số".split())
_ACTS: tuple[tuple[tuple[str, ...], Act], ...] = (
    (("thu hồi", "rút giấy", "hủy công nhận"), "withdraws"),
    (("đăng ký", "danh mục"), "lists"),
    (("công nhận", "phân hạng", "cấp giấy"), "recognises"),
)
_SHOWN = 12


def papers_draft(question: Question, corpus: Corpus) -> Draft | None:
    """The decisions of the place asked, of the time and kind asked, the earlier first, each with what is known of it;
    None where such a list is not asked for, or none is known."""
    words = question.tokens
    extreme = _extreme(words)
    if question.documents or not (extreme or (says(words, *_SEVERAL) and not says(words, *_COUNTED))):
        return None
    act = next((act for cues, act in _ACTS if says(words, *cues)), None)
    if question.stars is not None or (act == "recognises" and limit_groups_asked(words)):
        return None
    if act is None and not _told_by_place_alone(question, corpus):
        return None
    named = corpus.held.names.find(question.tokens)
    if named is not None and named.whole:
        return None
    windows, of_asked = days_meant(question.when, question.period), of_place(question, corpus, ())
    found = [
        one
        for one in corpus.held.issued
        if (act is None or _does(one, act))
        and (not windows or any(issued_within(one, first, last) for first, last in windows))
        and of_asked(one)
    ]
    found.sort(key=lambda one: one.best.issued or "")
    if extreme:
        dated = [one for one in found if one.best.issued is not None]
        found = dated[-1:] if extreme == "last" else dated[:1]
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
        segments=tuple(dict.fromkeys(lines if extreme else (connective(say.PAPERS), *lines))),
        notices=tuple(notices),
        strength=1.0,
    )


def _extreme(words: Sequence[str]) -> Literal["first", "last"] | None:
    """Which one decision of several is asked for by when it was issued; None where none is, or more of it than what it
    is: what it lists, how many."""
    if (
        not says(words, "quyết định")
        or not says(words, *_WHICH)
        or says(words, "sản phẩm nào", "sản phẩm gì", "mấy sao")
    ):
        return None
    if says(words, *(f"{many} {noun}" for many in _COUNTED for noun in ("sản phẩm", "chủ thể", "sao", "quyết định"))):
        return None
    return "last" if says(words, *_LAST) else "first" if says(words, *_FIRST) else None


def _told_by_place_alone(question: Question, corpus: Corpus) -> bool:
    """Whether a question says nothing of decisions but whose they are and when they were issued."""
    bodies = {word for name in corpus.held.bodies for word in name.split()}
    return set(question.content) <= _WHATEVER | bodies


def _does(decision: Decision, act: Act) -> bool:
    """Whether a decision does what is asked; where no text tells what it does, that it recognises is taken for granted
    of those that texts on results name."""
    acts = {one.act for one in decision.best.acts} | {row.act for row in decision.rows}
    return act in acts or (act == "recognises" and not acts - {"other"})
