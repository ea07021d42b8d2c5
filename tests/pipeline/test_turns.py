"""Work is done in turns, first come first served, and who would wait too long is told at once."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from service.domain.errors import Overloaded
from service.pipeline.turns import FIRST_GUESS_S, Turns, Work


class Worker:
    """Starts pieces of work that last until they are finished by hand."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.begun: list[str] = []
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self.ends: dict[str, asyncio.Event] = {}

    async def start(self, name: str, kind: Work = Work.CHECK) -> None:
        """In the place of whoever calls."""
        self.ends[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._work(name, kind))
        await settle()

    async def finish(self, name: str) -> None:
        """Lets it end, and the next begin."""
        self.ends[name].set()
        await self.tasks[name]
        await settle()

    async def give_up(self, name: str) -> None:
        """Its caller has gone."""
        self.tasks[name].cancel()
        await asyncio.gather(self.tasks[name], return_exceptions=True)
        await settle()

    async def _work(self, name: str, kind: Work) -> None:
        async with self.turns.turn(kind):
            self.begun.append(name)
            await self.ends[name].wait()


async def settle() -> None:
    """Lets every task come as far as it can."""
    for _ in range(10):
        await asyncio.sleep(0)


@contextmanager
def a_request(turns: Turns) -> Iterator[None]:
    with turns.place(Work.CHECK, asks_now=False):
        yield


async def test_so_many_work_at_once_and_the_others_in_the_order_they_came() -> None:
    """Nobody overtakes."""
    worker = Worker(Turns(2, max_wait_s=60))
    for name in "abcd":
        await worker.start(name)
    assert (worker.begun, worker.turns.working, worker.turns.waiting) == (["a", "b"], 2, 2)
    await worker.finish("b")
    await worker.finish("a")
    assert worker.begun == ["a", "b", "c", "d"]
    await worker.finish("c")
    await worker.finish("d")
    assert (worker.turns.working, worker.turns.waiting) == (0, 0)


async def test_requests_take_turns_whatever_their_size() -> None:
    """A batch of five and a single one that came later: the single one is second."""
    turns = Turns(1, max_wait_s=60)
    worker = Worker(turns)
    with a_request(turns):
        for number in range(5):
            await worker.start(f"batch {number}")
    await worker.start("single")
    assert turns.waiting == 2
    for done in ("batch 0", "batch 1", "single", "batch 2"):
        await worker.finish(done)
    assert worker.begun == ["batch 0", "batch 1", "single", "batch 2", "batch 3"]
    await worker.give_up("batch 4")
    await worker.finish("batch 3")


async def test_who_gives_up_loses_his_place_and_nobody_elses() -> None:
    """In line and at work."""
    worker = Worker(Turns(1, max_wait_s=60))
    for name in "abcd":
        await worker.start(name)
    await worker.give_up("b")
    assert worker.turns.waiting == 2
    await worker.give_up("a")
    await worker.finish("c")
    assert worker.begun == ["a", "c", "d"]
    await worker.finish("d")
    assert (worker.turns.working, worker.turns.waiting) == (0, 0)


async def test_who_leaves_in_the_moment_of_his_turn_passes_it_on() -> None:
    """It was given to him, and he has not woken up yet."""
    turns = Turns(1, max_wait_s=60)
    worker = Worker(turns)
    async with turns.turn(Work.CHECK):
        for name in "ab":
            await worker.start(name)
    worker.tasks["a"].cancel()
    await settle()
    assert worker.begun == ["b"]
    await worker.finish("b")
    assert turns.working == 0


async def test_two_that_leave_together_leave_the_line_in_order() -> None:
    """Whoever has been cancelled, and does not know it yet, gets no turn."""
    worker = Worker(Turns(1, max_wait_s=60))
    for name in "abc":
        await worker.start(name)
    worker.tasks["b"].cancel()
    worker.tasks["a"].cancel()
    await settle()
    assert worker.begun == ["a", "c"]
    await worker.finish("c")
    assert worker.turns.working == 0


async def test_who_would_wait_too_long_is_refused_when_he_comes() -> None:
    """By what is ahead and by how long such work takes: here a guess, as none was measured. Who has
    a place keeps it."""
    most = 10 * FIRST_GUESS_S[Work.CHECK]
    turns = Turns(1, max_wait_s=most)
    worker = Worker(turns)
    for number in range(11):
        turns.require_room()
        await worker.start(str(number))
    assert turns.expected_wait_s() == most
    turns.require_room()
    await worker.start("one more")
    with pytest.raises(
        Overloaded, match=r"11 requests wait, about 6 s.*ONRECORD_MAX_WAIT_S"
    ) as told:
        turns.require_room()
    again = {told.value.retry_after_s}
    for _ in range(200):
        with pytest.raises(Overloaded) as told:
            turns.require_room()
        again.add(told.value.retry_after_s)
    assert again == {3, 4, 5, 6}  # so that those who are refused together come back apart
    with pytest.raises(Overloaded), turns.place(Work.CHECK, asks_now=True):
        raise AssertionError("it was let in")
    await worker.finish("0")
    turns.require_room()
    for task in worker.tasks.values():
        task.cancel()
    await asyncio.gather(*worker.tasks.values(), return_exceptions=True)
    assert (turns.working, turns.waiting) == (0, 0)


async def test_what_work_takes_is_learnt() -> None:
    """After some quick checks more may wait; searches are counted apart."""
    turns = Turns(1, max_wait_s=60)
    for _ in range(60):
        async with turns.turn(Work.CHECK):
            await asyncio.sleep(0)
    worker = Worker(turns)
    for name in ("a", "b", "c"):
        await worker.start(name)
    quick = turns.expected_wait_s()
    assert quick < 0.1 * FIRST_GUESS_S[Work.CHECK]
    await worker.start("d", Work.SEARCH)
    assert turns.expected_wait_s() == quick + FIRST_GUESS_S[Work.SEARCH]
    for name in "abcd":
        await worker.finish(name)


async def test_a_request_that_is_read_counts_as_waiting() -> None:
    """Else all that come in one moment would find nobody ahead of them."""
    turns = Turns(1, max_wait_s=0)
    with turns.place(Work.CHECK, asks_now=True):
        assert turns.waiting == 1
        with pytest.raises(Overloaded):
            turns.require_room()
    assert turns.waiting == 0
    with turns.place(Work.CHECK, asks_now=True):
        async with turns.turn(Work.CHECK):
            assert (turns.working, turns.waiting) == (1, 0)


async def test_waiting_is_told() -> None:
    """In seconds, for the metrics."""
    waits: list[float] = []
    worker = Worker(Turns(1, max_wait_s=60, waited=waits.append))
    for name in "ab":
        await worker.start(name)
    await asyncio.sleep(0.02)
    await worker.finish("a")
    await worker.finish("b")
    assert waits[0] < 0.02 <= waits[1]
