"""Whether a question was typed without diacritics, judged by how the indexed texts write the same syllables.

"OCOP 4 sao" carries no mark and needs none; "tinh nao co nhieu san pham" lacks eight. A rule that counts marks alone
cannot tell the two apart, so each syllable is weighed by how often the corpus writes it with marks.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from index.text import has_marks, strip_marks, syllables

FILE_NAME = "marks.json"

# A syllable Vietnamese could have, without marks: onset, vowels, coda.
_SYLLABLE = re.compile(r"(?:ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")
# Of the syllables of running Vietnamese text about this share carries a mark; used for those the corpus never had.
_UNSEEN = 0.8
# Marks expected at least, and the part of them that must be missing.
_LEAST_EXPECTED = 0.75
_MISSING = 0.5


class Marks:
    """How often each syllable, written without marks, carries marks in the corpus: a share from 0 to 1."""

    def __init__(self, shares: dict[str, float]) -> None:
        self._shares = shares

    @classmethod
    def count(cls, texts: Iterable[str]) -> "Marks":
        """Count the syllables of texts."""
        seen: Counter[str] = Counter()
        marked: Counter[str] = Counter()
        for text in texts:
            for syllable in syllables(text):
                if syllable.isalpha():
                    bare = strip_marks(syllable)
                    seen[bare] += 1
                    marked[bare] += bare != syllable
        return cls({bare: marked[bare] / total for bare, total in sorted(seen.items())})

    @classmethod
    def read(cls, folder: Path) -> "Marks":
        """Read what `write` wrote."""
        return cls(json.loads((folder / FILE_NAME).read_text(encoding="utf-8")))

    def write(self, folder: Path) -> None:
        """Write the shares as JSON."""
        (folder / FILE_NAME).write_text(json.dumps(self._shares), encoding="utf-8")

    def typed_without(self, question: str) -> bool:
        """Whether most of the marks its syllables usually carry are missing from a question."""
        expected = 0.0
        present = 0
        for syllable in syllables(question):
            if syllable.isalpha():
                bare = strip_marks(syllable)
                expected += self._shares.get(bare, _UNSEEN if _SYLLABLE.fullmatch(bare) else 0.0)
                present += has_marks(syllable)
        return expected >= _LEAST_EXPECTED and present < (1 - _MISSING) * expected
