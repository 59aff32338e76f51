"""Real news retold: items of papers and portals told anew in our own words, and strangers' questions on them.

Our demo's pages were written for it, and answers were worked on over them. What papers print is other: a sentence a
paragraph, no place or day in most of them, one story told with other numbers elsewhere. `evaluation/retold` has some
180 such items in four sets, each with a hundred questions by somebody who had not seen the program, hard ones; ninety
plain ones are over `north` and `delta` together (`plain_north`), ninety over the other two (`plain_south`), a hundred
over all (`mixed`). Answers were worked on with all of them but `mixed`, which is for measuring alone: who works on the
code does not read it. (`centre`, `south` and `plain_south` were kept so until 1 December 2026.)
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from crawler.archive import Archive, Raw, now_iso
from crawler.draft import Origin
from crawler.read import read_article
from index.build import build

FOLDER = Path(__file__).resolve().parent / "retold"
SOURCE = "Tin kể lại"


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Retold:
    """One item. original_url: where the story was read, None where that was a copy on a site one had better not visit;
    published: ISO date of the precision known."""

    title: str
    text: str
    original_url: str | None = None
    published: str | None = None


_ITEMS: TypeAdapter[list[Retold]] = TypeAdapter(list[Retold])


def retold_items(file: Path) -> list[Retold]:
    """The items of a file.

    Raises:
        ValueError: it is no list of items.
        OSError: it cannot be read.
    """
    try:
        return _ITEMS.validate_python(tomllib.loads(file.read_text(encoding="utf-8"))["text"])
    except (tomllib.TOMLDecodeError, KeyError, ValidationError) as error:
        raise ValueError(f"{file}: không phải danh sách [[text]] có title và text: {error}") from error


def retold_questions() -> tuple[Path, ...]:
    """The question files, by name."""
    return tuple(sorted(FOLDER.glob("questions_*.toml")))


def make_retold_corpus(data: Path) -> None:
    """Archive all items in a data folder, as the crawler reads a text file, and index them.

    Raises:
        ValueError: a file is no list of items.
        crawler.draft.NoArticleError: an item holds no article.
    """
    with Archive(data, create=True) as archive:
        for file in sorted(FOLDER.glob("texts_*.toml")):
            for item in retold_items(file):
                raw = Raw(body=f"{item.title}\n\n{item.text}\n".encode(), content_type="text/plain; charset=utf-8")
                origin = Origin(
                    source=SOURCE,
                    fetched=now_iso(),
                    original_url=item.original_url,
                    published=item.published,
                    rights="full",
                )
                archive.put(read_article(raw, origin), raw)
    build(data)
