"""Bare trafilatura, which our reader is measured beside: never used to read anything that is kept."""

import trafilatura


def text_alone(html: str) -> str:
    """The page's text as `trafilatura.extract` gives it without comments, as the public benchmark calls it."""
    return trafilatura.extract(html, include_comments=False) or ""


def extraction_alone(body: bytes, *, with_metadata: bool) -> None:
    """Do the work of `trafilatura.bare_extraction` with its defaults on a page as fetched, to be timed."""
    trafilatura.bare_extraction(body, with_metadata=with_metadata)
