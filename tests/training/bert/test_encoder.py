"""The graph that is written computes what PyTorch computes from the same checkpoint."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from numpy.typing import NDArray
from transformers.models.mpnet.modeling_mpnet import MPNetEncoder

from tests.training.bert.published import WORDS, Published, bert, mpnet
from training.bert.checkpoint import Checkpoint, read_checkpoint
from training.bert.encoder import distance_buckets, judge
from training.bert.precision import Float32, Precision, RowwiseInt8
from training.stance.model import Judge

Logits = NDArray[np.float32]
ENCODERS = pytest.mark.parametrize("publish", [bert, mpnet])
Publish = Callable[[Path], Published]
MAX_TOKENS = 48
"""Of the graph; what was published has room for more."""
BATCHES = [(4, 2), (3, 7), (4, 33), (2, MAX_TOKENS)]
PADDING = 5
SECOND = 2
"""Where the second text begins."""


def session(checkpoint: Checkpoint, precision: Precision) -> onnxruntime.InferenceSession:
    graph = judge(checkpoint, precision, max_tokens=MAX_TOKENS)
    return onnxruntime.InferenceSession(graph.SerializeToString())


def logits(
    graph: onnxruntime.InferenceSession, ids: NDArray[np.int64], marks: NDArray[np.int64]
) -> Logits:
    given = {"input_ids": ids, "marks": marks}
    if "token_type_ids" in {one.name for one in graph.get_inputs()}:
        types = (np.arange(ids.shape[1]) >= SECOND).astype(np.int64)
        given["token_type_ids"] = np.broadcast_to(types, ids.shape).copy()
    (found,) = graph.run(["logits"], given)
    return np.asarray(found, np.float32)


def batch(texts: int, tokens: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Token ids without that of padding, and two marks a text: its last token and its first."""
    ids = np.random.default_rng(tokens).integers(3, WORDS, (texts, tokens))
    firsts = np.arange(texts) * tokens
    return ids, np.stack([firsts + tokens - 1, firsts], axis=1).reshape(-1)


@ENCODERS
def test_float32_agrees_with_the_model_that_is_trained(tmp_path: Path, publish: Publish) -> None:
    """At every mark, in texts of every length; PyTorch pads them, and no mark sees padding."""
    publish(tmp_path)
    checkpoint = read_checkpoint(tmp_path)
    graph = session(checkpoint, Float32())
    trained = Judge(checkpoint, range(checkpoint.layers)).eval()
    for texts, tokens in BATCHES:
        ids, marks = batch(texts, tokens)
        padded = np.pad(ids, ((0, 0), (0, PADDING)), constant_values=1)
        with torch.no_grad():
            expected = trained(
                torch.from_numpy(padded),
                torch.full((texts,), tokens),
                torch.full((texts,), SECOND),
                torch.from_numpy(marks + marks // tokens * PADDING),
            ).numpy()
        assert expected.shape == (2 * texts, 3)
        assert logits(graph, ids, marks) == pytest.approx(expected, abs=1e-4)


@ENCODERS
def test_float32_agrees_with_what_was_published(tmp_path: Path, publish: Publish) -> None:
    """At the first token, where a published classifier reads; int8 layers follow at a distance."""
    published = publish(tmp_path)
    checkpoint = read_checkpoint(tmp_path)
    exact, small = (session(checkpoint, each) for each in (Float32(), RowwiseInt8()))
    for texts, tokens in BATCHES:
        ids, _ = batch(texts, tokens)
        firsts = np.arange(texts) * tokens
        given = {"input_ids": torch.from_numpy(ids)}
        if publish is bert:
            types = (torch.arange(tokens) >= SECOND).long()
            given["token_type_ids"] = types.expand(texts, -1)
        with torch.no_grad():
            expected = published(**given).logits.numpy()
        spread = expected.max() - expected.min()
        assert logits(exact, ids, firsts) == pytest.approx(expected, abs=1e-4)
        assert np.abs(logits(small, ids, firsts) - expected).max() < 0.1 * spread


@ENCODERS
def test_a_text_is_read_alike_in_any_company(tmp_path: Path, publish: Publish) -> None:
    """In int8, bit for bit: each token is quantised by itself."""
    publish(tmp_path)
    graph = session(read_checkpoint(tmp_path), RowwiseInt8())
    ids, marks = batch(4, 21)
    together = logits(graph, ids, marks).reshape(4, 2, 3)
    alone = [logits(graph, ids[i : i + 1], marks[:2]) for i in range(4)]
    assert np.array_equal(together, np.stack(alone))


def test_distances_are_counted_as_the_publisher_counts_them() -> None:
    """Every distance that a text can hold, both ways, has MPNet's own bucket."""
    distances = np.arange(-512, 513)
    bucket: Callable[[torch.Tensor], torch.Tensor] = MPNetEncoder.relative_position_bucket
    expected = bucket(torch.from_numpy(distances))
    assert distance_buckets(distances).tolist() == expected.tolist()
