"""A stretch of a text: where a field of a record was read from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """`text[start:end]`, in Unicode code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of the span."""
        return text[self.start : self.end]
