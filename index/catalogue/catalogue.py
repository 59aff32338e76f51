"""catalogue/: the decisions and products of one generation, written with the index and mapped when it is opened.

A pure function of the decisions and products: equal ones give equal files, however the index was built.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from pydantic import TypeAdapter

from index.catalogue.decision_columns import DecisionColumns
from index.catalogue.decisions import Decisions
from index.catalogue.product_columns import ProductColumns, product_columns
from index.catalogue.products import Products
from index.decisions.decision import DecisionTold
from index.decisions.merged import Decision
from index.decisions.merging import merged
from index.products.assembling import assemble
from index.products.product import Product
from index.review.applying import apply, judged
from index.review.correction import Correction

FOLDER = "catalogue"
_DECISIONS, _PRODUCTS = "decisions", "products"
_PRODUCT = TypeAdapter(Product)


class Catalogue:
    """Decisions and products to be filtered, counted, sorted and read. Thread-safe."""

    def __init__(self, decisions: DecisionColumns, products: ProductColumns) -> None:
        """Use `Catalogue.of` or `Catalogue.open`."""
        self._decisions = decisions
        self._products = products

    @classmethod
    def of(cls, decisions: Sequence[Decision], products: Sequence[Product]) -> "Catalogue":
        """The catalogue of records, in order of their keys."""
        decisions = sorted(decisions, key=lambda one: one.key)
        products = sorted(products, key=lambda one: one.key)
        places = {one.key: (row, one.best.number.label) for row, one in enumerate(decisions)}
        reported = {(one.key, told.article_id, told.digest) for one in decisions for told in one.told if told.reported}
        records = (_PRODUCT.dump_json(one) for one in products)
        return cls(DecisionColumns.of(decisions), product_columns(products, records, places, reported))

    @classmethod
    def of_told(cls, told: Iterable[DecisionTold], corrections: Sequence[Correction] = ()) -> "Catalogue":
        """The catalogue of all that articles tell of decisions, with the corrections that stand."""
        decisions = apply(merged(told), corrections).decisions
        return cls.of(decisions, assemble(decisions, judged(corrections)))

    @classmethod
    def open(cls, folder: Path) -> "Catalogue":
        """Map what `write` wrote into a generation's folder.

        Raises:
            OSError, ValueError: a file is missing or damaged.
        """
        target = folder / FOLDER
        return cls(DecisionColumns.open(target / _DECISIONS), ProductColumns.open(target / _PRODUCTS))

    def write(self, folder: Path) -> None:
        """Write the columns into a generation's folder."""
        self._decisions.write(folder / FOLDER / _DECISIONS)
        self._products.write(folder / FOLDER / _PRODUCTS)

    @cached_property
    def decisions(self) -> Decisions:
        """The decisions."""
        return Decisions(self._decisions)

    @cached_property
    def products(self) -> Products:
        """The products."""
        return Products(self._products, self.decisions.rows_of)
