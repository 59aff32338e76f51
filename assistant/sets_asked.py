"""Which criteria set a product is scored by, and which sets a group of products has.

The list of names says which set a product belongs to (`index.criteria.products`); the answer is what a text held says
of it: the heading of that set, or the line of a guide that puts the product or the group to its sets. A product that
may have two is asked back.
"""

import re
from collections.abc import Iterator
from datetime import date

from assistant.basis import basis
from assistant.candidates import row_text
from assistant.claims import claim, summary_notices
from assistant.conditions import ask_back, which_set
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, quoted
from assistant.evidence import Evidence
from assistant.limits import LIMITS, limit_groups_in
from assistant.question import Question
from assistant.units import law_day
from assistant.wanted import SET_ASKED
from assistant.wording import says, words_of
from crawler.article import Article, Block
from index.criteria.held import sets_on
from index.criteria.products import Match, document, find_sets
from index.criteria.sets import CriteriaSet

_WHICH = (*SET_ASKED, "bộ gì", "bộ số bao nhiêu", "thuộc bộ", "tiêu chí nào", "theo tiêu chí gì", "theo tiêu chí")
# Whether two products have one set or two, which the set of each tells.
_SAME_OR_NOT = (
    "khác bộ",
    "cùng bộ",
    "chung bộ",
    "khác bộ tiêu chí",
    "cùng bộ tiêu chí",
    "chung bộ tiêu chí",
    "một bộ hay",
)
# Things of which one may be named by no name known here.
_SEVERAL = tuple(f"{many} {thing}" for many in ("hai", "ba", "mấy", "những") for thing in ("món", "thứ", "loại"))
_WHICH_GROUP = (
    "thuộc nhóm nào",
    "thuộc nhóm gì",
    "thuộc nhóm mấy",
    "thuộc nhóm sản phẩm nào",
    "ở nhóm nào",
    "vào nhóm nào",
)
_VERBS = ("làm", "thi", "dự", "đăng ký", "tham gia", "vào", "xin", "được")
_WHAT_OCOP = ("ocop", "chấm ocop", "xét ocop", "xếp sao", "chấm sao", "gắn sao")
_TAKING_PART = (
    *(f"{verb} {what}" for verb in _VERBS for what in _WHAT_OCOP),
    "làm sản phẩm ocop", "là sản phẩm ocop", "thành sản phẩm ocop", "tham gia chương trình",
)  # fmt: skip
_COUNTS_AS = ("tính là", "coi là", "xếp vào", "xem là", "là trà hay", "là đồ uống hay", "hay là thảo dược")
# Who takes part, where and with what is settled by other clauses.
_OF_WHOM = (
    "tôi là", "em là", "công ty", "doanh nghiệp", "hộ", "hợp tác xã", "cá nhân", "trang trại", "nước ngoài",
    "nhập khẩu", "gia công", "hồ sơ", "giấy", "bao nhiêu", "mấy", "ai", "ở đâu", "khi nào", "chưa đăng ký",
    "đăng ký kinh doanh", "một mình", "hội", "hiệp hội", "trường", "tỉnh", "xã", "huyện", "nguyên liệu", "thuê", "mua",
    "giống", "làm sao", "thế nào", "mẫu", "gửi", "nộp", "kèm",
)  # fmt: skip
_OF_GROUP = ("bộ", "bộ tiêu chí", "những bộ", "các bộ")
_OTHER = ("quyết định nào", "năm 20", "cũ", "mới", "áp dụng", "hiệu lực", "nộp", "hồ sơ", "bộ nông nghiệp")
# By its letters, since "nem chua chấm" is no "chưa chấm".
_NOT_YET = re.compile(r"(?<!\w)chưa\s+(?:ai\s+)?chấm(?!\w)", re.IGNORECASE)
# The groups of products among the limits people name: food, drink, herbs, handicraft, plants kept for show, tourism.
_GROUPS = frozenset(
    place
    for place, names in enumerate(LIMITS)
    if set(names) & {"thực phẩm", "đồ uống", "dược liệu", "mỹ nghệ", "sinh vật cảnh", "du lịch"}
)
_NUMBERED = re.compile(r"(?<!\w)bộ\s+(?:tiêu chí\s+)?(?:số\s+)?(?P<number>\d{1,2})(?!\d)", re.IGNORECASE)


def sets_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The set of the product a question names, or those of the groups it names; None where it asks neither, or no text
    held tells."""
    words = question.tokens
    of_another = any(not number.matches(document()) for number in question.documents)
    if question.dates or of_another or says(words, *_OTHER) or _NOT_YET.search(question.text):
        return None  # where whoever asks lives changes no set
    of_group = says(words, *_WHICH_GROUP) and not says(words, *_SEVERAL)
    named = of_group or says(words, *_WHICH, *_SAME_OR_NOT) or _may_take_part(question)
    lines = list(lines_of_products(question, corpus, on)) if named else []
    if not lines and says(words, "nhóm", "ngành", "mấy bộ", "bao nhiêu bộ") and says(words, *_OF_GROUP):
        for group in sorted(limit_groups_in(words_of(question.text)) & _GROUPS):
            lines += _of_group(group, corpus, law_day(question, on))
    if not lines and not says(words, *_WHICH):
        return None
    if not lines:
        return _asked_back(question, corpus, on) if says(words, *_WHICH) else None
    based = basis(lines[0].evidence[0], corpus, on)
    return Draft(
        status="answered",
        segments=(*dict.fromkeys(lines), *based),
        notices=tuple(summary_notices(lines)),
        strength=1.0,
    )


def _may_take_part(question: Question) -> bool:
    """Whether a question asks if a kind of product may be judged at all, or what it counts as: the set it has tells."""
    words = question.tokens
    if question.places or says(words, *_OF_WHOM, *_SEVERAL) or question.numbers or question.stars is not None:
        return False
    return _counts_as(question) or (says(words, *_TAKING_PART) and says(words, "được", "không"))


def _counts_as(question: Question) -> bool:
    """Whether a question asks as which of two things one counts."""
    return says(question.tokens, *_COUNTS_AS) and says(question.tokens, "hay")


def _held(question: Question, corpus: Corpus, on: date) -> dict[int | None, str]:
    return {one.number: one.name for one in sets_on(corpus.criteria, corpus.law, law_day(question, on))}


def _asked_back(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """Which of the sets that the product named may have is meant; None where it has one."""
    matches = find_sets(question.text)
    first = [match for match in matches if match.start == matches[0].start]
    if not first[1:]:
        return None
    return ask_back(which_set(first, _held(question, corpus, on)))


def lines_of_products(question: Question, corpus: Corpus, on: date) -> Iterator[Segment]:
    """The line that gives each product its set; of one that may have two, nothing, unless it is only asked whether it
    may be judged. Where a thing is asked to count as another, only its own."""
    matches = [match for match in find_sets(question.text) if not _NUMBERED.match(match.name)]
    held = {one.number: one for one in sets_on(corpus.criteria, corpus.law, law_day(question, on))}
    in_general = _may_take_part(question) or says(question.tokens, *_WHICH_GROUP)
    starts = list(dict.fromkeys(match.start for match in matches))
    for start in starts[:1] if _counts_as(question) else starts:
        of_one = [match for match in matches if match.start == start]
        for match in of_one if len(of_one) == 1 or in_general else ():
            classified = held.get(match.number)
            yield from _of_product(match, classified, corpus)
            if classified is None or classified.classification_span is None:
                continue
            if in_general or says(question.tokens, "nhóm"):
                first, last = classified.classification_span
                article = corpus.article(classified.article_id, classified.digest)
                yield quoted(Evidence(article=article, start=first, end=last))


def _of_product(match: Match, held: CriteriaSet | None, corpus: Corpus) -> Iterator[Segment]:
    named = list(_saying(match, corpus))
    if named:
        text = f"{match.name[:1].upper()}{match.name[1:]} chấm theo bộ {match.number}."
        told = claim(text, named[:1])
        if told is not None:
            yield told
            yield _line(named[0])
    if held is not None:
        article = corpus.article(held.article_id, held.digest)
        end = article.text.find("\n", held.start)
        yield quoted(Evidence(article=article, start=held.start, end=end if end > 0 else len(article.text)))


def _saying(match: Match, corpus: Corpus) -> Iterator[Evidence]:
    """The sentences and rows of guides that give a product its set."""
    words = match.name.split()
    for size in range(len(words), 0, -1):  # what is said of "chè" holds for "chè xanh" of the same set
        name = re.escape(" ".join(words[:size]))
        of_it = re.compile(
            rf"(?<!\w){name}(?!\w)[^.;,|]{{0,40}}(?<!\w)bộ\s+(?:số\s+)?{match.number}(?!\d)", re.IGNORECASE
        )
        for article_id, digest in corpus.guides:
            article = corpus.article(article_id, digest)
            for start, end, _, _ in corpus.sentences(article):
                if of_it.search(article.text[start:end]):
                    yield Evidence(article=article, start=start, end=end)
    # "Trà từ cây khác (atiso, cà gai leo) là bộ 12": each word of it, then its set
    every = "".join(
        rf"(?=.*?(?<!\w){re.escape(word)}(?!\w)(?:(?!bộ )[^.;|]){{0,60}}bộ {match.number}(?!\d))" for word in words
    )
    for article_id, digest in corpus.guides if len(words) > 1 else ():
        article = corpus.article(article_id, digest)
        for start, end, _, _ in corpus.sentences(article):
            if re.match(every, article.text[start:end], re.IGNORECASE):
                yield Evidence(article=article, start=start, end=end)


def _line(evidence: Evidence) -> Segment:
    """A sentence as it stands, a row with the names of its columns."""
    (block, *_) = evidence.article.blocks_within(evidence.start, evidence.end)
    return _row(evidence.article, block) if block.role == "row" else quoted(evidence)


def _row(article: Article, block: Block) -> Segment:
    found = Evidence(article=article, start=block.start, end=block.end)
    return Segment(text=f"{row_text(article, block)}.", kind="stated", evidence=(found,))


def _of_group(group: int, corpus: Corpus, day: date) -> Iterator[Segment]:
    """The row of a guide that lists a group's sets, else the headings of those held."""
    for article_id, digest in corpus.guides:
        article = corpus.article(article_id, digest)
        for block in article.blocks:
            cells = article.text[block.start : block.end].split(" | ")
            if block.role == "row" and len(cells) > 1 and _names(group, cells[0]) and _NUMBERED.search(cells[1]):
                yield _row(article, block)
                return
    for one in sets_on(corpus.criteria, corpus.law, day):
        if _names(group, one.group or one.classification or ""):
            article = corpus.article(one.article_id, one.digest)
            end = article.text.find("\n", one.start)
            yield quoted(Evidence(article=article, start=one.start, end=end if end > 0 else len(article.text)))


def _names(group: int, text: str) -> bool:
    return group in limit_groups_in(words_of(text))
