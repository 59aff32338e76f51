"""An answer as the text of a chat message: its sentences with marks, what to know besides, and the list of sources.

Chats show text as Markdown, and sentences and titles come from the web. What Markdown would make a link, a picture or
markup of is broken with a backslash, and characters that turn the direction of writing are left out. The records beside
the text (`citations`) keep every character.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant.answer import Answer, Citation, page_note, vietnamese_date
from assistant.terminal import visible
from index.today import VIET_NAM
from widget.page import web_link

# "](" makes a link or a picture, "]:" defines one, "<a" and "<!" are HTML (CommonMark 0.31, 6.3, 4.7, 6.6).
_MARKUP = re.compile(r"(?<=\])[(:\[]|<(?=[A-Za-z/!?])")


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlCitation:
    """A mark [n] of the text, `content[start_index:end_index]` in code points, and the page it stands for."""

    start_index: int
    end_index: int
    url: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A citation as OpenAI writes it."""

    type: Literal["url_citation"]
    url_citation: UrlCitation


def as_markdown(text: str) -> str:
    """Text that comes from the web, as Markdown that shows it. Works line by line and mark by mark."""
    return _MARKUP.sub(lambda match: f"\\{match[0]}", visible(text))


def closing(answer: Answer) -> str:
    """What follows the sentences of an answer: notices and sources; "" where there are none."""
    parts: list[str] = []
    notices = list(answer.notices)
    if answer.read_as is not None:
        notices.insert(0, f"Câu hỏi được đọc là: “{answer.read_as}”")
    if notices:
        parts.append("\n".join(f"Lưu ý: {as_markdown(notice)}" for notice in notices))
    if answer.citations:
        parts.append("Nguồn:\n" + "\n".join(_source(citation) for citation in answer.citations))
        parts.append(_day(answer))
    return "".join(f"\n\n{part}" for part in parts)


def annotations(answer: Answer) -> tuple[Annotation, ...]:
    """The marks in `as_markdown(answer.text)` whose source has an address, in order of the text."""
    sources = {citation.number: citation for citation in answer.citations}
    found: list[Annotation] = []
    for claim in answer.claims:
        at = claim.end
        for number in claim.citations:
            mark = f" [{number}]"
            url = web_link(sources[number].url)
            if url is not None:
                start = len(as_markdown(answer.text[:at])) + 1
                cited = UrlCitation(
                    start_index=start, end_index=start + len(mark) - 1, url=url, title=visible(sources[number].title)
                )
                found.append(Annotation(type="url_citation", url_citation=cited))
            at += len(mark)
    return tuple(found)


def _source(citation: Citation) -> str:
    about = [citation.source, citation.place or ""]
    day = citation.event_date or citation.published
    if day is not None:
        about.append(vietnamese_date(day))
    if note := page_note(citation.page, citation.recognised):
        about.append(note)
    line = (
        f"[{citation.number}] {as_markdown(citation.title)} ({as_markdown(', '.join(part for part in about if part))})"
    )
    url = web_link(citation.url)
    return line if url is None else f"{line}: {as_markdown(url)}"


def _day(answer: Answer) -> str:
    day = f"Tính theo ngày {vietnamese_date(answer.as_of)}"
    if answer.corpus_updated is not None:
        updated = datetime.fromisoformat(answer.corpus_updated).astimezone(VIET_NAM)
        day += f"; kho tư liệu cập nhật {vietnamese_date(updated.date().isoformat())}"
    return f"{day}."
