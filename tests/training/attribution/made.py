"""Made-up articles with their annotation, and a small encoder, to train on."""

from pathlib import Path
from typing import Any

import torch
from transformers import BertConfig, BertModel

SENTENCES = (
    "[Novak|source] [said|cue] [the bridge is safe|content].",
    "[The bridge is safe|content], [Novak|source] [said|cue].",
    "[“The bridge is safe,”|content] [said|cue] [Mayor Eva Novak|source].",
    "[The mayor|source] [warned|cue] [that the dam may break|content].",
    "The council met on Monday.",
    "[A report|source] [showed|cue] [that the river rose|content].",
    "[Ruiz|source] [has denied|cue] [the charge|content].",
    "[They|source] [fear|cue] [floods|content], and [Ruiz|source] [said|cue] [it holds|content].",
    "Trains were late.",
)
"""Parts in brackets with their role; a cue goes with the source and the content beside it."""


def article(*sentences: str) -> dict[str, Any]:
    """Text and annotation of sentences written as above."""
    text = ""
    attributions: list[dict[str, Any]] = []
    for sentence in sentences:
        parts = []
        text += " " if text else ""
        for chunk in sentence.replace("]", "[").split("["):
            words, _, role = chunk.partition("|")
            if role:
                parts.append((role, [len(text), len(text) + len(words)]))
            text += words
        attributions += _attributions(parts)
    return {"id": "made", "text": text, "attributions": attributions}


def _attributions(parts: list[tuple[str, list[int]]]) -> list[dict[str, Any]]:
    """Three parts are one attribution, whatever their order."""
    return [
        {"kind": "indirect", "source": [], "cue": [], "content": []}
        | {role: [span] for role, span in parts[first : first + 3]}
        for first in range(0, len(parts), 3)
    ]


def encoder(folder: Path) -> Path:
    """A small encoder with random weights, saved as the published one is."""
    torch.manual_seed(3)
    config = BertConfig(
        hidden_size=32,
        num_hidden_layers=3,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=160,
    )
    model = BertModel(config, add_pooling_layer=False)
    model.save_pretrained(folder)
    return folder
