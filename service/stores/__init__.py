"""Where the archive lives. Each store satisfies `service.ports.Store` and passes one suite.

A store is named as in `ONRECORD_STORE`: the folder of an embedded one is all that there is yet.
"""

import asyncio
from pathlib import Path

from service.domain.errors import InvalidSettings
from service.ports import Cache, Store
from service.stores import embedded
from service.stores.cache import MemoryCache


async def open_store(url: str, *, embedder: str, dim: int) -> Store:
    """Opens a store, creating it where it is missing, for vectors of `dim` numbers that the
    embedder with this fingerprint makes.

    Raises InvalidSettings for a kind of store that there is not, StoreLocked, StoreCorrupt,
    IndexMismatch or StoreFailed.
    """
    return await embedded.open_embedded(_folder(url), embedder=embedder, dim=dim)


async def open_cache(url: str, *, max_bytes: int, lifetime_s: float) -> Cache:
    """A cache beside the store: in this process's memory where the store is one process's own.

    Raises InvalidSettings.
    """
    _folder(url)
    return MemoryCache(max_bytes=max_bytes, lifetime_s=lifetime_s)


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


def _folder(url: str) -> Path:
    scheme, separator, _ = url.partition("://")
    if separator:
        raise InvalidSettings(
            "ONRECORD_STORE: this version keeps its store in a folder; "
            f"{scheme}:// is not supported yet"
        )
    return Path(url).expanduser()
