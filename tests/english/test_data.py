"""The word lists are sorted, have nothing twice, and say what they are."""

from pathlib import Path

import pytest

from service.english import lexicon

DATA = Path(lexicon.__file__).parent / "data"
FILES = sorted(DATA.glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_list_is_sorted_and_has_nothing_twice(file: Path) -> None:
    """So that a word is found by eye, and added once."""
    lines = file.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if not line.startswith("#")]
    by_case = str.casefold if file.name.startswith("outlet") else str
    assert rows == sorted(set(rows), key=by_case)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_list_says_what_it_is(file: Path) -> None:
    """In its first line."""
    assert file.read_text(encoding="utf-8").startswith("# ")


def test_a_country_has_its_forms_to_itself() -> None:
    """Else two countries would be one."""
    rows = [
        set(line.split())
        for line in (DATA / "countries.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert sum(map(len, rows)) == len(set[str]().union(*rows))
