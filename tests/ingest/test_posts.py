"""Embedded posts, as the networks' own code embeds them; every name is invented."""

import pytest

from service.domain.text import Span
from service.english.speech.signatures import is_post
from service.english.text.segment import segment
from service.ingest.extract import extract
from service.pipeline.attribute import attribute

PROSE = (
    "The bridge over the harbour reopened on Friday after three years of repairs, the city said."
)
MORE = "The port authority and the state paid for the works in equal shares, it was reported."
EELS = "Eels are “back” in the harbour."
QUOTED = "“Eels are ‘back’ in the harbour.”"


def post(kind: str, *parts: str, **attributes: str) -> str:
    """A post as the network of this class embeds it."""
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<blockquote class="{kind}"{more}>{"".join(parts)}</blockquote>'


STATUS = '<a href="https://twitter.com/evanovak/status/1">May 5, 2025</a>'
SHARED = "A post shared by <a>Eva Novak</a> (@evanovak) on May 5, 2025 at 5:00am PDT"
POSTED = 'Posted by <a href="/e">Eva Novak</a> on&nbsp;<a>Monday, May 5, 2025</a>'
POSTS = {
    "twitter": (
        post(
            "twitter-tweet",
            f'<p lang="en">{EELS} <a href="https://t.co/x">pic.twitter.com/x</a></p>',
            f"&mdash; Eva Novak (@evanovak) {STATUS}",
        ),
        f"{QUOTED} — Eva Novak (@evanovak)",
    ),
    "twitter, unsigned": (
        post("twitter-tweet", f"<p>{EELS}</p>", STATUS),
        f"{QUOTED} — @evanovak",
    ),
    "instagram": (
        post(
            "instagram-media",
            '<div><a href="/p">View this post on Instagram</a></div>',
            f"<p>{EELS}</p><p>{SHARED}</p>",
        ),
        f"{QUOTED} — Eva Novak (@evanovak)",
    ),
    "bluesky": (
        post(
            "bluesky-embed",
            f'<p lang="en">{EELS}<br><br><a>[image or embed]</a></p>',
            "&mdash; Eva Novak (<a>@eva.bsky.example</a>) <a>May 5, 2025 at 5:00 PM</a>",
        ),
        f"{QUOTED} — Eva Novak (@eva.bsky.example)",
    ),
    "facebook": (
        f'<div class="fb-post">{post("fb-xfbml-parse-ignore", f"<p>{EELS}</p>{POSTED}")}</div>',
        f"{QUOTED} — Eva Novak (Facebook)",
    ),
    "tiktok": (
        post(
            "tiktok-embed",
            f"<section><a>@evanovak</a><p>{EELS}</p><a>♬ original sound</a></section>",
            cite="https://www.tiktok.com/@evanovak/video/1",
        ),
        f"{QUOTED} — @evanovak",
    ),
}


@pytest.mark.parametrize(("embedded", "printed"), POSTS.values(), ids=POSTS)
async def test_a_post_is_a_quotation_of_its_author(embedded: str, printed: str) -> None:
    """In one line with its signature, which is no statement of its own; dates and links are not."""
    page = f"<article><p>{PROSE}</p>{embedded}<p>{MORE}</p></article>"
    text = extract(f"<!doctype html><html><body>{page}</body></html>").text
    assert text.split("\n") == [PROSE, printed, MORE]
    segments = segment(text)
    quotes = await attribute(text, segments.sentences, None)
    if "Eva" in printed:
        (quote,) = [one for one in quotes if "Eels" in one.span.of(text)]
        assert quote.attribution.speaker is not None
        assert quote.attribution.speaker.text.startswith("Eva Novak")
    sentence = next(one for one in segments.sentences if "Eels" in one.of(text))
    assert is_post(text, sentence)
    assert not is_post(text, segments.sentences[0])


def test_a_post_without_words_is_left_out() -> None:
    """A picture or a link alone."""
    embedded = post("twitter-tweet", '<a href="https://twitter.com/e/status/1"></a>')
    page = f"<article><p>{PROSE}</p>{embedded}<p>{MORE}</p></article>"
    text = extract(f"<!doctype html><html><body>{page}</body></html>").text
    assert text.split("\n") == [PROSE, MORE]


@pytest.mark.parametrize(
    "line",
    [
        "“Eels are back,” said Eva Novak (@evanovak).",
        "“Eels are back.” — Eva Novak, engineer",
        "Eels are back — Eva Novak (@evanovak)",
    ],
)
def test_other_quotations_are_no_posts(line: str) -> None:
    """What the outlet was told, it stands for."""
    assert not is_post(line, Span(0, 5))
