"""Every sentence that is read is judged, and what takes a side is read again by itself."""

import pytest

from service.domain.window import Window
from service.pipeline.classifier import Probabilities
from service.pipeline.judge import AGAIN, TAKES_A_SIDE, judge
from tests.pipeline.judging import NEUTRAL, Given, article, by_word, stretch

CLAIM = "The ferry sank."
IN_CONTEXT, ALONE = Probabilities(0.8, 0.1, 0.1), Probabilities(0.2, 0.6, 0.2)
LONG = "The {} boat of the harbour office at Vell sank in the storm."


def parts(probabilities: Probabilities) -> tuple[float, float, float]:
    return probabilities.supports, probabilities.conflicts, probabilities.neutral


async def test_what_takes_a_side_is_the_mean_of_two_readings() -> None:
    """Among its neighbours and alone under its headline. The mean is of the log-odds: √(0.8 · 0.2),
    √(0.1 · 0.6) and √(0.1 · 0.2), made to sum to 1."""

    def probabilities(sentence: str, window: Window) -> Probabilities:
        if "sank" not in sentence:
            return NEUTRAL
        return IN_CONTEXT if len(window.sentences) > 1 else ALONE

    model = Given(probabilities)
    told = article("The ferry left at noon in the rain. It sank off Orm.", title="Ferry lost")
    first, second = await judge(CLAIM, [await stretch(told)], model)
    assert parts(first.probabilities) == pytest.approx(parts(NEUTRAL))
    assert parts(second.probabilities) == pytest.approx((0.5087, 0.3115, 0.1799), abs=1e-4)
    head = "Ferry lost (Thursday 1 May 2025)"
    assert model.asked == [
        (Window(head, ("The ferry left at noon in the rain.", "It sank off Orm.")),),
        (Window(head, ("It sank off Orm.",)),),
    ]


async def test_only_what_takes_a_side_most_is_read_again() -> None:
    """The first four by the surer of both sides, whichever; what is unsure never is."""
    sure = {"red": 0.9, "blue": 0.3, "green": 0.5, "white": 0.8, "black": 0.6, "grey": 0.1}
    opinions = {
        colour: Probabilities(side, 0.0, 1 - side)
        if colour != "white"
        else Probabilities(0.0, side, 1 - side)
        for colour, side in sure.items()
    }
    model = by_word(opinions)
    text = "\n".join(LONG.format(colour) for colour in sure)
    judged = await judge(CLAIM, [await stretch(article(text))], model)
    assert len(judged) == len(sure)
    _, again = model.asked
    assert [window.sentences for window in again] == [
        (LONG.format(colour),) for colour in ("red", "white", "black", "green")
    ]
    assert len(again) == AGAIN

    model = by_word(
        {"red": Probabilities(0.19, 0.19, 0.62), "blue": Probabilities(TAKES_A_SIDE, 0.0, 0.8)}
    )
    text = "\n".join(LONG.format(colour) for colour in ("red", "blue"))
    await judge(CLAIM, [await stretch(article(text))], model)
    assert [window.sentences for window in model.asked[1]] == [(LONG.format("blue"),)]


async def test_the_same_opinion_twice_is_that_opinion() -> None:
    """Who reads the same in both is not made surer by it."""
    model = by_word({"sank": IN_CONTEXT})
    (judged,) = await judge(CLAIM, [await stretch(article("It sank off Orm."))], model)
    assert parts(judged.probabilities) == pytest.approx(parts(IN_CONTEXT))
    assert judged.side == pytest.approx(0.8)


async def test_a_heading_is_read_and_not_judged() -> None:
    """It says nothing by itself, and helps to understand what stands below it."""
    model = by_word({"off orm": IN_CONTEXT})
    told = article("Lost off Orm\nThe ferry sank in the night.")
    (judged,) = await judge(CLAIM, [await stretch(told)], model)
    assert judged.sentence.of(told.text) == "The ferry sank in the night."
    assert model.asked[0][0].sentences == ("Lost off Orm", "The ferry sank in the night.")


async def test_where_nothing_is_read_nothing_is_asked() -> None:
    """An empty archive costs no reading."""
    model = by_word({})
    assert await judge(CLAIM, [], model) == ()
    assert model.asked == []
