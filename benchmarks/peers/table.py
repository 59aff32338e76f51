"""A run as tables of Markdown."""

from collections.abc import Callable, Sequence

from benchmarks.peers.corpus import About
from benchmarks.peers.peer import VECTORS, WAYS
from benchmarks.peers.run import CLIENTS, PeerFigures, PeersReport, SizeFigures

_OURS = "ours"
_NONE = "–"
_WAYS = {"none": "không lọc", "wide": "lọc rộng", "narrow": "lọc hẹp", VECTORS: "chỉ vectơ, không lọc"}


def peers_tables(report: PeersReport) -> str:
    """Per size the corpus, two tables with ratios to ours (above 1: ours is better), and what could not be measured."""
    head = (
        f"{report.machine.processor}, {report.machine.cores} nhân, {report.machine.memory_gib} GiB; {report.measured}"
    )
    return "\n\n".join([head, *(_size(size) for size in report.sizes)])


def _size(size: SizeFigures) -> str:
    ours = next((peer for peer in size.peers if peer.name == _OURS and peer.latency), None)
    measured = [peer for peer in size.peers if peer.build_s is not None]
    parts = [f"## {_number(size.corpus.passages)} đoạn", _corpus(size.corpus)]
    if measured:
        parts += [_asked(measured, ours), _kept(measured, ours)]
    trouble = [
        f"- {peer.name}, {what}: {reason}" for peer in size.peers for what, reason in sorted(peer.trouble.items())
    ]
    if trouble:
        parts.append("Không đo được:\n\n" + "\n".join(trouble))
    return "\n\n".join(parts)


def _corpus(about: About) -> str:
    rows = [
        [f"{name} {of}", *(f"{value:.3f}" for value in values)]
        for name in ("1st", "10th")
        for of, values in (("mẫu", about.distances[name]), ("thật", about.real_distances[name]))
    ]
    wide, narrow = about.left["wide"], about.left["narrow"]
    return (
        f"{_number(about.real)} đoạn và {_number(about.real_questions)} câu hỏi thật ({', '.join(about.sources)}), "
        f"{_number(about.terms)} từ. Lọc rộng để lại {wide:.0%} số đoạn, lọc hẹp {narrow:.1%}.\n\n"
        + _table(["1 − cosin tới láng giềng", "5 %", "25 %", "50 %", "75 %", "95 %"], rows)
    )


def _asked(peers: Sequence[PeerFigures], ours: PeerFigures | None) -> str:
    """Milliseconds and questions a second."""
    head = ["kho"]
    for way in WAYS:
        head += [f"{_WAYS[way]}: p50 / p95 / p99 ms", "gấp ours (p50)"]
    for clients in CLIENTS:
        head += [f"câu/giây, {clients} khách", "ours gấp"]
    rows = []
    for peer in peers:
        row = [peer.name + ("" if peer.hybrid else " (chỉ vectơ)")]
        for way in WAYS:
            spent, own = peer.latency.get(way), ours.latency.get(way) if ours else None
            if spent is None:
                row += [_NONE, _NONE]
                continue
            few = f" ({spent.found:g} đoạn)" if spent.found < 9.5 else ""
            row.append(f"{spent.p50_ms:.1f} / {spent.p95_ms:.1f} / {spent.p99_ms:.1f}{few}")
            row.append(_ratio(spent.p50_ms, own.p50_ms if own else None))
        for clients in CLIENTS:
            rate = peer.qps.get(str(clients))
            row += [_value(rate), _ratio(ours.qps.get(str(clients)) if ours else None, rate)]
        rows.append(row)
    return _table(head, rows)


def _kept(peers: Sequence[PeerFigures], ours: PeerFigures | None) -> str:
    """Building, memory, disk, changes, recall."""
    measures: tuple[tuple[str, Callable[[PeerFigures], float | None]], ...] = (
        ("dựng, giây", lambda peer: peer.build_s),
        ("bộ nhớ khi dựng, MiB", lambda peer: peer.build_peak_mib),
        ("bộ nhớ khi hỏi, MiB", lambda peer: peer.serving_peak_mib),
        ("trên đĩa, MiB", lambda peer: peer.disk_mib),
        ("thêm 1 %, giây", lambda peer: peer.add_s),
        ("xóa 1 %, giây", lambda peer: peer.delete_s),
    )
    rows = []
    for peer in peers:
        row = [peer.name]
        for _, of in measures:
            ratio = _ratio(of(peer), of(ours) if ours else None)
            row.append(_value(of(peer)) + (f" ({ratio})" if ratio != _NONE and peer.name != _OURS else ""))
        row += [_share(peer.recall_dense), _share(peer.recall_hybrid), peer.versions or _NONE]
        rows.append(row)
    head = ["kho (gấp ours)", *(name for name, _ in measures), "recall@10 vectơ", "recall@10 kết hợp", "phiên bản"]
    return _table(head, rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _ratio(above: float | None, below: float | None) -> str:
    return f"{above / below:.2f}" if above is not None and below else _NONE


def _value(value: float | None) -> str:
    if value is None:
        return _NONE
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.3f}"


def _share(value: float | None) -> str:
    return _NONE if value is None else f"{value:.3f}"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
