"""Who is in the archive: the names of its publishers."""

from service.domain.claim import Filters
from service.ports import Store

MOST = 200
"""As many as a request may name. An archive has a few outlets, seldom more."""


async def outlets(store: Store) -> tuple[str, ...]:
    """The names of at most `MOST` publishers, as their newest articles have them, in the order of
    the alphabet. One look into the store for each."""
    found: dict[str, str] = {}
    while len(found) < MOST:
        others = Filters(exclude_publishers=frozenset({"", *found}))
        page = await store.articles(others, limit=1)
        if not page.articles:
            break
        name = page.articles[0].publisher
        found[name.casefold()] = name
    return tuple(sorted(found.values(), key=str.casefold))
