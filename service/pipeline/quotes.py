"""QUOTES: who → the name alone → the quotes."""

from dataclasses import replace

from service.domain.claim import QuoteQuery
from service.domain.text import Span
from service.english.text.persons import name_in
from service.ports import QuotePage, Store


async def said(
    query: QuoteQuery, store: Store, *, limit: int, cursor: str | None = None
) -> QuotePage:
    """What was said by whom about what, a page at a time. Raises InvalidCursor.

    Articles call one person by many names: "Zelensky" finds them all, since each article's
    short forms and pronouns are resolved to its fullest. So a title asks nothing: what is quoted of
    "President Zelensky" may never call him so.
    """
    alone = replace(query, speaker=name_alone(query.speaker))
    return await store.said(alone, limit=limit, cursor=cursor)


def name_alone(speaker: str) -> str:
    """A person's name without titles; anything else as it is: "a Pentagon official", "the Trump
    administration"."""
    name = name_in(speaker, Span(0, len(speaker)))
    ends = name is not None and name.mention.span.end == len(speaker.rstrip())
    return " ".join(name.words) if name and ends else speaker
