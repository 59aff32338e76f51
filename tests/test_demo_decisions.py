"""The demo's decisions: they agree with themselves, their pages and files say what the one table says."""

import io
import tomllib
import zipfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from demo.decisions import FILE, LAYOUTS, SAMPLE, DecisionsError, DemoDecision, Row, load_decisions
from demo.grid import body, header
from demo.pages import FOLDER, load_portals
from demo.portal import PORTALS, running
from evaluation.decision_gold import gold_told, read_beside
from tests.portals import get, own_text, text_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PART_LISTED = "sh-1287-2025"  # its appendix lists 7 of its 32 products


@pytest.fixture(scope="module")
def decisions() -> dict[str, DemoDecision]:
    return {one.id: one for one in load_decisions()}


def test_they_come_in_six_layouts_and_do_all_that_decisions_do(decisions: dict[str, DemoDecision]) -> None:
    layouts = Counter(one.layout for one in decisions.values())
    assert sum(layouts.values()) >= 26
    assert {name: count for name, count in layouts.items() if count < 3} == {}
    assert set(layouts) == set(LAYOUTS)
    acts = {act.act for one in decisions.values() for act in one.acts}
    assert acts == {"recognises", "amends", "replaces", "revokes", "withdraws", "lists"}
    numbers = [(one.number, one.province) for one in decisions.values()]
    assert len(set(numbers)) == len(numbers)
    targets = {act.target for one in decisions.values() for act in one.acts if act.target}
    assert targets <= {one.number for one in decisions.values()}


def test_what_they_state_of_their_lists_is_so(decisions: dict[str, DemoDecision]) -> None:
    wrong = []
    for one in decisions.values():
        if one.id == PART_LISTED:
            continue
        stars = Counter(row.star for row in one.rows)
        wrong += [
            (one.id, count) for count in one.counts if count[0] != (stars[count[1]] if count[1:] else len(one.rows))
        ]
        words = " ".join(one.articles)
        wrong += [(one.id, count) for count in one.counts if one.articles and f"{count[0]} sản phẩm" not in words]
        if one.articles and one.months is not None:
            assert f"{one.months} tháng" in words, one.id
    assert wrong == []


def test_each_is_published_once_at_least_and_two_on_two_portals(decisions: dict[str, DemoDecision]) -> None:
    where = Counter(told.decision.id for told in gold_told() if told.whole)
    assert set(where) == set(decisions)
    assert {name for name, count in where.items() if count > 1} == {"tv-2077-2026", "bs-2250-2025"}


def test_pages_print_every_field_and_say_that_they_are_samples(decisions: dict[str, DemoDecision]) -> None:
    portals = load_portals()
    html = [told for told in gold_told() if told.telling in ("table", "nested", "list")]
    assert len(html) >= 16
    for told in html:
        text = own_text(portals, told.path)
        assert SAMPLE in text
        for value in (f"Số: {told.decision.number}", told.decision.dated, told.decision.subject):
            assert value in text, told.path
        for row in told.rows:
            said = {row.name, row.producer, row.commune, row.district, row.group} - {""}
            shown = {value for value in said if any(getattr(row, name) == value for name in told.told)}
            assert {value for value in shown if value not in text} == set(), told.path


@pytest.mark.parametrize(
    ("name", "serial", "expected"),
    [
        # a row under cells that reach down from above has no cell of its own there
        ("tv-1876-2022", 2, ["2", "Cà phê rang xay Pù Mây", "Hợp tác xã Cà phê Pù Mây", "Xã Mây Cao, huyện Vân Khê", "61,0", "3 sao", "Công nhận mới"]),  # noqa: E501
        ("bs-3105-2020", 1, ["1", "Nước mắm nhỉ Cửa Lân", "HTX Nước mắm Cửa Lân", "Cửa Lân", "Hải Vĩnh", "", "x"]),
        ("tv-2077-2026", 4, ["4", "Mật ong hoa nhãn Khe Vải (1)", "HTX Ong Khe Vải", "Khe Vải", "63,3", "3 sao", "Công nhận mới"]),  # noqa: E501
    ],
)  # fmt: skip
def test_cells_of_a_line(decisions: dict[str, DemoDecision], name: str, serial: int, expected: list[str]) -> None:
    rows = [[cell.text for cell in cells] for cells in body(decisions[name])]
    assert next(row for row in rows if str(serial) in row[:2])[-len(expected) :] == expected


def test_a_header_of_two_lines_spans(decisions: dict[str, DemoDecision]) -> None:
    top, below = header(decisions["hv-904-2024"])
    assert [(cell.text, cell.column, cell.rows, cell.columns) for cell in top] == [
        ("STT", 0, 2, 1), ("Sản phẩm", 1, 1, 2), ("Chủ thể", 3, 1, 2), ("Kết quả đánh giá", 5, 1, 2),
    ]  # fmt: skip
    assert [(cell.text, cell.column) for cell in below][:2] == [("Tên sản phẩm", 1), ("Quy cách", 2)]


def test_files_are_drawn_from_the_table() -> None:
    pytest.importorskip("reportlab")
    from demo.documents.drawing import FONTS  # noqa: PLC0415

    if not FONTS.is_dir():
        pytest.skip("cần phông DejaVu của Debian (fonts-dejavu-core, fonts-dejavu-extra) để vẽ lại, máy này không có")
    from demo.documents.make import DECISION, decision_pdf  # noqa: PLC0415
    from demo.documents.papers import FILES  # noqa: PLC0415

    kept = {name: (FOLDER / "documents" / name).read_bytes() for name in FILES}
    drawn = {name: draw() for name, draw in FILES.items() if not name.endswith(("1633.pdf", "2460.pdf"))}
    assert {name for name, body in drawn.items() if name.endswith(".pdf") and body != kept[name]} == set()
    assert {
        name for name, body in drawn.items() if name.endswith(".docx") and words(body) != words(kept[name])
    } == set()
    assert decision_pdf(DECISION) == (FOLDER / "documents" / "decision.pdf").read_bytes()
    assert sum(len(body) for body in kept.values()) < 3_000_000


def words(word: bytes) -> bytes:
    """What a Word file says; its package also holds the time it was written."""
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        return package.read("word/document.xml") + package.read("word/numbering.xml")


def test_files_hang_off_the_gazette_with_their_type() -> None:
    with running([0] * PORTALS) as homes:
        kinds = {}
        for told in gold_told():
            if told.telling in ("docx", "pdf", "scan") and not told.path.startswith(("/Lists", "/van-ban/download")):
                answer = get(homes[8] + told.path)
                kinds[told.path] = (answer.status, answer.headers["Content-Type"], answer.body[:4])
        page = get(homes[8] + "/van-ban/quyet-dinh-1633-binh-sa-2026.html").tree
        assert [link.text for link in page.cssselect(".tep a")] == ["Quyết định 1633/QĐ-UBND (bản quét)"]
    assert len(kinds) == 9
    assert {kind for path, kind in kinds.items() if path.endswith(".pdf")} == {(200, "application/pdf", b"%PDF")}
    assert {kind for path, kind in kinds.items() if path.endswith(".docx")} == {(200, WORD, b"PK\x03\x04")}


def test_a_line_of_too_few_fields_is_refused_with_its_file(tmp_path: Path) -> None:
    broken = tmp_path / "decisions.toml"
    text = FILE.read_text(encoding="utf-8")
    broken.write_text(text.replace('"Xã Thượng Sơn", 4],', '"Xã Thượng Sơn"],', 1), encoding="utf-8")
    with pytest.raises(DecisionsError, match=r"decisions\.toml"):
        load_decisions(broken)


def state(lines: list[tuple[DemoDecision, Row]], dead: set[str], today: date) -> tuple[str, int]:
    """The state by plain reckoning: 36 months from the last recognition that still counts."""
    star, since, withdrawn = 0, None, False
    for decision, row in sorted(lines, key=lambda line: line[0].issued):
        act = decision.acts[0].act
        if act == "recognises" and decision.number not in dead:
            star, since, withdrawn = row.star, date.fromisoformat(decision.issued), False
        elif act == "amends":
            star = row.star
        elif act == "withdraws":
            withdrawn = True
    if withdrawn or since is None:
        return ("withdrawn" if withdrawn else "not_yet"), 0
    left = (since.replace(year=since.year + 3) - today).days
    if left < 0:
        return ("undetermined" if left >= -180 else "expired"), star
    return ("late" if left < 120 else "renewing" if left <= 180 else "valid"), star


def test_the_states_of_products_follow_from_their_decisions(decisions: dict[str, DemoDecision]) -> None:
    beside = read_beside()
    dead = {act.target for one in decisions.values() for act in one.acts if act.act in ("revokes", "replaces")}
    lines: dict[str, list[tuple[DemoDecision, Row]]] = {}
    for one in decisions.values():
        for row in one.rows if one.acts[0].act != "lists" else ():
            lines.setdefault(row.product, []).append((one, row))
    assert {key: state(rows, dead, beside.as_of) for key, rows in lines.items()} == beside.products
    assert {status for status, _ in beside.products.values()} == {
        *("valid", "renewing", "late", "undetermined", "expired", "withdrawn")
    }
    # No certificate ends or opens its window near the day, so that no day's reckoning decides.
    for rows in lines.values():
        for one, _ in rows:
            ends = date.fromisoformat(one.issued).replace(year=int(one.issued[:4]) + 3)
            for edge in (ends, ends - timedelta(120), ends - timedelta(180), ends + timedelta(180)):
                assert abs((edge - beside.as_of).days) > 5, one.id


def test_names_vary_and_near_names_are_other_products(decisions: dict[str, DemoDecision]) -> None:
    names: dict[str, set[str]] = {}
    for one in decisions.values():
        for row in one.rows:
            names.setdefault(row.product, set()).add(row.name)
    assert names["tv-che-deo-gio"] == {"Chè shan tuyết Đèo Gió", "Chè Shan tuyết Đèo Gió", "CHÈ SHAN TUYẾT ĐÈO GIÓ"}
    assert names["tv-ca-phe-pu-may"] == {"Cà phê rang xay Pù Mây", "Cà phê Pù Mây rang xay"}
    assert names["tv-ca-phe-hat-pu-may"] == {"Cà phê hạt rang Pù Mây"}
    assert names["bs-nuoc-mam-cua-lan"] != names["bs-nuoc-mam-cua-lan-40"]


def test_the_gold_beside_is_closed() -> None:
    table = tomllib.loads((FOLDER.parent / "evaluation" / "decisions.toml").read_text(encoding="utf-8"))
    assert set(table) == {"as_of", "report", "products"}
    portals = load_portals()
    for report in read_beside().report:
        text = text_of(own_text(portals, report.path))
        said = [report.issuer, *(word for name, _, maker, _ in report.products for word in (name, maker))]
        assert [word for word in said if word not in text] == []
        assert [count for count in report.counts if f"{count[0]} sản phẩm" not in text] == []
