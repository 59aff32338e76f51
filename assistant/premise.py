"""False premises: what a question takes for granted and the law does not bear out, said first, with its reason.

A document taken to be in force that is not, the district level that is gone, the commune that never recognised, forms
of a former rule, a certificate that is not given or has not ended, and a value ("5 năm, đúng không?") that the rule
states otherwise. The rest of the question is then answered by the law of the day.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant import answer as say
from assistant.answer import Status
from assistant.basis import basis
from assistant.certificates import VALIDITY, certificate_day
from assistant.claimed_count import Count, claimed_count, count_verdict, of_other_star, without_star
from assistant.claimed_value import TAG, Value, claimed_value, verdict_on
from assistant.claims import evidence_of
from assistant.clauses import find_clause, told
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, connective, quoted
from assistant.evidence import Evidence
from assistant.law import none_given
from assistant.levels import LEVELS, acts_in
from assistant.matters import matter_named
from assistant.question import Question, understand
from assistant.regime import Writer, district_end, state_reasons
from assistant.regime_asked import day_meant, named_documents
from assistant.sayings import saying_weighed
from assistant.wording import says
from index.law.address import DocumentNumber
from index.law.authority import Authority
from index.law.documents import Document, is_local
from index.law.in_force import in_force
from index.law.reasons import begin
from index.places.named import MERGER
from index.text import strip_marks

_RECOGNISED = (3, 4, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Premise:
    """What a question takes for granted, and what is to be said of it first.

    question: without its premise. segments, notices: of the premise. value, count: one to be compared with what the
    answer quotes. wider: the question to ask where nothing answers that one, for a count of another grade. whole: what
    is said of the premise answers the question too; None where the rest is still to be answered.
    """

    question: Question
    segments: tuple[Segment, ...] = ()
    notices: tuple[str, ...] = ()
    value: Value | None = None
    count: Count | None = None
    wider: Question | None = None
    whole: Status | None = None

    @property
    def as_claimed(self) -> bool:
        """Whether a count is claimed that some text may bear out or deny as it is put."""
        return self.count is not None and self.count.amount > 0

    def before(self, draft: Draft | None) -> Draft | None:
        """The answer to the question without its premise, with what is said of the premise before it."""
        if draft is None:
            held = any(segment.evidence for segment in self.segments)
            status: Status = self.whole or "partial"
            return Draft(status=status, segments=self.segments, notices=self.notices) if held else None
        first = self.segments
        if self.value is not None:
            verdict = verdict_on(self.value, _first_of_law(draft))
            first = (*first, *([] if verdict is None else [connective(verdict)]))
        elif self.count is not None:
            verdict = count_verdict(self.count, draft) if draft.status in ("answered", "partial") else None
            first = (*first, *([] if verdict is None else [connective(verdict)]))
        elif first and _of_law(draft):
            first = (*first, connective(say.BY_LAW_NOW))
        segments = tuple(dict.fromkeys((*first, *draft.segments)))
        return replace(draft, segments=segments, notices=tuple(dict.fromkeys((*self.notices, *draft.notices))))

    def of_other_grade(self, draft: Draft | None) -> Draft | None:
        """What sources count of another grade, where that is the count claimed: in part what was asked."""
        if draft is None or self.count is None or not of_other_star(self.count, draft):
            return None
        segments = (connective(say.OTHERWISE_SOURCED), *draft.segments)
        return replace(draft, segments=segments, status="partial")


def _of_law(draft: Draft) -> bool:
    """Whether a text of law, or a guide to one, answers first."""
    first = next((segment.evidence[0] for segment in draft.segments if segment.evidence), None)
    return first is not None and first.article.kind in ("regulation", "guide")


def read_premise(question: Question, corpus: Corpus, on: date) -> Premise | None:
    """What a question takes for granted that is false or is to be weighed, or None."""
    if question.places:
        return _count(question)
    return (
        _saying(question, corpus, on)
        or _document(question, corpus, on)
        or _district(question, corpus, on)
        or _commune(question, corpus, on)
        or _old_forms(question, corpus, on)
        or _no_certificate(question, corpus, on)
        or _kept_certificate(question, corpus, on)
        or _value(question)
    )


# ---- A document that is no longer in force -------------------------------------------------------------------------

_CURRENT = (
    r"(?:hien hanh|moi nhat|hien nay|hien tai|hien dang\s+(?:duoc\s+)?(?:ap dung|dung|co hieu luc)|"
    r"(?:van\s+)?(?:con\s+|dang\s+)(?:duoc\s+)?(?:ap dung|dung|co hieu luc|hieu luc))"
)
# "Lúc QĐ 148 còn áp dụng, …" asks about then.
_THEN = re.compile(
    r"(?<!\w)(?:luc|khi|hoi|thoi|ngay|trong thoi gian)\s+(?:(?:quyet dinh|qd|thong tu|nghi dinh)\s*)?(?:so\s+)?$"
)
_BY = (
    r"(?:(?:theo|can cu|dua (?:vao|tren|theo)|chieu theo|ap dung)\s+)?"
    r"(?:(?:quyet dinh|thong tu|nghi dinh|qd|tt|nd)\s*)?(?:so\s+)?$"
)

# "QĐ 148 hiện hành quy định giấy chứng nhận …": what it says is asked for
_SAYS = re.compile(
    r"^\s*,?\s*(?:thì\s+|thi\s+)?(?:có\s+|co\s+)?(?:quy định|quy dinh|nêu|neu|ghi|nói|noi)"
    r"(?:\s+(?:là|rằng|la|rang))?\s+",
    re.I,
)


def _document(question: Question, corpus: Corpus, on: date) -> Premise | None:
    """A document that the question says is the current one ("theo QĐ 148 hiện hành, …") and that is not in force."""
    text = question.text
    bare = strip_marks(text).lower()
    law, day = corpus.law, day_meant(question, on)
    for number, end in _places(question, corpus):
        current = re.compile(rf"\s*,?\s*(?:la\s+)?{_CURRENT}(?!\w)").match(bare, end)
        if current is None or is_local(number) or _THEN.search(bare[: number.start]):
            continue
        document, state = law.find(number), law.state(number, day)
        if document is None or state.status not in ("lapsed", "not_yet"):
            continue
        start = number.start
        opening = re.search(_BY, bare[:start])
        rest = f"{text[: opening.start() if opening else start]} {_SAYS.sub('', text[current.end() :])}".strip(" ,.;:")
        if not _asks(understand(rest)):
            return None
        writer = Writer(corpus=corpus)
        lines = [line for reason in state_reasons(document, state) for line in writer.write(reason)]
        lines += _formerly(understand(rest), document, writer)
        if lines:
            return Premise(question=understand(rest), segments=(connective(say.FALSE_PREMISE), *lines))
    return None


def _formerly(rest: Question, document: Document, writer: Writer) -> list[Segment]:
    """Who recognised the star asked about under a document that has lapsed."""
    star = rest.stars[0] if rest.stars is not None and rest.stars[0] == rest.stars[1] else None
    day = begin(document)
    if star not in _RECOGNISED or day is None or not says(rest.tokens, "công nhận", "cấp giấy", "ký", "ai", "cấp nào"):
        return []
    told = in_force(writer.corpus.law, day, "procedure", star=star).reasons
    return [
        line
        for reason in told
        if any(isinstance(source, Authority) and source.number.matches(document.number) for source in reason.sources)
        for line in writer.write(reason)
    ]


def _places(question: Question, corpus: Corpus) -> list[tuple[DocumentNumber, int]]:
    """The documents a question names, with where their numbers end in it."""
    return [(number, number.end) for number in named_documents(question, corpus.law, placed=True)]


def _asks(rest: Question) -> bool:
    """Whether what is left asks something by itself."""
    return len(rest.content) >= 1 and len(rest.tokens) >= 4 and rest.aim == "question"


# ---- The district level ----------------------------------------------------------------------------------------------

_DISTRICT = re.compile(
    r"(?:(?:do|bởi|boi)\s+)?(?:(?:ubnd|ủy ban nhân dân|uy ban nhan dan|hội đồng|hoi dong|phòng nông nghiệp|"
    r"phong nong nghiep|cấp|cap)\s+)?(?:cấp\s+|cap\s+)?(?:huyện|huyen)(?!\w)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"(?<!\w)(?:các|mấy|những|một số|nhiều|hai|ba|cac|may|nhung)\s+$", re.IGNORECASE)
# Who says that the level acted once, or is gone, takes nothing false for granted.
_ONCE = (
    "hồi trước", "trước đây", "hồi xưa", "hồi đó", "cấp trước", "đã cấp", "ngày trước", "trước kia", "lúc trước",
    "bỏ rồi", "năm nào", "không còn", "bỏ huyện", "bỏ cấp huyện", "giải thể", "hết huyện", "hết cấp huyện",
)  # fmt: skip
_ALTERNATIVES = ("hay", "hoặc", "cấp nào", "ai")


def _district(question: Question, corpus: Corpus, on: date) -> Premise | None:
    """The district level taken to act after it ended: it is said to be gone, and who acts now."""
    words, day = question.tokens, day_meant(question, on)
    if day < MERGER or says(words, *_ALTERNATIVES, *_ONCE):
        return None
    if not any(acts_in(words, name) for name in LEVELS["district"]):
        return None
    match = _DISTRICT.search(question.text)
    if match is None or question.text[match.end() :].lstrip()[:1].isupper():
        return None  # "huyện Mộ Đức" is a place of its time
    if _SEVERAL.search(question.text, 0, match.start()):
        return None  # "ở các huyện miền núi" are places too
    end = district_end(corpus)
    notice = f"Từ {MERGER.day}/{MERGER.month}/{MERGER.year} không còn cấp huyện."
    first = [] if end is None else [connective(say.FALSE_PREMISE), quoted(end)]
    star = question.stars[0] if question.stars and question.stars[0] == question.stars[1] else None
    receiving = says(words, "nộp", "gửi", "nhận hồ sơ", "tiếp nhận")
    stars = (None,) if receiving else (star,) if star in (3, 4, 5) else (3, 4, 5)
    writer = Writer(corpus=corpus)
    acting = [
        line
        for one in stars
        for reason in in_force(corpus.law, day, "procedure", star=one).reasons
        if "công nhận" in reason.text or "nơi nhận" in reason.text
        for line in writer.write(reason)
    ]
    if not first and not acting:
        return None
    rest = understand(f"{question.text[: match.start()]} {question.text[match.end() :]}")
    # who acts answers the question, unless it asks how long, how many, when
    told = (
        acting
        and question.wanted in ("yes_no", "who", "where", "text", "list", "why")
        and not says(words, "gồm", "những gì")
    )
    whole: Status | None = "answered" if told else None
    return Premise(question=rest, segments=(*first, *acting), notices=() if end is not None else (notice,), whole=whole)


# ---- Certificates --------------------------------------------------------------------------------------------------


def _no_certificate(question: Question, corpus: Corpus, on: date) -> Premise | None:
    """A certificate of one or two stars taken for granted: the sentence that gives them none."""
    words = question.tokens
    if question.stars is None or question.stars[1] > 2 or not says(words, "giấy chứng nhận", "giấy", "chứng nhận"):
        return None
    for rule in in_force(corpus.law, day_meant(question, on), "procedure").rules[:1]:
        told = none_given(rule.document, corpus)
        if told is not None:
            said = say.NOT_SO if TAG.search(question.text) or question.wanted != "yes_no" else say.NO_RULE_SAYS
            segments = [connective(said), quoted(told)]
            validity = (
                find_clause(matter_named(VALIDITY), rule.document, corpus) if question.wanted == "duration" else None
            )
            if validity is not None:  # from which star on there is one, and for how long
                segments.append(quoted(Evidence(article=validity.article, start=validity.start, end=validity.end)))
            return Premise(question=question, segments=(*segments, *basis(told, corpus, on)), whole="answered")
    return None


def _kept_certificate(question: Question, corpus: Corpus, on: date) -> Premise | None:
    """Certificates given under a former document taken to have ended with it: the rule that keeps them."""
    words, law, day = question.tokens, corpus.law, day_meant(question, on)
    lapsed = any(law.state(number, on).status in ("lapsed", "doubtful") for number in named_documents(question, law))
    about = says(words, "giấy", "giấy chứng nhận") and (lapsed or says(words, "giấy cũ", "quyết định cũ", "cấp trước"))
    over = says(
        words,
        "mất giá trị",
        "hết giá trị",
        "hết hiệu lực",
        "mất hiệu lực",
        "cấp lại",
        "đổi giấy",
        "vô hiệu",
        "phải đổi",
        "đổi sang",
        "đổi lại",
        "xin lại",
    )
    if not (about and over and (TAG.search(question.text) or question.wanted == "yes_no")):
        return None
    if (own := certificate_day(question)) is not None and own.ends:
        return None  # whether one that ends on a day still holds, or may hold longer, that day tells
    for rule in in_force(law, max(day, on), "criteria").rules[:1]:
        for kept in rule.document.transitions:
            told = evidence_of(kept, corpus) if kept.covers == "certificate" else None
            if told is not None:
                guide = _telling(_UNCHANGED, corpus)
                also = () if guide is None or guide == told else (quoted(guide),)
                segments = (connective(say.NOT_SO), quoted(told), *also, *basis(told, corpus, on))
                return Premise(question=question, segments=segments, whole="answered")
    return None


_UNCHANGED = re.compile(r"không cần (?:đổi|cấp lại|xin cấp)|khỏi (?:đổi|cấp lại)", re.IGNORECASE)


def _telling(pattern: re.Pattern[str], corpus: Corpus) -> Evidence | None:
    """The first paragraph of a guide that says so."""
    for article_id, digest in corpus.guides:
        article = corpus.article(article_id, digest)
        for block in article.blocks:
            if block.role not in ("heading", "row") and pattern.search(article.text[block.start : block.end]):
                return Evidence(article=article, start=block.start, end=block.end)
    return None


# ---- Forms of former law -------------------------------------------------------------------------------------------

_FORM = re.compile(r"(?<!\w)bi[ểe]u\s+(?:m[ẫa]u\s+)?(?:s[ốo]\s+)?(0?[1-9])(?!\d)", re.IGNORECASE)
_FORMERLY = ("hồi trước", "trước đây", "ngày xưa", "hồi đó", "trước kia", "ngày trước", "hồi xưa", "thời trước", "cũ")
_WHAT_FORM = ("là giấy gì", "là gì", "là cái gì", "là mẫu gì", "là tờ gì", "dùng để làm gì", "nghĩa là gì", "là bản gì")
_OLD_FORM = re.compile(r"biểu 0?\d[^.]*(?:mẫu cũ|không còn dùng|đã bỏ)", re.IGNORECASE)
_FIRST_DOSSIER, _RENEWED = "Điều 6, khoản 1, điểm a", "Điều 6, khoản 1, điểm c"


def _old_forms(question: Question, corpus: Corpus, on: date) -> Premise | None:
    """Forms ("biểu 03") of a rule that has lapsed, taken to be used still: that they are old, and what is used now;
    alone what they are of, where that is asked."""
    if _FORM.search(question.text) is None or question.documents:
        return None
    old = _telling(_OLD_FORM, corpus)
    regulation = None if old is None else corpus.regulation(old.article.id)
    document = None if regulation is None or regulation.number is None else corpus.law.find(regulation.number)
    if old is None or document is None:
        return None
    writer = Writer(corpus=corpus)
    state = corpus.law.state_of(document, on)
    lapsed = [line for reason in state_reasons(document, state) for line in writer.write(reason)]
    if says(question.tokens, *_FORMERLY) or says(question.tokens, *_WHAT_FORM):
        told_form = _form_named(question, document, corpus)
        if told_form is not None:
            segments = (quoted(told_form), quoted(old), *lapsed)
            return Premise(question=question, segments=segments, whole="answered")
    which = question.wanted == "number" or says(question.tokens, "quyết định nào", "văn bản nào", "quy định nào")
    if which or day_meant(question, on) < on:
        return Premise(question=question, segments=(quoted(old), *lapsed), whole="answered")
    lines: list[Segment] = [connective(say.FALSE_PREMISE), quoted(old), *lapsed]
    unit = _RENEWED if says(question.tokens, "đánh giá lại", "phân hạng lại", "làm lại") else _FIRST_DOSSIER
    for rule in in_force(corpus.law, on, "procedure").rules[:1]:
        matter = matter_named(unit)
        clause = find_clause(matter, rule.document, corpus)
        if clause is not None:
            cited = Evidence(article=clause.article, start=clause.start, end=clause.end)
            lines += [connective(say.BY_LAW_NOW), *told(clause, matter.point), *basis(cited, corpus, on)]
    return Premise(question=question, segments=tuple(lines), whole="answered")


def _form_named(question: Question, document: Document, corpus: Corpus) -> Evidence | None:
    """The sentence of a rule that says what a form of it is ("phương án kinh doanh (biểu 03)")."""
    number = _FORM.search(question.text)
    if number is None:
        return None
    of_it = re.compile(rf"biểu\s+(?:số\s+)?0?{int(number[1])}(?!\d)", re.IGNORECASE)
    for carrier in document.carriers:
        article = corpus.article(carrier.article_id, carrier.digest)
        for start, end, _, _ in corpus.sentences(article):
            text = article.text[start:end]
            if of_it.search(text) and not _OLD_FORM.search(text):
                return Evidence(article=article, start=start, end=end)
    return None


# ---- The commune ---------------------------------------------------------------------------------------------------

_COMMUNE = re.compile(
    r"(?<!\w)(?:ubnd\s+)?(?:cấp\s+)?xã(?:\s+(?:tôi|mình|em|nhà|ta))?\s+(?:đã\s+|sẽ\s+|vừa\s+)?(?:ký\s+)?"
    r"(?:quyết định\s+)?(?:công nhận|cấp giấy|xếp hạng|phân hạng)(?!\w)",
    re.IGNORECASE,
)
_NEVER = re.compile(r"xã không (?:được )?công nhận", re.IGNORECASE)


def _commune(question: Question, corpus: Corpus, on: date) -> Premise | None:
    """The commune taken to recognise a star: who does, under the rule of the day."""
    match = _COMMUNE.search(question.text)
    if match is None or question.wanted in ("yes_no", "who") or says(question.tokens, *_ALTERNATIVES):
        return None
    star = question.stars[0] if question.stars is not None and question.stars[0] == question.stars[1] else None
    stars = (star,) if star in _RECOGNISED else _RECOGNISED
    writer = Writer(corpus=corpus)
    acting: list[Segment] = []
    for one in stars:
        ruling = in_force(corpus.law, day_meant(question, on), "procedure", star=one)
        if ruling.who is None or ruling.who.level == "commune":
            return None
        for reason in ruling.reasons:
            if any(isinstance(source, Authority) for source in reason.sources):
                acting += writer.write(reason)
    never = _telling(_NEVER, corpus)
    lines = [connective(say.NOT_SO), *acting, *([] if never is None else [quoted(never)])]
    return Premise(question=question, segments=tuple(lines), whole="answered") if acting else None


# ---- A value -------------------------------------------------------------------------------------------------------


def _value(question: Question) -> Premise | None:
    """A value with "đúng không": the question for that value instead, to be compared with what the rule states."""
    claimed = claimed_value(question)
    return None if claimed is None else Premise(question=claimed[0], value=claimed[1])


def _count(question: Question) -> Premise | None:
    """A count of a place with "đúng không", or that it has none: the question for how many instead, to be compared with
    what sources tell."""
    claimed = claimed_count(question)
    if claimed is None:
        return None
    return Premise(question=claimed[0], count=claimed[1], wider=without_star(claimed[0]) if claimed[1].amount else None)


def _saying(question: Question, corpus: Corpus, on: date) -> Premise | None:
    """What is said of who gives a star, who signed or what was dropped: right or wrong, with what tells it."""
    told = saying_weighed(question, corpus, on)
    return None if told is None else Premise(question=question, segments=told, whole="answered")


def _first_of_law(draft: Draft) -> str | None:
    """What is quoted first of an answer from law; None where it is from elsewhere."""
    first = next((segment for segment in draft.segments if segment.evidence), None)
    return None if first is None or not _of_law(draft) else first.text
