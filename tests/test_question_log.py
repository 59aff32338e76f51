"""The log of questions: what is kept, what is not, for how long, and that it never breaks an answer."""

import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from assistant.answer import Answer, Status
from index.today import vietnam_today
from tests.conftest import wait_until
from web.asked import Latency, asked_since, latency, rows_since, telling_words
from web.examples import ASK_EXAMPLE
from web.question_log import FILE_NAME, QuestionLog

ANSWER = TypeAdapter(Answer).validate_python(ASK_EXAMPLE)
TODAY = vietnam_today()


def answer(name: str, status: Status = "answered", total_ms: float = 20.0, read_as: str | None = None) -> Answer:
    timings = replace(ANSWER.timings_ms, total=total_ms)
    return replace(ANSWER, id=name, status=status, timings_ms=timings, read_as=read_as)


def kept(folder: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / FILE_NAME)) as database:
        return database.execute(
            "SELECT question, read, status, portal, good, word FROM questions ORDER BY answer"
        ).fetchall()


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob(f"{FILE_NAME}*"))


def test_questions_are_kept_without_personal_data(tmp_path: Path) -> None:
    with QuestionLog(tmp_path, keep_days=90) as log:
        log.note("Gọi 0912 345 678 hay a.b@xa.example, căn cước 079123456789", answer("a"), "quang-nam")
        log.note("an giang 0912345678 co bao nhieu", answer("b", read_as="An Giang 0912345678 có bao nhiêu"), None)
        log.rate("a", good=False, word="Số tôi là 0912345678")
        log.rate("unknown", good=True, word="")
    assert kept(tmp_path) == [
        ("Gọi … hay …, căn cước …", None, "answered", "quang-nam", 0, "Số tôi là …"),
        ("an giang … co bao nhieu", "An Giang … có bao nhiêu", "answered", None, None, None),
    ]
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    for secret in (b"0912", b"xa.example", b"079123456789"):
        assert secret not in bytes_of(tmp_path)


def test_where_somebody_lives_is_not_kept(tmp_path: Path) -> None:
    with QuestionLog(tmp_path, keep_days=90) as log:
        log.note("nhà ở 12 Lê Lợi, nộp hồ sơ ở đâu", answer("a"), None)
        log.note("tôi ở số 5 ngõ 10 phố Huế", answer("b"), None)
        log.note("địa chỉ: 15B Trần Phú", answer("c"), None)
        log.note("nha o 12 le loi, nop ho so o dau", answer("d"), None)
        log.note("Có 27/173 xã, phường, thị trấn; nhà có 3 phòng; địa chỉ 3 cơ sở", answer("e"), None)
    assert [row[0] for row in kept(tmp_path)] == [
        "…, nộp hồ sơ ở đâu",
        "tôi ở …",
        "…",
        "…, nop ho so o dau",
        "Có 27/173 xã, phường, thị trấn; nhà có 3 phòng; địa chỉ 3 cơ sở",
    ]


def test_of_what_is_refused_no_word_is_kept(tmp_path: Path) -> None:
    with QuestionLog(tmp_path, keep_days=90) as log:
        log.note("một câu xúc phạm ai đó", answer("a", "refused", read_as="một câu xúc phạm ai đó!"), None)
    assert kept(tmp_path) == [("", None, "refused", None, None, None)]


def test_the_last_rating_counts_and_a_word_stays(tmp_path: Path) -> None:
    with QuestionLog(tmp_path, keep_days=90) as log:
        log.note("OCOP là gì?", answer("a"), None)
        log.rate("a", good=False, word="thiếu nguồn")
        log.rate("a", good=True, word="")
    assert [row[4:] for row in kept(tmp_path)] == [(1, "thiếu nguồn")]


def test_old_questions_are_gone_from_the_file_itself(tmp_path: Path) -> None:
    with QuestionLog(tmp_path, keep_days=90) as log:
        log.note("zebra thứ nhất", answer("a"), None)
        log.note("zebra thứ hai", answer("b"), None)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database, database:
        for name, age in (("a", 90), ("b", 89)):
            day = (TODAY - timedelta(days=age)).isoformat()
            database.execute("UPDATE questions SET day = ? WHERE answer = ?", (day, name))
    with QuestionLog(tmp_path, keep_days=90):
        pass
    assert [row[0] for row in kept(tmp_path)] == ["zebra thứ hai"]
    assert "zebra thứ nhất".encode() not in bytes_of(tmp_path)


def test_switched_off_nothing_is_kept_and_what_was_is_deleted(tmp_path: Path) -> None:
    with QuestionLog(tmp_path, keep_days=90) as log:
        log.note("OCOP là gì?", answer("a"), None)
    assert (tmp_path / FILE_NAME).exists()
    with QuestionLog(tmp_path, keep_days=0) as log:
        log.note("OCOP là gì?", answer("b"), None)
        log.rate("b", good=True, word="tốt")
    assert list(tmp_path.glob(f"{FILE_NAME}*")) == []


def test_a_file_that_cannot_be_used_is_told_and_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database, but longer than its header" * 100)
    with QuestionLog(tmp_path, keep_days=90) as log:
        log.note("OCOP là gì?", answer("a"), None)
        wait_until(lambda: log.dropped == 1, "the loss to be counted")
        assert log.trouble == "file is not a database"
        (tmp_path / FILE_NAME).unlink()
        log.note("Sau khi sửa", answer("b"), None)
        wait_until(lambda: log.trouble is None, "the log to work again")
    assert [row[0] for row in kept(tmp_path)] == ["Sau khi sửa"]


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database:
        database.execute("PRAGMA user_version = 7")
    with QuestionLog(tmp_path, keep_days=90) as log:
        wait_until(lambda: log.trouble is not None, "the version to be told")
        assert log.trouble == "written by version 7 of this project, this one knows 1"


def test_what_cannot_be_written_in_time_is_dropped_and_counted(tmp_path: Path) -> None:
    log = QuestionLog(tmp_path, keep_days=90)  # its writer is not started: the slowest disk there is
    for number in range(2005):
        log.note("OCOP là gì?", answer(str(number)), None)
    assert log.dropped == 5


# As the operator reads it


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    with QuestionLog(tmp_path, keep_days=90) as log:
        log.note("Sâm Ngọc Linh được mấy sao?", answer("a", "no_evidence", 10), "quang-nam")
        log.note("sam ngoc linh duoc may sao", answer("b", "no_evidence", 20, "sâm Ngọc Linh được mấy sao"), "kon-tum")
        log.note("Được mấy sao, sâm Ngọc Linh?", answer("c", "failed", 30), None)
        log.note("Giá vàng?", answer("d", "out_of_scope", 40), None)
        log.note("Hồ sơ gồm gì?", answer("e", "needs_clarification", 50), None)
        log.note("An Giang có bao nhiêu sản phẩm?", answer("f", "answered", 1000), None)
        log.rate("f", good=False, word="số cũ")
        log.rate("d", good=True, word="")
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database, database:
        database.execute("UPDATE questions SET day = ? WHERE answer IN ('a', 'f')", (yesterday,))
    return tmp_path / FILE_NAME


def test_days_count_what_was_asked_and_how_it_went(asked: Path) -> None:
    told = asked_since(asked, TODAY - timedelta(days=2), TODAY)
    assert told.total == 6
    assert [(day.day, day.asked, day.answered, day.unanswered, day.good, day.bad) for day in told.days] == [
        (TODAY, 4, 0, 3, 1, 0),
        (TODAY - timedelta(days=1), 2, 1, 1, 0, 1),
        (TODAY - timedelta(days=2), 0, 0, 0, 0, 0),
    ]
    assert told.portals == (("", 4), ("kon-tum", 1), ("quang-nam", 1))
    assert asked_since(asked, TODAY, TODAY).total == 4


def test_questions_of_the_same_words_are_one_group(asked: Path) -> None:
    told = asked_since(asked, TODAY - timedelta(days=2), TODAY)
    ginseng, gold = told.unanswered
    assert (ginseng.count, ginseng.last, ginseng.portals) == (3, TODAY, ("kon-tum", "quang-nam"))
    assert set(ginseng.questions) == {
        "Sâm Ngọc Linh được mấy sao?", "sam ngoc linh duoc may sao", "Được mấy sao, sâm Ngọc Linh?",
    }  # fmt: skip
    assert (gold.questions, gold.count) == (("Giá vàng?",), 1)
    (displeased,) = told.displeased
    assert (displeased.questions, displeased.words) == (("An Giang có bao nhiêu sản phẩm?",), ("số cũ",))


def test_other_words_are_another_group() -> None:
    assert telling_words("Sâm Ngọc Linh được mấy sao?") != telling_words("Sâm Lai Châu được mấy sao?")
    assert telling_words("") == frozenset()


def test_rows_come_with_all_that_is_kept(asked: Path) -> None:
    rows = list(rows_since(asked, TODAY, TODAY))
    assert [(row.question, row.status, row.good) for row in rows] == [
        ("sam ngoc linh duoc may sao", "no_evidence", None),
        ("Được mấy sao, sâm Ngọc Linh?", "failed", None),
        ("Giá vàng?", "out_of_scope", 1),
        ("Hồ sơ gồm gì?", "needs_clarification", None),
    ]


def test_without_a_log_nothing_was_asked(tmp_path: Path) -> None:
    told = asked_since(tmp_path / FILE_NAME, date(2026, 1, 1), date(2026, 1, 2))
    assert (told.total, len(told.days), told.unanswered) == (0, 2, ())
    assert list(rows_since(tmp_path / FILE_NAME, date(2026, 1, 1), date(2026, 1, 2))) == []


def test_percentiles_are_of_the_nearest_rank() -> None:
    values = [float(value) for value in range(1, 101)]
    assert latency(values[::-1]) == Latency(count=100, p50_ms=50.0, p95_ms=95.0, p99_ms=99.0)
    assert latency([7.0]) == Latency(count=1, p50_ms=7.0, p95_ms=7.0, p99_ms=7.0)
    assert latency([]) == Latency(count=0, p50_ms=None, p95_ms=None, p99_ms=None)
