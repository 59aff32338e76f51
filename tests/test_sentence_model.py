"""Any sentence-transformers model as an embedder, tried on tiny ones with random weights made here; no hub is asked."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Transformer
from sentence_transformers.sentence_transformer.modules import Pooling
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import BertConfig, BertModel, PhobertTokenizer, PreTrainedTokenizerFast, RobertaConfig, RobertaModel

from index.embed import EmbedderError, load_embedder
from index.sentence_model import SEGMENTED, SentenceEmbedder, wants_words

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
WORDS = ["sản", "phẩm", "sản_phẩm", "gạo", "nếp", "hợp_tác_xã", "hợp", "tác", "xã", "của", ":", "hỏi", "đoạn"]
HIDDEN = 16


def sizes(vocabulary: int) -> dict[str, Any]:
    return {
        "vocab_size": vocabulary,
        "hidden_size": HIDDEN,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 32,
        "max_position_embeddings": 40,
        "pad_token_id": 1,
    }


def whole(model: torch.nn.Module, tokenizer: object, folder: Path, prompts: dict[str, str]) -> Path:
    """A sentence-transformers folder of a model and its tokenizer."""
    bare = folder / "bare"
    model.save_pretrained(bare)  # type: ignore[operator]
    tokenizer.save_pretrained(bare)  # type: ignore[attr-defined]
    modules = [Transformer(str(bare), max_seq_length=32), Pooling(HIDDEN, pooling_mode="mean")]
    SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(
        str(folder / "whole"), create_model_card=False
    )
    return folder / "whole"


@pytest.fixture(scope="module")
def of_words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model whose pieces are whole words, with prompts of its own."""
    torch.manual_seed(1)
    vocabulary = {word: index for index, word in enumerate([*SPECIAL, *WORDS])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    fast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, unk_token="<unk>", pad_token="<pad>", model_max_length=32
    )
    folder = tmp_path_factory.mktemp("words")
    prompts = {"query": "hỏi : ", "document": "đoạn : "}
    return whole(BertModel(BertConfig(**sizes(len(vocabulary)))), fast, folder, prompts)


@pytest.fixture(scope="module")
def of_phobert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model with PhoBERT's tokenizer: a dictionary of words and merges of characters."""
    torch.manual_seed(2)
    folder = tmp_path_factory.mktemp("phobert")
    (folder / "vocab.txt").write_text("".join(f"{word} 1\n" for word in WORDS), encoding="utf-8")
    (folder / "bpe.codes").write_text(merges(WORDS), encoding="utf-8")
    tokenizer = PhobertTokenizer(str(folder / "vocab.txt"), str(folder / "bpe.codes"))  # type: ignore[no-untyped-call]
    return whole(RobertaModel(RobertaConfig(**sizes(len(tokenizer)))), tokenizer, folder, {})


def merges(words: Sequence[str]) -> str:
    """Byte-pair merges that put every word together from its first letter on, the longest word's first."""
    lines: dict[str, None] = {}
    for word in sorted(words, key=len, reverse=True):
        letters = [*word[:-1], word[-1] + "</w>"]
        for end in range(1, len(letters)):
            lines[f"{''.join(letters[:end])} {letters[end]} 1"] = None
    return "\n".join(lines) + "\n"


def test_a_folder_is_an_embedder_with_its_own_prompts(of_words: Path) -> None:
    ours = load_embedder(str(of_words))
    peer = SentenceTransformer(str(of_words), device="cpu")
    assert (ours.name, ours.dim) == (str(of_words), HIDDEN)
    query = peer.encode("hỏi : gạo nếp", normalize_embeddings=True)
    passages = peer.encode(["đoạn : gạo nếp", "đoạn : của"], normalize_embeddings=True)
    assert ours.embed_query("gạo nếp") == pytest.approx(query, abs=1e-6)
    assert ours.embed_passages(["gạo nếp", "của"]) == pytest.approx(passages, abs=1e-6)
    assert np.linalg.norm(ours.embed_passages(["gạo"]), axis=1).tolist() == pytest.approx([1.0], abs=1e-6)
    assert ours.embed_passages([]).shape == (0, HIDDEN)


def test_a_model_that_reads_words_is_given_words(of_words: Path) -> None:
    peer = SentenceTransformer(str(of_words), device="cpu")
    whole_words = peer.encode("hỏi : sản_phẩm của hợp_tác_xã", normalize_embeddings=True)
    syllables = peer.encode("hỏi : sản phẩm của hợp tác xã", normalize_embeddings=True)
    assert float(whole_words @ syllables) < 0.999
    segmented = SentenceEmbedder("words", of_words, segmented=True)
    plain = SentenceEmbedder("words", of_words, segmented=False)
    assert segmented.embed_query("sản phẩm của hợp tác xã") == pytest.approx(whole_words, abs=1e-6)
    assert plain.embed_query("sản phẩm của hợp tác xã") == pytest.approx(syllables, abs=1e-6)
    passage = peer.encode("đoạn : sản_phẩm của hợp_tác_xã", normalize_embeddings=True)
    assert segmented.embed_passages(["sản phẩm của hợp tác xã"])[0] == pytest.approx(passage, abs=1e-6)
    assert segmented.digest != plain.digest


def test_models_of_phobert_are_known_by_their_tokenizer(of_words: Path, of_phobert: Path) -> None:
    assert wants_words(str(of_phobert), of_phobert)
    assert not wants_words(str(of_words), of_words)
    ours = load_embedder(str(of_phobert))
    peer = SentenceTransformer(str(of_phobert), device="cpu")
    cut = peer.tokenizer.tokenize("sản_phẩm của hợp_tác_xã")
    assert cut == ["sản_phẩm", "của", "hợp_tác_xã"]
    expected = peer.encode("sản_phẩm của hợp_tác_xã", normalize_embeddings=True)
    assert ours.embed_query("sản phẩm của hợp tác xã") == pytest.approx(expected, abs=1e-6)


def test_models_of_the_table_are_known_by_name(tmp_path: Path) -> None:
    assert "bkai-foundation-models/vietnamese-bi-encoder" in SEGMENTED
    assert all(wants_words(name, tmp_path) for name in SEGMENTED)
    assert not wants_words("BAAI/bge-m3", tmp_path)


def test_a_changed_model_has_another_digest(of_words: Path, tmp_path: Path) -> None:
    before = load_embedder(str(of_words)).digest
    assert load_embedder(str(of_words)).digest == before
    changed = Path(shutil.copytree(of_words, tmp_path / "changed"))
    assert load_embedder(str(changed)).digest == before
    config = changed / "config_sentence_transformers.json"
    settings = json.loads(config.read_text(encoding="utf-8"))
    config.write_text(json.dumps({**settings, "prompts": {"query": "câu : "}}), encoding="utf-8")
    assert load_embedder(str(changed)).digest != before


def test_an_unknown_model_says_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="e5-small"):
        load_embedder("nobody/no-such-model")
    with pytest.raises(EmbedderError, match=str(tmp_path)):
        load_embedder(str(tmp_path))


def test_a_question_is_embedded_on_one_thread_whatever_pytorch_says_it_uses(
    of_words: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # After FAISS set OpenMP's threads PyTorch reports those, while its matrix library keeps its own number.
    embedder = load_embedder(str(of_words))
    given: list[int] = []
    monkeypatch.setattr(torch, "get_num_threads", lambda: 1)
    monkeypatch.setattr(torch, "set_num_threads", given.append)

    embedder.embed_query("gạo nếp")

    assert given == [1, 1]
