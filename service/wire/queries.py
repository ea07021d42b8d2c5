"""The query strings of the archive's GETs: flat where a body would nest."""

from typing import Annotated

from pydantic import Field

from service.domain.claim import Filters
from service.domain.text import normalise
from service.wire.fields import MAX_PUBLISHERS, ClaimText, Name, Shape, Time

MAX_PAGE = 200


class ArchiveScope(Shape):
    """Which part of the archive is asked for."""

    as_of: Time | None = Field(None, description="Leave out what was published later.")
    published_after: Time | None = Field(
        None, description="Leave out what was published then or earlier."
    )
    publisher: tuple[Name, ...] = Field(
        (), max_length=MAX_PUBLISHERS, description="Only this one; repeat it for more."
    )
    exclude_publisher: tuple[Name, ...] = Field(
        (), max_length=MAX_PUBLISHERS, description="Not this one; repeat it for more."
    )

    def filters(self) -> Filters:
        """The same for the domain."""
        return Filters(
            as_of=self.as_of,
            published_after=self.published_after,
            include_publishers=frozenset(self.publisher),
            exclude_publishers=frozenset(self.exclude_publisher),
        )


class ArticlesQuery(ArchiveScope):
    """A page of the archive."""

    limit: Annotated[int, Field(ge=1, le=MAX_PAGE, description="Articles a page.")] = 50
    cursor: str | None = Field(
        None, max_length=1_000, description="From the page before; leave it out for the first."
    )


class SearchQuery(ArchiveScope):
    """Words to find passages for."""

    q: ClaimText
    limit: Annotated[int, Field(ge=1, le=50, description="Passages.")] = 10

    @property
    def text(self) -> str:
        """The words, normalised as articles are."""
        return normalise(self.q)
