"""Who wrote an article, when it was published and by whom: told of the article a question is about, and of no other."""

from collections.abc import Sequence

from assistant.answer import vietnamese_date
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, quoted
from assistant.evidence import Evidence, specific
from assistant.question import Question
from assistant.retrieve import Found
from assistant.wording import coverage, says, supplied, words_of
from crawler.article import Article
from index.dates import find_dates
from index.sentence import sentence_spans

_ARTICLE = ("bài", "bài báo", "bài viết", "bài đăng", "tin", "bản tin", "mẩu tin", "tin bài", "bài này", "tin này")
_AUTHOR = ("ai viết", "tác giả", "người viết", "phóng viên nào", "nhà báo nào", "ai đưa tin", "ai đăng", "ai chụp")
_DAY = (
    "ngày đăng", "giờ đăng",
    *(
        f"{done} {when}"
        for done in ("đăng", "đăng vào", "đăng hồi", "đăng từ", "viết", "viết vào", "lên báo", "đưa tin")
        for when in (
            *("ngày nào", "hôm nào", "khi nào", "lúc nào", "bao giờ", "ngày mấy"),
            *("tháng mấy", "tháng nào", "năm nào"),
        )
    ),
)  # fmt: skip
_PUBLISHER = (
    "báo nào", "tờ báo nào", "trang nào", "hãng tin nào", "đăng ở đâu", "đăng trên đâu", "cơ quan nào đăng",
    "tòa soạn nào",
)  # fmt: skip
# Of the telling words of a question, the share that the title and the opening of the article it is about hold.
_ABOUT = 0.6
# Characters of an article that say what it is about.
_OPENING = 700
# Words that ask, and say nothing of what the article is about.
_ASKING = frozenset("bài báo tin viết đăng tác giả phóng viên hãng tờ trang tòa soạn chụp đưa hôm lúc ngày giờ".split())


def asks_of_article(question: Question) -> bool:
    """Whether a question asks who wrote an article, when it appeared or where."""
    return says(question.tokens, *_AUTHOR, *_DAY, *_PUBLISHER) and says(question.tokens, *_ARTICLE)


def about_article(question: Question, found: Found, corpus: Corpus, within: frozenset[str]) -> Draft | None:
    """Who wrote, when or where appeared the article a question is about; None for other questions, and where it is not
    clear which article is meant.

    within: ids of the articles the conversation is about; where it is one, that is meant.
    """
    article = _meant(question, found, corpus, within) if asks_of_article(question) else None
    if article is None:
        return None
    author, day, publisher = (says(question.tokens, *asked) for asked in (_AUTHOR, _DAY, _PUBLISHER))
    byline = [quoted(one) for one in bylines(article)] if author or publisher else []
    notices: list[str] = []
    unknown = False
    if author and not byline:
        unknown = article.author is None
        notices.append(
            "Nguồn không ghi tên người viết." if unknown else f"Theo trang nguồn, người viết: {article.author}."
        )
    if day:
        unknown = unknown or article.published is None
        notices += ["Nguồn không ghi ngày đăng."] if article.published is None else []
    if publisher:
        notices.append(f"Nguồn: {article.source}.")
    dated = _dated(article, corpus) if day else []
    named = dated or _named(article)
    return Draft(
        status="partial" if unknown else "answered",
        segments=(*named, *(_published(article, named) if day else []), *byline),
        notices=tuple(notices),
        strength=1.0,
    )


def _meant(question: Question, found: Found, corpus: Corpus, within: frozenset[str]) -> Article | None:
    """The article whose title and opening hold most of what a question says; None where another holds as much."""
    articles = {
        hit.passage.article_id: corpus.article(hit.passage.article_id, hit.passage.digest)
        for hit in found.news
        if len(within) != 1 or hit.passage.article_id in within
    }
    if len(within) == 1:
        return next(iter(articles.values()), None)
    telling = [word for word in specific(question) if word not in _ASKING]
    if not telling and not question.places:
        return None
    weights = corpus.weights(telling, question.emphasis)
    scored = sorted(
        (
            (coverage(telling, supplied(question.synonyms, words_of(_opening(one))), weights), one.id, one)
            for one in articles.values()
        ),
        key=lambda item: (-item[0], item[1]),
    )
    if not scored or scored[0][0] < _ABOUT or (len(scored) > 1 and scored[1][0] >= scored[0][0]):
        return None
    return scored[0][2]


def _opening(article: Article) -> str:
    return f"{article.title}\n{article.text[:_OPENING]}"


def _published(article: Article, named: Sequence[Segment]) -> list[Segment]:
    """The day an article was published, as its page tells it, beside what names the article."""
    if article.published is None or not named:
        return []
    text = f"Bài đăng {vietnamese_date(article.published[:10])}."
    return [Segment(text=text, kind="stated", evidence=named[0].evidence)]


def _dated(article: Article, corpus: Corpus) -> list[Segment]:
    """The first sentence that says the day an article was published, where one does."""
    day = (article.published or "")[:10]
    for start, end, _, _ in corpus.sentences(article) if day else ():
        if any(mention.iso == day for mention in find_dates(article.text[start:end])):
            return [quoted(Evidence(article=article, start=start, end=end))]
    return []


def _named(article: Article) -> list[Segment]:
    """The article as it calls itself: its title where its text has it, else its first words."""
    at = article.text.find(article.title) if article.title else -1
    if at >= 0:
        return [quoted(Evidence(article=article, start=at, end=at + len(article.title)))]
    block = next((one for one in article.blocks if one.role in ("lead", "paragraph", "heading")), None)
    if block is None:
        return []
    start, end = sentence_spans(article.text, block.start, block.end)[0]
    return [quoted(Evidence(article=article, start=start, end=end))]


def bylines(article: Article) -> list[Evidence]:
    """Where an article says who wrote it."""
    return [Evidence(article=article, start=one.start, end=one.end) for one in article.blocks if one.role == "byline"]
