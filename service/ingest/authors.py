"""The people who sign an article, out of what bylines and metadata write."""

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from service.english.lexicon import (
    BYLINE_WORDS,
    HE,
    NAME_PARTICLES,
    NAME_SUFFIXES,
    PLACES_AND_PEOPLES,
    SHE,
)
from service.english.speakers.outlets import is_outlet

MAX_BYLINE_CHARS = 300
_MOST_WORDS = 5

# One name each: "Family, Given" where there is a comma.
_FAMILY_FIRST = ("citation_author", "dc.creator", "dcterms.creator", "dc:creator")
_META_NAMES = (
    "author",
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "authors",
    "byl",
    "shareaholic:article_author_name",
    *_FAMILY_FIRST,
)
_MARKED = (
    '//*[@itemprop="author"]//*[@itemprop="name"]',
    '//*[contains(@class, "author")][contains(@class, "vcard")]//*[contains(@class, "fn")]',
    '//*[@itemprop="author"]',
    '//a[@rel="author"]',
)
_CREDIT = re.compile(
    r"\s?(?:(?:written|reported|posted|published|submitted|compiled|story|words|text|article|report"
    r"|reporting|analysis|opinion|interview|review)\s)?(?:by|author|byline|from)\b\s?:?\s"
    r"|\s?(?:authors?|writers?|texte?)\s?:\s?"
    r"|(?-i:(?:[Vv]on|[Pp]or|[Pp]ar)\s+(?=[A-Z][^\s,]+\s+[A-Z]))",
    re.IGNORECASE,
)
# What follows a name in a byline and is no other name.
_REST = re.compile(
    r"\s?(?:\b(?:last\s)?(?:updated|published|posted|modified)\b|\bfor\s+(?:the\s+)?(?=[A-Z])"
    r"|\b(?:of|at|in)\s+(?:the\s+)?(?=[A-Z])|\b(?:is|was|has|covers|writes)\b|\d|\s[-–—]\s|[|•·‧]\s*\d"
    r"|@\s).*",
    re.IGNORECASE | re.DOTALL,
)
_NO_NAME = re.compile(
    r"\([^()]*\)|(?<!\S)[^\s@]++@\S+\.\S+|(?:https?://|www\.)\S+|(?<!\S)@\w+"
    r"|(?<![\w-])[\w-]++\.(?!\s)[a-z]{2,}\b\S*"
)
_APART = re.compile(r"\s?[;|•·/&]\s?|,?\s(?:and|with|und|et)\s", re.IGNORECASE)
_COMMA = re.compile(r"\s?[,，、]\s?")


def person_names(written: str, *, family_first: bool = False) -> tuple[str, ...]:
    """The people that a byline names: "By Tove Brann and Ole Dahl, Staff Writers" are two.

    "Brann, Tove" is one, given name first. Roles, places and, where a person is named, outlets are
    left out. `family_first` says that a comma stands between family and given name in any case.
    """
    line = _CREDIT.sub("", " ".join(written[:MAX_BYLINE_CHARS].split()), count=1)
    line, outlets = _NO_NAME.subn(" ", line)
    names: list[str] = []
    for part in _APART.split(line):
        pieces = [piece for piece in _COMMA.split(_REST.sub("", part).strip(" ,:-–—")) if piece]
        pieces = _joined(pieces)
        if len(pieces) == 2 and not outlets and (family_first or _is_inverted(*pieces)):
            names.append(" ".join(reversed(pieces)))
            continue
        several = len(pieces) > 1 or bool(outlets)
        names += [piece for piece in pieces if " " in piece or not several]
    people = [name for name in names if _is_person(name)]
    return tuple(_unique(people or [name for name in names if is_outlet(name)][:1]))


def page_authors(tree: HtmlElement) -> tuple[str, ...]:
    """The people whom metadata, microdata or links name as authors, by the first kind that does."""
    for name in _META_NAMES:
        contents = [
            meta.get("content") or ""
            for meta in tree.iter("meta")
            if name in {(meta.get(key) or "").lower() for key in ("property", "name")}
        ]
        if people := _all(contents, family_first=name in _FAMILY_FIRST):
            return people
    for path in _MARKED:
        lines = [" ".join(element.text_content().split()) for element in tree.xpath(path)]
        if people := _all(line for line in lines if len(line) <= MAX_BYLINE_CHARS):
            return people
    return ()


def _all(lines: Iterable[str], *, family_first: bool = False) -> tuple[str, ...]:
    return tuple(
        _unique(name for line in lines for name in person_names(line, family_first=family_first))
    )


def _joined(pieces: list[str]) -> list[str]:
    """With "Jr." put back to the name before it."""
    joined: list[str] = []
    for piece in pieces:
        if joined and piece.lower().rstrip(".") in NAME_SUFFIXES:
            joined[-1] += f" {piece}"
        else:
            joined.append(piece)
    return joined


def _is_inverted(first: str, second: str) -> bool:
    """Whether the two are a family name and given names: "Brann, Tove", "van den Berg, Anna"."""
    *particles, family = first.split()
    names = all(word.lower() in NAME_PARTICLES for word in particles) and len(second.split()) <= 3
    return bool(family) and names and _is_person(first) and _is_person(second)


def _is_person(name: str) -> bool:
    words = name.split()
    low = [word.lower().strip(".,’'") for word in words]
    if not words or len(words) > _MOST_WORDS or any(not _is_word(word) for word in words):
        return False
    if any(word in BYLINE_WORDS for word in low) or name.lower() in PLACES_AND_PEOPLES:
        return False
    if len(words) > 1 and not any(word[0].isupper() or not word.isascii() for word in words):
        return False
    return low[0] in HE | SHE or not is_outlet(name)


def _is_word(word: str) -> bool:
    return any(map(str.isalpha, word)) and not any(map(str.isdigit, word))


def _unique(names: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if (folded := name.casefold()) not in seen:
            seen.add(folded)
            yield name
