"""The masks of each term as Redis holds them, and how much of them is read for a question.

The newest masks of a term are in a hash that many terms share, those before them in a string of the
term's own:

    `b:BUCKET`   hash: a term → its newest masks, up to 64 bytes
    `t:TERM`     string: the masks before these

A mask that is 0 says nothing: others that were there have been taken out.

64 bytes is Redis' `hash-max-listpack-value`: with a longer one a hash takes a hundred bytes more a
field. A string that was appended to has as many bytes again in reserve, and its copy has none.
"""

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

from service.stores.redis.keys import Command, Keys
from service.stores.redis.masks import SIZE
from service.stores.redis.nodes import Nodes

STEPS: Final = """
local none = string.rep('\\0', 8)
local function find(masks, bytes, at)
  local found = string.find(masks, bytes, at, true)
  while found and found % 8 ~= 1 do found = string.find(masks, bytes, found + 1, true) end
  return found
end
local function find_revision(masks, number)
  local first = find(masks, number, 1)
  local last = first
  while last and string.sub(masks, last, last + 2) == number do last = last + 8 end
  return first, last
end
local function without_holes(masks)
  local kept, at = {}, 1
  local hole = find(masks, none, 1)
  while hole do
    kept[#kept + 1] = string.sub(masks, at, hole - 1)
    at = hole + 8
    hole = find(masks, none, at)
  end
  kept[#kept + 1] = string.sub(masks, at)
  return table.concat(kept)
end
steps['TERM.ADD'] = function(prefix, bucket, term, masks)
  local shared, own, copy = prefix .. 'b:' .. bucket, prefix .. 't:' .. term, prefix .. 'copy'
  local newest = (redis.call('HGET', shared, term) or '') .. masks
  if #newest <= 64 then
    redis.call('HSET', shared, term, newest)
  else
    redis.call('HDEL', shared, term)
    redis.call('APPEND', own, newest)
    redis.call('COPY', own, copy, 'REPLACE')
    redis.call('RENAME', copy, own)
  end
end
steps['TERM.REMOVE'] = function(prefix, bucket, term, number)
  local shared, own = prefix .. 'b:' .. bucket, prefix .. 't:' .. term
  local masks = redis.call('HGET', shared, term) or ''
  local first, last = find_revision(masks, number)
  if first then
    masks = string.sub(masks, 1, first - 1) .. string.sub(masks, last)
    if masks == '' then redis.call('HDEL', shared, term)
    else redis.call('HSET', shared, term, masks) end
    return
  end
  masks = redis.call('GET', own) or ''
  first, last = find_revision(masks, number)
  if not first then return end
  local turn = struct.unpack('<I3', number) * 0.6180339887 % 1
  if turn * #masks < 8 * (last - first) then
    masks = without_holes(string.sub(masks, 1, first - 1) .. string.sub(masks, last))
    if masks == '' then redis.call('DEL', own) else redis.call('SET', own, masks) end
  else
    redis.call('SETRANGE', own, first - 1, string.rep(none, (last - first) / 8))
  end
end
"""
"""Lua functions for the script that carries out a step (steps.py): what `add_masks` and
`remove_masks` ask for. The masks of one revision follow one another in either place.

Masks that are taken out of a string are overwritten with zeros, which say nothing of any passage:
to write a long string anew for each would fill the append-only file. It is written anew without
such holes as often as keeps them below an eighth or so: at each removal with a chance of eight
times the removed part's share, by the numbers' multiples of the golden ratio, which are spread
evenly.
"""

_READ: Final = """
local prefix, most, newest = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local lists, total = {}, 0
for bucket, term in string.gmatch(ARGV[4], '(%d+) (%S+)') do
  local size = redis.call('STRLEN', prefix .. 't:' .. term)
    + redis.call('HSTRLEN', prefix .. 'b:' .. bucket, term)
  lists[#lists + 1], total = size, total + size
end
if total <= most then
  lists = {}
  for bucket, term in string.gmatch(ARGV[4], '(%d+) (%S+)') do
    lists[#lists + 1] = redis.call('GETRANGE', prefix .. 't:' .. term, -newest, -1)
      .. (redis.call('HGET', prefix .. 'b:' .. bucket, term) or '')
  end
end
local counts = redis.call('HMGET', KEYS[1], 'passages', 'length')
return {tonumber(counts[1] or 0), tonumber(counts[2] or 0), lists}
"""
"""Two counts, then each term's masks, of those in its string the `newest` bytes; or how many bytes
they are, where those of all terms are more than `most`. The terms are one argument, as a thousand
take longer to send than to read."""

_BUCKETS: Final = 256
"""Enough for 130,000 terms: with more than 512 fields a hash takes more memory, too."""
_NUMBER_BYTES: Final = 3
_NO_END: Final = 2**52


@dataclass(frozen=True, slots=True)
class TermLists:
    """The masks of some terms in each shard, as bytes: `parts[shard][i]` are those of `names[i]`,
    which has `sizes[i]` bytes in all. The index holds `passages`, of `length` terms in all."""

    names: Sequence[str]
    sizes: Sequence[int]
    parts: Sequence[Sequence[bytes]]
    passages: int
    length: int


def add_masks(keys: Keys, masks: Mapping[str, bytes]) -> list[Command]:
    """Commands of a step that append a revision's masks to the lists of their terms."""
    return [
        ("TERM.ADD", keys.words(""), _bucket(term), term, found)
        for term, found in sorted(masks.items())
    ]


def remove_masks(keys: Keys, number: int, terms: Collection[str]) -> list[Command]:
    """Commands of a step that undo `add_masks`."""
    written = number.to_bytes(_NUMBER_BYTES, "little")
    return [("TERM.REMOVE", keys.words(""), _bucket(term), term, written) for term in sorted(terms)]


def count(keys: Keys, passages: int, length: int) -> list[Command]:
    """Commands that count passages, and their terms, in or out."""
    counts = keys.words("counts")
    return [("HINCRBY", counts, "passages", passages), ("HINCRBY", counts, "length", length)]


async def read_lists(
    nodes: Nodes, names: Sequence[str], telling: Collection[str], *, most_bytes: int
) -> TermLists:
    """The lists of a question's terms, up to `most_bytes`: first those of its `telling` terms, then
    the others', the shortest first. Where even the shortest is longer, its newest part."""
    share = most_bytes // len(nodes.keys)
    replies = await _ask(nodes, names, most=share, newest=_NO_END)
    sizes = {
        name: sum(part if isinstance(part, int) else len(part) for part in parts)
        for name, parts in zip(
            names, zip(*(lists for *_, lists in replies), strict=True), strict=True
        )
    }
    if not all(isinstance(part, bytes) for *_, lists in replies for part in lists):
        names = _affordable(sizes, telling, most_bytes)
        cut = sizes[names[0]] > most_bytes
        newest = share // SIZE * SIZE if cut else _NO_END
        replies = await _ask(nodes, names, most=_NO_END, newest=newest)
    return TermLists(
        names,
        [sizes[name] for name in names],
        [lists for *_, lists in replies],
        sum(passages for passages, *_ in replies),
        sum(length for _, length, _ in replies),
    )


def _affordable(
    sizes: Mapping[str, int], telling: Collection[str], most_bytes: int
) -> Sequence[str]:
    """The terms whose lists are read: one at least."""
    there = [name for name in sizes if sizes[name]]
    shortest = sorted(there, key=lambda name: (name not in telling, sizes[name], name))
    ends = accumulate(sizes[name] for name in shortest)
    fit = [name for name, end in zip(shortest, ends, strict=True) if end <= most_bytes]
    return fit or shortest[:1]


async def _ask(nodes: Nodes, names: Sequence[str], *, most: int, newest: int) -> list[Any]:
    """The reply of each shard to _READ."""
    asked = " ".join(f"{_bucket(name)} {name}" for name in names)
    replies = await nodes.ask(
        {
            shard: [
                ("EVAL_RO", _READ, 1, keys.words("counts"), keys.words(""), most, newest, asked)
            ]
            for shard, keys in enumerate(nodes.keys)
        }
    )
    return [replies[shard][0] for shard in range(len(nodes.keys))]


def _bucket(term: str) -> int:
    return zlib.crc32(term.encode()) % _BUCKETS
