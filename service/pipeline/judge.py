"""Asks the stance model what each excerpt does to the claim."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.pipeline.excerpt import Excerpt
from service.ports import StanceModel


@dataclass(frozen=True, slots=True)
class Judged:
    """An excerpt with the model's probabilities, which sum to 1."""

    excerpt: Excerpt
    supports: float
    conflicts: float
    neutral: float


async def judge(claim: str, excerpts: Sequence[Excerpt], stance: StanceModel) -> tuple[Judged, ...]:
    """The excerpts in the same order, each judged by its whole sentence.

    Its clause alone, with or without the speaker, was judged worse: what is denied, doubted or
    conditional shows in the words around it (docs/decisions/0010-stance-model.md).
    """
    scores = await stance.stances(claim, [excerpt.reading for excerpt in excerpts])
    return tuple(
        Judged(excerpt, *map(float, row)) for excerpt, row in zip(excerpts, scores, strict=True)
    )
