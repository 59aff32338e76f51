"""The vectors of questions: remembered, begun beside other work, computed once, told with the time they took."""

import threading
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from index.embed import Stop, Stoppable, Stopped, Vectors, load_embedder
from index.query_vectors import QueryVectors

WAIT_S = 10.0


class _Model:
    """A model that says which texts it was given and by which threads, and may be held up or fail."""

    name, dim, digest = "held-up", 2, "0" * 64

    def __init__(self) -> None:
        self.given: list[tuple[str, bool]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.faults: list[Exception] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> Vectors:
        self.given.append((text, threading.current_thread() is threading.main_thread()))
        assert self.gate.wait(WAIT_S)
        if self.faults:
            raise self.faults.pop()
        return np.full(2, len(text), np.float32)


class _StoppableModel(_Model):
    def embed_query_until(self, text: str, stop: Stop) -> Vectors:
        self.given.append((text, False))
        ended = threading.Event()
        stop.when_asked(ended.set)
        assert ended.wait(WAIT_S)
        raise Stopped(text)


@pytest.fixture
def model() -> _Model:
    return _Model()


def test_a_vector_is_computed_once_and_its_time_told_once(model: _Model) -> None:
    vectors = QueryVectors(model, ahead=True)
    first, took_ms = vectors.take("gạo")
    assert first.tolist() == [3.0, 3.0]
    assert took_ms > 0
    again, none_ms = vectors.take("gạo")
    assert again is first
    assert none_ms == 0
    assert model.given == [("gạo", True)]


def test_one_begun_is_computed_on_another_thread_and_waited_for(model: _Model) -> None:
    vectors = QueryVectors(model, ahead=True)
    model.gate.clear()
    vectors.begin("chè")
    vectors.begin("chè")
    vectors.begin("mật ong")  # nothing is begun beside another
    threading.Timer(0.05, model.gate.set).start()
    vector, took_ms = vectors.take("chè")
    assert vector.tolist() == [3.0, 3.0]
    assert took_ms > 0
    assert vectors.take("chè") == (vector, 0.0)
    assert model.given == [("chè", False)]
    vectors.take("mật ong")
    assert model.given[1:] == [("mật ong", True)]
    vectors.close()


def test_one_begun_in_vain_is_remembered_all_the_same(model: _Model) -> None:
    vectors = QueryVectors(model, ahead=True)
    vectors.begin("chè")
    vectors.take("gạo")
    vectors.begin("gạo")  # known
    assert vectors.take("chè")[0].tolist() == [3.0, 3.0]
    assert sorted(model.given) == [("chè", False), ("gạo", True)]


def test_a_model_that_fails_beside_is_asked_again_and_what_it_raises_is_raised(model: _Model) -> None:
    vectors = QueryVectors(model, ahead=True)
    model.faults = [RuntimeError("second"), RuntimeError("first")]
    vectors.begin("chè")
    with pytest.raises(RuntimeError, match="second"):
        vectors.take("chè")
    assert vectors.take("chè")[0].tolist() == [3.0, 3.0]
    assert model.given == [("chè", False), ("chè", True), ("chè", True)]


def test_one_not_needed_is_stopped_and_the_next_begun_at_once() -> None:
    model = _StoppableModel()
    vectors = QueryVectors(model, ahead=True)
    stop = vectors.begin("chè")
    stop()
    stop()  # nothing more happens
    also = vectors.begin("gạo")
    stop()  # ends none but its own
    assert model.given == [("chè", False), ("gạo", False)]
    threading.Timer(0.05, also).start()
    assert vectors.take("gạo")[0].tolist() == [3.0, 3.0]  # waited for, then computed here
    assert vectors.take("chè")[0].tolist() == [3.0, 3.0]
    assert model.given[2:] == [("gạo", True), ("chè", True)]
    vectors.close()


def test_one_taken_is_not_lost_by_stopping_it_later(model: _Model) -> None:
    vectors = QueryVectors(model, ahead=True)
    stop = vectors.begin("chè")
    vector, _ = vectors.take("chè")
    stop()
    assert vectors.take("chè")[0] is vector


def test_the_default_model_ends_where_it_is_asked_to() -> None:
    embedder = load_embedder()
    assert isinstance(embedder, Stoppable)
    asked, not_asked = Stop(), Stop()
    asked.ask()
    with pytest.raises(Stopped):
        embedder.embed_query_until("chè xanh Thái Nguyên", asked)
    whole = embedder.embed_query_until("chè xanh Thái Nguyên", not_asked)
    assert np.array_equal(whole, embedder.embed_query("chè xanh Thái Nguyên"))
    with pytest.raises(TypeError):  # what is no stop is raised as it is
        embedder.embed_query_until(7, not_asked)  # type: ignore[arg-type]


def test_nothing_is_begun_on_a_single_core_or_after_closing(model: _Model, monkeypatch: pytest.MonkeyPatch) -> None:
    def cores(count: int) -> Callable[[], int]:
        return lambda: count

    monkeypatch.setattr("index.query_vectors.usable_cores", cores(1))
    QueryVectors(model).begin("chè")
    monkeypatch.setattr("index.query_vectors.usable_cores", cores(2))
    vectors = QueryVectors(model)
    vectors.begin("gạo")
    vectors.close()
    vectors.begin("mật ong")
    assert model.given == [("gạo", False)]


def test_the_last_256_are_remembered(model: _Model) -> None:
    vectors = QueryVectors(model)
    for number in range(257):
        vectors.take(f"câu {number}")
    vectors.take("câu 1")
    assert len(model.given) == 257
    vectors.take("câu 0")
    assert len(model.given) == 258
