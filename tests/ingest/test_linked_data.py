"""What pages say of themselves in JSON-LD; every outlet is invented."""

import json
from datetime import UTC, datetime

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


def described(*scripts: object) -> LinkedData:
    written = (one if isinstance(one, str) else json.dumps(one) for one in scripts)
    tags = "".join(f'<script type="application/ld+json">{one}</script>' for one in written)
    return linked_data(html.fromstring(f"<html><head>{tags}</head><body></body></html>"))


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
