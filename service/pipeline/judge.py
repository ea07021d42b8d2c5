"""Asks the stance model what each excerpt does to the claim."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.pipeline.excerpt import Excerpt
from service.pipeline.weighing import Opinion
from service.ports import StanceModel

Scores = NDArray[np.float32]

SUPPORTS, CONFLICTS = 0, 1
"""Where the model's rows have them."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An excerpt with the model's opinion of it alone."""

    excerpt: Excerpt
    opinion: Opinion


async def judge(claim: str, excerpts: Sequence[Excerpt], stance: StanceModel) -> tuple[Judged, ...]:
    """The excerpts in the same order, each as judged in the reading that takes a side most."""
    if not excerpts:
        return ()
    readings = [excerpt.readings for excerpt in excerpts]
    scores = await stance.stances(claim, [text for texts in readings for text in texts])
    ends = np.cumsum([len(texts) for texts in readings])[:-1]
    return tuple(
        Judged(excerpt, Opinion(*map(float, rows[_taking_a_side(rows)])))
        for excerpt, rows in zip(excerpts, np.split(scores, ends), strict=True)
    )


def _taking_a_side(rows: Scores) -> int:
    """The row whose probabilities of supporting and of conflicting lie farthest apart."""
    return int(np.abs(rows[:, SUPPORTS] - rows[:, CONFLICTS]).argmax())
