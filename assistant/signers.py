"""Who signed a rule of the country, by its number or by the years of the programme it sets; and which rule those years
have."""

import re
from dataclasses import replace
from datetime import date

from assistant import answer as say
from assistant.basis import basis
from assistant.called import asks_signer
from assistant.claims import claim, summary_notices
from assistant.corpus import Corpus
from assistant.decision_signer import signature
from assistant.draft import Draft, quoted
from assistant.evidence import Evidence, names_person
from assistant.question import CALLED, Question
from assistant.regime_asked import NEWEST
from assistant.sentences import NOT_KNOWN
from assistant.wording import says, words_of
from crawler.article import Article
from index.law.address import DocumentNumber, find_document_numbers
from index.law.documents import is_local
from index.law.in_force import in_force

_NEW = (*NEWEST, "mới", "năm nay")
_ANNEX = re.compile(r"phụ lục", re.IGNORECASE)
_AIMS = ("mục tiêu", "chỉ tiêu", "phấn đấu", "đặt đích", "đích")
_RECOGNISING = ("công nhận", "cấp giấy", "giấy chứng nhận", "hồ sơ")
# What a question says that asks who signed a paper and nothing else.
_OF_SIGNING = (
    *CALLED, "ký", "người", "họ", "tên", "ban", "hành", "lãnh", "đạo", "chữ", "đặt", "bút", "ai", "chức", "vụ", "thông",
    "tư", "nghị", "định", "luật",
)  # fmt: skip
_SIGNED = ("ký", "đặt bút", "ban hành", "phê duyệt", "ra quyết định", "người ký")


def signer_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The sentence that names who signed the rule asked about; None where that is not asked, or none does."""
    words = question.tokens
    asked = asks_signer(question) or (question.wanted == "who" and says(words, *_SIGNED))
    if not asked or question.places or question.districts:
        return None
    if question.documents and (question.stars is not None or says(words, *_RECOGNISING)):
        return None  # who signs under a rule is another question
    documents = question.documents or _newest(question, corpus, on)
    if any(is_local(number) for number in documents) or not (documents or _programme(question)):
        return None
    question = replace(question, documents=documents)
    for article_id, digest in corpus.guides:
        article = corpus.article(article_id, digest)
        for start, end, block, _ in corpus.sentences(article):
            text = article.text[start:end]
            if block.role == "heading" or not (says(words_of(text).tokens, "ký") and names_person(text)):
                continue
            told = Evidence(article=article, start=start, end=end)
            if _of_document(question, text) or _of_period(question, article, told):
                lines = (quoted(told), *basis(told, corpus, on))
                return Draft(status="answered", segments=lines, notices=tuple(summary_notices(lines)), strength=1.0)
    return _by_its_own_hand(question, corpus, on) or _not_told(question, corpus)


def _newest(question: Question, corpus: Corpus, on: date) -> tuple[DocumentNumber, ...]:
    """The rule that products are judged by on a day, where a question calls it the new one or the one that applies."""
    words = question.tokens
    if not (says(words, "quyết định", "văn bản", "quy định", "bộ tiêu chí") and says(words, *_NEW)):
        return ()
    return tuple(rule.document.number for rule in in_force(corpus.law, on, "criteria").rules[:1])


def _by_its_own_hand(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The name under the last office of the rule asked about, where its own text is held."""
    for number in question.documents:
        for regulation in corpus.regulations:
            if regulation.summary or regulation.number is None or not regulation.number.matches(number):
                continue
            article = corpus.article(regulation.article_id, regulation.digest)
            last = max((one.start for one in article.sections if one.label.startswith("Điều ")), default=0)
            annex = next((one.start for one in article.sections if one.start > last and _ANNEX.match(one.label)), None)
            signed = signature(article, last, len(article.text) if annex is None else annex)
            if signed is None:
                continue
            title = f", {signed.title}" if signed.title else ""
            said = claim(f"{regulation.number.name}: người ký là {signed.name}{title}.", (signed.line, signed.office))
            if said is not None:
                based = basis(signed.line, corpus, on)
                return Draft(status="answered", segments=(said, *based), strength=1.0)
    return None


def _not_told(question: Question, corpus: Corpus) -> Draft | None:
    """That nothing held tells who signed a rule, where that alone is asked and the rule itself is not held: what
    another sentence says of signing is of another paper. None elsewhere."""
    alone = asks_signer(question) and all(says((word,), *_OF_SIGNING) for word in question.content)
    held = [corpus.law.find(number) for number in question.documents]
    if not alone or question.stars is not None or any(one is not None and one.held == "document" for one in held):
        return None
    names = ", ".join(dict.fromkeys(number.name for number in question.documents))
    return Draft(
        status="no_evidence",
        segments=(),
        notices=(say.NO_EVIDENCE, f"Không nguồn nào trong kho cho biết ai ký {names}."),
        strength=1.0,
    )


def programme_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """What a guide says first of the programme of the years asked about, where its decision or its aims are asked for;
    partial where it says that it does not know. None where that is not asked, or no guide has those years."""
    aims = says(question.tokens, *_AIMS)
    if not (aims or question.wanted in ("number", "state")) or question.places or not _programme(question):
        return None
    if question.documents or question.regions:
        return None
    if says(question.tokens, "kế hoạch", "triển khai", "hướng dẫn", "thông tư", "nghị quyết", "quy chế"):
        return None
    for article_id, digest in corpus.guides:
        article = corpus.article(article_id, digest)
        for start, end, block, _ in corpus.sentences(article):
            told = Evidence(article=article, start=start, end=end)
            if block.role == "heading" or not _of_period(question, article, told):
                continue
            lines = (quoted(told), *basis(told, corpus, on))
            unknown = NOT_KNOWN.search(told.quote) is not None
            if not (unknown or (_aims_at(question, told.quote) if aims else find_document_numbers(told.quote))):
                continue
            return Draft(
                status="partial" if unknown else "answered",
                segments=lines[:1] if unknown else lines,
                notices=tuple(summary_notices(lines)),
                strength=1.0,
            )
    return None


def _aims_at(question: Question, text: str) -> bool:
    """Whether a sentence gives numbers of products, of the star asked about."""
    star = None if question.stars is None else question.stars[0]
    counts = re.search(r"\d\s+sản phẩm", text, re.IGNORECASE) is not None
    return counts and (star is None or f"{star} sao" in text)


def _programme(question: Question) -> bool:
    words = question.tokens
    ours = says(words, "ocop", "mỗi xã một sản phẩm") and not says(words, "nông thôn mới")
    return question.period is not None and ours


def _of_document(question: Question, text: str) -> bool:
    """Whether a sentence names the one rule asked about, and no other before it."""
    named: list[DocumentNumber] = find_document_numbers(text)
    return bool(named) and any(asked.matches(named[0]) for asked in question.documents)


def _of_period(question: Question, article: Article, told: Evidence) -> bool:
    """Whether a sentence stands under the years of the programme asked about."""
    if question.period is None or question.documents:
        return False
    years = "-".join(question.period)
    headings = (section.heading for section in article.heading_path(told.start))
    return any(years in heading.replace("–", "-").replace(" - ", "-") for heading in headings)
