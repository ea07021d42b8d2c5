"""Which revisions may have a term: of their quotes (service/stores/terms.py), or their address.

Terms share a fixed number of buckets, as a key of its own for each of the many that are said once
would take more than what is in it. An entry is a revision's number and eight bits of its term's
hash: what is found is looked at again in the revision itself. Numbers are never used again, so
entries are only appended, and one that is taken out is overwritten where it stands.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from service.stores.redis.keys import Command, Keys
from service.stores.redis.records import Record
from service.stores.terms import quote_terms

_BUCKETS: Final = 2**12
_ENTRY: Final = np.dtype([("number", "<u4"), ("check", "u1")])
_NOBODY: Final = bytes(_ENTRY.itemsize)


STEPS: Final = """
steps['POSTINGS.REMOVE'] = function(key, entry, number)
  local value, from = redis.call('GET', key) or '', 1
  while true do
    local found = string.find(value, number, from, true)
    if not found then return end
    if (found - 1) % #entry == 0 then redis.call('SETRANGE', key, found - 1, entry) end
    from = found + 1
  end
end
"""
"""A Lua function for the script that carries out a step (steps.py), which `remove_postings` asks
for. Where an entry stands is not known before: a failover can lose what was appended."""


def terms_of(record: Record) -> set[str]:
    """All terms that a revision can be asked for by."""
    terms = {term for quote in record.quotes for term in quote_terms(record.article.text, quote)}
    url = record.article.url
    return terms | {address_term(url)} if url is not None else terms


def address_term(url: str) -> str:
    """The term of an address."""
    return f"u:{url}"


def add_postings(keys: Keys, number: int, terms: Iterable[str]) -> list[Command]:
    """Commands that make a revision to be found by its terms."""
    entries: defaultdict[int, set[int]] = defaultdict(set)
    for bucket, check in map(_placed, terms):
        entries[bucket].add(check)
    return [
        (
            "APPEND",
            keys.postings(bucket),
            np.array([(number, check) for check in sorted(checks)], _ENTRY).tobytes(),
        )
        for bucket, checks in sorted(entries.items())
    ]


def buckets_of(terms: Iterable[str]) -> list[int]:
    """Where the terms are; to be read for `numbers_with`."""
    return sorted({bucket for bucket, _ in map(_placed, terms)})


def remove_postings(keys: Keys, number: int, terms: Iterable[str]) -> list[Command]:
    """Commands of a step that undo `add_postings`."""
    return [
        ("POSTINGS.REMOVE", keys.postings(bucket), _NOBODY, np.array(number, "<u4").tobytes())
        for bucket in buckets_of(terms)
    ]


def numbers_with(terms: Iterable[str], read: Mapping[int, bytes]) -> NDArray[np.uint32]:
    """The revisions that may have all of the terms, ascending."""
    found: NDArray[np.uint32] | None = None
    for bucket, check in map(_placed, terms):
        entries = _entries(read[bucket])
        numbers = np.unique(entries["number"][entries["check"] == check])
        found = numbers if found is None else np.intersect1d(found, numbers, assume_unique=True)
    return np.zeros(0, np.uint32) if found is None else found[found > 0]


def read_buckets(keys: Keys, buckets: Sequence[int]) -> list[Command]:
    """Commands whose replies are the buckets' values."""
    return [("GET", keys.postings(bucket)) for bucket in buckets]


def _entries(value: bytes | None) -> NDArray[np.void]:
    return np.frombuffer(value or b"", _ENTRY)


def _placed(term: str) -> tuple[int, int]:
    """A term's bucket, and what tells it from most others there."""
    digest = zlib.crc32(term.encode("utf-8", "surrogatepass"))
    return digest % _BUCKETS, digest >> 24
