"""What a document of OCOP law is about, told by the words of its name."""

import re
from typing import Literal

# criteria: bộ tiêu chí, points and stars. procedure: who receives, judges, recognises. programme: what a period is to
# reach. label: the certification mark. funding: what the state pays.
Subject = Literal["criteria", "procedure", "programme", "label", "funding"]

_JUDGING = r"đánh giá(?:,|\s+và)?\s+phân hạng\s+sản phẩm"
_SUBJECTS: tuple[tuple[Subject, re.Pattern[str]], ...] = (
    ("criteria", re.compile(rf"bộ tiêu chí|{_JUDGING}", re.IGNORECASE)),
    ("procedure", re.compile(rf"(?:quy trình|trình tự)[^.;]{{0,40}}đánh giá|bộ tiêu chí|{_JUDGING}", re.IGNORECASE)),
    ("label", re.compile(r"nhãn hiệu chứng nhận|(?:quản lý|sử dụng)[^.;]{0,20}nhãn hiệu", re.IGNORECASE)),
    ("funding", re.compile(r"kinh phí|mức chi", re.IGNORECASE)),
    ("programme", re.compile(r"chương trình\s+(?:\(?ocop|mỗi xã(?:,?\s+phường)? một sản phẩm)", re.IGNORECASE)),
)
# A set of rules for judging products names the programme too; it is no programme for that.
_EXCLUDES: dict[Subject, tuple[Subject, ...]] = {"criteria": ("programme",), "label": ("programme", "criteria")}


def subjects_in(text: str) -> tuple[Subject, ...]:
    """The subjects a name or heading tells, e.g. ("criteria", "procedure") of "Bộ tiêu chí và quy trình đánh giá …"."""
    found = [subject for subject, pattern in _SUBJECTS if pattern.search(text)]
    excluded = {other for subject in found for other in _EXCLUDES.get(subject, ())}
    return tuple(subject for subject in found if subject not in excluded)


def find_subject(subject: Subject, text: str) -> tuple[int, int] | None:
    """Where a text first names a subject, or None."""
    match = dict(_SUBJECTS)[subject].search(text)
    return None if match is None else match.span()
