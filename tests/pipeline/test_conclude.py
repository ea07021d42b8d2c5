"""The verdict counts independent origins on both sides."""

from dataclasses import replace

import pytest

from service.domain.article import Article
from service.domain.quote import Attribution
from service.domain.text import Span
from service.domain.verdict import Evidence, Stance, Successor, Verdict, Why
from service.pipeline.conclude import conclude, not_checkable
from service.pipeline.select import Sides

CHANGED = "a newer report has changed a figure."
ARTICLE = Article(id="a", text="The dam held.")


def side(*origins: str, confidence: float = 0.9) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(Stance.SUPPORTS, confidence, ARTICLE, Span(0, 3), Attribution(), origin=origin)
        for origin in origins
    )


@pytest.mark.parametrize(
    ("supporting", "conflicting", "mentions", "verdict", "summary"),
    [
        (
            ["o1"], [], [], Verdict.SUPPORTED,
            "1 independent origin supports the claim; none conflicts with it.",
        ),
        (
            [], ["o1", "o1"], [], Verdict.CONTRADICTED,
            "1 independent origin conflicts with the claim; none supports it.",
        ),
        (
            ["o1", "o2"], ["o3"], [], Verdict.DISPUTED,
            "2 independent origins support the claim, 1 conflicts with it.",
        ),
        (
            ["o1"], ["o1"], [], Verdict.INSUFFICIENT,
            "The index has related reports, but none that decides the claim.",
        ),
        (
            [], [], ["o1"], Verdict.INSUFFICIENT,
            "The index has related reports, but none that decides the claim.",
        ),
        ([], [], [], Verdict.NO_EVIDENCE, "Nothing relevant is in the index."),
    ],
)  # fmt: skip
def test_a_verdict_says_how_many_origins_say_what(
    supporting: list[str],
    conflicting: list[str],
    mentions: list[str],
    verdict: Verdict,
    summary: str,
) -> None:
    """Two quotes of one origin count once; one origin on both sides disputes nothing."""
    conclusion = conclude(Sides(side(*supporting), side(*conflicting), side(*mentions)))
    assert (conclusion.verdict, conclusion.summary) == (verdict, summary)


def test_confidence_is_that_of_the_strongest_quote_that_decides() -> None:
    """The weaker side's when disputed, none where nothing decides."""
    strong, weak = side("o1", confidence=0.9), side("o2", confidence=0.6)
    assert conclude(Sides(weak + strong, (), ())).confidence == 0.9
    assert conclude(Sides(strong, weak, ())).confidence == 0.6
    assert conclude(Sides((), (), strong)).confidence is None


def test_one_origin_that_changed_its_figure_has_the_last_word() -> None:
    """It disputes nothing, as any single origin, but what it says now holds."""
    now = side("o1", confidence=0.6)
    before = tuple(replace(one, superseded_by=Successor(ARTICLE, Span(0, 3))) for one in side("o1"))
    ended = "its own older report {} it; " + CHANGED
    for sides, verdict, summary in (
        (Sides(before, now, ()), Verdict.CONTRADICTED,
         "1 independent origin conflicts with the claim; " + ended.format("supports")),
        (Sides(now, before, ()), Verdict.SUPPORTED,
         "1 independent origin supports the claim; " + ended.format("conflicts with")),
        (Sides(before, side("o2"), ()), Verdict.DISPUTED,
         "1 independent origin supports the claim, 1 conflicts with it; " + CHANGED),
    ):  # fmt: skip
        conclusion = conclude(sides)
        assert (conclusion.verdict, conclusion.summary) == (verdict, summary)
    assert conclude(Sides(before, now, ())).confidence == 0.6


def test_what_a_newer_report_says_has_ended_counts_no_more() -> None:
    """Whoever told of it, and on either side: the newer word is the verdict, and the summary says
    why."""
    ends = Successor(ARTICLE, Span(0, 3), ends=True)
    over = tuple(replace(one, superseded_by=ends) for one in side("o1", "o2"))
    now = side("o3", confidence=0.6)
    ended = "; what an older report says has ended."
    for sides, verdict, summary in (
        (Sides(over, now, ()), Verdict.CONTRADICTED,
         "1 independent origin conflicts with the claim; only older reports support it"),
        (Sides(now, over, ()), Verdict.SUPPORTED,
         "1 independent origin supports the claim; only older reports conflict with it"),
        (Sides((*over, *side("o4")), now, ()), Verdict.DISPUTED,
         "3 independent origins support the claim, 1 conflicts with it"),
    ):  # fmt: skip
        conclusion = conclude(sides)
        assert (conclusion.verdict, conclusion.summary) == (verdict, summary + ended)


@pytest.mark.parametrize("why", Why)
def test_what_is_not_checkable_says_why(why: Why) -> None:
    """In a sentence of its own for each reason, without a confidence and without quotes."""
    conclusion = not_checkable(why)
    assert (conclusion.verdict, conclusion.confidence, conclusion.why) == (
        Verdict.NOT_CHECKABLE, None, why,
    )  # fmt: skip
    assert conclusion.summary.startswith(("This is ", "Nothing here tells "))
    assert [not_checkable(other).summary for other in Why].count(conclusion.summary) == 1
    assert conclusion.sides == Sides((), (), ())
