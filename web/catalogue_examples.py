"""Answers of the catalogue as the interface's description shows them; every value is made up."""

from datetime import date
from typing import Any

from pydantic import TypeAdapter

from web.decisions import DecisionItem, DecisionsPage
from web.facet_values import MAP_LABELS, FacetValue
from web.products import ProductItem, ProductsPage, StateTold
from web.quoting import Place
from web.written import WhereTold

_LINE = "| 1 | Cà phê Sơn Hạ | HTX Ví Dụ | xã Mẫu | 72,5 | 4 sao |"
_SUBJECT = "Về việc công nhận sản phẩm OCOP đạt 3 sao, 4 sao năm 2025"


def _place(start: int, quote: str) -> Place:
    return Place(
        article_id="00112233445566ff",
        digest="0" * 64,
        title=_SUBJECT,
        source="Cổng thông tin Ví Dụ",
        url="https://vi-du.example/quyet-dinh/1287.html",
        original_url=None,
        kind="decision",
        rights="full",
        heading="",
        start=start,
        end=start + len(quote),
        quote=quote,
        seal="",
        summary=False,
    )


_PRODUCTS = ProductsPage(
    products=(
        ProductItem(
            key="ca-phe-son-ha.htx-vi-du.nam-dinh",
            name="Cà phê Sơn Hạ",
            producer="HTX Ví Dụ",
            group="Đồ uống",
            where=WhereTold(
                commune="xã Mẫu",
                district="Hải Hậu",
                province="nam-dinh",
                province_name="Nam Định",
                communes_today=(),
                province_today="ninh-binh",
                province_today_name="Ninh Bình",
            ),
            state=StateTold(
                status="valid",
                label="còn hạn",
                star=4,
                since=date(2025, 3, 12),
                expires=date(2028, 3, 12),
                renew_from=date(2027, 9, 14),
                renew_to=date(2027, 11, 13),
                keeps_until=None,
                rules=("148/QĐ-TTg", "Điều 12, khoản 1 26/2026/QĐ-TTg"),
            ),
            decision="1287-qd-ubnd.nam-dinh.2025",
            number="1287/QĐ-UBND",
            recognised="2025-03-12",
            change="upgraded",
            reported=False,
            doubts=(),
            maybe_same=0,
            source=_place(1840, _LINE),
        ),
    ),
    total=1,
    limit=50,
    offset=0,
    facets={
        "province": (FacetValue(value="nam-dinh", label="Nam Định", count=1),),
        "year": (FacetValue(value="2025", label="2025", count=1), FacetValue(value="2021", label="2021", count=1)),
        "star": (FacetValue(value="4", label="4 sao", count=1),),
        "status": (FacetValue(value="valid", label="còn hạn", count=1),),
        "group": (FacetValue(value="do-uong", label="Đồ uống", count=1),),
    },
    map="then",
    map_label=MAP_LABELS["then"],
    on=date(2026, 11, 29),
)
_DECISIONS = DecisionsPage(
    decisions=(
        DecisionItem(
            key="1287-qd-ubnd.nam-dinh.2025",
            number="1287/QĐ-UBND",
            name="Quyết định 1287/QĐ-UBND",
            issued="2025-03-12",
            issuer="ỦY BAN NHÂN DÂN TỈNH NAM ĐỊNH",
            level="province",
            place="TỈNH NAM ĐỊNH",
            province="nam-dinh",
            province_name="Nam Định",
            province_today="ninh-binh",
            province_today_name="Ninh Bình",
            subject=_SUBJECT,
            acts=("recognises",),
            products=12,
            effective="2025-03-12",
            valid_months=36,
            reported=False,
            changed_by=(),
            disputed=(),
            doubts=(),
            sources=2,
            source=_place(41, "1287/QĐ-UBND"),
        ),
    ),
    total=1,
    limit=50,
    offset=0,
    facets={
        "province": (FacetValue(value="nam-dinh", label="Nam Định", count=1),),
        "year": (FacetValue(value="2025", label="2025", count=1),),
        "act": (FacetValue(value="recognises", label="công nhận sản phẩm", count=1),),
        "level": (FacetValue(value="province", label="cấp tỉnh", count=1),),
        "source": (FacetValue(value="decision", label="đọc từ chính quyết định", count=1),),
    },
    map="then",
    map_label=MAP_LABELS["then"],
)
PRODUCTS_EXAMPLE: dict[str, Any] = TypeAdapter(ProductsPage).dump_python(_PRODUCTS, mode="json")
DECISIONS_EXAMPLE: dict[str, Any] = TypeAdapter(DecisionsPage).dump_python(_DECISIONS, mode="json")
