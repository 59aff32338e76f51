"""What a decision's list tells of a product in cells and footnotes of its own: why it was withdrawn, of what kind it
is."""

import re
from collections.abc import Iterator

from assistant.corpus import Corpus
from assistant.draft import Segment, quoted
from assistant.evidence import Evidence
from assistant.product_lines import ProductWriter
from index.decisions.decision import DecisionTold, ProductRow
from index.products.product import Product, Recognition

_REASON_HEADS = ("lý do", "lí do", "nguyên nhân")
_KIND_HEADS = ("quy cách", "loại hình", "đóng gói", "dung tích", "độ cồn", "nồng độ")
_REASON_WORDS = re.compile(r"(?<!\w)(?:do|vì|bởi)\s", re.IGNORECASE)
_MARK = re.compile(r"\((?P<mark>\d{1,2}|\*{1,3})\)")


def reasons(product: Product, writer: ProductWriter) -> list[Segment]:
    """Why a product's certificate was withdrawn: the cell of the list, else the clause that says why; nothing where
    neither does or it was not withdrawn."""
    withdrawn = next((one for one in reversed(product.history) if one.withdrawn), None)
    told = None if withdrawn is None else writer.told_by(withdrawn)
    if withdrawn is None or told is None:
        return []
    lines = writer.recognised(product, withdrawn)
    if said := reason_in_line(told[1], withdrawn.row, writer):
        return [*said, *lines]
    clauses = [writer.clause(told[1], act) for act in told[1].acts if act.act == "withdraws"]
    saying = [quoted(clause) for clause in clauses if _REASON_WORDS.search(clause.quote)]
    return [*saying, *lines] if saying else []


def reason_in_line(told: DecisionTold, row: ProductRow, writer: ProductWriter) -> list[Segment]:
    """Why a line's certificate was withdrawn, as its list says it in a cell; nothing where it has no such column."""
    cell = cell_under(told, row, _REASON_HEADS, writer)
    return [] if cell is None else writer.claimed(f"{row.name.text}: lý do thu hồi là “{cell[0]}”.", cell[1])


def kinds(one: Recognition, corpus: Corpus, writer: ProductWriter) -> list[Segment]:
    """Of what kind a product was recognised: the cell that says so, and the footnotes its line points to."""
    lines = []
    told = writer.told_by(one)
    cell = None if told is None else cell_under(told[1], one.row, _KIND_HEADS, writer)
    if cell is not None:
        text, held = cell
        lines += writer.claimed(f"{one.row.name.text}: {text}.", held)
    return [*lines, *(quoted(note) for note in _footnotes(one, corpus, writer))]


def cell_under(
    told: DecisionTold, row: ProductRow, heads: tuple[str, ...], writer: ProductWriter
) -> tuple[str, list[Evidence]] | None:
    """What a product's line has in a column whose header says one of `heads`, with line and header; None where it has
    none, or the line's cells are not the header's."""
    if row.name.head is None:
        return None
    line = writer.line_evidence(told, row)
    head = writer.around(line, row.name.head)
    names, cells = ([cell.strip() for cell in held.quote.split("|")] for held in (head, line))
    if len(names) != len(cells):
        return None
    for name, text in zip(names, cells, strict=True):
        if text and any(word in name.lower() for word in heads):
            return text.rstrip("."), [line, head]
    return None


def _footnotes(one: Recognition, corpus: Corpus, writer: ProductWriter) -> Iterator[Evidence]:
    """The sentences after the list that begin with a mark standing behind the product's name: "Rượu mơ (2)"."""
    line = writer.row_evidence(one)[0]
    behind = line.article.text[one.row.name.span.end : line.end].split("|", 1)[0]
    marks = [match["mark"] for match in _MARK.finditer(f"{one.row.name.text} {behind}")]
    for start, end, block, _ in corpus.sentences(line.article) if marks else ():
        text = line.article.text[start:end]
        if start >= line.end and block.role != "row" and any(text.startswith(f"({mark})") for mark in marks):
            yield Evidence(article=line.article, start=start, end=end)
