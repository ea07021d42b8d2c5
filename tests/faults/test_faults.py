"""Servers fail under load: what was acknowledged is there afterwards, and every answer was right or
an honest error. A few faults of each kind; `python -m tests.faults` does many."""

from tests.faults.campaign import Outcome, break_servers, cut_connections, kill_writers
from tests.faults.injections import (
    ON_A_PRIMARY_AND_ITS_REPLICA,
    ON_ONE_SERVER,
    hand_over,
    kill_a_primary,
    pause_a_primary,
)
from tests.faults.load import KINDS
from tests.redis_servers import Servers

SEED = 20


def require_right(outcome: Outcome) -> None:
    assert not outcome.wrong
    assert outcome.report["done"].keys() >= set(KINDS)


async def test_a_server_that_is_killed_sleeps_or_has_no_memory_left(redis_server: Servers) -> None:
    """Its file has what it acknowledged."""
    require_right(await break_servers(redis_server, ON_ONE_SERVER, seed=SEED, faults=6))


async def test_a_primary_or_its_replica_fails(redis_replicated: Servers) -> None:
    """Killed, paused, asleep, full."""
    faults = len(ON_A_PRIMARY_AND_ITS_REPLICA)
    require_right(
        await break_servers(
            redis_replicated, ON_A_PRIMARY_AND_ITS_REPLICA, seed=SEED, faults=faults
        )
    )


async def test_a_primary_of_a_cluster_is_replaced(redis_cluster: Servers) -> None:
    """After a kill, by an operator, and while it hangs."""
    require_right(
        await break_servers(
            redis_cluster, (kill_a_primary, hand_over, pause_a_primary), seed=SEED, faults=3
        )
    )


async def test_a_connection_is_cut_in_the_middle_of_a_pipeline(redis_server: Servers) -> None:
    """After any number of bytes, of a command or of its reply."""
    outcome = await cut_connections(redis_server, seed=SEED, seconds=3)
    require_right(outcome)
    assert outcome.faults > 5


async def test_a_process_is_killed_while_it_writes(redis_cluster: Servers) -> None:
    """An article is there as it was or as it was to be, with all that finds it."""
    require_right(await kill_writers(redis_cluster, seed=SEED, kills=4))
