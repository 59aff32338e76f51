"""Ask the assistant over HTTP and print its answer as it comes: `python examples/client.py "câu hỏi" [--url …]`.

Needs httpx only. What a stream holds is described at /docs and /openapi.json of every server.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

import httpx


def events(lines: Iterator[str]) -> Iterator[tuple[str, Any]]:
    """(kind, data) of each server-sent event (WHATWG HTML, 9.2.6); comments only keep the connection alive."""
    name, data = "message", ""
    for line in lines:
        if line.startswith("event:"):
            name = line.removeprefix("event:").strip()
        elif line.startswith("data:"):
            data += line.removeprefix("data:").strip()
        elif not line and data:
            yield name, json.loads(data)
            name, data = "message", ""


def ask(client: httpx.Client, question: str, conversation: str | None = None) -> dict[str, Any]:
    """The answer, its sentences printed as they come and its sources after them.

    conversation: what the former answer gave, to ask a follow-up.

    Raises:
        RuntimeError: the server refused the question or broke off; the message says why, in Vietnamese.
        httpx.TransportError: there is no server.
    """
    body = {"question": question, "conversation": conversation}
    with client.stream("POST", "/api/ask", json=body, headers={"Accept": "text/event-stream"}) as response:
        if response.is_error:
            raise RuntimeError(json.loads(response.read())["detail"])  # application/problem+json, RFC 9457
        for name, data in events(response.iter_lines()):
            if name == "delta":
                print(data["text"], flush=True)
            elif name == "replace":  # what was printed no longer holds
                print(f"\nThay cho các dòng trên:\n{data['text']}", flush=True)
            elif name == "error":
                raise RuntimeError(data["detail"])
            elif name == "done":
                return _ended(data)
    raise RuntimeError("máy chủ ngắt giữa chừng")


def _ended(answer: dict[str, Any]) -> dict[str, Any]:
    if not answer["claims"]:  # nothing was found, or the question is asked back: no sentence came before
        print(answer["text"])
    for notice in answer["notices"]:
        print(f"Lưu ý: {notice}")
    for source in answer["citations"]:
        print(f"[{source['number']}] {source['title']} ({source['source']})\n    {source['url'] or 'không có địa chỉ'}")
    return answer


def main() -> int:
    """Ask one question, then those typed, as one conversation; the exit status is 1 where one was not answered."""
    parser = argparse.ArgumentParser(description="Hỏi máy chủ hỏi đáp OCOP và in câu trả lời ngay khi có từng câu.")
    parser.add_argument("question", metavar="câu hỏi")
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="địa chỉ máy chủ (mặc định: %(default)s)")
    options = parser.parse_args()
    try:
        with httpx.Client(base_url=options.url, timeout=60.0) as client:
            answer = ask(client, options.question)
            for line in sys.stdin if not sys.stdin.isatty() else ():
                if line.strip():
                    print(f"\n› {line.strip()}")
                    answer = ask(client, line.strip(), answer["conversation"])
    except (RuntimeError, httpx.HTTPError) as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
