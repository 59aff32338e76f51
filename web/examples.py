"""Answers of the interface as its description shows them; every value is made up."""

import json
from pathlib import Path
from typing import Any

from web.catalogue_examples import DECISIONS_EXAMPLE, PRODUCTS_EXAMPLE

_QUOTE = "Đến hết năm 2023, huyện có 12 sản phẩm OCOP, trong đó 3 sản phẩm đạt 4 sao."
UNKNOWN_DIGEST = "0" * 64
ASK_EXAMPLE: dict[str, Any] = {
    "status": "answered",
    "text": f"{_QUOTE} [1]",
    "as_of": "2026-11-22",
    "corpus_updated": "2026-11-20T02:15:00Z",
    "claims": [
        {"start": 0, "end": len(_QUOTE), "kind": "quoted", "citations": [1], "calculation": None, "cells": None}
    ],
    "citations": [
        {
            "number": 1,
            "article_id": "00112233445566ff",
            "url": "https://vi-du.example/tin/12-san-pham.html",
            "original_url": None,
            "title": "Huyện ví dụ có 12 sản phẩm OCOP",
            "source": "Báo Ví Dụ",
            "kind": "news",
            "published": "2024-01-05",
            "event_date": "2023",
            "date_precision": "year",
            "heading": "",
            "quote": _QUOTE,
            "start": 310,
            "end": 310 + len(_QUOTE),
            "digest": UNKNOWN_DIGEST,
            "page": None,
            "recognised": None,
            "place": None,
            "rights": "full",
            "seal": "",
            "also": [],
        }
    ],
    "notices": [],
    "conversation": "b1946ac92492d2347c6235b4d2611184",
    "timings_ms": {"embed": 9.1, "search": 2.4, "compose": 6.0, "total": 17.8},
    "id": "Zx3kV9mQ1o0yJt5cB7uWlA",
    "read_as": None,
}
SEARCH_EXAMPLE: dict[str, Any] = {
    "hits": [
        {
            "article_id": "00112233445566ff",
            "title": "Huyện ví dụ có 12 sản phẩm OCOP",
            "source": "Báo Ví Dụ",
            "url": "https://vi-du.example/tin/12-san-pham.html",
            "published": "2024-01-05",
            "heading": "",
            "text": _QUOTE,
            "start": 310,
            "end": 310 + len(_QUOTE),
            "score": 0.91,
            "digest": UNKNOWN_DIGEST,
            "page": 3,
            "recognised": 0.87,
            "rights": "excerpt",
            "seal": "5eb63bbbe01eeed093cb22bb8f5acdc3",
            "also": [
                {
                    "article_id": "ff66554433221100",
                    "title": "12 sản phẩm OCOP của huyện ví dụ",
                    "source": "Đài Ví Dụ",
                    "url": "https://dai.example/tin/5.html",
                }
            ],
        }
    ],
    "total": 48,
    "force_unknown": 0,
    "read_as": None,
}
PORTAL_EXAMPLE: dict[str, Any] = {
    "id": "vi-du",
    "name": "Cổng thông tin tỉnh Ví Dụ",
    "province": "Quảng Nam",
    "greeting": "Xin chào! Tôi trả lời về OCOP, kèm nguồn.",
    "colours": {"action": "#0b5d3b", "action_dark": None},
    "samples": ["Năm 2024, Quảng Nam có bao nhiêu sản phẩm OCOP?"],
}
NOT_READY_EXAMPLE: dict[str, Any] = {
    "status": "unavailable",
    "trouble": "no index in data; build one with python -m index build",
    "articles": 0,
    "passages": 0,
    "generation": None,
    "corpus_updated": None,
}
PROBLEM_INSTANCE = "urn:uuid:7d4b1e0a-4f0c-4c57-9a55-0d5b0f2a9d11"
_FOLDER = Path(__file__).parent / "example_answers"


def examples() -> dict[str, Any]:
    """What operations answer, by their ids; those that are long stand in files of those names."""
    kept = {path.stem: json.loads(path.read_bytes()) for path in sorted(_FOLDER.glob("*.json"))}
    return {
        **kept,
        "ask": ASK_EXAMPLE,
        "answer": ASK_EXAMPLE,
        "search": SEARCH_EXAMPLE,
        "portal": PORTAL_EXAMPLE,
        "decisions": DECISIONS_EXAMPLE,
        "products": PRODUCTS_EXAMPLE,
    }
