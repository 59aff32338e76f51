"""How an index was made: one JSON file per generation, obeyed by everything that opens it.

An index is a folder DATA/index with generations of which the file CURRENT names the one to use:

    CURRENT                          "generation-000007 " and the sha256 of its manifest
    generation-000007/manifest.json  this record, with the sha256 of every other file of the generation
    generation-000006/               the former one, kept until the next build for readers that still have it open

IndexUnusable
├── IndexMissing     nothing was built yet
├── IndexDamaged     half-built, a file is missing or is not what was written
├── IndexTooNew      written by a newer version of this project
├── IndexTooOld      written by an older version, in a form no longer read
└── IndexMismatch    made with another model or for another store than asked for
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

# 2: copies of one story are known (tables copies and passages.twin). 3: records of every kind in one table (records).
# 4: a model of syllables (language.npz) in the place of marks.json; terms as written, shorthand not written out.
# 5: articles with their fingerprints, and all they say, so that the next build can take them over; vectors as float16
# and terms in arrays that are mapped.
# 6: what filters look at, in columns (facets/) and with each passage (passages.traits).
# 7: decisions and products, in columns (catalogue/) and with each article's records. 8: decisions read anew: what is
# withdrawn in news, who issues them; vectors of the model in whole numbers.
FORMAT = 8
FOLDER = "index"
CURRENT = "CURRENT"
MANIFEST = "manifest.json"


class IndexUnusable(Exception):
    """The index cannot be used; the message says which, why and the command that mends it."""


class IndexMissing(IndexUnusable):
    """Nothing was built yet."""


class IndexDamaged(IndexUnusable):
    """A file is missing, unreadable or not the one that was written."""


class IndexTooNew(IndexUnusable):
    """The index was written by a newer version of this project."""


class IndexTooOld(IndexUnusable):
    """The index was written by an older version of this project."""


class IndexMismatch(IndexUnusable):
    """The index was made with another model, or for another store, than asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSettings:
    """What retrieval does, fixed when the index is built.

    passage_words: syllables of a passage. dense_weight: the vectors' part of the fused score, from 0 to 1, the rest
    being BM25's. bare_dense_weight: the same for questions typed without diacritics, whose vector is that of the
    restored question. authority_weight, freshness_weight: what whose word it is and how young it is may add, beside
    words and vectors that weigh 1 (`index.standing`). words: whether words of several syllables (underthesea) are terms
    too; off, since with pairs of syllables as terms they added nothing (docs/decisions).
    """

    passage_words: int = 120
    dense_weight: float = 0.5
    bare_dense_weight: float = 0.5
    authority_weight: float = 0.0
    freshness_weight: float = 0.0
    words: bool = False

    def __post_init__(self) -> None:
        for name in ("dense_weight", "bare_dense_weight", "authority_weight", "freshness_weight"):
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise ValueError(f"IndexSettings.{name} is {getattr(self, name)}; expected a number from 0 to 1")
        if self.passage_words < 1:
            raise ValueError(f"IndexSettings.passage_words is {self.passage_words}; expected at least 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One generation of an index.

    created, corpus_updated: UTC, ISO 8601 with Z; the latter is when the youngest of its articles was read.
    archive_cursor: `crawler.archive.Archive.cursor()` before the articles were read.
    copies: articles that repeat the story of another.
    model_sha256: `Embedder.digest`. code: `index.provenance.code_digest()`.
    files: path within the generation -> sha256.
    """

    format: int
    generation: int
    created: str
    archive_cursor: int
    corpus_updated: str
    articles: int
    passages: int
    figures: int
    copies: int
    embedder: str
    dim: int
    model_sha256: str
    store: str
    settings: IndexSettings
    code: str
    files: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class InUse:
    """What CURRENT says: a generation's name and the sha256 of its manifest.

    manifest_sha256: None in an index built before it was noted; the next build notes it.
    """

    name: str
    manifest_sha256: str | None


_MANIFEST = TypeAdapter(Manifest)
_HEAD = TypeAdapter(dict[str, object])
# Whole lines only, so that a file cut short is told from one in the form of before.
_IN_USE = re.compile(r"(generation-[0-9]+)(?: ([0-9a-f]{64}))?\n")


def build_command(data: Path) -> str:
    """The command that makes the index of a data folder."""
    return f"python -m index build --data {data}"


def generation_name(number: int) -> str:
    """The folder of a generation: "generation-000007"."""
    return f"generation-{number:06d}"


def withdrawn(data: Path) -> bool:
    """Whether there is no index any more at all: its last article was forgotten, not merely a file lost."""
    folder = data / FOLDER
    return not (folder / CURRENT).exists() and not any(folder.glob("generation-*"))


def current_name(data: Path) -> str:
    """The generation that CURRENT names; raises what `in_use` raises."""
    return in_use(data).name


def in_use(data: Path) -> InUse:
    """What CURRENT says.

    Raises:
        IndexMissing: there is none.
        IndexDamaged: CURRENT does not name a generation.
    """
    path = data / FOLDER / CURRENT
    try:
        said = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise IndexMissing(f"no index in {data} (no {path}): build it with {build_command(data)}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"{path} cannot be read ({error}): build anew with {build_command(data)}") from error
    found = _IN_USE.fullmatch(said)
    if found is None:
        raise IndexDamaged(
            f"{path} says {said.strip()[:40]!r}, expected a line with a name such as 'generation-000001' and a sha256: "
            f"build anew with {build_command(data)}"
        )
    return InUse(name=found[1], manifest_sha256=found[2])


def read_manifest(data: Path, generation: InUse) -> Manifest:
    """The manifest of the generation in use, without looking at its other files.

    Raises:
        IndexDamaged: it is missing, unreadable or not the one that was written.
        IndexTooNew: a newer version wrote it.
        IndexTooOld: an older version wrote it.
    """
    path = data / FOLDER / generation.name / MANIFEST
    try:
        raw = path.read_bytes()
        head = _HEAD.validate_json(raw)
    except FileNotFoundError as error:
        raise IndexDamaged(
            f"{path} does not exist: the index is half-built or was moved; build anew with {build_command(data)}"
        ) from error
    except (OSError, ValidationError) as error:
        raise IndexDamaged(f"{path} cannot be read ({error}): build anew with {build_command(data)}") from error
    version = head.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise IndexTooNew(
            f"{path} has format {version}, this program knows up to {FORMAT}: "
            f"update the program, or build anew with {build_command(data)}"
        )
    if isinstance(version, int) and version < FORMAT:
        raise IndexTooOld(
            f"{path} has format {version}, this program reads {FORMAT}: build anew with {build_command(data)}"
        )
    expected, found = generation.manifest_sha256, hashlib.sha256(raw).hexdigest()
    if expected is not None and found != expected:
        raise IndexDamaged(
            f"{path} has sha256 {found[:12]}…, {CURRENT} says {expected[:12]}…: "
            f"the file was changed or cut short; build anew with {build_command(data)}"
        )
    try:
        return _MANIFEST.validate_json(raw)
    except (ValidationError, ValueError) as error:
        raise IndexDamaged(f"{path} is no manifest ({error}): build anew with {build_command(data)}") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest into its generation's folder; `index.switch.switch` notes its sha256."""
    (folder / MANIFEST).write_bytes(_MANIFEST.dump_json(manifest, indent=1))


def checksums(folder: Path) -> dict[str, str]:
    """sha256 of every file of a generation but its manifest, by path within it."""
    return {
        path.relative_to(folder).as_posix(): sha256(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def verify(data: Path, name: str, manifest: Manifest) -> None:
    """Compare every file of a generation with its checksum.

    Raises:
        IndexDamaged: a file is missing or differs.
    """
    folder = data / FOLDER / name
    for relative, expected in manifest.files.items():
        path = folder / relative
        try:
            found = sha256(path)
        except OSError as error:
            raise IndexDamaged(f"{path} cannot be read ({error}): build anew with {build_command(data)}") from error
        if found != expected:
            raise IndexDamaged(
                f"{path} has sha256 {found[:12]}…, the manifest says {expected[:12]}…: "
                f"the file was changed or cut short; build anew with {build_command(data)}"
            )


def sha256(path: Path) -> str:
    """The sha256 of a file, in hexadecimal digits.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
