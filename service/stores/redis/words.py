"""The word leg of a shard: which passages hold a term, and exact BM25 over them.

A passage is known by its revision's number and its place in it. `add` and `remove` give commands
that are carried out in the article's one step; `Words` asks all shards.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.stores.bm25 import DECIMALS, bm25
from service.stores.redis.found import Found
from service.stores.redis.keys import Command, Keys
from service.stores.redis.nodes import Nodes
from service.stores.terms import make_analyzer


class Words:
    """The words of passages; safe to ask at any time."""

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self._analyzer = make_analyzer(stop_words=True)
        self._telling = make_analyzer(stop_words=False)

    def numbers(self, passages: int) -> int:
        """How many numbers a revision with so many passages takes: it is known by the first."""
        del passages
        return 1

    def add(self, keys: Keys, number: int, texts: Sequence[str]) -> list[Command]:
        """Commands that make a revision's passages, `texts` in their order, to be found."""
        return self._change(keys, number, texts, sign=1)

    def remove(self, keys: Keys, number: int, texts: Sequence[str]) -> list[Command]:
        """Commands that undo `add`."""
        return self._change(keys, number, texts, sign=-1)

    async def matching(
        self, words: str, passing: Sequence[NDArray[np.bool_]], *, limit: int
    ) -> list[Found]:
        """At least the `limit` best of all shards, more where the last place is shared.

        `passing` says for each shard, by number, which revisions may answer. Words that every text
        has are scored but propose nothing where there are others.
        """
        terms, telling = self._asked(words)
        if not terms or not limit:
            return []
        held, passages, length = await self._statistics(terms)
        postings = await self._nodes.ask(
            {
                shard: [("HGETALL", keys.words(f"t:{term}")) for term in terms]
                for shard, keys in enumerate(self._nodes.keys)
            }
        )
        found: list[Found] = []
        for shard, replies in postings.items():
            times: dict[bytes, Counter[str]] = {}
            sizes: dict[bytes, int] = {}
            proposed: set[bytes] = set()
            for term, reply in zip(terms, replies, strict=True):
                for place, value in zip(reply[::2], reply[1::2], strict=True):
                    count, size = map(int, value.split())
                    times.setdefault(place, Counter())[term] = count
                    sizes[place] = size
                    if term in telling:
                        proposed.add(place)
            places = sorted(proposed)
            scores = bm25(
                (
                    (np.array([times[place][term] for place in places], np.int64), held[term])
                    for term in terms
                ),
                np.array([sizes[place] for place in places], np.int64),
                passages=passages,
                length=length,
            )
            mask = passing[shard]
            for place, score in zip(places, np.round(scores, DECIMALS).tolist(), strict=True):
                number, ordinal = map(int, place.split(b":"))
                if number < len(mask) and mask[number]:
                    found.append(Found(shard, number, ordinal, score))
        return found

    async def scores(self, words: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """What passages of these texts would score in `matching`; 0 for those it would not find."""
        terms, telling = self._asked(words)
        if not terms or not texts:
            return np.zeros(len(texts))
        held, passages, length = await self._statistics(terms)
        found = [Counter(self._analyzer.analyze(text)) for text in texts]
        scores = bm25(
            ((np.array([one[term] for one in found], np.int64), held[term]) for term in terms),
            np.array([one.total() for one in found], np.int64),
            passages=passages,
            length=length,
        )
        proposed = [not telling.isdisjoint(one) for one in found]
        return np.where(proposed, np.round(scores, DECIMALS), 0.0)

    def _asked(self, words: str) -> tuple[list[str], set[str]]:
        terms = sorted(set(self._analyzer.analyze(words)))
        return terms, set(self._telling.analyze(words)) or set(terms)

    async def _statistics(self, terms: Sequence[str]) -> tuple[dict[str, int], int, int]:
        """How many passages hold each term, how many there are, and of how many terms."""
        counted = await self._nodes.ask(
            {
                shard: [
                    ("HMGET", keys.words("counts"), "passages", "length"),
                    *(("HLEN", keys.words(f"t:{term}")) for term in terms),
                ]
                for shard, keys in enumerate(self._nodes.keys)
            }
        )
        passages = sum(int(replies[0][0] or 0) for replies in counted.values())
        length = sum(int(replies[0][1] or 0) for replies in counted.values())
        held = [sum(int(replies[i + 1]) for replies in counted.values()) for i in range(len(terms))]
        return dict(zip(terms, held, strict=True)), passages, length

    def _change(self, keys: Keys, number: int, texts: Sequence[str], *, sign: int) -> list[Command]:
        commands: list[Command] = []
        length = 0
        for ordinal, text in enumerate(texts):
            terms: list[Any] = self._analyzer.analyze(text)
            length += len(terms)
            for term, times in Counter(terms).items():
                key, place = keys.words(f"t:{term}"), f"{number}:{ordinal}"
                if sign > 0:
                    commands.append(("HSET", key, place, f"{times} {len(terms)}"))
                else:
                    commands.append(("HDEL", key, place))
        return [
            *commands,
            ("HINCRBY", keys.words("counts"), "passages", sign * len(texts)),
            ("HINCRBY", keys.words("counts"), "length", sign * length),
        ]
