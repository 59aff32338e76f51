"""GET /api/portals/{portal_id}: what the widget on a portal's pages shows before anything is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi import Path as PathParameter

from web.portals import Colours
from web.problem import PORTAL_NOT_FOUND, Problem, shown
from web.service import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalTold:
    """A portal as its pages may know it.

    province: the one meant where a question names no place, as people write it; null for none. greeting: "" for the
    widget's own. colours: "#rrggbb" or null for the widget's own. samples: at most three questions, each answered by
    the corpus as it stands; none while no index is open.
    """

    id: str
    name: str
    province: str | None
    greeting: str
    colours: Colours
    samples: tuple[str, ...]


def portal_routes(service: Service, refusals: Callable[..., dict[int | str, dict[str, Any]]]) -> APIRouter:
    """The route over a service. refusals: OpenAPI's responses for problems, by status."""
    router = APIRouter()

    @router.get(
        "/api/portals/{portal_id}",
        operation_id="portal",
        response_description="Cổng ấy",
        summary="Lời chào, màu và câu hỏi gợi ý của một cổng đặt trợ lý",
        tags=["Hỏi đáp"],
        responses=refusals(
            _403="Trang gọi tới không nằm trong origins của cổng",
            _404="Không có cổng này",
        ),
    )
    def portal(
        portal_id: Annotated[
            str, PathParameter(max_length=64, description="Mã ghi ở data-portal", examples=["quang-nam"])
        ],
    ) -> PortalTold:
        """Trình duyệt chỉ đọc được từ các trang có trong origins của cổng; nơi khác không gửi Origin thì đọc được."""
        found = service.portals.current().portals.get(portal_id)
        if found is None:  # the table was renewed since the request came
            raise Problem(PORTAL_NOT_FOUND, f"Máy chủ này không có cổng mang mã {shown(portal_id)}.")
        return PortalTold(
            id=found.id,
            name=found.name,
            province=found.province,
            greeting=found.greeting,
            colours=found.colours,
            samples=service.samples_of(found.province_key),
        )

    return router
