"""The same decision told by several articles, as one record with several sources."""

from dataclasses import dataclass

from index.decisions.decision import DecisionTold, ProductRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision.

    key: names it for good, also when it is crawled again ("1287-qd-ubnd.son-ha.2025"). told: what each article tells,
    the best first: the decision's own text before reports, surer before less sure. rows: the products of its own list,
    of the article that holds it best. changed_by: keys of the decisions that amend, replace or revoke it, the earlier
    first. disputed: names of the fields that its sources tell differently.
    """

    key: str
    told: tuple[DecisionTold, ...]
    rows: tuple[ProductRow, ...]
    changed_by: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()

    @property
    def best(self) -> DecisionTold:
        """What counts of it."""
        return self.told[0]

    @property
    def listing(self) -> DecisionTold:
        """What the article tells that its list stands in; the best where none has one."""
        return next((one for one in self.told if one.rows), self.best)
