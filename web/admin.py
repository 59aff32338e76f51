"""/admin, /admin/cau-hoi.csv and /metrics: what the operator sees of sources, index, questions and this process."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from crawler.archive import Archive, ArchiveError
from crawler.sources import SourcesError, load_sources
from crawler.status import SourceStatus, statuses
from index.today import vietnam_today
from web.admin_token import AdminToken
from web.asked import Asked, Row, asked_since, rows_since
from web.exports import Column, Table, exported
from web.metrics import CONTENT_TYPE
from web.operation import Operation
from web.origins import caller_in
from web.problem import NOT_FOUND, Problem, shown
from web.question_log import FILE_NAME
from web.service import Service
from widget.page import render

DAYS = 30
_MOST_DAYS = 3650


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """How crawling stands. seen: sources gone over at least once; never: how many of the table were not; trouble: why
    nothing is known."""

    seen: tuple[SourceStatus, ...] = ()
    never: int = 0
    trouble: str | None = None


_RATINGS = {None: "", 1: "tốt", 0: "chưa tốt"}
_COLUMNS: tuple[Column[Row], ...] = (
    Column(header="Ngày", value=lambda row: row.day),
    Column(header="Cổng", value=lambda row: row.portal),
    Column(header="Kết quả", value=lambda row: row.status),
    Column(header="Thời gian (ms)", value=lambda row: round(row.total_ms, 1)),
    Column(header="Đánh giá", value=lambda row: _RATINGS[row.good]),
    Column(header="Câu hỏi", value=lambda row: row.question, width=60),
    Column(header="Được hiểu là", value=lambda row: row.read, width=60),
    Column(header="Lời người đọc", value=lambda row: row.word, width=40),
)


def admin_routes(service: Service, operation: Operation) -> APIRouter:
    """The routes over a service; /admin only where there is a token to open it."""
    router = APIRouter(include_in_schema=False)
    token = AdminToken(operation.admin_token) if operation.admin_token else None

    @router.get("/metrics")
    def metrics(request: Request) -> Response:
        """For Prometheus: with the token, or from this machine itself."""
        if not caller_in(request.scope).local:
            if token is None:
                raise Problem(NOT_FOUND, f"Máy chủ không có địa chỉ {shown(request.url.path)}.")
            token.check(request)
        return Response(operation.metrics.exposed(), media_type=CONTENT_TYPE)

    if token is None:
        return router

    @router.get("/admin")
    def admin(request: Request, days: Annotated[int, Query(ge=1, le=_MOST_DAYS)] = DAYS) -> HTMLResponse:
        token.check(request)
        today = vietnam_today()
        asked: Asked | None = None
        trouble: str | None = None
        try:
            asked = asked_since(service.data / FILE_NAME, today - timedelta(days=days - 1), today)
        except sqlite3.Error as error:
            trouble = str(error)
        page = render(
            "admin.html",
            readiness=service.ready(),
            created=service.index_created,
            portals=service.portals,
            sources=_sources(service, operation.sources),
            asked=asked,
            days=days,
            most=max((day.asked for day in asked.days), default=0) if asked else 0,
            keep_days=operation.questions.keep_days if operation.questions else 0,
            dropped=operation.questions.dropped if operation.questions else 0,
            log_trouble=trouble or (operation.questions.trouble if operation.questions else None),
        )
        return HTMLResponse(page)

    @router.get("/admin/cau-hoi.csv")
    def questions(request: Request, days: Annotated[int, Query(ge=1, le=_MOST_DAYS)] = DAYS) -> Response:
        token.check(request)
        today = vietnam_today()
        rows = rows_since(service.data / FILE_NAME, today - timedelta(days=days - 1), today)
        return exported(Table(name=f"câu hỏi {today.isoformat()}", columns=_COLUMNS, rows=rows, count=0), "csv")

    return router


def _sources(service: Service, table: Path) -> Sources:
    try:
        with Archive(service.data) as archive:
            told = tuple(statuses(archive, load_sources(table)))
    except (ArchiveError, SourcesError) as error:
        return Sources(trouble=str(error))
    seen = tuple(_seen(told))
    return Sources(seen=seen, never=len(told) - len(seen))


def _seen(told: tuple[SourceStatus, ...]) -> Iterator[SourceStatus]:
    """Those gone over, the ones in trouble first."""
    gone_over = [one for one in told if one.held or one.last_success or one.trouble or one.open_since or one.causes]
    yield from sorted(gone_over, key=lambda one: (one.trouble is None, -sum(cause.count for cause in one.causes)))
