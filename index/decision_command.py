"""`python -m index records decisions`: every decision with its sources, acts and products."""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date

from crawler.archive import Archive
from index.decisions.decision import DecisionTold, Level, ProductRow, Read
from index.decisions.merged import Decision
from index.decisions.merging import merged
from index.decisions.spoken import ACT_LABELS, CHANGE_LABELS, DOUBT_LABELS
from index.explain import Field, Shown, explained
from index.law.address import asked_number
from index.law.reasons import day_text
from index.places.named import PROVINCES
from index.records import Records

LEVEL_NAME: dict[Level, str] = {
    "central": "cấp trung ương",
    "province": "cấp tỉnh",
    "district": "cấp huyện",
    "commune": "cấp xã",
}


def listed(records: Records, options: argparse.Namespace, provinces: frozenset[str] | None) -> int:
    """Print the decisions asked for; 0 where there are any, else 1. provinces: keys, None for all."""
    found = chosen(merged(records.decisions()), options.number or options.name, provinces)
    kept = found[: options.limit]
    if options.json:
        print(json.dumps([asdict(one) for one in kept], ensure_ascii=False, default=str))
        return 0 if found else 1
    with Archive(options.data) as archive:
        for decision in kept:
            print(line_of(decision))
            if not options.explain:
                continue
            for told in decision.told:
                article = archive.get(told.article_id, told.digest)
                if article is not None:
                    print("\n".join(explained(shown(told), article.text)))
                    print(f"      {article.url or article.title}")
    if not found:
        print("Không có quyết định nào như vậy trong chỉ mục.")
    elif len(found) > options.limit:
        print(f"({options.limit} trong {len(found)}; --limit để xem thêm)")
    return 0 if found else 1


def chosen(decisions: Sequence[Decision], number: str | None, provinces: frozenset[str] | None) -> tuple[Decision, ...]:
    """The decisions of a number ("715/QĐ-UBND", "715") and of provinces, of today's where a merged one is asked for."""
    found = tuple(decisions)
    if number is not None:
        asked = asked_number(number)
        found = tuple(one for one in found if asked is not None and one.best.number.matches(asked))
    if provinces is not None:
        found = tuple(one for one in found if any(told.place in provinces for told in one.told))
    return found


def line_of(decision: Decision) -> str:
    """A decision in one line."""
    best = decision.best
    parts = [best.number.name]
    parts.append("không rõ ngày" if best.issued is None else _day(best.issued))
    if best.issuer is not None:
        parts.append(best.issuer.text)
    acts = dict.fromkeys(
        ACT_LABELS[act.act] + (f" {act.target.label}" if act.target is not None else "") for act in best.acts
    )
    parts += acts
    parts.append(f"{len(decision.rows)} sản phẩm trong danh sách" if decision.rows else "không có danh sách")
    parts.append("chỉ được đưa tin" if best.reported else f"{len(decision.told)} nguồn")
    if decision.changed_by:
        parts.append(f"bị thay đổi bởi {', '.join(decision.changed_by)}")
    if decision.disputed:
        parts.append(f"các nguồn nói khác nhau về: {', '.join(decision.disputed)}")
    return " · ".join(parts)


def shown(told: DecisionTold) -> Shown:
    """What one article tells, field by field."""
    return Shown(
        line=told.number.name,
        article_id=told.article_id,
        digest=told.digest,
        start=told.start if told.reported else 0,
        end=told.end if told.reported else 0,
        fields=tuple(_fields(told)),
    )


def _fields(told: DecisionTold) -> Iterator[Field]:
    yield _field("số", told.number.label, told.number_read)
    if told.issued is not None:
        yield _field("ngày", told.issued, told.issued_read)
    if told.issuer is not None:
        level = f", {LEVEL_NAME[told.level]}" if told.level is not None else ""
        yield _field("cơ quan", told.issuer.text + level, told.issuer)
    if told.place is not None or told.place_read is not None:
        known = PROVINCES[told.place].label if told.place is not None else "không có trong bảng tỉnh"
        yield _field("nơi", known, told.place_read)
    if told.subject is not None:
        yield _field("về", told.subject.text, told.subject)
    if told.effective is not None:
        yield _field("hiệu lực từ", told.effective, told.effective_read)
    if told.valid_months is not None:
        yield _field("giá trị", f"{told.valid_months} tháng", told.valid_read)
    for row in told.rows:
        yield _field("sản phẩm", _product(row), row.name)


def _product(row: ProductRow) -> str:
    parts = [row.name.text]
    parts += [read.text for read in (row.producer, row.address or row.commune, row.group) if read is not None]
    parts += [f"{row.star} sao"] if row.star is not None else []
    parts += [f"{row.score:g} điểm".replace(".", ",")] if row.score is not None else []
    parts += [CHANGE_LABELS[row.change]] if row.change is not None else []
    parts += [ACT_LABELS[row.act]] if row.act != "recognises" else []
    parts += [f"[{DOUBT_LABELS[doubt]}]" for doubt in row.doubts]
    return " · ".join(parts)


def _field(name: str, value: str, read: Read | None) -> Field:
    note = "" if read is None else ", ".join(DOUBT_LABELS[doubt] for doubt in read.doubts)
    return Field(name=name, value=value, at=None if read is None else read.span, note=note)


def _day(iso: str) -> str:
    return day_text(date.fromisoformat(iso)) if len(iso) == 10 else iso
