"""The rules of law on how long a certificate holds and when its renewal is filed, each with the unit that says so.

- 36 months from the day it was issued: Điều 4 khoản 3 of QĐ 26/2026/QĐ-TTg; QĐ 148/QĐ-TTg and QĐ 1048/QĐ-TTg said the
  same of their years.
- A renewal is filed from 180 to 120 days before the last day: Điều 7 khoản 6 điểm a.
- What was recognised before 22 May 2026 keeps until its own end: Điều 12 khoản 1.
- A certificate whose renewal was not filed in that window keeps on until the authority decides, at most 180 days after
  its last day: Điều 12 khoản 3. It speaks of certificates that "go on" having force, and a rule does not reach back
  unless it says so: what had ended before 22 May 2026 is not kept. It sets no other limit, so it holds for every
  certificate that ends later, also those of after the rule. No one outside can know whether a renewal was filed.
- 1 and 2 stars are neither recognised nor certified: Điều 4 khoản 1 điểm a.

Days are counted as the Civil Code counts them where nothing else is said (91/2015/QH13): the first day is not counted
(Điều 147 khoản 2), a term of months ends with the end of the corresponding day of its last month, and with the last
day of that month where it has no such day (Điều 148 khoản 3). A certificate of 31 December 2023 thus holds through 31
December 2026, one of 29 February 2024 through 28 February 2027. That a term ending on a day off ends on the next
working day (Điều 148 khoản 5) is for acts to be done in time; certificates print the day itself, and so is it told.
"""

from dataclasses import dataclass
from datetime import date

TERM_MONTHS = 36
WINDOW_OPENS_DAYS = 180
WINDOW_CLOSES_DAYS = 120
KEPT_DAYS = 180
LOWEST_STAR = 3
IN_FORCE = date(2026, 5, 22)  # QĐ 26/2026/QĐ-TTg, Điều 11 khoản 1
_CURRENT = "26/2026/QĐ-TTg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A unit of a document of law that a state rests on.

    document: its number. labels: the sections that lead to the unit, outermost first, as `index.law.address` has them
    (`find_section(article, labels)` gives the place to cite); none for the document as a whole.
    """

    document: str
    labels: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The unit in one line, as `index.law.transitions` writes it: "Điều 12, khoản 3"."""
        return ", ".join(self.labels)


TERM = Ground(document=_CURRENT, labels=("Điều 4", "khoản 3"))
WINDOW = Ground(document=_CURRENT, labels=("Điều 7", "khoản 6", "điểm a"))
KEPT = Ground(document=_CURRENT, labels=("Điều 12", "khoản 1"))
EXTENSION = Ground(document=_CURRENT, labels=("Điều 12", "khoản 3"))
# From when each document set the term, the latest first. Before the first of them no central rule is known.
_TERMS = (
    (IN_FORCE, TERM),
    (date(2023, 2, 24), Ground(document="148/QĐ-TTg")),
    (date(2019, 8, 21), Ground(document="1048/QĐ-TTg")),
)


def term_ground(issued: date) -> Ground | None:
    """What set the term of a certificate of that day; None of before there was a central rule."""
    return next((ground for since, ground in _TERMS if issued >= since), None)
