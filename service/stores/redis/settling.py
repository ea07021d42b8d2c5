"""Carrying steps out until each is settled, whatever other writers and failing nodes do."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from service.domain.errors import StoreFailed
from service.stores.redis.errors import gone
from service.stores.redis.keys import Command
from service.stores.redis.nodes import WAITS_S, Nodes
from service.stores.redis.reading import Gone
from service.stores.redis.standings import Standing, load_standings
from service.stores.redis.steps import Step

_CONFLICTS: Final = 100
"""How often others may change an article just before we do."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Read:
    """An article as its shard has it, and the number for a new revision, 0 where none is needed."""

    value: bytes
    standings: tuple[Standing, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Work(Generic[T]):
    """What is to become of an article: `plan` says by which step, or by none, and what to answer.
    With `new_number` it is given one for a new revision."""

    article_id: str
    shard: int
    plan: Callable[[Read], Awaitable[tuple[Step | None, T]]]
    new_number: bool = False


async def settle(nodes: Nodes, works: Mapping[int, Work[T]], done: dict[int, T]) -> None:
    """Does all of `works`, which are of different articles, side by side, and puts their answers
    into `done` as they are settled.

    A step that fails because somebody else was faster is planned anew. One whose answer is lost is
    looked for: it is done if the article has it, and else begun again. So nothing is done twice.
    Raises StoreFailed, or what a plan raises.
    """
    waits = iter(WAITS_S)
    tried: defaultdict[int, list[tuple[Step, T]]] = defaultdict(list)
    for _ in range(_CONFLICTS):
        left = {i: work for i, work in works.items() if i not in done}
        if not left:
            return
        read = await _read(nodes, left)
        steps: dict[int, Step] = {}
        answers: dict[int, T] = {}
        for i, work in left.items():
            earlier = [answer for step, answer in tried[i] if step.seen_in(read[i].standings)]
            try:
                step, answers[i] = (None, earlier[0]) if earlier else await work.plan(read[i])
            except Gone:  # somebody has deleted it since
                continue
            if step:
                steps[i] = step
                tried[i].append((step, answers[i]))
        settled, failure = await _carry_out(nodes, {i: left[i] for i in answers}, steps)
        done.update({i: answers[i] for i in settled})
        if failure:
            shard, error = failure
            if not await nodes.worth_trying_again(shard, error, next(waits, None)):
                raise nodes.failed(shard, error) from error
    raise StoreFailed(f"Others change {next(iter(left.values())).article_id} all the time.")


async def _read(nodes: Nodes, works: Mapping[int, Work[Any]]) -> dict[int, Read]:
    asked: dict[int, list[Command]] = {}
    places: dict[int, int] = {}
    for i, work in works.items():
        keys = nodes.keys[work.shard]
        commands = asked.setdefault(work.shard, [("GET", keys.version)])
        places[i] = len(commands)
        commands.append(("GET", keys.article(work.article_id)))
        if work.new_number:
            commands.append(("INCR", keys.numbers))
    replies = await nodes.ask(asked)
    found: dict[int, Read] = {}
    for i, work in works.items():
        version, *_ = answer = replies[work.shard]
        if version is None:
            raise gone(nodes.address)
        value: bytes = answer[places[i]] or b""
        number = answer[places[i] + 1] if work.new_number else 0
        found[i] = Read(value, load_standings(value), number)
    return found


async def _carry_out(
    nodes: Nodes, works: Mapping[int, Work[Any]], steps: Mapping[int, Step]
) -> tuple[list[int], tuple[int, Exception] | None]:
    """Which are settled, and what went wrong in a shard. What needs no step waits with the others,
    until what was there is as durable as it should be."""
    by_shard: defaultdict[int, list[int]] = defaultdict(list)
    for i, work in works.items():
        by_shard[work.shard].append(i)
    answers = await nodes.change(
        {
            shard: [steps[i].command(nodes.keys[shard]) for i in places if i in steps]
            for shard, places in by_shard.items()
        }
    )
    settled: list[int] = []
    failure: tuple[int, Exception] | None = None
    for shard, places in by_shard.items():
        replies = answers[shard]
        if isinstance(replies, Exception):
            failure = (shard, replies)
            continue
        order = iter(replies)
        for i in places:
            reply = next(order) if i in steps else 1
            if isinstance(reply, Exception):
                failure = (shard, reply)
            elif reply:
                settled.append(i)
    return settled, failure
