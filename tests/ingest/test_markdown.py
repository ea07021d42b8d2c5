"""Markdown as its reader sees it."""

from datetime import UTC, datetime

import pytest

from service.domain.article import Submission
from service.domain.errors import InvalidArticle
from service.ingest.markdown import plain_text, read_markdown

DOCUMENT = """
# The *bridge* reopens

The city said it is **safe**, and [the mayor](https://a.example "x") walked
across it on `Friday`.\\
She said: "It's **3,000** tons & _more_ &mdash; at 2 \\* 3."

## What it cost

- Steel: 4 million
- Labour:

  3 million
    1. of it abroad

> “Enough,” she said.

![a picture of eels](eels.jpg)

<div class="ad">Buy eels</div>

Setext
------

    code as it is

| a | b |

***
"""


def test_markup_is_taken_off() -> None:
    """No sign of markup is left between the words, so a quote reads as it was printed."""
    title, text = plain_text(DOCUMENT)
    assert title == "The bridge reopens"
    assert [line for line in text.split("\n") if line] == [
        "The city said it is safe, and the mayor walked across it on Friday.",
        'She said: "It\'s 3,000 tons & more — at 2 * 3."',
        "What it cost",
        "- Steel: 4 million",
        "- Labour:",
        "3 million",
        "- of it abroad",
        "“Enough,” she said.",
        "Setext",
        "code as it is",
        "| a | b |",
    ]


def test_lines_of_a_paragraph_are_joined() -> None:
    """Wherever they were broken; what is struck out and the marks of footnotes are left out."""
    _, text = plain_text(
        "The dam held ~~in May~~\nin June,\nthe *city* said.[^1]\n\n> It cost\n4 million.\n\n"
        "[^1]: In its\n  report.\n"
    )
    assert [line.strip() for line in text.split("\n")] == [
        "The dam held  in June, the city said.",
        "It cost 4 million.",
        "In its report.",
    ]


def test_a_row_of_a_table_is_a_line() -> None:
    """Bars stand between its cells only."""
    _, text = plain_text("| what | tons |\n|---|---|\n| **steel** | 4 |\n| a\\|b | |\n")
    assert text.split("\n") == ["what | tons", "steel | 4", "a|b | "]


def test_front_matter_states_the_facts() -> None:
    """YAML between two rules at the top; what no article has is named."""
    found = read_markdown(
        "---\ntitle: On eels\nauthors: [Ann Lee]\npublished_at: 2024-10-25T09:30:00+02:00\n"
        "tags: [a]\nhtml: no\n---\n# On eels\n\nThey swim.\n"
    )
    assert found == Submission(
        text="They swim.",
        title="On eels",
        authors=("Ann Lee",),
        published_at=datetime(2024, 10, 25, 7, 30, tzinfo=UTC),
        unknown=("tags",),
    )


def test_a_heading_that_is_not_the_title_stays() -> None:
    """Nothing of the text is lost where the front matter calls it something else."""
    found = read_markdown("---\ntitle: On eels\n---\n# A longer headline\n\nThey swim.\n")
    assert (found.title, found.text) == ("On eels", "A longer headline\nThey swim.")


@pytest.mark.parametrize("opening", ["---\nProse.\n---\n", "---\n---\n", "---\nProse.\n\n"])
def test_prose_between_rules_is_no_front_matter(opening: str) -> None:
    """It stays in the text."""
    found = read_markdown(f"{opening}They swim.")
    assert found.text is not None
    assert found.text.endswith("They swim.")
    assert ("Prose." in found.text) == ("Prose." in opening)


@pytest.mark.parametrize(
    "facts",
    [
        "title: [",
        "title: 'a",
        "date: soon",
        "a: &a [*a, *a]\ntitle: *b",
        "!!python/name:os.system x",
    ],
)
def test_front_matter_that_cannot_be_is_named(facts: str) -> None:
    """Broken YAML, a field that cannot be, and objects that no article needs."""
    with pytest.raises(InvalidArticle):
        read_markdown(f"---\n{facts}\n---\nThey swim.")
