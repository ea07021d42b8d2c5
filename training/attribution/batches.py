"""Statements as padded tensors, in batches of about one length."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from training.attribution.examples import Asked, Example

POOL_BATCHES = 40
"""Batches that are cut from one run of statements sorted by length; the pools stay in random
order."""
IGNORED = -100


@dataclass(frozen=True, slots=True)
class Batch:
    """Statements side by side, int64, shape (n, pieces).

    `unpadded` is 1 where a piece is. `cues` is 1 at the first piece of a token that stands for a
    cue, 0 at that of any other token, `IGNORED` elsewhere.
    """

    examples: Sequence[Example]
    ids: Tensor
    types: Tensor
    unpadded: Tensor
    cues: Tensor


def batch(examples: Sequence[Example]) -> Batch:
    """Pads on the right, to the longest."""
    shape = (len(examples), max(len(example.pieces) for example in examples))
    ids, types, unpadded = (torch.zeros(shape, dtype=torch.int64) for _ in range(3))
    made = Batch(examples, ids, types, unpadded, cues=torch.full(shape, IGNORED))
    for row, example in enumerate(examples):
        pieces = example.pieces
        made.ids[row, : len(pieces)] = torch.tensor(pieces.ids)
        made.types[row, : len(pieces)] = torch.tensor(pieces.types)
        made.unpadded[row, : len(pieces)] = 1
        made.cues[row, torch.tensor(pieces.firsts)] = 0
        for asked in example.asked:
            made.cues[row, pieces.firsts[asked.cue]] = 1
    return made


def asked_roles(example: Example, asked: Asked | None, width: int) -> Tensor:
    """The role of each first piece, shape (width,); to what is no cue every token is outside."""
    roles = torch.full((width,), IGNORED)
    firsts = torch.tensor(example.pieces.firsts)
    roles[firsts] = torch.tensor(asked.roles) if asked else 0
    return roles


def batches(examples: Sequence[Example], size: int, seed: int) -> Iterator[Batch]:
    """Every example once; the same seed, the same batches."""
    rng = random.Random(seed)
    order = list(range(len(examples)))
    rng.shuffle(order)
    cut: list[list[int]] = []
    for first in range(0, len(order), POOL_BATCHES * size):
        pool = sorted(
            order[first : first + POOL_BATCHES * size], key=lambda i: len(examples[i].pieces)
        )
        some = [pool[start : start + size] for start in range(0, len(pool), size)]
        rng.shuffle(some)
        cut += some
    for positions in cut:
        yield batch([examples[i] for i in positions])
