"""Tiny encoders with random weights, saved as publishers save theirs."""

from pathlib import Path

import torch
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    MPNetConfig,
    MPNetForSequenceClassification,
)

from training.bert.precision import columns_to_int8

WORDS = 120
MOST_TOKENS = 64
LABELS = {0: "supports", 1: "conflicts", 2: "neutral"}

Published = BertForSequenceClassification | MPNetForSequenceClassification


def bert(folder: Path) -> Published:
    """Two layers of BERT with a classifier, on disk."""
    config = BertConfig(
        vocab_size=WORDS,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=MOST_TOKENS,
        id2label=LABELS,
    )
    model: BertForSequenceClassification = BertForSequenceClassification(config)
    return _saved(model, model.bert.embeddings.word_embeddings.weight, folder)


def mpnet(folder: Path) -> Published:
    """Two layers of MPNet with a classifier, on disk."""
    config = MPNetConfig(
        vocab_size=WORDS,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=MOST_TOKENS + 2,
        id2label=LABELS,
    )
    model: MPNetForSequenceClassification = MPNetForSequenceClassification(config)
    return _saved(model, model.mpnet.embeddings.word_embeddings.weight, folder)


def _saved(model: Published, words: torch.Tensor, folder: Path) -> Published:
    """With weights larger than a model's first ones, and word embeddings that int8 holds exactly:
    the graph keeps these in int8 whatever its layers are in."""
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for weights in model.parameters():
            weights.add_(0.1 * torch.randn(weights.shape, generator=generator))
        integers, scales = columns_to_int8(words.numpy().T)
        words.copy_(torch.from_numpy((integers * scales).T))
    model.train(mode=False)
    model.save_pretrained(folder)
    return model
