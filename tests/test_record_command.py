"""`python -m index records`: lists, explains and answers in the terminal and for machines."""

import json
from pathlib import Path

import pytest

from index.__main__ import main


def run(capsys: pytest.CaptureFixture[str], data: Path, *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["records", *arguments, "--data", str(data)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_kinds_are_counted(demo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, demo_data, "--json")
    counts = json.loads(out)
    assert code == 0
    assert set(counts) == {
        "regulations", "regulations_held_whole", "criteria", "figures", "people", "decisions", "products",
    }  # fmt: skip
    assert counts["regulations"] > counts["regulations_held_whole"] > 0
    assert counts["figures"] > 100
    _, spoken, _ = run(capsys, demo_data)
    assert f"Số liệu: {counts['figures']}" in spoken


def test_a_document_is_explained_to_the_sentence(demo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, demo_data, "regulations", "QĐ 148", "--on", "2026-11-22", "--explain")
    assert code == 0
    lines = [line.strip() for line in out.splitlines()]
    assert lines[0] == (
        "Quyết định 148/QĐ-TTg · chỉ có bài tóm lược · đã hết hiệu lực (từ khoảng 21/7/2026 theo 26/2026/QĐ-TTg)"
    )
    assert "hết hiệu lực từ 21/7/2026 bởi 26/2026/QĐ-TTg [tự tính hoặc ước chừng, 60 ngày kể từ 22/5/2026]" in lines
    assert "đọc từ: Điều 11, khoản 2 ← “hết hiệu lực sau 60 ngày”" in lines
    assert "công nhận 3 sao: cấp huyện" in lines
    before = run(capsys, demo_data, "regulations", "148", "--on", "2024-01-01")[1]
    assert "đang có hiệu lực (từ 24/2/2023)" in before


def test_which_rule_applies_to_a_dossier(demo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["regulations", "--subject", "criteria", "--on", "2026-06-10", "--filed", "2026-05-10"]
    code, out, _ = run(capsys, demo_data, *asked, "--dossier", "first")
    assert code == 0
    assert out.splitlines()[0] == "Bộ tiêu chí vào ngày 10/6/2026: áp dụng (148/QĐ-TTg + 1489/QĐ-TTg)"
    assert "khoảng 21/7/2026 (ngày tự tính)" in " ".join(out.split())
    found = json.loads(run(capsys, demo_data, *asked, "--dossier", "renewal", "--json")[1])
    assert (found["outcome"], found["rules"]) == ("one", [["148/QĐ-TTg", "1489/QĐ-TTg"]])
    assert found["reasons"][0]["on"] == "2026-06-21"


def test_a_unit_is_read_whole(demo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, demo_data, "regulations", "26/2026", "--unit", "khoản 2 Điều 12")
    assert code == 0
    assert out.splitlines()[0].startswith(
        "Quyết định 26/2026/QĐ-TTg, Điều 12, khoản 2 (tóm lược, không phải nguyên văn:"
    )
    assert out.splitlines()[-1] == "b) phân hạng lại: phải xong trong 30 ngày."
    code, out, _ = run(capsys, demo_data, "regulations", "26/2026", "--unit", "Điều 99")
    assert (code, out) == (1, "Không có 'Điều 99' trong văn bản nào được hỏi.\n")


def test_a_count_is_explained_field_by_field(demo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, demo_data, "figures", "nam dinh", "--what", "chủ thể", "--year", "2020", "--explain")
    assert code == 0
    lines = [line.strip() for line in out.splitlines()]
    first = lines.index("29 chủ thể · Nam Định · 2020-06-12")
    assert {"số: 29 ← “29”", "nơi: Nam Định ← “Nam Định”", "loại: đã đạt"} <= set(lines[first : first + 8])
    asked = ("figures", "Nam Định", "--what", "chủ thể", "--year", "2020", "--json")
    found = json.loads(run(capsys, demo_data, *asked)[1])
    assert (29, "nam-dinh", "2020-06-12") in [(one["value"], one["place"], one["as_of"]) for one in found]


def test_people_in_office_and_places(demo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, demo_data, "people", "Nguyễn Phùng Hoan", "--explain")
    assert code == 0
    assert out.splitlines()[0] == "chủ trì: Nguyễn Phùng Hoan, Phó Chủ tịch, UBND tỉnh Nam Định"
    assert "chức danh: Phó Chủ tịch ← “Phó Chủ tịch”" in out
    found = json.loads(run(capsys, demo_data, "people", "Nguyen Phung Hoan", "--json")[1])
    assert found[0]["role"] == "chaired"
    code, out, _ = run(capsys, demo_data, "places", "Nam Định")
    assert (code, out) == (0, "tỉnh Nam Định, từ 1/7/2025 thuộc tỉnh Ninh Bình (Nghị quyết 202/2025/QH15).\n")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("figures", "Xứ Lạ"), 2, "không biết tỉnh nào tên 'Xứ Lạ'"),
        (("regulations", "9876/QĐ-TTg"), 1, "Không có dữ liệu nào như vậy"),
        (("regulations", "--subject", "criteria", "--on", "2026-01-01", "--filed", "2026-01-02"), 2, "after the day"),
        (("criteria", "99"), 1, "Không có dữ liệu nào như vậy"),
    ],
)
def test_what_is_not_there_is_said(
    demo_data: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, said: str
) -> None:
    got, out, err = run(capsys, demo_data, *arguments)
    assert got == code
    assert said in out + err


@pytest.mark.parametrize("arguments", [("sometimes",), ("--on", "22/11/2026"), ("--limit", "0"), ("--year", "24")])
def test_a_wrong_call_is_refused(demo_data: Path, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["records", *arguments, "--data", str(demo_data)])
    assert stopped.value.code == 2


def test_without_an_index_the_remedy_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, tmp_path, "figures")
    assert code == 1
    assert f"python -m index build --data {tmp_path}" in err


def test_products_are_listed_as_they_stand_on_a_day(demo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, demo_data, "products", "ca phe hat rang", "--on", "2026-11-22")
    assert code == 0
    assert out.splitlines() == [
        "Cà phê hạt rang Pù Mây · HTX Cà phê Pù Mây · Xã Mây Cao, tỉnh Trường Vân · 3 sao · còn hạn, đang trong "
        "khung nộp hồ sơ đánh giá lại, giấy tới hết 12/4/2027, nộp lại từ 14/10/2026 đến 13/12/2026",
        "1 sản phẩm tính tới hết ngày 22/11/2026: 1 còn hạn, đang trong khung nộp hồ sơ đánh giá lại.",
    ]
    asked = ["products", "--q", "pu may", "--star", "3", "--status", "renewing"]
    told = json.loads(run(capsys, demo_data, *asked, "--on", "2026-11-22", "--json")[1])
    assert (told["on"], told["map"]) == ("2026-11-22", "today")
    assert [(one["name"], one["state"]["renew_to"]) for one in told["products"]] == [
        ("Cà phê hạt rang Pù Mây", "2026-12-13")
    ]
    ending = ["products", "Khăn thổ cẩm", "--expires-within", "1", "--on", "2026-11-22"]
    assert run(capsys, demo_data, *ending)[:2] == (1, "Không có sản phẩm nào như vậy trong chỉ mục.\n")


def test_a_product_is_explained_to_the_cell_and_found_by_both_names_of_its_province(
    demo_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["products", "chả cá thát lát", "--on", "2024-01-01", "--explain"]
    former = run(capsys, demo_data, *asked, "--province", "hau giang")[1]
    lines = [line.strip() for line in former.splitlines()]
    assert lines[0].startswith("Chả cá thát lát Kinh Mẫu · HTX Kinh Mẫu · ")
    assert "4 sao theo 1208/QĐ-UBND (24/9/2021)" in lines
    assert "xã: xã Tân Long ← “xã Tân Long”" in lines
    assert lines[-1] == "1 sản phẩm tính tới hết ngày 1/1/2024, theo bản đồ 63 tỉnh trước 7/2025: 1 còn hạn."
    today = run(capsys, demo_data, *asked, "--province", "Cần Thơ")[1]
    assert today.splitlines()[0] == former.splitlines()[0]
    assert "theo bản đồ 34 tỉnh từ 7/2025" in today
    code, _, error = run(capsys, demo_data, "products", "--province", "Zork")
    assert (code, error) == (2, "Lỗi: không biết tỉnh nào tên 'Zork'\n")


def test_decisions_are_listed_by_number_and_province(demo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, demo_data, "decisions", "--number", "1287/QĐ-UBND", "--json")
    (found,) = json.loads(out)
    assert (code, found["key"], len(found["rows"])) == (0, "1287-qd-ubnd.son-ha.2025", 7)
    assert [told["reported"] for told in found["told"]] == [False, True]
    spoken = run(capsys, demo_data, "decisions", "--province", "Thanh Hóa", "--limit", "50")[1]
    assert "Quyết định 5445/QĐ-UBND · 23/12/2019" in spoken
    assert "1287/QĐ-UBND" not in spoken
    explained = run(capsys, demo_data, "decisions", "1287", "--explain")[1]
    assert "số: 1287/QĐ-UBND ← “1287/QĐ-UBND”" in explained
    assert "sản phẩm: Gạo nếp cái Bãi Dài · Hợp tác xã Nông nghiệp Bãi Dài · Xã Bãi Dài · 4 sao" in explained
    assert run(capsys, demo_data, "decisions", "--number", "99999")[0] == 1
