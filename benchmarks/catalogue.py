"""Filters with facets over invented products: the catalogue beside SQLite with an index a column and GROUP BY.

Both answer the same: how many there are, a page of fifty, and five facets, each under all filters but its own; SQLite
has stars and states of the day ready in columns, which the catalogue reckons once a day. One after the other in one
run, so that a busy machine slows both alike and the ratio stands.
"""

import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.invented_products import Invented, invent
from benchmarks.machine import Machine, this_machine
from benchmarks.measure import Spread, spread
from benchmarks.product_tables import Peer
from crawler.archive import now_iso
from index.catalogue.catalogue import Catalogue
from index.catalogue.product_query import ProductQuery

ON = date(2026, 11, 29)
_ALL_CASES = "mọi bộ lọc"
CASES: dict[str, ProductQuery] = {
    "không lọc": ProductQuery(on=ON),
    "từ": ProductQuery(on=ON, q="mat ong"),
    "từ gõ dở": ProductQuery(on=ON, q="ca phe ra"),
    "một chữ": ProductQuery(on=ON, q="c"),
    "tỉnh trước 7/2025": ProductQuery(on=ON, provinces=("nam-dinh",)),
    "tỉnh hôm nay": ProductQuery(on=ON, provinces=("ninh-binh",), by="today"),
    "hạng sao": ProductQuery(on=ON, stars=(4,), sort="producer"),
    "tình trạng": ProductQuery(on=ON, statuses=("late", "renewing")),
    "hết hạn trong 6 tháng": ProductQuery(
        on=ON, expires_from=ON, expires_to=date(2027, 5, 29), sort="expires", descending=True
    ),
    "nhóm": ProductQuery(on=ON, groups=("do-uong",), sort="recognised"),
    "nâng hạng năm 2025": ProductQuery(
        on=ON, changes=("upgraded",), recognised_from="2025-01-01", recognised_to="2025-12-31"
    ),
    "tất cả": ProductQuery(
        on=ON,
        q="nguyen",
        provinces=("ninh-binh", "phu-tho", "lam-dong", "can-tho"),
        by="today",
        stars=(3, 4),
        statuses=("valid", "renewing", "late"),
        groups=("do-uong", "thuc-pham"),
        recognised_from="2023-01-01",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSpeed:
    """One filter: how many products are within it, and what it takes ours and SQLite. ratio: of the medians, SQLite's
    over ours."""

    total: int
    ours: Spread
    sqlite: Spread
    ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueSpeed:
    """What one run measured.

    make_s: making the columns from records; disk_mib: the files. open_s, open_mib: opening them, with the first
    question, and what it adds to this process's memory. read_ms: a page of fifty products read whole. cases: by name.
    ours, sqlite: over all cases; processor: the same of ours in this thread's time of the processor, which other work
    on the machine does not lengthen.
    """

    measured: str
    machine: Machine
    products: int
    decisions: int
    make_s: float
    disk_mib: float
    open_s: float
    open_mib: float
    read_ms: Spread
    cases: dict[str, CaseSpeed]
    ours: Spread
    processor: Spread
    sqlite: Spread


def measure_catalogue(count: int, *, rounds: int = 10) -> CatalogueSpeed:
    """Measure over so many invented products.

    Raises:
        RuntimeError: the two do not find the same.
        index.places.communes.CommunesUnavailable: the list of communes is not installed.
    """
    invented = invent(count)
    folder = Path(tempfile.mkdtemp(prefix="catalogue-"))
    try:
        began = time.perf_counter()
        made = Catalogue.of(invented.decisions, invented.products)
        make_s = time.perf_counter() - began
        made.write(folder)
        del made
        return _measured(folder, invented, make_s, rounds)
    finally:
        shutil.rmtree(folder)


def _measured(folder: Path, invented: Invented, make_s: float, rounds: int) -> CatalogueSpeed:
    before, began = _rss_mib(), time.perf_counter()
    catalogue = Catalogue.open(folder)
    catalogue.products.find(ProductQuery(on=ON))
    open_s, open_mib = time.perf_counter() - began, _rss_mib() - before
    times: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in CASES}
    reading: list[float] = []
    processor: list[float] = []
    totals: dict[str, int] = {}
    with closing(Peer(invented, catalogue.products.states(ON))) as peer:
        for round_number in range(rounds + 1):
            for name, query in CASES.items():
                began, busy = time.perf_counter(), time.thread_time()
                found = catalogue.products.find(query)
                ours, used = time.perf_counter() - began, time.thread_time() - busy
                began = time.perf_counter()
                other = peer.find(query)
                sqlite_s = time.perf_counter() - began
                if (found.total, {key: len(values) for key, values in found.facets.items()}) != other:
                    raise RuntimeError(f"{name}: ours found {found.total}, SQLite {other}")
                totals[name] = found.total
                began = time.perf_counter()
                list(catalogue.products.read(found.rows))
                read = time.perf_counter() - began
                if round_number:  # the first of each warms both
                    times[name][0].append(1000 * ours)
                    times[name][1].append(1000 * sqlite_s)
                    reading.append(1000 * read)
                    processor.append(1000 * used)
    return CatalogueSpeed(
        measured=now_iso(),
        machine=this_machine(),
        products=len(invented.products),
        decisions=len(invented.decisions),
        make_s=round(make_s, 2),
        disk_mib=round(sum(path.stat().st_size for path in folder.rglob("*.npy")) / 2**20, 1),
        open_s=round(open_s, 3),
        open_mib=round(open_mib, 1),
        read_ms=spread(reading),
        cases={name: _case(totals[name], *both) for name, both in times.items()},
        ours=spread([one for both in times.values() for one in both[0]]),
        processor=spread(processor),
        sqlite=spread([one for both in times.values() for one in both[1]]),
    )


def _case(total: int, ours: Sequence[float], sqlite: Sequence[float]) -> CaseSpeed:
    one, other = spread(ours), spread(sqlite)
    return CaseSpeed(total=total, ours=one, sqlite=other, ratio=round(other.p50_ms / max(one.p50_ms, 0.01), 1))


def _rss_mib() -> float:
    """What this process holds now; 0 where the system does not tell."""
    try:
        for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def catalogue_lines(speed: CatalogueSpeed) -> str:
    """The measurement as a reader sees it."""
    cases = "\n".join(
        f"| {name} | {one.total} | {one.ours.p50_ms:.2f} | {one.ours.p95_ms:.2f} | {one.sqlite.p50_ms:.2f} | "
        f"{one.sqlite.p95_ms:.2f} | {one.ratio:.1f} |"
        for name, one in speed.cases.items()
    )
    return (
        f"{speed.machine.processor}, {speed.products} sản phẩm, {speed.decisions} quyết định\n\n"
        "| bộ lọc, kèm năm bộ đếm | tìm thấy | p50 (ms) | p95 (ms) | SQLite p50 | SQLite p95 | tỷ số |\n"
        f"| --- | --- | --- | --- | --- | --- | --- |\n{cases}\n"
        f"| {_ALL_CASES} | | {speed.ours.p50_ms:.2f} | {speed.ours.p95_ms:.2f} | {speed.sqlite.p50_ms:.2f} | "
        f"{speed.sqlite.p95_ms:.2f} | |\n\n"
        f"Thời gian của bộ xử lý: p50 {speed.processor.p50_ms:.2f}, p95 {speed.processor.p95_ms:.2f} ms\n\n"
        f"Dựng {speed.make_s:.1f} s, trên đĩa {speed.disk_mib:.0f} MiB; mở và lọc lần đầu {speed.open_s:.3f} s, thêm "
        f"{speed.open_mib:.0f} MiB; đọc một trang 50 sản phẩm: p50 {speed.read_ms.p50_ms:.2f}, p95 "
        f"{speed.read_ms.p95_ms:.2f} ms"
    )
