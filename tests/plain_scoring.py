"""Scoring told as plainly as it can be, over tables read apart from the project's reader: what the tests compare with.

A table is code -> its options, each (points, mark, case); codes are grouped by part. Read either of the demo portal's
pages, cell by cell, or of the JSON beside the decision's text.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lxml import html

from demo.pages import load_portals

Option = tuple[float, int, int]
Table = dict[str, dict[str, list[Option]]]

REGULATIONS = Path(__file__).parents[2] / "shared" / "data" / "regulations"
FLOOR = {1: 0.0, 2: 30.0, 3: 50.0, 4: 70.0, 5: 90.0}
# What the decision prints wrongly, as its other figures tell: set, criterion, option from 0 -> the points meant.
MEANT = {
    (4, "1.2", 0): 0.0,
    (7, "1.2", 0): 0.0,
    (10, "1.2", 0): 0.0,
    (11, "1.2", 0): 0.0,
    (4, "7", 2): 3.0,
    (11, "6.1.1", 1): 1.0,
}


def demo_tables() -> dict[int, Table]:
    """The five sets of the demo portal, in words of this project."""
    (luat,) = (portal for portal in load_portals() if portal.settings.id == "luat")
    return {
        int(page.slug.split("-")[3]): _demo_table("\n".join(page.blocks))
        for page in luat.pages
        if page.slug.startswith("bo-tieu-chi-")
    }


def _demo_table(body: str) -> Table:
    table: Table = {}
    part = code = ""
    case = 0
    maxima: dict[tuple[str, str], float] = {}
    tree: html.HtmlElement = html.document_fromstring(f"<div>{body}</div>")
    for row in tree.iter("tr"):
        cells = [" ".join("".join(map(str, cell.itertext())).split()) for cell in row]
        if len(cells) == 1:
            case += cells[0].startswith("Trường hợp")
        elif named := re.match(r"Phần ([ABC]):", cells[0]):
            part = named[1]
            table[part] = {}
        elif part and (numbered := re.match(r"(\d+(?:\.\d+)*)\. ", cells[0])):
            code, case = numbered[1], 0
            table[part][code] = []
            maxima[part, code] = float(cells[1])
        elif code and len(cells) == 3 and not cells[0].startswith("Tổng") and cells[1]:
            table[part][code].append((float(cells[1]), len(cells[2]), case))
    for (part, code), most in maxima.items():
        under = [other for other in table[part] if other.startswith(f"{code}.")]
        if not table[part][code] and not under and most == 1:
            table[part][code] = [(1.0, 0, 0)]  # printed on one line: met or not
    return {part: {code: options for code, options in found.items() if options} for part, found in table.items()}


def decision_tables() -> dict[int, Table]:
    """The 26 sets of the JSON beside the decision, with the points that its misprints mean."""
    sets = json.loads((REGULATIONS / "26-2026-phuluc2-criteria.json").read_text(encoding="utf-8"))["sets"]
    return {one["no"]: _decision_table(one) for one in sets}


def _decision_table(one: dict[str, Any]) -> Table:
    table: Table = {}
    for section in one["sections"]:
        found = table[section["code"]] = {}
        for item in section["items"]:
            for criterion in item["criteria"] or [item]:
                options: list[Option] = []
                case, last = 0, -1.0
                for place, option in enumerate(criterion["options"]):
                    meant = MEANT.get((one["no"], criterion["code"], place), option["points"])
                    # set 26 lists two cases under one criterion; the second begins where the points fall
                    case, last = case + (meant < last), meant
                    # one mark is printed with blanks between and stands in the JSON as words
                    spaced = option["text"].endswith("* * * *")
                    options.append((meant, 4 if spaced else option["min_star"] or 0, case))
                if options:
                    found[criterion["code"]] = options
    return table


def plain_points(table: Table, chosen: Mapping[str, int]) -> dict[str, float]:
    """Points by part; chosen: code -> option from 1, 0 for none."""
    return {
        part: sum(options[chosen[code] - 1][0] for code, options in rows.items() if chosen.get(code, 0))
        for part, rows in table.items()
    }


def plain_blocks(table: Table, chosen: Mapping[str, int], star: int) -> list[str]:
    """The criteria that keep a product from so many stars."""
    blocks = []
    for rows in table.values():
        for code, options in rows.items():
            at = chosen.get(code, 0) - 1
            marked = [place for place, (_, mark, _) in enumerate(options) if 3 <= mark <= star]
            if at >= 0:
                marked = [place for place in marked if options[place][2] == options[at][2]]
            if marked and at < max(marked):
                blocks.append(code)
    return blocks


def plain_star(table: Table, chosen: Mapping[str, int]) -> int:
    """The star reached, minimum marks counted."""
    points = sum(plain_points(table, chosen).values())
    for star in (5, 4, 3):
        if points >= FLOOR[star] and not plain_blocks(table, chosen, star):
            return star
    return 2 if points >= FLOOR[2] else 1
