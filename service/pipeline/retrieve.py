"""Finds passages for a claim: by meaning, by words, both ranks fused."""

import asyncio
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from service.domain.claim import Filters
from service.domain.retrieval import Ranked, Retrieved
from service.ports import Hit, Store

RRF_K = 10
"""k = 10 puts more of the right passages at the top than the paper's 60."""
DEPTH = 50
"""Passages asked of each leg; what is deeper has too little weight to come up."""


async def retrieve(
    text: str,
    vector: NDArray[np.float32],
    filters: Filters,
    store: Store,
    *,
    limit: int,
) -> tuple[Retrieved, ...]:
    """The `limit` best passages for `text`, whose vector has shape (dim,); best first."""
    near, matching = await asyncio.gather(
        store.nearest(vector, filters, limit=max(DEPTH, limit)),
        store.matching(text, filters, limit=max(DEPTH, limit)),
    )
    ranked = fuse(near, matching)[:limit]
    stored = {one.id: one for one in await store.passages([one.passage_id for one in ranked])}
    return tuple(
        Retrieved(stored[one.passage_id], one) for one in ranked if one.passage_id in stored
    )


def fuse(near: Sequence[Hit], matching: Sequence[Hit], *, k: int = RRF_K) -> list[Ranked]:
    """Reciprocal rank fusion: a passage scores the sum of 1 / (k + rank) over both legs.

    Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank
    learning methods", SIGIR 2009. Equal scores are ordered by passage id.
    """
    meaning = {hit.passage_id: rank for rank, hit in enumerate(near, start=1)}
    words = {hit.passage_id: rank for rank, hit in enumerate(matching, start=1)}
    cosines = {hit.passage_id: hit.score for hit in near}
    ranked = [
        Ranked(
            passage_id=found,
            score=_share(meaning.get(found), k) + _share(words.get(found), k),
            cosine=cosines.get(found),
            rank_by_meaning=meaning.get(found),
            rank_by_words=words.get(found),
        )
        for found in meaning.keys() | words.keys()
    ]
    return sorted(ranked, key=lambda one: (-one.score, one.passage_id))


def _share(rank: int | None, k: int) -> float:
    return 0.0 if rank is None else 1 / (k + rank)
