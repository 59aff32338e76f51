"""What is said of the others, where some of what was counted were told before: "số còn lại phải sửa gì?"."""

import re

from assistant.corpus import Corpus
from assistant.draft import Draft, quoted
from assistant.evidence import Evidence
from assistant.question import Question
from assistant.retrieve import Found
from assistant.sentences import source_notice
from assistant.wording import says, tokens

_THE_REST = tuple(
    f"{what} còn lại" for what in ("số", "phần", "cái", "món", "sản phẩm", "hồ sơ", "điều kiện", "đủ", "đạt", "loại")
)
# A sentence about the others begins with them.
_OF_THE_REST = re.compile(r"(?:các|những|số|phần)\s+(?P<noun>(?:\w+\s+){0,3})còn lại(?!\w)", re.IGNORECASE)
_KINDS = ("text", "list", "how")
_FEW = 5  # words of content: of one thing that the others lack or must do, other sentences may tell


def asks_of_the_rest(question: Question) -> bool:
    """Whether a follow-up asks what is with the others, and counts none of them."""
    of_them = question.follow_up and question.wanted in _KINDS and says(question.tokens, *_THE_REST)
    return of_them and not question.numbers and len(question.content) <= _FEW


def the_rest_draft(question: Question, found: Found, corpus: Corpus, within: frozenset[str]) -> Draft | None:
    """The one sentence on the others in the articles the conversation is about; None for other questions, and where
    none or several say something of them."""
    if not asks_of_the_rest(question):
        return None
    versions = {(hit.passage.article_id, hit.passage.digest) for hit in found.news if hit.passage.article_id in within}
    heard = {*question.heard, *question.spoken, *question.tokens}  # other things that were left are none of those
    told = [
        Evidence(article=article, start=start, end=end)
        for article in (corpus.article(*one) for one in sorted(versions))
        for start, end, _, _ in corpus.sentences(article)
        if (of_them := _OF_THE_REST.match(article.text, start)) is not None
        and heard.issuperset(tokens(of_them["noun"]))
    ]
    if len(told) != 1:
        return None
    return Draft(status="answered", segments=(quoted(told[0]),), notices=source_notice(told[0].article), strength=1.0)
