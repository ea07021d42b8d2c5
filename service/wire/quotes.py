"""Quotes: those of one article, and those found in all of them."""

from pydantic import Field

from service.domain.article import StoredQuote
from service.domain.quote import Quote
from service.domain.text import Utf16
from service.ports import QuotePage
from service.wire.evidence import (
    ArticleReference,
    Attribution,
    TextQuoteSelector,
    selectors,
    text_fragment,
)
from service.wire.fields import Shape
from service.wire.line import attributed_line
from service.wire.positions import Position, TextPositionSelector, UnitsByText


class QuoteResponse(Shape):
    """A quotation or a piece of reported speech in an article."""

    quote: str = Field(
        description="A slice of the text: the words from first to last; their sentence, where they"
        " are no clause."
    )
    position: Position = Field(description="Where it stands in the article's text.")
    content: tuple[Position, ...] = Field(description="The speaker's own words, in pieces.")
    attribution: Attribution = Field(description="Whose words it is.")

    @classmethod
    def of(cls, text: str, quote: Quote) -> "QuoteResponse":
        """The quote as JSON; `text` is its article's."""
        return cls(
            quote=quote.shown.of(text),
            position=Position.of(quote.shown, text),
            content=tuple(Position.of(span, text) for span in quote.content),
            attribution=Attribution.of(quote.attribution, text),
        )


class FoundQuoteResponse(QuoteResponse):
    """A quote with the article it stands in, and how to find it there again."""

    line: str = Field(description="The quote and who said it, as it would stand in a note.")
    article: ArticleReference = Field(description="The article it stands in.")
    selector: tuple[TextQuoteSelector, TextPositionSelector] = Field(
        description="How another program finds the words again."
    )
    utf16: tuple[int, int] = Field(
        description="Where it stands in the article's text, in UTF-16 code units."
    )
    link: str | None = Field(
        description="An address that scrolls to the words; null where the article has none."
    )

    @classmethod
    def found(cls, stored: StoredQuote, units: Utf16) -> "FoundQuoteResponse":
        """The quote as JSON; `units` are those of its article's text."""
        quote, article = stored.quote, stored.article
        words = quote.shown.of(article.text)
        return cls(
            **dict(QuoteResponse.of(article.text, quote)),
            line=attributed_line(words, quote.attribution, article.publisher),
            article=ArticleReference.model_validate(article),
            selector=selectors(article.text, quote.shown),
            utf16=units.pair(quote.shown),
            link=text_fragment(article.url, words) if article.url else None,
        )


class FoundQuotesResponse(Shape):
    """A page of quotes, newest first; `cursor` asks for the next, null on the last."""

    quotes: tuple[FoundQuoteResponse, ...] = Field(description="Newest first.")
    cursor: str | None = Field(description="Asks for the next page; null on the last.")

    @classmethod
    def of(cls, page: QuotePage) -> "FoundQuotesResponse":
        """The page as JSON."""
        units = UnitsByText()
        return cls(
            quotes=tuple(
                FoundQuoteResponse.found(stored, units[stored.article.text])
                for stored in page.quotes
            ),
            cursor=page.cursor,
        )


class QuotesResponse(Shape):
    """All quotes of one article, in the order of its text."""

    article: str = Field(description="The article's id.")
    revision: str = Field(description="The article's revision.")
    quotes: tuple[QuoteResponse, ...] = Field(description="In the order of its text.")
