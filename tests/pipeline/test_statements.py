"""A draft becomes claims that can be read alone, each at its place in the author's own words."""

import pytest

from service.domain.draft import Draft, DraftFormat
from service.pipeline.statements import Statement, read_statements

BRIDGE = """\
Mayor Ottoline Brask closed the bridge on Monday. She was elected in 2021.

“We will not pay. The county owns the cables,” Brask said.

The bridge was closed in May, and the ferry was given two more boats.
"""


async def read(text: str, kind: DraftFormat = DraftFormat.TEXT) -> tuple[Statement, ...]:
    return await read_statements(Draft(text, kind), None)


async def test_claims_stand_alone_and_spans_are_the_authors_words() -> None:
    """Pronouns and short names resolved, a quotation with its speaker, a compound cut in two."""
    found = await read(BRIDGE)
    assert [(statement.span.of(BRIDGE), statement.claim) for statement in found] == [
        (
            "Mayor Ottoline Brask closed the bridge on Monday.",
            "Mayor Ottoline Brask closed the bridge on Monday.",
        ),
        ("She was elected in 2021.", "Mayor Ottoline Brask was elected in 2021."),
        ("“We will not pay.", "Mayor Ottoline Brask said: “We will not pay.”"),
        (
            "The county owns the cables,” Brask said.",
            "The county owns the cables,” Mayor Ottoline Brask said.",
        ),
        ("The bridge was closed in May", "The bridge was closed in May."),
        ("the ferry was given two more boats.", "The ferry was given two more boats."),
    ]


async def test_a_quotation_belongs_to_the_statement_in_which_it_begins() -> None:
    """Once, whole, with its speaker, at its place."""
    found = await read(BRIDGE)
    ((quoted, of),) = [(quoted, each) for each in found for quoted in each.quoted]
    assert quoted.words == "We will not pay. The county owns the cables,"
    assert quoted.span.of(BRIDGE) == quoted.words
    assert of.span.of(BRIDGE) == "“We will not pay."
    assert quoted.speaker is not None
    assert quoted.speaker.resolved is not None
    assert quoted.speaker.resolved.text == "Mayor Ottoline Brask"


@pytest.mark.parametrize(
    "text",
    [
        "The unit is called the “Buran Brigade.”",
        "The so-called “reform” failed in 2019.",
        "Poe is the author of “The Long Road to Vell.”",
    ],
)
async def test_names_and_irony_are_no_quotations(text: str) -> None:
    """Marks around a title, or around a word or two of nobody's."""
    assert [statement.quoted for statement in await read(text)] == [()]


async def test_a_quotation_is_verified_even_where_nothing_else_is_checked() -> None:
    """An opinion is no claim, and its words are on record or not all the same."""
    text = "“Is it the most beautiful bridge of them all?” Brask asked.\n"
    ((claim, quoted),) = [(each.claim, each.quoted) for each in await read(text)]
    assert claim is None or "asked" in claim
    assert [each.words for each in quoted] == ["Is it the most beautiful bridge of them all?"]


async def test_markup_within_a_quotation_is_no_part_of_its_words() -> None:
    """The span is the author's own, markup and all."""
    text = "“We will *not* pay for ~~any~~ the bridge,” Mayor Anna Poe said.\n"
    ((quoted,),) = [each.quoted for each in await read(text, DraftFormat.MARKDOWN)]
    assert quoted.words == "We will not pay for the bridge,"
    assert quoted.span.of(text) == "We will *not* pay for ~~any~~ the bridge,"


async def test_what_no_archive_could_bear_out_is_silent() -> None:
    """Opinions, questions, predictions, invitations and headings."""
    text = (
        "# The bridge of Port Sallow\n\nIs it safe? It is a beautiful bridge. Prices will "
        "probably rise.\n\nSubscribe to our newsletter for more stories like this one.\n"
    )
    assert await read(text, DraftFormat.MARKDOWN) == ()
