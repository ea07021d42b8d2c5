"""Quotes come back from the store as they went in."""

import json
from dataclasses import replace

import pytest

from service.domain.quote import Attribution, Quote, SpeechKind
from service.domain.text import Mention, Span
from service.stores.quotes import dump_quote, load_quote

QUOTE = Quote(
    (Span(18, 35),),
    Attribution(
        speaker=Mention("Ann Smith", Span(0, 9)),
        cue=Mention("denied", Span(10, 16)),
        speech=SpeechKind.INDIRECT,
        asserted=False,
    ),
)


def test_what_is_denied_is_kept_as_denied() -> None:
    """And what is asserted as asserted."""
    stands_by_it = replace(QUOTE, attribution=replace(QUOTE.attribution, asserted=True))
    assert load_quote(dump_quote(QUOTE)) == QUOTE
    assert load_quote(dump_quote(stands_by_it)) == stands_by_it


def test_the_sentence_that_is_shown_is_kept() -> None:
    """Where the words are no clause."""
    shown = replace(QUOTE, sentence=Span(0, 40))
    assert load_quote(dump_quote(shown)) == shown


@pytest.mark.parametrize(("cue", "asserted"), [("denied", False), ("said", True), (None, True)])
def test_lines_of_the_first_version_say_it_by_their_cue(cue: str | None, asserted: bool) -> None:
    """They have no field for it."""
    line = json.loads(dump_quote(QUOTE)) | {"v": 1}
    del line["asserted"], line["cue"]
    if cue is not None:
        line["cue"] = [cue, 10, 10 + len(cue)]
    assert load_quote(json.dumps(line)).attribution.asserted is asserted
