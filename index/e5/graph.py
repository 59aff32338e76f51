"""The packed model -> an ONNX graph that ONNX Runtime runs on a CPU: token ids and their mask to unit vectors.

BERT (Devlin et al. 2019) as multilingual-e5-small has it: embeddings of words, positions and the one token type, then
layers of attention and feed-forward, each added to what it read and normalised; the mean over the tokens; length 1.

The 4-bit weights go into the graph as they are packed: the operators MatMulNBits and GatherBlockQuantized of ONNX
Runtime (domain com.microsoft) take blocks of 32 with a scale each, so nothing is quantised a second time.
"""

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from index.e5.folder import IDS, MASK, VECTORS
from index.e5.packed import PackedModel, Quantised

# What ONNX Runtime 1.20 and later read.
_OPSET, _IR_VERSION = 17, 8
_MICROSOFT = "com.microsoft"
_BITS, _BLOCK = 4, 32
# 4: activations are rounded to 8 bits, a scale for every 32, and multiplied as whole numbers; 1: as float32.
# Measured equal in what is found, and three to four times as fast on a question (docs/decisions/0005).
_ACCURACY_LEVEL = 4


def write_graph(packed: PackedModel, keep: NDArray[np.int64], path: Path, *, rounded: bool = True) -> None:
    """Write the graph over the kept pieces of the vocabulary.

    Inputs `IDS` int64 and `MASK` int32, (texts, tokens), the mask 1 for tokens and 0 for padding on the right; output
    `VECTORS` float32, (texts, hidden). rounded: activations may be rounded to 8 bits.
    """
    onnx.save(_Graph(packed, keep, rounded).model(), path)


class _Graph:
    def __init__(self, packed: PackedModel, keep: NDArray[np.int64], rounded: bool) -> None:
        self._packed = packed
        self._keep = keep
        self._accuracy_level = _ACCURACY_LEVEL if rounded else 1
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def model(self) -> onnx.ModelProto:
        """The whole model."""
        state = self._embedded()
        for layer in range(self._packed.layers):
            state = self._layer(f"l{layer}", state)
        self._pooled(state)
        inputs = [
            helper.make_tensor_value_info(IDS, TensorProto.INT64, ["texts", "tokens"]),
            helper.make_tensor_value_info(MASK, TensorProto.INT32, ["texts", "tokens"]),
        ]
        output = helper.make_tensor_value_info(VECTORS, TensorProto.FLOAT, ["texts", self._packed.hidden])
        graph = helper.make_graph(self._nodes, "multilingual-e5-small", inputs, [output], [*self._constants.values()])
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION)

    def _embedded(self) -> str:
        """Words, positions and the token type (always the first), normalised."""
        words = self._packed.matrices["emb.word"].rows(self._keep)
        by_row = self._constant("words.values", _bytes(words).reshape(len(self._keep), -1))
        scales = self._constant("words.scales", words.scales)
        word = self._add(
            "GatherBlockQuantized", [by_row, IDS, scales], "words", domain=_MICROSOFT,
            bits=_BITS, block_size=_BLOCK, gather_axis=0, quantize_axis=1,
        )  # fmt: skip
        tensors = self._packed.tensors
        positions = self._constant("positions.table", tensors["emb.pos"] + tensors["emb.type"][0])
        tokens = self._add("Shape", [IDS], "tokens", start=1, end=2)
        first = self._constant("first", np.array([0], np.int64))
        position = self._add("Slice", [positions, first, tokens], "positions")
        both = self._add("Add", [word, position], "embedded")
        scale, shift = self._tensor("emb.ln.w"), self._tensor("emb.ln.b")
        return self._add("LayerNormalization", [both, scale, shift], "state", axis=-1, epsilon=self._packed.epsilon)

    def _layer(self, layer: str, state: str) -> str:
        """Attention, then feed-forward."""
        asked = self._linear(state, f"{layer}.qkv", [f"{layer}.{part}.w" for part in "qkv"])
        parts = [f"{layer}.{part}" for part in "qkv"]
        sizes = self._constant("parts", np.array([self._packed.hidden] * len(parts), np.int64))
        self._nodes.append(helper.make_node("Split", [asked, sizes], parts, axis=-1))
        biases = [self._packed.tensors[f"{part}.b"] for part in parts]
        bias = self._constant(f"{layer}.qkv.bias", np.concatenate(biases))
        attended = self._add(
            "MultiHeadAttention", [*parts, bias, MASK], f"{layer}.attended", domain=_MICROSOFT,
            num_heads=self._packed.heads,
        )  # fmt: skip
        mixed = self._linear(attended, f"{layer}.mixed", [f"{layer}.ao.w"])
        state = self._added(mixed, state, f"{layer}.aln", f"{layer}.ao.b")
        wide = self._linear(state, f"{layer}.wide", [f"{layer}.fi.w"])
        bent = self._add("BiasGelu", [wide, self._tensor(f"{layer}.fi.b")], f"{layer}.bent", domain=_MICROSOFT)
        narrow = self._linear(bent, f"{layer}.narrow", [f"{layer}.fo.w"])
        return self._added(narrow, state, f"{layer}.oln", f"{layer}.fo.b")

    def _pooled(self, state: str) -> None:
        """The mean over the tokens of a text, at length 1; the sum will do, having the same direction."""
        weights = self._add("Cast", [MASK], "mask", to=TensorProto.FLOAT)
        axis = self._constant("axis", np.array([1], np.int64))
        row = self._add("Unsqueeze", [weights, axis], "mask.row")
        total = self._add("MatMul", [row, state], "total.row")
        self._add("Squeeze", [total, axis], "total")
        self._add("LpNormalization", ["total"], VECTORS, axis=-1, p=2)

    def _linear(self, state: str, name: str, matrices: list[str]) -> str:
        """The state times matrices, their results side by side; the bias is left to the operator that follows."""
        found = [self._packed.matrices[matrix] for matrix in matrices]
        values = np.concatenate([_bytes(matrix) for matrix in found])
        scales = np.concatenate([matrix.scales for matrix in found])
        rows, blocks = scales.shape
        inputs = [
            state,
            self._constant(f"{name}.values", values),
            self._constant(f"{name}.scales", scales.reshape(-1)),
        ]
        return self._add(
            "MatMulNBits", inputs, name, domain=_MICROSOFT,
            K=blocks * _BLOCK, N=rows, bits=_BITS, block_size=_BLOCK, accuracy_level=self._accuracy_level,
        )  # fmt: skip

    def _added(self, result: str, state: str, norm: str, bias: str) -> str:
        """What a part of a layer made plus what it read, normalised."""
        inputs = [result, state, self._tensor(f"{norm}.w"), self._tensor(f"{norm}.b"), self._tensor(bias)]
        return self._add(
            "SkipLayerNormalization", inputs, f"{norm}.state", domain=_MICROSOFT, epsilon=self._packed.epsilon
        )

    def _tensor(self, name: str) -> str:
        return self._constant(name, self._packed.tensors[name])

    def _constant(self, name: str, values: NDArray[np.generic]) -> str:
        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def _add(self, operator: str, inputs: list[str], output: str, *, domain: str = "", **attributes: float) -> str:
        node = helper.make_node(operator, inputs, [output], domain=domain)
        node.attribute.extend(helper.make_attribute(name, value) for name, value in attributes.items())
        self._nodes.append(node)
        return output


def _bytes(matrix: Quantised) -> NDArray[np.uint8]:
    """(rows, columns / 32, 16): two neighbours a byte, the first in the low half, as ONNX Runtime reads them."""
    values = matrix.values
    return (values[..., 0::2] | (values[..., 1::2] << 4)).astype(np.uint8)
