"""Vietnamese words, by underthesea.

A view for retrieval only: word_tokenize rewrites spellings ("Hoà" -> "Hòa"), so no token is stored as text or quoted.
Its model comes with the package; no network is asked and no file written.
"""

import sys
import threading
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from types import ModuleType

# Parts of the package that it imports along where it can. Two of them bring PyTorch and transformers: seconds and some
# 270 MB for what is not used here.
_UNUSED_PARTS = (
    "underthesea.agent",
    "underthesea.pipeline.classification",
    "underthesea.pipeline.dependency_parse",
    "underthesea.pipeline.lang_detect",
    "underthesea.pipeline.sentiment",
    "underthesea.pipeline.translate",
)
# The sequence models keep the sentence they work on in themselves.
_ONE_AT_A_TIME = threading.Lock()


def words(text: str) -> list[str]:
    """The words of a text in order, syllables of one word joined by a blank: ["Hợp tác xã", "Lục Ngạn"].

    Case is kept going in, since names segment worse once lowercased. The model (some .6 s) loads at the first call.
    """
    if not text.strip():
        return []
    tokenizer = _tokenizer()
    with _ONE_AT_A_TIME:
        return list(tokenizer(text))


def compounds(text: str) -> list[str]:
    """The words of more than one syllable, lower case, syllables joined by "_": what a pair of syllables cannot say."""
    return [word.lower().replace(" ", "_") for word in words(text) if " " in word]


@lru_cache(maxsize=1)
def _tokenizer() -> Callable[[str], list[str]]:
    return _underthesea().word_tokenize  # type: ignore[no-any-return]


def parts_of_speech(text: str) -> list[tuple[str, str]]:
    """(word, tag) in order, with the tags of underthesea: "N" noun, "Np" name, "V" verb, "A" adjective, "R" adverb, …

    Some 1 ms a question. Meant for text typed with its marks; without them nearly every word comes out a noun.
    """
    if not text.strip():
        return []
    tokenizer, tagger = _tokenizer(), _tagger()
    with _ONE_AT_A_TIME:
        told = list(tokenizer(text))
        return list(zip(told, tagger(_features(told)), strict=True))


@lru_cache(maxsize=1)
def _tagger() -> Callable[[list[list[str]]], list[str]]:
    _underthesea()
    from underthesea.pipeline.pos_tag.model_crf import CRFPOSTagPredictor  # noqa: PLC0415 (after _underthesea)

    return CRFPOSTagPredictor.Instance().model.tag  # type: ignore[no-any-return]


def _features(told: list[str]) -> list[list[str]]:
    """What the tagger reads of every word and its neighbours: the features of `underthesea.pos_tag`, which reads its
    templates anew for each of them and takes longer than the tagger itself.

    A window that leaves the sentence is BOS where it begins before it, else EOS; "X" is a tag not known yet.
    """
    lower = [word.lower() for word in told]
    title = [str(all(part[:1].istitle() for part in word.split(" "))) for word in told]

    tags = ["X"] * len(told)
    columns = [
        *(_shifted(f"T[{by}].lower=", lower, by) for by in (-2, -1, 0, 1, 2)),
        *(_shifted(f"T[{by}].istitle=", title, by) for by in (0, -1, 1)),
        *(_shifted(f"T[{by}]=", told, by) for by in (-2, -1, 0, 1, 2)),
        *(_shifted(f"T[{by},{by + 1}]=", _pairs(told), by) for by in (-2, -1, 0, 1)),
        *(_shifted(f"T[{by}][1]=", tags, by) for by in (-3, -2, -1)),
        *(_shifted(f"T[{by},{by + 1}][1]=", _pairs(tags), by) for by in (-3, -2)),
    ]
    return [list(features) for features in zip(*columns, strict=True)]


def _pairs(values: list[str]) -> list[str]:
    """Each value with the next, the last with the end."""
    return [*(f"{one} {two}" for one, two in pairwise(values)), "EOS"][: len(values)]


def _shifted(name: str, values: list[str], by: int) -> list[str]:
    """For every place the value that stands `by` places on, named."""
    size = len(values)
    before, behind = min(size, max(0, -by)), min(size, max(0, by))
    window = ["BOS"] * before + values[behind : size - before] + ["EOS"] * behind
    return [name + value for value in window]


@lru_cache(maxsize=1)
def _underthesea() -> ModuleType:
    """The package without `_UNUSED_PARTS`, which it takes for not installed."""
    left_out = [name for name in _UNUSED_PARTS if name not in sys.modules]
    # None is how Python is told that a module cannot be imported (language reference, section 5.3.1).
    sys.modules.update(dict.fromkeys(left_out))  # type: ignore[arg-type]
    try:
        import underthesea  # noqa: PLC0415 (reads its models)
    finally:
        for name in left_out:
            sys.modules.pop(name, None)
    return underthesea  # type: ignore[no-any-return]
