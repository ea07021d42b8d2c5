"""`onrecord quotes`: who said what."""

import asyncio
from typing import Annotated

import typer

from service.cli.client import find_quotes
from service.cli.configuration import read_settings
from service.cli.console import print_bytes, reading_width, terminal
from service.cli.options import (
    AsOf,
    CheckFormat,
    NotPublisher,
    OnlyPublisher,
    PublishedAfter,
    Server,
    Store,
    request,
)
from service.reports.text import quotes_note
from service.wire.queries import MAX_PAGE, QuotesQuery


def quotes(  # noqa: PLR0913, PLR0917 - an option each
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help="Words that the quote has.", show_default=False),
    ] = None,
    speaker: Annotated[
        str | None,
        typer.Option(help="Who said it, in any form that the article has.", show_default=False),
    ] = None,
    organisation: Annotated[
        str | None, typer.Option(help="The speaker's organisation.", show_default=False)
    ] = None,
    via: Annotated[
        str | None, typer.Option(help="The outlet that was told.", show_default=False)
    ] = None,
    as_of: AsOf = None,
    published_after: PublishedAfter = None,
    publisher: OnlyPublisher = None,
    exclude_publisher: NotPublisher = None,
    limit: Annotated[int, typer.Option(min=1, max=MAX_PAGE, help="Quotes a page.")] = 20,
    cursor: Annotated[
        str | None, typer.Option(help="The page before said which.", show_default=False)
    ] = None,
    output: Annotated[
        CheckFormat, typer.Option("--format", help="text to read, json as the HTTP API answers.")
    ] = CheckFormat.TEXT,
    store: Store = None,
    server: Server = None,
) -> None:
    """Show what was said, by whom and where, newest first.

    No quote is an answer too: the exit code is 0.

    **Example**: `onrecord quotes --speaker Brask bridge`
    """
    asked = request(
        QuotesQuery,
        q=" ".join(words) if words else None,
        speaker=speaker,
        organisation=organisation,
        via=via,
        as_of=as_of,
        published_after=published_after,
        publisher=publisher or [],
        exclude_publisher=exclude_publisher or [],
        limit=limit,
        cursor=cursor,
    )
    settings = read_settings(store=store)
    page = asyncio.run(find_quotes(asked, settings, server=server, store=store))
    if output is CheckFormat.JSON:
        print_bytes(page.model_dump_json().encode())
        return
    console = terminal()
    console.print(quotes_note(page, width=reading_width(console)))
