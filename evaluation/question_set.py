"""A set of questions with where their answers stand, and its two halves: one to choose by, one to report.

Whatever is chosen (a weight, a length, a model) is chosen by the development half; figures that are told are of the
report half. A question's half is a hash of the document that answers it, so that no document answers questions of
both: what was tuned to a text of the one half cannot have been tuned to a text of the other.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

Half = Literal["development", "report"]
Unit = Literal["document", "passage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an answer stands: a document by name, and words that the right passage of it holds; "" is any passage."""

    document: str
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question.

    id: the same in every run over the same set. gold: what must be found, each with the places that say it, of which
    one is enough. group: what is hashed for its half, the first gold document or a larger work it is part of.
    kind: what is asked for, where the set tells.
    """

    id: str
    text: str
    gold: tuple[tuple[Place, ...], ...]
    group: str
    kind: str = ""

    @property
    def half(self) -> Half:
        """The half it belongs to, for good."""
        return "development" if sha256(self.group.encode()).digest()[0] % 2 == 0 else "report"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSet:
    """Questions and the corpus they are asked of.

    unit: what a ranking is made of: documents, each counted where its best passage stands, or passages.
    sha256: of the files that hold the questions (and for public sets the corpus). corpus: of the corpus, by its texts
    or by the files it is made from.
    fill: puts the corpus into the archive of an empty data folder; article id -> name of the document.
    """

    name: str
    unit: Unit
    questions: tuple[Question, ...]
    sha256: str
    corpus: str
    fill: Callable[[Path], dict[str, str]]

    def of_half(self, half: Half | None) -> tuple[Question, ...]:
        """The questions of one half, or all."""
        return tuple(question for question in self.questions if half in (None, question.half))


def documents_of(questions: Iterable[Question]) -> set[str]:
    """The documents and works that questions were divided by."""
    return {question.group for question in questions}


def files_digest(paths: Sequence[Path]) -> str:
    """sha256 of files one after the other; of one file that of `sha256sum`.

    Raises:
        OSError: one cannot be read.
    """
    digest = sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()
