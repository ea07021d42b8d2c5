"""Shares one model between many callers: batches, a bound on what may wait, and fairness."""

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
    """Up to `batch_tokens` go through the model at once, on each of `threads`; `queue_tokens` may
    wait."""

    batch_tokens: int
    queue_tokens: int
    threads: int


@dataclass(slots=True, eq=False)
class _Call(Generic[Item, Result]):
    """One caller's items: the first `taken` are in a batch or done."""

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
        """Takes the next items that fit into `room` tokens, but `at_least` so many; where they
        stand."""
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


# An item in a batch: whose it is, and where it stands among theirs.
_Place = tuple[_Call[Item, Result], int]


class Batcher(Generic[Item, Result]):
    """Runs `forward` over the items of all callers, in threads, a batch at a time.

    - Nothing waits while a thread is idle: a batch closes at its token budget or, when there is
      less than that, at an idle thread's share of what waits. There is no timer.
    - Callers take turns, a batch each, and every other batch serves newcomers first: one with ten
      thousand items holds up one with a single item until the next batch ends, no longer, and
      newcomers never hold up one with ten thousand for good.
    - A call counts against the limit with one batch at most, for its later ones wait behind its
      own. Its size alone is therefore never refused.
    - What a cancelled caller still had waiting is dropped.

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
        """Fails what waits, lets running batches end, and gives the threads back."""
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
        """Newcomers and those already begun by turns. They share no batch: whoever is in one
        gets nothing before all of it is done."""
        newcomers = bool(self._new) and not (self._begun and self._begun_passed_over)
        self._begun_passed_over = newcomers and bool(self._begun)
        return self._new if newcomers else self._begun

    def _waiting(self) -> list[_Call[Item, Result]]:
        return [*self._new, *self._begun]

    def _run(self, items: Sequence[Item]) -> Sequence[Result]:
        """In a worker thread."""
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
                call.fail(_in_our_words(error))
                self._forget(call)
        self._start_batches()

    def _forget(self, call: _Call[Item, Result]) -> None:
        for line in (self._new, self._begun):
            if call in line:
                line.remove(call)


def _in_our_words(error: BaseException) -> OnrecordError:
    if isinstance(error, OnrecordError):
        return error
    failure = ModelFailed(f"The model could not be run: {error!r}")
    failure.__cause__ = error
    return failure
