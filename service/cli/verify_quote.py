"""`onrecord verify-quote`: is this quotation on record, and from whom?"""

import asyncio
from typing import Annotated

import typer

from service.cli.client import open_client
from service.cli.configuration import read_settings
from service.cli.console import print_bytes, reading_width, terminal
from service.cli.options import (
    AsOf,
    CheckFormat,
    NotArticle,
    NotPublisher,
    OnlyPublisher,
    PublishedAfter,
    Server,
    Store,
    publishers,
    request,
)
from service.reports.text import quotation_note
from service.settings import Settings
from service.wire.quotations import QuotationRequest, QuotationResponse


def verify_quote(  # noqa: PLR0913, PLR0917 - an option each
    quotation: Annotated[
        str, typer.Argument(metavar="QUOTATION", help="The words, with or without marks.")
    ],
    speaker: Annotated[
        str, typer.Option(help="Who is said to have said it.", show_default=False)
    ] = "",
    as_of: AsOf = None,
    published_after: PublishedAfter = None,
    publisher: OnlyPublisher = None,
    exclude_publisher: NotPublisher = None,
    exclude_article: NotArticle = None,
    output: Annotated[
        CheckFormat, typer.Option("--format", help="text to read, json as the HTTP API answers.")
    ] = CheckFormat.TEXT,
    store: Store = None,
    server: Server = None,
) -> None:
    """Say whether a quotation is on record word for word, and whose words they are.

    Any result is an answer, so the exit code is 0 for each.

    **Example**: `onrecord verify-quote "We sold nine loaves" --speaker Winterbourne`
    """
    asked = request(
        QuotationRequest,
        quotation=quotation,
        speaker=speaker,
        as_of=as_of,
        published_after=published_after,
        publishers=publishers(publisher, exclude_publisher),
        exclude_articles=exclude_article or (),
    )
    answer = asyncio.run(_ask(asked, read_settings(store=store), server, store))
    if output is CheckFormat.JSON:
        print_bytes(answer.model_dump_json().encode())
        return
    console = terminal()
    console.print(quotation_note(answer, width=reading_width(console)))


async def _ask(
    asked: QuotationRequest, settings: Settings, server: str | None, store: str | None
) -> QuotationResponse:
    async with open_client(settings, server=server, store=store) as client:
        return await client.verify(asked)
