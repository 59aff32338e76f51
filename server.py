"""HTTP over the corpus: POST /api/ask, /api/scorecard, GET /api/answers/{id}, /api/search, /api/articles/{id},
/api/health, /api/ready, /openapi.json, and the pages /, /bai/{id} and /docs.

Routes only: answers come from `assistant`, passages from `index`, articles from `crawler.archive`; limits, problems
and the open index live in `web/`, what people see in `widget/`.
"""

import argparse
import asyncio
import gc
import json
import logging
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import uvicorn
from fastapi import Depends, FastAPI, Query, Request, Response
from fastapi import Path as PathParameter
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from pydantic import TypeAdapter
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from assistant.generator import load_generator
from assistant.rights import open_spans
from assistant.settings import load_settings
from crawler.archive import ArchiveError
from web import logs
from web.admin import admin_routes
from web.ask_routes import ask_routes
from web.catalogue_routes import catalogue_routes
from web.chat_routes import chat_problem, chat_routes
from web.corrections import correction_routes
from web.examples import NOT_READY_EXAMPLE, UNKNOWN_DIGEST
from web.feed_routes import feed_routes
from web.feedback import feedback_routes
from web.limits import BodyLimit, Envelope, request_id
from web.openapi import described
from web.openapi import refusals as _refusals
from web.operation import Operation, operation
from web.origins import CrossOrigin
from web.pages.routes import page_routes
from web.portal_routes import portal_routes
from web.portals import FILE_NAME, PortalsError, PortalTable
from web.problem import (
    ARCHIVE_UNUSABLE,
    KINDS,
    MALFORMED_JSON,
    MEDIA_TYPE,
    METHOD_NOT_ALLOWED,
    NOT_FOUND,
    SPAN_OUTSIDE,
    Problem,
    ProblemBody,
    ProblemKind,
    from_validation,
    shown,
)
from web.question import clean_question
from web.rate_limit import RateLimit
from web.rates import RatesError
from web.reading import Reading
from web.record_routes import record_routes
from web.results import SearchPage, search_hits
from web.scorecard import scorecard_routes
from web.search_filters import AskedFilters, search_filters
from web.service import Readiness, Service
from web.static_files import KeptFiles
from web.suggestions import suggestion_routes
from web.widget_routes import widget_routes
from widget.page import STATIC, article_parts, render

if TYPE_CHECKING:
    from web.context_protocol import ContextProtocol

SEARCH_LIMIT = 50
SHUTDOWN_TIMEOUT_S = 5
MCP_MISSING = 'Cài bằng: python -m pip install -e ".[mcp]"'

_PROBLEM = TypeAdapter(ProblemBody)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Says that the process answers, nothing more."""

    status: Literal["alive"] = "alive"


def _wants_page(request: Request) -> bool:
    return not request.url.path.startswith("/api") and "text/html" in request.headers.get("accept", "")


def problem_response(request: Request, problem: Problem) -> Response:
    """A problem as application/problem+json, as OpenAI's clients read it, or as a page where a browser opens one."""
    if request.url.path.startswith("/v1/"):
        return chat_problem(problem)
    body = problem.body(request_id(request.scope))
    if _wants_page(request):
        page = render("problem.html", problem=body)
        return HTMLResponse(page, status_code=body.status, headers=problem.headers)
    return Response(_PROBLEM.dump_json(body), status_code=body.status, media_type=MEDIA_TYPE, headers=problem.headers)


def _from_http_exception(request: Request, error: HTTPException) -> Problem:
    """Starlette's and FastAPI's own refusals, told as ours."""
    path = shown(request.url.path)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = (error.headers or {}).get("Allow", "")
        return Problem(
            METHOD_NOT_ALLOWED,
            f"{path} không nhận {shown(request.method)}; cần {allowed or 'phương thức khác'}.",
            headers=error.headers,
        )
    if error.status_code == HTTPStatus.NOT_FOUND:
        return Problem(NOT_FOUND, f"Máy chủ không có địa chỉ {path}. Danh sách các địa chỉ ở /docs.")
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return Problem(
            MALFORMED_JSON,
            'Không đọc được nội dung gửi lên. Cần JSON viết bằng UTF-8, ví dụ {"question": "OCOP là gì?"}.',
        )
    kind = ProblemKind(slug="http", status=error.status_code, title="Yêu cầu không thực hiện được")
    return Problem(kind, str(error.detail), headers=error.headers)


def _protocol(service: Service, hosts: Sequence[str]) -> "ContextProtocol | None":
    """The tools for language models at /mcp; None where their library is not installed."""
    try:
        from web.context_protocol import ContextProtocol  # noqa: PLC0415
    except ImportError as error:
        logging.getLogger("ocop.server").info("/mcp is off: %s. %s", error, MCP_MISSING)
        return None
    return ContextProtocol(service, hosts=hosts)


def create_app(service: Service, operation: Operation | None = None, *, mcp_hosts: Sequence[str] = ()) -> FastAPI:
    """The application over one data folder; it opens and closes the service with its own life.

    operation: what the operator sees and sets; None for an operator who wants nothing. mcp_hosts: as hosts of
    `web.context_protocol.ContextProtocol`.
    """
    run = operation or Operation()
    run.metrics.watch(service, run.questions)
    protocol = _protocol(service, mcp_hosts)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        with run, service:
            async with nullcontext() if protocol is None else protocol.running():
                yield

    app = FastAPI(
        title="Hỏi đáp OCOP",
        version="0.1.0",
        description=(
            "Tìm kiếm và trả lời có dẫn nguồn về Chương trình Mỗi xã một sản phẩm. Mọi vị trí (start, end) đếm theo "
            "điểm mã Unicode; text[start:end] của đúng phiên bản (digest) luôn bằng đoạn được trích."
        ),
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        middleware=[
            Middleware(Envelope, render=problem_response, counted=run.metrics.request),
            Middleware(CrossOrigin, render=problem_response, portals=service.portals, trusted=run.trusted),
            Middleware(
                RateLimit,
                render=problem_response,
                portals=service.portals,
                rates=run.rates,
                limited=run.metrics.limited,
            ),
            Middleware(BodyLimit, render=problem_response),
        ],
    )

    @app.exception_handler(Problem)
    async def on_problem(request: Request, error: Problem) -> Response:
        return problem_response(request, error)

    @app.exception_handler(ArchiveError)
    async def on_archive(request: Request, error: ArchiveError) -> Response:
        detail = f"Hiện không đọc được kho tư liệu. Người vận hành cần biết: {error}"
        return problem_response(request, Problem(ARCHIVE_UNUSABLE, detail))

    @app.exception_handler(RequestValidationError)
    async def on_invalid(request: Request, error: RequestValidationError) -> Response:
        return problem_response(request, from_validation(error.errors()))

    @app.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> Response:
        return problem_response(request, _from_http_exception(request, error))

    app.include_router(ask_routes(service, _refusals))
    app.include_router(chat_routes(service))
    if protocol is not None:
        app.router.routes.extend(protocol.routes)
    _api_routes(app, service)
    app.include_router(record_routes(service, _refusals))
    app.include_router(catalogue_routes(service, _refusals))
    app.include_router(feed_routes(service, _refusals))
    app.include_router(scorecard_routes(service, _refusals))
    app.include_router(portal_routes(service, _refusals))
    app.include_router(feedback_routes(service, run, _refusals))
    app.include_router(admin_routes(service, run))
    app.include_router(correction_routes(service, run))
    app.state.correctable = bool(run.admin_token)
    app.include_router(suggestion_routes(service, _refusals))
    app.include_router(widget_routes())
    _page_routes(app, service)
    app.include_router(page_routes(service))
    app.mount("/static", KeptFiles(directory=STATIC), name="static")

    app.openapi = lambda: described(app)  # type: ignore[method-assign]
    return app


def _api_routes(app: FastAPI, service: Service) -> None:
    @app.get(
        "/api/search",
        operation_id="search",
        summary="Tìm các đoạn gần với câu hỏi nhất",
        tags=["Tìm kiếm"],
        responses={
            200: {
                "description": "Các đoạn, tốt nhất trước",
            },
            **_refusals(_422="Tham số thiếu hoặc sai", _503="Chưa có chỉ mục dùng được"),
        },
    )
    def search(
        *,
        q: Annotated[str, Query(description="Câu hỏi hay từ khóa, 1 tới 2.000 ký tự", examples=["cà phê 4 sao"])],
        limit: Annotated[int, Query(ge=1, le=SEARCH_LIMIT, description="Số đoạn nhiều nhất", examples=[10])] = 10,
        asked: Annotated[AskedFilters, Depends()],
    ) -> SearchPage:
        """Các bộ lọc có hiệu lực ngay khi tìm, nên limit luôn đầy nếu còn đủ đoạn thỏa mãn."""
        question = clean_question(q)
        searcher = service.searcher
        filters = search_filters(asked, searcher)
        return service.admission.run(lambda: search_hits(service.data, searcher, question, filters, limit=limit))

    @app.get(
        "/api/articles/{article_id}",
        operation_id="article",
        response_description="Bài ấy",
        summary="Một bài trong kho, đúng phiên bản được dẫn",
        tags=["Bài"],
        responses=_refusals(
            _404="Không có bài hay phiên bản này",
            _410="Bài đã được xóa theo yêu cầu",
            _422="start, end hay seal sai kiểu",
        ),
    )
    def article(
        article_id: Annotated[str, PathParameter(description="Mã bài", examples=["00112233445566ff"])],
        digest: Annotated[
            str | None, Query(description="Phiên bản; bỏ trống là bản hiện nay", examples=[UNKNOWN_DIGEST])
        ] = None,
        start: Annotated[
            int | None, Query(description="Đầu đoạn muốn đọc, khi rights khác full", examples=[310])
        ] = None,
        end: Annotated[int | None, Query(description="Cuối đoạn ấy", examples=[386])] = None,
        seal: Annotated[
            str, Query(max_length=64, description="seal đã nhận cùng đoạn ấy từ /api/ask hay /api/search")
        ] = "",
    ) -> Reading:
        """Các phiên bản cũ vẫn đọc được sau khi trang nguồn thay đổi. Nguồn có rights khác full thì text là null, và
        excerpts chỉ gồm đoạn được dẫn: start, end và seal đúng như đã nhận; không có thì là đoạn đầu (excerpt) hay
        không có đoạn nào (link)."""
        span = None if start is None or end is None else (start, end)
        return service.reading(article_id, digest, span=span, seal=seal)

    @app.get(
        "/api/health",
        operation_id="health",
        response_description="Còn sống",
        summary="Máy chủ còn sống không",
        tags=["Vận hành"],
    )
    def health() -> Health:
        """Luôn 200 khi tiến trình còn trả lời."""
        return Health()

    @app.get(
        "/api/ready",
        operation_id="ready",
        response_description="Trả lời được",
        summary="Đã trả lời được chưa",
        tags=["Vận hành"],
        responses={
            503: {
                "description": "Chưa; trouble nói vì sao và cách sửa",
                "model": Readiness,
                "content": {"application/json": {"example": NOT_READY_EXAMPLE}},
            }
        },
    )
    def ready(response: Response) -> Readiness:
        """trouble khác null cả khi một chỉ mục mới bị hỏng mà chỉ mục cũ vẫn phục vụ."""
        state = service.ready()
        if state.status != "ready":
            response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        return state


def _page_routes(app: FastAPI, service: Service) -> None:
    @app.api_route("/bai/{article_id}", methods=["GET", "HEAD"], include_in_schema=False)
    def reader(
        article_id: str,
        digest: str | None = None,
        start: int | None = None,
        end: int | None = None,
        seal: Annotated[str, Query(max_length=64)] = "",
    ) -> HTMLResponse:
        article = service.article(article_id, digest)
        if (start is None) != (end is None):
            raise Problem(SPAN_OUTSIDE, "Cần cả start và end, hoặc không có cả hai.")
        span: tuple[int, int] | None = None
        if start is not None and end is not None:
            if not 0 <= start < end <= len(article.text):
                raise Problem(
                    SPAN_OUTSIDE,
                    f"Đoạn từ {start} đến {end} không nằm trong bài dài {len(article.text)} ký tự; "
                    "cần 0 ≤ start < end.",
                )
            span = (start, end)
        spans = open_spans(article, span, seal)
        parts = article_parts(article, spans, span)
        page = render(
            "reader.html",
            article=service.reading(article_id, digest, span=span, seal=seal),
            parts=parts,
            marked=any(run.marked for part in parts for cell in part.cells for run in cell),
            newer=service.article(article_id).digest != article.digest,
        )
        return HTMLResponse(page)

    @app.api_route("/docs", methods=["GET", "HEAD"], include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(render("docs.html", api=app.openapi(), problem_kinds=KINDS))


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    try:
        settings = load_settings()
    except ValueError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    parser = argparse.ArgumentParser(
        prog="python server.py",
        description="Mở máy chủ hỏi đáp và tìm kiếm trên một thư mục dữ liệu đã có chỉ mục. Chỉ mục dựng lại sau đó "
        "được nhận trong vài giây, không cần khởi động lại.",
        epilog="Dừng bằng Ctrl-C. Chưa có dữ liệu: chạy python -m crawler, rồi python -m index build.",
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=settings.data,
        metavar="FOLDER",
        help="thư mục dữ liệu (mặc định: OCOP_DATA, hiện là %(default)s)",
    )
    parser.add_argument(
        "--host",
        default=settings.host,
        help="địa chỉ lắng nghe (mặc định: OCOP_HOST, hiện là %(default)s; 0.0.0.0 là mọi địa chỉ)",
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=settings.port,
        help="cổng, 0 là một cổng trống bất kỳ (mặc định: OCOP_PORT, hiện là %(default)s)",
    )
    parser.set_defaults(settings=settings)
    parser.add_argument(
        "--json", action="store_true", help="in địa chỉ (stdout) và nhật ký (stderr) dạng JSON từng dòng"
    )
    parser.add_argument(
        "--mcp",
        action="store_true",
        help="thay cho HTTP, phục vụ một chương trình khách của Model Context Protocol qua đầu vào và đầu ra chuẩn "
        "(cần phần cài thêm mcp)",
    )
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} không phải số cổng từ 0 đến 65535")
    return int(text)


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket.

    Raises:
        OSError: the address cannot be had.
    """
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(256)
    except OSError:
        listener.close()
        raise
    return listener


def _over_stdio(service: Service) -> int:
    """Serve one client of the Model Context Protocol over standard input and output; the exit status."""
    try:
        from web.context_protocol import OPEN_TIMEOUT_S, ContextProtocol  # noqa: PLC0415
    except ImportError as error:
        print(f"--mcp cần thư viện chưa được cài: {error}. {MCP_MISSING}", file=sys.stderr)
        return 1
    with service, suppress(KeyboardInterrupt):
        ContextProtocol(service, open_timeout_s=OPEN_TIMEOUT_S).serve_stdio()
    return 0


# New objects between two looks for garbage that refers to itself: a question makes thousands that do not, and looking
# every 700, as Python does, took a twelfth of its time.
_COLLECTED_EVERY = 20_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM, or with --mcp until standard input ends; returns the exit status: 0, or 1 where
    the address cannot be had or a library is missing."""
    options = _arguments(arguments)
    settings = options.settings
    logs.set_up("json" if options.json else settings.log)
    try:
        generator = load_generator(settings)
    except ImportError as error:
        print(f"OCOP_LLM_URL đã đặt nhưng thiếu thư viện: {error}", file=sys.stderr)
        return 1
    gc.set_threshold(_COLLECTED_EVERY)
    if options.mcp:
        return _over_stdio(Service(options.data, generator=generator))
    try:
        portals = PortalTable(settings.portals or options.data / FILE_NAME, required=settings.portals is not None)
        run = operation(settings, options.data)
    except (PortalsError, RatesError) as error:
        print(error, file=sys.stderr)
        return 1
    try:
        listener = _listen(options.host, options.port)
    except OSError as error:
        print(
            f"không mở được {options.host}:{options.port}: {error.strerror}. Chọn cổng khác bằng --port, hoặc dừng "
            "chương trình đang giữ cổng này.",
            file=sys.stderr,
        )
        return 1
    host, port = listener.getsockname()[:2]
    url = f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
    if options.json:
        print(json.dumps({"url": url, "data": str(options.data)}), flush=True)
    else:
        print(f"Hỏi đáp OCOP: {url} (dữ liệu: {options.data}; dừng bằng Ctrl-C)", flush=True)
    config = uvicorn.Config(
        create_app(
            Service(options.data, generator=generator, portals=portals, noted=run.noted),
            run,
            mcp_hosts=settings.mcp_hosts,
        ),
        # Whose X-Forwarded-For is believed is our setting (web.caller), not "whoever is on this machine".
        proxy_headers=False,
        # Our own log line leaves the query out: it holds what people ask.
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_TIMEOUT_S,
    )
    # uvicorn shuts down in order and then raises the signal anew; Ctrl-C is how a server is meant to be stopped.
    with listener, suppress(KeyboardInterrupt):
        asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
