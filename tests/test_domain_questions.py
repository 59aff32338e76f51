"""The real articles and the whole regulation, asked half of a set of users' questions: what the issue asks to hold.

The texts and questions are no part of this project; where they are not beside it, this is skipped.
"""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.check import answer_faults
from crawler.add import Declared, Skipped, read_files, store
from crawler.archive import Archive
from evaluation.answers import assistant_over, read_questions, run
from evaluation.remote import RemoteAssistant
from index.build import build
from index.law.regulations import read_regulation
from index.search import Searcher
from tests.conftest import served

SHARED = Path(__file__).parents[2] / "shared"
SEEDS = SHARED / "data" / "seeds"
LAW = SHARED / "data" / "regulations" / "26-2026-QD-TTg.html"
QUESTIONS = SHARED / "domain" / "questions.md"
TODAY = date(2026, 11, 22)
# Questions by people who had read these texts and not the program, and how many are answered, or refused, rightly.
WRITTEN = Path(__file__).parents[1] / "evaluation" / "domain"
WRITTEN_ON = date(2026, 11, 28)
RIGHT = {
    "news.toml": 66,
    "law.toml": 88,
    "users.toml": 86,
    "news_second.toml": 60,
    "law_second.toml": 76,
    "law_fourth.toml": 64,
}

pytestmark = [
    pytest.mark.skipif(not QUESTIONS.exists(), reason=f"no {SHARED}: the real articles are kept apart"),
    # the first test indexes a whole decision; on a machine that does other work too that takes minutes
    pytest.mark.timeout(1200),
]

# Number of the question: values a right answer says, and the article (a part of its title) it cites.
PART_A: dict[int, tuple[tuple[str, ...], str]] = {
    1: (("62", "29"), "Nâng tầm"),
    3: (("100", "3 sao"), "Nâng tầm"),
    5: (("40",), "Nâng tầm"),
    7: (("33", "15"), "33 sản phẩm"),
    9: (("10 chủ thể", "30 sản phẩm", "1 sản phẩm đạt 5 sao"), "33 sản phẩm"),
    11: (("92",), "An Giang"),
    13: (("62",), "An Giang"),
    15: (("VOSO", "Lazada", "tiki"), "An Giang"),
    17: (("05",), "QUẢNG NAM"),
    19: (("Trần Anh Tuấn", "Phó Chủ tịch"), "QUẢNG NAM"),
    21: (("Ba Tơ", "Minh Long", "Sơn Tây", "Sơn Tịnh"), "Tìm hướng"),
    23: (("31", "22", "24", "15"), "Tìm hướng"),
    25: (("Quảng Nam", "61", "30", "18", "15", "4"), "QUẢNG NAM"),
    27: (("An Giang", "62", "31"), "An Giang"),
    29: (("1,48",), "An Giang"),
    31: (("18",), "Nâng tầm"),
    33: (("2 sản phẩm",), "An Giang"),
    35: (("2 sản phẩm dịch vụ du lịch",), "Tìm hướng"),
}
# The same, with the heading that must be cited.
PART_B: dict[int, tuple[tuple[str, ...], str]] = {
    37: (("3 sao", "yêu cầu tối thiểu"), "Điều 3, khoản 3"),
    39: (("36 tháng",), "Điều 4, khoản 3"),
    41: (("Không", "có đăng ký kinh doanh"), "Điều 2, khoản 3"),
    43: (
        (
            "Mẫu số 01",
            "Mẫu số 02",
            "Tài liệu minh chứng kèm theo",
            "Văn bản của UBND cấp xã",
            "Mẫu số 03",
            "05 sản phẩm",
        ),
        "Điều 6, khoản 2",
    ),
    45: (("180 ngày", "120 ngày"), "Điều 7, khoản 6"),
    47: (
        ("không trung thực", "e) Trường hợp khác", "Chủ tịch UBND cấp tỉnh", "Bộ trưởng", "15 ngày"),
        "Điều 8, khoản 4",
    ),
    51: (("06 nhóm", "26 bộ"), "Điều 2, khoản 2"),
    53: (("tiếp tục có giá trị đến hết thời hạn",), "Điều 12, khoản 1"),
}
SILENT = {59: "no_evidence", 57: "no_evidence", 61: "out_of_scope", 63: "refused", 65: "out_of_scope"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real")
    with Archive(folder, create=True) as archive:
        for path in [*sorted(SEEDS.glob("*.txt")), LAW]:
            declared = Declared(province="Bắc Ninh") if path.name.startswith("001_") else Declared()
            for read in read_files([str(path)], declared):
                assert not isinstance(read, Skipped), read
                store(archive, *read)
    build(folder, progress=False)
    return folder


@pytest.fixture(scope="module")
def assistant(data: Path) -> Assistant:
    return assistant_over(data)


@pytest.fixture(scope="module")
def answers(data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Answer]:
    """The answers to the users' questions, asked of a server as others ask."""
    found: dict[int, Answer] = {}
    with served(data, tmp_path_factory.mktemp("log") / "server.log") as server:
        remote = RemoteAssistant(server.url)
        for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
            match = re.match(r"(\d+)\. (?:\[\w+\])+ (?:\((?P<after>.*?)\) )?(?P<question>.*?) -> ", line)
            if match is None:
                continue
            conversation = None
            if match["after"]:
                conversation = remote.ask("Quảng Ngãi có bao nhiêu sản phẩm OCOP?", as_of=TODAY).conversation
            found[int(match[1])] = remote.ask(match["question"], conversation=conversation, as_of=TODAY)
    return found


def right(answer: Answer, values: tuple[str, ...]) -> bool:
    return answer.status in ("answered", "partial") and all(value.lower() in answer.text.lower() for value in values)


def test_part_a(answers: dict[int, Answer]) -> None:
    wrong = {
        number: answers[number].text
        for number, (values, title) in PART_A.items()
        if not right(answers[number], values)
        or not any(title in citation.title for citation in answers[number].citations)
    }
    assert wrong == {}


def test_part_b(answers: dict[int, Answer]) -> None:
    wrong = {
        number: (answers[number].text, [citation.heading for citation in answers[number].citations])
        for number, (values, heading) in PART_B.items()
        if not right(answers[number], values)
        or not any(citation.heading.startswith(heading) for citation in answers[number].citations)
    }
    assert wrong == {}


@pytest.mark.parametrize("number", SILENT)
def test_what_is_not_known_is_not_answered(number: int, answers: dict[int, Answer]) -> None:
    assert answers[number].status == SILENT[number]
    assert answers[number].citations == ()


def test_another_year_is_partial(answers: dict[int, Answer]) -> None:
    assert answers[55].status == "partial"
    assert any("2026" in notice for notice in answers[55].notices)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Ai công nhận 3 sao?", date(2024, 6, 1)),
        ("Sản phẩm 68 điểm được mấy sao?", date(2024, 6, 1)),
        ("Hồ sơ lần đầu gồm gì?", date(2024, 6, 1)),
        ("Năm 2019 thang điểm A B C thế nào?", TODAY),
    ],
)
def test_a_rule_whose_text_is_not_held_is_named_and_not_told_by_another(
    question: str, day: date, assistant: Assistant
) -> None:
    answer = assistant.ask(question, as_of=day)
    assert answer.status == "partial"
    assert "148/QĐ-TTg" in answer.text
    assert {citation.heading for citation in answer.citations} <= {"Điều 11, khoản 1", "Điều 11, khoản 2"}


def test_every_answer_keeps_the_contract(answers: dict[int, Answer]) -> None:
    assert {number: faults for number, answer in answers.items() if (faults := answer_faults(answer))} == {}


def test_noise_is_in_no_answer(answers: dict[int, Answer]) -> None:
    noise = ("Văn Điển", "Lượt xem", "Số lượt xem", "Thái Nguyên", "VietGAP", "Chia sẻ", "TỪ KHÓA", "Chi tiết tin")
    said = [line for answer in answers.values() for line in (answer.text, *(c.quote for c in answer.citations))]
    assert [line for line in said if any(word in line for word in noise)] == []


def test_articles_and_clauses_are_found_by_their_numbers(data: Path, assistant: Assistant) -> None:
    with Archive(data) as archive:
        law = next(article for article in archive.articles() if article.kind == "regulation")
    regulation = read_regulation(law)
    assert regulation is not None
    assert regulation.number is not None
    assert regulation.number.label == "26/2026/QĐ-TTg"
    articles = [section for section in law.sections if section.label.startswith("Điều ")]
    assert len(articles) == 13
    clauses = 0
    for article in articles:
        found = assistant.ask(f"{article.label} Quyết định 26/2026/QĐ-TTg quy định gì?", as_of=TODAY)
        assert [(c.heading, c.start) for c in found.citations] == [(article.label, article.start)]
        inside = [s for s in law.sections if s.label.startswith("khoản") and article.start <= s.start < article.end]
        clauses += len(inside) or 1
        for clause in inside:
            found = assistant.ask(f"{clause.label} {article.label} QĐ 26/2026", as_of=TODAY)
            assert [(c.heading, c.start) for c in found.citations] == [
                (f"{article.label}, {clause.label}", clause.start)
            ]
    assert clauses == 40


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("Ai công nhận 3 sao?", "Điều 4, khoản 1, điểm a"),
        ("Theo QĐ 148 hiện hành thì ai công nhận 3 sao?", "Điều 4, khoản 1, điểm a"),
        ("Ai thu hồi giấy chứng nhận 3 sao?", "Điều 8, khoản 2, điểm a"),
    ],
)
def test_who_gives_a_grade_is_not_told_by_who_takes_it_away(question: str, heading: str, assistant: Assistant) -> None:
    answer = assistant.ask(question, as_of=TODAY)
    headings = [citation.heading for citation in answer.citations]
    assert answer.status in ("answered", "partial")
    assert heading in headings
    assert not any(
        one.startswith(("Điều 4, khoản 1", "Điều 8, khoản 2")) and one[:6] != heading[:6] for one in headings
    )


@pytest.mark.parametrize("name", RIGHT)
def test_questions_of_strangers(name: str, assistant: Assistant) -> None:
    report, outcomes = run(read_questions(WRITTEN / name), assistant, WRITTEN_ON)
    assert [fault for outcome in outcomes for fault in outcome.violations] == []
    wrong = {outcome.asked.question: outcome.faults for outcome in outcomes if outcome.faults}
    assert report.right >= RIGHT[name], wrong


UNITS = Path(__file__).parents[1] / "evaluation" / "domain_units.toml"
_UNIT = re.compile(r"Điều (\d+)(?:, khoản (\d+))?")


def test_search_finds_the_khoan_of_everyday_questions(data: Path) -> None:
    """Measured at .43, .65 and .71 of every third question: what is to rise."""
    searcher = Searcher.open(data)
    ranks: list[int] = []
    for unit in tomllib.loads(UNITS.read_text(encoding="utf-8"))["unit"]:
        wanted = _UNIT.fullmatch(unit["unit"])
        assert wanted is not None, unit["unit"]
        for question in unit["questions"][::6]:
            units = [_UNIT.match(hit.passage.heading) for hit in searcher.search(question, limit=10).hits]
            ranks.append(next((rank for rank, one in enumerate(units) if one and one.groups() == wanted.groups()), 10))
    assert len(ranks) > 200
    recall = {k: sum(rank < k for rank in ranks) / len(ranks) for k in (1, 5, 10)}
    assert recall[1] >= 0.37, recall
    assert recall[5] >= 0.58, recall
    assert recall[10] >= 0.65, recall


def test_the_khoan_of_everyday_questions_is_what_is_told(assistant: Assistant) -> None:
    """Measured at .79 of every third question, .67 before `assistant.likely_unit`: its khoản is cited."""
    right: list[bool] = []
    for unit in tomllib.loads(UNITS.read_text(encoding="utf-8"))["unit"]:
        for question in unit["questions"][::6]:
            answer = assistant.ask(question, as_of=WRITTEN_ON)
            right.append(any(f"{one.heading},".startswith(f"{unit['unit']},") for one in answer.citations))
    assert len(right) > 200
    assert sum(right) >= 0.74 * len(right), sum(right) / len(right)


def test_what_the_decision_does_not_answer(assistant: Assistant) -> None:
    """Of 200 questions near its matters that these texts do not answer, 13 were answered when this was written."""
    (silent,) = tomllib.loads(UNITS.read_text(encoding="utf-8"))["silent"]
    told = [one for one in silent["questions"] if assistant.ask(one, as_of=WRITTEN_ON).status == "answered"]
    assert len(silent["questions"]) > 180
    assert len(told) <= 18, told
