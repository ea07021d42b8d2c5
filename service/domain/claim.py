"""What is asked: a claim, and which part of the archive may answer."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles count.

    `as_of` leaves out what was published later, and of an article that has changed since it takes
    the revision that stood then. `published_after` leaves out what was not published later than it.
    An undated article passes neither. Publishers are compared without regard to case.
    """

    as_of: datetime | None = None
    published_after: datetime | None = None
    include_publishers: frozenset[str] = frozenset()
    exclude_publishers: frozenset[str] = frozenset()

    @property
    def everything(self) -> bool:
        """Whether nothing is filtered out."""
        return self == Filters()


@dataclass(frozen=True, slots=True)
class QuoteQuery:
    """Whose words, about what. An empty field asks nothing; what is asked must all be so.

    `speaker` are words that must all be in what the article calls the speaker: as printed, in
    full, or by role. So must those of `organisation` and of `via`, the outlet that was told.
    `words` must all be in the quote, in whatever form ("soldier", "soldiers"); words that every
    text has ("the", "not") are passed over. Case and accents make no difference.
    """

    speaker: str = ""
    organisation: str = ""
    via: str = ""
    words: str = ""
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as written, and how to check it.

    `limit` caps the quotes a side. What is less certain than `min_confidence`, in 0..1, decides
    nothing; nor does what conflicts less certainly than `min_conflict`, unless another figure,
    date or name in nearly the same words explains it. Articles with an id in `excluded_articles`
    are not read.
    """

    text: str
    filters: Filters = field(default_factory=Filters)
    limit: int = 5
    min_confidence: float = 0.0
    min_conflict: float = 0.0
    excluded_articles: frozenset[str] = frozenset()
