"""The page: the whole draft, each finding beside its words, and nothing that runs or loads."""

import re
from dataclasses import replace
from html import unescape

from lxml import html

from service.domain.draft import DraftFormat
from service.domain.text import Span
from service.pipeline.findings import of_statement
from service.reports.html import drafts_html
from service.reports.report import Report
from tests.reports.made_report import MILL_DRAFT, checked, looms, made_report


def page(report: Report) -> html.HtmlElement:
    """The page as a browser reads it."""
    return html.document_fromstring(drafts_html(report))


def test_the_draft_is_there_word_for_word() -> None:
    """With its markup, in its order; only empty lines are not printed."""
    words = [part.text_content() for part in page(made_report()).find_class("words")]
    assert "\n\n".join(words[:6]) == MILL_DRAFT.rstrip("\n")


def test_every_finding_has_its_words_and_its_card() -> None:
    """The words lead to the card and the card back to the words, and look alike."""
    tree = page(made_report())
    cards = tree.find_class("card")
    assert len(cards) == 8
    for card in cards:
        number = card.get("id").removeprefix("n")
        (words,) = tree.xpath(f"//a[@id='w{number}']")
        assert words.get("href") == f"#n{number}"
        assert card.xpath("h3/a/@href") == [f"#w{number}"]
        assert words.get("class") == card.get("class").removeprefix("card ")


def test_the_card_stands_beside_its_words() -> None:
    """In one block with them."""
    for block in page(made_report()).find_class("block"):
        linked = {href.removeprefix("#n") for href in block.xpath("p[@class='words']//a/@href")}
        carded = {card.get("id").removeprefix("n") for card in block.find_class("card")}
        assert linked == carded


def test_a_page_without_empty_lines_has_a_block_a_paragraph() -> None:
    """Evidence would else stand beside the whole page; no character is lost but line ends."""
    draft = "<p>The mill has 20 looms.</p>\n<p>It is\nold.</p>\n"
    found = of_statement(draft, Span(3, 25), looms())
    tree = page(Report((checked("a.html", draft, DraftFormat.HTML, iter([found])),)))
    words = [part.text_content() for part in tree.find_class("words")]
    assert words == ["<p>The mill has 20 looms.</p>", "<p>It is\nold.</p>"]


def test_nothing_runs_and_nothing_is_loaded() -> None:
    """No script, no picture, no address but links to the articles; the policy allows no more."""
    tree = page(made_report())
    assert tree.xpath("//script|//img|//link|//iframe|//@onclick|//@src|//@style") == []
    addresses = {href for href in tree.xpath("//@href") if not href.startswith("#")}
    assert {address.partition("#")[0] for address in addresses} == {
        "https://courier.example/looms?a=1&b=2"
    }
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "@import" not in drafts_html(made_report())
    assert "url(" not in drafts_html(made_report())


def test_markup_of_the_draft_is_shown_and_does_nothing() -> None:
    """Whatever a draft or its name holds."""
    hostile = "</p><script>alert(1)</script> The mill has 20 looms. <b onclick=x>&amp;</b>"
    at = hostile.index("The mill")
    finding = of_statement(hostile, Span(at, at + 22), looms())
    draft = checked('"><script>.md', hostile, DraftFormat.TEXT, iter([finding]))
    tree = page(Report((draft,)))
    assert tree.xpath("//script|//@onclick") == []
    (words,) = tree.find_class("words")
    assert words.text_content() == hostile


def test_what_is_ignored_or_known_says_so() -> None:
    """Beside what fails the run."""
    text = unescape(re.sub(r"<[^>]+>", "", drafts_html(made_report())))
    assert text.count("Fails the run.") == 2
    assert "Ignored: the owner | showed us" in text
    assert "In the baseline." in text
    assert "c/broken.md could not be checked: is not UTF-8 (byte 3)" in text


def test_a_draft_that_is_no_file_has_no_lines_and_no_run() -> None:
    """Somebody pasted it, and passes the page on; the findings are the same."""
    report = made_report()
    pasted = replace(report, drafts=tuple(replace(one, file=None) for one in report.drafts))
    assert [card.get("id") for card in page(pasted).find_class("card")] == [
        card.get("id") for card in page(report).find_class("card")
    ]
    assert page(report).find_class("line")
    assert not page(pasted).find_class("line")
    assert "Fails the run." not in drafts_html(pasted)


def test_verdicts_are_called_as_on_the_page() -> None:
    """By what an editor calls them, not by their names in the API."""
    (summary,) = page(made_report()).xpath("//header/p/text()")
    assert summary.endswith("2 contradicted, 1 disputed, 1 not on record, 2 supported")


def test_findings_that_share_words_are_all_there() -> None:
    """A quotation within a statement: the graver look, a card for each."""
    draft = "The mill has 20 looms."
    outer = of_statement(draft, Span(0, 22), looms())
    inner = replace(outer, span=Span(4, 8), rule=None)
    tree = page(Report((checked("a.md", draft, DraftFormat.TEXT, iter([outer, inner])),)))
    (words,) = tree.find_class("words")
    assert words.text_content() == draft
    assert {mark.get("class") for mark in words.xpath("a")} == {"error"}
