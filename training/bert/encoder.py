"""The BERT or MPNet encoder as an ONNX graph without padding: texts of a batch are equally long.

That leaves out the attention mask, and with it every way in which one text of a batch could touch
another. Devlin et al. 2019, "BERT"; Wang et al. 2020, "MiniLM"; Song et al. 2020, "MPNet", which
adds a bias for the distance of two tokens to the attention scores and has no types.
"""

from collections.abc import Iterable

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto

from training.bert.checkpoint import Checkpoint
from training.bert.graph import MICROSOFT, Graph
from training.bert.precision import Float32, Layer, Precision, columns_to_int8

INPUT = "input_ids"
SEGMENTS = "token_type_ids"
HIDDEN = "hidden"
MARKS = "marks"
LOGITS = "logits"

_DISTANCES, _FARTHEST = 32, 128
"""MPNet's buckets of distances, and the distance from which all are one."""
_NOTHING = np.zeros(1, np.float32)


def encoder(checkpoint: Checkpoint, precision: Precision, *, max_tokens: int) -> onnx.ModelProto:
    """`input_ids`, int64 (batch, tokens) -> `hidden`, float32 (batch, tokens, width)."""
    writer = Encoder(Graph(), checkpoint, precision)
    writer.as_batch(writer.encoded(writer.embedded(max_tokens)), writer.width)
    return writer.graph.model(
        sources=[INPUT], target=HIDDEN, target_shape=["batch", "tokens", writer.width]
    )


def judge(checkpoint: Checkpoint, precision: Precision, *, max_tokens: int) -> onnx.ModelProto:
    """`input_ids` and, for BERT, `token_type_ids`, int64 (batch, tokens); `marks`, int64 (n,), rows
    of (batch · tokens) -> `logits`, float32 (n, classes), one row a mark.

    `token_type_ids` are 0 for the first text of a pair and 1 for the second. The head stays in
    float32: it is two small products a mark.
    """
    writer = Encoder(Graph(), checkpoint, precision)
    typed = _TYPES in checkpoint
    rows = writer.embedded_pair(max_tokens) if typed else writer.embedded(max_tokens)
    classes = writer.classified(writer.encoded(rows), MARKS)
    return writer.graph.model(
        sources=[INPUT, SEGMENTS] if typed else [INPUT],
        vectors=[MARKS],
        target=LOGITS,
        target_shape=["marks", classes],
    )


_TYPES = "embeddings.token_type_embeddings.weight"
_DISTANCE_BIAS = "encoder.relative_attention_bias.weight"


class Encoder:
    """Writes the parts of an encoder; rows are tokens, shape (batch · tokens, width), except inside
    attention. `batch_as` is an int64 input of the graph, shape (batch, tokens)."""

    def __init__(
        self,
        graph: Graph,
        checkpoint: Checkpoint,
        precision: Precision,
        *,
        batch_as: str = INPUT,
    ) -> None:
        self.graph = graph
        self.width = checkpoint["embeddings.LayerNorm.weight"].shape[0]
        self._checkpoint = checkpoint
        self._precision = precision
        self._batch_as = batch_as
        self._shape = graph.node("Shape", batch_as)
        self._distances = self._distance_bias() if _DISTANCE_BIAS in checkpoint else ""

    def embedded(self, max_tokens: int) -> str:
        """Word, position and type embeddings, added up and normalised."""
        typed = _TYPES in self._checkpoint
        used = self._positions(max_tokens, self._checkpoint[_TYPES][0] if typed else _NOTHING)
        both = self.graph.node("Add", self._words(), used)
        return self.as_rows(self._normalised(both, "embeddings.LayerNorm"), self.width)

    def embedded_pair(self, max_tokens: int) -> str:
        """As `embedded`, with the type that `SEGMENTS` says."""
        types = self._checkpoint[_TYPES]
        used = self._positions(max_tokens, np.zeros_like(types[0]))
        words = self.graph.node("Add", self._words(), used)
        kinds = self.graph.node("Gather", self.graph.constant("types", types), SEGMENTS)
        both = self.graph.node("Add", words, kinds)
        return self.as_rows(self._normalised(both, "embeddings.LayerNorm"), self.width)

    def _positions(self, max_tokens: int, added: NDArray[np.float32]) -> str:
        """A row for each place in a text, with what is added to all of them."""
        graph = self.graph
        first = self._checkpoint.first_position
        learned = self._checkpoint["embeddings.position_embeddings.weight"]
        positions = (learned[first : first + max_tokens] + added).astype(np.float32)
        return graph.node(
            "Slice",
            graph.constant("positions", positions),
            graph.integers(0),
            graph.node("Shape", INPUT, start=1, end=2),
            graph.integers(0),
        )

    def encoded(self, rows: str, layers: Iterable[int] | None = None) -> str:
        """All layers, or those given, one after the other."""
        for number in range(self._checkpoint.layers) if layers is None else layers:
            rows = self.layer(rows, f"encoder.layer.{number}")
        return rows

    def classified(self, rows: str, marks: str) -> int:
        """A dense layer with tanh over each marked row, then one value a class."""
        marked = self.graph.node("Gather", rows, marks, axis=0)
        pooled = self.graph.node("Tanh", self.dense(marked, "pooler.dense"))
        self.dense(pooled, "classifier")
        return int(self._checkpoint["classifier.bias"].shape[0])

    def dense(self, rows: str, name: str) -> str:
        """In float32: rows times the weight, with the bias."""
        layer = self._read(name)
        product = Float32().product(self.graph, rows, layer)
        return self.graph.node("Add", product, self._bias(layer))

    def _words(self) -> str:
        """A row of the vocabulary for each token, kept in int8 with a scale for each word."""
        words = self._checkpoint["embeddings.word_embeddings.weight"]
        by_column, scales = columns_to_int8(words.T)
        table = self.graph.constant("words", by_column.T)
        scale = self.graph.constant("words.scales", scales[:, None])
        integers = self.graph.node("Gather", table, INPUT)
        floats = self.graph.node("Cast", integers, to=TensorProto.FLOAT)
        return self.graph.node("Mul", floats, self.graph.node("Gather", scale, INPUT))

    def layer(self, rows: str, name: str) -> str:
        """Self-attention, then the feed-forward network, each added to its input and normalised."""
        attended = self._linear(
            self._attention(rows, name), self._read(f"{name}.attention.output.dense")
        )
        rows = self._normalised(
            self.graph.node("Add", rows, attended), f"{name}.attention.output.LayerNorm"
        )
        inner = self._read(f"{name}.intermediate.dense")
        # BiasGelu takes the bias in with the GELU: one pass over the widest tensor less.
        activated = self.graph.node(
            "BiasGelu",
            self._precision.product(self.graph, rows, inner),
            self._bias(inner),
            domain=MICROSOFT,
        )
        outer = self._linear(activated, self._read(f"{name}.output.dense", after_gelu=True))
        return self._normalised(self.graph.node("Add", rows, outer), f"{name}.output.LayerNorm")

    def _attention(self, rows: str, name: str) -> str:
        """Queries, keys and values come from one product, so that rows are quantised once."""
        parts = [self._read(f"{name}.attention.self.{part}") for part in ("query", "key", "value")]
        together = Layer(
            f"{name}.attention.self",
            np.concatenate([part.weight for part in parts], axis=1),
            np.concatenate([part.bias for part in parts]),
        )
        product = self._precision.product(self.graph, rows, together)
        split = self.graph.nodes(
            "Split", self.as_batch(product, 3 * self.width), outputs=3, axis=-1, num_outputs=3
        )
        attended = self.graph.node(
            "MultiHeadAttention",
            *split,
            self._bias(together),
            *(("", self._distances) if self._distances else ()),
            domain=MICROSOFT,
            num_heads=self._checkpoint.heads,
        )
        return self.as_rows(attended, self.width)

    def _distance_bias(self) -> str:
        """What the distance of two tokens adds to their score: shape (1, heads, tokens, tokens)."""
        graph, learned = self.graph, self._checkpoint[_DISTANCE_BIAS]
        most = self._checkpoint["embeddings.position_embeddings.weight"].shape[0]
        distances = np.arange(-most, most + 1)
        by_distance = graph.constant("distances", learned[distance_buckets(distances)])
        length = graph.node("Shape", self._batch_as, start=1, end=2)
        places = graph.node(
            "Range",
            graph.constant("nought", np.array(0, np.int64)),
            graph.node("Squeeze", length),
            graph.constant("one", np.array(1, np.int64)),
        )
        apart = graph.node(
            "Sub",
            graph.node("Unsqueeze", places, graph.integers(0)),
            graph.node("Unsqueeze", places, graph.integers(1)),
        )
        rows = graph.node("Add", apart, graph.constant("farthest", np.array(most, np.int64)))
        bias = graph.node("Gather", by_distance, rows, axis=0)
        return graph.node(
            "Unsqueeze", graph.node("Transpose", bias, perm=[2, 0, 1]), graph.integers(0)
        )

    def _linear(self, rows: str, layer: Layer) -> str:
        return self.graph.node(
            "Add", self._precision.product(self.graph, rows, layer), self._bias(layer)
        )

    def _read(self, name: str, *, after_gelu: bool = False) -> Layer:
        tensors = self._checkpoint
        return Layer(name, tensors[f"{name}.weight"].T, tensors[f"{name}.bias"], after_gelu)

    def _bias(self, layer: Layer) -> str:
        return self.graph.constant(f"{layer.name}.bias", layer.bias)

    def _normalised(self, values: str, name: str) -> str:
        return self.graph.node(
            "LayerNormalization",
            values,
            self.graph.constant(f"{name}.weight", self._checkpoint[f"{name}.weight"]),
            self.graph.constant(f"{name}.bias", self._checkpoint[f"{name}.bias"]),
            axis=-1,
            epsilon=self._checkpoint.layer_norm_epsilon,
        )

    def as_rows(self, values: str, width: int) -> str:
        """Shape (batch · tokens, width)."""
        return self.graph.node("Reshape", values, self.graph.integers(-1, width))

    def as_batch(self, rows: str, width: int) -> str:
        """Shape (batch, tokens, width)."""
        shape = self.graph.node("Concat", self._shape, self.graph.integers(width), axis=0)
        return self.graph.node("Reshape", rows, shape)


def distance_buckets(distances: NDArray[np.int64]) -> NDArray[np.int64]:
    """The bucket of each distance, key minus query: exact up to 8 each way, then on a logarithmic
    scale. Raffel et al. 2020, "Exploring the limits of transfer learning" (T5)."""
    each_way, exact = _DISTANCES // 2, _DISTANCES // 4
    size = np.abs(distances)
    growth = np.log(np.maximum(size, 1) / exact) / np.log(_FARTHEST / exact)
    far = exact + (growth.astype(np.float32) * (each_way - exact)).astype(np.int64)
    bucket = np.where(size < exact, size, np.minimum(far, each_way - 1))
    return bucket + np.where(distances > 0, each_way, 0)
