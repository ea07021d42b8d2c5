"""Batches of pairs that are about equally long, so that little is padded."""

import math
import random
from collections.abc import Iterator, Sequence
from typing import Any

from sentence_transformers.base.sampler import DefaultBatchSampler
from torch.utils.data import SequentialSampler

POOL_BATCHES = 50
"""Batches that are cut from one run of pairs sorted by length; the pools stay in random order."""


class EquallyLong(DefaultBatchSampler):
    """Yields the positions of each batch; the same seed and epoch, the same batches."""

    def __init__(
        self,
        dataset: Any,  # noqa: ANN401 - a `datasets.Dataset`, which has no types
        lengths: Sequence[int],
        *,
        batch_pairs: int,
        seed: int,
    ) -> None:
        super().__init__(SequentialSampler(dataset), batch_size=batch_pairs, drop_last=False)
        self._lengths = lengths
        self._batch_pairs = batch_pairs
        self._seed = seed

    def __iter__(self) -> Iterator[list[int]]:
        rng = random.Random(self._seed + self.epoch)
        order = list(range(len(self._lengths)))
        rng.shuffle(order)
        batches: list[list[int]] = []
        pool = POOL_BATCHES * self._batch_pairs
        for start in range(0, len(order), pool):
            by_length = sorted(order[start : start + pool], key=self._lengths.__getitem__)
            cut = range(0, len(by_length), self._batch_pairs)
            some = [by_length[first : first + self._batch_pairs] for first in cut]
            rng.shuffle(some)
            batches += some
        return iter(batches)

    def __len__(self) -> int:
        return math.ceil(len(self._lengths) / self._batch_pairs)
