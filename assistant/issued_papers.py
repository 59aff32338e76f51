"""The decisions of a place that texts name: "liệt kê các quyết định công nhận sản phẩm OCOP của Thanh Hóa"."""

from collections.abc import Sequence
from typing import Literal

from assistant import answer as say
from assistant.called import asks_signer
from assistant.corpus import Corpus
from assistant.decision_place import issued_within, lists_so_many, of_place, round_of
from assistant.decision_signer import signer
from assistant.draft import Draft, Segment, connective
from assistant.limits import limit_groups_asked, rounds_in
from assistant.product_lines import ProductWriter
from assistant.question import Question
from assistant.times import days_meant
from assistant.wording import says, tokens
from index.decisions.decision import Act
from index.decisions.merged import Decision
from index.places.districts import DISTRICTS

_SEVERAL = (
    "những quyết định", "các quyết định", "danh sách quyết định", "liệt kê quyết định", "kể tên quyết định",
    "những qđ", "các qđ", "từng quyết định",
)  # fmt: skip
# One asked for by what it did, of a place and time: as many as this are told, more leave it open which is meant.
_ONE = tuple(
    f"{paper} {which}"
    for paper in ("quyết định", "qđ")
    for which in ("nào", "gì", "số mấy", "số bao nhiêu", "số nào", "mang số")
)
_MOST = 3
_COUNTED = ("bao nhiêu", "mấy")
# One of several by when it was issued: whether the last.
_LAST = ("mới nhất", "gần nhất", "gần đây nhất", "cuối cùng", "sau cùng", "muộn nhất", "mới đây nhất", "mới ra")
_FIRST = ("đầu tiên", "sớm nhất", "lâu nhất", "cũ nhất")
_WHICH = ("nào", "gì", "số mấy", "số bao nhiêu", "số hiệu", "ngày", "ai", "khi nào", "bao giờ")
# What a question says that asks for a place's decisions whatever they do.
_WHATEVER = frozenset(
    "quyết định ra ban hành ocop về có văn bản nhất mới gần đây đầu tiên cuối cùng sớm số mấy huyện tỉnh thành phố thị "
    "xã".split()
)
# The same with what decisions do.
_WHAT_IT_DID = _WHATEVER | frozenset(
    "công nhận phân hạng đánh giá cấp giấy chứng sản phẩm thu hồi đăng ký danh mục kết quả theo bằng cho năm đợt xã "
    "huyện tỉnh thành phố thị đạt sao những các".split()
)
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
    several = says(words, *_SEVERAL) and not says(words, *_COUNTED)
    one = not several and bool(question.when or question.period) and _asks_for_one(words)
    if question.documents or not (extreme or several or one):
        return None
    act = next((act for cues, act in _ACTS if says(words, *cues)), None)
    if (question.stars is not None and not one) or (act == "recognises" and limit_groups_asked(words)):
        return None
    if not _tells_only(question, corpus, _WHATEVER if act is None else _WHAT_IT_DID) and (act is None or one):
        return None
    named = corpus.held.names.find(question.tokens)
    if named is not None and named.whole:
        return None
    windows, of_asked = days_meant(question.when, question.period), of_place(question, corpus, ())
    rounds = rounds_in(words)
    found = [
        decision
        for decision in corpus.held.issued
        if (act is None or _does(decision, act))
        and (not windows or any(issued_within(decision, first, last) for first, last in windows))
        and of_asked(decision)
        and (not rounds or round_of(decision) in rounds)
        and lists_so_many(decision, question)
    ]
    if one and len(found) > _MOST:
        return None
    found.sort(key=lambda one: one.best.issued or "")
    if extreme:
        dated = [one for one in found if one.best.issued is not None]
        found = dated[-1:] if extreme == "last" else dated[:1]
    writer = ProductWriter(corpus, None)
    lines: list[Segment] = [line for one in found[:_SHOWN] for line in writer.paper(one.best)]
    if not lines:
        return None
    if asks_signer(question):
        lines += [line for decision in found[:_MOST] for line in signer(decision.best, corpus, writer)]
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


def _asks_for_one(words: Sequence[str]) -> bool:
    """Whether a question asks which decision it was: "theo quyết định nào", "quyết định … số mấy"."""
    return says(words, *_ONE) or (says(words, "quyết định") and says(words[-3:], "số mấy", "số bao nhiêu", "số nào"))


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


def _tells_only(question: Question, corpus: Corpus, words: frozenset[str]) -> bool:
    """Whether a question says nothing of decisions but these words, whose they are and when they were issued."""
    bodies = {word for name in corpus.held.bodies for word in name.split()}
    districts = {word for keys in question.districts for key in keys for word in tokens(DISTRICTS[key].name)}
    allowed = tuple(sorted(words | bodies | districts))
    return all(word.isdecimal() or says((word,), *allowed) for word in question.content)


def _does(decision: Decision, act: Act) -> bool:
    """Whether a decision does what is asked; where no text tells what it does, that it recognises is taken for granted
    of those that texts on results name."""
    acts = {one.act for one in decision.best.acts} | {row.act for row in decision.rows}
    return act in acts or (act == "recognises" and not acts - {"other"})
