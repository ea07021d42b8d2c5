from service.cli.progress import Pace


def test_a_burst_counts_over_the_time_since_the_last() -> None:
    """Twenty at once after ten seconds are two a second, not twenty at no time."""
    pace = Pace()
    pace.mark(100.0, 0)
    for done in range(1, 21):
        pace.mark(110.0, done)
    assert pace.rate(110.0) == 2.0
    assert pace.remaining_s(110.0, 60) == 20.0
    assert pace.rate(120.0) == 1.0


def test_what_was_long_ago_does_not_count() -> None:
    """A fast start, as over articles that are there already, does not promise too much."""
    pace = Pace()
    pace.mark(0.0, 0)
    pace.mark(1.0, 10_000)
    for second in range(2, 200):
        pace.mark(float(second), 10_000 + second)
    assert 0.9 < pace.rate(199.0) < 1.1


def test_without_anything_done_nothing_is_promised() -> None:
    """No rate, no time."""
    pace = Pace()
    pace.mark(5.0, 0)
    assert pace.rate(5.0) == pace.rate(9.0) == 0.0
    assert pace.remaining_s(9.0, 10) is None
