"""The generation a build begins from: what of it can be taken over, and why it cannot where it cannot."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.manifest import CURRENT, FOLDER, IndexSettings, IndexUnusable, Manifest, in_use, read_manifest, verify
from index.provenance import code_digest
from index.store import Vectors
from index.vectors_file import read_vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A generation that is whole: every file of it is the one that was written."""

    folder: Path
    manifest: Manifest

    def read_by_us(self, settings: IndexSettings) -> bool:
        """Whether this program would cut and read its articles just so."""
        return self.manifest.code == code_digest() and self.manifest.settings == settings

    def vectors(self, ids: Sequence[int]) -> Vectors:
        """(len(ids), dim) float32: the vectors of some of its passages."""
        return read_vectors(self.folder)[ids].astype(np.float32)


def former_generation(data: Path) -> tuple[Manifest | None, Former | None, str | None]:
    """(its manifest, what can be taken over, why nothing can): of the generation that CURRENT names.

    The manifest may be there where the rest is damaged: it still says with what the index was made.
    """
    manifest: Manifest | None = None
    try:
        generation = in_use(data)
        manifest = read_manifest(data, generation)
        verify(data, generation.name, manifest)
        return manifest, Former(folder=data / FOLDER / generation.name, manifest=manifest), None
    except IndexUnusable as error:
        return manifest, None, str(error) if (data / FOLDER / CURRENT).exists() else None
