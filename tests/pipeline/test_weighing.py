"""The one fitted function: probabilities that can be read, and a file that fits the code."""

import json
import math
from pathlib import Path

import pytest

from service.domain.verdict import Stance
from service.pipeline.weigh import decide
from service.pipeline.weighing import PARAMETERS, Opinion, Weighing, load_weighing

PLAIN = Weighing({"bias": 0.0, "x": 1.0}, {"bias": 0.0, "x": -1.0}, 0.5, 0.5)


@pytest.mark.parametrize("x", [-30.0, -1.0, 0.0, 0.5, 30.0])
def test_probabilities_sum_to_one(x: float) -> None:
    """However sure the model is."""
    opinion = PLAIN.opinion({"x": x})
    assert opinion.supports + opinion.conflicts + opinion.neutral == pytest.approx(1)


def test_it_is_a_multinomial_logistic_function() -> None:
    """The odds against "neutral" are the exponential of the weighted sum."""
    opinion = PLAIN.opinion({"x": 2.0})
    assert opinion.supports / opinion.neutral == pytest.approx(math.exp(2))
    assert opinion.conflicts / opinion.neutral == pytest.approx(math.exp(-2))


def test_a_feature_that_was_not_fitted_is_an_error() -> None:
    """A renamed feature never goes unnoticed."""
    with pytest.raises(KeyError):
        PLAIN.opinion({"y": 1.0})


@pytest.mark.parametrize(
    ("opinion", "least", "expected"),
    [
        (Opinion(0.6, 0.3, 0.1), 0.0, (Stance.SUPPORTS, 0.6)),
        (Opinion(0.3, 0.6, 0.1), 0.0, (Stance.CONFLICTS, 0.6)),
        (Opinion(0.45, 0.15, 0.4), 0.0, (Stance.MENTIONS, 0.4)),
        (Opinion(0.6, 0.3, 0.1), 0.7, (Stance.MENTIONS, 0.1)),
        (Opinion(0.3, 0.6, 0.1), 0.7, (Stance.MENTIONS, 0.1)),
    ],
)
def test_a_stance_needs_its_threshold_and_the_caller_s(
    opinion: Opinion, least: float, expected: tuple[Stance, float]
) -> None:
    """What is likeliest decides nothing by itself; less sure than was asked is no stance."""
    assert decide(opinion, PLAIN, least) == expected


def test_the_shipped_parameters_say_how_they_were_fitted() -> None:
    """Data, sizes and the fit stand beside the weights, which have a common set of features."""
    read = json.loads(Path(PARAMETERS).read_text(encoding="utf-8"))
    weighing = load_weighing()
    assert weighing.supports.keys() == weighing.conflicts.keys()
    assert 0 < weighing.supports_from < 1
    assert 0 < weighing.conflicts_from < 1
    assert {"stance", "fitted_on", "held_out"} <= read["fit"].keys()
