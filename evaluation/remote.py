"""A running server asked through POST /api/ask, in the place of an assistant in this process."""

import json
import urllib.error
import urllib.request
from datetime import date
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from assistant.answer import Answer

TIMEOUT_S = 60.0
BODY_LIMIT_BYTES = 4 * 1024 * 1024
_ANSWER = TypeAdapter(Answer)


class RemoteError(Exception):
    """The server could not be asked; the message says which and why, in Vietnamese."""


class RemoteAssistant:
    """Asks the server at an address such as "http://127.0.0.1:8000"; proxies of the environment are not used."""

    def __init__(self, url: str, *, timeout_s: float = TIMEOUT_S) -> None:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise ValueError(f"{url!r} không phải địa chỉ máy chủ; cần dạng http://127.0.0.1:8000")
        self._address = url.rstrip("/") + "/api/ask"
        self._timeout_s = timeout_s
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask(self, question: str, *, conversation: str | None = None, as_of: date | None = None) -> Answer:
        """Answer one question.

        Raises:
            RemoteError: there is no server, it answers with a problem, or its answer is not of our form.
        """
        body = {
            "question": question,
            "conversation": conversation,
            "as_of": None if as_of is None else as_of.isoformat(),
        }
        request = urllib.request.Request(
            self._address, data=json.dumps(body).encode("utf-8"), headers={"Content-Type": "application/json"}
        )
        try:
            with self._opener.open(request, timeout=self._timeout_s) as response:
                return _ANSWER.validate_json(response.read(BODY_LIMIT_BYTES))
        except urllib.error.HTTPError as error:
            with error:
                told = error.read(2000).decode("utf-8", "replace")
            raise RemoteError(f"{self._address} trả lời mã {error.code}: {told}") from error
        except OSError as error:
            raise RemoteError(
                f"không hỏi được {self._address} ({error}); máy chủ đã chạy chưa? python server.py"
            ) from error
        except ValidationError as error:
            raise RemoteError(f"{self._address} không trả lời theo mẫu của POST /api/ask: {error}") from error
