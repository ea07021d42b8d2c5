"""The graph that is written computes what PyTorch computes from the same checkpoint."""

from pathlib import Path

import numpy as np
import onnxruntime
import torch
from transformers import BertConfig, BertForSequenceClassification

from training.bert.checkpoint import read_checkpoint
from training.bert.encoder import classifier
from training.bert.precision import Float32, RowwiseInt8

CONFIG = BertConfig(
    vocab_size=120,
    hidden_size=32,
    num_hidden_layers=2,
    num_attention_heads=4,
    intermediate_size=64,
    max_position_embeddings=40,
    id2label={0: "supports", 1: "conflicts", 2: "neutral"},
)


def saved(folder: Path) -> BertForSequenceClassification:
    """A small model with random weights, larger than its own first ones, on disk."""
    torch.manual_seed(3)
    model: BertForSequenceClassification = BertForSequenceClassification(CONFIG)
    model.train(mode=False)
    with torch.no_grad():
        for weights in model.parameters():
            weights.add_(0.1 * torch.randn_like(weights))
    model.save_pretrained(folder)
    return model


def test_float32_agrees_with_pytorch(tmp_path: Path) -> None:
    """Pairs of every length; int8 layers follow at a distance."""
    model = saved(tmp_path)
    checkpoint = read_checkpoint(tmp_path)
    graphs = [
        classifier(checkpoint, precision, max_tokens=32) for precision in (Float32(), RowwiseInt8())
    ]
    exact, small = (onnxruntime.InferenceSession(each.SerializeToString()) for each in graphs)
    rng = np.random.default_rng(5)
    for tokens in (2, 7, 32):
        given = {
            "input_ids": rng.integers(0, CONFIG.vocab_size, (4, tokens)),
            "token_type_ids": rng.integers(0, 2, (4, tokens)),
        }
        with torch.no_grad():
            expected = model(
                **{name: torch.tensor(ids) for name, ids in given.items()}
            ).logits.numpy()
        spread = expected.max() - expected.min()
        # The word embeddings are int8 in both.
        assert np.abs(exact.run(["logits"], given)[0] - expected).max() < 0.02 * spread
        assert np.abs(small.run(["logits"], given)[0] - expected).max() < 0.1 * spread
