"""The facts of a whole index, written down when it is made: then they hold for good."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from service.domain.errors import IndexMismatch, StoreFailed
from service.stores.redis.address import Address
from service.stores.redis.durability import Durability
from service.stores.redis.errors import corrupt
from service.stores.redis.keys import Command, all_keys, facts_key, keys_beside_facts
from service.stores.redis.nodes import Asked, Nodes
from service.stores.redis.steps import new_version
from service.stores.terms import ANALYZER

_LAYOUT: Final = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """How an index is made: by which embedder, of how many dimensions, in how many shards; how its
    keys are laid out, and how text becomes terms; whether it is just being made anew."""

    embedder: str
    dim: int
    shards: int
    layout: int = _LAYOUT
    analyzer: str = ANALYZER
    rebuilding: bool = False


async def open_nodes(
    address: Address,
    durability: Durability,
    make: Callable[[], Facts] | None,
    *,
    rebuilding: bool = False,
) -> tuple[Nodes, Facts]:
    """Connections to the shards of an index, which is made where there is none. Raises StoreFailed
    where there is none and `make` is None, and unless `rebuilding` for one that has to be."""
    place = Nodes(address, [keys_beside_facts(address.prefix)], durability)
    try:
        await place.open()
        facts = await _read_facts(place, address, make)
        if not rebuilding and (facts.rebuilding or facts.analyzer != ANALYZER):
            raise StoreFailed(
                f"What is derived in the index {address.prefix} at {address} has to be made anew: "
                "run `onrecord rebuild`."
            )
    finally:
        await place.close()
    nodes = Nodes(address, all_keys(address.prefix, facts.shards), durability)
    try:
        await nodes.open()
        if not rebuilding:
            await _begin(nodes)
    except BaseException:
        await nodes.close()
        raise
    return nodes, facts


def make_facts(address: Address, embedder: str, dim: int) -> Facts:
    """Those of an index that is made now."""
    return Facts(embedder, dim, address.shards)


def require_embedder(facts: Facts, address: Address, embedder: str, dim: int) -> None:
    """Raises IndexMismatch for an index that another embedder has filled."""
    if (facts.embedder, facts.dim) != (embedder, dim):
        raise IndexMismatch(
            f"The index {address.prefix} at {address} was made with the embedder {facts.embedder} "
            f"({facts.dim} dimensions), not {embedder} ({dim}). Use that embedder again, or index "
            "the articles under another prefix (?prefix=…): `onrecord export` writes them out."
        )


async def _read_facts(place: Nodes, address: Address, make: Callable[[], Facts] | None) -> Facts:
    """The facts that are written down, those of `make` where none are."""
    key = facts_key(address.prefix)
    commands: list[Command] = [("GET", key)]
    if make:
        commands.insert(0, ("SET", key, json.dumps(asdict(make())), "NX"))
    value = (await _ask_for_good(place, {0: commands}))[0][-1]
    if value is None:
        raise StoreFailed(f"There is no index {address.prefix} at {address}. Name one that is.")
    try:
        found = Facts(**json.loads(value))
    except (ValueError, TypeError) as error:
        raise corrupt(address, f"{key} cannot be read") from error
    if found.layout != _LAYOUT:
        raise StoreFailed(
            f"The index {address.prefix} at {address} was made by another version of Onrecord. "
            "Export it with that version, and index the export under another prefix."
        )
    return found


async def write_facts(nodes: Nodes, facts: Facts) -> None:
    """Writes down what has become of an index."""
    key = facts_key(nodes.address.prefix)
    place = Nodes(nodes.address, [keys_beside_facts(nodes.address.prefix)], Durability.MEMORY)
    try:
        await place.open()
        await place.ask({0: [("SET", key, json.dumps(asdict(facts)))]})
    finally:
        await place.close()


async def finish(nodes: Nodes, facts: Facts) -> None:
    """Opens an index to all again, once what is derived in it has been made anew."""
    await _begin(nodes)
    await write_facts(nodes, replace(facts, analyzer=ANALYZER, rebuilding=False))


async def _begin(nodes: Nodes) -> None:
    """Gives every shard its first version, unless it has one."""
    await _ask_for_good(
        nodes,
        {
            shard: [("SET", keys.version, new_version(), "NX")]
            for shard, keys in enumerate(nodes.keys)
        },
    )


async def _ask_for_good(nodes: Nodes, asked: Asked) -> dict[int, list[Any]]:
    """The replies; where the first command set something, once that lasts."""
    replies = await nodes.ask(asked)
    made = [shard for shard, (first, *_) in replies.items() if first == b"OK"]
    for shard, answer in (await nodes.change(dict.fromkeys(made, ()))).items():
        if isinstance(answer, Exception):
            raise nodes.failed(shard, answer) from answer
    return replies
