"""The fit finds what the claims were made with, and decides where that is worth it."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from service.pipeline.classifier import Classifier, Findings, Probabilities, log_odds
from training.classifier.fit import (
    CONFLICTS,
    NEUTRAL,
    SUPPORTS,
    Answered,
    decided,
    fit,
    probabilities,
    reaches_aims,
    worth,
)

CLAIMS = 600
SIDES = ("supports", "conflicts")


def made(seed: int, signal: float) -> Answered:
    """As many claims of each label. The side that a label takes is `signal` above, and the other
    one as much below, where the model leans for nothing."""
    rng = np.random.default_rng(seed)
    labels = np.arange(CLAIMS) % 3
    leaning = np.array([[signal, -signal], [-signal, signal], [-signal, -signal]])
    return Answered(leaning[labels] + rng.normal(0, 1, (CLAIMS, 2)), labels.astype(np.intp))


def _weights(parameters: dict[str, Any]) -> NDArray[np.float64]:
    sides = [parameters[side] for side in SIDES]
    return np.array([side[name] for side in sides for name in ("bias", "model")])


def _verdicts(fitted: dict[str, Any], strongest: NDArray[np.float64]) -> list[int]:
    """What the fitted parameters decide of claims."""
    parameters = fitted["parameters"]
    shares = probabilities(_weights(parameters), strongest)
    found = decided(shares, parameters["supports_from"], parameters["conflicts_from"])
    return [int(label) for label in found]


def test_the_signal_gets_the_weight() -> None:
    """Each side's log-odds count for it, and other claims of the same kind come out right."""
    fitted = fit(made(1, signal=3.0), made(5, signal=3.0))
    assert fitted["parameters"]["supports"]["model"] > 1
    assert fitted["parameters"]["conflicts"]["model"] > 1
    others = made(2, signal=3.0)
    assert np.mean(_verdicts(fitted, others.strongest) == others.labels) > 0.95


def test_where_the_model_cannot_tell_nothing_is_decided() -> None:
    """A guess is wrong more often than right, and to guess costs more than it brings."""
    fitted = fit(made(3, signal=0.0), made(6, signal=0.0))
    for side in SIDES:
        assert abs(fitted["parameters"][side]["model"]) < 0.3
    assert fitted["fit"] == {
        "fitted_on": CLAIMS,
        "tuned_on": 2 * CLAIMS,
        "right": 33.3,
        "supported_right": 0.0,
        "contradicted_right": 0.0,
        "aims_reached": False,
    }


@pytest.mark.parametrize(
    ("wrong", "reached"), [(0, True), (6, True), (8, False)], ids=["none", "few", "too many"]
)
def test_both_sides_are_right_as_often_as_is_asked(wrong: int, reached: bool) -> None:
    """With a standard error to spare: eight wrong of a hundred are fewer than ten, and too many."""
    labels = np.array([SUPPORTS] * (100 - wrong) + [NEUTRAL] * wrong + [CONFLICTS] * 100)
    verdicts = np.array([SUPPORTS] * 100 + [CONFLICTS] * 100)
    assert reaches_aims(verdicts, labels) is reached
    assert not reaches_aims(np.full(200, SUPPORTS), labels)


def test_the_probabilities_are_those_of_a_check() -> None:
    """Of a sentence that is the only one read, the fit and the check think the same."""
    parameters = fit(made(4, signal=1.0), made(7, signal=1.0))["parameters"]
    model = Probabilities(0.6, 0.1, 0.3)
    classifier = Classifier(**parameters)
    odds = classifier.odds(model, Findings())
    likely = classifier.probabilities(odds, odds, disputed=False)
    (shares,) = probabilities(_weights(parameters), np.array([log_odds(model)]))
    assert shares.tolist() == pytest.approx([likely.supports, likely.conflicts, likely.neutral])


def test_a_threshold_parts_the_claims_that_are_worth_less_than_nothing() -> None:
    """Half of the claims that seem faintly supported are in truth refuted. To reverse a verdict
    costs twice what a right one brings, so only the surer ones are decided."""
    faint, sure, nothing = (1.0, -8.0), (4.0, -8.0), (-4.0, -8.0)
    strongest = np.array([faint] * 40 + [sure] * 60 + [nothing] * 100)
    labels = np.array([CONFLICTS] * 20 + [SUPPORTS] * 80 + [NEUTRAL] * 100, np.intp)
    answered = Answered(strongest, labels)
    verdicts = _verdicts(fit(answered, answered), np.array([faint, sure, nothing]))
    assert verdicts == [NEUTRAL, SUPPORTS, NEUTRAL]


def test_thresholds_follow_both_sets_and_log_odds_the_first() -> None:
    """Where the model is wrong on the claims that only thresholds are chosen on, the weights stay
    and more is asked for."""
    good, reversed_ = made(8, signal=1.5), made(9, signal=1.5)
    swapped = np.array([CONFLICTS, SUPPORTS, NEUTRAL], np.intp)[reversed_.labels]
    one = fit(good, reversed_)["parameters"]
    other = fit(good, Answered(reversed_.strongest, swapped))["parameters"]
    assert [one[side] for side in SIDES] == [other[side] for side in SIDES]
    assert other["supports_from"] > one["supports_from"]
    assert other["conflicts_from"] > one["conflicts_from"]


@pytest.mark.parametrize(
    ("verdict", "label", "value"),
    [
        (SUPPORTS, SUPPORTS, 1.0),
        (CONFLICTS, CONFLICTS, 1.0),
        (NEUTRAL, NEUTRAL, 0.35),
        (NEUTRAL, SUPPORTS, 0.0),
        (SUPPORTS, CONFLICTS, -2.0),
        (CONFLICTS, SUPPORTS, -2.0),
        (CONFLICTS, NEUTRAL, -1.0),
    ],
)
def test_a_reversed_verdict_costs_most(verdict: int, label: int, value: float) -> None:
    """To miss costs nothing, and an undecided claim left undecided is worth a little."""
    shares = np.full((1, 3), 0.1)
    shares[0, verdict] = 0.8
    assert worth(shares, np.array([label], np.intp), 0.5, 0.5) == pytest.approx(value)


def test_a_side_decides_from_its_own_threshold_on() -> None:
    """And only where the other is no stronger."""
    shares = np.array([[0.6, 0.1, 0.3], [0.1, 0.6, 0.3], [0.1, 0.8, 0.1], [0.45, 0.5, 0.05]])
    assert decided(shares, 0.6, 0.7).tolist() == [SUPPORTS, NEUTRAL, CONFLICTS, NEUTRAL]
    assert decided(shares, 0.4, 0.5).tolist() == [SUPPORTS, CONFLICTS, CONFLICTS, CONFLICTS]


def test_contradicted_is_said_only_where_it_is_mostly_right() -> None:
    """Of a weak signal too: then fewer claims are called contradicted."""
    weak = fit(made(8, signal=1.0), made(9, signal=1.0))
    strong = fit(made(8, signal=3.0), made(9, signal=3.0))
    assert weak["fit"]["contradicted_right"] >= 85
    assert weak["parameters"]["conflicts_from"] > strong["parameters"]["conflicts_from"]
