"""The cheap first pass: which sentences are worth the stance model."""

from collections.abc import Sequence

from service.pipeline.excerpt import Excerpt

SHARED_WEIGHT = 0.1
"""What all of the claim's words in a sentence are worth, beside its passage's fused score."""


def shortlist(excerpts: Sequence[Excerpt], limit: int) -> tuple[Excerpt, ...]:
    """The `limit` most promising, best first; equal ones in the order of retrieval.

    A passage has up to three sentences and one score: the words tell them apart.
    """
    ordered = sorted(excerpts, key=lambda one: -(one.ranked.score + SHARED_WEIGHT * one.shared))
    return tuple(ordered[:limit])
