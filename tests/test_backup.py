"""Backup and restore: two commands, whole while others write, checked, and never over anything."""

import io
import json
import sqlite3
import stat
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from crawler.archive import Archive
from crawler.backup import BackupError, Manifest, back_up, restore
from tests.conftest import BAC_GIANG, NAM_DINH, ROOT, Corpus, put


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of a database."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(database.execute(f"SELECT * FROM {name}"), key=repr) for name in sorted(names)}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    put(folder, NAM_DINH, "https://bao.example/nam-dinh.html", "2020-06-12")
    with closing(sqlite3.connect(folder / "questions.sqlite")) as database, database:
        database.execute("CREATE TABLE questions (answer TEXT, question TEXT)")
        database.execute("INSERT INTO questions VALUES ('a', 'OCOP là gì?')")
    (folder / "portals.toml").write_text("# trống\n", encoding="utf-8")
    (folder / "index").mkdir()
    (folder / "index" / "CURRENT").write_text("generation-000001\n")
    return folder


@pytest.fixture
def saved(data: Path, tmp_path: Path) -> Path:
    target = tmp_path / "b.tar.gz"
    back_up(data, target)
    return target


def test_what_is_restored_is_what_was_saved(data: Path, tmp_path: Path) -> None:
    made = back_up(data, tmp_path / "b.tar.gz")
    assert [kept.name for kept in made.files] == ["archive.sqlite", "portals.toml", "questions.sqlite"]
    restored = tmp_path / "new" / "data"
    assert restore(tmp_path / "b.tar.gz", restored) == made
    assert sorted(path.name for path in restored.iterdir()) == ["archive.sqlite", "portals.toml", "questions.sqlite"]
    for name in ("archive.sqlite", "questions.sqlite"):
        assert tables(restored / name) == tables(data / name)
    assert (restored / "portals.toml").read_text(encoding="utf-8") == "# trống\n"
    with Archive(restored) as archive:
        assert [article.title for article in archive.articles()] == ["Nam Định rà soát sản phẩm OCOP giữa năm 2020"]


def test_a_backup_and_what_is_restored_are_for_their_owner_only(saved: Path, tmp_path: Path) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    restore(saved, tmp_path / "new")
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").iterdir()} == {0o600}


def test_a_writer_in_between_is_not_in_it(data: Path, tmp_path: Path) -> None:
    with Archive(data) as archive, archive.transaction() as database:
        database.execute("INSERT INTO counters VALUES ('half', 1)")
        back_up(data, tmp_path / "b.tar.gz")
    restore(tmp_path / "b.tar.gz", tmp_path / "new")
    assert ("half", 1) not in tables(tmp_path / "new" / "archive.sqlite")["counters"]
    assert ("half", 1) in tables(data / "archive.sqlite")["counters"]


def test_what_was_committed_last_is_in_it(data: Path, tmp_path: Path) -> None:
    with Archive(data):  # its journal (-wal) holds what follows
        put(data, BAC_GIANG, "https://bao.example/bac-giang.html", "2021-12-28")
        back_up(data, tmp_path / "b.tar.gz")
    restore(tmp_path / "b.tar.gz", tmp_path / "new")
    with Archive(tmp_path / "new") as archive:
        assert archive.count() == 2


def test_nothing_is_written_over(data: Path, saved: Path, tmp_path: Path) -> None:
    before = saved.read_bytes()
    with pytest.raises(BackupError, match="đã có; hãy chọn tên khác"):
        back_up(data, saved)
    assert saved.read_bytes() == before
    for name in ("archive.sqlite", "questions.sqlite-wal", "portals.toml", "index"):
        folder = tmp_path / f"there-{name}"
        folder.mkdir()
        (folder / name).write_bytes(b"mine")
        with pytest.raises(BackupError, match=f"đã có {name}; không ghi đè"):
            restore(saved, folder)
        assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [(name, b"mine")]


def test_where_there_is_no_archive_nothing_is_saved(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(BackupError, match="không có kho nào để sao lưu"):
        back_up(tmp_path / "data", tmp_path / "b.tar.gz")
    assert not (tmp_path / "b.tar.gz").exists()


def test_a_damaged_database_is_not_saved(data: Path, tmp_path: Path) -> None:
    (data / "questions.sqlite").write_bytes(b"not a database, but longer than its header" * 100)
    with pytest.raises(BackupError, match=r"không đọc được .*questions\.sqlite"):
        back_up(data, tmp_path / "b.tar.gz")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


@pytest.mark.parametrize("at", [0.02, 0.3, 0.6, 0.9])
def test_a_backup_that_was_cut_or_changed_restores_nothing(saved: Path, tmp_path: Path, at: float) -> None:
    whole = saved.read_bytes()
    place = int(len(whole) * at)
    for damaged in (whole[:place], whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]):
        saved.write_bytes(damaged)
        new = tmp_path / "new"
        try:
            restore(saved, new)
        except BackupError:
            assert list(new.iterdir()) == []
        else:  # a bit of a time stamp, which nothing depends on
            with Archive(new) as archive:
                assert archive.count() == 1
            return


def packed(path: Path, manifest: object, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        told = json.dumps(manifest).encode()
        head = tarfile.TarInfo("manifest.json")
        head.size = len(told)
        tar.addfile(head, io.BytesIO(told))
        for info, body in members:
            info.size = len(body)
            tar.addfile(info, io.BytesIO(body))
    return path


def told(*names: str) -> dict[str, object]:
    files = [{"name": name, "size": 4, "sha256": "0" * 64} for name in ("archive.sqlite", *names)]
    return {"format": 1, "created": "2026-11-29T00:00:00Z", "files": files}


@pytest.mark.parametrize("name", ["../evil.toml", "/tmp/evil.toml", "a/b.toml", "evil.py", "..toml", "CURRENT"])
def test_a_hostile_name_is_refused(tmp_path: Path, name: str) -> None:
    source = packed(tmp_path / "b.tar.gz", told(name), (tarfile.TarInfo(name), b"evil"))
    with pytest.raises(BackupError, match="không phải bản sao lưu của chương trình này"):
        restore(source, tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


def test_a_link_or_a_file_nobody_told_of_is_refused(tmp_path: Path) -> None:
    link = tarfile.TarInfo("archive.sqlite")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    for member in ((link, b""), (tarfile.TarInfo("more.toml"), b"more")):
        source = packed(tmp_path / "b.tar.gz", told(), member)
        with pytest.raises(BackupError, match=r"không đúng như manifest\.json kể"):
            restore(source, tmp_path / "new")
        source.unlink()


def test_a_backup_of_a_later_form_is_told(tmp_path: Path) -> None:
    source = packed(tmp_path / "b.tar.gz", {**told(), "format": 2})
    with pytest.raises(BackupError, match="có dạng 2; bản chương trình này đọc dạng 1"):
        restore(source, tmp_path / "new")


def test_both_commands(corpus: Corpus, tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "crawler", *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    saved, new = tmp_path / "b.tar.gz", tmp_path / "new"
    made = run("backup", str(saved), "--data", str(corpus.data), "--json")
    assert made.returncode == 0, made.stderr
    assert [kept["name"] for kept in json.loads(made.stdout)["files"]] == ["archive.sqlite"]
    done = run("restore", str(saved), "--data", str(new))
    assert (done.returncode, "python -m index build" in done.stdout) == (0, True)
    again = run("restore", str(saved), "--data", str(new))
    assert (again.returncode, "không ghi đè" in again.stderr, "Traceback" in again.stderr) == (1, True, False)
    assert isinstance(restore(saved, tmp_path / "third"), Manifest)
