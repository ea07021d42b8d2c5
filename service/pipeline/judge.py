"""Asks the stance model what each sentence does to the claim."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from service.domain.text import Span
from service.domain.window import Window
from service.pipeline.claims import has_predicate
from service.pipeline.classifier import Probabilities
from service.pipeline.windows import Read, Stretch, window_of
from service.ports import StanceModel

AGAIN = 4
"""How many sentences are read a second time, alone under their headline: the surest of a side.

With its neighbours a sentence is understood, and alone it is judged by its own words. The mean of
both readings is right more often than either (docs/decisions/0015-judge-in-context.md).
"""
TAKES_A_SIDE = 0.2
"""The probability of a side from which a sentence is worth a second reading."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with the model's probabilities for it."""

    read: Read
    sentence: Span
    probabilities: Probabilities

    @property
    def side(self) -> float:
        """How surely it takes a side, whichever it is, in 0..1."""
        return max(self.probabilities.supports, self.probabilities.conflicts)


async def judge(
    claim: str, stretches: Sequence[Stretch], stance: StanceModel
) -> tuple[Judged, ...]:
    """Every sentence of the stretches, without headings, in their order."""
    if not stretches:
        return ()
    scores = await stance.stances(claim, [stretch.window for stretch in stretches])
    judged = [
        Judged(read, sentence, Probabilities(*map(float, row)))
        for stretch, rows in zip(stretches, scores, strict=True)
        for (read, sentence), row in zip(stretch.sentences, rows, strict=True)
        if has_predicate(sentence.of(stretch.article.text))
    ]
    again = sorted(range(len(judged)), key=lambda i: -judged[i].side)[:AGAIN]
    again = [i for i in again if judged[i].side >= TAKES_A_SIDE]
    alone = await stance.stances(claim, [_alone(judged[i]) for i in again])
    for place, rows in zip(again, alone, strict=True):
        probabilities = _mean(judged[place].probabilities, rows[-1])
        judged[place] = replace(judged[place], probabilities=probabilities)
    return tuple(judged)


def _alone(judged: Judged) -> Window:
    article = judged.read.passage.article
    return window_of(article, [judged.sentence.of(article.text)])


def _mean(in_context: Probabilities, alone: NDArray[np.float32]) -> Probabilities:
    """The mean of the log-odds of both readings; `alone` has shape (3,)."""
    shares = np.sqrt(
        np.array([in_context.supports, in_context.conflicts, in_context.neutral]) * alone
    )
    return Probabilities(*(shares / shares.sum()).tolist())
