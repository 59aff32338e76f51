"""Dates said in Vietnamese running text, as spans with the precision they are said in."""

import re
from dataclasses import dataclass

_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d/]){_DAY}\s?[/.\-]\s?{_MONTH}\s?[/.\-]\s?{_YEAR}(?![\d/])",
        rf"(?<!\w)ngày\s+{_DAY}\s+tháng\s+{_MONTH}(?:\s+năm\s+{_YEAR})?(?!\w)",
        rf"(?<!\w)ngay\s+{_DAY}\s+thang\s+{_MONTH}(?:\s+nam\s+{_YEAR})?(?!\w)",
        rf"(?<!\w)(?:tháng|thang)\s+{_MONTH}\s?(?:[/.\-]|,?\s*(?:năm|nam)\s)\s?{_YEAR}(?![\d/])",
        rf"(?<![\d/\w.,]){_MONTH}\s?/\s?{_YEAR}(?![\d/])",
        rf"(?<![\d/])(?:ngày|sáng|chiều|tối|nay|ngay|sang|chieu|toi)\s+{_DAY}\s?/\s?{_MONTH}(?![\d/])",
        rf"(?<!\w)(?:cuối|hết|khép lại|kết thúc|cuoi|het|khep lai|ket thuc)\s+(?:năm|nam)\s+{_YEAR}(?P<end>)(?![\d/])",
        rf"(?<!\w)(?:năm|nam)\s+{_YEAR}(?![\d/])",
        rf"(?<![\d/\w.,\-–]){_YEAR}(?![\d/\w]|[.,]\d|\s?[-–])",
    )
)
_PERIOD = re.compile(
    r"(?<![\d/])(?P<from>(?:19|20)\d\d)\s?(?:[-–]|đến(?: năm)?|den(?: nam)?)\s?(?P<to>(?:19|20)\d\d)(?![\d/])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date said at `text[start:end]`.

    iso: "2020", "2020-06" or "2020-06-12"; "--06-12" where the year is not said. until: of a period ("2021-2025"),
    its last year; None for a single date.
    """

    iso: str
    start: int
    end: int
    until: str | None = None

    @property
    def year(self) -> str | None:
        """The four digits of its year, or None where it is not said."""
        return None if self.iso.startswith("--") else self.iso[:4]


def find_dates(text: str) -> list[DateMention]:
    """Every date and period said in a text, in order, without overlaps, the most precise reading of each."""
    found = [
        DateMention(iso=match["from"], until=match["to"], start=match.start(), end=match.end())
        for match in _PERIOD.finditer(text)
        if match["from"] < match["to"]
    ]
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(other.start < match.end() and match.start() < other.end for other in found):
                continue
            parts = match.groupdict()
            iso = parts.get("year") or "-"
            if parts.get("end") is not None:
                iso += "-12"
            if parts.get("month"):
                iso += f"-{int(parts['month']):02d}"
            if parts.get("day"):
                iso += f"-{int(parts['day']):02d}"
            found.append(DateMention(iso=iso, start=match.start(), end=match.end()))
    return sorted(found, key=lambda mention: mention.start)
