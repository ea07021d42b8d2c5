"""Work on several items at once whose results are wanted in order."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


async def in_order(
    work: Callable[[Item], Awaitable[Result]], items: AsyncIterable[Item], *, at_once: int
) -> AsyncGenerator[Result, None]:
    """The result of each item, in the order of the items; up to `at_once` are worked on.

    What one of them raises is raised in its turn, and the others are cancelled; so they are when
    the caller stops.
    """
    running: deque[asyncio.Task[Result]] = deque()
    try:
        async for item in items:
            running.append(asyncio.ensure_future(work(item)))
            if len(running) == at_once:
                yield await running.popleft()
        while running:
            yield await running.popleft()
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
