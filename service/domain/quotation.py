"""A quotation held against the archive: whether these words are on record, and whose they are."""

from dataclasses import dataclass, field
from enum import StrEnum

from service.domain.article import StoredQuote
from service.domain.claim import Filters
from service.domain.quote import Attribution
from service.domain.text import Mention


@dataclass(frozen=True, slots=True)
class QuotationQuery:
    """A quotation that is asked about, with or without marks around its words.

    `speaker` is who is said to have said it, in any words; empty where nobody is named. Articles
    with an id or an address in `excluded_articles` do not count.
    """

    words: str
    speaker: str = ""
    filters: Filters = field(default_factory=Filters)
    excluded_articles: frozenset[str] = frozenset()


class QuotationResult(StrEnum):
    """What the archive says of a quotation.

    `exact`: these words are on record, of this speaker as far as can be told. `altered`: the same
    words but for some. `misattributed`: on record, but said by somebody else. `not_found`: not on
    record, which says nothing about whether it was said.
    """

    EXACT = "exact"
    ALTERED = "altered"
    MISATTRIBUTED = "misattributed"
    NOT_FOUND = "not_found"


class ChangeKind(StrEnum):
    """What was done to words of the source: others stand in their place, words were added that the
    source does not have, or words were left out."""

    REPLACED = "replaced"
    ADDED = "added"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class WordChange:
    """One run of words in which a quotation and its source differ.

    `quoted` points into the quotation and `source` into the article's text; the one that has no
    words is empty, and stands where they would be.
    """

    kind: ChangeKind
    quoted: Mention
    source: Mention


@dataclass(frozen=True, slots=True)
class VerifiedQuotation:
    """A quotation, who is said to have said it, and what the archive says of both."""

    quotation: str
    """The words, without quotation marks around them."""
    speaker: Attribution | None
    """Whom the words are ascribed to; None where nobody is named."""
    result: QuotationResult
    changes: tuple[WordChange, ...] = ()
    """Empty where every word agrees."""
    source: StoredQuote | None = None
    """The quote on record that decides, None where nothing alike is on record."""
