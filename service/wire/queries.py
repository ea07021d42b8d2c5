"""The query strings of the archive's GETs: flat where a body would nest."""

from typing import Annotated

from pydantic import AfterValidator, Field

from service.domain.claim import Filters, QuoteQuery
from service.domain.text import normalise
from service.wire.fields import MAX_PUBLISHERS, Asked, ClaimText, Name, Time
from service.wire.positions import AskedOffsets, Offsets

MAX_PAGE = 200
MAX_WORDS_CHARS = 500


def _has_a_word(text: str) -> str:
    if not any(character.isalnum() for character in text):
        raise ValueError("write at least one word")
    return text


Words = Annotated[str, Field(max_length=MAX_WORDS_CHARS), AfterValidator(_has_a_word)]
"""Plain text: there is no query language."""
Cursor = Annotated[
    str | None,
    Field(max_length=1_000, description="From the page before; leave it out for the first."),
]


class ArchiveScope(Asked):
    """Which part of the archive is asked for."""

    as_of: Time | None = Field(
        None,
        description="Leave out what was published later, and read each article as it stood then.",
    )
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

    url: str | None = Field(
        None, max_length=4_000, description="Only at this address, as the article has it."
    )
    limit: Annotated[int, Field(ge=1, le=MAX_PAGE, description="Articles a page.")] = 50
    cursor: Cursor = None


class QuotesQuery(ArchiveScope):
    """Whose words, about what; all that is given must be so."""

    speaker: Words | None = Field(
        None,
        description="Who said it, in any form that the article has: `Zelensky` finds his full "
        "name, his title, and the pronouns that stand for him.",
    )
    organisation: Words | None = Field(None, description="The speaker's organisation.")
    via: Words | None = Field(None, description="The outlet that was told.")
    q: Words | None = Field(None, description="Words that the quote has, in whatever form.")
    limit: Annotated[int, Field(ge=1, le=MAX_PAGE, description="Quotes a page.")] = 50
    cursor: Cursor = None
    offsets: AskedOffsets = Offsets.CODE_POINTS

    def to_domain(self) -> QuoteQuery:
        """The same for the domain; words are normalised as articles are."""
        return QuoteQuery(
            speaker=normalise(self.speaker or ""),
            organisation=normalise(self.organisation or ""),
            via=normalise(self.via or ""),
            words=normalise(self.q or ""),
            filters=self.filters(),
        )


class SearchQuery(ArchiveScope):
    """Words to find passages for."""

    q: ClaimText
    limit: Annotated[int, Field(ge=1, le=50, description="Passages.")] = 10
    offsets: AskedOffsets = Offsets.CODE_POINTS

    @property
    def text(self) -> str:
        """The words, normalised as articles are."""
        return normalise(self.q)
