"""Sentences and passages of news prose; every example is invented."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.text import normalise
from service.english.text.segment import (
    MAX_PASSAGE_CHARS,
    MAX_PASSAGE_SENTENCES,
    segment,
)
from service.english.text.sentences import MAX_SENTENCE_CHARS

# One sentence a line, a blank line between paragraphs.
GOLD = (Path(__file__).parent / "gold_sentences.txt").read_text("utf-8").strip().split("\n\n")

# What trips splitters, in any order: hypothesis puts it together.
SCRAPS = st.sampled_from(
    [
        *("Mr. ", "U.S. ", "Jan. 5", "p.m. ", "May. ", "No. ", "J.\u00a0K. ", "2.5", "…", "“", "”"),
        *('"', "’", "‘", "(", ")", "[", "。", "」", "؟ ", "😀", "e\u0301", "\u200b", "\u3000", "—"),
        *("Ana", "said", "iPhone", "x" * 90, ". ", "? ", "! ", " ", "\n", "\n\n", "\n- ", "\n1. "),
        *("\n# ", "***", "\u202b", "שלום", "國會", "\t"),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(SCRAPS, max_size=60).map("".join)).map(normalise)


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in segment(text).sentences]


def passages(text: str) -> list[str]:
    return [passage.span.of(text) for passage in segment(text).passages]


@pytest.mark.parametrize("paragraph", GOLD, ids=lambda paragraph: paragraph[:40])
def test_news_prose_is_cut_where_a_reader_would(paragraph: str) -> None:
    """Each hand-checked paragraph, set on one line, comes apart into its sentences again."""
    expected = paragraph.split("\n")
    assert sentences(" ".join(expected)) == expected


def test_each_line_is_a_paragraph_of_its_own() -> None:
    """Single newlines and blank lines alike end a sentence, with or without a full stop."""
    text = "A heading without a stop\nThe river rose.\n\n  \n\nIt fell again\nBy Ana Silva"
    assert sentences(text) == [
        "A heading without a stop",
        "The river rose.",
        "It fell again",
        "By Ana Silva",
    ]


def test_list_items_are_units_without_their_markers() -> None:
    """Bullets, dashes, numbers and hashes are markup; the words after them are the sentence."""
    text = (
        "# What we know\n- Approximately 10,000 people left\n• Two bridges are shut.\n"
        "  – One is open\n1. Water first. Bread second.\n2) Light\n* - Nested"
    )
    assert sentences(text) == [
        "What we know",
        "Approximately 10,000 people left",
        "Two bridges are shut.",
        "One is open",
        "Water first.",
        "Bread second.",
        "Light",
        "Nested",
    ]


@pytest.mark.parametrize("text", ["2.5 million left.", "-5 degrees were measured.", "3-2 was it."])
def test_a_figure_at_the_start_of_a_line_is_no_marker(text: str) -> None:
    """A number or a minus sign that belongs to the words stays with them."""
    assert sentences(text) == [text]


def test_lines_without_words_are_left_out() -> None:
    """A rule, a row of stars and an emoji alone are no sentences."""
    assert sentences("One.\n---\n* * *\n😀\n…\nTwo.") == ["One.", "Two."]


WRAPPED = """\
The council met on Tuesday evening to hear from residents who live
beside the river, and most of them asked for a higher wall. Engineers
said that it would cost 4.2 million euros and take until Jan. 5 of the
year after next.

The mayor, who had promised the wall before she was elected, was not
there. Her deputy was.

- The wall would be two metres higher than the one that was built in
  1954.
- It would be paid for by the state.
"""


def test_hard_wrapped_text_is_read_by_paragraph() -> None:
    """A line break that is there for the page's width only does not end a sentence."""
    assert [" ".join(words.split()) for words in sentences(WRAPPED)] == [
        (
            "The council met on Tuesday evening to hear from residents who live beside the river,"
            " and most of them asked for a higher wall."
        ),
        (
            "Engineers said that it would cost 4.2 million euros and take until Jan. 5 of the year"
            " after next."
        ),
        "The mayor, who had promised the wall before she was elected, was not there.",
        "Her deputy was.",
        "The wall would be two metres higher than the one that was built in 1954.",
        "It would be paid for by the state.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The river rose to\nfour metres on Monday.",
        "The council, which met late,\nvoted for the wall.",
        "The dam will hold until the\n5 January.",
        "The dam was built in\n1951.",
        "The river\nrose and\nfell.",
    ],
)
def test_a_sentence_that_runs_over_a_line_break_is_one(text: str) -> None:
    """The lower line begins in small letters, or the upper one ends with a word that wants
    another; the break is in the sentence."""
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "The river rose to\n\nfour metres on Monday.",
        "The river rose.\nfour metres were measured.",
        "The river rose:\nfour metres were measured.",
        "River rises in Vell\nFour metres were measured.",
        "The river rose\n4 metres were measured.",
        "We saw the\n- river",
    ],
)
def test_lines_that_do_not_go_on_stay_apart(text: str) -> None:
    """A blank line, an end, a capital letter, a list item, or a figure where nothing wanted one."""
    assert len(sentences(text)) == 2


def test_short_lines_are_not_taken_for_wrapped_ones() -> None:
    """Headlines one below the other stay apart, though none ends in a full stop."""
    headlines = [
        "Council votes for a higher river wall",
        "Mayor absent as residents speak of the flood",
        "Ferry back in service",
        "Two bridges shut until the end of the month",
        "School opens",
    ]
    assert sentences("\n".join(headlines)) == headlines


def test_a_sentence_without_end_is_cut_at_its_limit() -> None:
    """Ten thousand words without punctuation are cut between words, and none is lost."""
    text = "word " * 10_000
    pieces = sentences(text)
    assert max(map(len, pieces)) <= MAX_SENTENCE_CHARS
    assert " ".join(pieces).split() == text.split()


def test_a_long_list_is_cut_at_a_comma_before_a_space() -> None:
    """What has to be cut is cut where a reader pauses."""
    pieces = sentences("from one village after the other, " * 60)
    assert all(piece.endswith(",") for piece in pieces)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "議会は法案を可決した。首相は署名する。「終わった。」と彼は言った。",
            ["議会は法案を可決した。", "首相は署名する。", "「終わった。」", "と彼は言った。"],
        ),
        ("أغلق الجسر. من قرر ذلك؟ لا أحد.", ["أغلق الجسر.", "من قرر ذلك؟", "لا أحد."]),
        ("Élise est partie. Émile reste.", ["Élise est partie.", "Émile reste."]),
        ("The road is open 🎉. Drive slowly 🚗!", ["The road is open 🎉.", "Drive slowly 🚗!"]),
        ("Signed by J.\u00a0K. Moore. He left.", ["Signed by J.\u00a0K. Moore.", "He left."]),
        ("Plan A\u00a0. Then B.", ["Plan A\u00a0.", "Then B."]),
        ("", []),
        (" \n\t\n ", []),
    ],
)
def test_other_scripts_and_odd_spaces(text: str, expected: list[str]) -> None:
    """Full stops of other scripts count; the no-break space that fells the library does not."""
    assert sentences(text) == expected


def test_a_sentence_is_a_passage() -> None:
    """What says enough stands alone, so that its vector means nothing else."""
    text = (
        "The old bridge was closed to all traffic on Monday. It will open again on Friday at noon."
    )
    assert passages(text) == sentences(text)


def test_short_sentences_share_a_passage() -> None:
    """Up to three of one paragraph stand together; none is in two."""
    text = "One. Two. Three. Four. Five.\nSix.\nSeven. Eight."
    assert passages(text) == ["One. Two. Three.", "Four. Five.", "Six.", "Seven. Eight."]


def test_a_short_sentence_takes_in_the_next() -> None:
    """A word of answer is found together with what follows it."""
    text = "No. The mayor did not know that the bridge would be closed. She said so."
    first = "No. The mayor did not know that the bridge would be closed."
    assert passages(text) == [first, "She said so."]


def test_a_passage_fits_what_the_embedder_reads() -> None:
    """A short sentence does not take in one that would make the passage too long."""
    long = "Word, " * 165 + "word."
    assert passages(f"Yes, says she. {long}") == ["Yes, says she.", long]


@pytest.mark.parametrize("run", ["Why?", "“a. ", '“‘"([', "(a. ", "5. ", "”", "- "])
def test_hostile_text_takes_no_more_than_its_length(run: str) -> None:
    """What is quadratic in the library takes seconds of this process, not
    minutes."""
    started_s = time.process_time()
    segment(run * (200_000 // len(run)))
    segment("A. " + " " * 200_000 + run)
    assert time.process_time() - started_s < 5


@given(TEXTS)
def test_sentences_are_exact_in_order_and_hold_every_letter(text: str) -> None:
    """Trimmed, never empty, no overlap, and no letter of the text is outside of all of them."""
    spans = segment(text).sentences
    covered = [0] * len(text)
    for span in spans:
        assert span.of(text) == span.of(text).strip() != ""
        covered[span.start : span.end] = [1] * len(span)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert not [c for c, there in zip(text, covered, strict=True) if c.isalpha() and not there]


@given(TEXTS)
def test_passages_are_runs_of_sentences_of_one_paragraph(text: str) -> None:
    """In order they are all the sentences, one to three each, with no other words between."""
    segments = segment(text)
    runs = [passage.sentences for passage in segments.passages]
    assert tuple(sentence for run in runs for sentence in run) == segments.sentences
    for passage in segments.passages:
        first, last = passage.sentences[0], passage.sentences[-1]
        assert (passage.span.start, passage.span.end) == (first.start, last.end)
        assert 1 <= len(passage.sentences) <= MAX_PASSAGE_SENTENCES
        assert len(passage.span) <= MAX_PASSAGE_CHARS
        assert "\n\n" not in passage.span.of(text)
