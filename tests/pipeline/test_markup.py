"""A draft's prose keeps its positions, whatever the markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.draft import Draft, DraftFormat
from service.domain.text import Span
from service.pipeline.markup import prose

MARKED_UP = st.text("ab <>/&;#x!-*_[]()`|>\"'\n\r\\", max_size=120)


@given(MARKED_UP, st.sampled_from(DraftFormat))
def test_blanking_markup_moves_nothing(text: str, form: DraftFormat) -> None:
    """Every character of the prose stands where it stood in the draft, line breaks too."""
    found = prose(Draft(text, form))
    assert len(found) == len(text)
    assert [i for i, c in enumerate(text) if c == "\n" and found[i] != "\n"] == []


@pytest.mark.parametrize(
    ("form", "text", "words"),
    [
        (DraftFormat.MARKDOWN, "# Title\n\nThe **dam** held.", "The dam held."),
        (DraftFormat.MARKDOWN, "- The [dam](https://x.example/a) held.", "The dam held."),
        (DraftFormat.MARKDOWN, "---\ntitle: x\n---\nThe dam held.", "The dam held."),
        (DraftFormat.MARKDOWN, "```\ncode\n```\nThe dam held.", "The dam held."),
        (DraftFormat.MARKDOWN, "> 1. The `x` snake_case dam held.", "The snake_case dam held."),
        (DraftFormat.MARKDOWN, "<!-- desk: check\nthe figure -->\nThe dam held.", "The dam held."),
        (DraftFormat.MARKDOWN, "The dam <!-- no --> held <!-- yes -->.", "The dam held ."),
        (DraftFormat.MARKDOWN, "The dam held <!-- it did.", "The dam held <!-- it did."),
        (DraftFormat.HTML, "<p>The <b>dam</b> held.</p>", "The dam held."),
        (DraftFormat.HTML, "<script>if (a<b) {}</script>The dam held.", "The dam held."),
        (DraftFormat.HTML, "<!-- no -->The dam&nbsp;held &amp; held.", "The dam held & held."),
        (DraftFormat.TEXT, "The *dam* held. <b>", "The *dam* held. <b>"),
    ],
)
def test_markup_is_no_prose(form: DraftFormat, text: str, words: str) -> None:
    """Tags, marks, addresses and code are gone; plain text is left as it is."""
    assert " ".join(prose(Draft(text, form)).split()) == words


def test_a_block_ends_its_paragraph() -> None:
    """Two paragraphs of a page do not run together into one sentence."""
    assert "\n" in prose(Draft("<p>The dam held</p><p>The road did not</p>", DraftFormat.HTML))


def test_what_is_to_be_ignored_is_blank() -> None:
    """Spans and patterns with wildcards are taken out; a wildcard stays within its line."""
    text = "Keep. [note: a] Keep.\n[note: b\n] Keep."
    draft = Draft(text, ignored_spans=(Span(0, 5),), ignored_patterns=("[note:*]",))
    assert " ".join(prose(draft).split()) == "Keep. [note: b ] Keep."
