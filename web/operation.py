"""What the operator of one server sees and sets, all in one place: counts, the log of questions, limits, the token."""

from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.answer import Answer
from assistant.settings import Settings
from crawler.sources import TABLE
from web.caller import Network, current
from web.metrics import Metrics
from web.question_log import QuestionLog
from web.rates import Rates


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """questions: None where none are kept. trusted: proxies whose word on who asks is believed. admin_token: opens
    /admin and /metrics; "" for no /admin, and /metrics for this machine only. sources: the table of what is crawled."""

    metrics: Metrics = field(default_factory=Metrics)
    questions: QuestionLog | None = None
    rates: Rates = field(default_factory=Rates)
    trusted: tuple[Network, ...] = ()
    admin_token: str = field(default="", repr=False)
    sources: Path = TABLE

    def __enter__(self) -> Self:
        if self.questions is not None:
            self.questions.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.questions is not None:
            self.questions.__exit__(kind, error, trace)

    def noted(self, question: str, answer: Answer) -> None:
        """A question was answered. Those the server asks itself, to warm up or to offer them, are nobody's."""
        caller = current.get()
        if caller is None:
            return
        self.metrics.answered(answer)
        if self.questions is not None:
            self.questions.note(question, answer, None if caller.portal is None else caller.portal.id)

    def rated(self, answer: str, *, good: bool, word: str) -> None:
        """A reader rated an answer."""
        self.metrics.rated(good=good)
        if self.questions is not None:
            self.questions.rate(answer, good=good, word=word)


def operation(settings: Settings, data: Path) -> Operation:
    """As the settings say, over a data folder.

    Raises:
        RatesError: what is to count requests cannot be had.
    """
    return Operation(
        questions=QuestionLog(data, keep_days=settings.keep_questions_days),
        rates=Rates(settings.limits_url),
        trusted=settings.trusted_proxies,
        admin_token=settings.admin_token,
        sources=settings.sources,
    )
