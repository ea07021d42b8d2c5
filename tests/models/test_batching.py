"""What callers of a shared model may rely on."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import pytest

from service.domain.errors import ModelFailed, Overloaded, WeightsMismatch
from service.models.batching import Batcher, Limits


class Model:
    """Doubles numbers, remembers its batches, and runs one only while the gate is open."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.threads: set[threading.Thread] = set()
        self.gate = threading.Event()
        self.gate.set()

    def double(self, numbers: Sequence[int]) -> list[int]:
        self.batches.append(list(numbers))
        self.threads.add(threading.current_thread())
        assert self.gate.wait(timeout=10)
        return [2 * number for number in numbers]


@asynccontextmanager
async def batched(
    forward: Callable[[Sequence[int]], Sequence[int]],
    *,
    batch_tokens: int = 10,
    queue_tokens: int = 100,
    threads: int = 1,
) -> AsyncIterator[Batcher[int, int]]:
    """A batcher in which every item costs one token."""
    limits = Limits(batch_tokens=batch_tokens, queue_tokens=queue_tokens, threads=threads)
    batcher: Batcher[int, int] = Batcher(forward, tokens=lambda _: 1, limits=limits)
    try:
        yield batcher
    finally:
        await batcher.close()


async def until(condition: Callable[[], bool]) -> None:
    """Lets other tasks run until `condition` holds."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 (a thread changes it)
            await asyncio.sleep(0.001)


async def test_results_come_in_the_order_of_the_items() -> None:
    """A call larger than a batch gets every result in its place."""
    model = Model()
    async with batched(model.double, threads=3) as batcher:
        assert await batcher.run(range(35)) == [2 * number for number in range(35)]
    assert max(len(batch) for batch in model.batches) <= 10


async def test_nothing_in_nothing_out() -> None:
    """An empty call never reaches the model."""
    model = Model()
    async with batched(model.double) as batcher:
        assert await batcher.run([]) == []
    assert model.batches == []


async def test_a_lone_call_runs_at_once() -> None:
    """No timer holds back a call that nobody else shares a batch with."""
    model = Model()
    async with batched(model.double) as batcher:
        times_s = []
        for number in range(100):
            started = time.perf_counter()
            await batcher.run([number])
            times_s.append(time.perf_counter() - started)
    # The quickest: a timer would hold back every one, a busy machine only some.
    assert min(times_s) < 0.002


async def test_calls_that_wait_share_a_batch() -> None:
    """What piled up while the model was busy goes through together."""
    model = Model()
    async with batched(model.double) as batcher:
        model.gate.clear()
        first = asyncio.create_task(batcher.run([0]))
        await until(lambda: model.batches == [[0]])
        others = [asyncio.create_task(batcher.run([number])) for number in (1, 2, 3)]
        await asyncio.sleep(0)
        model.gate.set()
        assert await asyncio.gather(first, *others) == [[0], [2], [4], [6]]
    assert model.batches == [[0], [1, 2, 3]]


async def test_idle_threads_share_one_call() -> None:
    """A call smaller than a batch is still spread over the threads that have nothing to do."""
    model = Model()
    async with batched(model.double, threads=2) as batcher:
        model.gate.clear()
        call = asyncio.create_task(batcher.run([1, 2, 3, 4]))
        await until(lambda: len(model.batches) == 2)
        model.gate.set()
        assert await call == [2, 4, 6, 8]
    assert sorted(model.batches) == [[1, 2], [3, 4]]
    assert threading.current_thread() not in model.threads


async def test_an_item_over_the_budget_still_runs() -> None:
    """An item that costs more than a batch may hold goes through alone."""
    limits = Limits(batch_tokens=10, queue_tokens=100, threads=1)
    model = Model()
    batcher: Batcher[int, int] = Batcher(model.double, tokens=lambda n: n, limits=limits)
    assert await batcher.run([4, 50, 5, 5]) == [8, 100, 10, 10]
    assert model.batches == [[4], [50], [5, 5]]
    await batcher.close()


async def test_a_small_call_overtakes_a_large_one() -> None:
    """A check that comes during bulk indexing waits for the running batch, not for the rest."""
    model = Model()
    async with batched(model.double) as batcher:
        model.gate.clear()
        large = asyncio.create_task(batcher.run(range(100, 1100)))
        await until(lambda: len(model.batches) == 1)
        small = asyncio.create_task(batcher.run([1]))
        await asyncio.sleep(0)
        model.gate.set()
        assert await small == [2]
        assert not large.done()
        assert await large == [2 * number for number in range(100, 1100)]
    assert model.batches[1] == [1]


async def test_a_stream_of_small_calls_does_not_stop_a_large_one() -> None:
    """While newcomers never cease, every other batch still goes to what has begun."""
    model = Model()
    async with batched(model.double) as batcher:
        model.gate.clear()
        large = asyncio.create_task(batcher.run(range(100, 130)))
        await until(lambda: len(model.batches) == 1)
        small = [asyncio.create_task(batcher.run([number])) for number in range(50)]
        await asyncio.sleep(0)
        model.gate.set()
        await asyncio.gather(large, *small)
    kinds = ["large" if batch[0] >= 100 else "small" for batch in model.batches]
    assert kinds[:5] == ["large", "small", "large", "small", "large"]


async def test_two_large_calls_take_turns() -> None:
    """Neither of two bulk callers waits for the other to finish."""
    model = Model()
    async with batched(model.double) as batcher:
        model.gate.clear()
        calls = [asyncio.create_task(batcher.run(range(n, n + 30))) for n in (0, 1000)]
        await until(lambda: len(model.batches) == 1)
        model.gate.set()
        await asyncio.gather(*calls)
    assert [batch[0] // 1000 for batch in model.batches] == [0, 1, 0, 1, 0, 1]


async def test_a_full_queue_refuses_newcomers() -> None:
    """Beyond the limit a call is refused with a word on what to do, and those waiting finish."""
    model = Model()
    async with batched(model.double, queue_tokens=20) as batcher:
        model.gate.clear()
        running = asyncio.create_task(batcher.run([0]))
        await until(lambda: len(model.batches) == 1)
        waiting = [asyncio.create_task(batcher.run(range(10))) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Overloaded, match=r"20 tokens wait .* ONRECORD_QUEUE_TOKENS"):
            await batcher.run([1])
        model.gate.set()
        await asyncio.gather(running, *waiting)
        assert await batcher.run([1]) == [2]


async def test_a_large_call_is_not_refused_for_its_size() -> None:
    """A bulk indexer waits for its own batches, and leaves room for others to be admitted."""
    model = Model()
    async with batched(model.double, queue_tokens=20) as batcher:
        large = asyncio.create_task(batcher.run(range(5000)))
        await until(lambda: len(model.batches) > 1)
        assert await batcher.run([1]) == [2]
        assert len(await large) == 5000


async def test_what_a_cancelled_caller_had_waiting_is_dropped() -> None:
    """A caller that has gone costs the model nothing more."""
    model = Model()
    async with batched(model.double) as batcher:
        model.gate.clear()
        kept = asyncio.create_task(batcher.run([1]))
        await until(lambda: len(model.batches) == 1)
        gone = asyncio.create_task(batcher.run(range(100, 200)))
        await asyncio.sleep(0)
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        model.gate.set()
        assert await kept == [2]
        assert await batcher.run([3]) == [6]
    assert model.batches == [[1], [3]]


async def test_a_caller_cancelled_halfway_leaves_the_rest_undone() -> None:
    """The running batch ends, its results go nowhere, and the others are served."""
    model = Model()
    async with batched(model.double) as batcher:
        model.gate.clear()
        gone = asyncio.create_task(batcher.run(range(100, 200)))
        await until(lambda: len(model.batches) == 1)
        gone.cancel()
        kept = asyncio.create_task(batcher.run([1]))
        await asyncio.sleep(0)
        model.gate.set()
        assert await kept == [2]
    assert model.batches == [list(range(100, 110)), [1]]


async def test_a_failure_reaches_its_callers_and_no_other() -> None:
    """A foreign exception becomes ModelFailed, with its cause, and the next call works."""

    def forward(numbers: Sequence[int]) -> Sequence[int]:
        if 13 in numbers:
            raise ZeroDivisionError("thirteen")
        return numbers

    async with batched(forward) as batcher:
        with pytest.raises(ModelFailed, match="thirteen") as failure:
            await batcher.run([13])
        assert isinstance(failure.value.__cause__, ZeroDivisionError)
        assert await batcher.run([1]) == [1]


async def test_an_error_of_ours_is_passed_on() -> None:
    """An error that already speaks our words is not wrapped."""

    def forward(numbers: Sequence[int]) -> Sequence[int]:
        raise WeightsMismatch(f"not these {numbers}")

    async with batched(forward) as batcher:
        with pytest.raises(WeightsMismatch, match="not these"):
            await batcher.run([1])


async def test_a_missing_result_is_an_error() -> None:
    """A model that loses an item fails the call; no caller gets another's result, or hangs."""
    async with batched(lambda numbers: numbers[1:]) as batcher:
        with pytest.raises(ModelFailed, match="2 results for 3 items"):
            await batcher.run([1, 2, 3])


async def test_closing_fails_what_waits_and_gives_the_threads_back() -> None:
    """Nobody hangs on a closed model, the running batch ends, and its thread is gone."""
    model = Model()
    async with batched(model.double) as batcher:
        model.gate.clear()
        running = asyncio.create_task(batcher.run([1]))
        await until(lambda: len(model.batches) == 1)
        waiting = asyncio.create_task(batcher.run([2]))
        await asyncio.sleep(0)
        closing = asyncio.create_task(batcher.close())
        with pytest.raises(ModelFailed, match="closed"):
            await waiting
        model.gate.set()
        await closing
        assert await running == [2]
    assert not any(thread.is_alive() for thread in model.threads)
