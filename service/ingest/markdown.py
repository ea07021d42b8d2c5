"""Markdown as the text that its reader sees.

Quotes are returned as they stand in the stored text, and `**3,000**` or a link's address in the
middle of one is not what was written to be read. So markup is taken off on the way in.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from service.domain.article import Submission
from service.domain.errors import InvalidArticle
from service.english.text.markdown import Block, BlockKind, blocks
from service.ingest.rows import submission_of


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

    One paragraph, heading, list item or row of a table a line, items with "- ". HTML is left out,
    and so are pictures with their descriptions: they carry no words of the article.
    """
    found = [block for block in blocks(markdown) if block.kind is not BlockKind.HTML]
    if found and found[0].tag == "h1":
        return found[0].text.words.strip(), "\n".join(_lines(found[1:]))
    return "", "\n".join(_lines(found))


def _lines(found: Iterable[Block]) -> Iterator[str]:
    for (kind, _), group in groupby(found, key=lambda block: (block.kind, block.line)):
        if kind is BlockKind.CELL:
            yield " | ".join(cell.text.words.strip() for cell in group)
            continue
        for block in group:
            if kind is BlockKind.CODE:
                yield block.text.words.rstrip("\n")
            else:
                yield ("- " if block.opens_item else "") + block.text.words.strip()
