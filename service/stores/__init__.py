"""Where the archive lives. Each store satisfies `service.ports.Store` and passes one suite.

A store is named as in `ONRECORD_STORE`: the folder of an embedded one, or the address of a Redis
(service/stores/redis/address.py). What an engine needs is imported when one of its kind is opened:
half a second that the other need not wait for.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from service.domain.errors import InvalidInput
from service.ports import Cache, Keys, Limiter, Store
from service.stores import key_file
from service.stores.cache import MemoryCache
from service.stores.key_file import KeyFile
from service.stores.limiter import SlidingLimiter

DURABILITY = "disk"


async def open_store(url: str, *, embedder: str, dim: int, durability: str = DURABILITY) -> Store:
    """Opens a store, creating it where it is missing, for vectors of `dim` numbers that the
    embedder with this fingerprint makes. `durability` is that of Redis (`Durability`).

    Raises InvalidSettings for a kind of store that there is not, StoreLocked, StoreCorrupt,
    IndexMismatch or StoreFailed.
    """
    if _is_redis(url):
        from service.stores import redis

        return await redis.open_redis(
            redis.parse_address(url),
            embedder=embedder,
            dim=dim,
            durability=redis.Durability(durability),
        )
    from service.stores import embedded

    return await embedded.open_embedded(_path(url), embedder=embedder, dim=dim)


def open_cache(url: str, *, max_bytes: int, lifetime_s: float) -> Cache:
    """A cache beside the store: in its Redis, which all replicas share, or in this process's
    memory. Connects when it is first asked. Raises InvalidSettings."""
    if _is_redis(url):
        from service.stores import redis

        address = redis.parse_address(url)
        return redis.open_cache(address, max_bytes=max_bytes, lifetime_s=lifetime_s)
    return MemoryCache(max_bytes=max_bytes, lifetime_s=lifetime_s)


async def open_as_made(url: str, *, durability: str = DURABILITY) -> Store:
    """A store that is there, whichever embedder made it: to read its articles without a model.

    Raises what `open_store` does but IndexMismatch, and StoreFailed where there is none.
    """
    if _is_redis(url):
        from service.stores import redis

        return await redis.open_as_made(
            redis.parse_address(url), durability=redis.Durability(durability)
        )
    from service.stores import embedded

    return await embedded.open_as_made(_path(url))


def is_missing(url: str) -> bool:
    """Whether it names a folder without an embedded store in it. Makes nothing."""
    if _is_redis(url):
        return False
    from service.stores import embedded

    return not (_path(url) / embedded.ARCHIVE).is_file()


def name_store(url: str) -> str:
    """A store as it may be shown: without a password. Raises InvalidSettings."""
    if _is_redis(url):
        from service.stores import redis

        return str(redis.parse_address(url))
    return url


def name_keys(url: str, file: str | None = None) -> str:
    """Where the API keys of a store are, as `open_keys` takes it, without a password. Of a folder
    it says where no store is yet: that may be the wrong one. Raises InvalidSettings."""
    if file is not None:
        return file
    if _is_redis(url):
        return name_store(url)
    from service.stores.embedded.catalogue import ARCHIVE

    folder = _path(url).resolve()
    return f"{folder}{'' if (folder / ARCHIVE).exists() else ', where no store is yet'}"


async def rebuild(url: str, *, durability: str = DURABILITY) -> None:
    """Makes what a store derives from its articles anew. Raises what `open_as_made` does."""
    if _is_redis(url):
        from service.stores import redis

        await redis.rebuild(redis.parse_address(url), durability=redis.Durability(durability))
    else:
        from service.stores import embedded

        await embedded.rebuild(_path(url))


async def backup(url: str, target: Path) -> int:
    """Copies a store, which may be in use, into the new folder `target`; how many bytes that are.

    Raises InvalidInput for a folder that is not new, and for a Redis, which has its own ways;
    StoreFailed, StoreCorrupt.
    """
    if _is_redis(url):
        raise InvalidInput(
            "A Redis is not copied into a folder. Copy its servers' append-only folders while they "
            "are not being rewritten, or write an archive with `onrecord export`."
        )
    from service.stores import embedded

    return await asyncio.to_thread(embedded.copy_store, _path(url), target)


@asynccontextmanager
async def open_keys(
    url: str, file: str | None = None, *, durability: str = DURABILITY
) -> AsyncIterator[Keys]:
    """The API keys of a store, or those in a file that is named instead. They are there while
    another process has the store open. Raises InvalidSettings, and StoreFailed for a Redis that
    cannot be used."""
    if file is not None:
        yield KeyFile(_path(file), must_exist=True)
    elif _is_redis(url):
        from service.stores import redis

        address = redis.parse_address(url)
        async with redis.open_keys(address, durability=redis.Durability(durability)) as keys:
            yield keys
    else:
        yield KeyFile(_path(url) / key_file.NAME)


@asynccontextmanager
async def open_limiter(url: str, rate: str | None) -> AsyncIterator[Limiter | None]:
    """What counts up to `rate`, such as `600/minute`, for each caller; None where there is none. In
    Redis all replicas count together; an embedded store has one process, which counts in its
    memory. Raises InvalidSettings."""
    if rate is None:
        yield None
    elif _is_redis(url):
        from service.stores import redis

        async with redis.open_counters(redis.parse_address(url)) as counters:
            yield SlidingLimiter(rate, counters)
    else:
        yield SlidingLimiter(rate)


def _path(name: str) -> Path:
    return Path(name).expanduser()


def _is_redis(url: str) -> bool:
    """A folder's name may have anything in it but `://`."""
    return "://" in url
