"""Masks say exactly which passages hold a term, and how often."""

from collections import Counter
from collections.abc import Mapping

import numpy as np

from service.stores.redis.masks import (
    NUMBERS,
    PASSAGES,
    WINDOW,
    masks_of,
    numbers_of,
    places_of,
    spoken_of,
    weights_of,
    windows_of,
)


def counts_in(masks: Mapping[str, bytes]) -> dict[tuple[int, int, str], int]:
    """How often each passage holds each term, as masks say."""
    found: Counter[tuple[int, int, str]] = Counter()
    for term, value in masks.items():
        read = np.frombuffer(value, "<u8")
        for number, window, weight, places in zip(
            numbers_of(read).tolist(),
            windows_of(read).tolist(),
            weights_of(read).tolist(),
            places_of(read),
            strict=True,
        ):
            for place in np.flatnonzero(places).tolist():
                found[number, window * WINDOW + place, term] += weight
    return dict(found)


def test_counts_come_back_as_they_were() -> None:
    """Whatever the count, up to 65,535, and wherever in a long article."""
    random = np.random.default_rng(3)
    passages = [
        {term: int(times) for term in "bdgz" if (times := random.integers(0, 9)) > 3}
        for _ in range(100)
    ]
    passages[70]["z"] = 65_535
    passages[71]["z"] = 70_000
    expected = {
        (NUMBERS - 1, ordinal, term): min(times, 65_535)
        for ordinal, counts in enumerate(passages)
        for term, times in counts.items()
    }
    assert counts_in(masks_of(NUMBERS - 1, passages)) == expected


def test_the_last_passage_of_the_longest_revision_has_a_mask() -> None:
    """The 98,304th."""
    passages: list[dict[str, int]] = [{} for _ in range(PASSAGES)]
    passages[-1]["b"] = 1
    assert counts_in(masks_of(5, passages)) == {(5, PASSAGES - 1, "b"): 1}


def test_masks_count_each_passage_once() -> None:
    """Counts of 3 have two masks, and two revisions may follow one another at the same window."""
    first, second = ([{"b": 3}, {"b": 1}, {"b": 2}], [{"b": 1}])
    read = np.frombuffer(masks_of(1, first)["b"] + masks_of(2, second)["b"], "<u8")
    assert spoken_of(read, numbers_of(read)) == 4
