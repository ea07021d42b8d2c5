"""Works on several items at once and gives the results in order."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable
from contextlib import aclosing
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


async def in_order(
    items: Iterable[Item] | AsyncGenerator[Item, None],
    work: Callable[[Item], Coroutine[Any, Any, Result]],
    *,
    at_once: int,
) -> AsyncGenerator[Result, None]:
    """Does `work` for each item, `at_once` at a time. The results come in the order of the items,
    each as soon as it and all before it are done."""
    begun: asyncio.Queue[asyncio.Task[Result] | None] = asyncio.Queue()
    unfinished: set[asyncio.Task[Result]] = set()
    free = asyncio.Semaphore(at_once)

    async def begin() -> None:
        async with aclosing(_each(items) if isinstance(items, Iterable) else items) as source:
            async for item in source:
                await free.acquire()
                task = asyncio.create_task(work(item))
                unfinished.add(task)
                begun.put_nowait(task)

    beginning = asyncio.create_task(begin())
    beginning.add_done_callback(lambda _: begun.put_nowait(None))
    try:
        while (task := await begun.get()) and not failed(beginning):
            result = await task
            unfinished.discard(task)
            free.release()
            yield result
        await beginning
    finally:
        await stop(beginning, *unfinished)


async def _each(items: Iterable[Item]) -> AsyncGenerator[Item, None]:
    for item in items:
        yield item


def failed(task: asyncio.Task[None]) -> bool:
    """Whether the task ended before all of its work was done."""
    return task.done() and (task.cancelled() or task.exception() is not None)


async def stop(*tasks: asyncio.Task[Any]) -> None:
    """Cancels the tasks and waits until they have ended, with or without an error."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
