"""Routes of the records: GET /api/regulations, /api/regulations/{number}, /api/criteria, /api/criteria/{set_number},
/api/figures, /api/figures/years."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi import Path as PathParameter
from pydantic import BeforeValidator, WithJsonSchema

from crawler.article import fold_space
from index.criteria.sets import CriteriaSet, find_sets
from index.figures.sums import by_number
from index.law.address import asked_number, find_document_numbers, find_unit
from index.law.documents import Document, Held, Law, Status
from index.law.in_force import in_force
from index.law.subjects import Subject
from index.law.transitions import Dossier
from index.today import vietnam_today
from web.catalogue_asked import Order
from web.criteria import CriteriaDetail, CriteriaPage, criteria_detail, criteria_item
from web.days import Day, partial_date
from web.exports import Form, exported, list_responses
from web.figure_years import FigureYears, figure_years
from web.figures import FigureQuery, FigureSort, FiguresPage, Map, figures_page, figures_table
from web.law import RegulationDetail, RegulationsPage, detail, held_document, item, regulations_table, ruling_told
from web.law_query import RegulationQuery, RegulationSort, regulations_page
from web.place_asked import place_key
from web.problem import RECORD_NOT_FOUND, Problem, invalid_parameter, shown
from web.quoting import Quoter
from web.service import Service

LIST_LIMIT = 200
Limit = Annotated[int, Query(ge=1, le=LIST_LIMIT, description="Số dòng nhiều nhất; tệp csv, xlsx luôn có đủ")]
Offset = Annotated[int, Query(ge=0, le=1_000_000, description="Bỏ qua bấy nhiêu dòng đầu")]
AskedOrder = Annotated[Order | None, Query(description="asc: tăng dần; desc: giảm dần; bỏ trống: chiều hợp với sort")]
Refusals = Callable[..., dict[int | str, dict[str, Any]]]


def _star(value: object) -> object:
    """A star as a query gives it: the digits 3, 4 and 5 only."""
    if value is None or (isinstance(value, str) and value in ("3", "4", "5")):
        return None if value is None else int(value)
    raise ValueError("3, 4 hoặc 5")


_STARS = {"anyOf": [{"type": "integer", "enum": [3, 4, 5]}, {"type": "null"}]}
Star = Annotated[int | None, BeforeValidator(_star), WithJsonSchema(_STARS)]


def record_routes(service: Service, refusals: Refusals) -> APIRouter:
    """The routes over a service. refusals: OpenAPI's responses for problems, by status."""
    router = APIRouter()

    def quoter() -> Quoter:
        return Quoter(service.article)

    @router.get(
        "/api/regulations",
        operation_id="regulations",
        summary="Văn bản OCOP, tình trạng vào một ngày, và quy định nào áp dụng",
        tags=["Văn bản"],
        response_model=RegulationsPage,
        responses=list_responses("Các văn bản, và lý do của quy định áp dụng nếu có hỏi; hoặc tệp các văn bản")
        | refusals(_422="Tham số sai", _503="Chưa có chỉ mục dùng được"),
    )
    def regulations(
        *,
        on: Annotated[Day, Query(description="Ngày muốn biết, YYYY-MM-DD; bỏ trống là hôm nay ở Việt Nam")] = None,
        subject: Annotated[
            Subject | None,
            Query(description="Hỏi quy định áp dụng về: bộ tiêu chí, trình tự, chương trình, nhãn hiệu, kinh phí"),
        ] = None,
        filed: Annotated[Day, Query(description="Ngày nộp hồ sơ, cùng với subject")] = None,
        dossier: Annotated[Dossier | None, Query(description="Loại hồ sơ: lần đầu, nâng hạng, phân hạng lại")] = None,
        star: Annotated[Star, Query(description="Hạng sao muốn biết ai công nhận, với subject=procedure")] = None,
        q: Annotated[
            str,
            Query(
                description="Từ trong số hiệu, tên, cơ quan; có dấu hoặc không dấu", max_length=200, examples=["148"]
            ),
        ] = "",
        state: Annotated[Status | None, Query(description="Chỉ các văn bản ở tình trạng này vào ngày ấy")] = None,
        held: Annotated[
            Held | None, Query(description="Chỉ các văn bản kho có nguyên văn, có bài tóm lược, hay chỉ được nhắc tới")
        ] = None,
        sort: Annotated[
            RegulationSort,
            Query(description="held: có nguyên văn trước, rồi theo số; hay theo số, ngày ký, ngày hiệu lực"),
        ] = "held",
        order: AskedOrder = None,
        limit: Limit = 50,
        offset: Offset = 0,
        form: Form = "json",
    ) -> RegulationsPage | Response:
        """unknown: không văn bản nào trong kho cho biết, không phải là đã bị bãi bỏ. Mỗi lý do dẫn tới chỗ đã đọc."""
        law, at = service.searcher.law(), on or vietnam_today()
        if filed is not None and filed > at:
            raise invalid_parameter("filed", f"ngày nộp {filed.isoformat()} ở sau ngày được hỏi {at.isoformat()}")
        made = quoter()
        ruling = None
        if subject is not None:
            ruling = ruling_told(in_force(law, at, subject, filed=filed, dossier=dossier, star=star), made)
        query = RegulationQuery(
            q=q,
            state=state,
            held=held,
            sort=sort,
            descending=(order or ("desc" if sort in ("signed", "effective") else "asc")) == "desc",
        )
        items = [item(law, document, at, made) for document in law.documents]
        if form != "json":
            return exported(regulations_table(query.find(items), at), form)
        return regulations_page(items, query, at, ruling, limit=limit, offset=offset)

    @router.get(
        "/api/regulations/{number:path}",
        operation_id="regulation",
        response_description="Văn bản ấy",
        summary="Một văn bản: mọi điều kho biết về nó, và một đơn vị của nó nguyên văn",
        tags=["Văn bản"],
        responses=refusals(
            _404="Kho không biết văn bản này, hoặc văn bản không có đơn vị ấy",
            _422="Không phải số hiệu văn bản",
            _503="Chưa có chỉ mục dùng được",
        ),
    )
    def regulation(
        number: Annotated[
            str, PathParameter(description="Số hiệu như 26/2026/QĐ-TTg hay QĐ 148", examples=["26/2026/QĐ-TTg"])
        ],
        on: Annotated[Day, Query(description="Ngày xét tình trạng; bỏ trống là hôm nay")] = None,
        unit: Annotated[
            str | None,
            Query(
                description="Đơn vị muốn đọc nguyên: Điều 7 khoản 6 điểm a, Phụ lục I, Mẫu số 01",
                max_length=80,
                examples=["Điều 7 khoản 6 điểm a"],
            ),
        ] = None,
    ) -> RegulationDetail:
        """Văn bản chỉ biết qua bài tóm lược có held là guide và không bao giờ thay cho nguyên văn."""
        law = service.searcher.law()
        document = _document(law, number)
        address = None if unit is None else find_unit(unit)
        if address is not None and address.empty:
            raise invalid_parameter("unit", f"{shown(unit or '')} không nêu Điều, khoản, điểm, Phụ lục hay Mẫu nào")
        try:
            return detail(law, document, on or vietnam_today(), quoter(), address)
        except LookupError as error:
            text = f"{document.number.name} trong kho không có {error}."
            raise Problem(RECORD_NOT_FOUND, text) from None

    @router.get(
        "/api/criteria",
        operation_id="criteria",
        response_description="Các bộ, theo số",
        summary="Các bộ tiêu chí chấm điểm",
        tags=["Văn bản"],
        responses=refusals(_422="Tham số sai", _503="Chưa có chỉ mục dùng được"),
    )
    def criteria(
        q: Annotated[
            str | None,
            Query(description="Tên sản phẩm, có dấu hoặc không dấu", max_length=200, examples=["ca phe"]),
        ] = None,
        document: Annotated[
            str | None, Query(description="Chỉ các bộ của văn bản này", max_length=60, examples=["26/2026/QĐ-TTg"])
        ] = None,
    ) -> CriteriaPage:
        """Bộ đọc từ nguyên văn đứng trước bộ đọc từ bài tóm lược (summary)."""
        held = _criteria(service, document)
        made = quoter()
        return CriteriaPage(
            criteria=tuple(criteria_item(one, made) for one in (held if q is None else find_sets(held, q)))
        )

    @router.get(
        "/api/criteria/{set_number}",
        operation_id="criteria_set",
        response_description="Bộ ấy",
        summary="Một bộ tiêu chí: từng tiêu chí, phương án, điểm và dấu sao",
        tags=["Văn bản"],
        responses=refusals(_404="Kho không có bộ này", _422="Số bộ hay tham số sai", _503="Chưa có chỉ mục dùng được"),
    )
    def criteria_set(
        set_number: Annotated[int, PathParameter(description="Số thứ tự của bộ", ge=1, le=99, examples=[13])],
        star: Annotated[Star, Query(description="Kèm các mức tối thiểu để được hạng này: 3, 4 hoặc 5")] = None,
        document: Annotated[str | None, Query(description="Của văn bản này", max_length=60)] = None,
    ) -> CriteriaDetail:
        """points là điểm như in; chỗ in sai thì effective_points là điểm mà cả bộ cho thấy, và anomalies nói vì sao."""
        for one in _criteria(service, document):
            if one.number == set_number:
                return criteria_detail(one, star, quoter())
        raise Problem(RECORD_NOT_FOUND, f"Kho không có bộ tiêu chí số {set_number}.")

    @router.get(
        "/api/figures",
        operation_id="figures",
        summary="Số liệu mà bài viết nêu: đếm gì, hạng nào, ở đâu, tính đến khi nào, ai nói",
        tags=["Số liệu"],
        response_model=FiguresPage,
        responses=list_responses("Một trang số, mới nhất trước; hoặc tệp")
        | refusals(_422="Tham số sai", _503="Chưa có chỉ mục dùng được"),
    )
    def figures(
        *,
        province: Annotated[
            list[str] | None,
            Query(description="Chỉ các tỉnh này, hay “cả nước”; lặp lại được", examples=[["Nam Định"]], max_length=10),
        ] = None,
        by: Annotated[
            Map,
            Query(alias="map", description="then: tỉnh mang tên ấy lúc đếm; today: mọi tỉnh nay thuộc tỉnh ấy"),
        ] = "then",
        what: Annotated[
            str | None, Query(description="Đếm gì: sản phẩm, chủ thể, đồng, %…", max_length=40, examples=["sản phẩm"])
        ] = None,
        star: Annotated[Star, Query(description="Số đếm riêng hạng này (3 đến 5)")] = None,
        from_: Annotated[str | None, Query(alias="from", description="Tính đến từ ngày, tháng hoặc năm này")] = None,
        to: Annotated[str | None, Query(description="Tính đến hết ngày, tháng hoặc năm này")] = None,
        planned: Annotated[
            bool | None, Query(description="true: chỉ tiêu, đăng ký; false: đã đạt; bỏ trống: cả hai")
        ] = None,
        sort: Annotated[FigureSort, Query(description="Xếp theo nơi, giá trị hay thời điểm")] = "as_of",
        order: AskedOrder = None,
        limit: Limit = 50,
        offset: Offset = 0,
        form: Form = "json",
    ) -> FiguresPage | Response:
        """Mỗi số giữ nguyên như nguồn nêu, kèm câu nêu nó; số của những ngày khác nhau không cộng vào nhau."""
        query = FigureQuery(
            provinces=tuple(place_key(name, field="province") for name in province or []),
            by=by,
            what=None if what is None else fold_space(what).lower(),
            star=star,
            date_from=partial_date("from", from_),
            date_to=partial_date("to", to),
            planned=planned,
            sort=sort,
            descending=(order or ("asc" if sort == "place" else "desc")) == "desc",
        )
        held = service.searcher.figures()
        if form != "json":
            return exported(figures_table(query.find(held)), form)
        sums = by_number(service.searcher.sums())
        return figures_page(held, query, sums, quoter(), limit=limit, offset=offset)

    @router.get(
        "/api/figures/years",
        operation_id="figure_years",
        response_description="Từng tỉnh, thành và cả nước, từng năm",
        summary="Số liệu theo tỉnh và năm, trên bản đồ trước hoặc sau 7/2025",
        tags=["Số liệu"],
        responses=refusals(_422="Tham số sai", _503="Chưa có chỉ mục dùng được"),
    )
    def years(
        by: Annotated[
            Map,
            Query(alias="map", description="then: 63 tỉnh trước 7/2025; today: 34 tỉnh, kèm số của từng phần"),
        ] = "then",
        what: Annotated[str, Query(description="Đếm gì", max_length=40, examples=["sản phẩm"])] = "sản phẩm",
        star: Annotated[Star, Query(description="Số đếm riêng hạng này (3 đến 5)")] = None,
        planned: Annotated[bool, Query(description="true: chỉ tiêu, đăng ký; false: đã đạt")] = False,
    ) -> FigureYears:
        """Mỗi ô là số mới nhất của năm, số các thời điểm khác đứng riêng. Số của những thời điểm khác nhau không cộng
        vào nhau; các phần của một tỉnh hôm nay chỉ cộng khi đều tính đến cùng một thời điểm, và vẫn đứng riêng."""
        held, sums = service.searcher.figures(), by_number(service.searcher.sums())
        noun = fold_space(what).lower()
        return figure_years(held, by=by, what=noun, star=star, planned=planned, sums=sums, quoter=quoter())

    return router


def _document(law: Law, number: str) -> Document:
    asked = asked_number(number)
    if asked is None:
        raise invalid_parameter("number", f"{shown(number)} không phải số hiệu văn bản như 26/2026/QĐ-TTg hay QĐ 148")
    return held_document(law, asked)


def _criteria(service: Service, document: str | None) -> list[CriteriaSet]:
    """The sets held, those of decisions in force first, the document before a text that restates it, by number."""
    law, today = service.searcher.law(), vietnam_today()
    asked = None
    if document is not None:
        asked = asked_number(document)
        if asked is None:
            raise invalid_parameter("document", f"{shown(document)} không phải số hiệu văn bản như 26/2026/QĐ-TTg")

    def rank(one: CriteriaSet) -> tuple[bool, bool, int]:
        numbers = find_document_numbers(one.document or "")
        state = law.state(numbers[0], today).status if numbers else "unknown"
        return state != "in_force", one.summary, one.number or 0

    held = service.searcher.criteria()
    kept = [
        one
        for one in held
        if asked is None or any(number.matches(asked) for number in find_document_numbers(one.document or ""))
    ]
    return sorted(kept, key=rank)
