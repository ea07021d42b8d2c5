"""Only what states something is checked."""

import pytest

from service.pipeline.claims import is_checkable, states_something


@pytest.mark.parametrize(
    "claim",
    [
        "The Tern Dam was built in 1951.",
        "Ms. Ode said that the dam is the most beautiful in the land.",
        "Repairs will cost $4.2 million.",
        "Nobody was hurt.",
    ],
)
def test_a_statement_is_checkable(claim: str) -> None:
    """Facts, plans with figures, and opinions that somebody is on record with."""
    assert is_checkable(claim)


@pytest.mark.parametrize(
    "claim",
    [
        "Will the dam hold?",
        "“Who built it?”",
        "The Tern Dam is the most beautiful dam in the land.",
        "I think the dam should be closed.",
        "The council should resign.",
        "The dam will probably break one day.",
        "Read more about the dam here.",
    ],
)
def test_questions_opinions_predictions_and_commands_are_not(claim: str) -> None:
    """No archive can bear them out, so none is asked."""
    assert not is_checkable(claim)


@pytest.mark.parametrize(
    ("sentence", "checked"),
    [
        ("The dam held.", True),
        ("The dam holds 40 million litres", True),
        ("A history of the dam", False),
        ("Looking ahead", False),
        ("Why?", False),
    ],
)
def test_a_heading_is_not_checked_but_a_list_item_is(sentence: str, checked: bool) -> None:
    """Both end without a full stop; the item has a verb or a figure."""
    assert states_something(sentence) is checked
