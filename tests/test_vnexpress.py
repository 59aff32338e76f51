"""One page of a large newsroom, kept beside the project with what another reader found in it."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Raw
from crawler.draft import Origin
from crawler.read import read_article

PAGES = Path(__file__).parents[2] / "shared" / "data" / "pages"
NAME = "VnExpress_2025_10_22.html.gz"


@pytest.mark.skipif(not (PAGES / f"fundus_{NAME}").exists(), reason="../shared/data/pages is not here")
def test_every_field_is_as_expected_there() -> None:
    expected: dict[str, Any] = json.loads((PAGES / "fundus_VnExpress.json").read_text(encoding="utf-8"))["V1"]
    url = json.loads((PAGES / "fundus_meta.info").read_text(encoding="utf-8"))[NAME]["url"]
    raw = Raw(body=gzip.decompress((PAGES / f"fundus_{NAME}").read_bytes()), content_type="text/html; charset=utf-8")
    article = read_article(raw, Origin(source="VnExpress", fetched="2025-10-22T14:57:05Z", url=url))
    assert article.title == expected["title"]
    assert article.published == expected["publishing_date"][:16].replace(" ", "T")
    assert article.author == ", ".join(expected["authors"])
    blocks = [(block.role, article.text[block.start : block.end]) for block in article.blocks]
    told = [text for role, text in blocks if role != "byline"]
    body = expected["body"]
    assert told == [*body["summary"], *(text for part in body["sections"] for text in part["paragraphs"])]
    assert [role for role, _ in blocks][:1] == ["lead"]
    image = expected["images"][0]
    assert [text for role, text in blocks if role == "caption"] == [f"{image['caption']} Ảnh: {image['authors'][0]}"]
    assert article.attachments == ()
