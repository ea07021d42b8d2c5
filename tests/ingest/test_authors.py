"""Bylines as outlets write them; every name is invented."""

import pytest
from lxml import html

from service.ingest.authors import page_authors, person_names


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ann Lee", ["Ann Lee"]),
        ("By Ann Lee and Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee, Bo Ek and Ida Moe", ["Ann Lee", "Bo Ek", "Ida Moe"]),
        ("Ann Lee; Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee & Bo Ek | Ida Moe", ["Ann Lee", "Bo Ek", "Ida Moe"]),
        ("Written by Ann Lee with Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee, ann lee", ["Ann Lee"]),
    ],
)
def test_several_in_one_line_are_told_apart(written: str, names: list[str]) -> None:
    """By commas, signs and words; nobody twice."""
    assert list(person_names(written)) == names


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Lee, Ann", ["Ann Lee"]),
        ("Lee, Ann M.", ["Ann M. Lee"]),
        ("van den Berg, Ida", ["Ida van den Berg"]),
        ("Lee, Ann; Ek, Bo", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee, Vell", ["Ann Lee"]),
        ("Ann Lee, Jr., Bo Ek", ["Ann Lee Jr.", "Bo Ek"]),
    ],
)
def test_a_family_name_before_a_comma_goes_behind(written: str, names: list[str]) -> None:
    """What stands behind a whole name is a place or a suffix."""
    assert list(person_names(written)) == names


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("By ANN LEE, Coast Wire Harbour Writer", ["ANN LEE"]),
        ("Ann Lee, Senior Political Correspondent", ["Ann Lee"]),
        ("Ann Lee | Staff Reporter", ["Ann Lee"]),
        ("Ann Lee, Harbour Post", ["Ann Lee"]),
        ("Ann Lee for the Harbour Post", ["Ann Lee"]),
        ("Ann Lee in Vell", ["Ann Lee"]),
        ("By Ann Lee Last updated January 7, 2025", ["Ann Lee"]),
        ("Ann Lee • 5 May 2025", ["Ann Lee"]),
        ("Ann Lee (ann@post.example)", ["Ann Lee"]),
        ("Ann Lee @annlee", ["Ann Lee"]),
        ("Story by Ann Lee; photos by Bo Ek", ["Ann Lee"]),
        ("harbourpost.example, Vell, Norway", []),
        ("https://www.facebook.com/harbourpost", []),
        ("admin", []),
        ("Editorial Staff", []),
        ("", []),
        ("7", []),
    ],
)
def test_roles_outlets_places_and_dates_are_nobody(written: str, names: list[str]) -> None:
    """However they are written beside a name, and alone."""
    assert list(person_names(written)) == names


def test_an_agency_signs_where_nobody_else_does() -> None:
    """Whose report it is tells copies from independent reports."""
    assert person_names("By Associated Press") == ("Associated Press",)
    assert person_names("Ann Lee, Associated Press") == ("Ann Lee",)


META = '<meta name="{}" content="{}">'
FACEBOOK = META.format("article:author", "https://social.example/annlee")


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        (META.format("author", "By Ann Lee and Bo Ek"), ("Ann Lee", "Bo Ek")),
        (META.format("byl", "Ann Lee") + META.format("byl", "Bo Ek"), ("Ann Lee", "Bo Ek")),
        (META.format("citation_author", "von Lee, Ann"), ("Ann von Lee",)),
        (FACEBOOK + '<p itemprop="author"><b itemprop="name">Ann Lee</b>, 45</p>', ("Ann Lee",)),
        ('<span class="author vcard"><a class="url fn n">Ann Lee</a></span>', ("Ann Lee",)),
        ('<a rel="author">Ann Lee</a> <a rel="author">Bo Ek</a>', ("Ann Lee", "Bo Ek")),
        ("<p>Ann Lee said so.</p>", ()),
    ],
)
def test_authors_are_found_where_pages_mark_them(markup: str, names: tuple[str, ...]) -> None:
    """The first kind of mark that names somebody counts."""
    assert page_authors(html.fromstring(f"<html><body>{markup}</body></html>")) == names
