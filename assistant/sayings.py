"""What a question says is so, and a rule tells otherwise or bears out: who gives a star, who signed, what was dropped.

"Thủ tướng ký giấy chứng nhận 5 sao đúng không?" wants to be told no before it is told who does.
"""

import re
from datetime import date

from assistant import answer as say
from assistant.basis import basis
from assistant.certificates import VALIDITY
from assistant.claimed_value import ASKS_WHETHER, TAG
from assistant.clauses import clauses, find_clause
from assistant.corpus import Corpus
from assistant.draft import Segment, connective, quoted
from assistant.evidence import Evidence
from assistant.levels import level_said
from assistant.matters import matter_named
from assistant.question import Question, understand
from assistant.regime import Writer
from assistant.regime_asked import day_meant, named_documents
from assistant.signers import signer_draft
from assistant.wording import says, tokens
from index.law.address import find_document_numbers
from index.law.authority import Authority, Level
from index.law.in_force import in_force

# Who may be said to give a star, and the level that is; None is no level that ever does.
_ACTORS: tuple[tuple[tuple[str, ...], Level | None], ...] = (
    (("thủ tướng", "chính phủ", "chủ tịch nước", "quốc hội", "phó thủ tướng"), None),
    (("sở nông nghiệp", "giám đốc sở", "sở công thương", "chi cục"), None),
    (("bộ trưởng", "bộ nông nghiệp", "trung ương", "cấp bộ"), "central"),
    (("cấp tỉnh", "ubnd tỉnh", "chủ tịch tỉnh", "chủ tịch ubnd tỉnh", "tỉnh"), "province"),
    (("cấp huyện", "ubnd huyện", "chủ tịch huyện", "huyện"), "district"),
    (("cấp xã", "ubnd xã", "chủ tịch xã", "xã"), "commune"),
)
_GIVES = ("ký", "cấp", "công nhận", "phong", "trao", "quyết định công nhận")
_CHOICE = ("ai", "nào", "hay", "hoặc", "gì", "sản phẩm của", "thu hồi", "nộp", "gửi", "nhận hồ sơ", "chấm")
_RECOGNISED = (3, 4, 5)
_BY = re.compile(r"(?<!\w)(?:do|bởi)\s+(?P<who>[^,.;?]{3,60}?)\s+(?:ký|ban hành|phê duyệt)(?!\w)", re.IGNORECASE)
_DROPPED = re.compile(
    r"(?<!\w)(?:bãi bỏ|bỏ hẳn|bỏ|xóa bỏ|xoá bỏ|cắt)\s+(?P<what>[^,.;?!]{5,60}?)\s*"
    r"(?:vậy|thế|rồi|đi|không|nữa)?\s*[?!.]*\s*$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\d+ (?:tháng|ngày|năm|điểm|đợt|sao|bộ)")


def saying_weighed(question: Question, corpus: Corpus, on: date) -> tuple[Segment, ...] | None:
    """Whether what a question says is so, and what tells it; None where it says nothing of the kind, or nothing held
    tells."""
    return _who_gives(question, corpus, on) or _who_signed(question, corpus, on) or _not_dropped(question, corpus, on)


def _asks_whether(question: Question) -> bool:
    return TAG.search(question.text) is not None or ASKS_WHETHER.search(question.text) is not None


def _who_gives(question: Question, corpus: Corpus, on: date) -> tuple[Segment, ...] | None:
    """Whether the one said to give a star does, under the rule of the day."""
    words, stars = question.tokens, question.stars
    star = stars[0] if stars is not None and stars[0] == stars[1] else None
    if star not in _RECOGNISED or question.dates or question.documents or not _asks_whether(question):
        return None
    if not says(words, *_GIVES) or says(words, *_CHOICE) or level_said(question) is not None:
        return None
    named = [level for names, level in _ACTORS if says(words, *names)]
    ruling = in_force(corpus.law, day_meant(question, on), "procedure", star=star)
    if len(named) != 1 or ruling.outcome != "one" or ruling.who is None:
        return None
    writer = Writer(corpus=corpus)
    acting = [
        line
        for reason in ruling.reasons
        if any(isinstance(source, Authority) for source in reason.sources)
        for line in writer.write(reason)
    ]
    if not acting:
        return None
    phrase = say.TRUE_SAYING if named[0] == ruling.who.level else say.FALSE_SAYING
    return (connective(phrase), *acting, *basis(acting[0].evidence[0], corpus, on))


def _who_signed(question: Question, corpus: Corpus, on: date) -> tuple[Segment, ...] | None:
    """Whether the one said to have signed a rule did, as a source names who did."""
    said = _BY.search(question.text)
    documents = named_documents(question, corpus.law)
    if said is None or len(documents) != 1 or not _asks_whether(question):
        return None
    draft = signer_draft(understand(f"Ai ký {documents[0].name}?", on), corpus, on)
    told = next((segment for segment in draft.segments if segment.evidence), None) if draft is not None else None
    if draft is None or told is None:
        return None
    claimed, stated = tokens(said["who"]), tokens(told.text)
    # "Phó Thủ tướng" is no "Thủ tướng"
    lesser = "phó" in stated and "phó" not in claimed and says(claimed, "thủ tướng")
    true = set(claimed) <= set(stated) and not lesser
    return (connective(say.SO_SOURCED if true else say.NOT_SOURCED), *draft.segments)


def _not_dropped(question: Question, corpus: Corpus, on: date) -> tuple[Segment, ...] | None:
    """An amount that a rule is said to have dropped and states all the same: in those very words, or as the term of
    certificates."""
    dropped = _DROPPED.search(question.text)
    documents = named_documents(question, corpus.law)
    if dropped is None or len(documents) != 1 or find_document_numbers(dropped["what"]):
        return None
    document = corpus.law.find(documents[0])
    what = tokens(dropped["what"])
    if document is None or len(what) < 2 or corpus.law.state_of(document, on).status != "in_force":
        return None
    amount = _AMOUNT.search(" ".join(what))
    if amount is None:
        return None  # a thing may be spoken of where it is dropped; an amount that is stated holds
    articles = [corpus.article(one.article_id, one.digest) for one in document.carriers]
    units = [one for article in articles for one in clauses(article) if one.heading.startswith("Điều")]
    found = next((one for one in units if says(tokens(one.text), " ".join(what))), None)
    if found is None and says(what, "hạn"):
        term = find_clause(matter_named(VALIDITY), document, corpus)
        found = term if term is not None and says(tokens(term.text), amount[0]) else None
    if found is None:
        return None
    told = Evidence(article=found.article, start=found.start, end=_first_line(found.text, found.start))
    return (connective(say.NOT_SO), quoted(told), *basis(told, corpus, on))


def _first_line(text: str, start: int) -> int:
    return start + len(text.partition("\n")[0])
