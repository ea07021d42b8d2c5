"""The verdict counts independent origins on both sides."""

from dataclasses import replace

import pytest

from service.domain.article import Article
from service.domain.quote import Attribution
from service.domain.text import Span
from service.domain.verdict import Evidence, Stance, Successor, Verdict
from service.pipeline.conclude import conclude
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
    assert conclude(Sides((), (), strong)).confidence == 0.0


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
