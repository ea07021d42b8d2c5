"""A full disk refuses changes in words, and loses nothing."""

from benchmarks.full_disk import run


def test_on_a_full_disk_changes_are_made_or_refused_and_nothing_is_lost() -> None:
    """Puts, deletions and openings at random, on real disks that fill up: every outcome is one of
    the two."""
    outcomes = run(3)["outcomes"]
    assert set(outcomes) == {"done", "refused"}, outcomes
    assert outcomes["refused"] > 5
