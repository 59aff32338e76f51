"""The pieces of the packed model's vocabulary that are kept, and the tokenizer over them."""

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import (
    AddedToken,
    Regex,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
)

from index.e5.packed import PackedModel

_CONTROL_PIECES = 4
_OTHER_MARKS = "▁⁄–—“”‘’…•·°²³½¼¾×≥≤±€₫§"


def kept_pieces(pieces: Sequence[str]) -> NDArray[np.int64]:
    """Ids of the vocabulary pieces kept, ascending: all that Vietnamese and unaccented Latin text can be cut into.

    A piece is kept if it is a control piece, a single character of any script, or made of Vietnamese letters, ASCII
    and the marks of `_OTHER_MARKS` only. Unigram segmentation of a text considers just the pieces that occur in it,
    so every text in those characters is cut exactly as with the whole vocabulary; other scripts fall back to single
    characters. This leaves some 107 000 of 250 002 pieces. Fewer, by how often they occur or by how Vietnamese
    syllables are spelt, cut foreign names into other pieces and cost quality (docs/decisions/0005).
    """
    allowed = _allowed_characters()
    return np.array(
        [
            index
            for index, piece in enumerate(pieces)
            if index < _CONTROL_PIECES or len(piece) <= 1 or allowed.issuperset(piece)
        ],
        dtype=np.int64,
    )


def tokenizer_of(packed: PackedModel, keep: NDArray[np.int64]) -> Tokenizer:
    """XLM-RoBERTa's Unigram tokenizer over the kept pieces: NMT's control characters and NFKC, blanks as "▁".

    A character that no piece holds becomes the unknown piece. Texts are cut at the model's positions.
    """
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
    tokenizer.enable_truncation(packed.positions)
    return tokenizer


def read_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer as `Tokenizer.save` wrote it.

    Raises:
        OSError, ValueError: the file is missing or is none.
    """
    text = path.read_text(encoding="utf-8")
    try:
        return Tokenizer.from_str(text)
    except Exception as error:  # the library raises bare exceptions
        raise ValueError(f"{path} is no tokenizer: {error}") from error


def _allowed_characters() -> frozenset[str]:
    vowels = "aăâeêioôơuưy"
    letters = {letter + tone for letter in vowels for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")}
    composed = {unicodedata.normalize("NFC", letter) for letter in letters} | {"đ"}
    return frozenset(
        {chr(code) for code in range(32, 127)} | composed | {c.upper() for c in composed} | set(_OTHER_MARKS)
    )
