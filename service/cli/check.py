"""`onrecord check`: one claim, answered with quotes."""

import asyncio
import sys
from typing import Annotated

import typer

from service.cli.client import open_client
from service.cli.configuration import read_settings
from service.cli.console import print_bytes, reading_width, terminal
from service.cli.documents import STDIN, decoded
from service.cli.options import (
    AsOf,
    CheckFormat,
    NotPublisher,
    OnlyPublisher,
    PublishedAfter,
    Server,
    Store,
    publishers,
    request,
)
from service.domain.errors import InvalidClaim
from service.reports.json_lines import check_json
from service.reports.text import check_note
from service.settings import Settings
from service.wire.checks import CheckRequest, CheckResponse
from service.wire.fields import MAX_CLAIM_CHARS

MAX_CLAIM_BYTES = 4 * MAX_CLAIM_CHARS + 2
"""The longest claim in UTF-8 with a line end: no more is read."""


def check(  # noqa: PLR0913, PLR0917 - an option each
    claim: Annotated[
        str,
        typer.Argument(metavar="CLAIM", help="One statement; - reads it from standard input."),
    ],
    as_of: AsOf = None,
    published_after: PublishedAfter = None,
    publisher: OnlyPublisher = None,
    exclude_publisher: NotPublisher = None,
    limit: Annotated[int, typer.Option(min=1, max=50, help="Quotes a side.")] = 5,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Quotes less certain than this decide nothing.")
    ] = 0.0,
    output: Annotated[
        CheckFormat, typer.Option("--format", help="text to read, json as the HTTP API answers.")
    ] = CheckFormat.TEXT,
    store: Store = None,
    server: Server = None,
) -> None:
    """Check a claim and show the quotes that support it or conflict with it.

    Any verdict is an answer, so the exit code is 0 for each.

    **Example**: `onrecord check "5,000 North Koreans are in the Buryat Battalion."`
    """
    asked = request(
        CheckRequest,
        claim=_from_stdin() if claim == STDIN else claim,
        as_of=as_of,
        published_after=published_after,
        publishers=publishers(publisher, exclude_publisher),
        limit=limit,
        min_confidence=min_confidence,
    )
    settings = read_settings(store=store)
    answer = asyncio.run(_ask(asked, settings, server, store))
    if output is CheckFormat.JSON:
        print_bytes(check_json(answer))
        return
    console = terminal()
    console.print(check_note(answer, width=reading_width(console)))


async def _ask(
    asked: CheckRequest, settings: Settings, server: str | None, store: str | None
) -> CheckResponse:
    async with open_client(settings, server=server, store=store) as client:
        return await client.check(asked)


def _from_stdin() -> str:
    """The claim, without the line end that `echo` adds. Raises InvalidClaim, UnreadableDocument."""
    body = sys.stdin.buffer.read(MAX_CLAIM_BYTES + 1)
    if len(body) > MAX_CLAIM_BYTES:
        raise InvalidClaim(
            f"the claim is longer than {MAX_CLAIM_CHARS:,} characters; "
            "`onrecord draft -` checks whole texts"
        )
    return decoded(body, "the claim").removesuffix("\n")
