"""What each of several documents recognised, set beside one another or added up; silent where one is not held."""

from dataclasses import replace

from assistant.amounts import line
from assistant.answer import FOUND_FIGURES, vietnamese_number
from assistant.compare import Row, dates_notice, verdict
from assistant.corpus import Corpus
from assistant.draft import Draft, Reckoning, Segment, connective, quoted
from assistant.fitted import best_of, evidence_of
from assistant.fitting import fit
from assistant.question import Question
from assistant.sought import seek
from assistant.wording import says

_ADDS = ("cộng", "cộng lại", "tổng", "tổng cộng", "gộp", "gộp lại", "cả hai", "cả ba", "tất cả")
_COMPARES = ("so sánh", "so với", "nhiều hơn", "ít hơn", "hơn", "kém", "nhiều nhất", "ít nhất", "nhất")


def asks_of_documents(question: Question) -> bool:
    """Whether a question counts what each of several documents recognised."""
    return len(question.documents) > 1 and bool(seek(question, (), comparing=True).asks)


def of_documents(question: Question, corpus: Corpus) -> Draft | None:
    """The figure of every document named, with their sum or the largest where that is asked; None where one of them
    has none."""
    sought = seek(question, corpus.subplaces, comparing=True)
    rows: list[Row] = []
    for document in question.documents:
        alone = replace(question, documents=(document,))
        best = best_of(fit(alone, sought, sought.asks[0], corpus))
        if best is None:
            return None
        rows.append(Row(key=document.name, fitted=best))
    form = sought.asks[0].form
    least = says(question.tokens, "ít hơn", "ít nhất")
    if says(question.tokens, *_ADDS):
        opening = Segment(
            text="Cộng các số liệu tìm thấy: "
            f"{' + '.join(vietnamese_number(row.figure.value) for row in rows)} = "
            f"{vietnamese_number(sum(row.figure.value for row in rows))} {form}.",
            kind="derived",
            evidence=tuple(evidence_of(row.figure, corpus) for row in rows),
            reckoning=Reckoning(
                operation="sum",
                operands=tuple((row.figure.value, place) for place, row in enumerate(rows)),
                result=sum(row.figure.value for row in rows),
            ),
        )
        lead = "Số liệu dùng để tính:"
    elif says(question.tokens, *_COMPARES):
        rows.sort(key=lambda row: row.figure.value if least else -row.figure.value)
        opening, lead = verdict(rows, corpus, least=least, named=False), "Các số liệu được so sánh:"
    else:
        opening, lead = None, FOUND_FIGURES
    told = [line(row.figure, corpus) for row in rows]
    quotes = [quoted(evidence_of(row.figure, corpus)) for row in rows]
    return Draft(
        status="answered",
        segments=(
            *(() if opening is None else (opening,)),
            connective(lead),
            *dict.fromkeys((*told, *quotes)),
        ),
        notices=dates_notice(rows, corpus, "nên chỉ để tham khảo"),
        strength=0.9,
    )
