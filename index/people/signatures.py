"""Who signed a document, read from the block at its end.

Form after appendix I of Nghị định 30/2020/NĐ-CP on official documents: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ
TỊCH", the signature, the name; the body in full stands in the letterhead. As lines of their own, or as one cell of the
table that "Nơi nhận" shares.
"""

import re
from dataclasses import dataclass

from crawler.article import Article
from index.people.body import BodyMention, find_bodies
from index.people.names import CAPITAL, name_from
from index.span import Span

_TITLE = (
    "(?:PHÓ )?(?:CHỦ TỊCH(?: THƯỜNG TRỰC)?|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|BÍ THƯ|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|TRƯỞNG BAN|"
    "TRƯỞNG PHÒNG|CHỦ NHIỆM|VIỆN TRƯỞNG)|{sure}"
)
# Only a state body has these.
_SURE = (
    "(?:PHÓ )?(?:THỦ TƯỚNG(?: CHÍNH PHỦ)?|(?:TỔNG |CHI )?CỤC TRƯỞNG|VỤ TRƯỞNG)|BỘ TRƯỞNG|THỨ TRƯỞNG(?: THƯỜNG TRỰC)?|"
    "CHÁNH VĂN PHÒNG"
)
_TITLES = _TITLE.format(sure=_SURE)
SMALL = CAPITAL.lower()
_BLOCK = re.compile(
    rf"(?:(?<=\n)|(?<=\| )|(?<=:\s)|^)(?:(?P<for>T\.?M\.?)\s{{0,2}}(?P<body>[^{SMALL}\n|.;:]{{3,120}}?)\s{{1,3}})?"
    rf"(?:(?P<by>(?:KT|K\.T|TL|T\.L|TUQ|Q)\.)\s{{0,2}}(?:{_TITLES})(?: [^{SMALL}\n|.;:]{{3,80}}?)?\s{{1,3}})?"
    rf"(?P<title>{_TITLES})(?!\w)(?: (?P<own>(?:ỦY|UỶ|SỞ|BỘ|CHI CỤC|HỘI ĐỒNG)[^{SMALL}\n|.;:]{{2,80}}?))?"
    r"\s{1,3}(?P<done>[(\[]?[Đđ]ã ký[)\]]?)?(?:[(\[][^()\[\]\n]{1,30}[)\]])?\s{0,3}(?:\| )?"
)
_LETTERHEAD = 800  # characters within which the issuing body is named


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature at `text[start:end]`: from its first line to the end of the name.

    act: the words that make it one, "Đã ký" or the "TM." or "KT." it begins with; None for a bare title over a name.
    """

    start: int
    end: int
    name: Span
    title: Span
    body: Span | None
    act: Span | None


def find_signatures(article: Article) -> list[Signature]:
    """The signatures of public officers in an article, in order.

    A title that companies have too ("GIÁM ĐỐC") counts only with a public body beside it, or in a decision or
    regulation whose letterhead names one.
    """
    text = article.text
    official = article.kind in ("decision", "regulation")
    letterhead = next(iter(find_bodies(text[:_LETTERHEAD])), None) if official else None
    found: list[Signature] = []
    for match in _BLOCK.finditer(text):
        end = name_from(text, match.end())
        if end is None or not _ends(text, end):
            continue
        body = _body(text, match, letterhead)
        if body is None and re.fullmatch(_SURE, match["title"]) is None:
            continue
        group = next((name for name in ("done", "for", "by") if match[name] is not None), None)
        found.append(
            Signature(
                start=match.start(),
                end=end,
                name=Span(match.end(), end),
                title=Span(*match.span("title")),
                body=body,
                act=Span(*match.span(group)) if group is not None else None,
            )
        )
    return found


def _ends(text: str, end: int) -> bool:
    """Whether the name is alone on its line or in its cell."""
    return re.compile(r"\s*(?:\||\n|$)|[ .]{1,3}(?:\n|$)").match(text, end) is not None


def _body(text: str, match: re.Match[str], letterhead: BodyMention | None) -> Span | None:
    """The body signed for: as the signature names it, or in full as the letterhead does where the two agree."""
    for group in ("own", "body"):
        if match[group] is None:
            continue
        # a bare "ỦY BAN NHÂN DÂN" is the one of the letterhead
        if letterhead is not None and _starts_alike(text[letterhead.start : letterhead.end], match[group]):
            return Span(letterhead.start, letterhead.end)
        named = find_bodies(match[group] + " TỈNH")
        if named and named[0].start == 0:
            return Span(*match.span(group))
        return None
    return Span(letterhead.start, letterhead.end) if letterhead is not None else None


def _starts_alike(whole: str, part: str) -> bool:
    return (
        " ".join(whole.lower().split())
        .replace("uỷ", "ủy")
        .startswith(" ".join(part.lower().split()).replace("uỷ", "ủy"))
    )
