"""What a decision a question means holds: its day and issuer, since when it has force, what it changed and what changed
it, and what its clauses say."""

import re
from collections.abc import Sequence
from datetime import date

from assistant.called import asks_signer
from assistant.changing_decision import changing_draft
from assistant.corpus import Corpus
from assistant.decision_place import lists_so_many
from assistant.decision_signer import signer
from assistant.decision_state import in_force, standing, valid
from assistant.decisions_meant import acting, may_be_local, numbered, recognising
from assistant.draft import Draft, Segment, quoted
from assistant.evidence import Evidence, fits_kind
from assistant.later_decisions import clauses_changing
from assistant.numbers_told import states_number
from assistant.paper_asked import asks_changer, asks_changes, asks_day, asks_force, asks_number
from assistant.product_asked import REASONS
from assistant.product_lines import ProductWriter
from assistant.provision import provision
from assistant.question import CALLED, Question
from assistant.signals import names_star
from assistant.told import with_columns
from assistant.why_changed import BECAUSE
from assistant.wording import find_phrase, says
from index.dates import find_dates
from index.decisions.decision import ActTold
from index.decisions.merged import Decision
from index.law.address import find_document_numbers
from index.places.named import PROVINCES

_LIST = (
    "những sản phẩm nào", "các sản phẩm nào", "sản phẩm nào", "sản phẩm gì", "danh sách", "liệt kê", "kể tên",
    "gồm những gì", "có những gì", "công nhận những gì", "công nhận cái gì",
)  # fmt: skip
_PAPER = (
    "ai ban hành", "cơ quan nào ban hành", "ngày nào", "khi nào", "bao giờ", "ban hành ngày", "ngày ban hành",
    "tỉnh hay huyện", "huyện hay tỉnh", "do tỉnh hay", "do huyện hay",
    "ai ra", "cơ quan nào ra", "ủy ban nào", "cấp nào ra", "đơn vị nào ra", "cấp nào ban hành", "nơi nào ban hành",
    "cơ quan ban hành", "đơn vị ban hành", "nơi ban hành", "cấp ban hành", "chủ thể ban hành", "ban hành bởi",
    "của tỉnh nào", "tỉnh nào", "về việc gì", "nội dung gì", "nói về gì", "trích yếu", "ngày mấy", "hôm nào", "lúc nào",
)  # fmt: skip
_STATE = (
    "còn hiệu lực", "hết hiệu lực", "còn giá trị", "còn dùng", "còn áp dụng", "còn xài", "dùng được không",
    "còn được dùng", "còn được áp dụng", "còn hạn", "bị bỏ", "có hiệu lực không", "hiện hành", "có hiệu lực tới",
    "có hiệu lực đến", "hiệu lực tới", "hiệu lực đến",
)  # fmt: skip
_CHANGED = (
    "bị thay thế", "thay thế chưa", "bị bãi bỏ", "bãi bỏ chưa", "bị sửa đổi", "được sửa đổi", "sửa đổi chưa",
    "đính chính", "bị thu hồi", "thay thế bởi", "thay bằng", "bị hủy", "bị thay", "văn bản nào thay",
    "quyết định nào thay", "văn bản nào sửa", "quyết định nào sửa", "văn bản nào bãi bỏ", "quyết định nào bãi bỏ",
    "văn bản nào hủy", "quyết định nào hủy", "văn bản nào đính chính", "quyết định nào đính chính", "bị văn bản nào",
    "bị quyết định nào", "bị bãi", "bị thu", "đã thay thế", "đã thay", "đã bãi bỏ", "bằng quyết định nào",
    "bằng quyết định số", "bằng văn bản nào", "bằng văn bản số", "theo quyết định nào mà bị",
)  # fmt: skip
_CHANGES = (
    "thay thế quyết định nào", "bãi bỏ quyết định nào", "sửa đổi quyết định nào", "thay thế văn bản nào",
    "thay quyết định nào", "thu hồi của", "thu hồi những",
)  # fmt: skip
_CHANGES_NONE = "Văn bản kho có không ghi thay thế, sửa đổi hay bãi bỏ quyết định nào."
_DONE = ("bãi bỏ", "hủy", "thay", "sửa", "đính chính", "thu hồi", "bỏ", "rút", "ban hành", "ra đời")
_ISSUED = ("ban hành", "ký", "ra đời", "ra", "công bố", "phê duyệt", "của tỉnh nào", "tỉnh nào")
_SUBJECT = (
    "về việc gì", "nội dung gì", "nói về gì", "trích yếu", "về chuyện gì", "về điều gì", "nói gì", "chuyện gì",
    "việc gì", "về cái gì", "nội dung là gì", "quyết định gì", "quyết định điều gì",
)  # fmt: skip
_IN_FORCE = (
    "có hiệu lực từ", "hiệu lực từ", "bắt đầu có hiệu lực", "có hiệu lực khi nào", "hiệu lực khi nào", "áp dụng từ",
    "có hiệu lực bao giờ", "có hiệu lực ngày nào", "hiệu lực ngày nào", "thi hành từ", "có hiệu lực lúc nào",
    "hiệu lực kể từ", "bắt đầu áp dụng",
)  # fmt: skip
# Without a number a decision is meant by what it did only where nothing else is asked of it.
_ABOUT_IT = frozenset(
    "lệnh quyết định văn bản việc giấy chứng nhận sản phẩm bắt đầu hiệu lực thu hồi bãi bỏ thay thế hủy đính chính sửa "
    "đổi sao ocop áp dụng thi hành tỉnh huyện".split()
)

# When what a decision recognised runs out; of one product of its list that is told by the product.
_RUNS_OUT = (
    "hết hạn chưa", "hết hạn ngày nào", "hết hạn khi nào", "hết hạn hôm nào", "hết hạn lúc nào", "bao giờ hết hạn",
    "khi nào hết hạn", "giá trị tới", "giá trị đến", "hạn đến", "hạn tới", "hết hạn không", "hết hạn phải",
)  # fmt: skip
_HOW_MANY = re.compile(r"(?<!\w)(?:bao nhiêu|mấy|nhiêu)\s+(?:sản phẩm|chủ thể|món|cái|hộ)(?!\w)")
# Syllables: more than a number and a day.
_SAYING = 12
_A_DAY = ("ngày nào", "ngày mấy", "hôm nào", "bữa nào", "ngày bao nhiêu")
_WHOLE_DAY = len("2026-05-22")
_POINT = re.compile(r"^(?:[a-zđ]\)|-|\+|•)\s")


def decision_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The answer to a question about one decision of a province; None where it means none held, or asks another thing.

    Where several provinces have a decision of that number, the draft asks back.
    """
    changing = changing_draft(question, corpus, signed=asks_signer(question))
    if changing is not None:
        return changing
    if asks_signer(question) and len(question.documents) > 1:
        return _signers(question, corpus)
    found = _meant(question, corpus)
    if not found:
        return None
    if len(found) == 1:
        return _of_one(question, found[0], corpus, on)
    if not _asks_of_paper(question):
        return None
    names = "; ".join(_named(decision) for decision in found[:6])
    number = question.documents[0].label
    return Draft(
        status="needs_clarification",
        segments=(),
        notices=(f"Kho có {len(found)} quyết định mang số {number}: {names}. Bạn hỏi quyết định nào?",),
        strength=1.0,
    )


def _signers(question: Question, corpus: Corpus) -> Draft | None:
    """Who signed each of the decisions named; None where one of them is not held, or does not tell."""
    held = [numbered(number, question, corpus) for number in question.documents if may_be_local(number, corpus)]
    if len(held) < len(question.documents) or any(len(found) != 1 for found in held):
        return None
    writer = ProductWriter(corpus, None)
    lines = [signer(found[0].best, corpus, writer) for found in held]
    segments = tuple(dict.fromkeys(line for told in lines for line in told))
    return Draft(status="answered", segments=segments, notices=(), strength=1.0) if all(lines) else None


def _meant(question: Question, corpus: Corpus) -> list[Decision]:
    """The decisions that the one number of a question may mean (of two, the first where what one changed in the other
    is asked); without a number, the one by what it did."""
    of_first = asks_changes(question.tokens) or asks_changer(question.tokens)
    documents = question.documents[:1] if of_first else question.documents
    if not question.unit.empty or len(documents) > 1:
        return []
    if documents:
        return numbered(documents[0], question, corpus) if may_be_local(documents[0], corpus) else []
    if _asks_as_thing(question):
        return _described(question, corpus)
    if not says(question.tokens, *_IN_FORCE):
        return []
    found, _ = acting(question, corpus)
    bodies = {word for name in corpus.held.bodies for word in name.split()}
    return found if len(found) == 1 and _told_by(question) <= _ABOUT_IT | bodies else []


def _asks_as_thing(question: Question) -> bool:
    """Whether a question asks who signed a decision, its day or its number as such, of one that it only describes."""
    words = question.tokens
    asked = asks_signer(question) or asks_day(words) or asks_number(words) or asks_force(words)
    return asked and says(words, "quyết định")


def _described(question: Question, corpus: Corpus) -> list[Decision]:
    """The one decision of the place and time a question names that did what it says, else that recognises products: so
    many where it says how many."""
    found, acts = acting(question, corpus)
    meant = found if acts else recognising(question, corpus)
    meant = [one for one in meant if lists_so_many(one, question)]
    return meant if len(meant) == 1 else []


def _told_by(question: Question) -> set[str]:
    """The words of content of a question; how many were withdrawn tells no decision from another."""
    return {word for word in question.content if not word.isdecimal()}


def _asks_of_paper(question: Question) -> bool:
    words = question.tokens
    asked = (*_LIST, *_PAPER, *_STATE, *_CHANGED, *_CHANGES, *_SUBJECT, *_IN_FORCE)
    noun = asks_day(words) or asks_number(words) or asks_force(words) or asks_changer(words)
    return _alone(question) or noun or asks_signer(question) or says(words, *asked)


def _alone(question: Question) -> bool:
    """Whether the number stands by itself: what it is, is asked."""
    bare = set(question.content) <= CALLED and not question.counted and question.stars is None
    return bare and question.wanted not in ("why", "who", "where")


def _of_one(question: Question, decision: Decision, corpus: Corpus, on: date) -> Draft | None:
    words = question.tokens
    writer = ProductWriter(corpus, None)
    why = question.wanted == "why" or says(words, *REASONS) or says(words[:1], "sao")
    if why and says(words, *_DONE):
        return _draft(_why(decision, corpus, writer), decision)
    if says(words, *_CHANGES) and not (asks_day(words) or asks_number(words)):
        if acts := _acts(decision, corpus):
            return _draft(acts, decision)
        # of one held in full it is known that it names none
        return None if decision.best.reported else _draft(writer.paper(decision.best), decision, (_CHANGES_NONE,))
    if (says(words, *_IN_FORCE) or asks_force(words)) and not says(words, "hết hiệu lực"):
        until = valid(decision, writer) if says(words, "đến", "tới") else []
        return _draft([*in_force(decision, writer), *until], decision)
    if says(words, *_RUNS_OUT):
        named = corpus.held.names.find(words)
        lines = [] if decision.best.reported or (named is not None and named.whole) else valid(decision, writer)
        return _draft([*lines, *clauses_changing(decision, corpus, writer)], decision) if lines else None
    changed = (says(words, *_CHANGED) or asks_changer(words)) and not _HOW_MANY.search(" ".join(words))
    if says(words, "bị thu") and not asks_changer(words) and (clause := _provided(question, decision, corpus)):
        return clause  # what those must do whose certificates it withdraws
    if (changed or asks_changes(words)) and not decision.changed_by and (own := _acts(decision, corpus)):
        return _draft(own, decision)
    if changed or says(words, *_STATE):
        return _noted(standing(decision, corpus, on), decision)
    if asks_signer(question):
        until = valid(decision, writer) if says(words, "giá trị", "bao lâu", "thời hạn", "hạn") else []
        signed = signer(decision.best, corpus, writer)
        return _draft([*signed, *until] if signed else [], decision)
    subject = says(words, *_SUBJECT) or (says(words, "nội dung") and says(words, "gì", "nào", "những gì"))
    alone = _alone(question)
    wants_paper = says(words, *_PAPER) or asks_day(words) or asks_number(words)
    if decision.best.reported:
        if (counted := _stated(question, decision, corpus)) is not None:
            return _draft([quoted(counted)], decision)
        # besides what it is about, the texts that report it tell more than its head as they give it
        told = _reported(decision, corpus) if wants_paper or alone or subject else []
        return _draft(told, decision) if told and _holds_asked(question, told) else None
    if wants_paper and not _of_its_issue(words) and (clause := _provided(question, decision, corpus)) is not None:
        return clause  # "giao ai hướng dẫn trước ngày nào"
    if wants_paper or alone or subject:
        head = writer.paper(decision.best)
        # a register that prints no subject stands beside what its page says of the paper
        return _draft(head if decision.best.subject is not None else [*head, *_spoken_of(decision, corpus)], decision)
    if says(words, *_LIST):
        return None if decision.rows else _draft(writer.paper(decision.best), decision)  # its list has nothing of it
    return _provided(question, decision, corpus)


def _of_its_issue(words: Sequence[str]) -> bool:
    """Whether a question speaks of a decision's being issued: its day is then meant by "ngày nào"."""
    return asks_day(words) or asks_number(words) or says(words, *_ISSUED)


def _holds_asked(question: Question, told: Sequence[Segment]) -> bool:
    """Whether what reports a decision holds what is asked of it: a day, who issued it, so many of something."""
    said = "\n".join(segment.text for segment in told)
    if question.wanted in ("when", "who") and not fits_kind(question, said):
        return False
    asks_a_day = asks_day(question.tokens) or says(question.tokens, *_A_DAY)
    if asks_a_day and not any(len(one.iso) == _WHOLE_DAY for one in find_dates(said)):
        return False  # "đợt 1 năm 2026" is no day
    of_star = question.stars is None or names_star(said, question.stars[0])
    return not question.counted or (of_star and states_number(question, said))


def _why(decision: Decision, corpus: Corpus, writer: ProductWriter) -> list[Segment]:
    """The clauses that say why others changed a decision or why it changed another, each with the decision it is of."""
    lines: list[Segment] = []
    for one in (*(corpus.held.decision(key) for key in decision.changed_by), decision):
        for act in () if one is None else one.best.acts:
            clause = writer.clause(one.best, act) if one is not None and _changes(act) else None
            if one is not None and clause is not None and BECAUSE.search(clause.quote):
                lines += [quoted(clause), *writer.paper(one.best)]
    return lines


def _provided(question: Question, decision: Decision, corpus: Corpus) -> Draft | None:
    """What a clause of the decision's own text says of the thing asked; how many it recognised its figures tell."""
    if _HOW_MANY.search(" ".join(question.tokens)):
        return None
    told = decision.best
    bodies = [name for name in corpus.held.bodies if find_phrase(question.content, name) >= 0]
    found = provision(question, [corpus.article(told.article_id, told.digest)], corpus, named=bodies)
    if found is None or found.block.role == "row":
        return None  # the lines of its list are told otherwise
    clause = found.evidence
    held = _lead(clause)
    paper = ProductWriter(corpus, None).paper(told)
    return _draft([*map(quoted, held), quoted(clause), *paper], decision)


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
    return [with_columns(one) for one in held]


def _stated(question: Question, decision: Decision, corpus: Corpus) -> Evidence | None:
    """Where a text that speaks of several papers in one sentence says how many products one of them recognised: the
    part of it between semicolons. None elsewhere, where figures tell it."""
    if not _HOW_MANY.search(" ".join(question.tokens)):
        return None
    star = None if question.stars is None else question.stars[0]
    told = decision.best
    of_star = [one for one in told.stated if one.star == star] or ([*told.stated] if star is None else [])
    if len(of_star) != 1:
        return None
    article = corpus.article(told.article_id, told.digest)
    span = of_star[0].span
    sentence = ProductWriter(corpus, None).around(Evidence(article=article, start=told.start, end=told.end), span)
    if len(find_document_numbers(sentence.quote)) < 2 or " | " in sentence.quote:
        return None
    start = max(sentence.start, article.text.rfind(";", sentence.start, span.start) + 1)
    end = article.text.find(";", span.end, sentence.end)
    part = article.text[start : end if end >= 0 else sentence.end]
    first = start + len(part) - len(part.lstrip())
    return Evidence(article=article, start=first, end=start + len(part.rstrip()))


def _spoken_of(decision: Decision, corpus: Corpus) -> list[Segment]:
    """The first sentence of a page, no line of a table, that names the decision and says something of it."""
    told = decision.best
    article = corpus.article(told.article_id, told.digest)
    for start, end, block, _ in corpus.sentences(article):
        text = article.text[start:end]
        named = any(number.matches(told.number) for number in find_document_numbers(text))
        if named and block.role not in ("row", "heading") and len(text.split()) > _SAYING:
            return [quoted(Evidence(article=article, start=start, end=end))]
    return []


def _lead(clause: Evidence) -> list[Evidence]:
    """The line that leads in to a lettered point of a clause: "2. In biểu trưng …:" before "b) không in …"."""
    if not _POINT.match(clause.quote):
        return []
    before = clause.article.blocks_within(0, max(0, clause.start - 1))
    lead = next((block for block in reversed(before) if not _POINT.match(clause.article.text[block.start :])), None)
    opens = lead is not None and clause.article.text[lead.start : lead.end].rstrip().endswith(":")
    return [Evidence(article=clause.article, start=lead.start, end=lead.end)] if lead is not None and opens else []


def _noted(draft: Draft | None, decision: Decision) -> Draft | None:
    """A draft with what is to be known of the sources of its decision."""
    return None if draft is None else _draft(list(draft.segments), decision, draft.notices)


def _acts(decision: Decision, corpus: Corpus) -> list[Segment]:
    writer = ProductWriter(corpus, None)
    changing = [act for act in decision.best.acts if _changes(act)]
    if not changing:
        return []
    return [*(quoted(writer.clause(decision.best, act)) for act in changing), *writer.paper(decision.best)]


def _changes(act: ActTold) -> bool:
    return act.act in ("amends", "replaces", "revokes", "withdraws")


def _named(decision: Decision) -> str:
    told = decision.best
    place = PROVINCES[told.place].name if told.place in PROVINCES else "" if told.issuer is None else told.issuer.text
    return f"{told.number.label}{f' ({place})' if place else ''}"
