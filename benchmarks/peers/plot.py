"""A run as a picture: how long a question takes, how many are answered, memory and building, by size and peer."""

from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from benchmarks.peers.run import PeerFigures, PeersReport


def draw_peers(report: PeersReport, file: Path) -> None:
    """Write the picture; its form is the file's ending (svg, png, pdf).

    Raises:
        ValueError: there is no such form.
    """
    panels: tuple[tuple[str, Callable[[PeerFigures], float | None]], ...] = (
        ("một câu hỏi, p50 (ms)", lambda peer: peer.latency["none"].p50_ms if "none" in peer.latency else None),
        ("câu mỗi giây, 8 khách", lambda peer: peer.qps.get("8")),
        ("bộ nhớ khi hỏi (MiB)", lambda peer: peer.serving_peak_mib),
        ("dựng (giây)", lambda peer: peer.build_s),
    )
    # The same run gives the same file.
    with mpl.rc_context({"svg.hashsalt": "peers", "svg.fonttype": "none"}):
        figure = Figure(figsize=(10, 7), layout="constrained")
        sizes = [size.corpus.passages for size in report.sizes]
        fused = {peer.name for size in report.sizes for peer in size.peers if peer.hybrid is not None}
        names = tuple(dict.fromkeys(peer.name for size in report.sizes for peer in size.peers))
        for axes, (title, of) in zip(figure.subplots(2, 2).flat, panels, strict=True):
            for place, name in enumerate(names):
                points = [
                    (size.corpus.passages, value)
                    for size in report.sizes
                    for peer in size.peers
                    if peer.name == name and (value := of(peer)) is not None
                ]
                if points:
                    width = 2.5 if name == "ours" else 1.2
                    label = name if name in fused else f"{name} (chỉ vectơ)"
                    axes.plot(*zip(*points, strict=True), marker="o", label=label, linewidth=width, color=f"C{place}")
            axes.set(xscale="log", yscale="log", xlabel="đoạn", title=title)
            axes.set_xticks(sizes, [f"{size:,}".replace(",", ".") for size in sizes])
            axes.set_xticks([], minor=True)
            axes.grid(visible=True, which="major", alpha=0.3)
        handles, labels = figure.axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=max(1, len(labels)))
        file.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(file, metadata={"Date": None} if file.suffix == ".svg" else None)
