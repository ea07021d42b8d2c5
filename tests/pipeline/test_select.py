"""Which quotes are shown."""

import pytest

from service.pipeline.classifier import Probabilities
from service.pipeline.select import FURTHER_FROM
from tests.pipeline.judging import SUPPORTS, article, sides

CLAIM = "The dam held."


@pytest.mark.parametrize(("second", "shown"), [(0.95, 2), (0.9, 1)])
async def test_a_further_quote_must_be_surer(second: float, shown: int) -> None:
    """Beside a side's surest: of further ones that are less sure most do not hold when read."""
    rest = (1 - second) / 2
    found = await sides(
        CLAIM,
        [
            article("The dam held, engineers found on Monday.", day=1),
            article("A wall of the valley held through the night.", day=2, publisher="Post"),
        ],
        engineers=SUPPORTS,
        valley=Probabilities(second, rest, rest),
    )
    assert len(found.supporting) == shown
    assert found.supporting[-1].confidence > FURTHER_FROM


async def test_the_surest_quote_of_a_side_is_always_shown() -> None:
    """However unsure it is, as long as it decides."""
    found = await sides(CLAIM, [article("The dam held.")], dam=Probabilities(0.72, 0.14, 0.14))
    (only,) = found.supporting
    assert only.confidence < FURTHER_FROM
