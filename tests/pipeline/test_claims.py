"""Only what states something is checked, and what does not says why."""

import pytest

from service.domain.verdict import Why
from service.pipeline.claims import states_something, why_not_checkable


@pytest.mark.parametrize(
    "claim",
    [
        "The Tern Dam was built in 1951.",
        "Ms. Ode said that the dam is the most beautiful in the land.",
        "Repairs will cost $4.2 million.",
        "Nobody was hurt.",
        "Quillfeather denied it would cut jobs",
        "Prices fell sharply.",
        "He Weiwen warned of a trade war.",
        "It is illegal to park here.",
        "It was Ada Ode who built the dam.",
        "What the mayor said was wrong.",
        "When the dam broke, nine people died.",
        "Where the mill stood there is a school.",
        "Is it true, she asked, that the dam held.",
        "Read is a town in Lancashire.",
        "This week the dam held.",
        "That dam was built in 1951.",
        "The article was published in 2019.",
        "It rained on Monday.",
        "How many people were hurt is not known.",
        "“I think the dam should be closed,” Ada Ode said.",
    ],
)
def test_a_statement_is_checkable(claim: str) -> None:
    """Facts, plans with figures, opinions that somebody is on record with, and what only looks
    like a question, a request, or a sentence without its subject."""
    assert why_not_checkable(claim) is None


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ("Will the dam hold?", Why.QUESTION),
        ("“Who built it?”", Why.QUESTION),
        ("Who built the dam that broke on Monday?", Why.QUESTION),
        ("how many people were hurt", Why.QUESTION),
        ("how many of the people were hurt", Why.QUESTION),
        ("is the Sallow Bridge closed", Why.QUESTION),
        ("The Tern Dam is the most beautiful dam in the land.", Why.OPINION),
        ("I think the dam was closed.", Why.OPINION),
        ("The council should resign.", Why.OPINION),
        ("Sadly, the dam broke.", Why.OPINION),
        ("The dam will probably break one day.", Why.PREDICTION),
        ("The dam is likely to break.", Why.PREDICTION),
        ("Imagine a dam that holds.", Why.COMMAND),
        ("Please close the dam.", Why.COMMAND),
        ("Let's look at the dam.", Why.COMMAND),
        ("bridge", Why.FRAGMENT),
        ("Port Sallow", Why.FRAGMENT),
        ("The old bridge at dawn", Why.FRAGMENT),
        ("", Why.FRAGMENT),
        ("…", Why.FRAGMENT),
        ("This article is more than 2 years old", Why.FRAGMENT),
        ("Sign up to our newsletter.", Why.FRAGMENT),
        ("Read more about the dam here.", Why.FRAGMENT),
        ("Copyright 2025 Vell Herald.", Why.FRAGMENT),
        ("— Ada Ode (@adaode) May 5, 2025", Why.FRAGMENT),
        ("That has not changed.", Why.NO_SUBJECT),
        ("He was there.", Why.NO_SUBJECT),
        ("They said that the dam held.", Why.NO_SUBJECT),
        ("It was closed.", Why.NO_SUBJECT),
        ("“This means war.”", Why.NO_SUBJECT),
    ],
)
def test_what_no_archive_can_bear_out_says_why(claim: str, why: Why) -> None:
    """So that nothing is asked of the archive, and the asker knows what to write instead."""
    assert why_not_checkable(claim) is why


@pytest.mark.parametrize(
    ("sentence", "checked"),
    [
        ("The dam held.", True),
        ("The dam holds 40 million litres", True),
        ("A history of the dam", False),
        ("Looking ahead", False),
        ("Why?", False),
        ("It was closed.", False),
    ],
)
def test_a_heading_is_not_checked_but_a_list_item_is(sentence: str, checked: bool) -> None:
    """Both end without a full stop; the item has a verb or a figure. Nor is a sentence that only
    its neighbours explain."""
    assert states_something(sentence) is checked
