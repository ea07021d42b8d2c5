"""What is timed as forward passes is what a check asks of its models."""

from benchmarks.passes import _asked, forward_ms
from service.domain.claim import Claim
from service.pipeline.judge import AGAIN
from service.wiring import Services

CLAIM = "Sallow Bridge was closed after cracks were found in its cables."


async def test_the_windows_are_those_of_a_check(samples: Services) -> None:
    """All that is read for the claim in one go, then the sentences that take a side, each alone,
    and then what is read once more to shorten quotes."""
    examined = await samples.checker.examine(Claim(CLAIM))
    first, *again = await _asked(samples.checker, CLAIM)
    assert first == (CLAIM, [stretch.window for stretch in examined.stretches])
    alone, *shorter = again
    assert 1 <= len(alone[1]) <= AGAIN
    assert all(len(window.sentences) == 1 for window in alone[1])
    assert len(shorter) <= 1


async def test_each_claim_has_a_time(samples: Services) -> None:
    """More than nothing, and more for a claim that is judged than for one that is only embedded."""
    judged, embedded = await forward_ms(samples.checker, [CLAIM, "?"], threads=1, every_s=0)
    assert judged > embedded > 0
