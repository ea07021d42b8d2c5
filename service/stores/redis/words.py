"""The word leg: which passages hold a term, kept in Redis, and exact BM25 over the best of them.

A passage is known by its revision's number in its shard, and its place in the revision. Which hold
a term is kept as masks of bits (masks.py) in a list for each term (term_lists.py). Beside them are

    `lengths`    hash: a revision's number → how many terms each passage has, 16 bits each
    `counts`     hash: `passages`, and `length`, the terms of all

What a question reads is bounded, and so is what it looks at (proposals.py).
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from service.domain.errors import StoreFull
from service.stores.bm25 import DECIMALS, bm25
from service.stores.redis.found import Found
from service.stores.redis.keys import Command, Keys
from service.stores.redis.masks import NUMBERS, PASSAGES, SIZE, masks_of, numbers_of
from service.stores.redis.nodes import Nodes
from service.stores.redis.proposals import Term, best, counted, propose
from service.stores.redis.term_lists import TermLists, add_masks, count, read_lists, remove_masks
from service.stores.terms import make_analyzer

MOST_BYTES: Final = 2 * 2**20
"""Of masks that are read for a question: with 200,000 passages of news no question has more."""
_LONGEST: Final = 2**16 - 1

_LENGTHS: Final = """
local lengths, at = {}, 1
while at < #ARGV[1] do
  local number, place
  number, place, at = struct.unpack('<I4I4', ARGV[1], at)
  local found = redis.call('HGET', KEYS[1], number) or ''
  found = string.sub(found, 2 * place + 1, 2 * place + 2)
  lengths[#lengths + 1] = #found == 2 and found or '\\0\\0'
end
return table.concat(lengths)
"""
"""How many terms passages have, 0 for those that are gone, given numbers and places in turn."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question's terms, as far as they are read, and what the index holds."""

    lists: TermLists
    terms: Sequence[Term]

    def scores(self, times: NDArray[Any], sizes: NDArray[Any]) -> NDArray[np.float64]:
        """BM25 of passages of `sizes` terms, given how often each term is in each of them, shape
        (terms, passages)."""
        pairs = zip(times.astype(np.int64), (term.holding for term in self.terms), strict=True)
        found = bm25(pairs, sizes, passages=self.lists.passages, length=self.lists.length)
        return np.round(found, DECIMALS)


class Words:
    """The words of passages; safe to ask at any time."""

    def __init__(self, nodes: Nodes, *, most_bytes: int = MOST_BYTES) -> None:
        self._nodes = nodes
        self._most_bytes = most_bytes
        self._analyzer = make_analyzer(stop_words=True)
        self._telling = make_analyzer(stop_words=False)

    def add(self, keys: Keys, number: int, texts: Sequence[str]) -> list[Command]:
        """Commands of a step that make a revision's passages, `texts` in their order, to be found.

        Raises StoreFull where the shard has had too many. Passages beyond the 98,304th are not
        found by their words.
        """
        if number >= NUMBERS:
            raise StoreFull(
                f"A part of this index has had {NUMBERS:,} revisions and can take no more. Make a "
                "new index of more parts: `onrecord export` and `onrecord index` move the archive."
            )
        passages = self._counts(texts)
        lengths = [min(counts.total(), _LONGEST) for counts in passages]
        return [
            *add_masks(keys, masks_of(number, passages)),
            ("HSET", keys.words("lengths"), number, np.array(lengths, "<u2").tobytes()),
            *count(keys, len(lengths), sum(lengths)),
        ]

    def remove(self, keys: Keys, number: int, texts: Sequence[str]) -> list[Command]:
        """Commands of a step that undo `add`."""
        passages = self._counts(texts)
        lengths = [min(counts.total(), _LONGEST) for counts in passages]
        return [
            *remove_masks(keys, number, {term for counts in passages for term in counts}),
            ("HDEL", keys.words("lengths"), number),
            *count(keys, -len(lengths), -sum(lengths)),
        ]

    async def matching(
        self, words: str, passing: Sequence[NDArray[np.bool_]], *, limit: int
    ) -> list[Found]:
        """The `limit` best of all shards, more where the last place is shared.

        `passing` says for each shard, by number, which revisions may answer. Words that every text
        has are scored but propose nothing where there are others. In a large index the best are
        chosen among the passages around which most of what is asked is said.
        """
        firsts = np.array([0, *accumulate(map(len, passing))])
        asked = await self._ask(words, firsts)
        if not limit or not any(len(term.masks) for term in asked.terms):
            return []
        proposed = await asyncio.to_thread(
            propose,
            asked.terms,
            np.concatenate(passing),
            passages=asked.lists.passages,
            limit=limit,
        )
        shards = np.searchsorted(firsts, proposed.rows, "right") - 1
        numbers = proposed.rows - firsts[shards]
        sizes = await self._lengths(shards, numbers, proposed.ordinals)
        scores = np.where(sizes, asked.scores(proposed.times, sizes), 0)
        columns = (shards, numbers, proposed.ordinals, scores)
        found = best(scores, limit)
        return [
            Found(*row) for row in zip(*(each[found].tolist() for each in columns), strict=True)
        ]

    async def scores(self, words: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """What passages of these texts would score in `matching`; 0 for those it would not find."""
        asked = await self._ask(words, np.arange(len(self._nodes.keys) + 1) * NUMBERS)
        found = [Counter(self._analyzer.analyze(text)) for text in texts]
        if not found or not asked.terms:
            return np.zeros(len(texts))
        times = np.array([[counts[name] for counts in found] for name in asked.lists.names])
        scores = asked.scores(times, np.array([counts.total() for counts in found]))
        proposing = times[[term.telling for term in asked.terms]]
        return np.where(proposing.any(axis=0), scores, 0.0)

    def terms(self, words: str) -> tuple[list[str], set[str]]:
        """The terms of a question, and those of them that propose passages."""
        names = sorted(set(self._analyzer.analyze(words)))
        return names, set(self._telling.analyze(words)) or set(names)

    def _counts(self, texts: Sequence[str]) -> list[Counter[str]]:
        return [Counter(self._analyzer.analyze(text)) for text in texts[:PASSAGES]]

    async def _ask(self, words: str, firsts: NDArray[np.int64]) -> _Asked:
        """Reads a question's terms. The numbers of shard i begin at the row `firsts[i]`."""
        names, telling = self.terms(words)
        if not names:
            return _Asked(TermLists((), (), (), 0, 0), ())
        lists = await read_lists(self._nodes, names, telling, most_bytes=self._most_bytes)
        terms = [
            _term([parts[i] for parts in lists.parts], firsts, size, telling=name in telling)
            for i, (name, size) in enumerate(zip(lists.names, lists.sizes, strict=True))
        ]
        return _Asked(lists, terms)

    async def _lengths(
        self, shards: NDArray[np.int64], numbers: NDArray[np.int64], ordinals: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """How many terms passages have, 0 for those that are gone."""
        places = np.column_stack((numbers, ordinals)).astype("<u4")
        chosen = {shard: np.flatnonzero(shards == shard) for shard in np.unique(shards).tolist()}
        replies = await self._nodes.ask(
            {
                shard: [("EVAL_RO", _LENGTHS, 1, self._nodes.keys[shard].words("lengths"),
                         places[at].tobytes())]
                for shard, at in chosen.items()
            }
        )  # fmt: skip
        lengths = np.zeros(len(shards), np.int64)
        for shard, at in chosen.items():
            lengths[at] = np.frombuffer(replies[shard][0], "<u2")
        return lengths


def _term(parts: Sequence[bytes], firsts: NDArray[np.int64], size: int, *, telling: bool) -> Term:
    """A term, out of what was read of its list in each shard, which has `size` bytes in all. Masks
    of numbers that a shard is not known to have are newer than the question."""
    masks = np.frombuffer(b"".join(parts), "<u8")
    numbers = numbers_of(masks)
    counts = [len(part) // SIZE for part in parts]
    known = numbers < np.repeat(np.diff(firsts), counts)
    rows = (numbers + np.repeat(firsts[:-1], counts))[known]
    share = masks.nbytes / size if size else 1.0
    return counted(masks[known], rows, telling=telling, share=share)
