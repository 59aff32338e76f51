"""Invented products in plain SQLite, asked as the catalogue is: the peer that anyone would build first."""

import sqlite3

from benchmarks.invented_products import Invented
from index.catalogue.collation import ranks
from index.catalogue.product_columns import former_province
from index.catalogue.product_query import ProductQuery
from index.catalogue.words import words_of
from index.places.provinces import PROVINCES, slug
from index.products.expiry import HELD
from index.products.timeline import CODE, STATUSES, StateArrays, day_of
from index.text import strip_marks, syllables

_SCHEMA = """
CREATE TABLE products (
    id INTEGER PRIMARY KEY, name INTEGER, producer INTEGER, place TEXT, today TEXT, grouped TEXT, star INTEGER,
    status TEXT, since TEXT, expires TEXT
);
CREATE TABLE lines (product INTEGER, year INTEGER, day TEXT, until TEXT, change TEXT);
CREATE VIRTUAL TABLE words USING fts5 (bare, content = '', prefix = '1 2 3');
"""
_INDEXED = ("name", "producer", "place", "today", "grouped", "star", "status", "since", "expires")
# A condition, and the values bound in it.
Condition = tuple[str, list[object]]


class Peer:
    """An SQLite database in memory, with an index on every column and one of words."""

    def __init__(self, invented: Invented, states: StateArrays) -> None:
        """states: of the day whose stars and states are kept, in order of the products' keys."""
        self._db = sqlite3.connect(":memory:")
        self._db.executescript(_SCHEMA)
        numbers = {one.key: one.best.number.label for one in invented.decisions}
        # The catalogue's rows are in the order of the keys, and so are equal names.
        products = sorted(invented.products, key=lambda one: one.key)
        names, producers = ranks([one.name for one in products]), ranks([one.producer or "" for one in products])
        held = {CODE[status] for status in HELD}
        for row, one in enumerate(products):
            status, since, expires = int(states.status[row]), states.since[row], states.expires[row]
            places = [name for key in (one.province, one.province_today) if key for name in _names(key)]
            searched = [
                *one.names, one.producer, one.group, one.commune, one.district, *places,
                *(numbers[line.decision] for line in one.history),
            ]  # fmt: skip
            values = (
                row, int(names[row]), int(producers[row]), former_province(one) or "", one.province_today or "",
                slug(one.group or ""), int(states.star[row]) if status in held else 0, STATUSES[status],
                str(day_of(since) or ""), str(day_of(expires) or ""),
            )  # fmt: skip
            self._db.execute("INSERT INTO products VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
            bare = " ".join(dict.fromkeys(strip_marks(key.partition("\x00")[2]) for key in words_of(searched)))
            self._db.execute("INSERT INTO words (rowid, bare) VALUES (?, ?)", (row, bare.replace("/", " ")))
            self._db.executemany(
                "INSERT INTO lines VALUES (?, ?, ?, ?, ?)",
                [
                    (row, int(line.on[:4]), line.on, line.on + "-99" * (2 - line.on.count("-")), line.change)
                    for line in one.history
                    if line.on is not None and not line.withdrawn
                ],
            )
        for column in _INDEXED:
            self._db.execute(f"CREATE INDEX products_{column} ON products ({column})")
        self._db.execute("CREATE INDEX lines_product ON lines (product, year)")
        self._db.execute("CREATE INDEX lines_day ON lines (day)")
        self._db.execute("ANALYZE")

    def close(self) -> None:
        """Let go of it."""
        self._db.close()

    def find(self, query: ProductQuery) -> tuple[int, dict[str, int]]:
        """How many products are within the filters, and how many values each facet has; a page is read too."""
        conditions = _conditions(query)
        lines = _lines(query)
        of_lines = {} if not lines else {"lines": _having(lines)}
        where, bound = _joined({**conditions, **of_lines})
        total = self._db.execute(f"SELECT count(*) FROM products WHERE {where}", bound).fetchone()[0]
        order = {
            "name": "name",
            "producer": "producer, name",
            "recognised": "since = '', since",
            "expires": "expires",
        }
        way = "DESC" if query.descending else "ASC"
        statement = f"SELECT id FROM products WHERE {where} ORDER BY {order[query.sort]} {way}, name LIMIT 50"
        self._db.execute(statement, bound).fetchall()
        place = "place" if query.by == "then" else "today"
        facets: dict[str, int] = {}
        for facet, column in (("province", place), ("star", "star"), ("status", "status"), ("group", "grouped")):
            others, values = _joined({**conditions, **of_lines}, but=facet)
            rows = self._db.execute(f"SELECT {column}, count(*) FROM products WHERE {others} GROUP BY 1", values)
            facets[facet] = len(rows.fetchall())
        others, values = _joined(conditions)
        change, changed = _joined({key: one for key, one in lines.items() if key == "change"})
        statement = (
            "SELECT year, count(DISTINCT product) FROM lines JOIN products ON id = product "
            f"WHERE {change} AND {others} GROUP BY year"
        )
        facets["year"] = len(self._db.execute(statement, changed + values).fetchall())
        return total, facets


def _names(key: str) -> tuple[str, str]:
    return PROVINCES[key].name, PROVINCES[key].today


def _conditions(query: ProductQuery) -> dict[str, Condition]:
    found: dict[str, Condition] = {}
    words = [strip_marks(word) for word in syllables(query.q)]
    if words:
        match = " ".join(f'"{word}"' for word in words) + "*"
        found["q"] = ("id IN (SELECT rowid FROM words WHERE words MATCH ?)", [match])
    place = "place" if query.by == "then" else "today"
    for name, column, wanted in (
        ("province", place, query.provinces),
        ("star", "star", query.stars),
        ("status", "status", query.statuses),
        ("group", "grouped", query.groups),
    ):
        if wanted:
            found[name] = (f"{column} IN ({', '.join('?' * len(wanted))})", list(wanted))
    if query.expires_from is not None and query.expires_to is not None:
        days: list[object] = [query.expires_from.isoformat(), query.expires_to.isoformat()]
        found["expires"] = ("expires BETWEEN ? AND ?", days)
    return found


def _lines(query: ProductQuery) -> dict[str, Condition]:
    found: dict[str, Condition] = {}
    if query.recognised_from is not None:
        found["from"] = ("until >= ?", [query.recognised_from])
    if query.recognised_to is not None:
        found["to"] = ("day <= ?", [query.recognised_to])
    if query.changes:
        found["change"] = (f"change IN ({', '.join('?' * len(query.changes))})", list(query.changes))
    return found


def _having(lines: dict[str, Condition]) -> Condition:
    where, bound = _joined(lines)
    return f"id IN (SELECT product FROM lines WHERE {where})", bound


def _joined(conditions: dict[str, Condition], *, but: str = "") -> Condition:
    kept = [one for name, one in conditions.items() if name != but]
    return " AND ".join(text for text, _ in kept) or "1", [value for _, values in kept for value in values]
