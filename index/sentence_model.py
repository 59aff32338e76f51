"""Any sentence-transformers model on this machine as an embedder, by the name it has on the hub or by its folder.

Models built on PhoBERT (Nguyen and Nguyen 2020, arXiv:2003.00744) read words, not syllables: "sản_phẩm OCOP". Their
texts are segmented first; which models those are is told by the name (`SEGMENTED`) or by the folder's tokenizer.
"""

import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from index.embed import DEFAULT_EMBEDDER, HASH_EMBEDDER, EmbedderError, Vectors, usable_cores
from index.segment import words

# Models whose cards ask for segmented text.
SEGMENTED = frozenset(
    {
        "bkai-foundation-models/vietnamese-bi-encoder",
        "dangvantuan/vietnamese-embedding",
        "VoVanPhuc/sup-SimCSE-VietNamese-phobert-base",
    }
)
_PHOBERT_TOKENIZERS = frozenset({"PhobertTokenizer", "PhobertTokenizerFast"})
_HEAD_BYTES = 1 << 20


class SentenceEmbedder:
    """A sentence-transformers model in a folder, with the prompts it brings for questions and for passages.

    Thread-safe: PyTorch runs inference of one model from several threads.
    """

    def __init__(self, name: str, folder: Path, *, segmented: bool | None = None) -> None:
        """Load the model.

        segmented: whether texts are given to it as words joined by "_"; None asks `wants_words`.

        Raises:
            EmbedderError: sentence-transformers is missing, or the folder holds no such model.
        """
        self.name = name
        self._segmented = wants_words(name, folder) if segmented is None else segmented
        self.digest = _folder_digest(folder, self._segmented)
        try:
            with quiet():
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
        with _threads(usable_cores()):
            given = [self._given(text) for text in texts]
            rows = self._model.encode_document(given, normalize_embeddings=True, show_progress_bar=False)
        return np.ascontiguousarray(rows, dtype=np.float32)

    def embed_query(self, text: str) -> Vectors:
        """(dim,) float32 of length 1."""
        with _threads(1):
            row = self._model.encode_query(self._given(text), normalize_embeddings=True, show_progress_bar=False)
        return np.ascontiguousarray(row, dtype=np.float32)

    def _given(self, text: str) -> str:
        """The text as the model reads it."""
        return " ".join(word.replace(" ", "_") for word in words(text)) if self._segmented else text


def wants_words(name: str, folder: Path) -> bool:
    """Whether a model reads segmented text: `SEGMENTED` names it, or its tokenizer is PhoBERT's."""
    if name in SEGMENTED:
        return True
    try:
        settings = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
        return settings["tokenizer_class"] in _PHOBERT_TOKENIZERS
    except (OSError, ValueError, KeyError, TypeError):
        return False


def model_folder(name: str) -> Path:
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


def _folder_digest(folder: Path, segmented: bool) -> str:
    """sha256 over every file's name, size and first MiB (weights of gigabytes are not read whole at each start), and
    over whether texts are segmented.
    """
    digest = hashlib.sha256(b"segmented" if segmented else b"")
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
            digest.update(file.read(_HEAD_BYTES))
    return digest.hexdigest()


@contextmanager
def _threads(count: int) -> Iterator[None]:
    """Let PyTorch use `count` threads meanwhile, in this thread.

    One question is too little work to share: on one thread it takes some 20 ms always, on two 15 ms on an idle
    machine and up to a second on a busy one, where each of some hundred steps waits for the slower thread.
    """
    import torch  # noqa: PLC0415 (loaded with the model)

    # Set even where PyTorch says that many: FAISS sets OpenMP's threads too, and after it PyTorch reports those while
    # its matrix library still uses the former number.
    former = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(former)


@contextmanager
def quiet() -> Iterator[None]:
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
