"""`onrecord rebuild`: the derived indexes anew."""

import asyncio
from time import monotonic

import typer

from service import wiring
from service.cli.configuration import read_settings
from service.cli.console import terminal
from service.cli.options import Store


def rebuild(store: Store = None) -> None:
    """Make the indexes anew from the articles, which stay as they are.

    The models are not asked again: the vectors are kept with the articles. No service may have the
    store open; one that has a Redis open answers errors until it is done.

    **Example**: `onrecord rebuild --store /var/lib/onrecord`
    """
    settings = read_settings(store=store)
    begun_s = monotonic()
    with terminal(stderr=True).status(f"rebuilding the indexes of {wiring.store_name(settings)}"):
        asyncio.run(wiring.rebuild(settings))
    seconds = monotonic() - begun_s
    typer.echo(f"rebuilt the indexes of {wiring.store_name(settings)} in {seconds:.1f} s")
