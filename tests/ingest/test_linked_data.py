"""What pages say of themselves in JSON-LD; every outlet is invented."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import html

from service.ingest.linked_data import LinkedData, linked_data

STATED = LinkedData(
    title="On eels & cod",
    publisher="The Daily Example",
    authors=("Ann Lee", "Bo Ek"),
    published_at=datetime(2024, 5, 4, 8, 20, 30, tzinfo=UTC),
)
ARTICLE = {
    "@type": "NewsArticle",
    "headline": "On eels &amp;\n cod",
    "datePublished": "2024-05-04T10:20:30+02:00",
    "author": [{"@type": "Person", "name": "Ann Lee"}, {"@type": ["Person"], "name": "Bo Ek"}],
    "publisher": {"@type": "Organization", "name": "The Daily Example"},
}


def described(*scripts: object, **page: Any) -> LinkedData:
    written = (one if isinstance(one, str) else json.dumps(one) for one in scripts)
    tags = "".join(f'<script type="application/ld+json">{one}</script>' for one in written)
    return linked_data(html.fromstring(f"<html><head>{tags}</head><body></body></html>"), **page)


@pytest.mark.parametrize(
    "scripts",
    [
        [ARTICLE],
        [[ARTICLE]],
        [{"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, ARTICLE]}],
        ["{broken", "", "null", "[" * 100_000, {"@type": "Organization"}, ARTICLE],
        [{"@type": "WebPage", "datePublished": "2001-01-01"}, ARTICLE],
        [ARTICLE, {"@type": "NewsArticle", "headline": "Another", "datePublished": "2001-01-01"}],
    ],
)
def test_the_article_is_found_wherever_it_is_described(scripts: list[object]) -> None:
    """Alone, in a list, in a graph, beside other things and beside what is broken; the first."""
    assert described(*scripts) == STATED


@pytest.mark.parametrize(
    ("valid", "written"),
    [
        ("}}]", "},},]"),
        ('"datePublished"', ' // when\n "datePublished"'),
        ("On eels &amp;\\n cod", "On eels &amp; cod\n"),
        ('[{"@type": "News', '<![CDATA[\n[{"@type": "News'),
        ('[{"@type": "News', '<!-- [{"@type": "News'),
        ("}}]", "}}]; // end"),
        ("}}]", "}}]\n//]]>"),
        ('"headline"', '"description": "The "best" eel, he said", "headline"'),
        ("}}]", "}"),
    ],
)
def test_slips_in_the_json_are_mended(valid: str, written: str) -> None:
    """A comma too many, comments, CDATA, a raw line end or quotation mark, a bracket too few."""
    script = json.dumps([{**ARTICLE, "author": ["Ann Lee", "Bo Ek"]}])
    assert valid in script
    assert described(script.replace(valid, written)) == STATED


@pytest.mark.parametrize(
    "around",
    [
        {"@type": "WebPage", "mainEntity": ARTICLE},
        {"@type": "WebPage", "mainEntity": {"@type": "Thing", "mainEntityOfPage": ARTICLE}},
        {"@graph": [{"@type": "WebPage", "datePublished": "2001-01-01", "mainEntity": [ARTICLE]}]},
    ],
)
def test_what_a_page_is_about_is_its_article(around: object) -> None:
    """However deep it is described."""
    assert described(around) == STATED


OTHER = {"@type": "NewsArticle", "headline": "Another", "datePublished": "2001-01-01"}


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ({"url": "https://daily.example/eels/"}, {"url": "https://daily.example/other"}),
        ({"mainEntityOfPage": {"@id": "http://www.daily.example/eels?a=b"}}, {}),
        ({"@id": "https://daily.example/eels#article"}, {"headline": "On eels and cod"}),
        ({"headline": ARTICLE["headline"]}, {"headline": "Another"}),
        ({}, {"url": "https://daily.example/other"}),
    ],
)
def test_of_several_articles_the_one_of_this_page_counts(
    here: dict[str, object], there: dict[str, object]
) -> None:
    """By its address, else by its headline, else the one that has no other address."""
    found = described(
        {"@graph": [{**OTHER, **there}, {**ARTICLE, **here}]},
        headlines=["On Eels & Cod"],
        url="https://www.daily.example/eels",
    )
    assert found == STATED


def test_articles_of_other_addresses_are_not_this_one() -> None:
    """A list of teasers dates no page."""
    items = [{**OTHER, "url": f"https://daily.example/{name}"} for name in "ab"]
    assert described(items, url="https://daily.example/eels") == LinkedData()


def test_several_people_in_one_name_are_told_apart() -> None:
    """In one text, in a list of names, and in parts of a name."""
    for author in (
        "By Ann Lee and Bo Ek",
        {"@type": "Person", "name": "Ann Lee, Bo Ek"},
        {"@type": "Person", "name": ["Ann Lee", "Bo Ek"]},
        [{"@type": "Person", "givenName": "Ann", "familyName": "Lee"}, "Ek, Bo"],
    ):
        assert described({**ARTICLE, "author": author}) == STATED


@pytest.mark.parametrize(
    "date",
    [
        1714810830,
        1714810830000,
        "1714810830",
        {"@type": "Date", "@value": "2024-05-04T08:20:30Z"},
        [None, "2024-05-04T08:20:30Z"],
        "Sat, 04 May 2024 08:20:30 GMT",
        "May 4, 2024 8:20:30 AM UTC",
    ],
)
def test_a_date_is_read_in_whatever_form(date: object) -> None:
    """Numbers, typed values, lists and words."""
    assert described({**ARTICLE, "datePublished": date}) == STATED


def test_a_headline_is_no_publisher() -> None:
    """Nor are an address and a name in a network."""
    for name in ("On eels & cod", "https://daily.example", "@daily"):
        found = described({**ARTICLE, "publisher": {"name": name}})
        assert found == replace(STATED, publisher="")


def test_a_number_of_thousands_of_digits_is_no_character() -> None:
    """Python refuses to read it; the rest is read."""
    huge = f"On &#{'9' * 5_000}; eels"
    assert described({**ARTICLE, "headline": huge}).title == "On \ufffd eels"
    assert described({**ARTICLE, "isbn": 7}).title == STATED.title


def test_people_and_outlets_are_found_by_reference() -> None:
    """A graph names each thing once and points at it."""
    graph = [
        {**ARTICLE, "author": [{"@id": "#ann"}, {"@id": "#bo"}], "publisher": {"@id": "#us"}},
        {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
        {"@type": "Person", "@id": "#bo", "name": "Bo Ek"},
        {"@type": "NewsMediaOrganization", "@id": "#us", "name": "The Daily Example"},
    ]
    assert described({"@graph": graph}) == STATED


def test_only_people_are_authors() -> None:
    """Bare names are taken; desks, links, doubles and what has no name are not."""
    author: list[object] = [
        "Ann Lee",
        {"name": "Bo Ek"},
        {"@type": "Organization", "name": "Continental Wire"},
        {"@type": "Person", "name": "https://daily.example/ann"},
        {"@type": "Person"},
        {"@type": "Person", "name": {"first": "C"}},
        "Ann Lee",
        7,
    ]
    assert described({**ARTICLE, "author": author}) == STATED


def test_a_page_s_date_stands_in_for_an_article_s() -> None:
    """Where the article gives none."""
    found = described({"@type": "WebPage", "datePublished": "2024-05-04T08:20:30Z"})
    assert found == LinkedData(published_at=STATED.published_at)


@pytest.mark.parametrize("described_as", [{}, [], "text", 7, None, {"@type": None}, {"@graph": 1}])
def test_nothing_stated_is_nothing(described_as: object) -> None:
    """Whatever else the JSON holds."""
    assert described(described_as) == LinkedData()
