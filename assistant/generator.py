"""What writes text: the protocol, how it fails, and the one place that makes a generator of the settings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from assistant.settings import Settings

Reason = Literal[
    "timeout", "unreachable", "rate_limited", "refused", "denied", "server", "garbled", "cut_off", "too_long",
    "unsupported",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a conversation with a language model."""

    role: Literal["system", "user"]
    content: str


class GenerationFailed(Exception):
    """A generator stopped before its text was whole.

    reason: timeout, unreachable (no connection, TLS), rate_limited, refused (by a filter), denied (the address, key or
    model is not accepted), server (5xx or an error within the stream), garbled (not the protocol), cut_off (the stream
    ends without a reason, or for length), too_long, unsupported (no answer in what its sources hold).
    The message is for the log: never what the server sent, which may repeat the key.
    """

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason: Reason = reason


class Generator(Protocol):
    """Anything that goes on writing after some messages."""

    @property
    def name(self) -> str:
        """Of the model, as the log names it."""

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The text in pieces as they come, cut anywhere; it returns only where the text is whole.

        Raises:
            GenerationFailed: it is not.
        """


def load_generator(settings: Settings) -> Generator | None:
    """The generator the settings name, or None where they name none: then nothing is ever sent anywhere.

    Raises:
        ImportError: the extra `llm` is not installed.
    """
    if settings.llm is None:
        return None
    from assistant.llm import OpenAIGenerator  # noqa: PLC0415 (an optional library)

    return OpenAIGenerator(settings.llm)
