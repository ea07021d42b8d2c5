"""`onrecord export`: the archive as JSON Lines."""

import asyncio
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer

from service.cli.client import all_revisions
from service.cli.configuration import read_settings
from service.cli.options import Server, Store
from service.cli.rows import revision_row
from service.domain.article import StoredRevision
from service.domain.errors import InvalidInput
from service.reports.phrases import count


def export(
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to; standard output by default.",
            show_default=False,
        ),
    ] = None,
    store: Store = None,
    server: Server = None,
) -> None:
    """Write every revision of every article as a line of JSON, as index and POST /v1/articles/batch
    take it.

    Indexed into an empty store the file gives the same archive, with its past: checks as of a day
    answer as before.

    **Example**: `onrecord export --output archive.jsonl`
    """
    settings = read_settings(store=store)

    async def run() -> Counter[bool]:
        # Closed in place: a reader that leaves early would else leave the store open behind it.
        revisions = aclosing(all_revisions(settings, server=server, store=store))
        with _destination(output) as lines:
            async with revisions as every:
                return await _write(every, lines)

    written = asyncio.run(run())
    past = f" with {count(written[True], 'older revision')}" if written[True] else ""
    where = f" to {output}" if output else ""
    typer.echo(f"exported {count(written[False], 'article')}{past}{where}", err=True)


async def _write(revisions: AsyncIterator[StoredRevision], lines: IO[bytes]) -> Counter[bool]:
    """How many current revisions (False) and replaced ones (True) were written."""
    written: Counter[bool] = Counter()
    async for revision in revisions:
        lines.write(revision_row(revision))
        written[revision.stood_until is not None] += 1
    lines.flush()
    return written


@contextmanager
def _destination(output: Path | None) -> Iterator[IO[bytes]]:
    """Standard output, or a file that appears under its name only when it is whole."""
    if output is None:
        yield sys.stdout.buffer
        return
    unfinished = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as lines:
            yield lines
        unfinished.replace(output)
    except OSError as error:
        raise InvalidInput(f"{output} cannot be written: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)
