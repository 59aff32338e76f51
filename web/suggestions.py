"""What to ask next: questions made of what the index states near an answer, each just seen to be answered.

Nothing is offered that was not tried. What was tried is remembered as long as the generation of the index serves, so
that the same few questions are not answered again for every reader.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextvars import Context
from dataclasses import dataclass
from functools import partial
from itertools import chain, zip_longest
from typing import Annotated, Any

from fastapi import APIRouter, Query

from assistant.answer import Answer, Citation
from index.criteria.sets import CriteriaSet
from index.figures.figure import Figure
from index.places.named import PROVINCES
from index.search import Searcher
from web.samples import GENERAL
from web.service import Service

OFFERED = 3
# How many are tried for one answer before fewer are offered.
TRIED = 10
TRIED_NEAR = 6
REMEMBERED = 2000

_OF_PROCEDURE = (
    "Ai quyết định công nhận sản phẩm OCOP 3 sao?",
    "Giấy chứng nhận gần hết hạn thì phải nộp lại hồ sơ trước bao nhiêu ngày?",
    "Bao nhiêu điểm thì được 5 sao?",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardOffer:
    """A criteria set that an answer cites and a product can be scored by. set: its number at /api/criteria/{number}."""

    set: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """questions: at most three, each answered by this corpus. scorecard: null where the answer is not about a set."""

    questions: tuple[str, ...]
    scorecard: ScorecardOffer | None


class Suggester:
    """Finds what to ask next. Thread-safe."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lock = threading.Lock()
        # (generation, question) -> the text of its answer, None where it has none
        self._tried: OrderedDict[tuple[int, str], str | None] = OrderedDict()

    def after(self, answer: Answer) -> Suggestions:
        """What to ask after an answer.

        Raises:
            Problem: no index is open, or too many are being answered to try any question.
        """
        searcher = self._service.searcher
        sets = tuple(dict.fromkeys(_cited_sets(answer.citations, searcher.criteria())))
        near = _in_turn(_of_places(answer.citations, searcher), _of_sets(sets))[:TRIED_NEAR]
        candidates = dict.fromkeys([*near, *_in_turn(_OF_PROCEDURE, GENERAL, self._service.samples)])
        numbered = next((one for one in sets if one.number is not None), None)
        return Suggestions(
            questions=tuple(self._answered(candidates, {answer.text})),
            scorecard=None
            if numbered is None or numbered.number is None
            else ScorecardOffer(set=numbered.number, name=numbered.name),
        )

    def _answered(self, candidates: Iterable[str], told: set[str]) -> Iterator[str]:
        """The first few candidates with an answer that is not one of those told already."""
        found = 0
        for tried, question in enumerate(candidates):
            if tried == TRIED or found == OFFERED:
                return
            text = self._try(question)
            if text is not None and text not in told:
                told.add(text)
                found += 1
                yield question

    def _try(self, question: str) -> str | None:
        key = (self._service.searcher.manifest.generation, question)
        with self._lock:
            if key in self._tried:
                self._tried.move_to_end(key)
                return self._tried[key]
        ask = partial(self._service.assistant.ask, question, generate=False)
        # nobody asks these: no one is to be noted as having done so
        answer = Context().run(self._service.admission.run, ask)
        text = answer.text if answer.status == "answered" else None
        with self._lock:
            self._tried[key] = text
            while len(self._tried) > REMEMBERED:
                self._tried.popitem(last=False)
        return text


def suggestion_routes(service: Service, refusals: Callable[..., dict[int | str, dict[str, Any]]]) -> APIRouter:
    """The route over a service. refusals: OpenAPI's responses for problems, by status."""
    router = APIRouter()
    suggester = Suggester(service)

    @router.get(
        "/api/suggestions",
        operation_id="suggestions",
        response_description="Các câu ấy; có thể không có câu nào",
        summary="Gợi ý câu hỏi tiếp, câu nào cũng vừa được thử là kho trả lời được",
        tags=["Hỏi đáp"],
        responses=refusals(
            _404="Không có câu trả lời này, hay đã quá một ngày",
            _410="Một bài được dẫn đã bị xóa theo yêu cầu",
            _422="Mã dài hơn 64 ký tự",
            _503="Chưa có chỉ mục dùng được",
        ),
    )
    def suggestions(
        answer: Annotated[
            str | None,
            Query(max_length=64, description="id của câu trả lời vừa nhận; bỏ trống là chưa hỏi câu nào"),
        ] = None,
    ) -> Suggestions:
        """Tối đa ba câu, gần với điều vừa được trả lời trước. scorecard là bộ tiêu chí mà câu trả lời dẫn, để tự chấm ở
        /api/scorecard."""
        if answer is None:
            return Suggestions(questions=service.samples, scorecard=None)
        return suggester.after(service.answer(answer))

    return router


# ---- Candidates ---------------------------------------------------------------------------------------------------


def _in_turn(*groups: Iterable[str]) -> list[str]:
    """One of each group in turn, each question once."""
    return list(dict.fromkeys(one for one in chain.from_iterable(zip_longest(*groups)) if one is not None))


def _overlaps(citation: Citation, digest: str, start: int, end: int) -> bool:
    return citation.digest == digest and citation.start < end and start < citation.end


def _of_places(citations: Iterable[Citation], searcher: Searcher) -> Iterator[str]:
    """Other counts of the provinces whose counts the cited sentences state, the latest first."""
    cited = tuple(citations)
    figures = searcher.figures()
    places = {
        figure.place: None
        for figure in figures
        if figure.place in PROVINCES
        and any(_overlaps(citation, figure.digest, figure.start, figure.end) for citation in cited)
    }
    for place in places:
        of_place = sorted(
            (figure for figure in figures if figure.place == place and _tellable(figure)),
            key=lambda figure: figure.as_of or "",
            reverse=True,
        )
        yield from (_asking(figure) for figure in of_place)


def _tellable(figure: Figure) -> bool:
    return (
        figure.what in {"sản phẩm", "chủ thể"}
        and figure.as_of is not None
        and figure.subplace is None
        and figure.star == figure.star_to
        and not figure.planned
        and not figure.potential
        and not figure.part
    )


def _asking(figure: Figure) -> str:
    assert figure.place is not None
    assert figure.as_of is not None
    star = f" {figure.star} sao" if figure.star is not None else ""
    return f"Năm {figure.as_of[:4]}, {PROVINCES[figure.place].name} có bao nhiêu {figure.what} OCOP{star}?"


def _cited_sets(citations: Iterable[Citation], sets: Iterable[CriteriaSet]) -> Iterator[CriteriaSet]:
    """The criteria sets that cited sentences stand in."""
    known = tuple(sets)
    for citation in citations:
        yield from (one for one in known if _overlaps(citation, one.digest, one.start, one.end))


def _of_sets(sets: Iterable[CriteriaSet]) -> Iterator[str]:
    for one in sets:
        product = one.name.split(",")[0].removeprefix("Sản phẩm ").strip()
        yield f"{product[:1].upper()}{product[1:]} muốn được 4 sao thì phải đạt mức tối thiểu nào?"
        yield f"Hồ sơ {product[:1].lower()}{product[1:]} bị loại khi nào?"
