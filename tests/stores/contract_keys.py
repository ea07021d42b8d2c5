"""What every place for keys does: each test takes one that is empty, and another view of the same,
as a second process has it."""

import asyncio
import itertools
from datetime import UTC, datetime, timedelta

import pytest

from service.domain.access import Key, Scope, new_key
from service.domain.errors import InvalidInput
from service.ports import Keys

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
SEEN_WITHIN_S = 1.0

Places = tuple[Keys, Keys]


def made(name: str = "cms", *scopes: Scope, expires_at: datetime | None = None) -> Key:
    """A key made on 31 January 2026."""
    return new_key(name, scopes or (Scope.CHECK,), now=NOW, expires_at=expires_at)[0]


async def seen(keys: Keys, expected: list[Key]) -> None:
    """Returns once `keys` has these. A change must be seen within a second."""
    async with asyncio.timeout(SEEN_WITHIN_S):
        while list(await keys.all()) != expected:  # noqa: ASYNC110 - another process changes it
            await asyncio.sleep(0.02)


async def test_a_key_comes_back_as_it_was(places: Places) -> None:
    """Every field, in the order in which they were made, for other processes too."""
    keys, elsewhere = places
    assert list(await keys.all()) == []
    first = made("cms", Scope.CHECK, Scope.INDEX)
    second = made("ci", Scope.ADMIN, expires_at=NOW + timedelta(days=9))
    for key in (first, second):
        await keys.add(key)
    await seen(keys, [first, second])
    await seen(elsewhere, [first, second])


async def test_a_revoked_key_stays_and_is_seen_as_such(places: Places) -> None:
    """By name or by id, within a second, by a process that has read it before."""
    keys, elsewhere = places
    first, second = made("cms"), made("ci")
    for key in (first, second):
        await keys.add(key)
    await seen(elsewhere, [first, second])
    gone = await keys.revoke("cms", NOW + timedelta(days=1))
    assert gone.id == first.id
    assert gone.why_invalid(NOW) == "revoked on 2026-02-01"
    await seen(elsewhere, [gone, second])
    also = await elsewhere.revoke(second.id, NOW)
    await seen(keys, [gone, also])


async def test_what_is_not_there_cannot_be_revoked(places: Places) -> None:
    """Nor twice: the first time is the one that counts."""
    keys, _ = places
    await keys.add(made("cms"))
    await keys.revoke("cms", NOW)
    for name in ("cms", "nobody"):
        with pytest.raises(InvalidInput, match=f"no key {name} to revoke"):
            await keys.revoke(name, NOW)


async def test_a_name_is_one_valid_keys(places: Places) -> None:
    """Free again once its key is revoked or has expired."""
    keys, _ = places
    await keys.add(made("cms"))
    with pytest.raises(InvalidInput, match="a key cms already"):
        await keys.add(made("cms"))
    await keys.revoke("cms", NOW)
    again = made("cms")
    await keys.add(again)
    assert (await keys.revoke("cms", NOW)).id == again.id


async def test_changes_at_the_same_time_are_all_kept(places: Places) -> None:
    """From two processes."""
    keys, elsewhere = places
    several = [made(f"k{number}") for number in range(12)]
    places_by_turns = itertools.cycle([keys, elsewhere])
    await asyncio.gather(*(next(places_by_turns).add(key) for key in several))
    await asyncio.sleep(SEEN_WITHIN_S)
    assert {key.id for key in await keys.all()} == {key.id for key in several}
