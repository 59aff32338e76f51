"""The measure of decisions: what was read as the gold has it is right, every damage is named, floors hold or fall."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from demo.decisions import Row
from evaluation.__main__ import main
from evaluation.decision_gold import Beside, GoldTold, gold_told, read_beside
from evaluation.decision_judge import JudgedField, judge_decisions, same
from evaluation.decision_report import DecisionFloor, decision_floors, decision_shortfalls, faults, measure, part_of
from evaluation.floors import FloorsError
from evaluation.product_matching import gold_lines, match_products, matching_table
from index.decisions.decision import ActTold, DecisionTold, Doubt, ProductRow, Read, Stated
from index.law.address import DocumentNumber
from index.products.product import Product, Recognition
from index.span import Span

SPAN = Span(0, 1)


def read(text: str, *doubts: Doubt) -> Read:
    return Read(text=text, span=SPAN, doubts=doubts)


def number(label: str) -> DocumentNumber:
    return DocumentNumber(number=label.split("/", maxsplit=1)[0], year=None, code="QĐ", issuer="UBND", start=0, end=1)


def line(row: Row, told: frozenset[str], at: int) -> ProductRow:
    def said(name: str) -> Read | None:
        value = str(getattr(row, name))
        return read(value) if name in told and value else None

    star = row.star if "star" in told and row.star else None
    score = row.score if "score" in told and row.score else None
    return ProductRow(
        start=at,
        end=at + 1,
        act=row.act,
        name=read(row.name),
        producer=said("producer"),
        commune=said("commune"),
        district=said("district"),
        province=said("province"),
        group=said("group"),
        star=star,
        star_read=None if star is None else read(f"{star} sao"),
        score=score,
        score_read=None if score is None else read(str(score)),
        change=row.change or None if "change" in told else None,
    )


def perfect(gold: GoldTold) -> DecisionTold:
    """The gold as a reader would tell it that reads everything."""
    decision = gold.decision
    acts = [(act.act, number(act.target) if act.target else None, act.whole) for act in gold.acts]
    return DecisionTold(
        article_id=gold.path,
        digest="d",
        reported=gold.telling == "report",
        start=0,
        end=1,
        number=number(decision.number),
        number_read=read(decision.number),
        issued=decision.issued,
        issuer=None if gold.issuer is None else read(gold.issuer.upper()),
        place=decision.place,
        place_read=read(decision.province if gold.place is None else gold.place),
        subject=None if gold.subject is None else read(gold.subject),
        effective=gold.effective,
        valid_months=gold.months,
        acts=tuple(ActTold(act=act, target=target, whole=whole, start=0, end=1) for act, target, whole in acts),
        stated=tuple(Stated(count=one[0], star=one[1] if one[1:] else None, span=SPAN) for one in gold.counts),
        rows=tuple(line(row, gold.told, at) for at, row in enumerate(gold.rows)),
    )


@pytest.fixture(scope="module")
def gold() -> tuple[GoldTold, ...]:
    return gold_told()


@pytest.fixture(scope="module")
def all_read(gold: tuple[GoldTold, ...]) -> dict[str, Sequence[DecisionTold]]:
    return {one.path: [perfect(one)] for one in gold}


def judged(
    gold: Sequence[GoldTold], told: Mapping[str, Sequence[DecisionTold]], path: str, changed: DecisionTold
) -> list[JudgedField]:
    """What is not right once the telling of one article is another."""
    return [one for one in judge_decisions(gold, {**told, path: [changed]}) if one.outcome != "right"]


def test_what_is_read_as_it_is_written_is_all_right(
    gold: tuple[GoldTold, ...], all_read: dict[str, Sequence[DecisionTold]]
) -> None:
    fields = judge_decisions(gold, all_read)
    told = measure(fields)
    assert (told.right, told.wrong, told.missing, told.invented, told.invented_rows) == (1.0, 0, 0, 0, 0)
    assert told.rows == sum(len(one.rows) for one in gold) > 190
    assert {one.telling for one in fields} == {
        *("table", "nested", "list", "docx", "pdf", "scan", "attributes", "report")
    }
    assert decision_shortfalls(fields, [DecisionFloor(part="exact", right=1.0, faultless=("name", "star"))]) == ()


PATH = "/van-ban/quyet-dinh-1876-truong-van-2022.html"


def test_each_damage_is_named(gold: tuple[GoldTold, ...], all_read: dict[str, Sequence[DecisionTold]]) -> None:
    told = all_read[PATH][0]
    first, second, *others = told.rows
    for changed, expected in (
        (replace(told, issued="2022-11-03"), [("issued", "wrong", "2022-11-30", "2022-11-03")]),
        (replace(told, issuer=None), [("issuer", "missing", "Ủy ban nhân dân tỉnh Trường Vân", None)]),
        (replace(told, acts=()), [("acts", "missing", "recognises", None)]),
        (replace(told, stated=told.stated[:1]), [("counts", "wrong", "3 × 4 sao; 6 × 3 sao; 9", "9")]),
        (replace(told, rows=(replace(first, star=3), second, *others)), [("star", "wrong", "4", "3")]),
        (replace(told, rows=(replace(first, province=read("Lào Cai")), second, *others)), [("province", "invented", None, "Lào Cai")]),  # noqa: E501
        (replace(told, rows=(*told.rows, replace(first, name=read("Tổng cộng")))), [("row", "invented", None, "Tổng cộng")]),  # noqa: E501
    ):  # fmt: skip
        found = judged(gold, all_read, PATH, changed)
        assert [(one.field, one.outcome, one.gold, one.read) for one in found] == expected
    lost = judged(gold, all_read, PATH, replace(told, rows=(second, *others)))
    assert {one.outcome for one in lost} == {"missing"}
    assert {one.field for one in lost} == {
        "row",
        "name",
        "producer",
        "commune",
        "district",
        "group",
        "star",
        "score",
        "change",
        "act",
    }
    assert {one.row for one in lost} == {"Chè Shan tuyết Đèo Gió"}
    other = judged(gold, all_read, PATH, replace(told, number=number("1867/QĐ-UBND")))
    assert {one.outcome for one in other} == {"missing"}, "a decision of another number is another decision"


def test_a_name_misread_is_one_wrong_field_and_told_whether_it_is_marked(
    gold: tuple[GoldTold, ...], all_read: dict[str, Sequence[DecisionTold]]
) -> None:
    path = "/tai-ve?ma=1633-2026"
    told = all_read[path][0]
    for doubts, marked in (((), False), (("ocr",), True)):
        name = Read(text="Mực khô Hòn Khó", span=SPAN, doubts=doubts)  # type: ignore[arg-type]
        rows = tuple(replace(row, name=name) if row.name.text == "Mực khô Hòn Khô" else row for row in told.rows)
        fields = judge_decisions(gold, {**all_read, path: [replace(told, rows=rows)]})
        wrong = [one for one in fields if one.outcome != "right"]
        assert [(one.field, one.outcome, one.doubted) for one in wrong] == [("name", "wrong", marked)]
        assert "có đánh dấu" in faults(fields) if marked else "không đánh dấu" in faults(fields)
        floor = DecisionFloor(part="scan", right=0.97, unmarked=0)
        assert bool(decision_shortfalls(fields, [floor])) is not marked
        assert measure(part_of(fields, "scan")).wrong == 1


@pytest.mark.parametrize(
    ("field", "gold_value", "read_value", "alike"),
    [
        ("issuer", "Ủy ban nhân dân tỉnh Bình Sa", "ỦY BAN NHÂN DÂN\nTỈNH BÌNH SA", True),
        ("issuer", "Ủy ban nhân dân tỉnh Bình Sa", "UBND tỉnh Bình Sa", True),
        ("issuer", "Ủy ban nhân dân tỉnh Bình Sa", "Chủ tịch Ủy ban nhân dân tỉnh Bình Sa", True),
        ("issuer", "Ủy ban nhân dân tỉnh Bình Sa", "Sở Nông nghiệp và Môi trường tỉnh Bình Sa", False),
        ("subject", "Về việc công nhận", "Về việc công nhận.", True),
        ("commune", "Xã Mây Cao", "Mây Cao", True),
        ("district", "huyện Vân Khê", "Huyện Vân Khê", True),
        ("district", "huyện Vân Khê", "huyện Vân Khé", False),
        ("group", "Thực phẩm", "I. Nhóm thực phẩm", True),
        ("group", "Thực phẩm", "Đồ uống", False),
        ("name", "Chè shan tuyết Đèo Gió", "Chè Shan tuyết Đèo Gió", False),
        ("name", "Chè shan  tuyết", "Chè shan tuyết", True),
        ("producer", "HTX Chè Đèo Gió", "Hợp tác xã Chè Đèo Gió", False),
    ],
)
def test_what_counts_as_the_same(field: str, gold_value: str, read_value: str, alike: bool) -> None:
    assert same(field, gold_value, read_value) is alike


def test_floors_are_asked_for_and_read(tmp_path: Path) -> None:
    table = tmp_path / "floors.toml"
    table.write_text("", encoding="utf-8")
    with pytest.raises(FloorsError, match="decisions"):
        decision_floors(table)
    table.write_text('[[decisions]]\npart = "scan"\nright = 0.97\nunmarked = 2\n', encoding="utf-8")
    assert decision_floors(table) == (DecisionFloor(part="scan", right=0.97, unmarked=2),)
    table.write_text('[[decisions]]\npart = "other"\nright = 0.97\n', encoding="utf-8")
    with pytest.raises(FloorsError):
        decision_floors(table)


def recognition(told: DecisionTold, row: ProductRow) -> Recognition:
    return Recognition(
        decision=told.number.label,
        article_id=told.article_id,
        digest="d",
        row=row,
        on=told.issued,
        months=36,
        star=row.star,
        change=row.change,
    )


def product(*history: Recognition) -> Product:
    return Product(
        key=history[0].row.name.text,
        name=history[-1].row.name.text,
        names=(),
        producer=None,
        commune=None,
        district=None,
        province=None,
        province_today=None,
        group=None,
        history=history,
    )


def test_lines_merged_wrongly_and_lines_kept_apart_are_counted(
    gold: tuple[GoldTold, ...], all_read: dict[str, Sequence[DecisionTold]]
) -> None:
    known = gold_lines(gold, all_read)
    early, late = all_read[PATH][0], all_read["/van-ban/quyet-dinh-1045-truong-van-2025.html"][0]
    tea = [recognition(told, told.rows[0]) for told in (early, late)]
    forest, heather = (recognition(early, row) for row in early.rows[2:4])
    beside = Beside(as_of=date(2026, 11, 22), report=(), products={"tv-che-deo-gio": ("valid", 4)})
    right = match_products([product(*tea), product(forest), product(heather)], known, beside)
    assert (right.pairs, right.merged, right.missed, right.states) == (1, (), (), 1)
    wrong = match_products([product(tea[0]), product(tea[1]), product(forest, heather)], known, beside)
    assert wrong.merged == (("tv-ong-rung-suoi-bac", "tv-ong-bac-ha-suoi-bac"),)
    assert wrong.missed == ("tv-che-deo-gio",)
    assert wrong.wrong_states == (("tv-che-deo-gio", "expired 4; valid 4", "valid 4"),)
    assert "BỎ SÓT    tv-che-deo-gio (1 cặp)" in matching_table(wrong)


@pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="cần tesseract-ocr và tesseract-ocr-vie để đọc bản quét, máy này không có"
)
def test_the_demo_is_read_and_matched_as_its_decisions_say(demo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decisions", "--data", str(demo_data), "--gate"]) == 0, capsys.readouterr().out
    table = capsys.readouterr().out
    assert "| tất cả | 42 | 202 | 0 | 0 |" in table, "202 lines, none missing, none made up"
    assert main(["products", "--data", str(demo_data), "--gate", "--json"]) == 0
    matching = json.loads(capsys.readouterr().out)
    assert (matching["pairs"], matching["merged"], matching["unknown"]) == (62, [], 0)


def test_every_product_of_the_gold_is_of_a_decision(gold: tuple[GoldTold, ...]) -> None:
    listed = {row.product for one in gold for row in one.rows if row.act != "lists"}
    assert set(read_beside().products) == listed
