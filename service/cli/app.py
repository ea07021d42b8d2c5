"""All commands under one name."""

import os
import sys
from importlib.metadata import version
from io import TextIOWrapper
from typing import Annotated

import typer

from service.cli.backup import backup
from service.cli.check import check
from service.cli.draft import draft
from service.cli.exits import Commands
from service.cli.export import export
from service.cli.index import index
from service.cli.keys import keys
from service.cli.quotes import quotes
from service.cli.rebuild import rebuild
from service.cli.serve import serve
from service.cli.verify_quote import verify_quote

app = typer.Typer(
    cls=Commands,
    name="onrecord",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command(no_args_is_help=True)(index)
app.command(no_args_is_help=True)(check)
app.command()(draft)
app.command()(quotes)
app.command(no_args_is_help=True)(verify_quote)
app.command()(serve)
app.command()(export)
app.command(no_args_is_help=True)(backup)
app.command()(rebuild)
app.add_typer(keys)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"onrecord {version('onrecord')}")
        raise typer.Exit


@app.callback(
    epilog="Exit codes: 0 clean · 1 a draft has findings at or above --fail-on · "
    "2 the input or an option is at fault · 3 something that Onrecord depends on failed · "
    "130 interrupted"
)
def onrecord(
    _version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_print_version, help="Show the version."),
    ] = False,
) -> None:
    """Check claims against your own articles: exact quotes for and against, with who said them.

    Put articles in with **index**, then ask with **check** or **draft**. The store
    is a folder here (--store), or a running service's (--server).
    """


def main() -> None:
    """The console's entry point."""
    # The store's engines make files of their own, which are nobody else's business; reports are.
    callers_umask = os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without UTF-8 still gets its answer
    app(obj=callers_umask)
