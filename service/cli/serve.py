"""`onrecord serve`: the HTTP service."""

import asyncio
import logging
from functools import partial
from typing import Annotated

import typer

from service.cli.configuration import read_settings
from service.cli.options import Store
from service.observe.logs import JsonLines


def serve(
    host: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help="Where to listen, instead of ONRECORD_HOST.", show_default=False
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65535,
            help="Instead of ONRECORD_PORT; 0 takes a free one, and the address is printed.",
            show_default=False,
        ),
    ] = None,
    store: Store = None,
) -> None:
    """Start the HTTP service; /docs explains it and lets you try it.

    It prints its address when it answers, and stops at Ctrl-C or SIGTERM once the requests in
    flight are done.

    **Example**: `onrecord serve --host 0.0.0.0 --port 8000`
    """
    # The other commands start in half the time without FastAPI.
    from service.api.serve import serve as serve_http  # noqa: PLC0415

    settings = read_settings(host=host, port=port, store=store)
    asyncio.run(serve_http(settings, announce=partial(_announce, settings.log_format)))


def _announce(form: str, address: str) -> None:
    """On standard output and flushed: a script that started the service waits for this line. Among
    JSON it is JSON, as both outputs often go into one log."""
    line = f"Onrecord listens on {address} (open it in a browser)"
    if form == "json":
        record = {"name": __name__, "levelname": "INFO", "msg": line}
        line = JsonLines().format(logging.makeLogRecord(record))
    typer.echo(line)
