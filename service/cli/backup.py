"""`onrecord backup`: a consistent copy of the store."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from service import wiring
from service.cli.configuration import read_settings
from service.cli.console import terminal
from service.cli.options import Store


def backup(
    target: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="A new folder for the copy.", show_default=False),
    ],
    store: Store = None,
) -> None:
    """Copy the store as it is at this moment; a service may have it open and go on writing.

    The copy is a store itself: name it with --store, or put it in the place of one that was lost.
    Its indexes are made anew when it is first opened.

    **Example**: `onrecord backup /backups/monday --store /var/lib/onrecord`
    """
    settings = read_settings(store=store)
    with terminal(stderr=True).status(f"copying {wiring.store_name(settings)}"):
        size = asyncio.run(wiring.backup(settings, target.expanduser()))
    typer.echo(f"copied {wiring.store_name(settings)} to {target}: {size / 1e6:,.1f} MB")
