"""Routes of the catalogue: GET /api/decisions, /api/decisions/{key}, /api/products, /api/products/{key}."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from fastapi import Path as PathParameter

from index.today import vietnam_today
from web.catalogue_asked import AskedDecisions, AskedProducts, decision_query, product_query
from web.days import Day
from web.decisions import DecisionDetail, DecisionsPage, decision_detail, decisions_page, decisions_table, find_decision
from web.exports import Form, exported, list_responses
from web.products import ProductDetail, ProductsPage, find_product, product_detail, products_page, products_table
from web.quoting import Quoter
from web.record_routes import Refusals
from web.service import Service

KEY_LIMIT = 300


def catalogue_routes(service: Service, refusals: Refusals) -> APIRouter:
    """The routes over a service. refusals: OpenAPI's responses for problems, by status."""
    router = APIRouter()

    def quoter() -> Quoter:
        return Quoter(service.article)

    @router.get(
        "/api/decisions",
        operation_id="decisions",
        summary="Các quyết định về sản phẩm OCOP: lọc, đếm theo nhóm, xếp, tải về",
        tags=["Quyết định, sản phẩm"],
        response_model=DecisionsPage,
        responses=list_responses("Một trang quyết định với số đếm theo từng bộ lọc; hoặc tệp")
        | refusals(_422="Tham số sai", _503="Chưa có chỉ mục dùng được"),
    )
    def decisions(asked: Annotated[AskedDecisions, Depends()], form: Form = "json") -> DecisionsPage | Response:
        """Mỗi bộ đếm (facets) tính với mọi bộ lọc khác, trừ chính nó. Đếm theo tỉnh dùng bản đồ nêu ở map."""
        catalogue = service.searcher.catalogue()
        if form == "json":
            return decisions_page(catalogue, decision_query(asked), quoter())
        return exported(decisions_table(catalogue, decision_query(asked, whole=True)), form)

    @router.get(
        "/api/decisions/{key}",
        operation_id="decision",
        response_description="Quyết định ấy",
        summary="Một quyết định: mọi nguồn nói về nó, danh sách sản phẩm, chỗ đọc ra từng trường",
        tags=["Quyết định, sản phẩm"],
        responses=refusals(_404="Kho không có quyết định này", _422="Mã quá dài", _503="Chưa có chỉ mục dùng được"),
    )
    def decision(
        key: Annotated[
            str,
            PathParameter(description="Mã quyết định", max_length=KEY_LIMIT, examples=["1287-qd-ubnd.son-ha.2025"]),
        ],
    ) -> DecisionDetail:
        """spans và heads là vị trí trong đúng phiên bản (digest) của bài; head là tiêu đề cột của ô."""
        catalogue = service.searcher.catalogue()
        return decision_detail(catalogue, find_decision(catalogue, key), quoter())

    @router.get(
        "/api/products",
        operation_id="products",
        summary="Các sản phẩm được công nhận: lọc, đếm theo nhóm, xếp, tải về",
        tags=["Quyết định, sản phẩm"],
        response_model=ProductsPage,
        responses=list_responses("Một trang sản phẩm với số đếm theo từng bộ lọc; hoặc tệp")
        | refusals(_422="Tham số sai", _503="Chưa có chỉ mục dùng được"),
    )
    def products(asked: Annotated[AskedProducts, Depends()], form: Form = "json") -> ProductsPage | Response:
        """Năm, thay đổi, quyết định và nguồn cùng xét trên một dòng của một quyết định: recognised_from=2025 và
        change=upgraded là nâng hạng từ năm 2025."""
        catalogue = service.searcher.catalogue()
        if form == "json":
            return products_page(catalogue, product_query(asked), quoter())
        return exported(products_table(catalogue, product_query(asked, whole=True)), form)

    @router.get(
        "/api/products/{key}",
        operation_id="product",
        response_description="Sản phẩm ấy",
        summary="Một sản phẩm: mọi lần công nhận, tình trạng vào một ngày và căn cứ pháp luật",
        tags=["Quyết định, sản phẩm"],
        responses=refusals(_404="Kho không có sản phẩm này", _422="Tham số sai", _503="Chưa có chỉ mục dùng được"),
    )
    def product(
        key: Annotated[
            str,
            PathParameter(description="Mã sản phẩm", max_length=KEY_LIMIT, examples=["ca-phe-rang-xay.htx-son-ha"]),
        ],
        on: Annotated[Day, Query(description="Ngày xét tình trạng; bỏ trống là hôm nay")] = None,
    ) -> ProductDetail:
        """Mỗi lần công nhận dẫn tới dòng của quyết định đã đọc; mỗi căn cứ dẫn tới điều khoản nếu kho có nguyên văn."""
        catalogue, law = service.searcher.catalogue(), service.searcher.law()
        return product_detail(catalogue, law, find_product(catalogue, key), on or vietnam_today(), quoter())

    return router
