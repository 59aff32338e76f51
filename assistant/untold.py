"""What an answer leaves untold of a question that counts several things, looked for in the articles it is of."""

import re
from dataclasses import replace
from datetime import date

from assistant.compose import compose
from assistant.corpus import Corpus
from assistant.draft import Draft
from assistant.evidence import names_paper, said_in_words, states_number
from assistant.judge import judge
from assistant.parts import of_whole
from assistant.question import Question, understand
from assistant.retrieve import retrieve
from assistant.wording import tokens
from index.search import Searcher


def untold(question: Question, draft: Draft) -> list[Question]:
    """The clauses of a question that ask for so many of something of which an answer states no number ("lập mấy bộ, trả
    lời sau mấy ngày?" of an answer that only tells days), or which paper it was ("…, theo công văn nào?") where it
    names none, each as a question."""
    told = "\n".join(segment.text for segment in draft.segments)
    clauses = [clause for clause in re.split(r"[,;?]\s+|\s+và\s+", question.text) if clause.strip()]
    papers = [] if question.documents or names_paper(told) else [understand(clause) for clause in clauses[1:]]
    which = [of_whole(question, one) for one in papers if one.wanted == "number"]
    if len({item.form for item in question.counted}) < 2:
        return which[:1]
    missing = [
        item
        for item in question.counted
        if not states_number(replace(question, counted=(item,)), told) and not said_in_words(told, (item.form,))
    ]
    asked = [[clause for clause in clauses if _asks_count(item.form, clause)] for item in missing]
    return [*(of_whole(question, understand(found[0])) for found in asked if len(found) == 1), *which[:1]]


def rest_of(question: Question, draft: Draft, corpus: Corpus, searcher: Searcher, on: date) -> list[Draft] | None:
    """What the articles of an answer say of the counts that it leaves untold, as a draft each; None where nothing."""
    within = _articles(draft)
    more: list[Draft] = []
    for part in untold(question, draft):
        judged = judge(part, retrieve(part, searcher, within), corpus, on=on)
        own = tuple(one for one in judged.sentences if one.candidate.evidence.article.id in within)
        found = compose(part, replace(judged, sentences=own), corpus, on=on, within=within)
        if found is not None and found.status == "answered" and _articles(found) <= within:
            more.append(found)
    return more or None


def _articles(draft: Draft) -> frozenset[str]:
    return frozenset(evidence.article.id for segment in draft.segments for evidence in segment.evidence)


def _asks_count(form: str, clause: str) -> bool:
    return re.search(rf"(?<!\w)(?:mấy|bao nhiêu|nhiêu)\s+{re.escape(form)}(?!\w)", " ".join(tokens(clause))) is not None
