"""A quotation held against the archive: the question and the answer."""

from typing import Annotated

from pydantic import Field

from service.domain.quotation import (
    ChangeKind,
    QuotationQuery,
    QuotationResult,
    VerifiedQuotation,
)
from service.domain.quotation import WordChange as DomainWordChange
from service.domain.text import Utf16, normalise
from service.wire.checks import Scope
from service.wire.fields import ClaimText, ExcludedArticles, Name, Shape
from service.wire.positions import TextSpan
from service.wire.quotes import FoundQuoteResponse

QuotationText = Annotated[
    ClaimText, Field(description="The words, with or without quotation marks around them.")
]


class QuotationRequest(Scope):
    """A quotation to verify."""

    quotation: QuotationText
    speaker: Name = Field(
        "", description="Who is said to have said it, as a draft would name them; may be empty."
    )
    exclude_articles: ExcludedArticles = ()

    def to_domain(self) -> QuotationQuery:
        """The same for the domain; words are normalised as articles are."""
        return QuotationQuery(
            words=normalise(self.quotation),
            speaker=normalise(self.speaker).strip(),
            filters=self.filters(),
            excluded_articles=frozenset(self.exclude_articles),
        )


class WordChange(Shape):
    """A run of words in which the quotation and its source differ. `quoted` points into the
    quotation, `source` into the article's text; the one without words stands where they would
    be."""

    kind: ChangeKind = Field(
        description="What was done to the words of the source: others stand in their place "
        "(`replaced`), words were put in (`added`) or `left_out`."
    )
    quoted: TextSpan = Field(description="The words of the quotation.")
    source: TextSpan = Field(description="The words of the article's text.")

    @classmethod
    def of(cls, change: DomainWordChange, quotation: str, text: str) -> "WordChange":
        """The change as JSON, between a quotation and its article's text."""
        return cls(
            kind=change.kind,
            quoted=TextSpan.of(change.quoted, quotation),
            source=TextSpan.of(change.source, text),
        )


class QuotationResponse(Shape):
    """What the archive says of a quotation."""

    quotation: str = Field(description="The words, without quotation marks around them.")
    speaker: str | None = Field(description="Whom they are ascribed to; null where nobody is.")
    result: QuotationResult = Field(
        description="`exact`: on record. `altered`: on record but for some words. `misattributed`: "
        "on record, but from somebody else. `not_found`: not on record, which does not mean that "
        "it was not said."
    )
    changes: tuple[WordChange, ...] = Field(
        description="The words in which it differs from `source`. Typography, editorial brackets "
        "and what an ellipsis stands for make no difference."
    )
    source: FoundQuoteResponse | None = Field(
        description="The quote on record; with `not_found` the nearest one, if any is near."
    )

    @classmethod
    def of(cls, verified: VerifiedQuotation) -> "QuotationResponse":
        """The result as JSON."""
        said, source = verified.speaker, verified.source
        text = source.article.text if source else ""
        speaker = said.resolved or said.speaker if said else None
        return cls(
            quotation=verified.quotation,
            speaker=speaker.text if speaker else None,
            result=verified.result,
            changes=tuple(
                WordChange.of(change, verified.quotation, text) for change in verified.changes
            ),
            source=FoundQuoteResponse.found(source, Utf16(text)) if source else None,
        )
