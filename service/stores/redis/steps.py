"""One article's change as one step on its shard: commands that are all carried out, or none.

A script compares the article's key with what was read before, so that what was computed from it
still holds, and then runs the commands. Redis runs a script alone, and begins none when it is out
of memory; a client that dies has sent it whole or not at all. While a slot moves to another node of
a cluster, a key that is not there is refused: in the middle of a script, if the script has not
named one. So each names a key that never is. What the user may not run (an ACL without VADD, which
is in no category) is refused before anything is written.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from service.stores.digest import EMPTY, Stood, change_digest
from service.stores.redis import postings
from service.stores.redis import term_lists as terms
from service.stores.redis.attributes import attributes
from service.stores.redis.keys import Command, Keys
from service.stores.redis.pages import order_member
from service.stores.redis.postings import add_postings, terms_of
from service.stores.redis.records import Record, dump_record
from service.stores.redis.roster import NO_ROW, ROW, row_of
from service.stores.redis.standings import Standing, dump_standings
from service.stores.redis.vectors import Twelve, add_vectors, remove_vectors
from service.stores.redis.words import Words
from service.stores.times import UNDATED

_DIGITS: Final = 12
"""Of a revision's digest in the id of a past passage: `ID:ORDINAL@DIGITS`."""
LIMBS: Final = 8
"""A digest is kept as so many sums of 32 bits, which servers can add up by themselves."""
_LIMB: Final = 2**32
_RUN: Final = f"""
local steps = {{}}
{terms.STEPS}
{postings.STEPS}
local function run(at)
  local first, asked = at, {{}}
  while at <= #ARGV do
    local last, name = at + tonumber(ARGV[at]), ARGV[at + 1]
    if not steps[name] and not asked[name] then
      asked[name] = true
      if not redis.acl_check_cmd(unpack(ARGV, at + 1, last)) then
        return redis.error_reply('NOPERM this user may not run ' .. name)
      end
    end
    at = last + 1
  end
  at = first
  while at <= #ARGV do
    local last = at + tonumber(ARGV[at])
    local step = steps[ARGV[at + 1]]
    if step then step(unpack(ARGV, at + 2, last)) else redis.call(unpack(ARGV, at + 1, last)) end
    at = last + 1
  end
  return 1
end
"""
_DERIVE: Final = f"{_RUN}return run(1)"
_IF_UNCHANGED: Final = f"""{_RUN}
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
if redis.call('EXISTS', KEYS[4]) == 0 then return 0 end
local number = tonumber(ARGV[2])
if number then
  if redis.call('HEXISTS', KEYS[2], number) == 1 then return 0 end
  if number > tonumber(redis.call('GET', KEYS[3]) or 0) then redis.call('SET', KEYS[3], number) end
end
return run(3)
"""
"""A number may be given twice: a failover can lose that it was given, as it can lose whatever
nobody was promised. The first to use it has it. Without a version the index is being made anew."""
_FREEING: Final = f"#!lua flags=allow-oom{_IF_UNCHANGED}"
"""To delete is to free memory: it has to work when there is none."""


@dataclass(frozen=True, slots=True)
class Step:
    """From the standings that were read, as bytes, to those that are left: with the new one's
    number, or none at all."""

    article_id: str
    number: int | None
    before: bytes
    after: tuple[Standing, ...]
    commands: tuple[Command, ...]
    gone: tuple[Stood, ...] = ()
    come: tuple[Stood, ...] = ()

    def seen_in(self, standings: Sequence[Standing]) -> bool:
        """Whether it has been carried out."""
        if self.number is None:
            return not standings
        (new,) = (one for one in self.after if one.number == self.number)
        return any((one.number, one.revision) == (new.number, new.revision) for one in standings)

    def command(self, keys: Keys) -> Command:
        """Its reply is 1, or 0 if the article is not as it was."""
        key = keys.article(self.article_id)
        first: Command = ("SET", key, dump_standings(self.after)) if self.after else ("UNLINK", key)
        number = "" if self.number is None else self.number
        flat = _flat((first, *self.commands, *self._counted(keys)))
        script = _IF_UNCHANGED if self.after else _FREEING
        names = (key, keys.names, keys.numbers, keys.version, keys.never)
        return ("EVAL", script, len(names), *names, self.before, number, *flat)

    def _counted(self, keys: Keys) -> list[Command]:
        changed = change_digest(EMPTY, gone=self.gone, come=self.come)
        return [*count(keys, changed), ("SET", keys.version, new_version())]


def derive(keys: Keys, commands: Iterable[Command]) -> Command:
    """The command that runs commands of steps, whatever there is."""
    return ("EVAL", _DERIVE, 2, keys.version, keys.never, *_flat(commands))


def _flat(commands: Iterable[Command]) -> list[Any]:
    return [part for command in commands for part in (len(command), *command)]


def count(keys: Keys, digest: str) -> list[Command]:
    """Commands that add a digest to the shard's."""
    added = int(digest, 16)
    return [
        ("HINCRBY", keys.digest, limb, added >> 32 * limb & (_LIMB - 1)) for limb in range(LIMBS)
    ]


def new_version() -> int:
    """Drawn by chance: what was counted could come to the same number twice, with another content,
    where a failover loses the last changes."""
    return secrets.randbits(63)


def digest_total(limbs: Iterable[tuple[int, int]]) -> str:
    """The digest of all shards' sums, each with its limb's number."""
    total = sum(value << 32 * limb for limb, value in limbs)
    return f"{total % _LIMB**LIMBS:064x}"


def add_current(
    keys: Keys, standing: Standing, record: Record, vectors: Twelve, words: Words
) -> list[Command]:
    """Commands that make a revision the current one."""
    return [
        *_keep(keys, standing, record, vectors.beside()),
        *add_vectors(
            keys, standing.number, vectors, attributes(standing, record.article.publisher)
        ),
        *index_revision(keys, standing, record, words, searched=True),
    ]


def add_past(
    keys: Keys, standing: Standing, record: Record, vectors: Twelve, words: Words
) -> list[Command]:
    """Commands that take in a revision that has been replaced."""
    searched = standing.since != UNDATED
    return [
        *_keep(keys, standing, record, vectors.alone() if searched else b""),
        *index_revision(keys, standing, record, words, searched=searched),
    ]


def index_revision(
    keys: Keys, standing: Standing, record: Record, words: Words, *, searched: bool
) -> list[Command]:
    """Commands that make a revision, which is kept, findable; but for its vectors.

    One that stood at no moment is not `searched`: it is in its article's history alone.
    """
    number, article = standing.number, record.article
    commands: list[Command] = [
        ("HSET", keys.names, number, name_of(article.id, article.revision)),
        ("SETRANGE", keys.roster, number * ROW.itemsize, row_of(standing, article.publisher)),
    ]
    if searched:
        commands += add_postings(keys, number, terms_of(record))
    if standing.current:
        commands += [
            ("ZADD", keys.order, 0, _in_order(standing, article.id)),
            *words.add(keys, number, record.contexts),
        ]
    return commands


def unindex_current(keys: Keys, was: Standing, record: Record, words: Words) -> list[Command]:
    """Commands that take a current revision out of all that is searched."""
    return [
        ("ZREM", keys.order, _in_order(was, record.article.id)),
        *remove_vectors(keys, was.number, was.passages),
        *words.remove(keys, was.number, record.contexts),
    ]


def cut(keys: Keys, now: Standing, alone: bytes | None) -> list[Command]:
    """Commands that end a revision's time sooner. `alone` are its vectors where it was the current
    one until now."""
    place = now.number * ROW.itemsize
    commands: list[Command] = [
        ("SETRANGE", keys.roster, place + _offset(name), np.array(value, ROW[name]).tobytes())
        for name, value in (("until", now.until), ("passages", now.passages))
    ]
    if not now.passages:
        commands.append(("UNLINK", keys.fine(now.number)))
    elif alone is not None:
        commands.append(("SET", keys.fine(now.number), alone))
    return commands


def forget(keys: Keys, standings: Sequence[Standing]) -> list[Command]:
    """Commands that leave no trace of revisions that are not searched."""
    commands: list[Command] = []
    for number in (one.number for one in standings):
        commands += [
            ("UNLINK", keys.revision(number), keys.fine(number)),
            ("HDEL", keys.names, number),
            ("SETRANGE", keys.roster, number * ROW.itemsize, NO_ROW),
        ]
    return commands


def name_of(article_id: str, revision: str) -> bytes:
    """What a number stands for: the article's id, and the digits that its past passages' ids end
    in."""
    return f"{article_id}@{digits_of(revision)}".encode("utf-8", "surrogatepass")


def read_name(value: bytes) -> tuple[str, str]:
    """What `name_of` was given: the id, and the digits."""
    article_id, _, digits = value.decode("utf-8", "surrogatepass").rpartition("@")
    return article_id, digits


def digits_of(revision: str) -> str:
    """Those of a revision that tell it from the article's others."""
    return revision[7 : 7 + _DIGITS]


def _keep(keys: Keys, standing: Standing, record: Record, fine: bytes) -> list[Command]:
    commands: list[Command] = [("SET", keys.revision(standing.number), dump_record(record))]
    return [*commands, ("SET", keys.fine(standing.number), fine)] if fine else commands


def _in_order(standing: Standing, article_id: str) -> bytes:
    digits = digits_of(standing.revision)
    return order_member(standing.published, article_id, standing.number, digits)


def _offset(name: str) -> int:
    fields = ROW.fields
    assert fields is not None
    return fields[name][1]
