"""`python -m index records products`: every product, how it stands on a day, and what recognised it."""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from crawler.archive import Archive
from index.catalogue.catalogue import Catalogue
from index.catalogue.product_query import Found, Map, ProductQuery
from index.explain import Field, Shown, explained
from index.law.reasons import day_text
from index.places.named import PROVINCES
from index.products.expiry import HELD, STATUS_NAME, last_day, state
from index.products.product import Product, ProductState, Recognition
from index.today import vietnam_today

MAP_NAME: dict[Map, str] = {"then": "63 tỉnh trước 7/2025", "today": "34 tỉnh từ 7/2025"}


def listed(folder: Path, options: argparse.Namespace, province: str | None) -> int:
    """Print the products asked for; 0 where there are any, else 1.

    folder: of the generation. province: key; of a province of before that is no more on the former map, else on
    today's.
    """
    on: date = options.on or vietnam_today()
    # Who asks for "Nam Định" means that part of the country, who asks for "Ninh Bình" the whole of today.
    by: Map = "then" if province is not None and PROVINCES[province].merged else "today"
    query = ProductQuery(
        on=on,
        q=options.q or options.name or "",
        provinces=() if province is None else (province,),
        by=by,
        stars=() if options.star is None else (options.star,),
        statuses=() if options.status is None else (options.status,),
        expires_from=None if options.expires_within is None else on,
        expires_to=None if options.expires_within is None else last_day(on, options.expires_within),
        sort="name" if options.expires_within is None else "expires",
        limit=options.limit,
    )
    catalogue = Catalogue.open(folder)
    found = catalogue.products.find(query)
    kept = list(catalogue.products.read(found.rows))
    numbers = _numbers(catalogue, kept)
    if options.json:
        told = [{**asdict(one), "state": asdict(state(one, on))} for one in kept]
        counted = {name: {one.value: one.count for one in values} for name, values in found.facets.items()}
        print(
            json.dumps(
                {"on": on, "map": found.by, "total": found.total, "facets": counted, "products": told},
                ensure_ascii=False,
                default=str,
            )
        )
        return 0 if kept else 1
    with Archive(options.data) as archive:
        for product in kept:
            print(line_of(product, state(product, on)))
            for one in product.history if options.explain else ():
                article = archive.get(one.article_id, one.digest)
                if article is not None:
                    print(f"    {told_by(one, numbers.get(one.decision))}")
                    print("\n".join(f"    {line}" for line in explained(shown(one), article.text)))
                    print(f"          {article.url or article.title}")
            if options.explain and product.doubtful:
                print(f"    có thể cùng là một sản phẩm với: {', '.join(product.doubtful)}")
    if not kept:
        print("Không có sản phẩm nào như vậy trong chỉ mục.")
        return 1
    print(_summary(found, options, province))
    if found.total > options.limit:
        print(f"({options.limit} trong {found.total}; --limit để xem thêm)")
    return 0


def _summary(found: Found, options: argparse.Namespace, province: str | None) -> str:
    """How many there are, as of which day and on which map, and how many of each status where none was asked for."""
    where = "" if province is None else f", theo bản đồ {MAP_NAME[found.by]}"
    when = "" if found.on is None else f" tính tới hết ngày {day_text(found.on)}"
    if options.status is not None:
        return f"{found.total} sản phẩm {_named(options.status)}{when}{where}."
    shares = "; ".join(f"{one.count} {_named(one.value)}" for one in found.facets["status"])
    return f"{found.total} sản phẩm{when}{where}: {shares}."


def _named(status: str) -> str:
    return next(name for known, name in STATUS_NAME.items() if known == status)


def line_of(product: Product, told: ProductState) -> str:
    """A product in one line: name, producer, place, star and certificate."""
    parts = [product.name, product.producer or "không rõ chủ thể", _where(product)]
    if told.star is not None:
        held = "" if told.status in HELD else "từng đạt "
        parts.append(f"{held}{told.star} sao")
    parts.append(STATUS_NAME[told.status] + _until(told))
    if product.doubtful:
        parts.append("có sản phẩm gần giống, chưa rõ có là một")
    return " · ".join(part for part in parts if part)


def _where(product: Product) -> str:
    parts = [part for part in (product.commune, product.district) if part]
    if product.province_written is not None:
        parts.append(product.province_written)
    if product.province is not None:
        province = PROVINCES[product.province]
        parts.append(province.label if product.province_former == product.province else province.today_label)
        if province.merged:
            parts.append(f"nay thuộc {province.today_label}")
    return ", ".join(parts)


def _until(told: ProductState) -> str:
    if told.status == "withdrawn":
        return "" if told.since is None else f" từ {day_text(told.since)}"
    if told.expires is None:
        return ""
    if told.keeps_until is not None:
        return f": giấy hết hạn {day_text(told.expires)}, nếu được kéo dài thì tới {day_text(told.keeps_until)}"
    if told.status == "expired":
        return f", giấy có giá trị tới hết {day_text(told.expires)}"
    until = f", giấy tới hết {day_text(told.expires)}"
    if told.status in ("valid", "renewing") and told.renew_from is not None and told.renew_to is not None:
        until += f", nộp lại từ {day_text(told.renew_from)} đến {day_text(told.renew_to)}"
    return until


def told_by(one: Recognition, number: str | None) -> str:
    """What one line of a decision did, in short: "4 sao theo 1287/QĐ-UBND (2025-09-12)"."""
    did = "thu hồi" if one.withdrawn else "công nhận" if one.star is None else f"{one.star} sao"
    marks = []
    if one.corrected_by is not None:
        marks.append(f"đã được {one.corrected_by} đính chính")
    elif one.ended_by is not None:
        marks.append(f"thôi tính từ {one.ended or 'ngày chưa rõ'} do {one.ended_by}")
    day = "không rõ ngày" if one.on is None else day_text(date.fromisoformat(one.on)) if len(one.on) == 10 else one.on
    return f"{did} theo {number or one.decision} ({day})" + "".join(f", {mark}" for mark in marks)


def shown(one: Recognition) -> Shown:
    """One line of a decision, field by field."""
    return Shown(
        line=one.row.name.text,
        article_id=one.article_id,
        digest=one.digest,
        start=one.row.start,
        end=one.row.end,
        fields=tuple(_fields(one)),
    )


def _fields(one: Recognition) -> Iterator[Field]:
    row = one.row
    for name, read in (
        ("tên", row.name),
        ("chủ thể", row.producer),
        ("xã", row.commune),
        ("huyện", row.district),
        ("tỉnh", row.province),
        ("nhóm", row.group),
        ("hạng sao", row.star_read),
    ):
        if read is not None:
            yield Field(name=name, value=read.text, at=read.span)


def _numbers(catalogue: Catalogue, products: Sequence[Product]) -> dict[str, str]:
    """Key of a decision -> its number, of all that a history names."""
    keys = dict.fromkeys(one.decision for product in products for one in product.history)
    rows = [row for key in keys if (row := catalogue.decisions.row(key)) is not None]
    return {decision.key: decision.best.number.label for decision in catalogue.decisions.read(rows)}
