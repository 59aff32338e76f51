"""A language model behind an OpenAI-compatible address; the one importer of `openai`, an optional library.

No proxy and no redirect is followed, and organisation and project of the environment are not sent: the passages go to
the address of the settings and nowhere else. Nothing a server sends back reaches a log or a reader but sentences that
passed the check.
"""

import json
import time
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.generator import GenerationFailed, Message, Reason
from assistant.settings import LlmSettings

_MISSING = "a language model needs the extra `llm`: python -m pip install -c constraints.txt -e '.[llm]'"

MAX_TOKENS = 800
# Bytes of one stream: 800 tokens take some 300 each in this protocol.
MAX_BYTES = 2_000_000
_LIMITED = 429
_SERVER_ERROR = 500


class OpenAIGenerator:
    """Streams chat completions at temperature 0.

    connect_s: to connect. read_s: between two reads. total_s: of one stream, from its first byte. retry_s: the longest
    wait before the one retry of a request refused by rate. max_tokens, max_bytes: of one answer.
    """

    def __init__(
        self,
        settings: LlmSettings,
        *,
        connect_s: float = 3.0,
        read_s: float = 20.0,
        total_s: float = 60.0,
        retry_s: float = 1.0,
        max_tokens: int = MAX_TOKENS,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        """Opens no connection.

        Raises:
            ImportError: the extra `llm` is not installed.
        """
        try:
            import httpx2  # noqa: PLC0415 (comes with openai)
            import openai  # noqa: PLC0415 (an optional library)
        except ImportError as error:
            raise ImportError(_MISSING) from error
        self._openai = openai
        self._model = settings.model
        self._retry_s = retry_s
        self._max_tokens = max_tokens

        class Limited(httpx2.SyncByteStream):
            """The bytes of a response, at most so many for at most so long, whatever they hold."""

            def __init__(self, inner: Any) -> None:
                self._inner = inner

            def __iter__(self) -> Iterator[bytes]:
                deadline, size = time.monotonic() + total_s, 0
                for part in self._inner:
                    size += len(part)
                    if size > max_bytes:
                        raise GenerationFailed("too_long", f"more than {max_bytes} bytes")
                    if time.monotonic() > deadline:
                        raise GenerationFailed("timeout", f"more than {total_s:g} s")
                    yield part

            def close(self) -> None:
                self._inner.close()

        def limit(response: Any) -> None:
            response.stream = Limited(response.stream)

        self._client = openai.OpenAI(
            base_url=settings.url,
            api_key=settings.key or "none",
            max_retries=0,
            http_client=openai.DefaultHttpxClient(
                trust_env=False,
                follow_redirects=False,
                timeout=openai.Timeout(read_s, connect=connect_s),
                event_hooks={"response": [limit]},
            ),
        )

    @property
    def name(self) -> str:
        """The model asked for."""
        return self._model

    def close(self) -> None:
        """Give the connections back; nothing can be streamed after."""
        self._client.close()

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """As `Generator.stream` says."""
        openai = self._openai
        try:
            yield from self._pieces(messages)
        except GenerationFailed:
            raise
        except openai.APITimeoutError as error:
            raise GenerationFailed("timeout", "the model's server did not answer in time") from error
        except openai.APIConnectionError as error:
            raise GenerationFailed("unreachable", type(error.__cause__ or error).__name__) from None
        except openai.APIStatusError as error:
            raise GenerationFailed(_reason(error.status_code), f"HTTP {error.status_code}") from None
        except openai.APIError:
            raise GenerationFailed("server", "an error within the stream") from None
        except (json.JSONDecodeError, UnicodeDecodeError):
            raise GenerationFailed("garbled", "what came is no JSON") from None
        except (AttributeError, TypeError, KeyError, IndexError, ValueError) as error:
            raise GenerationFailed("garbled", f"what came is no completion ({type(error).__name__})") from None

    def _pieces(self, messages: Sequence[Message]) -> Iterator[str]:
        with self._opened(messages) as stream:
            headers = stream.response.headers
            kind = headers.get("content-type", "")
            if not kind.lower().startswith("text/event-stream") or headers.get("content-encoding", "identity") not in (
                "identity",
                "",
            ):
                raise GenerationFailed("garbled", "no event stream")
            finished: str | None = None
            for chunk in stream:
                for choice in (chunk.choices or [])[:1]:
                    if choice.delta is not None and getattr(choice.delta, "refusal", None):
                        raise GenerationFailed("refused", "the model refused")
                    piece = None if choice.delta is None else choice.delta.content
                    if piece is not None and not isinstance(piece, str):
                        raise GenerationFailed("garbled", "text is no string")
                    if piece:
                        yield piece
                    finished = choice.finish_reason or finished
        if finished == "content_filter":
            raise GenerationFailed("refused", "a filter stopped the model")
        if finished != "stop":
            raise GenerationFailed("cut_off", f"finish_reason {'missing' if finished is None else 'other than stop'}")

    def _opened(self, messages: Sequence[Message]) -> Any:
        """The stream; a refusal by rate is waited for once, where the server asks for no longer than `retry_s`."""
        try:
            return self._request(messages)
        except self._openai.RateLimitError as error:
            try:
                wait = float(error.response.headers.get("retry-after", "0"))
            except ValueError:
                raise error from None
            if not 0 <= wait <= self._retry_s:
                raise
            time.sleep(max(wait, min(self._retry_s, 0.2)))
            return self._request(messages)

    def _request(self, messages: Sequence[Message]) -> Any:
        unsent = self._openai.Omit()
        return self._client.chat.completions.create(
            model=self._model,
            messages=[{"role": message.role, "content": message.content} for message in messages],  # type: ignore[misc]
            temperature=0,
            max_tokens=self._max_tokens,
            stream=True,
            extra_headers={
                "OpenAI-Organization": unsent,
                "OpenAI-Project": unsent,
                "Accept-Encoding": "identity",
            },
        )


def _reason(status: int) -> Reason:
    if status == _LIMITED:
        return "rate_limited"
    return "server" if status >= _SERVER_ERROR else "denied"
