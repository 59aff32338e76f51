"""A decision as HTML pasted from Word: its list a table, a table within tables, or numbered lines."""

from markupsafe import Markup, escape

from demo.decisions import SAMPLE, DemoDecision
from demo.grid import Cell, body, header

_MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_CENTRE = 'style="text-align:center"'


def decision_blocks(decision: DemoDecision) -> tuple[str, ...]:
    """The chunks of a page's body: each a paragraph's inline HTML, or markup that begins with "<"."""
    blocks = [_head(decision), _middle("QUYẾT ĐỊNH"), _middle(decision.subject)]
    blocks.append(_middle(f"CHỦ TỊCH {decision.issuer.upper()}"))
    blocks += [str(escape(base)) for base in decision.bases]
    blocks.append(_middle("QUYẾT ĐỊNH:"))
    for number, article in enumerate(decision.articles, start=1):
        first, *others = article.split("\n")
        blocks.append(f"<p><b>Điều {number}.</b> {escape(first)}</p>")
        blocks += [str(escape(line)) for line in others]
    blocks.append(f"<p><i>{SAMPLE}</i></p>")
    blocks.append(_signature(decision))
    if decision.rows and (decision.drawing.columns or decision.drawing.item):
        blocks += [_middle(line) for line in decision.appendix]
        blocks.append(_listed(decision))
        blocks += [str(escape(note)) for note in decision.drawing.notes]
    return tuple(blocks)


def _listed(decision: DemoDecision) -> str:
    if decision.layout == "list":
        return _lines(decision)
    return _nested(decision) if decision.layout == "nested" else _table(decision)


def _table(decision: DemoDecision) -> str:
    drawing = decision.drawing
    rows = "\n".join(_row(cells, loose=drawing.loose) for cells in [*header(decision), *body(decision)])
    return f'<table border="1" cellspacing="0" cellpadding="4" width="100%">\n<tbody>\n{rows}\n</tbody>\n</table>'


def _nested(decision: DemoDecision) -> str:
    """The list within tables that are there for the looks, as editors of portals leave them."""
    return (
        '<table width="100%" border="0"><tbody><tr><td width="2%">&nbsp;</td><td>\n'
        f'<table width="100%" border="0"><tbody><tr><td>\n{_table(decision)}\n</td></tr></tbody></table>\n'
        '</td><td width="2%">&nbsp;</td></tr></tbody></table>'
    )


def _lines(decision: DemoDecision) -> str:
    """Numbered lines, below lines that say what those after them share."""
    drawing = decision.drawing
    pieces: list[str] = []
    last, heads, is_open = "", 0, False
    for row in decision.rows:
        subhead = row.shown(drawing.subhead) if drawing.subhead else ""
        if subhead != last:
            pieces += ["</ol>"] if is_open else []
            last, heads, is_open = subhead, heads + 1, False
            pieces.append(f"<p><b>{chr(ord('a') + heads - 1)}) {escape(subhead)}</b></p>")
        if drawing.counted and not is_open:
            pieces.append("<ol>")
            is_open = True
        line = escape(row.shown(drawing.item))
        pieces.append(f"<li>{line}</li>" if drawing.counted else f"<p>{row.serial}. {line}</p>")
    pieces += ["</ol>"] if is_open else []
    return f"<div>{''.join(pieces)}</div>"


def _row(cells: list[Cell], *, loose: bool) -> str:
    written = "".join(_cell(cell, loose=loose) for cell in cells)
    return f"<tr>{written}" if loose else f"<tr>{written}</tr>"


def _cell(cell: Cell, *, loose: bool) -> str:
    spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    spans += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    bold = cell.head or cell.columns > 1
    inner = Markup("<b>{}</b>").format(cell.text) if bold else escape(cell.text)
    return f"<td{spans}><p>{inner or '&nbsp;'}</p>{'' if loose else '</td>'}"


def _head(decision: DemoDecision) -> str:
    issuer, where = map(escape, decision.issuer_lines)
    return (
        '<table width="100%" border="0"><tbody>'
        f"<tr><td {_CENTRE}><p><b>{issuer}<br>{where}</b></p></td>"
        f"<td {_CENTRE}><p><b>{_MOTTO[0]}<br>{_MOTTO[1]}</b></p></td></tr>"
        f"<tr><td {_CENTRE}><p>Số: {escape(decision.number)}</p></td>"
        f"<td {_CENTRE}><p><i>{escape(decision.dated)}</i></p></td></tr></tbody></table>"
    )


def _signature(decision: DemoDecision) -> str:
    return f'<p align="right"><b>KT. CHỦ TỊCH<br>PHÓ CHỦ TỊCH<br>{escape(decision.signer)}</b></p>'


def _middle(text: str) -> str:
    return f"<p {_CENTRE}><b>{escape(text)}</b></p>"
