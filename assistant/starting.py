"""How to begin: who may take part, what the first dossier holds, where it goes and when judging is held.

What newcomers ask ("nhà tôi nuôi ong, muốn làm OCOP thì bắt đầu từ đâu?") no one clause settles; those that do are told
together, of the rule in force on the day meant.
"""

import re
from datetime import date

from assistant import answer as say
from assistant.basis import basis
from assistant.clauses import find_clause, told
from assistant.conditions import which_set
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, connective
from assistant.law import state_notices
from assistant.matters import matter_named
from assistant.question import Question
from assistant.regime_asked import day_meant, dossier_meant
from assistant.sets_asked import lines_of_products
from assistant.units import law_day, state_at
from assistant.wording import says, tokens
from index.criteria.held import sets_on
from index.criteria.products import find_sets
from index.law.documents import Document
from index.law.in_force import in_force

_FIRST = (
    "bắt đầu từ đâu", "bắt đầu từ chỗ nào", "bắt đầu từ cái gì", "bắt đầu từ việc gì", "bắt đầu như thế nào",
    "bắt đầu thế nào", "bắt đầu ra sao", "bắt đầu làm sao", "bắt đầu làm gì", "làm gì trước", "làm gì đầu tiên",
    "làm gì trước tiên", "đầu tiên phải làm gì", "đầu tiên cần làm gì", "trước tiên phải làm gì",
    "trước hết phải làm gì", "trước tiên cần làm gì", "việc đầu tiên", "bước đầu tiên", "từ đâu trước",
)  # fmt: skip
_HOW = (
    "làm thế nào", "làm như thế nào", "làm sao", "làm cách nào", "thế nào", "như thế nào", "ra sao", "bằng cách nào",
    "cách nào", "phải làm gì", "cần làm gì", "làm gì", "làm những gì", "cần những gì", "cần gì", "cần có gì",
    "cần có những gì", "phải có gì", "phải có những gì", "chuẩn bị gì", "chuẩn bị những gì", "điều kiện gì",
    "những điều kiện gì", "điều kiện nào", "hướng dẫn", "kiểu gì", "cách làm", "cách đăng ký", "giấy tờ gì",
    "những giấy tờ gì", "thủ tục gì", "nộp những gì", "nộp gì",
)  # fmt: skip
_VERBS = ("làm", "đăng ký", "tham gia", "xin", "thi", "dự", "vào", "vô", "chấm", "xét", "lên", "đạt", "có")
_OBJECTS = ("ocop", "sản phẩm ocop", "chương trình ocop", "chứng nhận ocop", "giấy ocop", "sao ocop", "hàng ocop")
_TAKES_PART = (
    *(f"{verb} {thing}" for verb in _VERBS for thing in _OBJECTS),
    "đăng ký tham gia", "đăng ký làm", "được ocop", "thành sản phẩm ocop", "thành ocop", "để được công nhận",
    "muốn được công nhận", "cho được công nhận", "được xếp sao", "được gắn sao", "được phong sao",
)  # fmt: skip
# Who begins of it says so, unless OCOP is all that it names.
_WISHES = (*_TAKES_PART, "muốn", "tính", "định", "mới", "chưa từng", "lần đầu")
# Who has a certificate begins nothing.
_HAS = (
    "hết hạn",
    "sắp hết",
    "hết hiệu lực",
    "bị thu hồi",
    "giấy cũ",
    "đã có sao",
    "đã được sao",
    "đang được",
    "có sao rồi",
    "được sao rồi",
    "gắn sao rồi",
    "đạt sao rồi",
    "công nhận rồi",
)
# Who asks for all steps is told all (`assistant.procedure`).
_STEPS = ("tuần tự", "từng bước", "các bước", "mấy bước", "những bước", "quy trình", "trình tự", "lần lượt")
# What such a question is about instead.
_OTHER = (
    "bán", "tiêu thụ", "quảng bá", "quảng cáo", "xuất khẩu", "vay", "vốn", "hỗ trợ", "kinh phí", "chi phí", "tiền",
    "phí", "thu hồi", "hết hạn", "gia hạn", "khiếu nại", "kiểm tra", "giám sát", "cán bộ", "hội đồng", "huyện",
    "chương trình bắt đầu", "năm nào", "quyết định nào", "ai", "mấy", "bao nhiêu", "bao lâu", "khi nào", "bao giờ",
    "trung ương", "tiêu chí", "điểm", "nhãn", "logo", "tem", "mã vạch", "báo cáo", "tỉnh", "địa phương", "lợi", "ích",
)  # fmt: skip

WHO, PAPERS, FILED, ROUNDS = "Điều 2, khoản 3", "Điều 6, khoản 1, điểm a", "Điều 7, khoản 1", "Điều 5, khoản 1"


def starting_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The clauses a newcomer needs, and the set of the product named; None where none asks how to begin, or the texts
    held do not tell what to file and where."""
    if not asks_to_begin(question):
        return None
    ruling = in_force(corpus.law, day_meant(question, on), "procedure")
    if not ruling.rules:
        return None
    document = ruling.rules[0].document
    papers, filed = _told(PAPERS, document, corpus), _told(FILED, document, corpus)
    if not papers or not filed:
        return None
    product, notices = _set_of_product(question, corpus, on)
    parts = (
        (say.MAY_JOIN, _told(WHO, document, corpus)),
        (say.JUDGED_BY, product),
        (say.FIRST_DOSSIER, papers),
        (say.FILED_WITH, filed),
        (say.DEADLINES, _told(ROUNDS, document, corpus)),
    )
    segments = [one for name, lines in parts if lines for one in (connective(name), *lines)]
    article = filed[0].evidence[0].article
    based = basis(filed[0].evidence[0], corpus, on)
    told_of = state_notices(article, state_at(article, corpus, on), corpus, on, told=bool(based))
    return Draft(
        status="answered",
        segments=(*dict.fromkeys(segments), *based),
        notices=(*notices, *told_of),
        strength=1.0,
    )


def asks_to_begin(question: Question) -> bool:
    """Whether somebody asks how to take part for the first time."""
    words = question.tokens
    if question.places or question.districts or question.stars is not None or question.documents:
        return False
    asking = tokens(_clause_that_asks(question.text))  # what is told before it may be of anything
    if says(words, *_HAS) or says(asking, *_OTHER, *_STEPS) or dossier_meant(words) in ("upgrade", "renewal"):
        return False
    if says(words, *_FIRST):
        return says(words, *_WISHES)
    return says(words, *_TAKES_PART) and says(words, *_HOW)


def _clause_that_asks(text: str) -> str:
    """The last clause of a text that asks how."""
    clauses = re.split(r"[,.;:!?]\s+", text)
    return next((one for one in reversed(clauses) if says(tokens(one), *_FIRST, *_HOW)), text)


def _told(unit: str, document: Document, corpus: Corpus) -> list[Segment]:
    """What a document says of a matter; [] where no text held tells."""
    matter = matter_named(unit)
    clause = find_clause(matter, document, corpus)
    return [] if clause is None else list(told(clause, matter.point))


def _set_of_product(question: Question, corpus: Corpus, on: date) -> tuple[list[Segment], tuple[str, ...]]:
    """The line of the set the product named is judged by; of one that may have several, a notice of which."""
    matches = find_sets(question.text)
    first = [match for match in matches if match.start == matches[0].start]
    if len(first) < 2:
        return list(lines_of_products(question, corpus, on)), ()
    held = {one.number: one.name for one in sets_on(corpus.criteria, corpus.law, law_day(question, on))}
    return [], (which_set(first, held),)
