"""Callers are counted apart, in a window that slides."""

import asyncio

from service.stores.limiter import SlidingLimiter


async def test_a_caller_gets_what_the_rate_says_and_no_more() -> None:
    """What is left is told each time, and how long until there is more."""
    limiter = SlidingLimiter("3/hour")
    taken = [await limiter.take("a") for _ in range(4)]
    assert [one.granted for one in taken] == [True, True, True, False]
    assert [one.left for one in taken] == [2, 1, 0, 0]
    assert {one.limit for one in taken} == {3}
    assert {one.window_s for one in taken} == {3600}
    assert 1199 <= taken[3].reset_s <= 3600


async def test_callers_do_not_share() -> None:
    """One that asks too much leaves the others alone."""
    limiter = SlidingLimiter("1/hour")
    assert (await limiter.take("a")).granted
    assert not (await limiter.take("a")).granted
    assert (await limiter.take("b")).granted


async def test_what_costs_more_than_is_left_costs_nothing() -> None:
    """A long draft that is refused leaves room for a check."""
    limiter = SlidingLimiter("10/hour")
    assert (await limiter.take("a", 8)).granted
    refused = await limiter.take("a", 8)
    assert not refused.granted
    assert refused.left == 2
    assert refused.reset_s >= 6 * 360  # as much as is missing, at the usual rate
    assert (await limiter.take("a", 2)).granted


async def test_what_costs_more_than_the_window_takes_all_of_it() -> None:
    """Else it would never be granted."""
    limiter = SlidingLimiter("10/hour")
    assert (await limiter.take("a", 500)).left == 0


async def test_there_is_room_again_later() -> None:
    """Within two windows everything is as it was."""
    limiter = SlidingLimiter("2/second")
    assert (await limiter.take("a", 2)).granted
    async with asyncio.timeout(10):
        while not (await limiter.take("a")).granted:  # noqa: ASYNC110 - time passes
            await asyncio.sleep(0.05)


async def test_at_once_no_more_than_one_after_the_other() -> None:
    """Two hundred that come together are counted one by one."""
    limiter = SlidingLimiter("50/hour")
    taken = await asyncio.gather(*(limiter.take("a") for _ in range(200)))
    assert sum(one.granted for one in taken) == 50
