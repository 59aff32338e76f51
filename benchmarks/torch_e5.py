"""The default model's weights as a sentence-transformers folder that PyTorch runs: what the ONNX graph is held against.

The weights are float32, as the 4-bit blocks say exactly, and the tokenizer is the same, so that both read one model.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Normalize, Transformer
from sentence_transformers.sentence_transformer.modules import Pooling
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from index.e5.model import PASSAGE_PROMPT, QUERY_PROMPT
from index.e5.packed import PackedModel
from index.e5.vocabulary import kept_pieces, tokenizer_of
from index.embed import Vectors
from index.sentence_model import quiet


def write_torch_e5(packed: PackedModel, folder: Path) -> None:
    """Write BERT, tokenizer, mean pooling and unit length into an empty folder."""
    keep = kept_pieces(packed.pieces)
    config = BertConfig(
        vocab_size=len(keep),
        hidden_size=packed.hidden,
        num_hidden_layers=packed.layers,
        num_attention_heads=packed.heads,
        intermediate_size=packed.feed_forward,
        max_position_embeddings=packed.positions,
        type_vocab_size=packed.token_types,
        layer_norm_eps=packed.epsilon,
        pad_token_id=packed.pad,
        bos_token_id=packed.bos,
        eos_token_id=packed.eos,
    )
    model = BertModel(config)
    state = {name: torch.from_numpy(array.copy()) for name, array in _bert_names(packed, keep)}
    model.load_state_dict(state, strict=True)
    bare = folder / "bare"
    with quiet():
        model.save_pretrained(bare)
        _tokenizer(packed, keep).save_pretrained(bare)
        whole = SentenceTransformer(
            modules=[
                Transformer(str(bare), max_seq_length=packed.positions),
                Pooling(packed.hidden, pooling_mode="mean"),
                Normalize(),
            ],
            prompts={"query": QUERY_PROMPT, "document": PASSAGE_PROMPT},
            device="cpu",
        )
        whole.save(str(folder), create_model_card=False)
    shutil.rmtree(bare)


def _tokenizer(packed: PackedModel, keep: NDArray[np.int64]) -> PreTrainedTokenizerFast:
    bos, eos = packed.pieces[packed.bos], packed.pieces[packed.eos]
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer_of(packed, keep),
        model_max_length=packed.positions,
        bos_token=bos,
        eos_token=eos,
        cls_token=bos,
        sep_token=eos,
        pad_token=packed.pieces[packed.pad],
        unk_token=packed.pieces[packed.unk],
        model_input_names=["input_ids", "attention_mask"],
    )


def _bert_names(packed: PackedModel, keep: NDArray[np.int64]) -> Iterator[tuple[str, Vectors]]:
    """The packed weights under the names of `transformers.BertModel`."""
    matrices, tensors = packed.matrices, packed.tensors
    yield "embeddings.word_embeddings.weight", matrices["emb.word"].rows(keep).as_float()
    yield "embeddings.position_embeddings.weight", tensors["emb.pos"]
    yield "embeddings.token_type_embeddings.weight", tensors["emb.type"]
    yield "embeddings.LayerNorm.weight", tensors["emb.ln.w"]
    yield "embeddings.LayerNorm.bias", tensors["emb.ln.b"]
    linear = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "fi": "intermediate.dense",
        "fo": "output.dense",
    }
    norms = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    for layer in range(packed.layers):
        for short, long in linear.items():
            yield f"encoder.layer.{layer}.{long}.weight", matrices[f"l{layer}.{short}.w"].as_float()
            yield f"encoder.layer.{layer}.{long}.bias", tensors[f"l{layer}.{short}.b"]
        for short, long in norms.items():
            yield f"encoder.layer.{layer}.{long}.weight", tensors[f"l{layer}.{short}.w"]
            yield f"encoder.layer.{layer}.{long}.bias", tensors[f"l{layer}.{short}.b"]
    # BERT's own pooler is not used: the mean is taken instead.
    yield "pooler.dense.weight", np.zeros((packed.hidden, packed.hidden), np.float32)
    yield "pooler.dense.bias", np.zeros(packed.hidden, np.float32)
