"""How law is cited: document numbers ("26/2026/QĐ-TTg", "QĐ 148") and units ("Điều 7 khoản 6 điểm a")."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from crawler.article import Article, Section
from index.text import strip_marks

# Stripped of marks, in the order they are tried; long names first.
_KINDS: tuple[tuple[str, str], ...] = (
    ("quyet dinh", "QĐ"),
    ("nghi quyet", "NQ"),
    ("nghi dinh", "NĐ"),
    ("thong tu", "TT"),
    ("ke hoach", "KH"),
    ("cong van", "CV"),
    ("chi thi", "CT"),
    ("huong dan", "HD"),
    ("to trinh", "TTr"),
    ("qd", "QĐ"),
    ("nq", "NQ"),
    ("nd", "NĐ"),
    ("tt", "TT"),
    ("kh", "KH"),
    ("cv", "CV"),
)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_SPOKEN = {
    "QĐ": "Quyết định",
    "NQ": "Nghị quyết",
    "NĐ": "Nghị định",
    "TT": "Thông tư",
    "KH": "Kế hoạch",
    "CV": "Công văn",
    "CT": "Chỉ thị",
}
_CODE = {strip_marks(code).lower(): code for _, code in _KINDS}
_CODES = "|".join(sorted({*_CODE}, key=len, reverse=True))

_DIGIT = re.compile(r"\d")
_FULL = re.compile(
    rf"(?<![\w/])(?P<number>\d{{1,5}})(?:\s?/\s?(?P<year>(?:19|20)\d\d))?\s?/\s?(?P<code>{_CODES})"
    r"(?:\s?-\s?(?P<issuer>[a-z][a-z&]*(?:-[a-z&]+)*)|(?P<assembly>\d{1,2}))?(?![\w/])",
    re.IGNORECASE,
)
_YEARED_LAW = re.compile(
    r"(?<![\w/])(?P<number>\d{1,5})/(?P<year>(?:19|20)\d\d)/(?P<issuer>QH\d{1,2})(?![\w/])", re.IGNORECASE
)
_KIND_WORDS = "|".join(name for name, _ in _KINDS)
# A number after the word for a kind counts where a noun follows: "kế hoạch 100 sản phẩm", "quyết định 5 sao".
_COUNTED = re.compile(
    r"\s+(?:sao|san pham|sp|chu the|ho|co so|hop tac xa|htx|doanh nghiep|xa|huyen|tinh|dia phuong|ty|ti|trieu|nghin|"
    r"dong|diem|ngay|thang|nguoi|nam(?!\s+(?:19|20)\d\d))(?!\w)",
    re.IGNORECASE,
)
# Not where that begins the day of the document ("kế hoạch 12 ngày 5/6/2025"; "kế hoạch 30 ngày 5 sản phẩm" has none) …
_DATED = re.compile(
    r"\s+(?:ngay\s+\d{1,2}(?:\s?[/.-]\s?\d|\s+thang(?!\w))|thang\s+\d{1,2}(?:\s?/\s?\d|\s+nam(?!\w)))", re.IGNORECASE
)
# … nor after "quyết định" where its day is asked or its issuer named ("quyết định 35 huyện Vân Khê"). From a hundred on
# none is what a decision counts, so that its issuer needs no capital.
_DAY_ASKED = re.compile(r"\s+(?:(?:ngay|thang|nam)\s+){1,3}(?:nao|may|ky|ban|bao)(?!\w)", re.IGNORECASE)
_ISSUED_BY = re.compile(r"\s+(?:xa|huyen|tinh)(?!\w)(?P<named>\s+(?-i:[A-Z][a-z]))?", re.IGNORECASE)
_MOST_COUNTED = 99
_SHORT = re.compile(
    rf"(?<!\w)(?P<kind>(?:{_KIND_WORDS})(?=\s)|qd|nq|nd)\s*(?:ocop\s+)?(?P<so>so\s+)?(?P<number>\d{{1,5}})"
    r"(?:\s?/\s?(?P<year>(?:19|20)\d\d))?(?![\w/%]|[.,]\d|\s?%)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?<!\w)(?:(?P<dieu>dieu)\s+(?P<dieu_no>\d{1,3}[a-z]?)(?!\s*sao)|(?P<khoan>khoan)\s+(?P<khoan_no>\d{1,3}[a-z]?)(?![.,]?\d)"
    r"|(?<!thang )(?P<diem>diem)\s+(?P<diem_no>[a-z])(?!\w)|(?P<phu>phu\s+luc)\s+(?P<phu_no>[ivx]+|\d{1,2})"
    r"|(?P<mau>mau(?:\s+so)?)\s+(?P<mau_no>\d{1,2}))(?!\w)",
    re.IGNORECASE,
)
# Issuers are compared without marks and shown with them.
_ISSUER = {
    "TTG": "TTg",
    "HDND": "HĐND",
    "BCDTW": "BCĐTW",
    "VPDP": "VPĐP",
    "VPDP-OCOP": "VPĐP-OCOP",
    "BLDTBXH": "BLĐTBXH",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumber:
    """The number of a legal document, as far as a text gives it.

    number: without leading zeros ("26"). year: in the number ("26/2026/…"), or None. code: "QĐ", "NQ", …; None where
    only the number stands. issuer: upper case without marks ("TTG", "UBND", "BNNMT"), or None.
    """

    number: str
    year: str | None
    code: str | None
    issuer: str | None
    start: int
    end: int

    def matches(self, other: "DocumentNumber") -> bool:
        """Whether the two can name the same document: the numbers are equal and nothing both give differs."""
        return self.number == other.number and all(
            mine is None or theirs is None or mine == theirs
            for mine, theirs in ((self.year, other.year), (self.code, other.code), (self.issuer, other.issuer))
        )

    @property
    def name(self) -> str:
        """As it is spoken of: "Quyết định 26/2026/QĐ-TTg"; the label alone where its kind is not known."""
        kind = _SPOKEN.get(self.code or "")
        if kind is None:
            return self.label
        return f"{kind} {self.label.removeprefix(f'{self.code} ')}"

    @property
    def label(self) -> str:
        """As it is cited here: "26/2026/QĐ-TTg", "148/QĐ-TTg", "05/2022/TT-BNNPTNT", "202/2025/QH15", "QĐ 148"."""
        if self.issuer is None:
            head = f"{self.code} " if self.code else ""
            return head + self.number + (f"/{self.year}" if self.year else "")
        year = f"/{self.year}" if self.year else ""
        issuer = _ISSUER.get(self.issuer, self.issuer)
        code = f"{self.code}-" if self.code else ""
        return f"{self.number.zfill(2)}{year}/{code}{issuer}"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAddress:
    """A unit of a legal text; each part is None where it is not named. `appendix` is "I" to "X", `form` "01"."""

    dieu: str | None = None
    khoan: str | None = None
    diem: str | None = None
    appendix: str | None = None
    form: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is named."""
        return self == UnitAddress()

    def within(self, outer: "UnitAddress") -> "UnitAddress":
        """What is named, of the unit that another lies in where no Điều, form or appendix is: "khoản 4" within "Điều 8,
        khoản 1" is Điều 8, khoản 4, and "điểm b" its khoản 1, điểm b. Itself where it names one or names nothing."""
        if self.empty or self.dieu or self.appendix or self.form or (self.khoan is None and outer.khoan is None):
            return self
        return replace(
            self,
            dieu=outer.dieu,
            khoan=self.khoan or outer.khoan,
            appendix=outer.appendix,
            form=outer.form,
        )

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the sections it passes through, as `crawler.article.Section.label` writes them."""
        return tuple(
            label
            for label in (
                f"Phụ lục {self.appendix}" if self.appendix else None,
                f"Mẫu số {self.form}" if self.form else None,
                f"Điều {self.dieu}" if self.dieu else None,
                f"khoản {self.khoan}" if self.khoan else None,
                f"điểm {self.diem}" if self.diem else None,
            )
            if label
        )


def find_document_numbers(text: str) -> list[DocumentNumber]:
    """The document numbers a text names, in order, in any spelling people use (with or without marks)."""
    return [] if _DIGIT.search(text) is None else list(_numbers(text))


@lru_cache(maxsize=2048)  # a sentence that is quoted is read for many things
def _numbers(text: str) -> tuple[DocumentNumber, ...]:
    bare = strip_marks(text).translate(_DASHES)
    found: list[DocumentNumber] = []
    for match in [*_FULL.finditer(bare), *_YEARED_LAW.finditer(bare)]:
        groups = match.groupdict()
        issuer = groups.get("issuer")
        found.append(
            DocumentNumber(
                number=str(int(match["number"])),
                year=match["year"],
                code=_CODE[groups["code"].lower()] if groups.get("code") else None,
                issuer=issuer.upper() if issuer else None,
                start=match.start(),
                end=match.end(),
            )
        )
    for match in _SHORT.finditer(bare):
        if any(other.start < match.end() and match.start() < other.end for other in found):
            continue
        if match["so"] is None and match["year"] is None and re.fullmatch(r"20[0-4]\d", match["number"]):
            continue  # "kế hoạch 2025" is the plan of that year
        kind = " ".join(match["kind"].lower().split())
        code = next(code for name, code in _KINDS if name == kind)
        if _counts(code, int(match["number"]), bare, match.end()):
            continue
        found.append(
            DocumentNumber(
                number=str(int(match["number"])),
                year=match["year"],
                code=code,
                issuer=None,
                start=match.start(),
                end=match.end(),
            )
        )
    return tuple(sorted(found, key=lambda number: number.start))


def _counts(code: str, number: int, bare: str, end: int) -> bool:
    """Whether the number that ends there, behind the word for a kind, says how many of what follows."""
    if not _COUNTED.match(bare, end) or _DATED.match(bare, end):
        return False
    if code != "QĐ":
        return True
    issuer = _ISSUED_BY.match(bare, end)
    issued = issuer is not None and (number > _MOST_COUNTED or issuer["named"] is not None)
    return not issued and _DAY_ASKED.match(bare, end) is None


def completed(number: DocumentNumber, full: Sequence[DocumentNumber]) -> DocumentNumber:
    """A number in its fullest form among others ("Quyết định 26" -> "26/2026/QĐ-TTg"), where just one fits."""
    if number.issuer is not None:
        return number
    fitting = {other.label: other for other in full if other.issuer is not None and other.matches(number)}
    if len(fitting) != 1:
        return number
    (other,) = fitting.values()
    return replace(other, start=number.start, end=number.end)


def asked_number(text: str) -> DocumentNumber | None:
    """The document that a few typed characters mean, the bare number ("919", "26/2026") included; None for others."""
    found = find_document_numbers(text)
    if found:
        return found[0]
    bare = re.fullmatch(
        r"\s*(?:so\s+)?(?P<number>\d{1,5})(?:\s?/\s?(?P<year>(?:19|20)\d\d))?\s*", strip_marks(text).lower()
    )
    if bare is None:
        return None
    number = str(int(bare["number"]))
    return DocumentNumber(number=number, year=bare["year"], code=None, issuer=None, start=0, end=len(text))


def find_section(article: Article, labels: tuple[str, ...]) -> Section | None:
    """The section reached through nested labels ("Điều 7", "khoản 6"), outermost first; None where there is none."""
    within: Section | None = None
    for label in labels:
        within = next(
            (
                section
                for section in article.sections
                if section.label == label
                and (within is None or (within.start <= section.start and section.end <= within.end))
            ),
            None,
        )
        if within is None:
            return None
    return within


def find_unit(text: str) -> UnitAddress:
    """The unit a question or sentence names first: "điểm a khoản 6 Điều 7" and "Điều 7.6" read alike but for form."""
    bare = strip_marks(text).lower()
    dotted = re.search(r"(?<!\w)(?:dieu|d)\s?(\d{1,3})[.,](\d{1,3})(?![\w/])", bare)
    parts: dict[str, str] = {}
    if dotted:
        parts |= {"dieu": dotted[1], "khoan": dotted[2]}
    for match in _UNIT.finditer(bare):
        if match["dieu"]:
            parts.setdefault("dieu", match["dieu_no"].lstrip("0") or "0")
        elif match["khoan"]:
            parts.setdefault("khoan", match["khoan_no"].lstrip("0") or "0")
        elif match["phu"]:
            parts.setdefault("appendix", _roman(match["phu_no"]))
        elif match["mau"]:
            parts.setdefault("form", match["mau_no"].zfill(2))
        else:
            letter = match["diem_no"]
            # "điểm d" and "điểm đ" are two units; marks tell them apart where they were typed
            original = text[match.start("diem_no")]
            parts.setdefault("diem", "đ" if original in "đĐ" else letter)
    return UnitAddress(**parts)


def _roman(text: str) -> str:
    if not text.isdecimal():
        return text.upper()
    numerals = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
    return numerals[int(text)] if 0 < int(text) < len(numerals) else text
