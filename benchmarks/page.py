"""The search page in Chromium on a phone with a slow line: what it weighs, and when something is seen.

The line is Lighthouse's "slow 4G" (150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up), made by Chromium itself; the
processor is left as it is. Every visit is a first one, with nothing kept from before.
"""

import os
import shutil
import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, CDPSession, ViewportSize, sync_playwright

from benchmarks.machine import Machine, this_machine
from crawler.archive import now_iso
from evaluation.serving import serving

LATENCY_MS = 150
DOWN_BYTES_PER_S = 1_600_000 / 8
UP_BYTES_PER_S = 750_000 / 8
BUDGET_BYTES = 100_000
BUDGET_PAINT_MS = 1000
_PHONE = ViewportSize(width=360, height=740)
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_LATEST = """
new PerformanceObserver((list) => { for (const one of list.getEntries()) globalThis.largest = one.startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One page, visited several times. bytes: over the line with headers, the same each time. requests: how many.
    first_paint_ms, largest_paint_ms: medians of the first and the largest contentful paint, since the visit began.
    first_paints_ms: each visit's."""

    path: str
    bytes: int
    requests: int
    first_paint_ms: float
    largest_paint_ms: float
    first_paints_ms: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFigures:
    """What one run measured. load: the machine's load average as it began; above its cores, times are of a busy one."""

    measured: str
    machine: Machine
    load: float
    browser: str
    home: Visit
    answer: Visit


def measure_page(data: Path, question: str, *, visits: int = 5) -> PageFigures:
    """Visit the page of a server over a data folder, empty and with an answer.

    Raises:
        RuntimeError: the server does not start, there is no Chromium, or a page is not what it should be.
    """
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if path is None:
        raise RuntimeError("không có Chromium để đo: apt-get install chromium")
    load = os.getloadavg()[0]
    with serving(data) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        try:
            base = server.url.rstrip("/")
            _visit(browser, base, "/", 1)  # the server's and the browser's own first time
            return PageFigures(
                measured=now_iso(),
                machine=this_machine(),
                load=round(load, 2),
                browser=browser.version,
                home=_visit(browser, base, "/", visits),
                answer=_visit(browser, base, f"/?q={quote(question)}", visits),
            )
        finally:
            browser.close()


def _visit(browser: Browser, base: str, path: str, visits: int) -> Visit:
    """
    Raises:
        RuntimeError: the page does not come, or not as heavy each time.
    """
    seen = [_once(browser, base + path) for _ in range(visits)]
    weights = {(weight, requests) for weight, requests, _, _ in seen}
    if len(weights) != 1:
        raise RuntimeError(f"{path}: mỗi lần một dung lượng khác: {sorted(weights)}")
    ((weight, requests),) = weights
    return Visit(
        path=path,
        bytes=weight,
        requests=requests,
        first_paint_ms=round(statistics.median(first for _, _, first, _ in seen)),
        largest_paint_ms=round(statistics.median(largest for _, _, _, largest in seen)),
        first_paints_ms=tuple(round(first) for _, _, first, _ in seen),
    )


def _once(browser: Browser, address: str) -> tuple[int, int, float, float]:
    """Bytes, requests, first and largest paint in ms, of a first visit."""
    context = browser.new_context(viewport=_PHONE, device_scale_factor=2, is_mobile=True)
    try:
        page = context.new_page()
        line = context.new_cdp_session(page)
        weights = _slowed(line)
        page.add_init_script(_LATEST)
        answer = page.goto(address, wait_until="networkidle")
        if answer is None or answer.status != 200:
            raise RuntimeError(f"{address}: {'không có trả lời' if answer is None else answer.status}")
        first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        return round(sum(weights)), len(weights), float(first), float(page.evaluate("globalThis.largest"))
    finally:
        context.close()


def _slowed(line: CDPSession) -> list[float]:
    """The page's line made slow; the list grows by the bytes of each request that has come whole."""
    weights: list[float] = []

    def loaded(event: Mapping[str, float]) -> None:
        weights.append(event["encodedDataLength"])

    line.on("Network.loadingFinished", loaded)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    conditions = {"latency": LATENCY_MS, "downloadThroughput": DOWN_BYTES_PER_S, "uploadThroughput": UP_BYTES_PER_S}
    line.send("Network.emulateNetworkConditions", {"offline": False, **conditions})
    return weights


def page_lines(figures: PageFigures) -> str:
    """The figures for a reader."""
    busy = ", nên thời gian dài hơn thật" if figures.load > figures.machine.cores / 2 else ""
    lines = [
        f"Chromium {figures.browser}, 360 × 740, 4G chậm ({LATENCY_MS} ms, 1,6 Mbit/s)",
        f"Tải của máy lúc đầu {figures.load:g} trên {figures.machine.cores} nhân{busy}",
        f"Hạn: {BUDGET_BYTES} byte, chữ đầu tiên trong {BUDGET_PAINT_MS} ms",
    ]
    for name, visit in (("Trang đầu", figures.home), ("Trang có câu trả lời", figures.answer)):
        each = ", ".join(f"{one:g}" for one in visit.first_paints_ms)
        lines.append(
            f"{name}: {visit.bytes} byte trong {visit.requests} yêu cầu; chữ đầu tiên {visit.first_paint_ms:g} ms "
            f"({each}), phần lớn nhất {visit.largest_paint_ms:g} ms"
        )
    return "\n".join(lines)
