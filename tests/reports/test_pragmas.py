"""Comments that silence a rule say which and why, and reach no further than the next block."""

import pytest

from service.domain.draft import DraftFormat
from service.domain.errors import InvalidInput
from service.domain.finding import RuleId
from service.domain.text import Span
from service.reports.pragmas import pragmas

MARKDOWN = """\
# A bridge

<!-- onrecord: ignore number-differs, claim-disputed because both counts
     are in the next paragraph -->

It carries 18,000 cars
a day.

It opened in 1958.

- It is long.
<!-- Onrecord: ignore date-differs because the almanac says so -->
- It is old.
- It is red.

| year | cars |
|---|---|
| It had 9. <!-- onrecord: ignore number-differs because it is a toy --> | It had 10. |
"""


def silent(text: str, form: DraftFormat) -> list[tuple[set[str], str, str]]:
    """Rules, reason and block of each pragma."""
    return [
        ({*pragma.rules}, pragma.reason, pragma.block.of(text)) for pragma in pragmas(text, form)
    ]


def test_the_next_block_is_silent_for_these_rules() -> None:
    """A paragraph, a list item, the cell of a table; the reason is in one line."""
    assert silent(MARKDOWN, DraftFormat.MARKDOWN) == [
        (
            {RuleId.NUMBER_DIFFERS, RuleId.CLAIM_DISPUTED},
            "both counts are in the next paragraph",
            "It carries 18,000 cars\na day.",
        ),
        ({RuleId.DATE_DIFFERS}, "the almanac says so", "It is old."),
        ({RuleId.NUMBER_DIFFERS}, "it is a toy", "It had 10."),
    ]


def test_a_finding_elsewhere_or_of_another_rule_is_not_silent() -> None:
    """Only what overlaps the block."""
    pragma = pragmas(MARKDOWN, DraftFormat.MARKDOWN)[0]
    start = pragma.block.start
    assert pragma.silences(RuleId.NUMBER_DIFFERS, Span(start + 3, start + 5))
    assert not pragma.silences(RuleId.QUOTE_ALTERED, Span(start + 3, start + 5))
    after = MARKDOWN.index("It opened")
    assert not pragma.silences(RuleId.NUMBER_DIFFERS, Span(after, after + 5))
    assert not pragma.silences(None, pragma.block)


def test_html_has_the_same_comments() -> None:
    """The next paragraph; what stands after the last one silences nothing."""
    text = (
        "<p>One.</p><!-- onrecord: ignore quote-altered because a joke --><p>Two &amp;\n three.</p>"
        "<p>Four.</p><!-- onrecord: ignore quote-altered because the end -->"
    )
    assert silent(text, DraftFormat.HTML) == [
        ({RuleId.QUOTE_ALTERED}, "a joke", "Two &amp;\n three."),
        ({RuleId.QUOTE_ALTERED}, "the end", ""),
    ]


def test_plain_text_and_other_comments_have_none() -> None:
    """A text file shows its comments to the reader, so they are none."""
    assert pragmas(MARKDOWN, DraftFormat.TEXT) == ()
    assert pragmas("<!-- see onrecord: ignore this -->\n\nIt is.", DraftFormat.MARKDOWN) == ()


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("ignore number-differs", "line 3, column 1: say why number-differs is ignored"),
        ("ignore number-differs because", "line 3, column 1: say why number-differs is ignored"),
        ("ignore number-differz because x", "there is no rule “number-differz”; did you mean"),
        ("ignore everything because x", "there is no rule “everything”; there are claim-"),
        ("ignore because x", "no rule is named; write <!-- onrecord: ignore RULE because"),
        ("hush number-differs because x", "line 3, column 1: Onrecord knows no such instruction"),
        ("", "line 3, column 1: Onrecord knows no such instruction"),
    ],
)
def test_what_cannot_be_followed_is_an_error_that_says_so(said: str, problem: str) -> None:
    """A pragma without effect would be a false alarm that nobody understands."""
    text = f"# A\n\n<!-- onrecord: {said} -->\n\nIt is."
    with pytest.raises(InvalidInput, match=r"^line 3, column 1: ") as raised:
        pragmas(text, DraftFormat.MARKDOWN)
    assert problem in str(raised.value)
