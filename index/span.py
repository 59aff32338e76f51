"""A stretch of a text, as a pair of offsets."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]`, offsets in Unicode code points, half open; positional, since start and end say all."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of the span."""
        return text[self.start : self.end]

    def moved(self, by: int) -> "Span":
        """The same stretch where the text begins `by` characters earlier: a sentence's span within its article."""
        return Span(self.start + by, self.end + by)
