"""The model of syllables of an index, learned from its passages and from what is known without them."""

from pathlib import Path

from index.asking import CLOSED_CLASSES, PHRASES, spoken
from index.counts import Counts
from index.drafting import Draft
from index.language import LanguageModel, counted
from index.lexicon import dictionary, names

# How often a name is taken to be said among so many phrases.
_NAMES_SAID = 2


def learn(draft: Draft, folder: Path, former: Path | None) -> None:
    """Write the model of a draft's passages, and the counts it was made from, into a folder.

    A header that several passages share is read once. former: folder of the generation whose passages the draft took
    over, or None: its counts are changed by what came and what left, which gives those of the whole.
    """
    if former is None:
        counts = counted(draft.wording())
    else:
        counts = Counts.read(former).plus(counted(draft.wording_come())).plus(counted(draft.wording_gone()), -1)
    counts.write(folder)
    LanguageModel.of(counts, known_phrases(), dictionary()).write(folder)


def known_phrases() -> list[str]:
    """What is said in whatever corpus: how people ask, small words, names of places."""
    return [*PHRASES, *spoken(), *CLOSED_CLASSES, *(name for name in names() for _ in range(_NAMES_SAID))]
