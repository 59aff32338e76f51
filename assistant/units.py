"""Which law is meant: the day a question means, the state of what an article carries on it, rules and appendices."""

from datetime import date

from assistant.corpus import Corpus
from assistant.question import Question
from assistant.wording import says
from crawler.article import Article
from index.law.address import DocumentNumber
from index.law.documents import State
from index.law.in_force import in_force


def about_tables(question: Question) -> bool:
    """Whether a question may be about the criteria tables and forms in a document's appendices."""
    return says(
        question.tokens, "bộ tiêu chí", "tiêu chí", "phụ lục", "mẫu", "phiếu", "thang điểm", "điều kiện tối thiểu"
    )


def appended(article: Article, start: int) -> bool:
    """Whether a span stands in an appendix: criteria tables and forms, which answer only questions about them."""
    return any(section.label.startswith(("Phụ lục", "Mẫu số")) for section in article.heading_path(start))


def is_rule(number: DocumentNumber, corpus: Corpus) -> bool:
    """Whether a document is one of the rules of the programme held here, or ended by one of them."""
    document = corpus.law.find(number)
    return document is not None and (document.held != "citation" or document.ended is not None)


def law_day(question: Question, on: date) -> date:
    """The day whose law a question means: the past year or day it names, unless it asks about now; else `on`.

    A year means its last day: what held when the year ended.
    """
    if question.now or "nay" in question.tokens or not question.dates:
        return on
    asked = question.dates[-1]
    day = date.fromisoformat({4: f"{asked}-12-31", 7: f"{asked}-28"}.get(len(asked), asked[:10]))
    return min(day, on)


def ruling_articles(question: Question, corpus: Corpus, on: date) -> list[Article]:
    """The articles that carry the rule in force on the day a question means; none where it names another rule."""
    rules = in_force(corpus.law, law_day(question, on), "procedure").rules[:1]
    if any(not rule.document.number.matches(number) for rule in rules for number in question.documents):
        return []
    return [corpus.article(one.article_id, one.digest) for rule in rules for one in rule.document.carriers]


def state_at(article: Article, corpus: Corpus, on: date) -> State:
    """The state of the document an article carries, on a day; unknown where it carries none."""
    regulation = corpus.regulation(article.id)
    if regulation is None or regulation.number is None:
        return State(status="unknown")
    return corpus.law.state(regulation.number, on)
