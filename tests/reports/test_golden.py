"""Every format, character for character, on one report that has every kind of finding."""

import pytest

from service.reports.formats import FORMATS
from tests.reports.made_report import GOLDEN, golden

MADE = dict(golden())


@pytest.mark.parametrize("name", MADE)
def test_a_format_is_as_in_its_golden_file(name: str) -> None:
    """What changes on purpose is written anew: `python -m tests.reports.made_report`."""
    assert MADE[name] == (GOLDEN / name).read_text(encoding="utf-8")


def test_every_format_has_its_golden_file() -> None:
    """One for each row of the table, the summary of a job, and none that is left over."""
    assert len(MADE) == len(FORMATS) + 1
    assert sorted(MADE) == sorted(file.name for file in GOLDEN.iterdir())


def test_no_two_formats_have_one_media_type() -> None:
    """`Accept` picks one."""
    assert len({form.media_type for form in FORMATS.values()}) == len(FORMATS)
