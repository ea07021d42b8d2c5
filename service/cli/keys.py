"""`onrecord keys`: who may ask the service."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer

from service import wiring
from service.cli.configuration import read_settings
from service.cli.options import Store, moment
from service.domain.access import Key, Scope, new_key
from service.reports.phrases import count
from service.settings import Settings

keys = typer.Typer(
    name="keys",
    help="Make, list and revoke the API keys of a service. It may run meanwhile, and sees a change "
    "within a second.",
    no_args_is_help=True,
)


@keys.command(no_args_is_help=True)
def create(
    name: Annotated[str, typer.Argument(help="Whose key it is, for lists and logs.")],
    scope: Annotated[
        list[Scope],
        typer.Option(
            "--scope",
            help="What it allows; may be repeated. check: ask and read. index: change the archive. "
            "metrics: read /metrics. admin: all.",
        ),
    ],
    expires: Annotated[
        datetime | None,
        typer.Option(
            parser=moment,
            metavar="DATE",
            help="From when on it is not valid any more.",
            show_default=False,
        ),
    ] = None,
    store: Store = None,
) -> None:
    """Make a key and print it, once: only its hash is kept.

    Once there is a key, every call needs one. Send it as `Authorization: Bearer`, or let
    `--server` do so by ONRECORD_KEY.

    **Example**: `onrecord keys create cms --scope check --scope index --expires 2030-01-01`
    """
    key, token = new_key(name, scope, now=datetime.now(UTC), expires_at=expires)
    settings = read_settings(store=store)
    where = wiring.keys_name(settings)
    asyncio.run(_add(key, settings))
    typer.echo(f"made the key {key.name} ({key.id}) in {where}; it is shown this once:", err=True)
    typer.echo(token)


@keys.command("list")
def show(store: Store = None) -> None:
    """Show all keys, revoked and expired ones too.

    **Example**: `onrecord keys list --store /var/lib/onrecord`
    """
    settings = read_settings(store=store)
    found = asyncio.run(_all(settings))
    typer.echo(f"{count(len(found), 'key')} in {wiring.keys_name(settings)}", err=True)
    now = datetime.now(UTC)
    rows = [("id", "name", "scopes", "created", "state"), *(_row(key, now) for key in found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        typer.echo("  ".join(cells).rstrip())


@keys.command(no_args_is_help=True)
def revoke(
    key: Annotated[str, typer.Argument(metavar="NAME|ID", help="Which one.", show_default=False)],
    store: Store = None,
) -> None:
    """Make a key invalid for good. It stays in the list.

    **Example**: `onrecord keys revoke cms`
    """
    settings = read_settings(store=store)
    gone = asyncio.run(_revoke(key, settings))
    typer.echo(f"revoked the key {gone.name} ({gone.id}) in {wiring.keys_name(settings)}")


async def _add(key: Key, settings: Settings) -> None:
    async with wiring.build_keys(settings) as kept:
        await kept.add(key)


async def _all(settings: Settings) -> Sequence[Key]:
    async with wiring.build_keys(settings) as kept:
        return await kept.all()


async def _revoke(name_or_id: str, settings: Settings) -> Key:
    async with wiring.build_keys(settings) as kept:
        return await kept.revoke(name_or_id, datetime.now(UTC))


def _row(key: Key, now: datetime) -> tuple[str, ...]:
    state = key.why_invalid(now) or (
        f"valid until {key.expires_at:%Y-%m-%d}" if key.expires_at else "valid"
    )
    scopes = ",".join(sorted(key.scopes))
    return key.id, key.name, scopes, f"{key.created_at:%Y-%m-%d}", state
