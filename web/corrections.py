"""/admin/sua: putting right what was read wrong, by the operator; every correction is a record of its own.

A browser that holds the token by Basic sends it with whatever another site makes it send, so a form counts only where
the browser says that it was sent from this site's own page (Fetch Metadata, W3C; or Origin, RFC 6454).
"""

from typing import Annotated
from urllib.parse import parse_qs, urlencode, urlsplit

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from index.decisions.decision import Read
from index.decisions.merged import Decision
from index.review.correction import (
    Correction,
    CorrectionRefused,
    FieldName,
    Line,
    aim_of,
    line_of,
    position_of,
)
from index.review.doubts import DECISION_FIELDS, ROW_FIELDS
from index.review.fields import DECISION_FIELD_LABELS, LINE_FIELD_LABELS
from index.review.store import Corrections, CorrectionsUnusable
from index.today import vietnam_today
from web.admin_token import AdminToken
from web.operation import Operation
from web.pages.drawn import drawn, quoter
from web.problem import INVALID_VALUE, NOT_FOUND, RECORD_NOT_FOUND, FieldProblem, Problem, shown
from web.products import ProductItem, product_item
from web.service import Service

_FORM_BYTES = 8192
_TEXT = 300


def correction_routes(service: Service, operation: Operation) -> APIRouter:
    """The routes over a service; none where there is no token to open them."""
    router = APIRouter(include_in_schema=False)
    if not operation.admin_token:
        return router
    token = AdminToken(operation.admin_token)
    corrections = Corrections(service.data)

    @router.get("/admin/sua")
    def form(
        request: Request,
        *,
        decision: Annotated[str, Query(max_length=_TEXT)],
        other: Annotated[str, Query(max_length=_TEXT)] = "",
        name: Annotated[str, Query(max_length=2000)] = "",
        producer: Annotated[str, Query(max_length=2000)] = "",
        nth: Annotated[int, Query(ge=0, le=100_000)] = 0,
        refused: Annotated[str, Query(max_length=_TEXT)] = "",
    ) -> HTMLResponse:
        token.check(request)
        if other:
            made = [one for one in _made(corrections, decision) if one[0].other == other]
            pair = _pair(service, decision, other, judged=bool(made))
            keys = {"decision": decision, "other": other}
            return drawn("judge.html", request, service, pair=pair, keys=keys, made=made, refused=refused)
        found = _decision(service, decision)
        line = Line(name=name, producer=producer, nth=nth) if name else None
        position = None if line is None else position_of(found.rows, line)
        if line is not None and position is None:
            raise Problem(RECORD_NOT_FOUND, f"Danh sách của quyết định {shown(decision)} không có dòng {shown(name)}.")
        listing = found.listing
        place = None
        if position is not None:
            row = found.rows[position]
            place = quoter(service).place(listing.article_id, listing.digest, row.start, row.end)
        return drawn(
            "correct.html",
            request,
            service,
            decision=found,
            line=line,
            place=place,
            fields=_fields(found, position),
            made=_made(corrections, decision),
            labels={**DECISION_FIELD_LABELS, **LINE_FIELD_LABELS},
            refused=refused,
        )

    @router.post("/admin/sua")
    async def correct(request: Request) -> RedirectResponse:
        token.check(request)
        _from_this_site(request)
        sent = await _sent(request)
        decision = sent.get("decision", "")
        back = {"decision": decision}
        try:
            if sent.get("withdraw"):
                if sent.get("other"):
                    back["other"] = sent["other"]
                number = sent["withdraw"]
                corrections.withdraw(int(number) if number.isdecimal() else 0, who=sent.get("who", ""))
            elif sent.get("other"):
                back["other"] = sent["other"]
                _pair(service, decision, sent["other"], judged=False)
                corrections.add(
                    who=sent.get("who", ""),
                    decision=decision,
                    field="same",
                    found=None,
                    value=sent.get("value"),
                    other=sent["other"],
                    note=sent.get("note", ""),
                )
            else:
                found = _decision(service, decision)
                line = _line(sent)
                if line is not None:
                    back |= {"name": line.name, "producer": line.producer, "nth": str(line.nth)}
                field, read = _aimed(found, line, sent.get("field", ""))
                corrections.add(
                    who=sent.get("who", ""),
                    decision=decision,
                    line=line,
                    field=field,
                    found=read,
                    value=None if field == "line" else sent.get("value", ""),
                    note=sent.get("note", ""),
                )
        except CorrectionRefused as error:
            back["refused"] = str(error)[:_TEXT]
        except CorrectionsUnusable as error:
            raise Problem(NOT_FOUND, f"Không ghi được sửa đổi. Người vận hành cần biết: {error}") from error
        return RedirectResponse(f"/admin/sua?{urlencode(back)}", status_code=303)

    return router


def _decision(service: Service, key: str) -> Decision:
    """A decision as it was read, whatever was put right in it since."""
    found = next((one for one in service.searcher.decisions() if one.key == key), None)
    if found is None:
        raise Problem(RECORD_NOT_FOUND, f"Chỉ mục không có quyết định mang khóa {shown(key)}.")
    return found


def _pair(service: Service, one: str, other: str, *, judged: bool) -> list[ProductItem]:
    """Two products as they stand today. judged: they may by now be one, under the key of the earlier."""
    catalogue, made = service.searcher.catalogue(), quoter(service)
    rows = {key: catalogue.products.row(key) for key in (one, other)}
    missing = [key for key, row in rows.items() if row is None]
    if len(missing) > judged:
        raise Problem(RECORD_NOT_FOUND, f"Kho không có sản phẩm nào mang mã {shown(missing[0])}.")
    held = catalogue.products.read(row for row in rows.values() if row is not None)
    return [product_item(catalogue, product, vietnam_today(), made) for product in held]


def _fields(decision: Decision, position: int | None) -> list[tuple[FieldName, Read | None]]:
    """What may be put right: the fields of a line, or the decision's own, with what was read."""
    if position is None:
        return [(name, getattr(decision.best, held)) for name, held in DECISION_FIELDS.items()]
    return [(name, getattr(decision.rows[position], held)) for name, held in ROW_FIELDS.items()]


def _made(corrections: Corrections, decision: str) -> list[tuple[Correction, bool]]:
    """The corrections of a decision, each with whether it stands."""
    standing = {one.id for one in corrections.standing()}
    return [(one, one.id in standing) for one in corrections.all() if one.decision == decision]


def _line(sent: dict[str, str]) -> Line | None:
    if not sent.get("name"):
        return None
    nth = sent.get("nth", "0")
    return Line(
        name=sent["name"], producer=sent.get("producer", ""), nth=int(nth) if nth.isdecimal() and len(nth) < 7 else 0
    )


def _aimed(decision: Decision, line: Line | None, name: str) -> tuple[FieldName, str | None]:
    """The field meant, and what was read in it."""
    known = DECISION_FIELDS if line is None else {**ROW_FIELDS, "line": ""}
    if name not in known:
        raise CorrectionRefused(f"không có trường {name!r} để sửa ở đây")
    field: FieldName = name
    if line is None:
        return field, aim_of(getattr(decision.best, DECISION_FIELDS[field]))
    position = position_of(decision.rows, line)
    if position is None:
        raise CorrectionRefused(f"danh sách không còn dòng {line.name!r}")
    assert line == line_of(decision.rows, position)
    return field, None if field == "line" else aim_of(getattr(decision.rows[position], ROW_FIELDS[field]))


def _from_this_site(request: Request) -> None:
    """
    Raises:
        Problem: the browser says that another site's page sent the form, or says nothing of where it is from.
    """
    fetched = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin", "null")
    # "null" is what a browser says of a page that, as ours do, sends no referrer; Fetch Metadata then tells
    known = None if origin == "null" else urlsplit(origin).netloc == request.headers.get("host", "")
    same = known is True if fetched is None else fetched == "same-origin" and known is not False
    if not same:
        raise Problem(
            INVALID_VALUE,
            "Biểu mẫu này chỉ nhận từ chính trang /admin/sua của máy chủ, không nhận từ trang khác.",
            errors=[FieldProblem(pointer="#/origin", detail="cần cùng nguồn với máy chủ")],
        )


async def _sent(request: Request) -> dict[str, str]:
    """The fields of a form as browsers send it, each once."""
    body = await request.body()
    if len(body) > _FORM_BYTES:
        raise Problem(INVALID_VALUE, f"Biểu mẫu dài {len(body)} byte; tối đa {_FORM_BYTES}.")
    try:
        pairs = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=20, strict_parsing=bool(body))
    except ValueError as error:
        raise Problem(INVALID_VALUE, "Không đọc được biểu mẫu gửi lên.") from error
    return {name: values[0] for name, values in pairs.items()}
