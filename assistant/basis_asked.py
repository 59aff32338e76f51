"""What the answer before rests on, asked for in a few words: "điều nào nói vậy?", "căn cứ vào đâu?", "nguồn ở đâu?"."""

from assistant.about_article import bylines
from assistant.answer import Answer, Citation, Claim, vietnamese_date
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, quoted
from assistant.evidence import Evidence
from assistant.question import Question
from assistant.wording import says

_PLACES = ("điều", "khoản", "điểm", "mục", "văn bản", "quyết định", "quy định", "luật", "bài", "báo", "nguồn", "trang")
_SAY = ("nói", "ghi", "quy định", "nêu", "viết", "bảo")
_LEADING = ("căn cứ", "theo", "ở", "nằm ở", "thuộc", "tại", "trong", "chỗ")
_UNITS = ("điều nào", "khoản nào", "điểm nào", "điều mấy", "khoản mấy", "điều khoản nào", "mục nào")
_ASKS = (
    *(f"{place} nào {say}" for place in _PLACES for say in _SAY),
    *(f"{leading} {unit}" for leading in _LEADING for unit in _UNITS),
    "căn cứ vào đâu", "căn cứ đâu", "căn cứ gì", "căn cứ nào", "căn cứ là gì", "dựa vào đâu", "dựa trên gì",
    "lấy ở đâu ra", "ở đâu ra", "nguồn ở đâu", "nguồn nào", "nguồn đâu", "nguồn gì", "lấy từ đâu", "lấy nguồn",
    "dẫn nguồn", "cho xin nguồn", "xin nguồn", "trích từ đâu", "ai nói vậy", "ai nói thế", "khoản mấy điều mấy",
    "điều mấy khoản mấy", "lấy ở bài nào", "lấy ở đâu", "đăng ngày nào", "đăng ngày mấy", "đăng hôm nào",
    "ai viết", "của ai viết", "của ai", "tác giả", "ai đăng",
    "số này là của ngày nào", "số này của ngày nào", "số đó của ngày nào", "số liệu này của ngày nào",
    "số liệu ngày nào", "của ngày nào vậy", "là của ngày nào", "tính đến ngày nào", "số của khi nào",
)  # fmt: skip
# Beside what asks for it, words that only point at what was said.
_POINTING = frozenset(
    "thế vậy thì là đó này ấy đấy nhỉ ạ ơi em anh chị cho xin hỏi mình tôi với nói ghi quy định nêu viết bảo có cái số "
    "liệu thông tin căn cứ vào đâu theo ở nào gì mấy điều khoản điểm mục văn bản quyết luật bài báo nguồn trang lấy ra "
    "đăng ngày hôm tính đến khi hả của "
    "tác giả viết "
    "còn muốn cơ à ủa nhầm lộn "
    "từ dẫn trích trong tại chỗ nằm thuộc dựa trên ai câu rõ cụ thể chính xác và hay bạn ad admin được".split()
)
_AUTHOR = ("ai viết", "của ai", "tác giả", "ai đăng")
_DAY = (
    "ngày nào", "ngày mấy", "hôm nào", "khi nào", "bao giờ", "ngày đăng",
)  # fmt: skip
_OF_NEWS = (*_AUTHOR, *_DAY, "bài", "báo", "trang")
_BASIS = "Căn cứ:"
# Claims told again at most: the answer before is there to be read.
_MOST = 3


def asks_basis(question: Question) -> bool:
    """Whether a question asks for nothing but where what was told before stands."""
    return says(question.tokens, *_ASKS) and set(question.tokens) <= _POINTING


def asks_author(question: Question) -> bool:
    """Whether it asks who wrote what was told."""
    return says(question.tokens, *_AUTHOR)


def asks_of_news(question: Question) -> bool:
    """Whether it asks who wrote what was told, when, or in which article: of news, not of law."""
    return says(question.tokens, *_OF_NEWS)


def basis_of(question: Question, answer: Answer, corpus: Corpus) -> Draft | None:
    """What an answer rests on: the line that names its law with the words cited from there, else its first sentences
    and, as notices before its own, the sources they stand in; None where it rests on nothing.

    Raises:
        VersionMissing: an article cited is no more.
    """
    citations = {one.number: one for one in answer.citations}
    named = [one for one in answer.claims if answer.text[one.start : one.end].startswith(_BASIS)]
    stated = [one for one in answer.claims if one not in named and one.calculation is None][:_MOST]
    segments = [_again(one, answer, citations, corpus) for one in (*stated, *named)]
    if not segments:
        return None
    sources = {citations[number] for one in stated for number in one.citations}
    if says(question.tokens, *_DAY):
        segments += _published(sources, corpus)
    if asks_author(question):
        articles = {one.article_id: corpus.article(one.article_id, one.digest) for one in sources}
        segments += [quoted(found) for article in articles.values() for found in bylines(article)]
    where = () if named else tuple(sorted({_source(one) for one in sources}))
    notices = (*where, *(_by_whom(sources, corpus) if asks_author(question) else ()), *answer.notices)
    return Draft(status="answered", segments=tuple(dict.fromkeys(segments)), notices=notices, strength=1.0)


def _again(claim: Claim, answer: Answer, citations: dict[int, Citation], corpus: Corpus) -> Segment:
    """A claim as it was told."""
    cited = [citations[number] for number in claim.citations]
    evidence = tuple(
        Evidence(article=corpus.article(one.article_id, one.digest), start=one.start, end=one.end) for one in cited
    )
    if claim.kind == "quoted":
        return quoted(evidence[0])
    return Segment(text=answer.text[claim.start : claim.end], kind=claim.kind, evidence=evidence)


def _published(sources: set[Citation], corpus: Corpus) -> list[Segment]:
    """The day on which each article cited was published, as its page tells it."""
    dated = sorted((one for one in sources if one.published), key=lambda one: one.number)
    first = {one.article_id: one for one in reversed(dated)}
    return [
        Segment(
            text=f"Bài đăng {vietnamese_date((one.published or '')[:10])}.",
            kind="stated",
            evidence=(Evidence(article=corpus.article(one.article_id, one.digest), start=one.start, end=one.end),),
        )
        for one in sorted(first.values(), key=lambda one: one.number)
    ]


def _by_whom(sources: set[Citation], corpus: Corpus) -> tuple[str, ...]:
    """Who wrote the articles cited, as their pages tell it."""
    articles = {one.article_id: corpus.article(one.article_id, one.digest) for one in sources}
    told = []
    for article in articles.values():
        byline = " ".join(article.text[one.start : one.end] for one in article.blocks if one.role == "byline")
        who = article.author or byline
        told.append(f"Theo trang nguồn, người viết: {who}." if who else "Nguồn không ghi tên người viết.")
    return tuple(sorted(set(told)))


def _source(citation: Citation) -> str:
    day = f", {vietnamese_date(citation.published)}" if citation.published else ""
    return f"Nguồn: “{citation.title}”, {citation.source}{day}."
