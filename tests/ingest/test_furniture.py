"""What is in a page's markup and is none of its article's words; every outlet is invented."""

import pytest

from service.ingest.extract import extract
from service.ingest.furniture import without_furniture

LEDE = "The bridge over the harbour reopened on Friday after three years of repairs, the city said."
PROSE = (
    LEDE,
    "“It is safe,” said Mayor Ada Holm, who walked across it at noon with two engineers.",
    "The port authority and the state paid for the works in equal shares, the council reported.",
)


def lines(inside: str, *, prose: tuple[str, ...] = PROSE, behind: str = "") -> list[str]:
    """The lines of an article whose paragraphs stand where `inside` has an @."""
    paragraphs = "".join(f"<p>{words}</p>" for words in prose)
    article = inside.replace("@", paragraphs)
    return extract(
        "<!doctype html><html lang=en><head><title>Bridge reopens</title></head><body>"
        "<header><nav><a href=/>Home</a></nav></header><main><article><h1>Bridge reopens</h1>"
        f"{article}</article>{behind}</main><footer>© 2019 Harbour Post</footer></body></html>"
    ).text.split("\n")


@pytest.mark.parametrize("prose", [PROSE, PROSE[:1]], ids=["article", "brief"])
@pytest.mark.parametrize(
    "inside",
    [
        # hidden
        "@<p hidden>Draft: the mayor was arrested.</p>",
        "@<p style='color:red; display : none'>Draft: the mayor was arrested.</p>",
        "@<p style='position:absolute;left:-9999px'>Draft: the mayor was arrested.</p>",
        "@<div style='visibility:hidden'><p>Draft: the mayor was arrested.</p></div>",
        "@<template><p>Draft: the mayor was arrested.</p></template>",
        "@<dialog><p>Draft: the mayor was arrested.</p></dialog>",
        "@<p aria-hidden=true>Draft: the mayor was arrested.</p>",
        "@<p class='note hidden'>Draft: the mayor was arrested.</p>",
        "@<p class='hidden md:block'>Draft: the mayor was arrested.</p>",
        "@<p class='d-none d-lg-block'>Draft: the mayor was arrested.</p>",
        "<span class=sr-only>Draft: the mayor was arrested.</span>@",
        # other stories
        "@<p><strong>Read more:</strong> <a href=/b>Eels are back in the harbour</a></p>",
        "@<p>RELATED | <a href=/b>Eels are back in the harbour</a></p>",
        "@<p><a href=/b>Eels are back in the harbour</a></p>",
        "@<ul><li><a href=/b>Eels are back</a></li><li><a href=/c>Cod is not</a></li></ul>",
        "@<div><h3>Most read</h3><ol><li><h4>Eels</h4><p>They are back.</p></li></ol></div>",
        "@<h3>Related stories</h3><p><a href=/b>Eels are back.</a></p><p><a href=/c>Cod.</a></p>",
        "@<section class=latest-news><p>Eels are back in the harbour, divers said.</p></section>",
        "@<div class='card teaser-s'><p>Eels are back in the harbour, divers said.</p></div>",
        # bylines, dates, captions
        "<p>By Ann Lee, Harbour Writer</p>@",
        "<p class=byline>Ann Lee in Vell</p>@",
        "@<p>Reporting by Ann Lee; editing by Bo Ek</p>",
        "<div class=post-meta>Ann Lee · City desk</div>@",
        "@<div class=author-bio><p>Ann Lee covers the harbour for the Post.</p></div>",
        "<p>Published 5 May 2025, 10:30 BST</p>@",
        "<p>Last updated: Monday, May 5, 2025</p>@",
        "<p>5 May 2025</p>@",
        "<figure><img src=a><figcaption>The bridge on Friday.</figcaption></figure>@",
        "<div class=wp-caption><img src=a><p class=wp-caption-text>The bridge.</p></div>@",
        "@<p>Photograph: Ann Lee/Harbour Images</p>",
        # the outlet's own
        "<p>This article is more than 2 years old</p>@",
        "<div>This article is more than <b>five months old</b>.</div>@",
        "@<p>Sign up to our daily newsletter and miss nothing.</p>",
        "@<div class=newsletter-box><p>The best of the harbour, every day.</p></div>",
        "@<div><b>Sign up to our free newsletter</b><p>It is sent on Fridays.</p></div>",
        "@<p>Follow us on Facebook</p><p>Advertisement</p><p>Share this article</p>",
    ],
)
def test_what_is_not_the_articles_is_left_out(inside: str, prose: tuple[str, ...]) -> None:
    """Hidden parts, other stories, bylines, captions, boxes: of long articles and of briefs."""
    assert lines(inside, prose=prose) == list(prose)


def test_a_text_that_is_hidden_until_a_script_shows_it_is_the_text() -> None:
    """Where hardly anything else is there; the script is no text."""
    assert lines("<div style='display:none'>@</div><p>Loading.</p>") == [*PROSE, "Loading."]
    assert lines("<div hidden>@</div>" + f"<script>{'var eels;' * 200}</script>") == list(PROSE)


def test_a_page_without_paragraphs_has_hidden_parts_too() -> None:
    """As old ones have, whose lines are set apart by breaks."""
    shown = "<br><br>".join(PROSE)
    hidden = "<div style='display:none'>Draft: the mayor was arrested.</div>"
    text = extract(f"<html><body><div>{shown}</div>{hidden}</body></html>").text
    assert all(words in text for words in PROSE)
    assert "arrested" not in text


@pytest.mark.parametrize(
    "stays",
    [
        "By Tuesday the bridge was open, and boats had left the basin for the sea.",
        "By Tuesday the bridge was open",
        "This article was amended on 5 May 2025 to correct the number of boats.",
        "Read more books, the mayor told the children of the harbour.",
        "The mayor said that related works go on.",
        "Newsletters are read by nobody, the council found.",
    ],
)
def test_statements_that_look_alike_stay(stays: str) -> None:
    """A correction, a sentence with "By", words that teasers have too."""
    assert stays in lines(f"<p>{stays}</p>@")
    assert stays in lines(f"@<p>{stays}</p>")


def test_a_linked_sentence_and_what_details_hold_stay() -> None:
    """A link that ends in a full stop says something, and a part that opens is read."""
    linked = "<p><a href=/b>The works cost four million crowns.</a></p>"
    opened = "<details><summary>How it was done</summary><p>With two cranes.</p></details>"
    assert lines(f"@{linked}{opened}") == [
        *PROSE,
        "The works cost four million crowns.",
        "How it was done",
        "With two cranes.",
    ]


def test_items_of_a_list_stay_with_or_without_a_full_stop() -> None:
    """In a brief too, a line each."""
    items = "<ul><li>Forty boats move to the inner basin</li><li>The quay reopens in June</li></ul>"
    for prose in (PROSE, PROSE[:1]):
        assert lines(f"@{items}", prose=prose)[len(prose) :] == [
            "- Forty boats move to the inner basin",
            "- The quay reopens in June",
        ]


def test_a_text_of_nothing_else_is_left_as_it_is() -> None:
    """A line that is all there is may be the article."""
    assert without_furniture("Share this") == "Share this"


def test_a_page_of_nothing_but_teasers_is_looked_through_in_one_pass() -> None:
    """Each costs the same, however many there are: what is counted is what is looked at."""
    teaser = "<div class=teaser><p>Eels are <b>back</b>.</p></div>"
    assert lines("@" + teaser * 2_000) == list(PROSE)
