"""A quote is two sentences where the one next door takes the same side."""

import pytest

from service.pipeline.classifier import Probabilities
from service.pipeline.neighbours import TAKES_PART, with_neighbours
from tests.pipeline.judging import CONFLICTS, SUPPORTS, article, by_word, classified, read

CARRIES = "The ferry to Orm carries 212 passengers."
PARTLY = Probabilities(0.5, 0.0, 0.5)
SAID = f"“{CARRIES[:-1]},” Ada Ode said."
DEEP = "It lies deep in the water when all of them are on board."


@pytest.mark.parametrize(
    ("text", "beside", "shown"),
    [
        (f"{CARRIES} {DEEP}", PARTLY, f"{CARRIES} {DEEP}"),
        (f"{DEEP} {CARRIES}", PARTLY, f"{DEEP} {CARRIES}"),
        (f"{CARRIES} It was late. {DEEP}", PARTLY, CARRIES),
        (f"{CARRIES} {DEEP}", Probabilities(TAKES_PART - 0.01, 0.0, 0.71), CARRIES),
        (f"{CARRIES} {DEEP}", CONFLICTS, CARRIES),
        (f"{SAID} {DEEP}", PARTLY, SAID),
        (f"{SAID} “{DEEP}”", PARTLY, f"{SAID} “{DEEP}”"),
    ],
)
async def test_a_neighbour_that_takes_the_same_side_is_shown_as_well(
    text: str, beside: Probabilities, shown: str
) -> None:
    """Only the one next door, only for the same side, and nothing else in the speaker's name."""
    model = by_word({"carries": SUPPORTS, "deep": beside})
    told = [article(text)]
    excerpts = await read(CARRIES, told, model)
    found = with_neighbours(await classified(CARRIES, told, model), excerpts)
    quotes = {each.quote.of(text) for each in found if "carries" in each.excerpt.text}
    assert quotes == {shown}
