import pytest

from tests.training.contrast.made import labels, made
from training.contrast import dates
from training.contrast.change import Label

KEPT = (Label.SUPPORTS, Label.SUPPORTS)
COARSER = (Label.SUPPORTS, Label.NEUTRAL)
FINER = (Label.NEUTRAL, Label.SUPPORTS)
CHANGED = (Label.CONFLICTS, Label.CONFLICTS)


@pytest.mark.parametrize(
    ("text", "edited", "expected"),
    [
        ("It sank on May 5, 2019.", "It sank on 5 May 2019.", KEPT),
        ("It sank on 5 May 2019.", "It sank on May 5, 2019.", KEPT),
        ("It sank on May 5, 2019.", "It sank in May 2019.", COARSER),
        ("It sank on May 5, 2019.", "It sank in 2019.", COARSER),
        ("It sank in May 2019.", "It sank in 2019.", COARSER),
        ("It sank in 2013.", "It sank in the 2010s.", COARSER),
        ("It sank in 2013.", "It sank before 2016.", COARSER),
        ("It sank in 2013.", "It sank after 2016.", CHANGED),
        ("It sank in 2013.", "It sank in June 2013.", FINER),
        ("It sank in 2013.", "It sank in 2011.", CHANGED),
        ("It sank on Monday.", "It sank on Friday.", CHANGED),
        ("It sank on Monday.", "It sank.", (Label.SUPPORTS, None)),
        ("It sank on Sept. 9.", "It sank in September.", COARSER),
    ],
)
def test_coarser_follows_and_other_dates_do_not(
    text: str, edited: str, expected: tuple[Label, Label | None]
) -> None:
    """In May is on 5 May told less exactly, and on 6 May is another day."""
    assert labels(dates.changes, text)[edited] == expected


def test_every_changed_day_exists() -> None:
    """31 March never becomes 31 February."""
    for edited, as_claim, _ in made(dates.changes, "It sank on March 31, 2019."):
        assert as_claim is not Label.CONFLICTS or "31, " not in edited or "March" in edited


@pytest.mark.parametrize(
    "text", ["It ran from 2011 to 2013.", "It ran in 2013–15 only.", "He wrote Summer 1993."]
)
def test_leaves_ranges_and_titles_alone(text: str) -> None:
    """A year in a range or a name is not when the thing happened."""
    assert not made(dates.changes, text)
