"""An answer's JSON says exactly what was found, and where."""

import hashlib
import json
from dataclasses import replace

import pytest

from service.domain.article import Article
from service.domain.quote import Attribution, SpeakerKind, SpeechKind
from service.domain.text import Mention, Span, mention
from service.domain.verdict import Evidence, Stance
from service.wire.checks import CheckResponse
from service.wire.evidence import selectors, text_fragment
from service.wire.line import attributed_line
from service.wiring import Services
from tests.conftest import check

TEXT = "A senior harbour official told the Herald that “about 300 dockers,” not more, had left."


def evidence(start: str, end: str, attribution: Attribution, publisher: str = "Post") -> Evidence:
    span = Span(TEXT.index(start), TEXT.index(end) + len(end))
    article = Article(id="a", text=TEXT, publisher=publisher)
    return Evidence(Stance.SUPPORTS, 0.9, article, span, attribution)


def told(speech: SpeechKind) -> Attribution:
    return Attribution(
        speaker=mention(TEXT, Span(0, 25)),
        kind=SpeakerKind.ANONYMOUS,
        via=mention(TEXT, Span(31, 41)),
        speech=speech,
    )


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (
            evidence("“about", "dockers,”", told(SpeechKind.INDIRECT)),
            "“about 300 dockers” — a senior harbour official via the Herald",
        ),
        (
            evidence("about", "dockers,", told(SpeechKind.DIRECT)),
            "“about 300 dockers” — a senior harbour official via the Herald",
        ),
        (evidence("A senior", "left.", Attribution()), f"{TEXT} — Post"),
        (evidence("A senior", "left.", Attribution(), ""), f"{TEXT} — unattributed"),
    ],
)
def test_the_line_reads_like_a_newsroom_note(found: Evidence, line: str) -> None:
    """Direct words in quotation marks, no loose comma, then who said it through whom."""
    assert attributed_line(found.quote, found.attribution, found.article.publisher) == line


def test_the_line_says_when_the_words_are_taken_back() -> None:
    """After "denied" the cue is shown, unless the quote has it; what is quoted word
    for word is the speaker's own."""
    for cue, shown in (("denied", " (denied)"), ("did not say", " (did not say)"), ("said", "")):
        attribution = Attribution(
            speaker=Mention("Ann Smith", Span(0, 9)),
            cue=Mention(cue, Span(10, 10 + len(cue))),
            speech=SpeechKind.INDIRECT,
            asserted=cue == "said",
        )
        line = attributed_line("the gate was open", attribution, "Post")
        assert line == f"the gate was open — Ann Smith{shown}"
        assert attributed_line(f"Ann Smith {cue} it", attribution, "Post").endswith("— Ann Smith")
        direct = replace(attribution, speech=SpeechKind.DIRECT)
        assert attributed_line("Is it open?", direct, "Post") == "“Is it open?” — Ann Smith"


def test_selectors_find_the_words_again() -> None:
    """Prefix, exact and suffix are neighbours in the text; the position is the same place."""
    quote, position = selectors(TEXT, Span(45, 60))
    assert quote.prefix + quote.exact + quote.suffix in TEXT
    assert TEXT[position.start : position.end] == quote.exact


@pytest.mark.parametrize(
    ("quote", "link"),
    [
        ("six-week, closure", "https://x.example/a#:~:text=six%2Dweek%2C%20closure"),
        ("über & so", "https://x.example/a#:~:text=%C3%BCber%20%26%20so"),
        (
            "a b c d e f g\nh i j k l m n",
            "https://x.example/a#:~:text=a%20b%20c%20d%20e%20f,i%20j%20k%20l%20m%20n",
        ),
    ],
)
def test_a_link_scrolls_to_the_quote(quote: str, link: str) -> None:
    """Characters that separate the parts of a fragment are escaped; an old fragment is dropped."""
    assert text_fragment("https://x.example/a#top", quote) == link


async def test_the_result_is_the_digest_of_the_rest(samples: Services) -> None:
    """Anybody can recompute it from the JSON alone."""
    answer = CheckResponse.of(await check(samples, "The Sallow Bridge closed."))
    body = json.loads(answer.model_dump_json())
    claimed = body["provenance"]["result"]
    body["provenance"]["result"] = ""
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert claimed == "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()
