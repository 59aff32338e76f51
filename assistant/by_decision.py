"""What a decision a question names holds: its products, its day and issuer, what it changed and what changed it."""

from assistant.corpus import Corpus
from assistant.decision_signer import signer
from assistant.draft import Draft, Segment, quoted
from assistant.evidence import Evidence
from assistant.later_decisions import clauses_changing
from assistant.product_lines import ProductWriter
from assistant.question import CALLED, Question
from assistant.wording import says
from index.decisions.decision import ActTold
from index.decisions.merged import Decision
from index.law.address import DocumentNumber, find_document_numbers
from index.law.documents import is_local
from index.places.named import PROVINCES, related

_LIST = (
    "những sản phẩm nào", "các sản phẩm nào", "sản phẩm nào", "sản phẩm gì", "danh sách", "liệt kê", "kể tên",
    "gồm những gì", "có những gì", "công nhận những gì", "công nhận cái gì",
)  # fmt: skip
_PAPER = (
    "ai ban hành", "cơ quan nào ban hành", "ngày nào", "khi nào", "bao giờ", "ban hành ngày", "ngày ban hành",
    "của tỉnh nào", "tỉnh nào", "về việc gì", "nội dung gì", "nói về gì", "trích yếu", "ngày mấy", "hôm nào", "lúc nào",
)  # fmt: skip
_CHANGED = (
    "còn hiệu lực", "hết hiệu lực", "bị thay thế", "thay thế chưa", "bị bãi bỏ", "bãi bỏ chưa", "bị sửa đổi",
    "được sửa đổi", "sửa đổi chưa", "đính chính", "bị thu hồi", "còn giá trị", "thay thế bởi", "thay bằng",
    "bị hủy", "bị thay", "văn bản nào thay", "quyết định nào thay", "văn bản nào sửa", "quyết định nào sửa",
    "văn bản nào bãi bỏ", "quyết định nào bãi bỏ", "văn bản nào hủy", "quyết định nào hủy", "văn bản nào đính chính",
    "quyết định nào đính chính", "bị văn bản nào", "bị quyết định nào", "bị bãi", "bị thu",
)  # fmt: skip
_CHANGES = (
    "thay thế quyết định nào", "bãi bỏ quyết định nào", "sửa đổi quyết định nào", "thay thế văn bản nào",
    "thay quyết định nào", "thu hồi của", "thu hồi những",
)  # fmt: skip
_SUBJECT = (
    "về việc gì", "nội dung gì", "nói về gì", "trích yếu", "về chuyện gì", "về điều gì", "nói gì", "chuyện gì",
    "việc gì", "về cái gì", "nội dung là gì", "quyết định gì", "quyết định điều gì",
)  # fmt: skip
_SIGNED = ("ai ký", "người ký", "ký bởi", "ai đặt bút", "ai là người ký", "do ai ký", "ký tên", "ai đã ký")


def decision_draft(question: Question, corpus: Corpus) -> Draft | None:
    """The answer to a question about one decision of a province; None where it names none held, or asks another thing.

    Where several provinces have a decision of that number, the draft asks back.
    """
    if len(question.documents) != 1 or not question.unit.empty or not _may_be_local(question.documents[0], corpus):
        return None
    asked = question.documents[0]
    found = [
        decision
        for decision in corpus.held.decisions(asked)
        if _of_place(decision, question) and _of_year(decision, question)
    ]
    wants_list, wants_signer = says(question.tokens, *_LIST), says(question.tokens, *_SIGNED)
    wants_changed, wants_changes = says(question.tokens, *_CHANGED), says(question.tokens, *_CHANGES)
    wants_subject, wants_paper = says(question.tokens, *_SUBJECT), says(question.tokens, *_PAPER)
    # the number by itself: what it is
    alone = set(question.content) <= CALLED and not question.counted and question.stars is None
    asks = (wants_list, wants_changed, wants_changes, wants_signer, wants_subject, wants_paper, alone)
    if not found or not any(asks):
        return None
    if len(found) > 1:
        names = "; ".join(_named(decision) for decision in found[:6])
        return Draft(
            status="needs_clarification",
            segments=(),
            notices=(f"Kho có {len(found)} quyết định mang số {asked.label}: {names}. Bạn hỏi quyết định nào?",),
            strength=1.0,
        )
    (decision,) = found
    writer = ProductWriter(corpus, None)
    if wants_changes:
        segments = _acts(decision, corpus)
    elif wants_changed:
        segments = clauses_changing(decision, corpus, writer) or _acts(decision, corpus)
    elif wants_signer:
        segments = signer(decision.best, corpus, writer)
    elif decision.best.reported:
        # besides what it is about, the texts that report it tell more than its head as they give it
        segments = _reported(decision, corpus) if wants_subject or alone else []
    elif wants_list and decision.rows and not wants_paper:
        segments = []  # its list has nothing of what is asked
    else:
        segments = writer.paper(decision.best)
    return _draft(segments, decision)


def _may_be_local(number: DocumentNumber, corpus: Corpus) -> bool:
    """Whether a number is of a province's decision, or says no issuer and is of no document of law that is held."""
    if number.issuer is not None:
        return is_local(number)
    document = corpus.law.find(number)
    return number.code in (None, "QĐ") and (
        document is None or document.held == "citation" or is_local(document.number)
    )


def _draft(segments: list[Segment], decision: Decision, notices: tuple[str, ...] = ()) -> Draft | None:
    if not any(segment.evidence for segment in segments):
        return None
    if decision.best.reported:
        notices = (*notices, "Kho không giữ quyết định này; điều trên lấy từ bài báo thuật lại.")
    if decision.disputed:
        notices = (*notices, "Các nguồn của quyết định này ghi không giống nhau ở một số điểm.")
    return Draft(status="answered", segments=tuple(dict.fromkeys(segments)), notices=notices, strength=1.0)


def _reported(decision: Decision, corpus: Corpus) -> list[Segment]:
    """The sentence that reports a decision, and the next of its paragraph where that goes on without another paper."""
    told = decision.best
    article = corpus.article(told.article_id, told.digest)
    sentences = [(start, end, block) for start, end, block, _ in corpus.sentences(article)]
    at = next((at for at, (start, end, _) in enumerate(sentences) if start <= told.number_read.span.start < end), None)
    if at is None:
        return []
    start, end, block = sentences[at]
    held = [Evidence(article=article, start=start, end=end)]
    if block.role != "row" and at + 1 < len(sentences) and sentences[at + 1][2] == block:
        after = Evidence(article=article, start=sentences[at + 1][0], end=sentences[at + 1][1])
        held += [] if find_document_numbers(after.quote) else [after]
    return [quoted(one) for one in held]


def _acts(decision: Decision, corpus: Corpus) -> list[Segment]:
    writer = ProductWriter(corpus, None)
    changing = [act for act in decision.best.acts if _changes(act)]
    return [quoted(writer.clause(decision.best, act)) for act in changing]


def _changes(act: ActTold) -> bool:
    return act.act in ("amends", "replaces", "revokes", "withdraws")


def _named(decision: Decision) -> str:
    told = decision.best
    place = PROVINCES[told.place].name if told.place in PROVINCES else "" if told.issuer is None else told.issuer.text
    return f"{told.number.label}{f' ({place})' if place else ''}"


def _of_place(decision: Decision, question: Question) -> bool:
    if not question.places or decision.best.place is None:
        return not question.places
    return any(decision.best.place in related(key) for key in question.places if key in PROVINCES)


def _of_year(decision: Decision, question: Question) -> bool:
    years = {iso[:4] for iso in question.dates}
    return not years or decision.best.issued is None or decision.best.issued[:4] in years
