"""What an answer leaves untold of a question that asks several things, looked for in the articles it is of."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.compose import compose
from assistant.content import ASKS
from assistant.corpus import Corpus
from assistant.draft import Draft
from assistant.evidence import fits_kind, names_paper, specific
from assistant.gates import MONEY
from assistant.judge import NOTHING_JUDGED, judge
from assistant.numbers_told import said_in_words, states_number
from assistant.parts import of_whole
from assistant.question import Question, understand
from assistant.recorded import recorded
from assistant.retrieve import retrieve
from assistant.wording import coverage, says, supplied, tokens, words_of
from index.search import Searcher

# Kinds of answer that a clause may ask for beside what another asks.
_TOLD_APART = ("who", "when", "where", "list", "star", "why", "how", "duration", "share")
# Of the telling words of a clause an answer that tells it holds this share, in [0, 1].
_SPOKEN_OF = 0.5
# Between clauses that each ask something.
_CLAUSE = re.compile(r"[,;?.]\s+|\s+(?:và|va|với|rồi(?!\s+thì)|còn)\s+")


def untold(question: Question, draft: Draft) -> list[Question]:
    """The clauses of a question that ask for what an answer does not tell, each as a question: so many of something of
    which it states no number ("lập mấy bộ, trả lời sau mấy ngày?" of an answer that only tells days), which paper it
    was ("…, theo công văn nào?") where it names none, who, where, when, which or why where it speaks of no such thing.
    """
    told = "\n".join(segment.text for segment in draft.segments)
    clauses = [clause for clause in re.split(r"[,;?]\s+|\s+và\s+", question.text) if clause.strip()]
    papers = [] if question.documents or names_paper(told) else [understand(clause) for clause in clauses[1:]]
    which = [of_whole(question, one) for one in papers if one.wanted == "number"]
    if len({item.form for item in question.counted}) < 2:
        return which[:1] or _beside_target(question) or _of_other_kinds(question, told)
    missing = [
        item
        for item in question.counted
        if not states_number(replace(question, counted=(item,)), told) and not said_in_words(told, (item.form,))
    ]
    asked = [[clause for clause in clauses if _asks_count(item.form, clause)] for item in missing]
    counts = [of_whole(question, understand(found[0])) for found in asked if len(found) == 1]
    return [*counts, *which[:1]] or _of_other_kinds(question, told)


def asking_clauses(question: Question) -> list[str]:
    """The clauses of a question that ask something, each with what stands before all of them ("Phân hạng lại: họp hay
    xin ý kiến, bao lâu xong?")."""
    headed = _SUBJECT.match(question.text)
    about = "" if headed is None or _of_the_asker(tokens(headed["subject"])) else headed["subject"]
    text = question.text[headed.end() :] if headed is not None and about else question.text
    return [f"{about} {clause}".strip() for clause in _CLAUSE.split(text) if _asks(tokens(clause))]


_SUBJECT = re.compile(r"(?P<subject>[^:?.;,\d][^:?.;,]{3,60}):\s+(?=\w)")


_MOST_OF_SUBJECT = 8
# "Em đang gom hàng nên hỏi chút: …"
_ASKER = ("hỏi", "cho biết", "tôi", "em", "mình", "tui", "cháu", "nhà", "giúp", "xin", "thưa", "chào")


def _of_the_asker(subject: Sequence[str]) -> bool:
    """Whether what stands before a colon says who asks, or asks itself."""
    return len(subject) > _MOST_OF_SUBJECT or says(subject, *_ASKER) or _asks(subject)


def _asks(clause: Sequence[str]) -> bool:
    """Whether words ask something: by an asking word, whether something is so ("có phải họp không"), or which of two
    ("họp hay xin ý kiến")."""
    whether = says(clause[-1:], "không", "chưa", "chăng") and says(clause, "có", "phải", "được", "đã")
    return says(clause, *ASKS) or whether or "hay" in clause[1:-1]


# What was reached, beside what is aimed at.
_REACHED = (
    "thực tế", "kết quả", "đạt được", "đã được", "đã đạt", "đã có", "làm được", "hiện có", "đang có",
    "hiện nay", "đến nay",
)  # fmt: skip


def _beside_target(question: Question) -> list[Question]:
    """Of a question after a target, the clause that asks how many there are ("đặt mục tiêu bao nhiêu, thực tế được
    mấy?"), at its own time."""
    found = []
    for clause in map(understand, asking_clauses(question) if question.planned else ()):
        counts = clause.wanted == "figure" and (clause.counted or says(clause.tokens, *_REACHED))
        if counts and not clause.planned:
            part = replace(
                clause, counted=clause.counted or question.counted, content=clause.content or question.content
            )
            found.append(replace(of_whole(question, part), dates=clause.dates, when=clause.when, period=clause.period))
    return found[:1]


def _of_other_kinds(question: Question, told: str) -> list[Question]:
    """The clauses that ask for a kind of thing an answer has none of, or about what it does not speak of."""
    asking = [clause for clause in asking_clauses(question) if says(tokens(clause), *ASKS)]
    if len(asking) < 2:
        return []
    words = words_of(told)
    found = []
    for clause in map(understand, asking):
        telling = specific(clause)
        spoken = coverage(telling, supplied(clause.synonyms, words), [1.0] * len(telling))
        of_money = clause.wanted == "figure" and any(item.what == MONEY for item in clause.counted)
        if (of_money or clause.wanted in _TOLD_APART) and not (fits_kind(clause, told) and spoken >= _SPOKEN_OF):
            part = of_whole(question, clause)
            found.append(replace(part, content=tuple(dict.fromkeys((*clause.content, *question.content)))))
    return found


def rest_of(question: Question, draft: Draft, corpus: Corpus, searcher: Searcher, on: date) -> list[Draft] | None:
    """What the articles of an answer say of what it leaves untold, as a draft each; None where nothing."""
    within = _articles(draft)
    told = {segment.text for segment in draft.segments}
    more: list[Draft] = []
    for part in untold(question, draft):
        records, judged = recorded(part, corpus, on, within), NOTHING_JUDGED
        if not records.settled:
            judged = judge(part, retrieve(part, searcher, within), corpus, on=on)
        own = tuple(one for one in judged.sentences if one.candidate.evidence.article.id in within)
        found = compose(part, records, replace(judged, sentences=own), corpus, on=on, within=within)
        if found is not None and found.status == "answered" and _articles(found) <= within:
            new = tuple(segment for segment in found.segments if segment.text not in told)
            more += [replace(found, segments=new)] if new else []
    return more or None


def _articles(draft: Draft) -> frozenset[str]:
    return frozenset(evidence.article.id for segment in draft.segments for evidence in segment.evidence)


def _asks_count(form: str, clause: str) -> bool:
    return re.search(rf"(?<!\w)(?:mấy|bao nhiêu|nhiêu)\s+{re.escape(form)}(?!\w)", " ".join(tokens(clause))) is not None
