"""Building: beside and swapped, vectors reused, killed at any instant, two at once, nothing to build."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from crawler.archive import Archive, ArchiveError
from index.build import ArchiveEmpty, BuildReport, BuildRunning, build
from index.manifest import (
    IndexDamaged,
    IndexMismatch,
    IndexMissing,
    IndexSettings,
    IndexTooNew,
    current_name,
    in_use,
    read_manifest,
    verify,
)
from index.passage import passages
from index.search import Searcher
from index.switch import switch
from tests.archived import FETCHED, make_article, put
from tests.conftest import ROOT

RICE = ["Gạo nếp Nam Định", "Gạo nếp của hợp tác xã đạt 4 sao.", "Vùng trồng rộng 20 ha."]
TEA = ["Chè Thái Nguyên", "Chè xanh đạt 5 sao năm 2021."]
SAUCE = ["Nước mắm Phú Quốc", "Nước mắm được bán ở nhiều tỉnh."]


def built(data: Path) -> BuildReport:
    return build(data, embedder="hash-256", progress=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    put(tmp_path, RICE, url="https://a.example/gao", published="2020-06-12")
    put(tmp_path, TEA, url="https://a.example/che")
    return tmp_path


def test_a_build_holds_every_passage_of_every_current_article(data: Path) -> None:
    report = built(data)
    with Archive(data) as archive:
        expected = {article.id: passages(article) for article in archive.articles()}
    assert (report.articles, report.passages) == (2, sum(map(len, expected.values())))
    assert (report.embedded, report.reused) == (report.passages, 0)
    searcher = Searcher.open(data)
    assert {name: searcher.passages_of(name) for name in searcher.article_ids()} == expected
    searcher.close()


def test_the_manifest_says_how_it_was_made(data: Path) -> None:
    report = built(data)
    generation = in_use(data)
    manifest = read_manifest(data, generation)
    verify(data, generation.name, manifest)
    with Archive(data) as archive:
        assert manifest.archive_cursor == archive.cursor()
    assert (manifest.embedder, manifest.dim, manifest.store) == ("hash-256", 256, "faiss")
    assert (manifest.articles, manifest.passages) == (2, report.passages)
    assert manifest.corpus_updated == FETCHED
    assert set(manifest.files) >= {"vectors.npy", "passages.sqlite", "language.npz", "counts.npz"}


def test_vectors_of_unchanged_passages_are_reused(data: Path) -> None:
    first = built(data)
    before = np.load(first.folder / "vectors.npy")
    put(data, SAUCE, url="https://a.example/mam")
    second = built(data)
    added = second.passages - first.passages
    assert added > 0
    assert (second.embedded, second.reused) == (added, first.passages)
    assert {row.tobytes() for row in before} <= {row.tobytes() for row in np.load(second.folder / "vectors.npy")}


def test_a_changed_article_is_embedded_anew_and_a_gone_one_leaves(data: Path) -> None:
    built(data)
    put(data, [*TEA, "Thêm một câu mới."], url="https://a.example/che")
    with Archive(data) as archive:
        rice = archive.by_url("https://a.example/gao")
        assert rice is not None
        archive.mark_gone(rice.id)
    report = built(data)
    assert (report.articles, report.embedded) == (1, report.passages)
    searcher = Searcher.open(data)
    assert rice.id not in searcher.article_ids()
    assert all("Gạo" not in hit.passage.text for hit in searcher.search("gạo nếp").hits)
    searcher.close()


def test_a_wire_story_on_two_hosts_is_embedded_once(data: Path) -> None:
    put(data, RICE, url="https://b.example/gao", published="2020-06-12")
    report = built(data)
    assert report.reused == len(passages(make_article(RICE)[0]))


def test_a_new_build_keeps_what_the_index_was_made_with(data: Path) -> None:
    settings = IndexSettings(passage_words=40, dense_weight=0.3)
    build(data, embedder="hash-256", store="exact", settings=settings, progress=False)
    build(data, progress=False)
    manifest = read_manifest(data, in_use(data))
    assert (manifest.embedder, manifest.store, manifest.settings) == ("hash-256", "exact", settings)


def test_the_former_generation_stays_until_the_next_build(data: Path) -> None:
    folders = [built(data).folder for _ in range(3)]
    assert [folder.exists() for folder in folders] == [False, True, True]
    assert current_name(data) == folders[2].name


def test_an_empty_archive_is_an_error_and_leaves_the_index_alone(data: Path, tmp_path: Path) -> None:
    built(data)
    with Archive(data) as archive:
        for article_id, _ in archive.current():
            archive.mark_gone(article_id)
    with pytest.raises(ArchiveEmpty, match="python -m crawler"):
        built(data)
    assert current_name(data) == "generation-000001"
    Archive(tmp_path / "other", create=True).close()
    with pytest.raises(ArchiveEmpty):
        built(tmp_path / "other")
    with pytest.raises(IndexMissing, match=f"python -m index build --data {tmp_path / 'other'}"):
        current_name(tmp_path / "other")


def test_no_archive_is_the_archives_own_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="python -m crawler"):
        built(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_a_second_build_at_the_same_time_is_refused(data: Path) -> None:
    built(data)
    with FileLock(data / "index" / ".lock"), pytest.raises(BuildRunning, match="another build"):
        built(data)
    assert built(data).generation == 2


# A build that tells when it is at work and goes on when it is told to.
HELD_BUILD = """
import sys
from pathlib import Path
from index import build as building
real = building.passages

def held(*arguments, **options):
    print("working", flush=True)
    sys.stdin.readline()
    building.passages = real
    return real(*arguments, **options)

building.passages = held
print(building.build(Path(sys.argv[1]), embedder="hash-256", progress=False).generation)
"""


def test_of_two_builds_at_once_one_is_refused_clearly_and_the_other_ends(data: Path) -> None:
    command = [sys.executable, "-m", "index", "build", "--embedder", "hash-256", "--quiet", "--data", str(data)]
    with subprocess.Popen(
        [sys.executable, "-c", HELD_BUILD, str(data)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as first:  # fmt: skip
        assert first.stdout is not None
        assert first.stdout.readline() == "working\n"
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert second.returncode == 1
        assert second.stderr.startswith(f"Lỗi: another build is writing to {data / 'index'}")
        told, _ = first.communicate("go on\n")
        assert (first.returncode, told) == (0, "1\n")
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
    assert current_name(data) == "generation-000002"


def test_a_damaged_former_index_is_said_and_built_over(data: Path) -> None:
    first = built(data)
    (first.folder / "manifest.json").write_text("{", encoding="utf-8")
    report = built(data)
    assert report.notice is not None
    assert "manifest.json" in report.notice
    assert report.embedded == report.passages
    Searcher.open(data).close()


def test_vectors_of_another_version_of_the_model_are_said_and_embedded_anew(data: Path) -> None:
    path = built(data).folder / "manifest.json"
    made = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**made, "model_sha256": "0" * 64}), encoding="utf-8")
    switch(data / "index", path.parent.name)
    with pytest.raises(IndexMismatch, match="python -m index build"):
        Searcher.open(data)
    report = built(data)
    assert report.notice is not None
    assert "'hash-256' (sha256 000000000000…" in report.notice
    assert (report.embedded, report.reused) == (report.passages, 0)
    assert built(data).notice is None
    Searcher.open(data).close()


def test_what_was_changed_on_disk_is_named_and_not_taken_over(data: Path) -> None:
    for name in ("vectors.npy", "passages.sqlite", "counts.npz"):
        path = built(data).folder / name
        whole = path.read_bytes()
        path.write_bytes(whole[:-100] + b"\0" * 100)
        report = built(data)
        assert (report.taken, report.reused) == (0, 0)
        assert report.notice is not None
        assert str(path) in report.notice
        assert built(data).notice is None


def test_a_manifest_of_a_newer_version_is_refused(data: Path) -> None:
    path = built(data).folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "format": 99}), encoding="utf-8")
    with pytest.raises(IndexTooNew, match="99"):
        read_manifest(data, in_use(data))


def test_current_that_names_no_generation_is_refused(data: Path) -> None:
    built(data)
    current = data / "index" / "CURRENT"
    line = current.read_text(encoding="utf-8")
    # Cut short anywhere it is refused: no part of the line is taken for one of the former form.
    for said in ("../../etc\n", *(line[:end] for end in range(len(line))), line + line, line.replace(" ", "  ")):
        current.write_text(said, encoding="utf-8")
        with pytest.raises(IndexDamaged, match=r"CURRENT.*python -m index build"):
            current_name(data)


# What a build leaves on the disk in order: it dies by SIGKILL right before the n-th of these calls.
KILLED_BUILD = """
import os, signal, sys
from pathlib import Path
left = int(sys.argv[2])

def watched(module, name):
    real = getattr(module, name)
    def call(*arguments, **options):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **options)
    setattr(module, name, call)

from index.build import build
for name in ("fsync", "mkdir", "rename", "replace", "rmdir"):
    watched(os, name)
build(Path(sys.argv[1]), embedder="hash-256", progress=False)
print("ended", left)
"""


def test_a_build_killed_at_any_point_leaves_the_former_index_serving(data: Path) -> None:
    built(data)
    put(data, SAUCE, url="https://a.example/mam")
    searcher = Searcher.open(data)
    killed, served_new = 0, 0
    for point in (*range(1, 12), *range(12, 60, 6)):
        run = subprocess.run(
            [sys.executable, "-c", KILLED_BUILD, str(data), str(point)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        killed += run.returncode == -9
        assert run.returncode in (-9, 0), run.stderr
        fresh = Searcher.open(data)
        found = {hit.passage.text for hit in fresh.search("chè xanh 5 sao").hits}
        assert any("Chè xanh đạt 5 sao" in text for text in found)
        served_new += bool(fresh.search("nước mắm").hits)
        fresh.close()
        searcher.refresh()
        assert searcher.trouble is None
        assert searcher.search("chè xanh").hits
        if run.returncode == 0:
            break
    searcher.close()
    assert killed >= 10
    assert served_new >= 1
    report = built(data)
    assert sorted(path.name for path in (data / "index").iterdir() if path.is_dir()) == sorted(
        {report.folder.name, current_before(data, report)}
    )


def current_before(data: Path, report: BuildReport) -> str:
    """The generation kept beside the newest: the highest number below it that is there."""
    names = sorted(path.name for path in (data / "index").glob("generation-*"))
    assert names[-1] == report.folder.name
    return names[-2]
