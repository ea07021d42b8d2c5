"""Markdown as the text that its reader sees.

Quotes are returned as they stand in the stored text, and `**3,000**` or a link's address in the
middle of one is not what was written to be read. So markup is taken off on the way in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler
from markdown_it import MarkdownIt
from markdown_it.token import Token

from service.domain.article import Submission
from service.domain.errors import InvalidArticle
from service.ingest.rows import submission_of

_BREAKS = {"softbreak": " ", "hardbreak": "\n"}


def read_markdown(markdown: str) -> Submission:
    """An article with its facts in YAML front matter, its title there or in the first heading.

    Raises InvalidArticle for front matter that is not YAML or has a field that cannot be.
    """
    facts, body = _front_matter(markdown)
    heading, text = plain_text(body)
    given = submission_of({**facts, "html": None, "text": text})
    if heading and given.title and heading != given.title:
        return replace(given, text=f"{heading}\n{text}")
    return replace(given, title=given.title or heading or None)


def _front_matter(markdown: str) -> tuple[dict[str, object], str]:
    """Between two rules at the top there may be prose as well: then it is part of the text."""
    try:
        facts, body = frontmatter.parse(markdown, handler=YAMLHandler())  # yaml.SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise InvalidArticle(f"the front matter is not YAML: {reason}") from error
    return (facts, body) if facts else ({}, markdown)


def plain_text(markdown: str) -> tuple[str, str]:
    """The title, if the document opens with a first-level heading, and the text below it.

    One paragraph, heading or list item a line, items with "- ". HTML is left out.
    """
    tokens = MarkdownIt("commonmark").parse(markdown)
    if tokens and tokens[0].tag == "h1":
        return _inline(tokens[1].children or ()), "\n".join(_lines(tokens[3:]))
    return "", "\n".join(_lines(tokens))


def _lines(tokens: Sequence[Token]) -> Iterator[str]:
    marker = ""
    for token in tokens:
        if token.type == "list_item_open":
            marker = "- "
        elif token.type in {"fence", "code_block"}:
            yield token.content.rstrip("\n")
        elif token.type == "inline":
            yield marker + _inline(token.children or ())
            marker = ""


def _inline(tokens: Sequence[Token]) -> str:
    """Pictures carry no words of the article; their descriptions are left out with them."""
    pieces = []
    for token in tokens:
        if token.type in {"text", "code_inline"}:
            pieces.append(token.content)
        else:
            pieces.append(_BREAKS.get(token.type, ""))
    return "".join(pieces).strip()
