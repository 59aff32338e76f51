"""GET /api/suggestions: what is offered was tried, is near the answer, and says nothing twice."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.conftest import Corpus, Served, served, wait_until
from web.service import Service
from web.suggestions import OFFERED, Suggester

QUESTION = "Tính đến tháng 6/2020 Nam Định có bao nhiêu sản phẩm OCOP?"


@pytest.fixture(scope="module")
def law_server(law_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(law_data, tmp_path_factory.mktemp("log") / "server.log") as running:
        yield running


def answered(client: httpx.Client, question: str) -> dict[str, object]:
    answer: dict[str, object] = client.post("/api/ask", json={"question": question}).json()
    return answer


@pytest.mark.parametrize("question", [QUESTION, "Giá vàng hôm nay bao nhiêu?"])
def test_every_question_offered_has_an_answer_that_is_another_one(server: Served, question: str) -> None:
    answer = answered(server.client, question)
    offered = server.client.get("/api/suggestions", params={"answer": str(answer["id"])}).json()
    assert 1 <= len(offered["questions"]) <= OFFERED
    told = [answered(server.client, one) for one in offered["questions"]]
    assert {one["status"] for one in told} == {"answered"}
    assert len({str(one["text"]) for one in [answer, *told]}) == len(told) + 1


def test_what_is_stated_of_the_same_province_comes_first(server: Served) -> None:
    answer = answered(server.client, QUESTION)
    offered = server.client.get("/api/suggestions", params={"answer": str(answer["id"])}).json()
    assert "Nam Định" in offered["questions"][0]
    assert offered["scorecard"] is None


def test_an_answer_about_a_criteria_set_offers_to_score_by_it(law_server: Served) -> None:
    answer = answered(law_server.client, "Mật ong chấm theo bộ tiêu chí nào?")
    offered = law_server.client.get("/api/suggestions", params={"answer": str(answer["id"])}).json()
    known = law_server.client.get("/api/criteria/4").json()["set"]
    assert offered["scorecard"] == {"set": 4, "name": known["name"]}


def test_without_an_answer_the_samples_are_offered(server: Served) -> None:
    offered = server.client.get("/api/suggestions").json()
    assert offered["questions"]
    assert {answered(server.client, one)["status"] for one in offered["questions"]} == {"answered"}


def test_an_answer_that_is_not_there_has_none(server: Served) -> None:
    response = server.client.get("/api/suggestions", params={"answer": "khong-co"})
    assert response.status_code == 404
    assert response.json()["type"] == "/docs#answer-not-found"


def test_what_was_tried_is_not_asked_again(corpus: Corpus) -> None:
    with Service(corpus.data) as service:
        wait_until(lambda: service.ready().status == "ready", "the index")
        suggester = Suggester(service)
        answer = service.assistant.ask(QUESTION)
        asked: list[str] = []
        ask = service.assistant.ask

        def counted(question: str, **options: object) -> object:
            asked.append(question)
            return ask(question, **options)  # type: ignore[arg-type]

        service.assistant.ask = counted  # type: ignore[method-assign, assignment]
        first = suggester.after(answer)
        tried = len(asked)
        assert tried >= len(first.questions) >= 1
        assert suggester.after(answer) == first
        assert len(asked) == tried


def test_who_opens_a_portals_chat_while_its_samples_are_found_does_not_wait_for_them(corpus: Corpus) -> None:
    with Service(corpus.data) as service:
        wait_until(lambda: bool(service.samples), "the index to be opened")
        with ThreadPoolExecutor(8) as readers:
            offered = set(readers.map(service.samples_of, ["ca-mau"] * 8))
        own = service.samples_of("ca-mau")
        assert "Cà Mau" in own[0]
        assert own in offered <= {own, service.samples}
