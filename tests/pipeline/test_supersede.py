"""Time matters: a newer figure of the same source is said to have replaced the older."""

from dataclasses import replace

import pytest

from service.domain.article import Article
from service.domain.verdict import Evidence, Verdict
from service.pipeline.conclude import conclude
from service.pipeline.select import Sides
from tests.pipeline.judging import CONFLICTS, SUPPORTS, article, sides

CLAIM = "The port of Vell employs 3,000 dockers."
OLDER = "The port of Vell employs 3,000 dockers, the port authority said."
NEWER = "The port of Vell now employs 4,500 dockers, the port authority said."


async def found(older: str, *newer: Article, claim: str = CLAIM) -> Sides:
    """The claim against a report of 1 May and newer ones, which support it if they have 3,000."""
    opinions = {
        "3,000": SUPPORTS,
        "4,500": CONFLICTS,
        "5,200": CONFLICTS,
        "nearly": CONFLICTS,
        "450": CONFLICTS,
    }
    return await sides(claim, [article(older), *newer], **opinions)


def without_source(report: str) -> str:
    """What is shown of it: who says so is in the attribution."""
    return report.removesuffix(", the port authority said.")


def successor(evidence: Evidence) -> str | None:
    """The newer quote, which is a slice of its article."""
    newer = evidence.superseded_by
    if newer is None:
        return None
    assert newer.quote in newer.article.text
    return newer.quote


async def test_a_newer_figure_of_the_same_source_supersedes() -> None:
    """The older one is shown, marked; the newer is not; and the summary says so."""
    both = await found(OLDER, article(NEWER, day=9, publisher="Orm Post"))
    assert [successor(one) for one in both.supporting] == [without_source(NEWER)]
    assert [successor(one) for one in both.conflicting] == [None]
    conclusion = conclude(both)
    assert conclusion.verdict is Verdict.DISPUTED
    assert conclusion.summary == (
        "1 independent origin supports the claim, 1 conflicts with it; "
        "a newer report has changed a figure."
    )


@pytest.mark.parametrize(
    "newer",
    [
        "The port of Vell employs 4,500 dockers, a spokesman for the port authority said.",
        "The port authority’s count of dockers employed at the port of Vell is 4,500 dockers.",
        "The port of Vell employs 4,500 and not 3,000 dockers, the port authority said.",
        "The port of Vell employs 4,500 dockers, up from 3,000, the port authority said.",
    ],
)
async def test_a_related_source_supersedes_too(newer: str) -> None:
    """Those who speak for it, an article that names it, and a correction that repeats what it
    takes back."""
    reports = [article(OLDER), article(newer, day=9, publisher="Orm Post")]
    both = await sides(CLAIM, reports, **{"employs 3,000": SUPPORTS, "4,500": CONFLICTS})
    assert [successor(one) is not None for one in both.supporting] == [True]


async def test_a_publishers_own_word_supersedes_its_own() -> None:
    """Narration of one publisher; that of another is another source."""
    older = "The port of Vell employs 3,000 dockers."
    newer = "The port of Vell employs 4,500 dockers."
    for publisher, superseded in (("VELL HERALD", True), ("Orm Post", False)):
        both = await found(older, article(newer, day=9, publisher=publisher))
        assert [successor(one) is not None for one in both.supporting] == [superseded]


@pytest.mark.parametrize(
    "newer",
    [
        article("The port of Vell employs 4,500 dockers, the union said.", day=9),
        article("The port of Vell employs 4,500 clerks, the port authority said.", day=9),
        article("Some 450 dockers had been assigned to a crew known as the Old Annex, the port"
                " authority said.", day=9),
        article("The port of Vell employs 3,000 dockers, the port authority said.", day=9,
                publisher="Orm Post"),
        article("The port of Vell employs nearly 3,000 dockers, the port authority said.", day=9,
                publisher="Orm Post"),
        article(NEWER, day=1, publisher="Orm Post"),
        Article(id="undated", text=NEWER, publisher="Orm Post"),
    ],
    ids=["another source", "another thing", "a part of it", "the same", "much the same",
         "same day", "undated"],
)  # fmt: skip
async def test_what_changes_no_figure_of_that_source_supersedes_nothing(newer: Article) -> None:
    """Two sources disagree; two things are counted; figures agree; neither is newer."""
    both = await found(OLDER, newer)
    assert both.supporting
    assert {successor(one) for one in (*both.supporting, *both.conflicting)} == {None}


async def test_a_guessed_date_makes_nothing_newer() -> None:
    """Neither the newer report's nor the older one's; evidence with one stands after the rest."""
    newer = article(NEWER, day=9, publisher="Orm Post")
    guessed = replace(newer, published_at_guessed=True, revision="")
    both = await found(OLDER, guessed)
    assert {successor(one) for one in (*both.supporting, *both.conflicting)} == {None}
    early = replace(article(OLDER), published_at_guessed=True, revision="")
    late = article(OLDER.replace("authority said", "director said"), day=3, publisher="Orm Post")
    both = await sides(CLAIM, [early, newer, late], **{"3,000": SUPPORTS, "4,500": CONFLICTS})
    assert [successor(one) for one in both.supporting] == [None, None]
    assert [one.article for one in both.supporting] == [late, early]


async def test_of_several_updates_the_newest_counts() -> None:
    """Each older one is superseded by the last."""
    middle = article(NEWER, day=5, publisher="Orm Post")
    last = article(NEWER.replace("4,500", "5,200"), day=9, publisher="Orm Post")
    both = await found(OLDER, last, middle)
    latest = last.text
    assert [successor(one) for one in both.supporting] == [without_source(latest)]
    assert [successor(one) for one in both.conflicting] == [None, without_source(latest)]


async def test_a_figure_that_comes_back_is_not_superseded() -> None:
    """Up, then down again: the first report holds, the second does not."""
    middle = article(NEWER, day=5, publisher="Orm Post")
    again = article(OLDER, day=9, publisher="Delta Wire")
    both = await found(OLDER, middle, again)
    assert {successor(one) for one in both.supporting} == {None}
    assert [successor(one) for one in both.conflicting] == [without_source(OLDER)]


async def test_evidence_is_newest_first_within_a_side() -> None:
    """Undated last, whatever the certainty; what decides nothing stays in its own order."""
    texts = {3: "the union said", 7: "the owner said", 5: "the mayor said", 0: "the bank said"}
    reports = [
        Article(id=f"d{day}", text=text, publisher=f"P{day}")
        if not day
        else article(text, day=day, publisher=f"P{day}", name=f"d{day}")
        for day, said in texts.items()
        for text in [f"The port of Vell employs 3,000 dockers, {said}."]
    ]
    both = await sides(CLAIM, reports, dockers=SUPPORTS)
    assert [one.article.id for one in both.supporting] == ["d7", "d5", "d3", "d0"]
