"""A running server under load takes up new generations, and no request fails."""

import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from crawler.archive import Archive
from index.build import build
from tests.conftest import BAC_GIANG, Corpus, put, served, wait_until

QUESTIONS = (
    "Tính đến tháng 6/2020 Nam Định có bao nhiêu sản phẩm OCOP?",
    "An Giang có bao nhiêu sản phẩm OCOP?",
    "bac giang co bao nhieu san pham ocop",
)
ASKERS = 4


@dataclass(slots=True)
class Load:
    """Requests sent by several threads until they are told to stop, and what came back."""

    url: str
    stop: threading.Event = field(default_factory=threading.Event)
    statuses: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, first: int) -> None:
        number = first
        with httpx.Client(base_url=self.url, timeout=60.0, trust_env=False) as client:
            while not self.stop.is_set():
                question = QUESTIONS[number % len(QUESTIONS)]
                number += 1
                self.note(client, "GET", "/api/search", params={"q": question})
                self.note(client, "POST", "/api/ask", json={"question": question})
                self.note(client, "GET", "/api/ready")

    def note(self, client: httpx.Client, method: str, path: str, **sent: Any) -> None:
        try:
            told = str(client.request(method, path, **sent).status_code)
        except httpx.HTTPError as error:
            told = repr(error)
        with self.lock:
            self.statuses[told] += 1

    @property
    def sent(self) -> int:
        return self.statuses.total()


def test_new_generations_are_taken_up_under_load_without_a_failed_request(
    corpus: Corpus, corpus_copy: Path, tmp_path: Path
) -> None:
    def of_articles(client: httpx.Client, count: int) -> bool:
        ready = client.get("/api/ready").json()
        return bool(ready["articles"] == count and ready["trouble"] is None)

    with served(corpus_copy, tmp_path / "log") as running:
        load = Load(running.url)
        askers = [threading.Thread(target=load.ask, args=(first,)) for first in range(ASKERS)]
        for asker in askers:
            asker.start()
        try:
            eras = [load.sent]
            added = put(corpus_copy, BAC_GIANG, "https://bao.example/bac-giang.html", "2021-12-28")
            build(corpus_copy, progress=False)
            wait_until(lambda: of_articles(running.client, 4), "the second generation")
            eras.append(load.sent)
            with Archive(corpus_copy) as archive:
                archive.mark_gone(corpus.nam_dinh.id)
                archive.mark_gone(added.id)
            build(corpus_copy, progress=False)
            wait_until(lambda: of_articles(running.client, 2), "the third generation")
            third = load.sent
            wait_until(lambda: load.sent > third + 3 * ASKERS, "questions to the third generation")
            eras.append(load.sent)
        finally:
            load.stop.set()
            for asker in askers:
                asker.join()
        assert list(load.statuses) == ["200"]
        assert eras[0] < eras[1] < eras[2]
        assert running.client.get("/api/ready").json()["generation"] == 3
