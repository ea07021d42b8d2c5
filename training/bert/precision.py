"""How a layer multiplies: in float32, or in int8 one of four ways.

`RowwiseInt8` is what ships; the others are what it was chosen from
(docs/decisions/0003-embedder-on-onnx-runtime.md).
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from training.bert.graph import MICROSOFT, Graph

# GELU never goes below this (its minimum is -0.16997 at x = -0.7518).
GELU_LEAST = 0.17


@dataclass(frozen=True, slots=True)
class Layer:
    """A linear layer. `weight` has shape (inputs, outputs); `after_gelu`: its input is a GELU's."""

    name: str
    weight: NDArray[np.float32]
    bias: NDArray[np.float32]
    after_gelu: bool = False


class Precision(Protocol):
    """A way to multiply."""

    @property
    def name(self) -> str:
        """Named in the manifest."""

    def product(self, graph: Graph, rows: str, layer: Layer) -> str:
        """`rows`, shape (n, inputs), times the weight, without the bias: shape (n, outputs)."""


@dataclass(frozen=True, slots=True)
class Float32:
    """The original precision."""

    name: str = "float32"

    def product(self, graph: Graph, rows: str, layer: Layer) -> str:
        return graph.node("MatMul", rows, graph.constant(f"{layer.name}.weight", layer.weight))


@dataclass(frozen=True, slots=True)
class TensorwiseInt8:
    """One activation scale for a whole batch, what `quantize_dynamic` writes: a text's vector
    depends on the texts beside it."""

    name: str = "int8-tensorwise"

    def product(self, graph: Graph, rows: str, layer: Layer) -> str:
        weight, scales = columns_to_int8(layer.weight)
        return graph.node(
            "DynamicQuantizeMatMul",
            rows,
            graph.constant(f"{layer.name}.weight", weight),
            graph.constant(f"{layer.name}.scales", scales),
            domain=MICROSOFT,
        )


@dataclass(frozen=True, slots=True)
class BlockwiseInt8:
    """ONNX Runtime's MatMulNBits: a scale for each block of a row and of a column."""

    name: str = "int8-blockwise"
    block: int = 64

    def product(self, graph: Graph, rows: str, layer: Layer) -> str:
        inputs, outputs = layer.weight.shape
        blocks = layer.weight.T.reshape(outputs, inputs // self.block, self.block)
        scales = np.abs(blocks).max(axis=2) / 127
        weight = (np.rint(blocks / scales[..., None]) + 128).astype(np.uint8)
        return graph.node(
            "MatMulNBits",
            rows,
            graph.constant(f"{layer.name}.weight", weight),
            graph.constant(f"{layer.name}.scales", scales.astype(np.float32)),
            domain=MICROSOFT,
            K=inputs,
            N=outputs,
            bits=8,
            block_size=self.block,
            accuracy_level=4,
        )


@dataclass(frozen=True, slots=True)
class RowwiseInt8:
    """A scale for each token and for each output: no token sees another's range."""

    name: str = "int8"

    def product(self, graph: Graph, rows: str, layer: Layer) -> str:
        zero_point, scale_of_row = self._scale_of_row(graph, rows, layer)
        weight, scales = columns_to_unsaturated_int8(layer.weight)
        scale_vector = graph.node("Reshape", scale_of_row, graph.integers(-1))
        zero_points = graph.node(
            "Expand", graph.zero_point(zero_point), graph.node("Shape", scale_vector)
        )
        product = graph.node(
            "MatMulIntegerToFloat",
            graph.node("QuantizeLinear", rows, scale_vector, zero_points, axis=0),
            graph.constant(f"{layer.name}.weight", weight),
            graph.number(1.0),
            graph.constant(f"{layer.name}.scales", scales),
            graph.zero_point(zero_point),
            domain=MICROSOFT,
        )
        return graph.node("Mul", product, scale_of_row)

    def _scale_of_row(self, graph: Graph, rows: str, layer: Layer) -> tuple[int, str]:
        """The zero point and the scales, shape (n, 1), that map each row onto uint8.

        A GELU's output leans to one side: 32 steps are enough for what is below zero.
        """
        zero_point = 32 if layer.after_gelu else 128
        least = GELU_LEAST / zero_point if layer.after_gelu else 1e-8
        size = rows if layer.after_gelu else graph.node("Abs", rows)
        largest = graph.node("ReduceMax", size, graph.integers(-1), keepdims=1)
        scale = graph.node("Mul", largest, graph.number(1 / (255 - zero_point)))
        return zero_point, graph.node("Max", scale, graph.number(least))


def columns_to_int8(
    weight: NDArray[np.float32],
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Integers within ±127, and the scale of each column, shape (outputs,)."""
    scales = np.abs(weight).max(axis=0) / np.float32(127)
    return np.rint(weight / scales).astype(np.int8), scales


def columns_to_unsaturated_int8(
    weight: NDArray[np.float32],
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """As `columns_to_int8`, but no two neighbours of one sign add up to more than 128.

    Processors without VNNI add the products of two neighbours (uint8 times int8) in 16 bits, and
    255 · 128 = 32,640 is what fits. So every processor comes to the same integers. Neighbours are
    any two of the same four inputs, which covers every way of packing them. The usual remedy,
    weights of seven bits, ends a third further from the original.
    """
    inputs, outputs = weight.shape
    fours = np.sort(weight.reshape(inputs // 4, 4, outputs), axis=1)
    positive = fours[:, 2:].clip(min=0).sum(axis=1)
    negative = -fours[:, :2].clip(max=0).sum(axis=1)
    # 127, for rounding can add one half to each of two.
    scales = np.maximum(positive, negative).max(axis=0) / np.float32(127)
    return np.rint(weight / scales).astype(np.int8), scales
