"""Shares one model between many callers: in batches, with a limited queue, and fairly."""

import asyncio
import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, TypeVar

from service.domain.errors import ModelFailed, OnrecordError, Overloaded

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Limits:
    """Each of `threads` runs up to `batch_tokens` through the model at once; up to `queue_tokens`
    may wait."""

    batch_tokens: int
    queue_tokens: int
    threads: int


@dataclass(slots=True, eq=False)
class _Call(Generic[Item, Result]):
    """One caller's items; the first `taken` of them are in a batch, or done."""

    items: Sequence[Item]
    tokens: Sequence[int]
    finished: asyncio.Future[list[Result]]
    waiting_tokens: int
    taken: int = 0
    results: dict[int, Result] = field(default_factory=dict)

    @property
    def all_taken(self) -> bool:
        return self.taken == len(self.items)

    def take(self, room: int, *, at_least: int) -> range:
        """Takes the next items that fit into `room` tokens, and `at_least` as many even if they do
        not fit. Returns their positions."""
        start = self.taken
        while not self.all_taken:
            tokens = self.tokens[self.taken]
            if tokens > room and self.taken - start >= at_least:
                break
            room -= tokens
            self.waiting_tokens -= tokens
            self.taken += 1
        return range(start, self.taken)

    def deliver(self, position: int, result: Result) -> None:
        self.results[position] = result
        if len(self.results) == len(self.items) and not self.finished.done():
            self.finished.set_result([self.results[i] for i in range(len(self.items))])

    def fail(self, error: OnrecordError) -> None:
        if not self.finished.done():
            self.finished.set_exception(error)


# An item in a batch: its call, and its position in that call.
_Place = tuple[_Call[Item, Result], int]


class Batcher(Generic[Item, Result]):
    """Runs `forward` over the items of all callers, in threads, a batch at a time.

    - Nothing waits while a thread is idle: a batch closes at its token budget or, if less is
      waiting, at an idle thread's share of that. There is no timer.
    - Callers take turns, one batch each, and every second batch serves new callers first. So a
      caller with ten thousand items delays one with a single item by one batch at most, and new
      callers never stop the one with ten thousand.
    - Of each call at most one batch counts against the limit of the queue, because its other
      batches only wait behind that one. So no call is refused for its size alone.
    - The waiting items of a cancelled caller are dropped.

    `forward` is called in a worker thread, several at a time, and returns one result an item, in
    order. `tokens` says what an item costs. All calls must come from one event loop.
    """

    def __init__(
        self,
        forward: Callable[[Sequence[Item]], Sequence[Result]],
        *,
        tokens: Callable[[Item], int],
        limits: Limits,
    ) -> None:
        self._forward = forward
        self._tokens = tokens
        self._limits = limits
        self._idle_threads = limits.threads
        self._threads = ThreadPoolExecutor(limits.threads, thread_name_prefix="onrecord-model")
        self._new: list[_Call[Item, Result]] = []
        self._begun: list[_Call[Item, Result]] = []
        self._begun_passed_over = False

    async def run(self, items: Sequence[Item]) -> list[Result]:
        """The results in the order of the items. Raises Overloaded, or ModelFailed."""
        if not items:
            return []
        tokens = [self._tokens(item) for item in items]
        self._refuse_if_full(sum(tokens))
        finished: asyncio.Future[list[Result]] = asyncio.get_running_loop().create_future()
        call = _Call(items, tokens, finished, waiting_tokens=sum(tokens))
        self._new.append(call)
        try:
            self._start_batches()
            return await finished
        finally:
            self._forget(call)

    async def close(self) -> None:
        """Fails the waiting calls, lets running batches end, and ends the threads."""
        for call in self._waiting():
            call.fail(ModelFailed("The model was closed while work waited."))
            self._forget(call)
        await asyncio.to_thread(self._threads.shutdown)

    def _refuse_if_full(self, tokens: int) -> None:
        most = self._limits.batch_tokens
        waiting = sum(min(call.waiting_tokens, most) for call in self._waiting())
        if waiting and waiting + min(tokens, most) > self._limits.queue_tokens:
            raise Overloaded(
                f"{waiting:,} tokens wait for the model, of {self._limits.queue_tokens:,} allowed. "
                "Try again later, or raise ONRECORD_QUEUE_TOKENS."
            )

    def _start_batches(self) -> None:
        while self._waiting() and self._idle_threads:
            batch = self._next_batch()
            self._idle_threads -= 1
            items = [call.items[position] for call, position in batch]
            running = asyncio.get_running_loop().run_in_executor(self._threads, self._run, items)
            running.add_done_callback(partial(self._finish, batch))

    def _next_batch(self) -> list[_Place[Item, Result]]:
        line = self._line_in_turn()
        waiting = sum(call.waiting_tokens for call in line)
        room = min(self._limits.batch_tokens, math.ceil(waiting / self._idle_threads))
        batch: list[_Place[Item, Result]] = []
        for call in line.copy():
            taken = call.take(room, at_least=0 if batch else 1)
            batch += [(call, position) for position in taken]
            room -= sum(call.tokens[position] for position in taken)
            if taken:
                line.remove(call)
            if not call.all_taken:
                if taken:
                    self._begun.append(call)
                break
        return batch

    def _line_in_turn(self) -> list[_Call[Item, Result]]:
        """The new calls or the begun ones, by turns. They share no batch, because a call in a batch
        gets no result before the whole batch is done."""
        newcomers = bool(self._new) and not (self._begun and self._begun_passed_over)
        self._begun_passed_over = newcomers and bool(self._begun)
        return self._new if newcomers else self._begun

    def _waiting(self) -> list[_Call[Item, Result]]:
        return [*self._new, *self._begun]

    def _run(self, items: Sequence[Item]) -> Sequence[Result]:
        """Runs one batch, in a worker thread."""
        results = self._forward(items)
        if len(results) != len(items):
            raise ModelFailed(f"The model gave {len(results)} results for {len(items)} items.")
        return results

    def _finish(
        self, batch: Sequence[_Place[Item, Result]], running: asyncio.Future[Sequence[Result]]
    ) -> None:
        self._idle_threads += 1
        error = running.exception()
        if error is None:
            for (call, position), result in zip(batch, running.result(), strict=True):
                call.deliver(position, result)
        else:
            for call, _ in batch:
                call.fail(_as_model_failure(error))
                self._forget(call)
        self._start_batches()

    def _forget(self, call: _Call[Item, Result]) -> None:
        for line in (self._new, self._begun):
            if call in line:
                line.remove(call)


def _as_model_failure(error: BaseException) -> OnrecordError:
    if isinstance(error, OnrecordError):
        return error
    failure = ModelFailed(f"The model could not be run: {error!r}")
    failure.__cause__ = error
    return failure
