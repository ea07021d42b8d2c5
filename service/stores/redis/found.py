"""What both legs find."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A passage by its shard, its revision's number there and its place in that, and its score."""

    shard: int
    number: int
    ordinal: int
    score: float
