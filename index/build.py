"""The stage archive -> index: a new generation made from the one in use and from what changed, then swapped in.

A build is a merge. Articles whose archived record is the one the former generation was read from are taken over with
their passages, vectors, terms and records; the others are cut, read and embedded. Both come in one order (articles by
id, passages by place), so that the new generation is the one that a build from nothing would make.

Nothing that is read is ever changed in place: a new generation is a new folder, and the switch is one rename. A build
killed at any instant leaves the former index serving; what it left behind is removed by the next one.

BuildError
├── ArchiveEmpty    there is nothing to index; an empty index is never written
├── BuildRunning    another build works on the same data folder
└── DiskFull        there is no room for another generation
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout
from tqdm import tqdm

from crawler.archive import Archive, ArchiveFull, now_iso
from index.catalogue.catalogue import Catalogue
from index.drafting import Draft
from index.embed import DEFAULT_EMBEDDER, Embedder
from index.extract import extract
from index.facets import merge_facets, write_facets
from index.fields import field_terms
from index.former import Former, former_generation
from index.learn import learn
from index.manifest import (
    CURRENT,
    FOLDER,
    FORMAT,
    IndexSettings,
    IndexUnusable,
    Manifest,
    checksums,
    current_name,
    generation_name,
    write_manifest,
)
from index.passage import passages
from index.provenance import code_digest
from index.records import Records
from index.review.store import Corrections, CorrectionsUnusable
from index.room import free_bytes, is_full, mib, size_bytes
from index.store import DEFAULT_STORE, Contents, load_store
from index.stories import compare
from index.switch import next_number, remove_generations, switch, sync, sync_tree
from index.vectorise import Model, vectorise

_LOCK = ".lock"
_BESIDE = ".building"


class BuildError(Exception):
    """The index was not built; the former one, if any, is untouched."""


class ArchiveEmpty(BuildError):
    """The archive has no current article."""


class BuildRunning(BuildError):
    """Another build works on the same data folder."""


class DiskFull(BuildError):
    """There is no room for another generation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did.

    taken: articles taken over from the former generation as they were; the others were read.
    copies: articles that repeat another one's story.
    embedded: passages whose vectors were computed; reused: those whose vectors the former generation or an equal
    passage had. embed_s: seconds spent computing vectors, loading the model not counted; seconds: the whole build;
    steps: the seconds of its steps in their order.
    notice: why the former index, or its vectors, could not be used, where there was one, else None.
    """

    folder: Path
    generation: int
    articles: int
    taken: int
    passages: int
    figures: int
    copies: int
    embedded: int
    reused: int
    embed_s: float
    seconds: float
    embedder: str
    store: str
    notice: str | None
    steps: dict[str, float]


def build(
    data: Path,
    *,
    embedder: str | Embedder | None = None,
    store: str | None = None,
    settings: IndexSettings | None = None,
    progress: bool = True,
) -> BuildReport:
    """Index the current articles of a data folder's archive.

    embedder, store, settings: None keeps what the index in use was made with, or the defaults where there is none.
    progress: show a bar on standard error.

    Raises:
        ArchiveEmpty, BuildRunning, DiskFull: see the tree above.
        crawler.archive.ArchiveError: there is no archive, or it cannot be read.
        index.embed.EmbedderError, index.store.StoreError: there is no such embedder or store here.
    """
    folder = data / FOLDER
    with _room_for_it(folder), Archive(data) as archive:
        folder.mkdir(exist_ok=True)
        try:
            with FileLock(folder / _LOCK, timeout=0), _cleared(folder / _BESIDE):
                return _build(archive, data, embedder, store, settings, progress=progress)
        except Timeout as error:
            raise BuildRunning(
                f"another build is writing to {folder}: wait until it has ended, then run this command again"
            ) from error


def purge(data: Path, *, keep_current: bool) -> None:
    """Remove what builds left beside the index in use, and without `keep_current` that index too.

    For text that must not stay on the disk. Searches under way end in the files they have open.

    Raises:
        BuildRunning: a build works on the same data folder.
    """
    folder = data / FOLDER
    try:
        with FileLock(folder / _LOCK, timeout=0):
            kept = _current_or_none(data) if keep_current else None
            if kept is None:
                (folder / CURRENT).unlink(missing_ok=True)
            shutil.rmtree(folder / _BESIDE, ignore_errors=True)
            remove_generations(folder, {kept})
            sync(folder)
    except Timeout as error:
        raise BuildRunning(f"another build is writing to {folder}: wait until it has ended, then try again") from error


@contextmanager
def _cleared(beside: Path) -> Iterator[None]:
    """Leave nothing half built, whatever the error; what a killed build left goes first."""
    shutil.rmtree(beside, ignore_errors=True)
    try:
        yield
    except Exception as error:
        if is_full(error, beside.parent):
            error.add_note(f"{mib(size_bytes(beside))} were written and removed again")
        shutil.rmtree(beside, ignore_errors=True)
        raise


@contextmanager
def _room_for_it(folder: Path) -> Iterator[None]:
    """Turn errors of a full disk into one that says so."""
    try:
        yield
    except Exception as error:
        notes = getattr(error, "__notes__", [])
        if not (notes or isinstance(error, ArchiveFull) or is_full(error, folder.parent)):
            raise
        in_use = _current_or_none(folder.parent)
        said = "; ".join((str(error), *notes))
        if in_use is not None:
            said += f"; the index in use, {in_use}, takes {mib(size_bytes(folder / in_use))} and goes on serving"
        free = mib(free_bytes(folder.parent))
        raise DiskFull(
            f"no room for another index in {folder} ({said}): make room ({free} are free now), then try again"
        ) from error


class _Steps:
    """Seconds of each step of a build; the bar of each, where bars are shown."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = time.perf_counter()

    def ended(self, name: str) -> None:
        """A step has ended, the next one begins."""
        now = time.perf_counter()
        self.seconds[name] = self.seconds.get(name, 0.0) + now - self._since
        self._since = now


def _build(
    archive: Archive,
    data: Path,
    embedder: str | Embedder | None,
    store: str | None,
    settings: IndexSettings | None,
    *,
    progress: bool,
) -> BuildReport:
    steps = _Steps()
    folder = data / FOLDER
    beside = folder / _BESIDE
    try:
        corrections = Corrections(data).standing()
    except CorrectionsUnusable as error:  # an index without them would show as right what people put right
        raise BuildError(str(error)) from error
    made, former, notice = former_generation(data)
    settings = settings or (made.settings if made is not None else IndexSettings())
    store = store or (made.store if made is not None else DEFAULT_STORE)
    kind = load_store(store)
    model = Model.of(embedder or (made.embedder if made is not None else DEFAULT_EMBEDDER))
    if former is not None and former.manifest.embedder == model.name and former.manifest.model_sha256 != model.digest:
        notice = (
            f"its vectors are of another version of the model {model.name!r} (sha256 "
            f"{former.manifest.model_sha256[:12]}…, now {model.digest[:12]}…), so every passage was embedded anew"
        )
    beside.mkdir()
    cursor = archive.cursor()
    steps.ended("former")
    draft = Draft(beside, None if former is None else former.folder)
    try:
        _read(archive, draft, former, settings, progress)
        if not draft.count:
            raise ArchiveEmpty(
                f"the archive {archive.path} has {len(draft.articles)} current articles and not one passage to index: "
                f"crawl first (python -m crawler --data {data}) or add files (python -m crawler add FILE --data {data})"
            )
        steps.ended("read")

        def text_of(article_id: str, digest: str) -> str:
            article = archive.get(article_id, digest)
            if article is None:  # forgotten while we build: nothing resembles it any more
                return ""
            return f"{article.title}\n{article.text}"  # a decision's number may stand in its title only

        found = compare(draft, dict(archive.sketches()), text_of)
        figures = draft.finish(copies=found.copies, twins=found.twins, repeated=found.repeated, compared=found.compared)
        steps.ended("stories")
        # The former store's rows are of use where they are the same model's, in the same kind of store.
        merged = former is not None and (former.manifest.store, former.manifest.model_sha256) == (store, model.digest)
        kept = draft.kept
        fresh = [number for number, row in enumerate(kept.tolist()) if row < 0 or not merged]
        vectorised = vectorise(draft, fresh, former, model, progress=progress)
        steps.ended("vectors")
        texts = tqdm(
            draft.searchable(fresh), total=len(fresh), desc="Tách từ", unit="đoạn", disable=not progress, leave=False
        )
        contents = Contents(vectors=vectorised.vectors, terms=field_terms(texts, settings))
        steps.ended("terms")
        if former is not None and merged:
            kind.update(former.folder, beside, kept, contents)
        else:
            kind.write(beside, contents)
        steps.ended("store")
        learn(draft, beside, former.folder if former is not None and draft.taken else None)
        steps.ended("language")
    finally:
        draft.close()
    with closing(Records(beside)) as written:
        if former is not None and draft.taken:
            rows = written.facets_of([number for number, row in enumerate(kept.tolist()) if row < 0])
            merge_facets(beside, former.folder, kept, rows, twins=found.twins, copies=found.copies)
        else:
            write_facets(beside, written.facets(), twins=found.twins, copies=found.copies)
        steps.ended("facets")
        # What decisions tell of products depends on all of them, so it is never taken over.
        Catalogue.of_told(written.decisions(), corrections).write(beside)
    steps.ended("catalogue")
    number = next_number(folder)
    write_manifest(
        beside,
        Manifest(
            format=FORMAT,
            generation=number,
            created=now_iso(),
            archive_cursor=cursor,
            corpus_updated=max(article.fetched for article in draft.articles),
            articles=len(draft.articles),
            passages=draft.count,
            figures=figures,
            copies=len(found.copies),
            embedder=model.name,
            dim=contents.vectors.shape[1],
            model_sha256=model.digest,
            store=store,
            settings=settings,
            code=code_digest(),
            files=checksums(beside),
        ),
    )
    steps.ended("checksums")
    target = folder / generation_name(number)
    in_use = _current_or_none(data)
    sync_tree(beside)
    beside.rename(target)
    try:
        sync(folder)
        switch(folder, target.name)
    except OSError:
        if _current_or_none(data) != target.name:
            shutil.rmtree(target, ignore_errors=True)
        raise
    remove_generations(folder, {target.name, in_use})
    steps.ended("switch")
    return BuildReport(
        folder=target,
        generation=number,
        articles=len(draft.articles),
        taken=len(draft.taken),
        passages=draft.count,
        figures=figures,
        copies=len(found.copies),
        embedded=vectorised.computed,
        reused=draft.count - vectorised.computed,
        embed_s=vectorised.seconds,
        seconds=sum(steps.seconds.values()),
        embedder=model.name,
        store=store,
        notice=notice,
        steps={name: round(seconds, 4) for name, seconds in steps.seconds.items()},
    )


def _read(archive: Archive, draft: Draft, former: Former | None, settings: IndexSettings, progress: bool) -> None:
    """Put every current article of the archive into a draft: taken over where nothing changed, else read."""
    held = draft.former_articles() if former is not None and former.read_by_us(settings) else {}
    for archived in tqdm(
        archive.archived(), total=archive.count(), desc="Cắt đoạn", unit="bài", disable=not progress, leave=False
    ):
        fingerprint = sha256(archived.record).digest()
        known = held.get(archived.id)
        if known is not None and known.fingerprint == fingerprint:
            draft.take(known)
        else:
            article = archived.article()
            draft.add(article, fingerprint, passages(article, words=settings.passage_words), extract(article))


def _current_or_none(data: Path) -> str | None:
    try:
        return current_name(data)
    except IndexUnusable:
        return None
