"""A draft is read without its markup, and every word of it has its place in the draft."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from service.domain.draft import Draft, DraftFormat
from service.domain.text import Span
from service.english.text.paragraphs import paragraphs
from service.pipeline.markup import matches, prose
from tests.growth import MOST, growth

MARKED_UP = st.text("ab <>/&;#x!-*_[]()`|>\"'~^:\n\r\t\\\0", max_size=120)
MARKDOWN, HTML, TEXT = DraftFormat.MARKDOWN, DraftFormat.HTML, DraftFormat.TEXT


@given(MARKED_UP, st.sampled_from(DraftFormat))
@example("| a\\|b | \t c |\n|---|---|\n| x \\| | y |", MARKDOWN)
@example("> 1. a\n>\t b\r\n> ~~~b~~~ *c*", MARKDOWN)
def test_every_letter_stands_where_it_says(text: str, form: DraftFormat) -> None:
    """A letter of the prose is the letter of the draft at its place, or part of an entity's."""
    read = prose(Draft(text, form))
    for offset, letter in enumerate(read.words):
        if letter in "ab":
            place = read.origin(Span(offset, offset + 1)).of(text)
            assert letter in place
            assert len(place) == 1 or "&" in place or "\\" in place or "\t" in place


@given(MARKED_UP)
def test_plain_text_is_read_as_it_is(text: str) -> None:
    """It has no markup; only carriage returns become spaces."""
    assert prose(Draft(text)).words == text.replace("\r", " ")


@pytest.mark.parametrize(
    ("form", "text", "words"),
    [
        (MARKDOWN, "# Title\n\nThe **dam** held.", "The dam held."),
        (MARKDOWN, "- The [dam](https://x.example/a) held.", "The dam held."),
        (MARKDOWN, "---\ntitle: x\n---\nThe dam held.", "The dam held."),
        (MARKDOWN, "---\r\ntitle: x\r\n---\r\nThe dam held.", "The dam held."),
        (
            MARKDOWN,
            "---\nThe road did not.\n\n---\nThe dam held.",
            "The road did not. The dam held.",
        ),
        (MARKDOWN, "```\ncode\n```\nThe dam held.", "The dam held."),
        (MARKDOWN, "The dam held.\n\n    The road did not.\n", "The dam held."),
        (MARKDOWN, "> 1. The `x` snake_case dam held.", "The snake_case dam held."),
        (MARKDOWN, "The dam un**believ**ably held.", "The dam unbelievably held."),
        (MARKDOWN, "The dam ~~broke~~ held.", "The dam held."),
        (MARKDOWN, "The dam <del>broke</del> <b>held</b>.", "The dam held."),
        (
            MARKDOWN,
            "The dam held.[^1]\n\n[^1]: The road did not.",
            "The dam held. The road did not.",
        ),
        (MARKDOWN, "|what|\n|-|\n|The dam held.|\n", "The dam held."),
        (MARKDOWN, "<div>\nThe <i>dam</i> held.\n</div>\n", "The dam held."),
        (MARKDOWN, "![The road](a.png) The dam held &amp; held\\*.", "The dam held & held*."),
        (
            MARKDOWN,
            "The dam held.\n---\nThe [dam][1] held.\n\n[1]: a",
            "The dam held. The dam held.",
        ),
        (MARKDOWN, "<!-- desk: check\nthe figure -->\nThe dam held.", "The dam held."),
        (MARKDOWN, "The dam held. <!-- The road\n\ndid not. -->", "The dam held."),
        (MARKDOWN, "The dam <!-- no --> held <!-- yes -->.", "The dam held ."),
        (MARKDOWN, "The dam held <!-- it did.", "The dam held <!-- it did."),
        (HTML, "<p>The <b>dam</b> held.</p>", "The dam held."),
        (HTML, "<script>if (a<b) {}</script>The dam held.", "The dam held."),
        (HTML, "<!-- no -->The dam&nbsp;held &amp; held.", "The dam held & held."),
        (HTML, "<p hidden>The road did not.</p><p>The dam held.</p>", "The dam held."),
        (HTML, '<p style="display: none">No.<p>No.</p></p>The dam held.', "The dam held."),
        (HTML, '<i style="left:-9999px">No.</i>The dam held.', "The dam held."),
        (HTML, '<i style="margin-left:-120px">The dam</i> held.', "The dam held."),
        (HTML, "The dam <s>broke</s><del>fell</del> held.", "The dam held."),
        (HTML, '<img alt="a > b" title=hidden>The dam held.', "The dam held."),
        (HTML, "<code>The dam held.", "The dam held."),
        (HTML, '<a title="x>The dam held. <b>It did.</b>', "The dam held. It did."),
        (HTML, "2 < 3 and &#99999999999;", "2 < 3 and &#99999999999;"),
        (TEXT, "The *dam* held. <b>", "The *dam* held. <b>"),
    ],
)
def test_markup_is_no_prose(form: DraftFormat, text: str, words: str) -> None:
    """Tags, marks, addresses, code and what is struck out are gone, whatever is not closed stays,
    and plain text is left as it is."""
    assert " ".join(prose(Draft(text, form)).words.split()) == words


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (MARKDOWN, "The dam\nheld on\nMonday.\n\nIt rained.\n"),
        (MARKDOWN, "> The dam held\n> on Monday.\n\n- It\n  rained.\n"),
        (HTML, "<p>\n    The dam held\n    on Monday.</p><p>It\nrained.\n</p>"),
        (HTML, "<ul><li>The dam held on Monday.<li>It rained.</ul>"),
    ],
)
def test_a_paragraph_is_one_however_its_lines_are_broken(form: DraftFormat, text: str) -> None:
    """A line break in it is a space; the next block is another paragraph."""
    words = prose(Draft(text, form)).words
    found = [span.of(words).split() for span in paragraphs(words)]
    assert found == ["The dam held on Monday.".split(), ["It", "rained."]]


def test_words_with_markup_inside_are_placed_with_it() -> None:
    """From the first letter to the last, whatever stands between."""
    text = "- Un**believ**able: R&amp;D &mdash; [the](x) *dam*[^1] held"
    read = prose(Draft(text, MARKDOWN))
    start = read.words.index("the")
    assert read.origin(Span(0, 13)).of(text) == "Un**believ**able:"
    assert read.origin(Span(start - 2, start - 1)).of(text) == "&mdash;"
    assert read.origin(Span(start, start + 7)).of(text) == "the](x) *dam"


def test_what_is_to_be_ignored_is_blank() -> None:
    """Spans and patterns with wildcards are taken out; a wildcard stays within its line."""
    text = "Keep. [note: a] Keep.\n[note: b\n] Keep."
    draft = Draft(text, ignored_spans=(Span(0, 5), Span(37, 90)), ignored_patterns=("[note:*]",))
    assert " ".join(prose(draft).words.split()) == "Keep. [note: b ] Keep"
    entity = Draft("A &amp; B", HTML, ignored_spans=(Span(4, 5),))
    assert prose(entity).words == "A   B"


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("a*b*c", "a b b c a\nb c abc", ["a b b c", "abc"]),
        ("*b", "ab cb\nb d", ["ab", " cb", "b"]),
        ("a*", "aa", ["a", "a"]),
        ("a\n*c", "a a\nb c\nc a\nd", ["a\nb c"]),
        ("a*\nb", "a a\nb", ["a a\nb"]),
        ("**", "a\nb", ["a\nb"]),
    ],
)
def test_a_wildcard_stands_for_as_little_as_it_can(
    pattern: str, text: str, found: list[str]
) -> None:
    """From left to right, within one line."""
    assert [span.of(text) for span in matches(pattern, text)] == found


HOSTILE = (
    "<!--", "<!-- ", "<!--->", "<script ", "<script>", "<p ", '<p "', "<p '>\"", "<p hidden>", "<a",
    "<del>", "</p>", "<", "<?", "<![CDATA[", "<p a = ", "&", "&#1", "&amp;", "```a", "```a\n",
    "`a``", "![", "](", "[", "[a](", "[a](<b", "[^1]", "[a]: b\n", "~~~a", "~~a ", "**a ", "_a ",
    "*a **b ", "> a\n", "- a\n", "- - ", "  - a\n", "1. ", "|a|\n|-|\n", "| a ", "\\", "\t",
    "a\n===\n", "# ", "<!-- \n\n", "a  \n",
)  # fmt: skip
"""What opens markup and does not close it, and much of what does."""


@pytest.mark.parametrize("form", [MARKDOWN, HTML])
def test_no_markup_takes_longer_than_its_length(form: DraftFormat) -> None:
    """Twice the draft is read in twice the time, whatever is repeated in it."""
    slow = {
        (start, fragment): ratio
        for start in ("", "a ")
        for fragment in HOSTILE
        if (ratio := growth(lambda text: prose(Draft(text, form)), fragment, start=start)) > MOST
    }
    assert not slow


@pytest.mark.parametrize("pattern", ["a*a*a*a*a*b", "*a*a*a*a*b", "*\n*a*b", "a\na*b"])
@pytest.mark.parametrize("fragment", ["a", "ab", "a\n", "aaaaaaaaab\n"])
def test_no_pattern_takes_longer_than_the_draft(pattern: str, fragment: str) -> None:
    """Nor do twenty patterns that nearly match everywhere, or many spans."""

    def ignoring(text: str) -> object:
        spans = tuple(Span(i, i + 1) for i in range(0, len(text), 3))
        return prose(Draft(text, ignored_spans=spans, ignored_patterns=(pattern,) * 20))

    assert growth(ignoring, fragment) <= MOST
