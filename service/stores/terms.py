"""Text as terms: the words that a passage or a quote is found by.

A term of a quote is a word with what it was found in before it: `s:` the speaker, `n:` what alone
stands for the speaker, `o:` the organisation, `v:` the outlet that was told, `w:` the words
themselves. A question's last word for the speaker has to stand for them: so "Trump" does not find
the Trump administration. Names are in one spelling.
"""

from functools import cache
from typing import Final

import tantivy

from service.domain.claim import QuoteQuery
from service.domain.quote import Quote
from service.domain.spelling import spelt
from service.english.speakers.identity import called

ANALYZER: Final = "words-1"
"""Names how text becomes terms; an index made another way is rebuilt."""

_LONGEST_WORD: Final = 40
_POSSESSIVE: Final = "s"
"""What is left of "Ukraine’s" beside "ukraine"."""


def make_analyzer(*, stop_words: bool) -> tantivy.TextAnalyzer:
    """Words of letters and digits, lower case, without accents, English stems; with or without
    the words that every text has ("the", "not")."""
    steps = [
        tantivy.Filter.remove_long(_LONGEST_WORD),
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        *([] if stop_words else [tantivy.Filter.stopword("english")]),
        tantivy.Filter.stemmer("english"),
    ]
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in steps:
        builder = builder.filter(step)
    return builder.build()


def make_name_analyzer() -> tantivy.TextAnalyzer:
    """Words as `make_analyzer` cuts them, all of them and as they are: names have no stems."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (tantivy.Filter.lowercase(), tantivy.Filter.ascii_fold()):
        builder = builder.filter(step)
    return builder.build()


def terms_asked(query: QuoteQuery) -> set[str]:
    """The terms that a quote must all have."""
    asked = {
        f"{letter}:{word}"
        for letter, words in (("s", query.speaker), ("o", query.organisation), ("v", query.via))
        for word in _name_words(words)
    }
    asked |= {f"n:{word}" for word in _name_words(query.speaker)[-1:]}
    return asked | {f"w:{word}" for word in (*_content_words(query.words), *_overlong(query.words))}


def quote_terms(text: str, quote: Quote) -> set[str]:
    """The terms of a quote in an article's text."""
    said = quote.attribution
    named = {
        "s": (said.speaker, said.resolved, said.role),
        "o": (said.organisation,),
        "v": (said.via,),
    }
    terms = {f"n:{word}" for word in _name_words(" ".join(called(said)))}
    terms |= {
        f"{letter}:{word}"
        for letter, mentions in named.items()
        for mention in mentions
        if mention is not None
        for word in _name_words(mention.text)
    }
    return terms | {
        f"w:{word}" for piece in quote.content for word in _content_words(piece.of(text))
    }


def _name_words(text: str) -> list[str]:
    words = _names().analyze(text)
    return [spelt(word) for word in words if word != _POSSESSIVE] or [spelt(w) for w in words]


def _content_words(text: str) -> set[str]:
    return set(_contents(stop_words=False).analyze(text))


def _overlong(text: str) -> set[str]:
    """The words that are too long to be terms: since no quote has them, nothing is found."""
    return {word for word in _names().analyze(text) if not _contents(stop_words=True).analyze(word)}


@cache
def _names() -> tantivy.TextAnalyzer:
    return make_name_analyzer()


@cache
def _contents(*, stop_words: bool) -> tantivy.TextAnalyzer:
    return make_analyzer(stop_words=stop_words)
