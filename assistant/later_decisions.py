"""What later decisions did to one: the clauses that amend, replace or revoke it."""

from collections.abc import Iterable

from assistant import answer as say
from assistant.corpus import Corpus
from assistant.draft import Segment, connective, quoted
from assistant.product_lines import ProductWriter
from index.decisions.decision import ActTold
from index.decisions.merged import Decision


def clauses_changing(decision: Decision, corpus: Corpus, writer: ProductWriter) -> list[Segment]:
    """The clauses of later decisions that change one, each with the decision it is of; nothing where none held does,
    which is no proof that none did."""
    clauses: list[Segment] = []
    for key in decision.changed_by:
        later = corpus.held.decision(key)
        if later is None:
            continue
        aimed = [act for act in later.best.acts if aims(act, decision)]
        clauses += [quoted(writer.clause(later.best, act)) for act in aimed]
        clauses += writer.paper(later.best) if aimed else []
    return [connective(say.CHANGED), *clauses] if clauses else []


def replaced_whole(decision: Decision, among: Iterable[Decision]) -> bool:
    """Whether one of some decisions replaced the whole of another, so that its list stands for both."""
    return any(
        act.act == "replaces" and act.whole and aims(act, decision)
        for later in among
        if later.key in decision.changed_by
        for act in later.best.acts
    )


def aims(act: ActTold, decision: Decision) -> bool:
    """Whether an act changes a decision."""
    return act.target is not None and act.target.matches(decision.best.number) and act.act != "other"
