"""No claim, draft or article is too odd to be read and compared.

`python -m tests.pipeline.test_fuzz NUMBER` tries more of them than the test does.
"""

import asyncio
import random
import sys
import traceback
from collections.abc import Callable, Iterator

import pytest

from service.domain.draft import Draft, DraftFormat
from service.domain.text import Span, normalise, utf16
from service.english.reading import Reading
from service.english.speech.acts import speeches_by_rules
from service.english.text.segment import segment
from service.pipeline.assertion import read_assertion
from service.pipeline.attribute import quotes_of
from service.pipeline.claims import has_predicate, why_not_checkable
from service.pipeline.compare.comparison import compare_texts
from service.pipeline.notices import is_english
from service.pipeline.statements import read_statements

TEXTS = 400

_FIGURES = """
0 1 12 3,000 000 1.5 61.4% 5-7 1,000,000 half ½ two-thirds third six in ten dozens several hundred
twenty-one hundred million bn 3.2m $5 US$ € £3m -4 minus 0/0 24/7 1e9 ٣ ५ １２ ² no. 5 one zero fIve
1234567890123456789012345678901234567890 9.99.99 1,00 10,0000 1:2:3 or more"""
_UNITS = """
percent per cent % points km miles lira LİRA mİ °C degrees celsıus fahrenheıt pounds dollars square
sq. years-old of age kg µg tonnes \u212a feet an hour each person metres² barrels"""
_QUALIFIERS = """
about nearly more than at least up to no fewer fewer between and from to by rose fell compared with
almost just under İn less or so + killed injured former the past ago later"""
_NAMES = """
Orm Vell Kyiv İstanbul Dıyarbakır Zelensky’s U.S. U.K.’s Ann O'Neill van der Mr. Dr J.D. WHO Straße
ﬁne ŠKODA NATO May Young I A Ⅷ 北京 Ñandú e\u0301clair ŉ ǆ ﷺ"""
_DATES = """
Monday May 5, 2024 5 May 2024-02-30 31/12/2024 1/2/2024 12.13.2024 0000-00-00 99 1990s the 1980s’s
Q3 first quarter of 2024 spring 2020-21 2019–20 since until before Sept. 31 th 3rd thİrd second last
week ſecond in on"""
_WORDS = """
the of was were not no never denied said told that if unless said: he she ships closed opened
according to “ ” " ' ’ « » ( ) [ ] - — -- , . ; : ? ! … n’t"""
_MARKUP = """
* _ ` ~~ ** # > [a](b) ![x] <b> </b> <p hidden> </p> <!-- --> &amp; &#x110000; &#0; &lt | |- ``` ---
=== \\ ^ [^1] http://xn--/ <math><figure></figure><title> <script> </script>"""
_ODD = tuple(
    "\t\r\n\x00\x85\u2028\u00a0\u200b\u200d\u202e\ufeff\u0301\u0345\ud800\U0010ffff😀ıİſ\u212aß"
)
POOLS = (
    *(pool.split() for pool in (_FIGURES, _UNITS, _QUALIFIERS, _NAMES, _DATES, _WORDS, _MARKUP)),
    _ODD,
    ("\n\n", "&#" + "9" * 5_000 + ";", "0" * 400, "1" + "0" * 400, "[" * 500),
)
_WEIGHTS = (6, 4, 4, 3, 4, 6, 3, 2, 0.1)


def odd_text(rng: random.Random, words: int) -> str:
    """Figures, units, names, dates, marks and odd characters in any order; now and then one of them
    many times, in another case, or without a space after it."""
    parts = []
    for pool in rng.choices(POOLS, _WEIGHTS, k=rng.randint(1, words)):
        part = rng.choice(pool)
        if rng.random() < 0.02:
            part *= rng.choice((2, 7, 60, 300))
        if rng.random() < 0.1:
            part = rng.choice((str.upper, str.title, str.swapcase))(part)
        parts.append(part + rng.choice((" ", " ", " ", " ", "", "\n", "-")))
    return "".join(parts)


def read_an_article(rng: random.Random) -> None:
    """As it is indexed: cut up, and its quotes attributed."""
    text = normalise(odd_text(rng, 60))
    sentences = segment(text).sentences
    for quote in quotes_of(text, sentences, speeches_by_rules(text, sentences)):
        assert quote.span.end <= len(text)
    for sentence in sentences:
        utf16(text, sentence)
        has_predicate(sentence.of(text))


def read_a_draft(rng: random.Random) -> None:
    """As it is checked: statements with their places."""
    text = odd_text(rng, 60)
    spans = tuple(Span(*sorted(rng.choices(range(len(text) + 9), k=2))) for _ in range(2))
    form = rng.choice(list(DraftFormat))
    for statement in asyncio.run(read_statements(Draft(text, form, ignored_spans=spans), None)):
        for span in (statement.span, *(quoted.span for quoted in statement.quoted)):
            assert 0 <= span.start < span.end <= len(text)
        assert statement.claim or statement.quoted


def compare_a_claim(rng: random.Random) -> None:
    """A claim with a passage: the passage may be the claim with one word changed."""
    claim = normalise(odd_text(rng, 20))
    words = claim.split()
    if words and rng.random() < 0.6:
        words[rng.randrange(len(words))] = normalise(odd_text(rng, 2))
        source = " ".join(words)
    else:
        source = normalise(odd_text(rng, 30))
    why_not_checkable(claim)
    is_english(claim)
    if claim.strip():
        read_assertion(claim)
    claimed, stated = Reading(claim), Reading(source)
    for reason in compare_texts(claimed, stated, [Reading(source[:40])]).reasons:
        assert reason.claim.span.of(claim) == reason.claim.text
        assert reason.source.span.of(source) == reason.source.text
    claimed.read_whole()
    stated.read_whole()


KINDS: tuple[Callable[[random.Random], None], ...] = (
    read_an_article,
    read_a_draft,
    compare_a_claim,
)


@pytest.mark.parametrize("kind", KINDS)
def test_any_text_is_read(kind: Callable[[random.Random], None]) -> None:
    """Nothing is raised, and every place is one in its text."""
    assert [*_failures(kind, TEXTS)] == []


def _failures(kind: Callable[[random.Random], None], texts: int) -> Iterator[tuple[int, str]]:
    for seed in range(texts):
        try:
            kind(random.Random(seed))
        except Exception:  # noqa: BLE001 - whatever it is, it is a finding
            yield seed, traceback.format_exc(limit=-3)


if __name__ == "__main__":
    found = [
        (kind.__name__, *failure) for kind in KINDS for failure in _failures(kind, int(sys.argv[1]))
    ]
    print(*("{} {}\n{}".format(*f) for f in found[:9]), f"{len(found)} failures", sep="\n")  # noqa: T201 - for the eye
