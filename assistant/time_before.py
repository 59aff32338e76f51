"""The time spoken of before, put where a follow-up points at it or leaves it out: "cuối năm đó", "tháng sau", "cuối
năm"."""

import re

from assistant.question import Question
from assistant.times import When, times_in

_PARTS = r"nửa đầu|nửa cuối|đầu|giữa|cuối|hết|nua dau|nua cuoi|dau|giua|cuoi|het|(?:tháng|thang|quý|quy)\s+\d{1,2}"
_THAT = r"(?:đó|đấy|ấy|do|day|ay)"
_YEAR_BACK = re.compile(
    rf"(?<!\w)(?:(?:cùng|cung)\s+)?(?:năm|nam)\s+(?:{_THAT}|này)(?!\w)|"
    r"(?<!\w)(?:cùng|cung)\s+(?:năm|nam)(?!\s+(?:với|voi|sinh|\d)|\w)",
    re.IGNORECASE,
)
# "cuối năm sau" is that part of that year; "năm sau" alone the same part of it (`times.shift_in`).
_YEAR_OFF = re.compile(
    rf"(?<!\w)(?P<part>{_PARTS})\s+(?:năm|nam)\s+(?:(?:liền|lien|ngay)\s+)?"
    rf"(?:(?P<before>trước|truoc)|sau|kế tiếp|kế|tiếp theo|ke tiep|tiep theo)(?:\s+{_THAT})?(?!\w)",
    re.IGNORECASE,
)
_YEAR_LEFT_OUT = re.compile(
    rf"(?<!\w)(?<!mỗi )(?<!hằng )(?<!hàng )(?P<part>{_PARTS})\s+(?:năm|nam)"
    r"(?=\s*[,?.]|\s*$|\s+(?:thì|thi|có|co|là|la|tỉnh|tinh|được|duoc)(?!\w))",
    re.IGNORECASE,
)
_MONTH_BACK = re.compile(rf"(?<!\w)(?:(?:cùng|cung)\s+)?(?:tháng|thang)\s+{_THAT}(?!\w)", re.IGNORECASE)
_COUNTS = {"một": 1, "mot": 1, "hai": 2, "ba": 3, "bốn": 4, "bon": 4, "sáu": 6}
_MONTH_OFF = re.compile(
    rf"(?<!\w)(?:(?P<many>\d|{'|'.join(_COUNTS)})\s+)?(?:tháng|thang)\s+"
    rf"(?:(?P<before>(?:liền\s+|lien\s+)?(?:trước|truoc)\s+{_THAT}|liền trước)|"
    rf"(?:(?:liền|ngay|lien)\s+)?sau(?:\s+{_THAT})?|kế tiếp|tiếp theo|ke tiep|tiep theo)(?!\w)",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"^(?P<opening>(?:(?:thế|còn|vậy|vào|tại|ở|tính đến|đến)\s+)*)"
    r"(?:(?:lúc|khi|hồi|thời điểm|dịp|ngày)\s+(?:đó|đấy|ấy|này)|lúc bấy giờ|cùng (?:lúc|thời điểm))(?!\w)",
    re.IGNORECASE,
)
# "năm 2020 thi len bao nhieu"
_THEN_BARE = re.compile(r"(?<=\d)\s+thi(?=\s)")
_PART_SAID: dict[tuple[str, str], str] = {
    ("01", "04"): "đầu ", ("04", "09"): "giữa ", ("09", "12"): "cuối ", ("11", "12"): "hết ", ("01", "06"): "nửa đầu ",
    ("07", "12"): "nửa cuối ",
}  # fmt: skip


def with_time(text: str, before: Question, *, marked: bool) -> str:
    """A follow-up with the one year, month or day of the question before where it points at it ("năm đó", "tháng ấy",
    "lúc đó"), counts from it ("đầu năm sau") or leaves it out ("đến cuối năm"); the text itself where it says a time of
    its own, or none or several were spoken of.
    marked: it was typed with marks."""
    years = {one.iso[:4] for one in before.when}
    if len(years) != 1 or (own := times_in(text)).dates or own.period is not None:
        return text
    when, year = before.when[-1], int(before.when[-1].iso[:4])
    then = _THEN.search(text)
    if then is not None:
        return f"{then['opening']}{spoken_time(when)}{text[then.end() :]}"
    text = _YEAR_OFF.sub(lambda match: f"{match['part']} năm {year + (-1 if match['before'] else 1)}", text)
    text = _YEAR_BACK.sub(f"năm {year}", text)
    text = _YEAR_LEFT_OUT.sub(lambda match: f"{match['part']} năm {year}", text)
    if not marked:
        text = _THEN_BARE.sub(" thì", text)
    if len(when.iso) < len("2020-06"):
        return text
    month = 12 * year + int(when.iso[5:7]) - 1
    text = _MONTH_OFF.sub(lambda match: _month(month + _months_off(match)), text)
    return _MONTH_BACK.sub(_month(month), text)


def _months_off(match: re.Match[str]) -> int:
    many = match["many"]
    count = 1 if many is None else int(many) if many.isdecimal() else _COUNTS[many.lower()]
    return -count if match["before"] else count


def _month(months: int) -> str:
    return f"tháng {months % 12 + 1}/{months // 12}"


def spoken_time(when: When) -> str:
    """A time in words: "giữa năm 2020", "tháng 11/2025", "ngày 12/6/2020"."""
    year, *rest = when.iso.split("-")
    numbers = [str(int(one)) for one in reversed(rest)]
    if not rest:
        return f"{_PART_SAID.get((when.first[5:7], when.last[5:7]), '')}năm {year}"
    return f"{'ngày' if len(rest) > 1 else 'tháng'} {'/'.join((*numbers, year))}"
