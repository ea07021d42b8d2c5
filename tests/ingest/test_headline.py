"""Headlines and the outlets beside them; every outlet is invented."""

import pytest
from lxml import html

from service.ingest.headline import headlines, outlet_names, without_outlet

HEADLINE = "Harbour bridge reopens"


@pytest.mark.parametrize(
    "title",
    [
        "Harbour bridge reopens",
        "Harbour bridge reopens - Harbour Post",
        "Harbour bridge reopens – The Harbour Post",
        "Harbour bridge reopens | HARBOUR POST",
        "Harbour Post: Harbour bridge reopens",
        "Harbour Post » Harbour bridge reopens",
        "Harbour bridge reopens | Harbour Post | Harbour Post",
    ],
)
def test_the_outlet_is_no_part_of_the_title(title: str) -> None:
    """Before or behind it, with any sign between."""
    assert without_outlet(title, ["Harbour Post"], []) == HEADLINE


def test_what_else_stands_apart_is_left_out_where_the_page_prints_the_headline() -> None:
    """A section, or an outlet that the page calls otherwise."""
    title = "Harbour Bridge Reopens | City | The Post of the Harbour"
    assert without_outlet(title, [], [HEADLINE]) == HEADLINE


@pytest.mark.parametrize(
    "title", ["Eels - what now?", "Live: bridge reopens", "Post-war harbour", "Harbour Post closes"]
)
def test_other_parts_of_a_title_stay(title: str) -> None:
    """A dash or a colon alone says nothing."""
    assert without_outlet(title, ["Harbour Post"], ["Other"]) == title


def test_the_likeliest_lines_come_first() -> None:
    """The address of a page of a network is no name of an outlet."""
    tree = html.fromstring(
        '<html><head><title>A | Post</title><meta property="og:title" content="A - Post">'
        '<meta name="publisher" content="https://social.example/post">'
        '<meta name="application-name" content="Post App">'
        '<meta property="og:site_name" content=" Post "></head><body><h1>A\n</h1></body></html>'
    )
    assert headlines(tree) == ("A - Post", "A", "A | Post")
    assert outlet_names(tree) == ("Post", "Post App")
