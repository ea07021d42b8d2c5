"""The fitted function: known odds, both sides held against one another, and a file that fits."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from service.domain.claim import Claim
from service.domain.errors import WeightsMismatch
from service.domain.verdict import Stance
from service.pipeline.classifier import (
    SUREST,
    UNFITTED,
    Classifier,
    Findings,
    Odds,
    Probabilities,
    load_classifier,
)
from service.pipeline.classify import SEES_SUPPORT, decide
from service.wiring import STANCES
from tests.pipeline.judging import CONFLICTS, NEUTRAL, SUPPORTS, article, by_word, classified

CLAIM = "The bridge is closed."
WEIGHTS = {"bias": 0.0, "model": 1.0, "differs": 0.0, "same": 0.0}
NOTHING = Findings()


def fitted(**weights: float) -> Classifier:
    """Supports by these weights, conflicts by the model alone."""
    return replace(UNFITTED, supports={**WEIGHTS, **weights})


@pytest.mark.parametrize(
    ("classifier", "findings", "supports"),
    [
        (UNFITTED, NOTHING, 8.0),
        (fitted(bias=math.log(2)), NOTHING, 16.0),
        (fitted(model=2.0), NOTHING, 64.0),
        (fitted(differs=-math.log(4)), NOTHING, 8.0),
        (fitted(differs=-math.log(4)), Findings(differs=True), 2.0),
        (fitted(same=math.log(3)), Findings(same=True), 24.0),
    ],
)
def test_the_odds_are_the_exponential_of_a_weighted_sum(
    classifier: Classifier, findings: Findings, supports: float
) -> None:
    """Of the model's log-odds against neutral, ln 8 and ln 1, and of what comparison found."""
    odds = classifier.odds(Probabilities(0.8, 0.1, 0.1), findings)
    assert (odds.supports, odds.conflicts) == pytest.approx((supports, 1.0))


def test_certainty_ends_somewhere() -> None:
    """A model that says 1 or 0 is not believed to the letter."""
    odds = UNFITTED.odds(Probabilities(1.0, 0.0, 0.0), NOTHING)
    assert (odds.supports, odds.conflicts) == pytest.approx((math.exp(SUREST), 1.0))


@pytest.mark.parametrize(
    ("own", "most", "expected"),
    [
        (Odds(3, 0), Odds(3, 0), (0.75, 0, 0.25)),
        (Odds(3, 0), Odds(3, 4), (0.375, 0, 0.625)),
        (Odds(1, 4), Odds(3, 4), (1 / 6, 0.5, 1 / 3)),
        (Odds(0, 0), Odds(9, 9), (0, 0, 1)),
    ],
)
def test_a_sentence_is_held_against_the_strongest_of_the_other_side(
    own: Odds, most: Odds, expected: tuple[float, float, float]
) -> None:
    """Its share of its own odds, the other side's and one."""
    probabilities = UNFITTED.probabilities(own, most, disputed=False)
    assert (
        probabilities.supports,
        probabilities.conflicts,
        probabilities.neutral,
    ) == pytest.approx(expected)


def test_where_both_sides_are_sure_they_dispute() -> None:
    """Neither is held against the other then: 19 to 1 is the 0.95 that it takes."""
    assert UNFITTED.disputes(Odds(19, 19), same=False)
    assert not UNFITTED.disputes(Odds(19, 18), same=False)
    assert UNFITTED.disputes(Odds(3, 19), same=True)
    probabilities = UNFITTED.probabilities(Odds(3, 0), Odds(3, 99), disputed=True)
    assert (
        probabilities.supports,
        probabilities.conflicts,
        probabilities.neutral,
    ) == pytest.approx((0.75, 0, 0.25))


@pytest.mark.parametrize(
    ("probabilities", "least", "expected"),
    [
        (Probabilities(0.7, 0.2, 0.1), 0.0, (Stance.SUPPORTS, 0.7)),
        (Probabilities(0.1, 0.8, 0.1), 0.0, (Stance.CONFLICTS, 0.8)),
        (Probabilities(0.69, 0.0, 0.31), 0.0, (Stance.MENTIONS, 0.31)),
        (Probabilities(0.0, 0.79, 0.21), 0.0, (Stance.MENTIONS, 0.21)),
        (Probabilities(0.75, 0.1, 0.15), 0.9, (Stance.MENTIONS, 0.15)),
        (Probabilities(0.1, 0.85, 0.05), 0.9, (Stance.MENTIONS, 0.05)),
    ],
)
def test_a_stance_needs_its_threshold_and_the_caller_s(
    probabilities: Probabilities, least: float, expected: tuple[Stance, float]
) -> None:
    """What is likeliest decides nothing by itself; less sure than was asked is no stance."""
    assert decide(probabilities, UNFITTED, Claim(CLAIM, min_confidence=least)) == expected


@pytest.mark.parametrize(
    ("probabilities", "least", "expected"),
    [
        (Probabilities(0.1, 0.5, 0.4), 0.0, (Stance.CONFLICTS, 0.5)),
        (Probabilities(0.1, 0.49, 0.41), 0.0, (Stance.MENTIONS, 0.41)),
        (Probabilities(0.1, 0.5, 0.4), 0.6, (Stance.MENTIONS, 0.4)),
        (Probabilities(0.6, 0.1, 0.3), 0.0, (Stance.MENTIONS, 0.3)),
    ],
)
def test_the_end_of_an_older_state_need_only_be_likelier_than_not(
    probabilities: Probabilities, least: float, expected: tuple[Stance, float]
) -> None:
    """Else what was so for weeks is still said to be so; support needs what it always does, and the
    caller may ask for more."""
    assert (
        decide(probabilities, UNFITTED, Claim(CLAIM, min_confidence=least), ends=True) == expected
    )


@pytest.mark.parametrize(
    ("conflicts", "explained", "expected"),
    [
        (0.89, False, Stance.CONFLICTS),
        (0.85, False, Stance.MENTIONS),
        (0.85, True, Stance.CONFLICTS),
        (0.75, True, Stance.MENTIONS),
    ],
)
def test_what_another_figure_explains_need_not_be_as_sure_as_a_draft_asks(
    conflicts: float, explained: bool, expected: Stance
) -> None:
    """Then it decides as it does in a check, and no sooner."""
    likely = Probabilities(0.0, conflicts, 1 - conflicts)
    claim = Claim(CLAIM, min_conflict=0.88)
    assert decide(likely, UNFITTED, claim, explained=explained)[0] is expected


async def stances(
    claim: str, *told: tuple[str, int], **opinions: Probabilities
) -> dict[str, Stance]:
    """What texts of these days in May, each an article, do to the claim."""
    articles = [article(text, day=day, publisher=f"P{i}") for i, (text, day) in enumerate(told)]
    found = await classified(claim, articles, by_word(opinions))
    return {one.excerpt.text: one.stance for one in found}


SHUT, OPEN = "The bridge is shut to all.", "Cars cross the bridge."
REOPENED = "The bridge reopened to cars."
RATHER = Probabilities(0.05, 0.9, 0.05)
"""Odds of 18: sure enough alone, not sure enough to dispute."""


async def test_two_reports_that_are_sure_of_opposites_both_decide() -> None:
    """The reader is to see the dispute."""
    found = await stances(CLAIM, (SHUT, 1), (OPEN, 2), shut=SUPPORTS, cross=CONFLICTS)
    assert found == {SHUT: Stance.SUPPORTS, OPEN: Stance.CONFLICTS}


async def test_the_weaker_side_does_not_decide_against_a_sure_one() -> None:
    """A verdict looks at both sides: what would decide alone is outweighed."""
    found = await stances(CLAIM, (SHUT, 1), (OPEN, 2), shut=SUPPORTS, cross=RATHER)
    assert found == {SHUT: Stance.SUPPORTS, OPEN: Stance.MENTIONS}
    found = await stances(CLAIM, (SHUT, 1), (OPEN, 2), shut=NEUTRAL, cross=RATHER)
    assert found == {SHUT: Stance.MENTIONS, OPEN: Stance.CONFLICTS}


async def test_one_article_in_its_own_voice_does_not_dispute_itself() -> None:
    """Then the model has misread one of the two, and nobody knows which."""
    found = await stances(CLAIM, (f"{SHUT} {OPEN}", 1), shut=SUPPORTS, cross=CONFLICTS)
    assert set(found.values()) == {Stance.MENTIONS}


@pytest.mark.parametrize(
    ("text", "day", "stance"),
    [
        (REOPENED, 9, Stance.CONFLICTS),
        (REOPENED, 1, Stance.MENTIONS),
        (OPEN, 9, Stance.MENTIONS),
    ],
)
async def test_the_end_of_a_state_is_not_outweighed_by_older_reports(
    text: str, day: int, stance: Stance
) -> None:
    """They could not know. A newer report can outweigh it, and what tells of no end has to stand
    against all."""
    found = await stances(
        CLAIM, (SHUT, 5), (text, day), shut=SUPPORTS, cross=RATHER, reopened=RATHER
    )
    assert found[text] is stance


CARRIES = "The ferry to Orm carries 212 passengers."
SAME = fitted(same=2 * math.log(NEUTRAL.neutral * 100))


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The ferry to Orm carries 212 passengers.", Stance.SUPPORTS),
        ("The white ferry to Orm carries 212 passengers, Ada Ode said.", Stance.SUPPORTS),
        ("The ferry to Orm carries 112 passengers.", Stance.MENTIONS),
        ("The ferry to Orm carries 212 passengers if the wind allows it.", Stance.MENTIONS),
        ("The ferry to Orm plans to carry 212 passengers.", Stance.MENTIONS),
        ("Passengers, 212 in all, carry the ferry to Orm.", Stance.MENTIONS),
        ("The ferry to Orm carries 212 passengers and the bus 40 passengers.", Stance.MENTIONS),
        ("The ferry carries passengers.", Stance.MENTIONS),
    ],
)
async def test_the_claim_in_its_own_words_supports_it(text: str, stance: Stance) -> None:
    """All of them in their order, as a fact, with its figures and no other; the model, which is
    rather neutral here, need not be sure."""
    doubting = by_word({"passengers": Probabilities(SEES_SUPPORT + 0.01, 0.0, 0.79)})
    found = await classified(CARRIES, [article(text)], doubting, SAME)
    assert [one.stance for one in found] == [stance]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Ada Ode dreaded that the ferry to Orm carries 212 passengers.", Stance.MENTIONS),
        ("The ferry to Orm reportedly carries 212 passengers.", Stance.SUPPORTS),
    ],
)
async def test_where_the_model_sees_no_support_the_same_words_must_be_hedged(
    text: str, stance: Stance
) -> None:
    """They are a fear or a doubt else, of a kind that no list of verbs has."""
    (found,) = await classified(CARRIES, [article(text)], by_word({}), SAME)
    assert found.stance is stance


async def test_another_figure_takes_from_support() -> None:
    """Where the model has overlooked it."""
    told = [article(CARRIES.replace("212", "112"))]
    model = by_word({"ferry": SUPPORTS})
    (believed,) = await classified(CARRIES, told, model)
    (weighed_down,) = await classified(CARRIES, told, model, fitted(differs=-math.log(98)))
    assert (believed.stance, weighed_down.stance) == (Stance.SUPPORTS, Stance.MENTIONS)


async def test_what_only_asks_or_jokes_supports_nothing() -> None:
    """Whatever the model says of it; unless the claim is of that itself."""
    asked, joke = "Is the bridge shut to all?", "In a satirical piece the bridge is shut."
    found = await stances(CLAIM, (asked, 1), (joke, 2), shut=SUPPORTS)
    assert found == {asked: Stance.MENTIONS, joke: Stance.MENTIONS}
    of_satire = "A satirical piece says that the bridge is shut."
    assert (await stances(of_satire, (joke, 1), shut=SUPPORTS))[joke] is Stance.SUPPORTS


@pytest.mark.parametrize("size", STANCES)
def test_the_weights_that_ship_are_fitted_to_the_model_beside_them(size: str) -> None:
    """Both sides have the same features, and every threshold is a probability."""
    file = STANCES[size] / "classifier.json"
    classifier = load_classifier(file, json.loads(file.read_text("utf-8"))["stance"])
    assert classifier.supports.keys() == classifier.conflicts.keys() == WEIGHTS.keys()
    for least in (classifier.supports_from, classifier.conflicts_from, classifier.disputes_from):
        assert 0.5 <= least < 1


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "cannot be read"),
        ("{", "cannot be read"),
        ("[]", "cannot be read"),
        ('{"stance": "mine", "parameters": {}}', "cannot be read"),
        ('{"stance": "another", "parameters": PARAMETERS}', "was fitted to another, not to mine"),
    ],
)
def test_weights_that_do_not_fit_are_refused(
    tmp_path: Path, content: str | None, complaint: str
) -> None:
    """Missing, broken, incomplete, or fitted to another model: by the name of the file, and with
    what to do."""
    file = tmp_path / "classifier.json"
    read = {"supports": WEIGHTS, "conflicts": WEIGHTS, "supports_from": 0.7,
            "conflicts_from": 0.8, "disputes_from": 0.9}  # fmt: skip
    if content is not None:
        file.write_text(content.replace("PARAMETERS", json.dumps(read)), "utf-8")
    with pytest.raises(WeightsMismatch, match=complaint) as refused:
        load_classifier(file, "mine")
    assert str(file) in str(refused.value)
    assert "training/stance/README.md" in str(refused.value)
