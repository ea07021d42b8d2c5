"""An article's headline and its outlet, told apart where a page writes both in one line."""

import re
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

MAX_LINE_CHARS = 1_000

_SEPARATOR = re.compile(r"(?<!\s)\s++[|–—\-·•»«:/~⁄]++\s+|(?<!\s)\s*+[|»«]\s*|:\s+")
_PUBLISHER_NAMES = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "citation_journal_title",
    "sailthru.publisher",
    "publisher",
)
_TITLE_NAMES = ("og:title", "twitter:title", "parsely-title", "dc.title", "title")
_NO_NAME = ("http://", "https://", "//", "@")


def headlines(tree: HtmlElement) -> tuple[str, ...]:
    """The lines of a page that may be its headline, the likeliest first."""
    lines = [*_metas(tree, _TITLE_NAMES[:1]), *_elements(tree, "h1"), *_metas(tree, _TITLE_NAMES)]
    return tuple(dict.fromkeys(filter(None, [*lines, *_elements(tree, "title")])))


def outlet_names(tree: HtmlElement) -> tuple[str, ...]:
    """What the outlet calls itself in metadata, the likeliest first; never an address."""
    names = _metas(tree, _PUBLISHER_NAMES)
    return tuple(name for name in names if name and not name.startswith(_NO_NAME))


def without_outlet(title: str, outlets: Iterable[str], printed: Sequence[str]) -> str:
    """`title` without the outlet's name before or behind it: "Quay closed | Orm Post".

    What stands apart is also left out where the rest is the headline as `printed` in the page.
    """
    title = title[:MAX_LINE_CHARS]
    known = {folded(outlet) for outlet in outlets} - {""}
    headings = {folded(line): line for line in printed}
    cuts = list(_SEPARATOR.finditer(title))
    for cut in cuts:
        if (heading := headings.get(folded(title[: cut.start()]))) and len(heading.split()) > 2:
            return heading
    while cuts and folded(title[cuts[-1].end() :]) in known:
        title = title[: cuts.pop().start()]
    while cuts and folded(title[: cuts[0].start()]) in known:
        title = title[cuts[0].end() :]
        cuts = list(_SEPARATOR.finditer(title))
    return title.strip()


def folded(line: str) -> str:
    """Letters and digits in lower case, without an article: "The Orm Post" is "ormpost"."""
    return "".join(filter(str.isalnum, line.casefold().removeprefix("the ")))


def _metas(tree: HtmlElement, names: Sequence[str]) -> list[str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        found.setdefault(name, " ".join((meta.get("content") or "").split()))
    return [found[name][:MAX_LINE_CHARS] for name in names if name in found]


def _elements(tree: HtmlElement, tag: str) -> list[str]:
    lines = (" ".join(element.text_content().split()) for element in tree.iter(tag))
    return [line[:MAX_LINE_CHARS] for line in lines]
