"""The default embedder at work: tokens, batches of like length, ONNX Runtime on the CPU."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from index.e5.folder import GRAPH_FILE, IDS, MASK, TOKENIZER_FILE, VECTORS, e5_digest
from index.e5.vocabulary import read_tokenizer
from index.embed import DEFAULT_EMBEDDER, EmbedderError, Stop, Stopped, Vectors, usable_cores

# Nothing of what this project does is told to anyone: since 1.32 the library's build for Linux can send events too.
onnxruntime.disable_telemetry_events()

# The graph's inputs by name, each (texts, tokens).
Tokens = dict[str, NDArray[np.int64] | NDArray[np.int32]]

# The prompts multilingual-e5 was trained with (Wang et al. 2024, arXiv:2402.05672).
QUERY_PROMPT, PASSAGE_PROMPT = "query: ", "passage: "
# Tokens of a batch, padding included; a longer text is a batch of its own. What a layer makes of 512 tokens stays in
# the processor's caches: batches of 2048 were a fifth slower and took 80 MB more.
_BATCH_TOKENS = 512
_PAD = 1  # any token would do: the mask hides it
_ERRORS_ONLY = 3


class E5Embedder:
    """multilingual-e5-small from a folder of `index.e5.folder`. Thread-safe, as ONNX Runtime's sessions are."""

    name = DEFAULT_EMBEDDER

    def __init__(self, folder: Path) -> None:
        """Load the model, some .3 s.

        Raises:
            EmbedderError: the folder's files cannot be read.
        """
        self.digest = e5_digest()
        try:
            self._tokenizer = read_tokenizer(folder / TOKENIZER_FILE)
            self._session = _session(folder / GRAPH_FILE)
        except Exception as error:  # the library has no common exception of its own
            raise EmbedderError(
                f"the default embedder in {folder} cannot be loaded ({error}): remove that folder, it is built anew"
            ) from error
        self.dim = int(self._session.get_outputs()[0].shape[1])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """(n, dim) float32 unit rows. Texts beyond the model's 512 tokens are cut."""
        rows = np.zeros((len(texts), self.dim), np.float32)
        # A batch is one core's work, and the cores work on batches of their own: they wait for each other once and not
        # at every one of some hundred operators, which takes a sixth less of their time than sharing each batch.
        with ThreadPoolExecutor(usable_cores()) as pool:
            computed = [(positions, pool.submit(self.run, tokens)) for positions, tokens in self.passage_batches(texts)]
            for positions, vectors in computed:
                rows[positions] = vectors.result()
        return rows

    def embed_query(self, text: str) -> Vectors:
        """(dim,) float32 of length 1."""
        return np.ascontiguousarray(self.run(padded([self.query_tokens(text)]))[0])

    def embed_query_until(self, text: str, stop: Stop) -> Vectors:
        """As `index.embed.Stoppable` says: ONNX Runtime ends between two of its operators, within some .1 to .3 ms."""
        options = onnxruntime.RunOptions()
        stop.when_asked(lambda: setattr(options, "terminate", True))
        try:
            return np.ascontiguousarray(self.run(padded([self.query_tokens(text)]), options)[0])
        except Exception as error:  # the library's own is no public class
            if stop.asked:
                raise Stopped(text) from error
            raise

    def query_tokens(self, text: str) -> list[int]:
        """The ids a question is cut into, its prompt and the control pieces included."""
        return list(self._tokenizer.encode(QUERY_PROMPT + text).ids)

    def passage_batches(self, texts: Sequence[str]) -> Iterator[tuple[NDArray[np.int64], Tokens]]:
        """Which texts share a batch, and what `run` takes of them; the shortest first."""
        cut = [encoding.ids for encoding in self._tokenizer.encode_batch([PASSAGE_PROMPT + text for text in texts])]
        for positions in _batches([len(ids) for ids in cut]):
            yield positions, padded([cut[position] for position in positions])

    def run(self, tokens: Tokens, options: onnxruntime.RunOptions | None = None) -> Vectors:
        """(n, dim) unit rows of one batch: ONNX Runtime and nothing else."""
        (vectors,) = self._session.run([VECTORS], tokens, options)
        return np.asarray(vectors, dtype=np.float32)


def padded(tokens: Sequence[Sequence[int]]) -> Tokens:
    """The texts of a batch as the graph's inputs, filled up to the longest."""
    longest = max(map(len, tokens))
    ids = np.full((len(tokens), longest), _PAD, np.int64)
    mask = np.zeros((len(tokens), longest), np.int32)
    for row, text in enumerate(tokens):
        ids[row, : len(text)] = text
        mask[row, : len(text)] = 1
    return {IDS: ids, MASK: mask}


def _batches(lengths: Sequence[int]) -> Iterator[NDArray[np.int64]]:
    """Positions of texts that share a batch, shortest first, so that little is spent on padding."""
    order = np.argsort(lengths, kind="stable")
    start = 0
    for end in range(1, len(order) + 1):
        # Ascending, so the next text's length is the width of a batch that takes it in.
        if end == len(order) or lengths[order[end]] * (end + 1 - start) > _BATCH_TOKENS:
            yield order[start:end]
            start = end


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # A question's operators are too small to be shared: with two threads it took no less time and more of both cores,
    # and on a busy machine it waited for the second.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
