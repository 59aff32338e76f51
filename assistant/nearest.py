"""The clause nearest to a question of law that nothing else answered: what a clerk would open the decision at.

Only where it holds nearly every telling word of the question, by name or by another of its names, and no clause of
another Điều holds as much: words that no text has weigh most, so that what the law does not speak of is not answered.
"""

from datetime import date

from assistant.basis import basis
from assistant.clauses import clauses, holds_star, of_law, told
from assistant.corpus import Corpus
from assistant.draft import Draft
from assistant.evidence import Evidence, fits_kind, specific
from assistant.law import state_notices
from assistant.question import Question
from assistant.units import state_at
from assistant.wording import coverage, says, supplied, words_of
from index.law.in_force import in_force

# The share of the telling words that the clause, with the heading of its Điều, must hold; and by how much more than a
# clause of another Điều.
HELD = 0.65
APART = 0.1
_LEAST_WORDS = 2
_OF_THE_FIELD = (
    "hồ sơ", "giấy", "giấy chứng nhận", "thu hồi", "phân hạng", "nâng hạng", "hội đồng", "tổ tư vấn", "cấp xã",
    "cấp tỉnh", "trung ương", "công nhận", "chủ thể", "đánh giá", "tiêu chí", "kiểm tra", "giám sát", "hiệu lực", "sao",
    "điểm", "nộp",
)  # fmt: skip


def nearest_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The clause of today's rule that holds what is asked; None where none plainly does."""
    if (
        not of_law(question)
        or question.dates
        or question.documents
        or question.numbers
        or question.follow_up
        or not says(question.tokens, *_OF_THE_FIELD)
    ):
        return None
    telling = specific(question)
    if len(set(telling)) < _LEAST_WORDS:
        return None
    weights = corpus.weights(telling, question.emphasis)
    for rule in in_force(corpus.law, on, "procedure").rules[:1]:
        carrier = rule.document.carriers[0]
        article = corpus.article(carrier.article_id, carrier.digest)
        weighed = [
            (coverage(telling, supplied(question.synonyms, words_of(f"{one.heading}\n{one.text}")), weights), one)
            for one in clauses(article)
        ]
        if not weighed:
            return None
        share, best = max(weighed, key=lambda pair: pair[0])
        other = max((one for one, clause in weighed if clause.heading != best.heading), default=0.0)
        if (
            share < HELD
            or share - other < APART
            or not fits_kind(question, best.text)
            or not holds_star(question, best)
        ):
            return None
        based = basis(Evidence(article=article, start=best.start, end=best.end), corpus, on)
        return Draft(
            status="answered",
            segments=(*told(best, None), *based),
            notices=tuple(state_notices(article, state_at(article, corpus, on), corpus, on, told=bool(based))),
            strength=share,
        )
    return None
