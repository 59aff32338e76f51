"""The packed model -> an ONNX graph that ONNX Runtime runs on a CPU: token ids and their mask to unit vectors.

BERT (Devlin et al. 2019) as multilingual-e5-small has it: embeddings of words, positions and the one token type, then
layers of attention and feed-forward, each added to what it read and normalised; the mean over the tokens; length 1.

The linear layers multiply whole numbers. What they read is rounded to 8 bits in steps of fixed size, one for all that a
kind of layer reads, since what a normalisation or an attention made is never far larger than at other times; what the
wide layer made is, so there each token has a step of its own. Either way a vector does not depend on what shares its
batch. The 4-bit weights are brought to 7 bits, with a scale for each output. 7, since the instructions of processors
without VNNI add two products in 16 bits, which 8 bits would overflow: so every machine counts the same. Words stay in
the 4 bits they are packed in (GatherBlockQuantized of ONNX Runtime, domain com.microsoft).
"""

from collections.abc import Mapping
from dataclasses import dataclass
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
# The highest value and weight, as whole numbers; a value of 0 is written as 128.
_MOST_VALUE, _MOST_WEIGHT, _ZERO = 127, 63, 128
_AS_FLOAT32 = 1


@dataclass(frozen=True, slots=True)
class _Steps:
    """How what a kind of layer reads is rounded: in `_MOST_VALUE` steps either side of 0, up to `highest`.

    What passes it is cut to it: a few tokens' one or two places do, which costs less than larger steps for all.
    loud: places of a token's state that are many times as large as the others in most layers (LLM.int8; Dettmers et
    al. 2022), and by what they are divided and their weights multiplied (SmoothQuant; Xiao et al. 2023).
    All was found by running the model over the demo.
    """

    kind: str
    highest: float
    loud: Mapping[int, float]


_ASKED = _Steps("asked", 3.5, {15: 3.0, 35: 3.0, 321: 2.0})
_MIXED = _Steps("mixed", 2.2, {})
_WIDENED = _Steps("widened", 8.0, {15: 4.0, 35: 4.0, 321: 3.0, 87: 2.0, 60: 2.0})


def write_graph(packed: PackedModel, keep: NDArray[np.int64], path: Path, *, rounded: bool = True) -> None:
    """Write the graph over the kept pieces of the vocabulary.

    Inputs `IDS` int64 and `MASK` int32, (texts, tokens), the mask 1 for tokens and 0 for padding on the right; output
    `VECTORS` float32, (texts, hidden). rounded: multiply whole numbers; else the 4-bit weights by float32.
    """
    onnx.save(_Graph(packed, keep, rounded).model(), path)


class _Graph:
    def __init__(self, packed: PackedModel, keep: NDArray[np.int64], rounded: bool) -> None:
        self._packed = packed
        self._keep = keep
        self._rounded = rounded
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
        return self._normalised(self._add("Add", [word, position], "embedded"), "emb.ln", "state")

    def _layer(self, layer: str, state: str) -> str:
        """Attention, then feed-forward."""
        attended = self._attention(layer, state)
        mixed = self._linear(attended, f"{layer}.mixed", [f"{layer}.ao.w"], _MIXED)
        state = self._added(mixed, state, f"{layer}.aln", f"{layer}.ao.b")
        wide = self._linear(state, f"{layer}.wide", [f"{layer}.fi.w"], _WIDENED)
        bent = self._add("BiasGelu", [wide, self._tensor(f"{layer}.fi.b")], f"{layer}.bent", domain=_MICROSOFT)
        narrow = self._narrowed(bent, f"{layer}.narrow", f"{layer}.fo.w")
        return self._added(narrow, state, f"{layer}.oln", f"{layer}.fo.b")

    def _attention(self, layer: str, state: str) -> str:
        """What each token takes from the others; queries, keys and values are made within the operator."""
        parts = [f"{layer}.{part}" for part in "qkv"]
        bias = self._constant(f"{layer}.bias", np.concatenate([self._packed.tensors[f"{part}.b"] for part in parts]))
        matrices = [f"{part}.w" for part in parts]
        output, heads = f"{layer}.attended", self._packed.heads
        if not self._rounded:
            asked = self._as_float32(state, f"{layer}.qkv", matrices)
            sizes = self._constant("parts", np.array([self._packed.hidden] * len(parts), np.int64))
            self._nodes.append(helper.make_node("Split", [asked, sizes], parts, axis=-1))
            inputs = [*parts, bias, MASK]
            return self._add("MultiHeadAttention", inputs, output, domain=_MICROSOFT, num_heads=heads)
        whole, step, weights, scales = self._whole(state, f"{layer}.qkv", matrices, _ASKED)
        inputs = [whole, weights, bias, step, scales, MASK, *self._zeros()]
        return self._add("QAttention", inputs, output, domain=_MICROSOFT, num_heads=heads)

    def _pooled(self, state: str) -> None:
        """The mean over the tokens of a text, at length 1; the sum will do, having the same direction."""
        weights = self._add("Cast", [MASK], "mask", to=TensorProto.FLOAT)
        axis = self._constant("axis", np.array([1], np.int64))
        row = self._add("Unsqueeze", [weights, axis], "mask.row")
        total = self._add("MatMul", [row, state], "total.row")
        self._add("Squeeze", [total, axis], "total")
        self._add("LpNormalization", ["total"], VECTORS, axis=-1, p=2)

    def _linear(self, state: str, name: str, matrices: list[str], steps: _Steps) -> str:
        """The state times matrices, their results side by side; the bias is left to the operator that follows."""
        if not self._rounded:
            return self._as_float32(state, name, matrices)
        whole, step, weights, scales = self._whole(state, name, matrices, steps)
        return self._product([whole, weights, step, scales], name)

    def _whole(self, state: str, name: str, matrices: list[str], steps: _Steps) -> tuple[str, str, str, str]:
        """The state in whole steps, the size of a step, and the matrices side by side with the scale of each output."""
        weights = self._side_by_side(matrices)
        if steps.loud:
            division = np.ones(len(weights), np.float32)
            division[list(steps.loud)] = list(steps.loud.values())
            weights = weights * division[:, None]
            state = self._add("Mul", [state, self._constant(f"{steps.kind}.quiet", 1 / division)], f"{name}.quiet")
        step = self._constant(f"{steps.kind}.step", np.array(steps.highest / _MOST_VALUE, np.float32))
        zero, _ = self._zeros()
        whole = self._add("QuantizeLinear", [state, step, zero], f"{name}.whole")
        return whole, step, *self._rounded_weights(name, weights)

    def _narrowed(self, bent: str, name: str, matrix: str) -> str:
        """What the wide layer made times a matrix, in whole steps of each token's own size.

        GELU is nowhere below -.17, so the highest value alone tells the size.
        """
        if not self._rounded:
            return self._as_float32(bent, name, [matrix])
        highest = self._add("ReduceMax", [bent], f"{name}.highest", axes=[-1])
        most = self._constant("most", np.array(_MOST_VALUE, np.float32))
        stretch = self._add("Div", [most, highest], f"{name}.stretch")
        stretched = self._add("Mul", [bent, stretch], f"{name}.stretched")
        one = self._constant("one", np.array(1, np.float32))
        zero, _ = self._zeros()
        whole = self._add("QuantizeLinear", [stretched, one, zero], f"{name}.whole")
        weights, scales = self._rounded_weights(name, self._side_by_side([matrix]) / np.float32(_MOST_VALUE))
        return self._add("Mul", [self._product([whole, weights, one, scales], f"{name}.product"), highest], name)

    def _product(self, factors: list[str], output: str) -> str:
        """factors: values and weights in whole numbers, the scales of both."""
        return self._add("MatMulIntegerToFloat", [*factors, *self._zeros()], output, domain=_MICROSOFT)

    def _zeros(self) -> tuple[str, str]:
        """What 0 is written as among values, and among weights."""
        return (
            self._constant("zero", np.array(_ZERO, np.uint8)),
            self._constant("unsigned", np.array(0, np.int8)),
        )

    def _side_by_side(self, matrices: list[str]) -> NDArray[np.float32]:
        """(inputs, outputs of all)."""
        return np.concatenate([self._packed.matrices[matrix].as_float() for matrix in matrices]).T

    def _rounded_weights(self, name: str, weights: NDArray[np.float32]) -> tuple[str, str]:
        """The weights in 7 bits, and the scale of each output."""
        scales = np.abs(weights).max(axis=0) / _MOST_WEIGHT
        return (
            self._constant(f"{name}.weights", np.round(weights / scales).astype(np.int8)),
            self._constant(f"{name}.scales", scales.astype(np.float32)),
        )

    def _as_float32(self, state: str, name: str, matrices: list[str]) -> str:
        """The state times the 4-bit matrices side by side, reckoned in float32."""
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
            K=blocks * _BLOCK, N=rows, bits=_BITS, block_size=_BLOCK, accuracy_level=_AS_FLOAT32,
        )  # fmt: skip

    def _added(self, result: str, state: str, norm: str, bias: str) -> str:
        """What a part of a layer made plus what it read, normalised.

        Three operators, since the one for all (SkipLayerNormalization) takes four times as long as they.
        """
        biased = self._add("Add", [result, self._tensor(bias)], f"{norm}.biased")
        both = self._add("Add", [biased, state], f"{norm}.both")
        return self._normalised(both, norm, f"{norm}.state")

    def _normalised(self, state: str, norm: str, output: str) -> str:
        inputs = [state, self._tensor(f"{norm}.w"), self._tensor(f"{norm}.b")]
        return self._add("LayerNormalization", inputs, output, axis=-1, epsilon=self._packed.epsilon)

    def _tensor(self, name: str) -> str:
        return self._constant(name, self._packed.tensors[name])

    def _constant(self, name: str, values: NDArray[np.generic]) -> str:
        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def _add(
        self, operator: str, inputs: list[str], output: str, *, domain: str = "", **attributes: float | list[int]
    ) -> str:
        node = helper.make_node(operator, inputs, [output], domain=domain)
        node.attribute.extend(helper.make_attribute(name, value) for name, value in attributes.items())
        self._nodes.append(node)
        return output


def _bytes(matrix: Quantised) -> NDArray[np.uint8]:
    """(rows, columns / 32, 16): two neighbours a byte, the first in the low half, as ONNX Runtime reads them."""
    values = matrix.values
    return (values[..., 0::2] | (values[..., 1::2] << 4)).astype(np.uint8)
