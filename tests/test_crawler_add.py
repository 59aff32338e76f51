"""`python -m crawler add | show | try | status`."""

import io
import json
import zipfile
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


DOCUMENTS = Path(__file__).parents[1] / "demo" / "documents"


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return out.getvalue()


def test_a_folder_with_documents_and_a_zip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.pdf").write_bytes((DOCUMENTS / "decision.pdf").read_bytes())
    inner = zipped(**{"x.txt": TEXT.encode()})
    members = {
        "văn bản/kế hoạch.docx": (DOCUMENTS / "plan.docx").read_bytes(),
        "../../../etc/guide.doc": (DOCUMENTS / "guide.doc").read_bytes(),
        "trong.zip": inner,
        "chay\x1b[31m.exe": b"MZ",
        "hỏng.pdf": b"%PDF-1.4 hong",
        "__MACOSX/._a.txt": b"",
    }
    (folder / "b.zip").write_bytes(zipped(**members))
    data = tmp_path / "data"
    code, out, _ = run(capsys, "add", str(folder), "--data", str(data), "--json")
    result = json.loads(out)
    assert code == 0
    assert [item["title"] for item in result["added"]] == [
        "Quyết định 1287/QĐ-UBND: Về việc công nhận sản phẩm OCOP tỉnh Sơn Hạ đợt 1 năm 2025",
        "Kế hoạch 96/KH-UBND: Phát triển sản phẩm OCOP tỉnh Sơn Hạ năm 2025",
        "Hướng dẫn lập hồ sơ đăng ký đánh giá sản phẩm OCOP tại tỉnh Sơn Hạ",
    ]
    archive = f"{folder / 'b.zip'} › "
    assert {item["name"].removeprefix(archive): item["reason"] for item in result["skipped"]} == {
        "trong.zip": "tệp zip trong tệp zip không được đọc",
        "chay[31m.exe": "đuôi tệp .exe không đọc được",
        "hỏng.pdf": "PDF hỏng hoặc khác chuẩn, không đọc được (PdfiumError)",
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "files"]
    with Archive(data) as store:
        first = next(article for article in store.articles() if article.pages)
        assert first.page_at(first.text.index("Trà shan tuyết")) == first.pages[2]


def test_zips_that_are_not_unpacked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bomb, locked, empty = tmp_path / "bomb.zip", tmp_path / "locked.zip", tmp_path / "empty.zip"
    bomb.write_bytes(zipped(**{"a.txt": bytes(64 * 1024 * 1024)}))
    plain = bytearray(zipped(**{"a.txt": TEXT.encode()}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        plain[plain.index(mark) + place] |= 1
    locked.write_bytes(plain)
    empty.write_bytes(zipped())
    code, out, _ = run(capsys, "add", str(bomb), str(locked), str(empty), "--data", str(tmp_path / "d"), "--json")
    assert code == 1
    assert [item["reason"] for item in json.loads(out)["skipped"]] == [
        "tệp zip nén quá mức bình thường (bom nén)",
        "tệp zip đặt mật khẩu",
        "tệp zip không có tệp nào",
    ]


def test_one_address_is_not_for_a_whole_zip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(**{"a.txt": TEXT.encode(), "b.html": FRAGMENT.encode()}))
    data = str(tmp_path / "data")
    code, _, err = run(capsys, "add", str(path), "--url", "https://x.example.vn/", "--data", data)
    assert code == 1
    assert "--url chỉ dùng cho một tệp" in err
    assert run(capsys, "add", str(path), "--data", data)[0] == 0
    with Archive(Path(data)) as archive:
        assert {article.title for article in archive.articles()} == {
            "Hội nghị sơ kết của huyện Sơn Hạ",
            "Chợ quê mở lại",
        }
