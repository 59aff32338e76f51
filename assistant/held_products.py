"""The products and decisions of one generation as the assistant looks at them: the catalogue, and names in it."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from assistant.listed_names import ListedNames
from assistant.wording import tokens
from index.catalogue.catalogue import Catalogue
from index.decisions.decision import ProductRow
from index.decisions.merged import Decision
from index.law.address import DocumentNumber
from index.products.product import Product

# What a body below the nation is of: "tỉnh Sơn Hạ", "HUYỆN VÂN KHÊ".
_OF = re.compile(
    r"(?<!\w)(?P<rank>tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường)\s+(?P<name>\w+\s\w.*)", re.IGNORECASE
)
_RANK = re.compile(r"^(?:xã|phường)\s+", re.IGNORECASE)
# What the names of several groups share, or what joins the names within one.
_JOINING = frozenset("và từ hàng nhóm ngành sản khác các".split())


def group_pairs(written: str) -> frozenset[tuple[str, str]]:
    """The pairs of neighbouring syllables that tell a group of goods from others: "Đồ uống" has one."""
    return frozenset(
        (left, right) for left, right in pairwise(tokens(written)) if left not in _JOINING and right not in _JOINING
    )


class HeldProducts:
    """A view of a catalogue. Thread-safe; names are read once, when first asked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __len__(self) -> int:
        return len(self.catalogue.products)

    def products(self, rows: tuple[int, ...]) -> list[Product]:
        """The products of those rows."""
        return list(self.catalogue.products.read(rows))

    def decision(self, key: str) -> Decision | None:
        """The decision of a key, or None."""
        row = self.catalogue.decisions.row(key)
        return None if row is None else next(self.catalogue.decisions.read([row]))

    def decisions(self, number: DocumentNumber) -> list[Decision]:
        """The decisions that a number may mean, of whatever province."""
        found = self.catalogue.decisions.rows_of(number.label)
        return [one for one in self.catalogue.decisions.read(map(int, found)) if one.best.number.matches(number)]

    @cached_property
    def issued(self) -> tuple[Decision, ...]:
        """Every decision."""
        decisions = self.catalogue.decisions
        return tuple(decisions.read(range(len(decisions))))

    @cached_property
    def bodies(self) -> frozenset[str]:
        """The names of the places below the nation whose bodies issued decisions, of those that no map has: "sơn hạ" of
        "Ủy ban nhân dân tỉnh Sơn Hạ"."""
        return frozenset(name for _, name in self._unmapped)

    @cached_property
    def unmapped_provinces(self) -> frozenset[str]:
        """Those of them that are provinces."""
        return frozenset(name for rank, name in self._unmapped if rank in ("tỉnh", "thành phố"))

    @cached_property
    def _unmapped(self) -> frozenset[tuple[str, str]]:
        """(rank, name) of each such place."""
        told = (one.listing for one in self.issued if one.listing.place is None and one.listing.level != "central")
        names = (read.text for one in told for read in (one.issuer, one.place_read) if read is not None)
        found = (_OF.search(name) for name in names)
        return frozenset(
            (match["rank"].lower(), " ".join(tokens(match["name"]))) for match in found if match is not None
        )

    @cached_property
    def listings(self) -> tuple[Decision, ...]:
        """The decisions that have a list of products of their own."""
        return tuple(one for one in self.issued if one.rows)

    @cached_property
    def registered(self) -> tuple[tuple[tuple[Decision, ProductRow], ...], ListedNames]:
        """The lines of lists of products registered to be judged, and their names by the place of each line."""
        lines = tuple((one, row) for one in self.listings for row in one.rows if row.act == "lists")
        return lines, ListedNames((place, row.name.text) for place, (_, row) in enumerate(lines))

    @cached_property
    def names(self) -> ListedNames:
        """The products' names, each way they are written."""
        return ListedNames((row, name) for row, one in self._all() for name in dict.fromkeys((one.name, *one.names)))

    @cached_property
    def groups(self) -> frozenset[tuple[str, str]]:
        """The pairs of syllables that tell the groups of lists from one another ("đồ uống")."""
        written = {row.group.text for one in self.listings for row in one.rows if row.group is not None}
        return frozenset(pair for text in written for pair in group_pairs(text))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The pairs of neighbouring syllables in products' names."""
        names = {name for _, one in self._all() for name in (one.name, *one.names)}
        return frozenset(pair for name in names for pair in pairwise(tokens(name)))

    @cached_property
    def makers(self) -> ListedNames:
        """The names of who makes them."""
        return ListedNames((row, one.producer) for row, one in self._all() if one.producer)

    @cached_property
    def communes(self) -> ListedNames:
        """The communes and districts they are of; a commune by its name alone, which some lists write with "xã"."""
        return ListedNames(
            (row, _RANK.sub("", name)) for row, one in self._all() for name in (one.commune, one.district) if name
        )

    def _all(self) -> Iterator[tuple[int, Product]]:
        return enumerate(self.catalogue.products.read(range(len(self))))
