"""The names of all keys of an index. Those of one shard share a hash tag, so that they are in one
slot of a cluster and can change in one step. What is kept beside an index, the cache, the counters
of callers and API keys, has its names where it is."""

import zlib
from dataclasses import dataclass
from typing import Final

from redis.crc import REDIS_CLUSTER_HASH_SLOTS, key_slot

Command = tuple[bytes | str | int | float, ...]
"""A command and its arguments, as redis-py sends them."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one shard.

    A revision has a number in its shard, never used again. What can be looked for is keyed by
    numbers, which are shorter than ids.

    `article(id)`       its revisions that stand or stood: JSON of `Standing` (standings.py)
    `revision(number)`  text, passages and quotes, compressed (records.py)
    `fine(number)`      the low bits of its passages' vectors; all bits once it was replaced
                        (vectors.py)
    `near`              vector set: the passages of current revisions
    `roster`            a row of fixed width a number: when it stood, whose it is (roster.py)
    `names`             hash: number → id and revision
    `order`             sorted set: current revisions in the order of pages (pages.py)
    `digest`            hash: the sum of the shard's digests, in 32-bit parts
    `version`           another number after each change
    `numbers`           the last number given
    `never`             never there: named by each script that writes (steps.py)
    `mark`              written to wait for what was written before it (durability.py)
    `postings(bucket)`  which revisions have a term of a quote, or an address (postings.py)
    `words(…)`          the word leg's own (words.py)
    """

    prefix: str

    def article(self, article_id: str) -> bytes:
        return f"{self.prefix}:a:{article_id}".encode("utf-8", "surrogatepass")

    def revision(self, number: int) -> str:
        return f"{self.prefix}:r:{number}"

    def fine(self, number: int | str) -> str:
        return f"{self.prefix}:v:{number}"

    def postings(self, bucket: int) -> str:
        return f"{self.prefix}:q:{bucket}"

    @property
    def all_articles(self) -> str:
        """Matches the key of every article."""
        return f"{self.prefix}:a:*"

    @property
    def all_postings(self) -> str:
        """Matches every bucket."""
        return f"{self.prefix}:q:*"

    def words(self, name: str) -> str:
        return f"{self.prefix}:w:{name}"

    @property
    def near(self) -> str:
        return f"{self.prefix}:near"

    @property
    def roster(self) -> str:
        return f"{self.prefix}:roster"

    @property
    def names(self) -> str:
        return f"{self.prefix}:names"

    @property
    def order(self) -> str:
        return f"{self.prefix}:order"

    @property
    def digest(self) -> str:
        return f"{self.prefix}:digest"

    @property
    def version(self) -> str:
        return f"{self.prefix}:version"

    @property
    def numbers(self) -> str:
        return f"{self.prefix}:numbers"

    @property
    def never(self) -> str:
        return f"{self.prefix}:never"

    @property
    def mark(self) -> str:
        return f"{self.prefix}:mark"


_FACTS: Final = "{index}"


def facts_key(prefix: str) -> str:
    """What is true of the whole index: which embedder made it, its shards, its layout."""
    return f"{prefix}:{_FACTS}"


def keys_beside_facts(prefix: str) -> Keys:
    """Keys in the slot of the facts, for what waits until these are on the disk."""
    return Keys(f"{prefix}:{_FACTS}")


def all_keys(prefix: str, shards: int) -> tuple[Keys, ...]:
    """The keys of each shard."""
    return tuple(Keys(f"{prefix}:{{{_tag(shard, shards)}}}") for shard in range(shards))


def shard_of(article_id: str, shards: int) -> int:
    """Where an article lives."""
    return zlib.crc32(article_id.encode("utf-8", "surrogatepass")) % shards


_TRIES: Final = 1_000_000


def _tag(shard: int, shards: int) -> str:
    """A hash tag in this shard's part of the slots, so that nodes that share the slots evenly
    share the shards evenly, too: tags of bare numbers do not fall so."""
    for i in range(_TRIES):
        tag = f"{shard}.{i}" if i else f"{shard}"
        if key_slot(tag.encode()) * shards // REDIS_CLUSTER_HASH_SLOTS == shard:
            return tag
    raise AssertionError("a slot without a tag")
