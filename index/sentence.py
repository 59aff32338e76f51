"""Sentences as spans: where one ends in Vietnamese news and law, without rewriting a character.

Splitters made for English cut "TS. Ngô Thị Thu Trang" and "TP. Huế" in half, and tokenizers that rewrite the text
lose its offsets; here a sentence is only a pair of offsets.
"""

import re

from crawler.article import Article, Block

# Titles and short forms that end in a point inside a sentence. Single letters ("H.T") are handled by rule.
_ABBREVIATIONS = frozenset("ts ths pgs gs bs ks tp tx tt đ/c nxb vd tr th q p h x mr mrs ms dr stt ncs cn cv".split())
_CAPITALISED = frozenset({"No", "St", "S"})  # "ăn no. Sau đó", "giống ST. Gạo" end sentences
_END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s+[^\s])")
_OPENING = re.compile(r"[\"“‘«(\[]*(.)", re.DOTALL)
_ROMAN = re.compile(r"[IVX]{1,5}")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
_LAST_WORD = re.compile(r"([^\s(\"“]+)$")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences of `text[start:end]` as (start, end) offsets into `text`, white space trimmed at both ends.

    Line breaks always end a sentence. Every character that is no white space is in exactly one sentence.
    """
    stop = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    line_start = start
    while line_start < stop:
        newline = text.find("\n", line_start, stop)
        line_end = stop if newline < 0 else newline
        spans.extend(_line_spans(text, line_start, line_end))
        line_start = line_end + 1
    return spans


def _line_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    at = start
    for match in _END.finditer(text, start, end):
        if match.end() < end and _ends_sentence(text, at, match):
            spans.append((at, match.end()))
            at = match.end()
    spans.append((at, end))
    return [trimmed for span in spans if (trimmed := _trim(text, *span)) is not None]


def _ends_sentence(text: str, sentence_start: int, match: re.Match[str]) -> bool:
    following = _OPENING.match(text[match.end() :].lstrip())
    if following is None or not (following[1].isupper() or following[1].isdigit() or following[1] in "-–•+*"):
        return False
    if match[0][0] != ".":
        return True
    word_match = _LAST_WORD.search(text, sentence_start, match.start())
    if word_match is None:
        return False
    word = word_match[1].rstrip(".").lower()
    if word in _ABBREVIATIONS or word.split(".")[-1] in _ABBREVIATIONS or word_match[1] in _CAPITALISED:
        return False
    opens = not text[sentence_start : word_match.start()].strip()
    if opens and (word.isdecimal() or len(word) == 1 or _ROMAN.fullmatch(word_match[1])):
        return False  # "1. ", "a. " or "II. " that numbers the sentence
    # Initials belong to the name before or after them ("Nguyễn Văn A. Nói", "A.B. Nguyễn"); "vitamin C." ends one.
    if match[0] == "." and word_match[1].isupper() and _INITIALS.fullmatch(word_match[1]):
        named = _LAST_WORD.search(text[sentence_start : word_match.start()].rstrip())
        return named is not None and not named[1][0].isupper() and "." not in word_match[1]
    return True


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def article_sentences(article: Article) -> list[tuple[int, int, Block]]:
    """Every sentence of an article with its block, in order; a table row is one sentence."""
    found: list[tuple[int, int, Block]] = []
    for block in article.blocks:
        if block.role == "row":
            found.append((block.start, block.end, block))
        else:
            found.extend((start, end, block) for start, end in sentence_spans(article.text, block.start, block.end))
    return found
