"""The vector leg: few passages are all scored, of many the vector sets propose some."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from service.domain.claim import Filters
from service.stores.cosine import cosines, unit
from service.stores.redis.attributes import expression
from service.stores.redis.found import Found
from service.stores.redis.keys import Command
from service.stores.redis.nodes import Nodes
from service.stores.redis.roster import Roster
from service.stores.redis.vectors import gather, gathered, read_alone

EXACT_PASSAGES: Final = 5_000
"""Up to so many in a shard a scan of them takes no longer than the graph's answer."""
GATHERED_PASSAGES: Final = 400
"""Up to so many that may answer are read and scored here, in each shard."""
_PATIENCE: Final = 3
"""So many times more are scanned where something is filtered: the graph takes longer then."""
_EFFORT: Final = 2
_LEAST_EFFORT: Final = 200
"""Candidates that the graph looks at (EF), by how many it is asked for, and the least: see
docs/decisions/0024-redis-store.md."""
_SPREAD: Final = 1.5
_MORE: Final = 8
"""A shard is asked for its share of what is wanted, times the one and with the other: what is
nearest is not spread evenly."""
_NOISE: Final = 0.1
"""Divided by the root of the dimensions: by more than that no eight-bit cosine errs."""
_SPARSE: Final = 10
"""Where one passage in so many passes a filter, or fewer, the set is scanned."""


@dataclass(frozen=True, slots=True)
class _Proposed:
    """What a shard's vector set has said: passages by nearness, and whether these are all that may
    answer. Scores are of eight bits."""

    passages: tuple[tuple[int, int], ...]
    scores: tuple[float, ...]
    all_there: bool


class VectorLeg:
    """Asks all shards for their nearest passages."""

    def __init__(
        self, nodes: Nodes, dim: int, *, exact_passages: int, gathered_passages: int
    ) -> None:
        self._nodes = nodes
        self._dim = dim
        self._exact_passages = exact_passages
        self._gathered_passages = gathered_passages
        self._noise = _NOISE / math.sqrt(dim)

    async def nearest(
        self,
        vector: NDArray[np.float32],
        filters: Filters,
        rosters: Sequence[Roster],
        *,
        limit: int,
    ) -> list[Found]:
        """At least the `limit` best, more where the last place is shared."""
        query = unit(vector)
        passing = [roster.passing(filters) for roster in rosters]
        current = [p & r.current for p, r in zip(passing, rosters, strict=True)]
        past = [p & ~c for p, c in zip(passing, current, strict=True)]
        wanted, graphs = self._few(rosters, current)
        if graphs and limit:
            wanted |= await self._proposed(query, filters, rosters, current, graphs, limit)
        found = await self._scored(query, wanted)
        return [*found, *await self._past(query, rosters, past)]

    def _few(
        self, rosters: Sequence[Roster], current: Sequence[NDArray[np.bool_]]
    ) -> tuple[dict[int, list[tuple[int, int]]], dict[int, int]]:
        """Of shards with few passages that may answer all of them, and of others how many."""
        wanted: dict[int, list[tuple[int, int]]] = {}
        graphs: dict[int, int] = {}
        for shard, (roster, mask) in enumerate(zip(rosters, current, strict=True)):
            passages = roster.rows["passages"]
            count = int(passages[mask].sum())
            if count > self._gathered_passages:
                graphs[shard] = count
            elif count:
                wanted[shard] = [
                    (number, ordinal)
                    for number in np.flatnonzero(mask).tolist()
                    for ordinal in range(passages[number])
                ]
        return wanted, graphs

    async def _proposed(
        self,
        query: NDArray[np.float64],
        filters: Filters,
        rosters: Sequence[Roster],
        current: Sequence[NDArray[np.bool_]],
        eligible: Mapping[int, int],
        limit: int,
    ) -> dict[int, list[tuple[int, int]]]:
        """Every passage that may be among the `limit` best, as far as the sets propose it. A shard
        is asked for its share, and again for more while one that it has not named may be."""
        asked = dict.fromkeys(eligible, math.ceil(_SPREAD * limit / len(rosters)) + _MORE)
        most = self._exact_passages * (1 if filters.everything else _PATIENCE)
        scans = {
            shard: rosters[shard].passages <= most or count * _SPARSE < rosters[shard].passages
            for shard, count in eligible.items()
        }
        heard: dict[int, _Proposed] = {}
        open_ = set(eligible)
        while open_:
            replies = await self._nodes.ask(
                {
                    shard: [self._question(query, filters, shard, asked[shard], scans[shard])]
                    for shard in open_
                },
                abreast=True,
            )
            for shard, (reply,) in replies.items():
                heard[shard] = _heard(reply, current[shard], eligible[shard])
            cut = _cut(heard.values(), limit) - self._noise
            for shard in sorted(open_):
                said = heard[shard]
                if said.all_there or (said.scores and said.scores[-1] < cut):
                    open_.discard(shard)
                elif len(replies[shard][0]) // 2 < asked[shard]:  # the filter wore the graph out
                    if scans[shard]:
                        open_.discard(shard)
                    scans[shard] = True
                else:
                    asked[shard] *= 2
        cut = _cut(heard.values(), limit) - self._noise
        return {
            shard: [
                passage
                for passage, score in zip(said.passages, said.scores, strict=True)
                if score >= cut
            ]
            for shard, said in heard.items()
        }

    def _question(
        self, query: NDArray[np.float64], filters: Filters, shard: int, count: int, scan: bool
    ) -> Command:
        condition = expression(filters)
        return (
            "VSIM", self._nodes.keys[shard].near, "FP32", query.astype("<f4").tobytes(),
            "WITHSCORES", "COUNT", count, "EF", max(_EFFORT * count, _LEAST_EFFORT),
            *(("FILTER", condition) if condition else ()), *(("TRUTH",) if scan else ()),
        )  # fmt: skip

    async def _scored(
        self, query: NDArray[np.float64], wanted: Mapping[int, Sequence[tuple[int, int]]]
    ) -> list[Found]:
        """The passages that are there, each with its cosine."""
        asked = {shard: passages for shard, passages in wanted.items() if passages}
        replies = await self._nodes.ask(
            {
                shard: [gather(self._nodes.keys[shard], self._dim, passages)]
                for shard, passages in asked.items()
            }
        )
        found: list[Found] = []
        for shard, passages in asked.items():
            there, vectors = gathered(replies[shard][0], self._dim)
            scores = cosines(query, vectors.whole).tolist()
            found += [
                Found(shard, *passage, score)
                for passage, score, is_there in zip(passages, scores, there.tolist(), strict=True)
                if is_there
            ]
        return found

    async def _past(
        self,
        query: NDArray[np.float64],
        rosters: Sequence[Roster],
        past: Sequence[NDArray[np.bool_]],
    ) -> list[Found]:
        """Every passage of revisions that have been replaced. They are in no set: of all that was
        ever replaced, few stood at any one moment."""
        numbers = {
            shard: np.flatnonzero(mask & (rosters[shard].rows["passages"] > 0)).tolist()
            for shard, mask in enumerate(past)
            if mask.any()
        }
        replies = await self._nodes.ask(
            {
                shard: [("MGET", *map(self._nodes.keys[shard].fine, some))]
                for shard, some in numbers.items()
                if some
            }
        )
        return [
            Found(shard, number, ordinal, score)
            for shard, (values,) in replies.items()
            for number, value in zip(numbers[shard], values, strict=True)
            if value is not None
            for ordinal, score in enumerate(
                cosines(query, read_alone(value, self._dim).whole).tolist()
            )
        ]


def _heard(reply: list[Any], passing: NDArray[np.bool_], eligible: int) -> _Proposed:
    """What passes of a reply to VSIM; its scores are 0 to 1 for cosines of -1 to 1."""
    passages, scores = [], []
    for name, score in zip(reply[::2], reply[1::2], strict=True):
        number, ordinal = map(int, name.split(b":"))
        if number < len(passing) and passing[number]:
            passages.append((number, ordinal))
            scores.append(2 * float(score) - 1)
    return _Proposed(tuple(passages), tuple(scores), len(passages) >= eligible)


def _cut(heard: Any, limit: int) -> float:  # noqa: ANN401
    """The score of the last that is wanted."""
    scores = sorted((score for said in heard for score in said.scores), reverse=True)
    return scores[limit - 1] if len(scores) >= limit else -math.inf
