"""Whether a page is about OCOP: it names the programme, in one of its spellings, or one of its legal documents."""

import re
from unicodedata import combining, normalize

# Read in text without marks and in small letters, so that "Moi xa mot san pham" and capitals are the same.
_PROGRAMME = re.compile(
    r"(?<![a-z0-9])o\.?c\.?o\.?p(?![a-z0-9])"
    r"|\bmoi xa\b[\s,;()/–-]*(?:(?:va |hoac )?(?:phuong|thi tran|dac khu)\b[\s,;()/–-]*){0,3}(?:mot|0?1) san pham\b"
    r"|\bone commune[\s,–-]+one product\b"
)
# The Prime Minister's decisions on the programme and its criteria, with their years: numbers begin anew each year.
_DECISIONS = {"490": "2018", "1048": "2019", "781": "2020", "919": "2022", "148": "2023", "1489": "2025", "26/2026": ""}
_DECISION = re.compile(
    rf"(?<![\d/])(?P<number>{'|'.join(_DECISIONS)})\s?/\s?qd\s?-\s?ttg\b(?:[^.;\n]{{0,30}}?\b(?P<year>(?:19|20)\d\d)\b)?"
)
_D = str.maketrans("đ", "d")


def on_topic(title: str, text: str) -> bool:
    """Whether the page with this title and text is to be kept."""
    folded = _folded(f"{title}\n{text}")
    return _PROGRAMME.search(folded) is not None or any(map(_ours, _DECISION.finditer(folded)))


def why_off_topic(title: str, text: str) -> str | None:
    """Why the page is not kept, for who reads the crawler's log; None where it is on topic."""
    if on_topic(title, text):
        return None
    return "ngoài chủ đề: không nhắc tới OCOP, “Mỗi xã một sản phẩm” hay quyết định nào của chương trình"


def _ours(decision: re.Match[str]) -> bool:
    """A decision given without its year is taken for the programme's; one of another year is another decision."""
    return decision["year"] in (None, _DECISIONS[decision["number"]]) or not _DECISIONS[decision["number"]]


def _folded(text: str) -> str:
    return "".join(char for char in normalize("NFD", text.lower()) if not combining(char)).translate(_D)
