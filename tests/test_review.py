"""Corrections: kept as made, applied where what was read still stands, told where not; and the list of doubts."""

import sqlite3
from pathlib import Path

import pytest

from index.decisions.decision import DecisionTold, Doubt, ProductRow, Read, Stated
from index.decisions.merged import Decision
from index.law.address import DocumentNumber
from index.products.product import Product, Recognition
from index.review.applying import apply
from index.review.correction import CorrectionRefused, Line, line_of, position_of
from index.review.doubts import doubts
from index.review.store import Corrections, CorrectionsUnusable, standing
from index.span import Span

KEY = "1287-qd-ubnd.son-ha.2025"


def row(name: str, producer: str | None, star: int | None, at: int, *, doubts: tuple[Doubt, ...] = ()) -> ProductRow:
    return ProductRow(
        start=at,
        end=at + 60,
        act="recognises",
        name=Read(text=name, span=Span(at, at + len(name)), doubts=doubts),
        producer=None if producer is None else Read(text=producer, span=Span(at + 30, at + 30 + len(producer))),
        star=star,
        star_read=None if star is None else Read(text=f"{star} sao", span=Span(at + 55, at + 60)),
    )


def decision(*rows: ProductRow, key: str = KEY, stated: tuple[Stated, ...] = ()) -> Decision:
    number = DocumentNumber(number="1287", year=None, code="QĐ", issuer="UBND", start=0, end=12)
    told = DecisionTold(
        article_id="a" * 16,
        digest="d" * 64,
        reported=False,
        start=0,
        end=1000,
        number=number,
        number_read=Read(text="1287/QĐ-UBND", span=Span(0, 12)),
        issued="2025-09-12",
        issued_read=Read(text="ngày 12 tháng 9 năm 2025", span=Span(20, 44)),
        stated=stated,
        rows=rows,
    )
    return Decision(key=key, told=(told,), rows=rows)


TEA = row("Trà shan tuyết Đỉnh Mù", "HTX Chè Đỉnh Mù", 4, 100)
RICE = row("Gạo nếp Bãi Dài", None, 3, 200)


def test_a_correction_counts_and_what_was_read_stays(tmp_path: Path) -> None:
    corrections = Corrections(tmp_path)
    made = corrections.add(
        who="Trần Thị Mẫu", decision=KEY, line=line_of((TEA, RICE), 0), field="star", found="4 sao", value="5 sao"
    )
    assert (made.id, made.who, made.value) == (1, "Trần Thị Mẫu", "5 sao")
    (corrected,) = apply([decision(TEA, RICE)], corrections.standing()).decisions
    assert corrected.rows[0].star == 5
    assert corrected.rows[0].star_read == Read(text="5 sao", span=Span(155, 160), correction=1)
    assert corrected.rows[1] is RICE
    assert corrected.best.rows[0] is TEA, "what the article tells is as read"


def test_a_missing_value_is_put_in_at_the_line(tmp_path: Path) -> None:
    corrections = Corrections(tmp_path)
    corrections.add(
        who="An", decision=KEY, line=line_of((RICE,), 0), field="producer", found=None, value="HTX  Bãi Dài"
    )
    (corrected,) = apply([decision(RICE)], corrections.standing()).decisions
    assert corrected.rows[0].producer == Read(text="HTX Bãi Dài", span=Span(200, 260), correction=1)


def test_a_line_that_is_no_product_is_left_out(tmp_path: Path) -> None:
    corrections = Corrections(tmp_path)
    total = row("Cộng: 2 sản phẩm", None, None, 300)
    corrections.add(who="An", decision=KEY, line=Line(name="Cộng: 2 sản phẩm"), field="line", found=None, value=None)
    (corrected,) = apply([decision(TEA, RICE, total)], corrections.standing()).decisions
    assert corrected.rows == (TEA, RICE)


def test_a_field_of_the_decision_is_corrected(tmp_path: Path) -> None:
    corrections = Corrections(tmp_path)
    corrections.add(who="An", decision=KEY, field="issued", found="ngày 12 tháng 9 năm 2025", value="13/9/2025")
    corrections.add(who="An", decision=KEY, field="valid_months", found=None, value="36 tháng")
    corrections.add(who="An", decision=KEY, field="place", found=None, value="Nam Định")
    (corrected,) = apply([decision(TEA)], corrections.standing()).decisions
    assert (corrected.best.issued, corrected.best.valid_months, corrected.best.place) == ("2025-09-13", 36, "nam-dinh")
    assert corrected.key == KEY
    assert corrected.best.issued_read is not None
    assert corrected.best.issued_read.correction == 1


def test_it_survives_another_reading_and_says_where_it_no_longer_fits(tmp_path: Path) -> None:
    corrections = Corrections(tmp_path)
    aim = line_of((TEA,), 0)
    corrections.add(who="An", decision=KEY, line=aim, field="star", found="4 sao", value="3 sao")
    moved = row("Trà shan  tuyết Đỉnh Mù", "HTX Chè Đỉnh Mù", 4, 700)
    assert apply([decision(RICE, moved)], corrections.standing()).decisions[0].rows[1].star == 3, (
        "elsewhere in the text"
    )
    mended = row("Trà shan tuyết Đỉnh Mù", "HTX Chè Đỉnh Mù", 3, 100)
    told = apply([decision(mended)], corrections.standing())
    assert [one.id for one in told.stale] == [1], "the page itself says 3 sao now"
    assert told.decisions[0].rows == (mended,)
    assert [one.id for one in apply([decision(RICE)], corrections.standing()).stale] == [1], "the line is gone"
    assert [one.id for one in apply([], corrections.standing()).stale] == [1], "the decision is gone"


def test_the_last_counts_and_a_withdrawn_one_does_not(tmp_path: Path) -> None:
    corrections = Corrections(tmp_path)
    aim = line_of((TEA,), 0)
    corrections.add(who="An", decision=KEY, line=aim, field="star", found="4 sao", value="5")
    corrections.add(who="Bình", decision=KEY, line=aim, field="star", found="4 sao", value="3")
    assert [one.value for one in corrections.standing()] == ["3"]
    corrections.withdraw(2, who="An", note="nhầm dòng")
    assert [one.value for one in corrections.standing()] == ["5"]
    assert [(one.id, one.withdraws) for one in corrections.all()] == [(1, None), (2, None), (3, 2)]
    for number in (2, 3, 99):
        with pytest.raises(CorrectionRefused):
            corrections.withdraw(number, who="An")
    assert corrections.count() == 3


def test_lines_alike_are_told_apart_by_their_order() -> None:
    again = row("Trà shan tuyết Đỉnh Mù", "HTX Chè Đỉnh Mù", 3, 400)
    rows = (TEA, RICE, again)
    assert [position_of(rows, line_of(rows, place)) for place in range(3)] == [0, 1, 2]
    assert position_of(rows, Line(name="Gạo nếp Bãi Dài", producer="HTX khác")) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("star", "6 sao"),
        ("star", "bốn"),
        ("score", "101"),
        ("score", "78,555"),
        ("change", "cũ"),
        ("issued", "31/2/2025"),
        ("valid_months", "0"),
        ("place", "Sơn Hạ"),
        ("name", None),
        ("name", "   "),
        ("line", "x"),
        ("producer", "x" * 301),
        ("same", "maybe"),
    ],
)
def test_a_value_its_field_cannot_hold_is_refused(tmp_path: Path, field: str, value: str | None) -> None:
    corrections = Corrections(tmp_path)
    with pytest.raises(CorrectionRefused):
        corrections.add(who="An", decision=KEY, field=field, found=None, value=value)  # type: ignore[arg-type]
    with pytest.raises(CorrectionRefused, match="tên người sửa"):
        corrections.add(who=" ", decision=KEY, field="issuer", found=None, value="UBND tỉnh")
    assert corrections.count() == 0


def test_nothing_in_the_file_is_changed_or_removed(tmp_path: Path) -> None:
    corrections = Corrections(tmp_path)
    corrections.add(who="An", decision=KEY, field="issuer", found=None, value="UBND tỉnh Sơn Hạ")
    db = sqlite3.connect(corrections.path)
    for statement in ("UPDATE corrections SET value = 'x'", "DELETE FROM corrections"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            db.execute(statement)
    db.close()
    assert [one.value for one in corrections.all()] == ["UBND tỉnh Sơn Hạ"]


def test_a_file_that_is_not_ours_or_newer_is_refused(tmp_path: Path) -> None:
    corrections = Corrections(tmp_path)
    assert corrections.all() == ()
    corrections.path.write_bytes(b"no database at all, only words" * 40)
    with pytest.raises(CorrectionsUnusable, match=r"corrections\.sqlite"):
        corrections.all()
    corrections.path.unlink()
    db = sqlite3.connect(corrections.path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(CorrectionsUnusable, match="version 99"):
        corrections.all()


def test_doubts_in_one_list_without_what_people_settled(tmp_path: Path) -> None:
    corrections = Corrections(tmp_path)
    blurred = row("Bánh khảo Bến Tăm", "Hộ Hoàng Thi Én", 3, 500, doubts=("ocr",))
    held = decision(TEA, blurred, stated=(Stated(count=3, star=None, span=Span(50, 60)),))
    found = doubts([held])
    assert [(one.what, one.field, one.doubts) for one in found] == [("field", "name", ("ocr",)), ("count", None, ())]
    assert (found[0].start, found[0].end, found[0].line) == (500, 560, line_of(held.rows, 1))
    assert (found[1].stated, found[1].listed) == (3, 2)
    corrections.add(
        who="An",
        decision=KEY,
        line=line_of(held.rows, 1),
        field="name",
        found="Bánh khảo Bến Tăm",
        value="Bánh khảo Bến Tăm",
    )
    assert [one.what for one in doubts([held], standing=corrections.standing())] == ["count"]
    corrections.add(who="An", decision=KEY, line=line_of(held.rows, 0), field="name", found="khác", value="Trà")
    assert [one.what for one in doubts([held], standing=corrections.standing())] == ["count", "stale"]


def test_pairs_of_products_are_listed_once_until_judged(tmp_path: Path) -> None:
    corrections = Corrections(tmp_path)

    def product(key: str, other: str) -> Product:
        recognised = Recognition(
            decision=KEY,
            article_id="a" * 16,
            digest="d" * 64,
            row=TEA,
            on="2025-09-12",
            months=36,
            star=4,
            change=None,
        )
        return Product(
            key=key,
            name="Trà",
            names=("Trà",),
            producer=None,
            commune=None,
            district=None,
            province=None,
            province_today=None,
            group=None,
            history=(recognised,),
            doubtful=(other,),
        )

    pair = [product("tra-1", "tra-2"), product("tra-2", "tra-1")]
    assert [one.products for one in doubts([decision(TEA)], pair)] == [("tra-1", "tra-2")]
    corrections.add(who="An", decision="tra-2", field="same", other="tra-1", found=None, value="apart")
    assert doubts([decision(TEA)], pair, standing=standing(corrections.all())) == ()
