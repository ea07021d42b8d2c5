"""Posts of social networks that a page embeds: the words of their authors, not of the outlet."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement
from lxml.html.builder import P

from service.english.speech.signatures import NETWORKS

_POSTS = re.compile(
    r"(?:^|\s)(?:twitter-(?:tweet|video)|instagram-media|bluesky-embed|fb-post|fb-xfbml-parse-ignore"
    r"|tiktok-embed|text-post-media|mastodon-embed|reddit-(?:embed-bq|card)|truthsocial-embed"
    r"|threads-embed|telegram-post)(?=\s|$)"
)
_BY_CLASS = {
    "fb-": "Facebook",
    **{name.lower(): name for name in NETWORKS},
    "text-post": "Threads",
}
_BLOCKS = frozenset("p div section blockquote li br ul ol h1 h2 h3 h4 figure".split())
_DATE = (
    r"(?:(?:[A-Z][a-z]+\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]+\.? \d{4}|\d{4}-\d\d-\d\d)"
    r"(?:,? at)?(?:,? \d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp]\.?[Mm]\.?)?(?: [A-Z]{2,4})?)?)"
)
_SIGNED = re.compile(
    rf"(?:[—–]|--|-(?=\s))\s*(?P<name>.{{1,120}}?)(?:[\s·,]+{_DATE})?\s*"
    r"|(?:A|An)\s+(?:post|photo|video|reel)\s+shared\s+by\s+(?P<shared>.{1,120}?)(?:\s+on\s.*)?"
    r"|Post(?:ed)?\s+by\s+(?P<posted>.{1,120}?)(?:\s+(?:on|in)\s.*)?"
    r"|by\s*(?P<user>u/[\w-]+)\s*in\s*\S+|(?P<handle>@[\w.]+)",
    re.DOTALL,
)
_NO_WORDS = re.compile(
    rf"\A(?:View (?:this|more on|on).*|See (?:this|more).*|♬.*|\[image or embed\]|{_DATE}"
    r"|\d+[KM]? (?:likes|views).*)?",
    re.IGNORECASE,
)
_LINKS = re.compile(r"(?:https?://|pic\.twitter\.com/|t\.co/)\S+")
_HANDLE = re.compile(
    r"(?:twitter|x|tiktok|threads)\.(?:com|net)/@?(\w{1,30})(?:/|$)|(@[\w.]{2,60})$"
)
_INNER_MARKS = str.maketrans("“”„«»", "‘’‘‘’")
MAX_POST_CHARS = 10_000


def print_posts(tree: HtmlElement) -> None:
    """Turns each embedded post into one paragraph that reads as what it is: “…” — Name (@name).

    The quotation marks stand for the frame that a browser draws around a post. A post without words
    is taken out, and so are dates and links that stand below one.
    """
    for element in list(tree.iter("blockquote", "div")):
        if _POSTS.search(element.get("class") or "") and element.getparent() is not None:
            _print_post(element)


def _print_post(element: HtmlElement) -> None:
    said: list[str] = []
    signature = ""
    for line in _lines(element):
        if signed := _SIGNED.fullmatch(line):
            signature = next(filter(None, signed.groups()))
        elif not _NO_WORDS.fullmatch(line):
            said.append(line)
    if said:
        signature = signature or _handle(element)
        if "@" not in signature:
            signature = f"{signature} ({_network(element)})".strip()
        element.addprevious(P(f"“{_inner(' '.join(said))}” — {signature}"))
    element.drop_tree()


def _lines(element: HtmlElement) -> Iterator[str]:
    """The post's lines, without links; white space folded."""
    parts: list[str] = []

    def visit(node: HtmlElement) -> None:
        if isinstance(node.tag, str) and node.tag not in {"script", "style"}:
            parts.append("\n" if node.tag in _BLOCKS or _is_second_link(node) else "")
            parts.append(node.text or "")
            for child in node:
                visit(child)
                parts.append(child.tail or "")
            parts.append("\n" if node.tag in _BLOCKS else "")

    visit(element)
    for line in "".join(parts)[:MAX_POST_CHARS].replace("\xa0", " ").split("\n"):
        if words := " ".join(_LINKS.sub(" ", line).split()):
            yield words


def _is_second_link(node: HtmlElement) -> bool:
    before = node.getprevious()
    return node.tag == "a" and before is not None and before.tag == "a" and not before.tail


def _inner(words: str) -> str:
    """With single marks for the double ones, as in a quotation within a quotation."""
    marked = re.sub(r'"([^"]*)"', r"‘\1’", words).translate(_INNER_MARKS)
    return marked.replace('"', "’")


def _network(element: HtmlElement) -> str:
    classes = (element.get("class") or "").lower()
    return next((name for part, name in _BY_CLASS.items() if part in classes), "Twitter")


def _handle(element: HtmlElement) -> str:
    """The name in the post's address, where it has no signature."""
    for address in (element.get("cite"), element.get("data-href"), *element.xpath(".//a/@href")):
        if found := _HANDLE.search(address or ""):
            return f"@{(found[1] or found[2]).lstrip('@')}"
    return ""
