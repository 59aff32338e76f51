"""What a conversation on how goods are scored is about."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """The goods of one set spoken of and the criterion of that set, each as it was named; criterion: "" where the last
    question named none. before: (goods, criterion) spoken of before these, where they were others."""

    goods: str
    criterion: str
    before: tuple[str, str] | None = None
