"""Figure: one number that a text states, and for every field the words it was read from."""

from dataclasses import dataclass
from typing import Literal

from index.span import Span

NATIONAL = "viet-nam"

Bound = Literal["over", "under", "about"]
PlaceFrom = Literal["title", "lead", "source"]
AsOfFrom = Literal["sentence", "paragraph", "event", "published"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number stated in a sentence of one version of an article.

    start, end: the sentence (of a table, the row); number_start, number_end: the number with its range or its whole in
    it; all offsets, also those of the spans, are into `article.text`. A field whose span is None was not read from
    words: its absence, or a default.
    value: as counted (money in đồng or USD, shares in percent); to: the upper end of a range; of: the whole of a share
        ("9/13": value 9, of 13).
    what: the noun counted ("sản phẩm", "chủ thể", "đồng", "%"); what_span may lie before the number, in an earlier
        clause ("62 sản phẩm, 18 đạt 4 sao"), or in the head of a table. share_of: of "%", what it is a share of.
    star, star_to: the star it is limited to, and the last where several are meant (5 for "trở lên"); None for all.
    potential: not yet of that star ("tiềm năng 5 sao"). bound: "over", "under", "about"; None for an exact count.
    place: a province's key, "viet-nam" for the whole country, or None where no text says. Where the sentence names
        none, place_span is None and place_from tells what named it: the article's title, its lead, or its source.
    subplace: the district, town or commune it is limited to, without its rank ("Hải Hậu").
    as_of: ISO date of the precision known, said in the sentence, or in the paragraph or list before it, else the day of
        the event or of publication.
    planned: a target or a registration, not a count. says: the person or body the number is attributed to, as written.
    part: it counts some of what another number counts ("trong đó có 4", "8 hộ với 22", "tăng 84").
    whole: the sentence says that it is the total of the place. context: the words of its clause.
    """

    article_id: str
    digest: str
    start: int
    end: int
    number_start: int
    number_end: int
    value: float
    to: float | None
    of: float | None
    what: str
    what_span: Span | None
    share_of: str | None
    share_of_span: Span | None
    star: int | None
    star_to: int | None
    star_span: Span | None
    potential: bool
    potential_span: Span | None
    bound: Bound | None
    bound_span: Span | None
    place: str | None
    place_span: Span | None
    place_from: PlaceFrom | None
    subplace: str | None
    subplace_span: Span | None
    as_of: str | None
    as_of_span: Span | None
    as_of_from: AsOfFrom | None
    planned: bool
    planned_span: Span | None
    says: str | None
    says_span: Span | None
    part: bool
    whole: bool
    context: str

    @property
    def place_said(self) -> bool:
        """Whether the sentence names the place."""
        return self.place_span is not None

    @property
    def as_of_said(self) -> bool:
        """Whether the sentence says the date."""
        return self.as_of_from == "sentence"
