"""`python -m crawler add | show | try | status`."""

import json
from pathlib import Path

import pytest

from crawler.__main__ import main
from crawler.archive import Archive

TEXT = (
    "Hội nghị sơ kết của huyện Sơn Hạ\n\n"
    "Ngày 15/9, huyện Sơn Hạ mở hội nghị sơ kết chương trình mỗi xã một sản phẩm, có đại diện của hai mươi chủ thể.\n\n"
    "Tính đến nay, huyện có 24 sản phẩm được công nhận, gồm 5 sản phẩm 4 sao và 19 sản phẩm 3 sao; riêng xã Bãi Dài "
    "góp bảy sản phẩm.\n"
)
FRAGMENT = (
    "<h2>Chợ quê mở lại</h2><p>Chợ quê Bến Tắm họp lại sau hai năm nghỉ, có 31 gian hàng bày bán sản phẩm gắn sao của "
    "cả huyện, mỗi tháng ba phiên.</p>"
)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def folder_of_files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    (folder / "inner").mkdir(parents=True)
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "inner" / "b.html").write_text(FRAGMENT, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "disguised.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    return folder


def test_a_folder_with_things_that_are_no_article(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = folder_of_files(tmp_path)
    data = str(tmp_path / "data")
    code, out, _ = run(capsys, "add", str(folder), "--data", data, "--json")
    result = json.loads(out)
    assert code == 0
    assert [(item["title"], item["change"]) for item in result["added"]] == [
        ("Hội nghị sơ kết của huyện Sơn Hạ", "new"),
        ("Chợ quê mở lại", "new"),
    ]
    assert {Path(item["name"]).name for item in result["skipped"]} == {"empty.txt", "image.png", "disguised.txt"}
    assert all(item["reason"] for item in result["skipped"])


def test_adding_twice_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    data = tmp_path / "data"
    run(capsys, "add", str(path), "--data", str(data))
    with Archive(data) as archive:
        before = (archive.cursor(), list(archive.articles()))
    code, out, _ = run(capsys, "add", str(path), "--data", str(data))
    assert code == 0
    assert out.startswith("không đổi")
    with Archive(data) as archive:
        assert (archive.cursor(), list(archive.articles())) == before


def test_what_the_operator_declares(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    data = tmp_path / "data"
    flags = {
        "--url": "https://sonha.example.vn/tin/1",
        "--original-url": "https://goc.example.vn/1",
        "--published": "2023-09-17",
        "--kind": "guide",
        "--source": "Đài Sơn Hạ",
        "--province": "Bắc Ninh",
        "--authority": "official",
        "--rights": "excerpt",
    }
    arguments = [part for flag in flags.items() for part in flag]
    assert run(capsys, "add", str(path), "--data", str(data), *arguments)[0] == 0
    with Archive(data) as archive:
        article = archive.by_url("https://sonha.example.vn/tin/1")
    assert article is not None
    assert (article.source, article.place, article.kind) == ("Đài Sơn Hạ", "Bắc Ninh", "guide")
    assert (article.published, article.authority, article.rights) == ("2023-09-17", "official", "excerpt")
    assert article.original_url == "https://goc.example.vn/1"


def test_without_an_address_there_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    data = tmp_path / "data"
    run(capsys, "add", str(path), "--data", str(data))
    with Archive(data) as archive:
        (article,) = archive.articles()
        raw = archive.raw(article.raw_digest)
    assert article.url is None
    assert article.original_url is None
    assert raw is not None
    assert raw.body == TEXT.encode()


def test_nothing_added_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "add", str(tmp_path / "none.txt"), "--data", str(tmp_path / "data"))
    assert code == 1
    assert "không có tệp này" in err


def test_url_for_two_files_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "add", "a", "b", "--url", "https://x.example.vn/", "--data", str(tmp_path))
    assert code == 1
    assert "--url" in err


def test_a_page_of_the_public_web_needs_a_contact(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "add", "https://example.vn/a.html", "--data", str(tmp_path))
    assert code == 1
    assert "--contact" in err


def test_show_and_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = str(tmp_path / "data")
    run(capsys, "add", str(folder_of_files(tmp_path)), "--data", data)
    status = json.loads(run(capsys, "status", "--data", data, "--json")[1])
    assert status["articles"] == 2
    assert status["kinds"] == {"news": 2}
    first = next(item for item in status["list"] if item["title"] == "Chợ quê mở lại")
    shown = json.loads(run(capsys, "show", first["id"], "--data", data, "--json")[1])
    assert shown["text"].startswith("Chợ quê Bến Tắm họp lại")
    assert run(capsys, "show", first["id"], "--digest", shown["digest"], "--data", data)[0] == 0
    code, _, err = run(capsys, "show", "0" * 16, "--data", data)
    assert code == 1
    assert "không có bài" in err


def test_no_archive_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "status", "--data", str(tmp_path / "none"))
    assert code == 1
    assert "python -m crawler add" in err
    assert not (tmp_path / "none").exists()


def test_try_shows_what_is_dropped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Trang chủ\n\n{TEXT}\nChia sẻ:\n", encoding="utf-8")
    code, out, _ = run(capsys, "try", str(path))
    assert code == 0
    assert "Hội nghị sơ kết của huyện Sơn Hạ" in out
    assert "nút chia sẻ: Chia sẻ:" in out


def test_data_folder_from_the_environment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCOP_DATA", str(tmp_path / "elsewhere"))
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    run(capsys, "add", str(path))
    with Archive(tmp_path / "elsewhere") as archive:
        assert archive.count() == 1
