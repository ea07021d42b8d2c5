"""The fit finds what the cases were made with."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from training.weighing.cases import Case
from training.weighing.fit import Answered, fit

QUESTIONS = 400


def archive(questions: Iterable[tuple[str, list[Case]]]) -> list[Answered]:
    """One, with these."""
    labels, cases = zip(*questions, strict=True)
    return [Answered("made", labels, list(chain.from_iterable(cases)))]


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
    return {"model_supports": supports, "model_conflicts": conflicts, "noise": rng.gauss(0, 1)}


def _noise(rng: random.Random) -> dict[str, float]:
    return {"model_supports": rng.gauss(-2, 1), "model_conflicts": rng.gauss(-2, 1)}


def test_the_signal_gets_the_weight() -> None:
    """What says nothing weighs nothing, and held-out questions come out right."""
    fitted = fit(archive(made(random.Random(1))))
    weights = fitted["parameters"]
    assert weights["supports"]["model_supports"] > 5 * abs(weights["supports"]["noise"])
    assert weights["conflicts"]["model_conflicts"] > 5 * abs(weights["conflicts"]["noise"])
    verdicts = fitted["fit"]["held_out"]["made"]["verdicts"]
    assert all(verdict["right"] > 90 for verdict in verdicts.values())


def test_thresholds_keep_false_alarms_within_bounds() -> None:
    """Where the model cannot tell, nothing is decided rather than a third of it wrongly."""
    rng = random.Random(2)
    questions = [
        (label, [Case(case.question, _noise(rng), case.label) for case in cases])
        for label, cases in made(rng)
    ]
    fitted = fit(archive(questions))
    neutral = fitted["fit"]["held_out"]["made"]["verdicts"]["neutral"]
    assert neutral["supported"] + neutral["contradicted"] <= 25


def test_a_question_for_which_nothing_was_found_is_undecided() -> None:
    """It counts all the same."""
    questions = [
        (label, [case for case in cases if case.question != 3])
        for label, cases in made(random.Random(3))
    ]
    fitted = fit(archive(questions))
    assert fitted["fit"]["held_out"]["made"]["claims"] == QUESTIONS // 2


def test_a_large_archive_does_not_outweigh_a_small_one() -> None:
    """Where two disagree on what a signal means, the fit lies between them."""
    (large,) = archive(made(random.Random(4)))
    (other,) = archive(list(made(random.Random(5)))[:100])
    swapped = {"supports": "conflicts", "conflicts": "supports", "neutral": "neutral"}
    small = Answered(
        "small",
        [swapped[label] for label in other.labels],
        [replace(case, label=swapped[case.label]) for case in other.cases],
    )
    weights = fit([large, small])["parameters"]
    assert abs(weights["supports"]["model_supports"] - weights["conflicts"]["model_supports"]) < 0.5
    alone = fit([large])["parameters"]
    assert alone["supports"]["model_supports"] - alone["conflicts"]["model_supports"] > 2


def test_an_unnamed_sentence_on_the_claims_side_is_no_neutral_one() -> None:
    """That others say the same as the one that is named must not make the model doubted."""
    (plain,) = archive(made(random.Random(6)))
    copies = [replace(case, label="neutral") for case in plain.cases if case.label == "supports"]
    doubled = Answered("doubled", plain.labels, [*plain.cases, *copies])
    weights = [fit([one])["parameters"]["supports"]["model_supports"] for one in (plain, doubled)]
    assert abs(weights[0] - weights[1]) < 0.25 * weights[0]
