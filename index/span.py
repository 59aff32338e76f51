"""A stretch of a text: where a field of a record was read from."""

from typing import NamedTuple


class Span(NamedTuple):
    """`text[start:end]`, in Unicode code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of the span."""
        return text[self.start : self.end]

    def moved(self, by: int) -> "Span":
        """The same stretch where the text begins `by` characters earlier: a sentence's span within its article."""
        return Span(self.start + by, self.end + by)
