"""The star that a list of registrations aims at for a product: a goal, which is no result."""

from assistant.draft import Segment
from assistant.evidence import Evidence
from assistant.product_lines import ProductWriter
from assistant.product_notes import cell_under
from index.decisions.decision import DecisionTold, ProductRow
from index.figures.stars import stars_in

NOT_YET = "Đây là danh mục đăng ký đánh giá; hạng sao trong đó là dự kiến, không phải kết quả công nhận."
_HEADS = ("hạng", "số sao", "sao dự kiến", "sao đăng ký", "sao đề nghị", "mục tiêu")


def aimed_star(told: DecisionTold, row: ProductRow, writer: ProductWriter) -> int | None:
    """The star a line of a list of registrations aims at; None where it says none, or more than one."""
    cell = _cell(told, row, writer)
    stars = None if cell is None else stars_in(cell[0].lower())
    return stars[0] if stars is not None and stars[0] == stars[1] else None


def aimed_told(told: DecisionTold, row: ProductRow, writer: ProductWriter) -> list[Segment]:
    """A line of a list of registrations as a sentence, with the star it aims at where it says one."""
    listed, cell = writer.listed(told, row), _cell(told, row, writer)
    if cell is None or not listed:
        return listed
    text = f"{listed[0].text.removesuffix('.')}, hạng đăng ký {cell[0]}."
    return writer.claimed(text, (*listed[0].evidence, *cell[1])) or listed


def _cell(told: DecisionTold, row: ProductRow, writer: ProductWriter) -> tuple[str, list[Evidence]] | None:
    """What the line has under the head of the star aimed at, with where both stand."""
    return cell_under(told, row, _HEADS, writer)
