"""Damaged and hostile files cost one page each, and what breaks a reader is told and kept."""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.archive import Raw
from crawler.draft import Origin
from crawler.sandbox import Sandbox
from crawler.sources import Source
from evaluation.bombs import bombs
from evaluation.damage import (
    LIMIT_S,
    DamageError,
    Format,
    Input,
    Report,
    damage_table,
    inputs,
    read_originals,
    run_damage,
    try_input,
)
from evaluation.mutations import MAX_BYTES, damaged

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "tests" / "pages"
SOURCE = Source(id="cong", name="Cổng thử", home="http://portal.example/", articles=("^/tin/",))
ORIGIN = Origin(source="Cổng thử", fetched="2026-11-22T00:00:00Z")
BOMBS = [(kind, name) for kind, name, _ in bombs()]
# pdfium draws a form within itself until its memory ends, and aborts: nothing but the sandbox can hold that.
CONTAINED = {("pdf", "bomb form draws itself")}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(page_limit_s=60.0, document_limit_s=60.0) as shared:
        yield shared


def test_no_bomb_breaks_a_reader(sandbox: Sandbox) -> None:
    tried = {(one.format, one.name): try_input(sandbox, one).outcome for one in inputs({}, len(BOMBS), 0)}
    assert len(tried) == len(BOMBS)
    broken = {key for key, outcome in tried.items() if outcome in ("error", "memory", "signal")}
    assert broken <= CONTAINED


def test_two_hundred_damaged_files_break_no_reader(sandbox: Sandbox, tmp_path: Path) -> None:
    originals = read_originals([PAGES])
    made = [one for one in inputs(originals, len(BOMBS) + 200, 7) if not one.name.startswith("bomb ")]
    assert len(made) == 200
    report = run_damage(made, tmp_path / "found", sandbox)
    assert report.findings == []
    assert report.counts.total() == 200
    assert report.counts["html", "read"] > 0
    assert not (tmp_path / "found").exists()


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=400), content_type=st.text(max_size=60))
def test_any_bytes_of_any_declared_type(sandbox: Sandbox, body: bytes, content_type: str) -> None:
    raw = Raw(body=body, content_type=content_type)
    reading = sandbox.page(raw, "http://portal.example/tin/a.html", SOURCE, ORIGIN.fetched)
    assert (reading.article is None) == (reading.reason is not None)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from(
        [b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\x1f\x8b\x08"]
    ),
    rest=st.binary(max_size=2000),
)
def test_any_bytes_after_the_mark_of_a_format(sandbox: Sandbox, start: bytes, rest: bytes) -> None:
    body = start + rest
    kinds: tuple[Format, ...] = ("pdf", "sitemap", "feed", "zip")
    tried = {kind: try_input(sandbox, Input(name="any", format=kind, body=body)) for kind in kinds}
    assert {kind: result for kind, result in tried.items() if result.outcome not in ("read", "no article")} == {}


def test_the_same_seed_gives_the_same_inputs() -> None:
    originals = read_originals([PAGES])
    count = len(BOMBS) + 40
    first, again, other = (list(inputs(originals, count, seed))[-40:] for seed in (3, 3, 4))
    assert first == again
    assert [one.body for one in first] != [one.body for one in other]


def test_every_kind_of_damage_changes_files_within_bounds() -> None:
    page = (PAGES / "newspaper.html").read_bytes()
    made = [damaged(page, [page, b"khac"], random.Random(number)) for number in range(300)]
    assert sum(body != page for body in made) > 280
    assert max(map(len, made)) <= MAX_BYTES


def test_bombs_are_small_and_named_once() -> None:
    assert len(set(BOMBS)) == len(BOMBS)
    assert max(len(body) for _, _, body in bombs()) < 8 * 1024 * 1024
    assert {kind for kind, _ in BOMBS} == {"html", "text", "pdf", "docx", "doc", "zip", "image", "sitemap", "feed"}


def test_entities_of_files_and_networks_are_not_read(sandbox: Sandbox, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("MẬT KHẨU", encoding="utf-8")
    entity = f'<!DOCTYPE d [<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
    pages, further = sandbox.sitemap(f"{entity}<urlset><url><loc>http://a.vn/&f;</loc></url></urlset>".encode())
    assert "MẬT KHẨU" not in repr((pages, further))
    text = "Xã Sơn Hạ có 4 sản phẩm OCOP được công nhận trong năm nay, gồm chè, mật ong và măng khô. &f; "
    page = f"{entity}<html><body><h1>Sản phẩm OCOP</h1><p>{text}</p><p>{text[::-1]}</p></body></html>"
    raw = Raw(body=page.encode(), content_type="text/html")
    assert "MẬT KHẨU" not in repr(sandbox.page(raw, "http://portal.example/tin/a.html", SOURCE, ORIGIN.fetched))


def test_what_breaks_a_reader_is_told_and_kept(tmp_path: Path) -> None:
    page = Input(name="1-1", format="html", body=(PAGES / "newspaper.html").read_bytes(), content_type="text/html")
    good = Input(name="1-2", format="text", body=b"", content_type="text/plain")
    with Sandbox(page_limit_s=1e-6) as hasty:  # no reader is as fast as that
        report = run_damage([page, good], tmp_path / "found", hasty)
    assert report.counts["html", "time"] == 1
    assert report.findings[0][:2] == ("html 1-1", "time")
    assert (tmp_path / "found" / "html-1-1.bin").read_bytes() == page.body
    assert (tmp_path / "found" / "html-1-1.txt").read_text(encoding="utf-8").startswith("time, ")


def test_the_table_tells_counts_slowest_memory_and_findings() -> None:
    report = Report(peak_bytes=200 * 1024 * 1024)
    report.counts.update({("html", "read"): 3, ("html", "no article"): 2, ("pdf", "signal"): 1})
    report.slowest = {"html": (1.5, "0-7"), "pdf": (0.25, "bomb paper")}
    report.findings = [("pdf bomb paper", "signal", "tín hiệu 11")]
    lines = damage_table(report).splitlines()
    assert lines[1].split() == ["html", "3", "2", "0", "0", "0", "0", "1.50", "s", "0-7"]
    assert lines[2].split() == ["pdf", "0", "0", "0", "0", "0", "1", "0.25", "s", "bomb", "paper"]
    assert lines[3] == "6 đầu vào, bộ nhớ nhiều nhất 200 MiB"
    assert lines[4] == "signal: pdf bomb paper: tín hiệu 11"


def test_the_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "evaluation", "damage", "--count", "5", "--originals"]
    found = ["--keep", str(tmp_path / "found")]
    done = subprocess.run([*command, str(PAGES), *found], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 đầu vào" in done.stdout
    missing = str(tmp_path / "khong-co")
    done = subprocess.run([*command, missing, *found], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"không có thư mục {missing}" in done.stderr


def test_originals_come_of_folders_and_none_is_without() -> None:
    originals = read_originals([PAGES])
    assert len(originals["html"]) == len(list(PAGES.glob("*.html")))
    assert {"pdf", "docx", "zip", "sitemap", "feed", "text"} <= set(originals)
    with pytest.raises(DamageError):
        read_originals([PAGES / "khong-co"])
    assert LIMIT_S == 10.0
