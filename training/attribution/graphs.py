"""The two parts of the token classifier as ONNX graphs, without padding as in
`training.bert.encoder`."""

import numpy as np
import onnx
from onnx import TensorProto

from training.bert.checkpoint import Checkpoint
from training.bert.encoder import HIDDEN, INPUT, SEGMENTS, Encoder
from training.bert.graph import Graph
from training.bert.precision import Precision

CUE = "cue"
CUES = "cues"
ROLES = "roles"


def reading(
    checkpoint: Checkpoint, precision: Precision, *, layers: int, max_tokens: int
) -> onnx.ModelProto:
    """`input_ids` and `token_type_ids`, int64 (batch, tokens) -> `cues`, float32 (batch, tokens,
    1), the logit that a token stands for a cue, and `hidden`, float32 (batch, tokens, width)."""
    writer = Encoder(Graph(), checkpoint, precision)
    rows = writer.encoded(writer.embedded_pair(max_tokens), range(layers))
    hidden = writer.graph.named(writer.as_batch(rows, writer.width), HIDDEN)
    writer.as_batch(writer.dense(rows, "cues"), 1)
    return writer.graph.model(
        sources=[INPUT, SEGMENTS],
        target=CUES,
        target_shape=["batch", "tokens", 1],
        more_targets=[(hidden, ["batch", "tokens", writer.width])],
    )


def asking(checkpoint: Checkpoint, precision: Precision, *, after_layers: int) -> onnx.ModelProto:
    """`cue`, int64 (batch, tokens), 1 at the cue asked about and else 0, and `hidden` -> `roles`,
    logits, float32 (batch, tokens, 4)."""
    graph = Graph()
    writer = Encoder(graph, checkpoint, precision, batch_as=CUE)
    mark = graph.constant("mark", checkpoint["mark"].astype(np.float32)[None, None, :])
    at_cue = graph.node("Cast", CUE, to=TensorProto.FLOAT)
    marks = graph.node("Mul", graph.node("Unsqueeze", at_cue, graph.integers(-1)), mark)
    rows = writer.as_rows(graph.node("Add", HIDDEN, marks), writer.width)
    rows = writer.encoded(rows, range(after_layers, checkpoint.layers))
    roles = int(checkpoint["roles.bias"].shape[0])
    writer.as_batch(writer.dense(rows, "roles"), roles)
    return graph.model(
        sources=[CUE],
        float_sources=[(HIDDEN, ["batch", "tokens", writer.width])],
        target=ROLES,
        target_shape=["batch", "tokens", roles],
    )
