"""The stage archive -> index: passages, their vectors and terms, written beside the index in use and then swapped in.

Nothing that is read is ever changed in place: a new generation is a new folder, and the switch is one rename. A build
killed at any instant leaves the former index serving; what it left behind is removed by the next one.

BuildError
├── ArchiveEmpty    there is nothing to index; an empty index is never written
└── BuildRunning    another build works on the same data folder
"""

import hashlib
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from tqdm import tqdm

from crawler.archive import Archive, now_iso
from crawler.copies import Story, leads
from index.embed import DEFAULT_EMBEDDER, Embedder, embedder_digest, load_embedder
from index.extract import Extracted, extract, together
from index.fields import field_terms, searchable
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
    read_manifest,
    write_manifest,
)
from index.passage import Passage, passages
from index.records import Records, write_records
from index.store import DEFAULT_STORE, VECTORS_FILE, Contents, Vectors, load_store, read_vectors
from index.twins import find_twins, own_figures

_LOCK = ".lock"
_BESIDE = ".building"
_CHUNK = 128


class BuildError(Exception):
    """The index was not built; the former one, if any, is untouched."""


class ArchiveEmpty(BuildError):
    """The archive has no current article."""


class BuildRunning(BuildError):
    """Another build works on the same data folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did.

    copies: articles that repeat another one's story.
    embedded: passages whose vectors were computed; reused: those whose vectors the former generation or an equal
    passage had. embed_s: seconds spent computing vectors, loading the model not counted; seconds: the whole build.
    notice: why the former index, or its vectors, could not be used, where there was one, else None.
    """

    folder: Path
    generation: int
    articles: int
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
        ArchiveEmpty, BuildRunning: see the tree above.
        crawler.archive.ArchiveError: there is no archive, or it cannot be read.
        index.embed.EmbedderError, index.store.StoreError: there is no such embedder or store here.
    """
    started = time.perf_counter()
    folder = data / FOLDER
    with Archive(data) as archive:
        folder.mkdir(exist_ok=True)
        try:
            with FileLock(folder / _LOCK, timeout=0):
                return _build(
                    archive,
                    data,
                    embedder=embedder,
                    store=store,
                    settings=settings,
                    progress=progress,
                    started=started,
                )
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
            _remove_old(folder, {kept})
            _sync(folder)
    except Timeout as error:
        raise BuildRunning(f"another build is writing to {folder}: wait until it has ended, then try again") from error


def _build(
    archive: Archive,
    data: Path,
    *,
    embedder: str | Embedder | None,
    store: str | None,
    settings: IndexSettings | None,
    progress: bool,
    started: float,
) -> BuildReport:
    folder = data / FOLDER
    former, notice = _former(data)
    if settings is None:
        settings = former.settings if former is not None else IndexSettings()
    store = store or (former.store if former is not None else DEFAULT_STORE)
    kind = load_store(store)
    embedder = embedder or (former.embedder if former is not None else DEFAULT_EMBEDDER)

    cursor = archive.cursor()
    cut: list[Passage] = []
    found: list[Extracted] = []
    stories: list[Story] = []
    versions: dict[str, str] = {}
    sketches = dict(archive.sketches())
    articles, updated = 0, ""
    for article in tqdm(
        archive.articles(), total=archive.count(), desc="Cắt đoạn", unit="bài", disable=not progress, leave=False
    ):
        articles += 1
        updated = max(updated, article.fetched)
        cut.extend(passages(article, words=settings.passage_words))
        found.append(extract(article))
        versions[article.id] = article.digest
        stories.append(
            Story(
                id=article.id,
                authority=article.authority,
                published=article.published,
                sketch=sketches.get(article.id, b""),
            )
        )
    if not cut:
        raise ArchiveEmpty(
            f"the archive {archive.path} has {articles} current articles and not one passage to index: "
            f"crawl first (python -m crawler --data {data}) or add files (python -m crawler add FILE --data {data})"
        )

    def text_of(article_id: str) -> str:
        article = archive.get(article_id, versions[article_id])
        if article is None:  # forgotten while we build: nothing resembles it any more
            return ""
        return f"{article.title}\n{article.text}"  # a decision's number may stand in its title only

    copies = leads(stories, text_of)
    twins = find_twins(cut, copies, text_of)
    records = together(found)
    records = replace(
        records,
        figures=own_figures(records.figures, copies),
        # who presided is told once a story, and a sum is checked once
        people=tuple(stated for stated in records.people if stated.article_id not in copies),
        sums=tuple(check for check in records.sums if check.parts[0].article_id not in copies),
    )
    keys, vectors, counts, model = _vectors(data, former, embedder, cut, progress)
    if former is not None and former.embedder == model[0] and former.model_sha256 != model[1]:
        notice = (
            f"its vectors are of another version of the model {model[0]!r} (sha256 {former.model_sha256[:12]}…, "
            f"now {model[1][:12]}…), so every passage was embedded anew"
        )
    texts = tqdm(
        (searchable(passage) for passage in cut),
        total=len(cut),
        desc="Tách từ",
        unit="đoạn",
        disable=not progress,
        leave=False,
    )
    beside = folder / _BESIDE
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    kind.write(beside, Contents(vectors=vectors, terms=field_terms(texts, settings)))
    write_records(beside, cut, keys, records, copies=copies, twins=twins)
    learn(cut).write(beside)
    number = _next_number(folder)
    write_manifest(
        beside,
        Manifest(
            format=FORMAT,
            generation=number,
            created=now_iso(),
            archive_cursor=cursor,
            corpus_updated=updated,
            articles=articles,
            passages=len(cut),
            figures=len(records.figures),
            copies=len(copies),
            embedder=model[0],
            dim=vectors.shape[1],
            model_sha256=model[1],
            store=store,
            settings=settings,
            files=checksums(beside),
        ),
    )
    target = folder / generation_name(number)
    _sync_tree(beside)
    beside.rename(target)
    _sync(folder)
    in_use = _current_or_none(data)
    _switch(folder, target.name)
    _remove_old(folder, {target.name, in_use})
    return BuildReport(
        folder=target,
        generation=number,
        articles=articles,
        passages=len(cut),
        figures=len(records.figures),
        copies=len(copies),
        embedded=counts[0],
        reused=len(cut) - counts[0],
        embed_s=counts[1],
        seconds=time.perf_counter() - started,
        embedder=model[0],
        store=store,
        notice=notice,
    )


def _former(data: Path) -> tuple[Manifest | None, str | None]:
    """The manifest of the index in use, and why there is none to build on."""
    try:
        return read_manifest(data, current_name(data)), None
    except IndexUnusable as error:
        return None, str(error) if (data / FOLDER / CURRENT).exists() else None


def _current_or_none(data: Path) -> str | None:
    try:
        return current_name(data)
    except IndexUnusable:
        return None


def _vectors(
    data: Path, former: Manifest | None, embedder: str | Embedder, cut: Sequence[Passage], progress: bool
) -> tuple[list[str], Vectors, tuple[int, float], tuple[str, str]]:
    """(key of each vector, the vectors, (how many were computed, in how many seconds), (model, its digest)).

    The model is loaded only where a vector is missing.
    """
    if isinstance(embedder, str):
        name, model = embedder, None
        digest = embedder_digest(embedder)
        if digest is None:
            model = load_embedder(embedder)
            digest = model.digest
    else:
        name, model, digest = embedder.name, embedder, embedder.digest
    keys = [_vector_key(digest, passage) for passage in cut]
    known = _known_vectors(data, former) if former is not None and former.model_sha256 == digest else {}
    missing = {key: searchable(passage) for key, passage in zip(keys, cut, strict=True) if key not in known}
    seconds = 0.0
    if missing:
        if model is None:
            if progress:
                tqdm.write(f"Nạp mô hình {name}…", file=sys.stderr)
            model = load_embedder(name)
        # Texts of like length share a batch, so that little is spent on padding.
        ordered = sorted(missing.items(), key=lambda item: len(item[1]))
        started = time.perf_counter()
        with tqdm(total=len(ordered), desc="Tính vectơ", unit="đoạn", disable=not progress) as bar:
            for start in range(0, len(ordered), _CHUNK):
                chunk = ordered[start : start + _CHUNK]
                rows = model.embed_passages([text for _, text in chunk])
                known.update(zip((key for key, _ in chunk), rows, strict=True))
                bar.update(len(chunk))
        seconds = time.perf_counter() - started
    vectors = np.ascontiguousarray(np.stack([known[key] for key in keys]), dtype=np.float32)
    return keys, vectors, (len(missing), seconds), (name, digest)


def _vector_key(model_digest: str, passage: Passage) -> str:
    """Equal for two passages just where the same model sees the same text."""
    return hashlib.sha256(f"{model_digest}\0{searchable(passage)}".encode()).hexdigest()


def _known_vectors(data: Path, former: Manifest) -> dict[str, Vectors]:
    """The former generation's vectors by key; none where its files cannot be read or were changed."""
    folder = data / FOLDER / generation_name(former.generation)
    try:
        expected = {name: former.files[name] for name in (VECTORS_FILE, "passages.sqlite")}
        if any(digest != checksums(folder).get(name) for name, digest in expected.items()):
            return {}
        rows = read_vectors(folder).astype(np.float32)
        records = Records(folder)
        try:
            return dict(zip(records.vector_keys(), rows, strict=True))
        finally:
            records.close()
    except (OSError, ValueError, KeyError, sqlite3.Error):
        return {}


def _next_number(folder: Path) -> int:
    """One more than the highest generation there ever was in the folder, as far as names tell."""
    numbers = [int(path.name.partition("-")[2]) for path in folder.glob("generation-[0-9]*")]
    return max(numbers, default=0) + 1


def _switch(folder: Path, name: str) -> None:
    """Make CURRENT name a generation, in one rename that survives a loss of power."""
    beside = folder / f"{CURRENT}.new"
    with beside.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / CURRENT)
    _sync(folder)


def _remove_old(folder: Path, kept: Iterable[str | None]) -> None:
    """Remove generations but those kept: the one in use and the one before it."""
    for path in folder.glob("generation-[0-9]*"):
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _sync_tree(folder: Path) -> None:
    """Bring every file and folder of a tree to the disk."""
    for path in sorted(folder.rglob("*"), reverse=True):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
