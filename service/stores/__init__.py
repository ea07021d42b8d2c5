"""Where the archive lives. Each store satisfies `service.ports.Store` and passes one suite.

A store is named as in `ONRECORD_STORE`: the folder of an embedded one is all that there is yet.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from service.domain.errors import InvalidSettings
from service.ports import Keys, Limiter, Store
from service.stores import embedded, key_file
from service.stores.key_file import KeyFile
from service.stores.limiter import SlidingLimiter


async def open_store(url: str, *, embedder: str, dim: int) -> Store:
    """Opens a store, creating it where it is missing, for vectors of `dim` numbers that the
    embedder with this fingerprint makes.

    Raises InvalidSettings for a kind of store that there is not, StoreLocked, StoreCorrupt,
    IndexMismatch or StoreFailed.
    """
    return await embedded.open_embedded(_folder(url), embedder=embedder, dim=dim)


async def open_as_made(url: str) -> Store:
    """A store that is there, whichever embedder made it: to read its articles without a model.

    Raises what `open_store` does but IndexMismatch, and StoreFailed where there is none.
    """
    return await embedded.open_as_made(_folder(url))


async def rebuild(url: str) -> None:
    """Makes what a store derives from its articles anew. Raises what `open_as_made` does."""
    await embedded.rebuild(_folder(url))


async def backup(url: str, target: Path) -> int:
    """Copies a store, which may be in use, into the new folder `target`; how many bytes that are.

    Raises InvalidSettings, StoreFailed, StoreCorrupt, or InvalidInput for a folder that is not new.
    """
    return await asyncio.to_thread(embedded.copy_store, _folder(url), target)


@asynccontextmanager
async def open_keys(url: str, file: str | None = None) -> AsyncIterator[Keys]:
    """The API keys of a store, or those in a file that is named instead. They are there while
    another process has the store open. Raises InvalidSettings."""
    if file is not None:
        yield KeyFile(_expanded(file), must_exist=True)
    else:
        yield KeyFile(_folder(url) / key_file.NAME)


@asynccontextmanager
async def open_limiter(url: str, rate: str | None) -> AsyncIterator[Limiter | None]:
    """What counts up to `rate`, such as `600/minute`, for each caller; None where there is none.
    An embedded store has one process, so that is where it counts. Raises InvalidSettings."""
    _folder(url)
    yield SlidingLimiter(rate) if rate else None


def _folder(url: str) -> Path:
    scheme, separator, _ = url.partition("://")
    if separator:
        raise InvalidSettings(
            "ONRECORD_STORE: this version keeps its store in a folder; "
            f"{scheme}:// is not supported yet"
        )
    return _expanded(url)


def _expanded(path: str) -> Path:
    return Path(path).expanduser()
