"""Our own set: questions of `evaluation/own.toml` over the demo corpus, crawled and read as `make run` does.

What is right is a passage, found by containment: it is of the page (or of a copy that leads its story) and holds the
quote. So the set stays as it is however passages are cut.
"""

import tomllib
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as validated

from crawler.archive import Archive
from demo.corpus import crawl_demo
from demo.pages import FOLDER as DEMO
from demo.pages import load_portals
from evaluation.question_set import Place, Question, QuestionSet, files_digest

FILE = Path(__file__).resolve().parent / "own.toml"
NAME = "own"


@validated(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class _Written:
    """A question as the file has it; gold: needs, each a list of [page, quote] of which one is enough."""

    question: str
    kind: str
    gold: tuple[tuple[tuple[str, str], ...], ...]


_FILE = TypeAdapter(dict[str, tuple[_Written, ...]])


def read_own(file: Path = FILE, demo: Path = DEMO) -> QuestionSet:
    """The questions, each with the pages and quotes that answer it.

    Raises:
        ValueError: the file is malformed, or names a page the demo portals do not have.
        demo.pages.PageError: the portals are not as expected.
        OSError: a file cannot be read.
    """
    try:
        written = _FILE.validate_python(tomllib.loads(file.read_text(encoding="utf-8"))).get("question", ())
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ValueError(f"{file} is no question file: {error}") from error
    if not written:
        raise ValueError(f"{file} holds no [[question]]; expected at least one")
    pages = _addresses(demo)
    questions: dict[str, Question] = {}
    for asked in written:
        gold = tuple(tuple(Place(document=page, quote=quote) for page, quote in places) for places in asked.gold)
        for place in (place for places in gold for place in places):
            if place.document not in pages or not place.quote.strip():
                raise ValueError(
                    f"{file}: {asked.question!r} has {place.quote!r} of the page {place.document!r}; expected words of "
                    "PORTAL/NAME of demo/pages, or PORTAL/FILE of demo/documents"
                )
        if not gold or not all(gold):
            raise ValueError(f"{file}: {asked.question!r} has no gold; expected at least one page with a quote")
        identity = sha256(asked.question.encode()).hexdigest()[:12]
        if identity in questions:
            raise ValueError(f"{file}: {asked.question!r} stands twice; remove one of the two")
        questions[identity] = Question(
            id=identity, text=asked.question, gold=gold, group=gold[0][0].document, kind=asked.kind
        )
    return QuestionSet(
        name=NAME,
        unit="passage",
        questions=tuple(questions.values()),
        sha256=files_digest([file]),
        corpus=corpus_digest(demo),
        fill=_fill,
    )


def corpus_digest(demo: Path = DEMO) -> str:
    """sha256 of what the corpus is made from: pages, files and portals, with their paths, the first edition of all.

    Not of the articles as read: a better reader must not look like another corpus.
    """
    digest = sha256()
    paths = [demo / "portals.toml", *(demo / "pages").rglob("*.html"), *(demo / "documents").glob("*.*")]
    for path in sorted(paths):
        if path.suffix not in (".py", ".txt") and "." not in path.stem:
            digest.update(f"{path.relative_to(demo).as_posix()}\0{files_digest([path])}\n".encode())
    return digest.hexdigest()


def _addresses(demo: Path = DEMO) -> dict[str, tuple[int, str]]:
    """PORTAL/NAME of every page and file -> (place of its portal among the ports, its path there)."""
    found: dict[str, tuple[int, str]] = {}
    for number, portal in enumerate(load_portals(demo)):
        found |= {f"{portal.settings.id}/{page.slug}": (number, page.path) for page in portal.pages}
        found |= {f"{portal.settings.id}/{name}": (number, path) for path, name in portal.settings.files.items()}
    return found


def _fill(data: Path) -> dict[str, str]:
    """Crawl the demo portals into a data folder; article id -> PORTAL/NAME."""
    first_port = crawl_demo(data)
    names = {address: name for name, address in _addresses().items()}
    filled: dict[str, str] = {}
    with Archive(data) as archive:
        for article in archive.articles():
            parts = urlsplit(article.url or "")
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            filled[article.id] = names.get(((parts.port or 0) - first_port, path), article.url or article.id)
    return filled
