"""Points and stars both ways: which star so many points give, and how many points a star needs.

Read of the scale of the rule in force on the day meant. Points alone give no star: from three stars on, the note on
minimum marks stands beside them, and below that the clause that gives no certificate.
"""

import re
from collections.abc import Iterator
from datetime import date

from assistant.answer import FALSE_SAYING, NO_SUCH_POINTS, NOT_BY_POINTS, NOTE_ALSO, TRUE_SAYING
from assistant.basis import basis
from assistant.candidates import row_text
from assistant.claimed_value import TAG
from assistant.clauses import find_clause
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, connective, quoted
from assistant.evidence import Evidence
from assistant.law import minimum_marks, none_given, state_notices
from assistant.matters import matter_named
from assistant.question import Question
from assistant.regime import untold_rule_draft
from assistant.regime_asked import day_meant, named_documents, tells_of_some
from assistant.units import state_at
from assistant.wording import says
from crawler.article import Article
from index.criteria.bands import Band, bands
from index.law.documents import Document, is_local
from index.law.in_force import in_force
from index.sentence import sentence_spans

_GIVEN = (
    "sao", "hạng", "hạng gì", "giấy", "giấy chứng nhận", "công nhận", "cấp giấy", "đạt", "đậu", "xếp", "xếp loại",
    "loại", "mức nào", "rơi vào",
)  # fmt: skip
# Words between "chấm" and a number that is then one of points ("tự chấm được có 68").
_NEAR = 4
_NEEDED = (
    "bao nhiêu điểm", "mấy điểm", "nhiêu điểm", "số điểm", "tổng điểm", "mức điểm", "khoảng điểm", "điểm tối thiểu",
    "điểm sàn", "điểm chuẩn", "điểm nào", "điểm bao nhiêu", "điểm mấy", "điểm thế nào",
)  # fmt: skip
# What such a question is about instead: one criterion, a part, one product, who did what.
_OTHER = (
    "mục", "tiêu chí", "phần a", "phần b", "phần c", "cảm quan", "bao bì", "phần", "mỗi phần", "chuyển lên", "gửi lên",
    "gửi bộ", "gửi ra", "đợt", "hội thi", "tham gia", "thấp nhất", "cao nhất là", "thu hồi", "hết hạn",
)  # fmt: skip
_ENOUGH = ("đủ điểm", "dư điểm", "thừa điểm", "đạt điểm", "điểm cao", "đủ số điểm", "đạt đủ điểm", "điểm đủ")
_NOT_YET = (
    "chưa chắc", "chưa được", "không được", "vẫn không", "vẫn chưa", "chưa đạt", "không đạt", "trượt", "rớt", "mất sao",
    "hụt sao", "chưa đủ sao", "chưa có sao",
)  # fmt: skip
# Points of sale and other places.
_PLACES = (
    "điểm bán", "điểm du lịch", "điểm giới thiệu", "điểm trưng", "điểm đến", "điểm tham", "điểm giao", "điểm dừng",
    "điểm phần trăm", "điểm phần",
)  # fmt: skip
_SELF = ("tự chấm", "tự đánh giá", "tự tính", "tự cho")
_RECOGNISED = 3
_NATIONAL = 5  # the star that no province gives
_HIGHEST = 100


def points_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The line of the scale that answers, with what it needs besides; which rule has it, where no text of that
    is held; None where no such thing is asked."""
    if says(question.tokens, *_ENOUGH) and says(question.tokens, *_NOT_YET) and _general(question):
        return _not_by_points(question, corpus, on)
    asked = points_given(question)
    star = question.stars[0] if question.stars is not None and asked is None else None
    words = (*question.tokens, "|", *question.content) if question.follow_up else question.tokens
    alone = star is not None and not question.content and not question.follow_up  # "4 sao"
    needed = alone or says(words, *_NEEDED) or (question.follow_up and question.wanted == "figure" and "điểm" in words)
    if (asked is None and not (star is not None and needed)) or not _general(question):
        return None
    found = _scale(question, corpus, on)
    if found is None:
        named = question.documents or named_documents(question, corpus.law)
        return None if named else untold_rule_draft(question, "criteria", corpus, on)
    document, scale = found
    points = asked if asked is None else min(asked, _HIGHEST)
    line = next((one for one in scale if (one.star == star if points is None else one.holds(points))), None)
    if line is None:
        return None
    article = corpus.article(line.article_id, line.digest)
    told = Evidence(article=article, start=line.start, end=line.end)
    block = article.blocks_within(line.start, line.end)[0]
    row = f"{row_text(article, block)}." if block.role == "row" else None
    lines = [quoted(told) if row is None else Segment(text=row, kind="stated", evidence=(told,))]
    besides = list(_besides(line, document, corpus))
    if asked is not None and asked > _HIGHEST:
        told = _most(article) or told
        lines = [connective(NO_SUCH_POINTS), quoted(told)]
        besides = []
    elif asked is not None and (verdict := _verdict(question, line, besides)) is not None:
        lines.insert(0, connective(verdict))
    lines += besides
    based = basis(told, corpus, on)
    state = state_at(article, corpus, day_meant(question, on))
    notices = list(state_notices(article, state, corpus, on, told=bool(based)))
    if says(question.tokens, *_SELF):
        notices.insert(0, "Điểm tự chấm chỉ để tham khảo: hạng sao căn cứ điểm trung bình của hội đồng đánh giá.")
    return Draft(status="answered", segments=(*dict.fromkeys(lines), *based), notices=tuple(notices), strength=1.0)


def _not_by_points(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """Why enough points may give no star: the note on minimum marks."""
    for rule in in_force(corpus.law, day_meant(question, on), "criteria").rules[:1]:
        for carrier in rule.document.carriers[:1]:
            found = minimum_marks(corpus.article(carrier.article_id, carrier.digest), corpus)
            if found is not None:
                based = basis(found, corpus, on)
                state = state_at(found.article, corpus, on)
                notices = state_notices(found.article, state, corpus, on, told=bool(based))
                return Draft(
                    status="answered", segments=(_paragraph(found), *based), notices=tuple(notices), strength=1.0
                )
    return None


def _paragraph(evidence: Evidence) -> Segment:
    """The paragraph a sentence stands in, which goes on to say what it means."""
    block = evidence.article.blocks_within(evidence.start, evidence.end)[-1]
    return quoted(Evidence(article=evidence.article, start=min(evidence.start, block.start), end=block.end))


def points_given(question: Question) -> float | None:
    """The one number of points a question gives and asks the star or the certificate of; None where it gives none."""
    words = question.tokens
    given = [
        number
        for number in question.numbers
        if any(
            word == number
            and (
                (says(words[at + 1 : at + 3], "điểm", "đ") and not says(words[at + 1 : at + 4], *_PLACES))
                or (question.wanted == "star" and says(words[max(0, at - _NEAR) : at], "chấm"))
            )
            for at, word in enumerate(words)
        )
    ]
    points = float(given[0].replace(",", ".")) if len(given) == 1 else -1.0
    if not says(words, *_GIVEN) and not (points > _HIGHEST and says(words, "sản phẩm")):
        return None
    return points if points >= 0 else None


def _verdict(question: Question, line: Band, besides: list[Segment]) -> str | None:
    """Whether points give the star that a question says they do; None where it says none or only asks which."""
    if question.stars is None or question.stars[0] != question.stars[1]:
        return None
    if question.wanted != "yes_no" and TAG.search(question.text) is None:
        return None
    if line.star > question.stars[0]:
        return None  # with fewer marks such points may give that star
    if line.star < question.stars[0]:
        return FALSE_SAYING
    return NOT_BY_POINTS if besides else TRUE_SAYING


_MOST = re.compile(r"(?:tối đa|cao nhất|nhiều nhất)[^.;\n]{0,20}(?<!\d)100(?: điểm|(?!\d))", re.IGNORECASE)


def _most(article: Article) -> Evidence | None:
    """The words that say how many points there are at most; None where none do."""
    for start, end in sentence_spans(article.text, 0, len(article.text)):
        found = _MOST.search(article.text, start, end)
        if found is not None:
            return Evidence(article=article, start=start, end=found.end())
    return None


def _general(question: Question) -> bool:
    """Whether a question is about the rule, not about what one place or product did."""
    return (
        question.aim == "question"
        and not (question.places or question.districts or question.regions or question.period)
        and not any(is_local(number) for number in question.documents)
        and question.unit.dieu is None
        and not says(question.tokens, *_OTHER)
        and not tells_of_some(question)
    )


def _scale(question: Question, corpus: Corpus, on: date) -> tuple[Document, tuple[Band, ...]] | None:
    """The scale of the rule a question names, else of the one in force on the day it means."""
    law = corpus.law
    named = [document for number in named_documents(question, law) if (document := law.find(number)) is not None]
    if question.documents and not named:
        return None  # a document that nothing is known of has no scale here
    ruled = [] if named else [rule.document for rule in in_force(law, day_meant(question, on), "criteria").rules[:1]]
    for document in (*named[:1], *ruled):
        for carrier in document.carriers:
            scale = bands(corpus.article(carrier.article_id, carrier.digest))
            if scale:
                return document, scale
    return None


def _besides(line: Band, document: Document, corpus: Corpus) -> Iterator[Segment]:
    """What points alone do not tell."""
    if line.star < _RECOGNISED:
        none = none_given(document, corpus)
        if none is not None:
            yield quoted(none)
        return
    minimum = minimum_marks(corpus.article(line.article_id, line.digest), corpus)
    sent = _sent_on(document, corpus) if line.star == _NATIONAL else None
    if minimum is not None or sent is not None:
        yield connective(NOTE_ALSO)
    if sent is not None:
        yield quoted(sent)
    if minimum is not None:
        yield quoted(minimum)


def _sent_on(document: Document, corpus: Corpus) -> Evidence | None:
    """The sentence that says what becomes of a product that a province gives the points of the highest star."""
    matter = matter_named("Điều 7, khoản 3")
    clause = find_clause(matter, document, corpus)
    if clause is None:
        return None
    spans = sentence_spans(clause.article.text, clause.start, clause.end)
    found = (Evidence(article=clause.article, start=start, end=end) for start, end in spans)
    return next((one for one in found if matter.clause.search(one.quote)), None)
