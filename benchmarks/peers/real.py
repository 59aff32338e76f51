"""Real passages and questions, with their vectors and terms: what a corpus of any size is resampled from.

They come from the demo corpus and from public sets given by path, indexed as they are for serving. What was read is
kept beside the corpora, since computing vectors takes longer than all else.
"""

import tempfile
from collections.abc import Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.peers.synthesis import Real
from evaluation.question_set import QuestionSet
from index.build import build
from index.embed import DEFAULT_EMBEDDER, load_embedder
from index.fields import field_terms, searchable
from index.manifest import FOLDER, in_use, read_manifest
from index.passage import Passage
from index.records import Records
from index.sentence import sentence_spans
from index.store import VECTORS_FILE, CodedTerms, Vectors
from index.terms import terms


def read_real(
    sets: Sequence[QuestionSet], kept: Path, *, embedder: str = DEFAULT_EMBEDDER, progress: bool = True
) -> Real:
    """The passages and questions of some sets, from what is kept of an earlier run where the sets are the same.

    Raises:
        index.embed.EmbedderError: there is no such model here.
        RuntimeError: the demo portals could not be crawled.
    """
    key = sha256("\n".join([embedder, *(f"{one.name} {one.sha256} {one.corpus}" for one in sets)]).encode()).hexdigest()
    file = kept / f"real-{key[:16]}.npz"
    if file.is_file():
        return _load(file)
    model = load_embedder(embedder)
    vectors: list[Vectors] = []
    sentences: list[list[str]] = []
    passages: list[int] = [0]
    for one in sets:
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder)
            one.fill(data)
            build(data, embedder=model, progress=progress)
            named = in_use(data)
            generation, manifest = data / FOLDER / named.name, read_manifest(data, named)
            vectors.append(np.load(generation / VECTORS_FILE))
            records = Records(generation)
            try:
                for passage in records.passages(range(manifest.passages)):
                    own = field_terms(_sentences(passage), manifest.settings)["accented"]
                    held = list(own.documents()) if isinstance(own, CodedTerms) else own
                    sentences.extend(found for found in held if found)
                    passages.append(len(sentences))
            finally:
                records.close()
    coded = CodedTerms.of(sentences)
    places = {term: place for place, term in enumerate(coded.vocabulary)}
    asked = [question.text for one in sets for question in one.questions]
    real = Real(
        sources=tuple(one.name for one in sets),
        vectors=np.concatenate(vectors),
        vocabulary=coded.vocabulary,
        codes=coded.codes,
        sentence_offsets=coded.offsets,
        passage_offsets=np.array(passages, np.int64),
        question_vectors=np.stack([model.embed_query(text) for text in asked]),
        question_codes=tuple(
            tuple(dict.fromkeys(places[term] for term in terms(text) if term in places)) for text in asked
        ),
    )
    kept.mkdir(parents=True, exist_ok=True)
    _save(real, file)
    return real


def _sentences(passage: Passage) -> list[str]:
    text = searchable(passage)
    return [text[start:end] for start, end in sentence_spans(text)]


def _save(real: Real, file: Path) -> None:
    np.savez(
        file,
        sources=np.array(real.sources),
        vectors=real.vectors,
        vocabulary=np.array(real.vocabulary),
        codes=real.codes,
        sentence_offsets=real.sentence_offsets,
        passage_offsets=real.passage_offsets,
        question_vectors=real.question_vectors,
        question_codes=np.array([code for own in real.question_codes for code in own], np.int32),
        question_offsets=np.cumsum([0, *(len(own) for own in real.question_codes)]),
    )


def _load(file: Path) -> Real:
    with np.load(file) as held:
        bounds = held["question_offsets"].tolist()
        codes = held["question_codes"].tolist()
        return Real(
            sources=tuple(str(name) for name in held["sources"]),
            vectors=held["vectors"],
            vocabulary=tuple(str(term) for term in held["vocabulary"]),
            codes=held["codes"],
            sentence_offsets=held["sentence_offsets"],
            passage_offsets=held["passage_offsets"],
            question_vectors=held["question_vectors"],
            question_codes=tuple(tuple(codes[first:last]) for first, last in pairwise(bounds)),
        )
