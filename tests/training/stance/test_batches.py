"""Batches of pairs that are about equally long."""

from collections import Counter

from training.stance.batches import EquallyLong

LENGTHS = [10 + (7 * number) % 90 for number in range(1_000)]


def batches(seed: int = 1) -> list[list[int]]:
    return list(EquallyLong(LENGTHS, LENGTHS, batch_pairs=16, seed=seed))


def test_every_pair_comes_once() -> None:
    """No pair is lost or repeated, and there are as many batches as announced."""
    drawn = batches()
    assert Counter(position for batch in drawn for position in batch) == Counter(range(1_000))
    assert len(drawn) == len(EquallyLong(LENGTHS, LENGTHS, batch_pairs=16, seed=1))


def test_little_is_padded() -> None:
    """Padding to the longest of each batch adds less than a twentieth."""
    padded = sum(len(batch) * max(LENGTHS[i] for i in batch) for batch in batches())
    assert padded < 1.05 * sum(LENGTHS)


def test_the_same_seed_draws_the_same_batches() -> None:
    """Which is what resuming from a checkpoint rests on."""
    assert batches() == batches()
    assert batches() != batches(seed=2)
