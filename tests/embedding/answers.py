"""Answers as the server gives them, for a test to tell."""

import re

QUESTION = "Tính đến tháng 6/2020 Nam Định có bao nhiêu sản phẩm OCOP?"


def citation(number: int, **changed: object) -> dict[str, object]:
    """A source, some of its fields as told."""
    return {
        "number": number,
        "article_id": "00112233445566ff",
        "url": "https://bao.example/tin/1.html",
        "original_url": None,
        "title": "Bài thử",
        "source": "Báo thử",
        "kind": "news",
        "published": "2020-06-12",
        "event_date": None,
        "date_precision": "day",
        "heading": "",
        "quote": "Tỉnh có 62 sản phẩm.",
        "start": 3,
        "end": 23,
        "digest": "0" * 64,
        "page": None,
        "recognised": None,
        "rights": "full",
        "seal": "",
        "also": [],
        **changed,
    }


def whole(text: str, citations: list[dict[str, object]], **changed: object) -> dict[str, object]:
    """An answer as the server gives it; its claims are its lines without their closing marks."""
    claims: list[dict[str, object]] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(re.sub(r"( ?\[\d+\])+$", "", line))
        claims.append({"start": start, "end": end, "kind": "quoted", "citations": [1], "calculation": None})
        start += len(line) + 1
    return {
        "status": "answered",
        "text": text,
        "as_of": "2026-11-29",
        "corpus_updated": "2026-11-28T20:46:28Z",
        "claims": claims,
        "citations": citations,
        "notices": [],
        "conversation": "hoi-thoai",
        "timings_ms": {"embed": 1, "search": 1, "compose": 1, "total": 3},
        "id": "tra-loi",
        "read_as": None,
        **changed,
    }
