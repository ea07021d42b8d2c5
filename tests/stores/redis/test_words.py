"""The word leg in Redis: BM25 as by brute force, no trace of what was taken out, no more read or
kept than is said."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
import redis
from numpy.typing import NDArray

from service.domain.errors import StoreFull
from service.stores.bm25 import bm25
from service.stores.redis.address import parse_address
from service.stores.redis.durability import Durability
from service.stores.redis.keys import all_keys
from service.stores.redis.masks import NUMBERS
from service.stores.redis.nodes import Nodes
from service.stores.redis.steps import derive
from service.stores.redis.term_lists import read_lists
from service.stores.redis.words import Words
from tests.redis_servers import Servers
from tests.stores.archive import WORDS

SHARDS = 3
Place = tuple[int, int, int]
"""Shard, number, ordinal."""


@dataclass
class Leg:
    """The word leg with nothing beside it, and what is in it."""

    nodes: Nodes
    words: Words
    texts: dict[tuple[int, int], Sequence[str]] = field(default_factory=dict)
    last: list[int] = field(default_factory=lambda: [0] * SHARDS)

    async def add(self, shard: int, texts: Sequence[str]) -> int:
        """The number of a new revision."""
        self.last[shard] += 1
        number = self.last[shard]
        self.texts[shard, number] = texts
        await self._change(shard, number, come=True)
        return number

    async def remove(self, shard: int, number: int) -> None:
        await self._change(shard, number, come=False)
        del self.texts[shard, number]

    async def _change(self, shard: int, number: int, *, come: bool) -> None:
        keys = self.nodes.keys[shard]
        change = self.words.add if come else self.words.remove
        commands = change(keys, number, self.texts[shard, number])
        await self.nodes.ask({shard: [derive(keys, commands)]})

    def passing(self) -> list[NDArray[np.bool_]]:
        return [np.ones(last + 1, bool) for last in self.last]

    async def matching(self, words: str, limit: int) -> list[tuple[float, Place]]:
        """Best first, equal ones by place."""
        found = await self.words.matching(words, self.passing(), limit=limit)
        return sorted((-one.score, (one.shard, one.number, one.ordinal)) for one in found)

    def brute_force(self, words: str) -> list[tuple[float, Place]]:
        """Every passage with one of the words, likewise."""
        counts = {
            (*owner, ordinal): Counter(text.split())
            for owner, texts in self.texts.items()
            for ordinal, text in enumerate(texts)
        }
        sizes = np.array([one.total() for one in counts.values()])
        terms = sorted(set(words.split()))
        times = {term: np.array([one[term] for one in counts.values()]) for term in terms}
        scores = bm25(
            ((each, int((each > 0).sum())) for each in times.values()),
            sizes,
            passages=len(sizes),
            length=int(sizes.sum()),
        )
        pairs = zip(np.round(-scores, 6).tolist(), counts, strict=True)
        return sorted((score, place) for score, place in pairs if score < 0)


@pytest.fixture
async def leg(redis_server: Servers) -> AsyncIterator[Leg]:
    """An empty one of three shards."""
    address = parse_address(redis_server.url)
    nodes = Nodes(address, all_keys(address.prefix, SHARDS), Durability.MEMORY)
    await nodes.open()
    yield Leg(nodes, Words(nodes))
    await nodes.close()


def made_up(random: np.random.Generator, passages: int) -> list[str]:
    """Passages of made-up words, a few of which are common."""
    weights = 1 / np.arange(1, len(WORDS) + 1)
    sizes = random.integers(1, 40, passages)
    return [
        " ".join(random.choice(WORDS, size, p=weights / weights.sum())) for size in sizes.tolist()
    ]


async def test_answers_are_those_of_brute_force_through_a_history(leg: Leg) -> None:
    """Revisions come and go in all shards; after each dozen of changes every question has exactly
    the passages of BM25 over all that is there, with their scores."""
    random = np.random.default_rng(7)
    for turn in range(6):
        for _ in range(12):
            shard = int(random.integers(SHARDS))
            held = [number for at, number in leg.texts if at == shard]
            if held and random.random() < 0.4:
                await leg.remove(shard, int(random.choice(held)))
            else:
                await leg.add(shard, made_up(random, int(random.choice([1, 3, 30, 60]))))
        for words in (WORDS[0], WORDS[-1], " ".join(WORDS[:4]), " ".join(WORDS[turn:])):
            found = await leg.matching(words, 5_000)
            expected = leg.brute_force(words)
            assert [place for _, place in found] == [place for _, place in expected]
            assert [score for score, _ in found] == pytest.approx([s for s, _ in expected])


async def test_what_is_taken_out_leaves_no_trace(leg: Leg, redis_server: Servers) -> None:
    """Of many revisions, whose masks are in hashes and strings, taken out in any order: neither a
    bit of a mask nor a field but the counts, and these are 0. Long lists have holes on the way,
    and never nearly half."""
    random = np.random.default_rng(11)
    added = [(i % SHARDS, await leg.add(i % SHARDS, made_up(random, 30))) for i in range(120)]
    worst, bytes_left = 0.0, b""
    with redis.Redis(port=redis_server.nodes[0].port) as client:
        kinds = {client.type(key) for key in client.scan_iter("*:w:[bt]:*")}
        assert kinds == {b"hash", b"string"}
        for count, i in enumerate(random.permutation(len(added))):
            await leg.remove(*added[i])
            if count < len(added) / 2:
                lists = (client.get(key) or b"" for key in client.scan_iter("*:w:t:*"))
                worst = max(worst, *(_holes(one) for one in lists))
        assert 0 < worst < 0.4
        bytes_left = b"".join(client.get(key) or b"" for key in client.scan_iter("*:w:t:*"))
        assert bytes_left == bytes(len(bytes_left))
        others = {key.rpartition(b":")[2] for key in client.scan_iter("*:w:*")} - {
            key.rpartition(b":")[2] for key in client.scan_iter("*:w:t:*")
        }
        assert others == {b"counts"}
        for key in client.scan_iter("*:w:counts"):
            assert client.hgetall(key) == {b"passages": b"0", b"length": b"0"}


def _holes(masks: bytes) -> float:
    """The share of masks that say nothing."""
    return float((np.frombuffer(masks, "<u8") == 0).mean())


async def test_the_rarest_words_are_read_and_no_more_than_is_allowed(leg: Leg) -> None:
    """A common word that does not fit is left out, and so does not propose; a rare one is found."""
    for i in range(90):
        await leg.add(i % SHARDS, ["buxk"] * 20)
    number = await leg.add(1, ["buxk dozk", "zivok"])
    bounded = Words(leg.nodes, most_bytes=600)
    found = await bounded.matching("buxk dozk", leg.passing(), limit=10)
    assert [(one.shard, one.number, one.ordinal) for one in found] == [(1, number, 0)]
    names, telling = bounded.terms("buxk dozk")
    lists = await read_lists(leg.nodes, names, telling, most_bytes=600)
    assert lists.names == ["dozk"]
    assert sum(len(part) for parts in lists.parts for part in parts) == 8


async def test_of_a_word_that_is_everywhere_the_newest_part_is_read(leg: Leg) -> None:
    """Where not even one list may be read whole. How many passages hold it is estimated."""
    for i in range(300):
        await leg.add(i % SHARDS, ["buxk"] * 4 + ["dozk"])
    bounded = Words(leg.nodes, most_bytes=960)
    found = await bounded.matching("buxk", leg.passing(), limit=1_000)
    assert {one.number for one in found} > set(range(90, 101))
    assert min(one.number for one in found) > 50
    whole = await leg.words.matching("buxk", leg.passing(), limit=1)
    assert found[0].score == pytest.approx(whole[0].score, rel=0.02)


async def test_in_a_large_index_the_best_are_those_of_brute_force(leg: Leg) -> None:
    """Of 4,800 passages, more than are proposed: at least 19 of the first twenty. Passages here
    differ in length forty times over, by which they are not proposed."""
    random = np.random.default_rng(13)
    for i in range(60):
        await leg.add(i % SHARDS, made_up(random, 80))
    right = 0
    for _ in range(10):
        words = " ".join(random.choice(WORDS, 5, replace=False))
        found = await leg.matching(words, 20)
        best = leg.brute_force(words)[:20]
        right += len({place for _, place in found[:20]} & {place for _, place in best})
    assert right >= 0.95 * 10 * 20


async def test_words_of_any_script_are_found(leg: Leg) -> None:
    """Also where a letter's bytes would be a space of another encoding (A0, 85)."""
    await leg.add(0, ["Россия и Хабаровск", "Харків", "buxk"])
    assert [place for _, place in await leg.matching("Россия", 9)] == [(0, 1, 0)]
    assert [place for _, place in await leg.matching("ХАРКІВ", 9)] == [(0, 1, 1)]


async def test_only_what_may_answer_is_found(leg: Leg) -> None:
    """Revisions that do not pass, and those newer than the question's view of a shard, are left
    out; they count for how rare a word is."""
    kept = await leg.add(0, ["buxk dozk"])
    await leg.add(0, ["buxk"])
    view = leg.passing()
    view[0][kept + 1] = False
    await leg.add(0, ["buxk buxk"])
    found = await leg.words.matching("buxk", view, limit=9)
    assert [(one.number, one.ordinal) for one in found] == [(kept, 0)]


async def test_a_passage_that_goes_while_a_question_is_asked_is_left_out(
    leg: Leg, redis_server: Servers
) -> None:
    """Its terms are still there when lists are read, and its length no longer."""
    await leg.add(0, ["buxk"])
    gone = await leg.add(0, ["buxk"])
    with redis_server.nodes[0].client() as client:
        client.hdel(leg.nodes.keys[0].words("lengths"), str(gone))
    assert [place for _, place in await leg.matching("buxk", 9)] == [(0, 1, 0)]


async def test_older_revisions_score_as_if_they_were_there(leg: Leg) -> None:
    """Texts that are not in the index get the scores of equal ones that are; 0 without any word
    that proposes."""
    texts = ["buxk dozk dozk", "buxk", "the zivok"]
    await leg.add(0, texts)
    await leg.add(1, ["buxk gekk"])
    found = {
        place[2]: -score for score, place in await leg.matching("the buxk dozk", 9) if place[0] == 0
    }
    scores = (await leg.words.scores("the buxk dozk", texts)).tolist()
    assert scores == pytest.approx([found[0], found[1], 0.0])
    assert (await leg.words.scores("?!", texts)).tolist() == [0.0, 0.0, 0.0]
    assert (await leg.words.scores("buxk", [])).tolist() == []


async def test_a_list_has_no_bytes_in_reserve(leg: Leg, redis_server: Servers) -> None:
    """Redis doubles a string that is appended to; with what it keeps for each string of this
    length the list takes no tenth more than its bytes."""
    for _ in range(700):
        await leg.add(0, ["buxk"])
    key = leg.nodes.keys[0].words("t:buxk")
    with redis_server.nodes[0].client() as client:
        length, taken = client.strlen(key), client.memory_usage(key, samples=0) or 0
    assert length > 5_000
    assert taken < 1.25 * length + 200


def test_a_shard_that_has_had_too_many_revisions_says_so(leg: Leg) -> None:
    """Before anything is changed, and what to do."""
    with pytest.raises(StoreFull, match="onrecord export"):
        leg.words.add(leg.nodes.keys[0], NUMBERS, ["buxk"])
