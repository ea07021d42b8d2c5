"""`onrecord index`: files, folders, pages, feeds and sitemaps into the archive."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from service.cli.client import Client, open_client
from service.cli.configuration import read_settings
from service.cli.exits import ExitCode
from service.cli.options import Server, Store, moment
from service.cli.progress import Tally, Watcher, watcher
from service.domain.article import Submission
from service.domain.errors import InvalidArticle, InvalidInput
from service.domain.indexing import Found
from service.ingest.files import FileLimits, read_files
from service.reports.phrases import one_line
from service.wiring import file_limits

COUNTED_AT_ONCE = 50
"""Articles counted between two looks at what else is to be done."""


def index(  # noqa: PLR0913, PLR0917 - an option each
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL|FEED",
            help="Files (.txt .md .html .jsonl), folders, pages, RSS or Atom feeds, sitemaps.",
            show_default=False,
        ),
    ],
    publisher: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="For articles that do not name theirs."),
    ] = None,
    published_at: Annotated[
        datetime | None,
        typer.Option(parser=moment, metavar="DATE", help="For articles that bear no date."),
    ] = None,
    author: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="For articles that name none; may be repeated."),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(metavar="TAG", help="For articles that do not say, such as en."),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print nothing but what went wrong.")
    ] = False,
    store: Store = None,
    server: Server = None,
) -> None:
    """Put articles into the archive.

    What is there already is passed over, so an interrupted run is resumed by running it again. A
    bad article is reported and the rest goes on; then the exit code is 2.

    **Example**: `onrecord index articles/ --publisher "Example Herald"`
    """
    _refuse_missing(sources)
    unknown: Counter[str] = Counter()
    defaults = Submission(
        publisher=publisher,
        published_at=published_at,
        authors=tuple(author) if author else None,
        language=language,
    )
    settings = read_settings(store=store)

    async def run() -> Tally:
        async with open_client(settings, server=server, store=store, may_create=True) as client:
            with watcher(quiet=quiet) as watching:
                found = _found(sources, defaults, client, unknown)
                counting = _count(sources, file_limits(settings), watching)
                return await _index(found, client, watching, counting)

    tally = asyncio.run(run())
    if not tally.seen:
        raise InvalidInput(
            "no article was found there; folders are searched for .txt .md .html .jsonl"
        )
    if unknown:
        typer.echo(_passed_over(unknown), err=True)
    if not quiet:
        typer.echo(str(tally))
    if tally.failed:
        raise typer.Exit(ExitCode.INPUT)


def _refuse_missing(sources: Sequence[str]) -> None:
    """A typing error in the third path is told before the first is indexed."""
    for source in sources:
        if not _is_address(source) and not Path(source).exists():
            raise InvalidArticle(f"{source} does not exist")


def _is_address(source: str) -> bool:
    return source.startswith(("http://", "https://"))


async def _found(
    sources: Sequence[str], defaults: Submission, client: Client, unknown: Counter[str]
) -> AsyncIterator[Found]:
    """What the sources hold; counts in `unknown` the fields that no article has."""
    for source in sources:
        async for found in client.find(source, defaults):
            if found.submission:
                unknown.update(found.submission.unknown)
            yield found


def _passed_over(unknown: Counter[str]) -> str:
    names = ", ".join(f"{one_line(name)} ({times:,})" for name, times in unknown.most_common(20))
    more = f" and {len(unknown) - 20:,} more" if len(unknown) > 20 else ""
    return (
        f"passed over, as no article has such a field: {names}{more}. "
        "Put what is to be kept into `extra`."
    )


async def _index(
    found: AsyncIterator[Found],
    client: Client,
    watching: Watcher,
    count: Coroutine[None, None, None],
) -> Tally:
    tally = Tally()
    counting = asyncio.create_task(count)
    try:
        async for outcome in client.index(found):
            tally = tally.counted(outcome)
            watching.show(outcome, tally)
    except asyncio.CancelledError:
        _say_interrupted(tally)
        raise
    finally:
        counting.cancel()
        with suppress(asyncio.CancelledError):
            await counting
    return tally


async def _count(sources: Sequence[str], limits: FileLimits, watching: Watcher) -> None:
    """Counts the articles of files beside the work, so that the bar knows its end. What addresses
    lead to is not known before it is fetched."""
    if any(_is_address(source) for source in sources):
        return
    total = 0
    for source in sources:
        for _ in read_files(Path(source), limits=limits):
            total += 1
            if total % COUNTED_AT_ONCE == 0:
                await asyncio.sleep(0)
    watching.expect(total)


def _say_interrupted(tally: Tally) -> None:
    typer.echo(
        f"\ninterrupted after {tally}. What is stored stays; run the same command again to resume.",
        err=True,
    )
