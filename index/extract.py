"""All records of one article: what it says of law, the criteria it prints, the counts and the people in office it
states, and the decisions it tells of."""

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.article import Article
from index.criteria.reading import criteria_sets
from index.criteria.sets import CriteriaSet
from index.decisions.decision import DecisionTold
from index.decisions.reading import decisions
from index.figures.figure import Figure
from index.figures.stated import figures
from index.figures.sums import SumCheck, sum_checks
from index.law.regulations import Regulation, read_regulation
from index.people.stated import Stated, people


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """The records of one article, each kind in order of the text."""

    figures: Sequence[Figure] = ()
    regulations: Sequence[Regulation] = ()
    criteria: Sequence[CriteriaSet] = ()
    people: Sequence[Stated] = ()
    sums: Sequence[SumCheck] = ()
    decisions: Sequence[DecisionTold] = ()


def extract(article: Article) -> Extracted:
    """Read every record of an article; only from its own text, title and metadata."""
    regulation = read_regulation(article)
    counts = figures(article)
    return Extracted(
        figures=counts,
        regulations=() if regulation is None else (regulation,),
        criteria=criteria_sets(article),
        people=people(article),
        sums=sum_checks(article, counts),
        decisions=decisions(article),
    )
