"""An Answer as text for a terminal: the answer, then its numbered sources."""

import textwrap
import unicodedata
from datetime import datetime

from assistant.answer import Answer, Citation, page_note, vietnamese_date
from index.today import VIET_NAM

WIDTH = 80
_INDENT = "    "


def as_text(answer: Answer, *, width: int = WIDTH) -> str:
    """The answer, notices, sources and the day meant, in lines of at most `width` columns (addresses are never cut).

    Titles and quotes come from the web: characters that a terminal obeys instead of showing are taken out.
    """
    parts = [filled(answer.text, width)]
    if answer.notices:
        parts.append("\n".join(filled(notice, width, first="Lưu ý: ", rest=_INDENT) for notice in answer.notices))
    if answer.read_as is not None:
        parts.insert(0, filled(f"Câu hỏi được đọc là: “{answer.read_as}”", width))
    if answer.citations:
        parts.append("Nguồn\n" + "\n".join(_source(citation, width) for citation in answer.citations))
    day = f"Tính theo ngày {vietnamese_date(answer.as_of)}"
    if answer.corpus_updated is not None:
        updated = datetime.fromisoformat(answer.corpus_updated).astimezone(VIET_NAM)
        day += f"; kho tư liệu cập nhật {vietnamese_date(updated.date().isoformat())}"
    parts.append(filled(day + ".", width))
    return "\n\n".join(parts)


def visible(text: str) -> str:
    """The text without control and format characters (ECMA-48 escapes, marks that turn the direction of writing).

    White space other than line breaks becomes a blank.
    """
    return "".join(
        char if char == "\n" else " " if char.isspace() else char
        for char in text
        if char == "\n" or char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}
    )


def _source(citation: Citation, width: int) -> str:
    about = [citation.source, *([] if citation.place is None else [citation.place])]
    if citation.published is not None:
        about.append(f"đăng {vietnamese_date(citation.published)}")
    if citation.event_date is not None:
        about.append(f"nói về {vietnamese_date(citation.event_date)}")
    if citation.published is None and citation.event_date is None:
        about.append("không ghi ngày")
    lines = [
        filled(citation.title, width, first=f"[{citation.number}]".ljust(len(_INDENT) - 1) + " ", rest=_INDENT),
        filled(", ".join(about), width, first=_INDENT, rest=_INDENT),
    ]
    if note := page_note(citation.page, citation.recognised):
        lines.append(filled(note[0].upper() + note[1:], width, first=_INDENT, rest=_INDENT))
    if citation.heading:
        lines.append(filled(citation.heading, width, first=_INDENT, rest=_INDENT))
    lines.append(filled(f"“{citation.quote}”", width, first=_INDENT, rest=_INDENT))
    if citation.url is not None:
        lines.append(_INDENT + visible(citation.url))
    if citation.original_url is not None:
        lines.append(f"{_INDENT}Bản gốc: {visible(citation.original_url)}")
    if citation.also:
        places = dict.fromkeys(other.source or other.title for other in citation.also)
        lines.append(filled(f"Cũng đăng ở: {'; '.join(places)}", width, first=_INDENT, rest=_INDENT))
    return "\n".join(lines)


def filled(text: str, width: int, *, first: str = "", rest: str = "") -> str:
    """Each line of the text folded to `width` columns; words are not cut."""
    folded: list[str] = []
    for line in visible(text).split("\n"):
        folded += textwrap.wrap(
            line,
            width,
            initial_indent=rest if folded else first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(folded)
