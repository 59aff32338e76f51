"""What a place sets out to reach, where a question asks for its plan or targets as a whole.

"Mục tiêu OCOP 2021 của Bắc Ninh?" is answered by the sentences whose figures are targets of that place and time. They
say "phấn đấu", "tối thiểu", "đến năm 2025 có", seldom the words of the question, so a search finds any sentence with
"kế hoạch" in it before them.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.corpus import Corpus
from assistant.count import OTHER_TIME
from assistant.draft import Draft, quoted
from assistant.evidence import Evidence
from assistant.fitted import evidence_of
from assistant.fitting_time import no_target
from assistant.question import Question
from assistant.sentences import source_notice
from assistant.target_words import AIMED_AT
from assistant.wording import says
from index.figures.figure import Figure
from index.places.provinces import related

# What says no more of it.
_FRAME = frozenset(
    f"{' '.join(AIMED_AT)} ocop chương trình đề án mỗi xã một sản phẩm tỉnh thành phố địa phương giai đoạn năm đến tới "
    "hết cuối phát triển xây dựng thực hiện triển khai công nhận đạt được giao về con số cụ thể".split()
)
_KINDS = ("text", "how", "list", "figure", "yes_no", "definition")
# What targets of the programme count; "5 năm" and "2 đợt" are none.
_NO_TARGET = ("năm", "tháng", "ngày", "đợt", "đồng", "điểm")


def with_targets(question: Question, draft: Draft | None, corpus: Corpus) -> Draft | None:
    """The targets held of the one place and of the time a question asks for, unless the draft tells one of them; of a
    count that is known of another time alone, they stand behind it and are said to be no result."""
    if draft is not None and _of_another_time(question, draft):
        aimed = [one for one in _targets(question, corpus) if not _tells(draft, [one])][:_MOST_BESIDE]
        if not aimed:
            return draft
        return replace(draft, segments=(*draft.segments, *map(quoted, aimed)), notices=(*draft.notices, _ONLY_AIMED))
    if draft is not None and _asks_whether_reached(question) and (aimed := _targets(question, corpus)):
        quoted_first = tuple(segment for segment in draft.segments if segment.evidence)[:1]
        if quoted_first and _tells(replace(draft, segments=quoted_first), aimed):
            return replace(draft, status="partial", notices=(*draft.notices, _NOT_SAID))
    if not asks_targets(question):
        return draft
    told = _targets(question, corpus)
    if not told or (draft is not None and _tells(draft, told)):
        return draft
    first = told[0]
    return Draft(
        status="answered",
        segments=tuple(map(quoted, told)),
        notices=source_notice(first.article),
        strength=0.9,
    )


_MOST_BESIDE = 2
_ONLY_AIMED = "Của thời gian được hỏi, kho chỉ có mục tiêu (dẫn kèm), chưa có kết quả."


_NOT_SAID = "Nguồn chỉ nêu mục tiêu, không nói có đạt hay không."


def _asks_whether_reached(question: Question) -> bool:
    """Whether a question asks if a number of one place was reached ("đạt 100 sản phẩm năm 2020 chưa?")."""
    reached = says(question.tokens, "đạt", "có", "được", "đủ")
    return len(question.places) == 1 and question.wanted == "yes_no" and bool(question.numbers) and reached


def _of_another_time(question: Question, draft: Draft) -> bool:
    """Whether a count of one place is asked for at a time that no figure is of."""
    return (
        draft.status == "partial"
        and len(question.places) == 1
        and bool(question.counted)
        and not (question.planned or question.stars or question.districts or question.documents)
        and any(notice.startswith(OTHER_TIME) for notice in draft.notices)
    )


def asks_targets(question: Question) -> bool:
    """Whether a question asks what one place plans, and not for one thing of it."""
    return (
        len(question.places) == 1
        and question.planned
        and says(question.tokens, *AIMED_AT)
        and question.wanted in _KINDS
        and not (question.documents or question.districts or question.stars or question.counted)
        and question.unit.empty
        and set(question.content) <= _FRAME
    )


def _targets(question: Question, corpus: Corpus) -> list[Evidence]:
    """The sentences with targets, of the one article that has most of them, of equals the latest, in its order."""
    places = related(question.places[0])
    counted = {one.what for one in question.counted}
    of_article: dict[str, list[Figure]] = {}
    for figure in corpus.figures:
        own = figure.place in places and figure.subplace is None
        asked = not counted or figure.what in counted
        aimed = figure.planned and own and asked and figure.what not in _NO_TARGET and _of_time(question, figure)
        if aimed and not no_target(figure, evidence_of(figure, corpus)):
            of_article.setdefault(figure.article_id, []).append(figure)
    if not of_article:
        return []
    sources = {key: evidence_of(figures[0], corpus).article for key, figures in of_article.items()}
    best = max(of_article, key=lambda key: (len(of_article[key]), sources[key].published or "", key))
    of_sentence: dict[Evidence, list[Figure]] = {}
    for figure in of_article[best]:
        of_sentence.setdefault(evidence_of(figure, corpus), []).append(figure)
    return [_part(sentence, figures) for sentence, figures in of_sentence.items()]


def _part(sentence: Evidence, figures: Sequence[Figure]) -> Evidence:
    """The parts between semicolons of a sentence that its targets stand in."""
    text = sentence.article.text
    start = text.rfind("; ", sentence.start, min(figure.number_start for figure in figures))
    end = text.find(";", max(figure.number_end for figure in figures), sentence.end)
    return replace(sentence, start=sentence.start if start < 0 else start + 2, end=sentence.end if end < 0 else end)


def _of_time(question: Question, figure: Figure) -> bool:
    """Whether a target is for the time asked, where one is."""
    if question.period is None and not question.when:
        return True
    if figure.as_of is None:
        return False
    if question.period is not None:
        return question.period[0] <= figure.as_of[:4] <= question.period[1]
    return any(asked.agrees(figure.as_of) for asked in question.when)


def _tells(draft: Draft, told: Sequence[Evidence]) -> bool:
    """Whether a draft says one of the sentences, or a part of it."""
    return any(
        said.article.id == one.article.id and said.start < one.end and one.start < said.end
        for segment in draft.segments
        for said in segment.evidence
        for one in told
    )
