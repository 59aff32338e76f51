"""Who receives dossiers and who recognises which star, as texts of law and guides to it state.

Read from sentences ("UBND cấp tỉnh … công nhận … 3 sao, 4 sao") and from tables that have a document a row and a star a
column. What a text leaves open stays open.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from crawler.article import Article, Block
from index.law.address import DocumentNumber, completed, find_document_numbers
from index.sentence import article_sentences
from index.span import Span

Level = Literal["commune", "district", "province", "central"]
Act = Literal["receives", "recognises"]

LEVEL_NAME: dict[Level, str] = {
    "commune": "cấp xã",
    "district": "cấp huyện",
    "province": "cấp tỉnh",
    "central": "trung ương",
}
_LEVELS = (
    r"(?P<commune>(?:UBND\s+|Ủy ban nhân dân\s+)?(?:cấp\s+)?xã)|"
    r"(?P<district>(?:UBND\s+|Ủy ban nhân dân\s+)?(?:cấp\s+)?huyện)|"
    r"(?P<province>(?:Chủ tịch\s+)?(?:UBND\s+|Ủy ban nhân dân\s+)?(?:\([^)]*\)\s+)?(?:cấp\s+)?tỉnh)|"
    r"(?P<central>(?:cấp\s+)?trung ương|(?:Bộ trưởng\s+)?Bộ\s+(?:Nông nghiệp\s+và\s+(?:Môi trường|Phát triển nông thôn|"
    r"PTNT)|NN\s?&\s?(?:MT|PTNT)|NNMT|NNPTNT))"
)
_SUBJECT = re.compile(rf"(?<!\w)(?:{_LEVELS})(?!\w)", re.IGNORECASE)
_RECOGNISES = re.compile(r"(?<!không )(?<!chưa )công nhận(?!\s+lại)", re.IGNORECASE)
_STAR = re.compile(r"(?<![\d.,])(?P<star>[3-5])(?=(?:\s?(?:,|và|-|–|hoặc)\s?[3-5])*\s?sao(?!\w))", re.IGNORECASE)
# "việc công nhận 3 sao chuyển lên tỉnh"
_HANDED = re.compile(rf"(?:chuyển|giao)\s+(?:lên|cho|về)\s+(?:{_LEVELS})(?!\w)", re.IGNORECASE)
_RECEIVES = re.compile(r"nộp\s+hồ sơ\s+(?:cho|tại|ở|lên|đến)\s+", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;]|,\s+(?=UBND|Ủy ban|Bộ|tỉnh|huyện|xã|trung ương)", re.IGNORECASE)
_WHERE_FILED = re.compile(r"nơi nộp|nơi nhận hồ sơ", re.IGNORECASE)
_STAR_HEAD = re.compile(r"(?:hạng\s+)?([3-5])\s+sao", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Under the document `number`, `level` receives dossiers, or recognises products of `star`.

    star: 3, 4 or 5; None for receiving. body: who, as written at `at`. start, end: the sentence or row it stands in.
    summary: the article restates the document.
    """

    number: DocumentNumber
    act: Act
    star: int | None
    level: Level
    body: str
    article_id: str
    digest: str
    start: int
    end: int
    at: Span
    summary: bool


def read_authorities(article: Article, own: Sequence[DocumentNumber]) -> tuple[Authority, ...]:
    """Every statement of who receives or recognises, in order of the text; sentences speak of the first of `own`."""
    found: list[Authority] = []
    head: list[str] | None = None
    full = find_document_numbers(f"{article.title}\n{article.text[:20_000]}")
    for start, end, block in article_sentences(article):
        if block.role == "row":
            cells = [cell.strip() for cell in article.text[start:end].split("|")]
            if head is None or any(_STAR_HEAD.fullmatch(cell) for cell in cells):
                head = cells
            else:
                found.extend(_row(article, block, head, full))
            continue
        head = None
        if own and block.role != "heading":
            found.extend(_sentence(article, own[0], start, end, full))
    # said again it is one statement, at its first place
    first: dict[tuple[object, ...], Authority] = {}
    for item in found:
        first.setdefault((item.number.label, item.act, item.star, item.level), item)
    return tuple(first.values())


def _sentence(
    article: Article, own: DocumentNumber, start: int, end: int, full: Sequence[DocumentNumber]
) -> Iterator[Authority]:
    text = article.text[start:end]
    if len(text) > 4000 or not ("công nhận" in text or "nộp" in text):
        return
    named = find_document_numbers(text)
    # "Quyết định 148 giao huyện công nhận 3 sao": of the document the sentence names
    number = completed(named[0], full) if named else own
    for match in _RECEIVES.finditer(text):
        level = _SUBJECT.match(text, match.end())
        if level is not None:
            yield _authority(article, number, level, act="receives", star=None, row=(start, end))
    if (verb := _RECOGNISES.search(text)) is None:
        return
    # the body that opens the clause of the verb recognises; what stands after the verb in that clause are its stars
    handed = _HANDED.search(text, verb.end())
    if handed is not None and not re.search(r"[.;]", text[verb.end() : handed.start()]):
        for star in _STAR.finditer(text, verb.end(), handed.start()):
            yield _authority(article, number, handed, act="recognises", star=int(star["star"]), row=(start, end))
        return
    bodies = [match for match in _SUBJECT.finditer(text, 0, verb.start()) if not _of_another(text, match)]
    if not bodies:
        return
    stop = next((cut.start() for cut in _CLAUSE_END.finditer(text, verb.end())), len(text))
    if re.search(r"không\s+(?:ban hành\s+quyết định\s+)?công nhận", text[:stop], re.IGNORECASE):
        return
    for star in _STAR.finditer(text, verb.end(), stop):
        yield _authority(article, number, bodies[0], act="recognises", star=int(star["star"]), row=(start, end))


def _of_another(text: str, match: re.Match[str]) -> bool:
    """Whether the word stands inside another phrase ("trên địa bàn tỉnh", "hồ sơ cấp tỉnh", "5 sao cấp tỉnh")."""
    return (
        re.search(
            r"(?:địa bàn|hồ sơ|sao|Hội đồng|Tổ tư vấn|gửi|lên|của|bỏ|còn|từ|qua)\s+$", text[: match.start()], re.I
        )
        is not None
    )


def _row(article: Article, block: Block, head: list[str], full: Sequence[DocumentNumber]) -> Iterator[Authority]:
    """A row of a table that names a document in one cell and bodies under heads that name stars."""
    cells = article.text[block.start : block.end].split("|")
    if len(cells) != len(head):
        return
    numbers = [number for cell in cells for number in find_document_numbers(cell)]
    if len(numbers) != 1:
        return
    at = block.start
    for title, cell in zip(head, cells, strict=True):
        level = _SUBJECT.search(cell)
        star = _STAR_HEAD.fullmatch(title)
        if level is not None and (star is not None or _WHERE_FILED.fullmatch(title)):
            act: Act = "recognises" if star else "receives"
            value = int(star[1]) if star else None
            made = _authority(
                article, completed(numbers[0], full), level, act=act, star=value, row=(block.start, block.end)
            )
            yield replace(made, at=Span(start=at + level.start(), end=at + level.end()))
        at += len(cell) + 1


def _authority(
    article: Article, number: DocumentNumber, body: re.Match[str], *, act: Act, star: int | None, row: tuple[int, int]
) -> Authority:
    """row: start and end of the sentence or row that the match `body` is in."""
    start, end = row
    level = next(name for name in LEVEL_NAME if body.groupdict().get(name) is not None)
    return Authority(
        number=replace(number, start=0, end=0),
        act=act,
        star=star,
        level=level,
        body=body[level],
        article_id=article.id,
        digest=article.digest,
        start=start,
        end=end,
        at=Span(start=start + body.start(level), end=start + body.end(level)),
        summary=article.kind == "guide",
    )
