"""The fit finds what the cases were made with."""

import random
from collections.abc import Iterator

from training.weighing.cases import Case
from training.weighing.fit import fit

QUESTIONS = 400


def made(rng: random.Random) -> Iterator[tuple[str, list[Case]]]:
    """Questions of three labels; one sentence of four decides, and the model sees which one."""
    for number in range(QUESTIONS):
        label = ("supports", "conflicts", "neutral")[number // 2 % 3]
        yield (
            label,
            [
                Case(
                    number,
                    _features(rng, label if place == 1 else "neutral"),
                    label if place == 1 else "neutral",
                )
                for place in range(4)
            ],
        )


def _features(rng: random.Random, label: str) -> dict[str, float]:
    signal = {"supports": (3.0, -3.0), "conflicts": (-3.0, 3.0), "neutral": (-3.0, -3.0)}[label]
    supports, conflicts = (value + rng.gauss(0, 1) for value in signal)
    return {"supports": supports, "conflicts": conflicts, "noise": rng.gauss(0, 1)}


def test_the_signal_gets_the_weight() -> None:
    """What says nothing weighs nothing, and held-out questions come out right."""
    questions = list(made(random.Random(1)))
    fitted = fit(
        [case for _, cases in questions for case in cases], [name for name, _ in questions]
    )
    weights = fitted["parameters"]
    assert weights["supports"]["supports"] > 5 * abs(weights["supports"]["noise"])
    assert weights["conflicts"]["conflicts"] > 5 * abs(weights["conflicts"]["noise"])
    verdicts = fitted["fit"]["held_out"]["verdicts"]
    assert all(verdict["right"] > 90 for verdict in verdicts.values())


def test_thresholds_keep_false_alarms_within_bounds() -> None:
    """Where the model cannot tell, nothing is decided rather than a third of it wrongly."""
    rng = random.Random(2)
    questions = [
        (label, [Case(case.question, {"noise": rng.gauss(0, 1)}, case.label) for case in cases])
        for label, cases in made(rng)
    ]
    fitted = fit(
        [case for _, cases in questions for case in cases], [name for name, _ in questions]
    )
    neutral = fitted["fit"]["held_out"]["verdicts"]["neutral"]
    assert neutral["supported"] + neutral["contradicted"] <= 25


def test_a_question_for_which_nothing_was_found_is_undecided() -> None:
    """It counts all the same."""
    questions = list(made(random.Random(3)))
    cases = [case for _, some in questions for case in some if case.question != 3]
    fitted = fit(cases, [name for name, _ in questions])
    assert fitted["fit"]["held_out"]["claims"] == QUESTIONS // 2
