"""Bulk indexing that is killed in the middle of its writes."""

from benchmarks.kills import run


def test_what_was_said_to_be_stored_survives_a_kill() -> None:
    """Whole, in a store that opens and agrees with itself.

    How many of the kills fall into a write is the machine's affair: one is asked for.
    """
    outcomes = run(5)["outcomes"]
    assert outcomes == {"kills": 5, "in a write": outcomes["in a write"]}
    assert outcomes["in a write"]
