import pytest

from training.contrast.numerals import numerals, spelled, written


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Rescuers freed 3,400 goats.", [3400]),
        ("The mill paid $2.5 million in wages.", [2.5e6]),
        ("Nearly twelve percent of barges sank.", [12]),
        ("The choir sold thirty-two records.", [32]),
        ("The harbour opened in 1987.", []),
        ("They met at 7 p.m. on May 4.", []),
        ("Apollo 11 carried samples.", []),
        ("The sides drew 3-3 at home.", []),
        ("One of the 12-year-old twins sang.", []),
        ("It cost between 4 and 6 crowns.", []),
        ("They gave an album called 24.", []),
    ],
)
def test_finds_what_counts_or_measures(text: str, values: list[float]) -> None:
    """Dates, times, names, scores and ranges are no quantities."""
    assert [numeral.value for numeral in numerals(text)] == values


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("They sold 3,400 goats.", 1200, "1,200"),
        ("They sold three goats.", 7, "seven"),
        ("They paid $2.5 million at once.", 4e6, "$4 million"),
        ("They lost 12% of it.", 30, "30%"),
        ("They own 450 goats.", 90, "90"),
    ],
)
def test_writes_another_value_in_the_same_style(text: str, value: float, expected: str) -> None:
    """Thousands marks, words, scales and signs stay."""
    assert written(next(numerals(text)), value) == expected


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "zero"), (17, "seventeen"), (40, "forty"), (99, "ninety-nine"), (300, "three hundred"),
     (3000, "three thousand"), (12_500, "twelve thousand five hundred")],
)  # fmt: skip
def test_spells_numbers(number: int, words: str) -> None:
    """Up to a million, in words."""
    assert spelled(number) == words


def test_has_no_words_for_a_million() -> None:
    """What would be wrong is refused."""
    with pytest.raises(ValueError, match="1000000"):
        spelled(1_000_000)
