"""Several items are worked on at once, and their results come in order."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from service.pipeline.concurrency import in_order


class Work:
    """Ends when it is told to; knows what runs and what was cancelled."""

    def __init__(self) -> None:
        self.ends = [asyncio.Event() for _ in range(6)]
        self.running: set[int] = set()
        self.cancelled: set[int] = set()

    async def __call__(self, item: int) -> int:
        self.running.add(item)
        try:
            await self.ends[item].wait()
        except asyncio.CancelledError:
            self.cancelled.add(item)
            raise
        if item == 4:
            raise ValueError(item)
        return 10 * item


async def numbers(count: int) -> AsyncGenerator[int, None]:
    for number in range(count):
        yield number


async def test_results_are_in_order_whatever_ends_first() -> None:
    """Three are worked on at once; the last to begin may be the first to end."""
    work = Work()
    results = in_order(numbers(4), work, at_once=3)
    first = asyncio.ensure_future(anext(results))
    await asyncio.sleep(0.01)
    assert work.running == {0, 1, 2}
    for event in reversed(work.ends):
        event.set()
    assert [await first, *[result async for result in results]] == [0, 10, 20, 30]


async def test_an_error_comes_in_its_turn_and_ends_the_others() -> None:
    """What was done before it is not lost; what runs after it is cancelled."""
    work = Work()
    for event in work.ends[:5]:
        event.set()
    results = in_order(numbers(6), work, at_once=2)
    assert [await anext(results) for _ in range(4)] == [0, 10, 20, 30]
    await asyncio.sleep(0.01)
    with pytest.raises(ValueError, match="4"):
        await anext(results)
    assert work.cancelled == {5}


async def test_who_stops_early_leaves_nothing_running() -> None:
    """Closing the results cancels what was begun."""
    work = Work()
    work.ends[0].set()
    results = in_order(numbers(6), work, at_once=3)
    assert await anext(results) == 0
    await asyncio.sleep(0.01)
    await results.aclose()
    assert work.cancelled == {1, 2, 3}


async def test_results_keep_the_order_and_the_bound() -> None:
    """Later ones may be done first; never more than `at_once` are begun."""
    running, most = 0, 0

    async def work(number: int) -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.002 * (number % 3))
        running -= 1
        return number

    assert [result async for result in in_order(range(20), work, at_once=4)] == list(range(20))
    assert most == 4


async def test_a_result_does_not_wait_for_the_next_question() -> None:
    """A caller may wait for one answer before it asks again."""
    asked: asyncio.Queue[int] = asyncio.Queue()

    async def questions() -> AsyncGenerator[int, None]:
        while True:
            yield await asked.get()

    async def work(number: int) -> int:
        return number * number

    answers = in_order(questions(), work, at_once=4)
    for number in (2, 3):
        asked.put_nowait(number)
        assert await asyncio.wait_for(anext(answers), 1) == number * number
    await answers.aclose()
