"""Figures for Prometheus: requests by route, answers by status, how long they took, and what is open."""

import time
from datetime import datetime

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    exposition,
)

from assistant.answer import Answer
from web.question_log import QuestionLog
from web.service import Service

CONTENT_TYPE = exposition.CONTENT_TYPE_LATEST
# Seconds: from a page out of memory to a language model.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
# When each count began to be kept is nothing anyone looks at, and doubles what is read.
disable_created_metrics()  # type: ignore[no-untyped-call]
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


class Metrics:
    """Counts of one process, in a registry of its own. No label holds anything a client made up."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self._requests = Counter(
            "ocop_requests", "Requests answered", ["route", "method", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "ocop_request_seconds",
            "Time to the end of the response",
            ["route"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._answers = Counter("ocop_answers", "Questions answered", ["status"], registry=self.registry)
        self._answer_seconds = Histogram(
            "ocop_answer_seconds", "Time an answer took, its wait aside", buckets=_BUCKETS, registry=self.registry
        )
        self._limited = Counter(
            "ocop_limited", "Requests refused by a limit", ["kind", "whose"], registry=self.registry
        )
        self._rated = Counter("ocop_ratings", "Ratings given", ["good"], registry=self.registry)

    def watch(self, service: Service, questions: QuestionLog | None) -> None:
        """Show what a service has open and in work whenever it is looked at."""

        def gauge(name: str, what: str) -> Gauge:
            return Gauge(name, what, registry=self.registry)

        gauge("ocop_questions_in_work", "Questions and searches worked on or waiting").set_function(
            lambda: service.admission.held
        )
        gauge("ocop_index_ready", "Whether an index is open").set_function(lambda: service.ready().status == "ready")
        gauge("ocop_index_generation", "Generation of the open index, 0 without").set_function(
            lambda: service.ready().generation or 0
        )
        gauge("ocop_index_passages", "Passages of the open index").set_function(lambda: service.ready().passages)
        gauge("ocop_corpus_age_seconds", "Since the youngest article of the open index was read").set_function(
            lambda: _age_s(service.ready().corpus_updated)
        )
        gauge("ocop_questions_dropped", "Questions that could not be kept for the operator").set_function(
            lambda: 0 if questions is None else questions.dropped
        )

    def request(self, route: str, method: str, status: int, elapsed_s: float) -> None:
        """A response is at its end. route: its template ("/api/articles/{article_id}")."""
        known = method if method in _METHODS else "other"
        self._requests.labels(route, known, str(status)).inc()
        self._seconds.labels(route).observe(elapsed_s)

    def answered(self, answer: Answer) -> None:
        """A question was answered."""
        self._answers.labels(answer.status).inc()
        self._answer_seconds.observe(answer.timings_ms.total / 1000)

    def limited(self, kind: str, whose: str) -> None:
        """A request was refused by a limit of an address or a portal."""
        self._limited.labels(kind, whose).inc()

    def rated(self, *, good: bool) -> None:
        """An answer was rated."""
        self._rated.labels(str(good).lower()).inc()

    def exposed(self) -> bytes:
        """All of it in Prometheus' text format."""
        return exposition.generate_latest(self.registry)


def _age_s(instant: str | None) -> float:
    return float("nan") if instant is None else time.time() - datetime.fromisoformat(instant).timestamp()
