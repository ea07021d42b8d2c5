"""The cache in memory keeps to its limits."""

from service.stores.cache import MemoryCache


async def test_the_least_recently_used_makes_room() -> None:
    """Three values of 700 bytes and what each costs beside fit into 3,000 bytes, four do not."""
    cache = MemoryCache(max_bytes=3000, lifetime_s=60)
    for key in "abc":
        await cache.put(key, key.encode() * 700)
    assert await cache.get("a") == b"a" * 700
    await cache.put("d", b"d" * 700)
    assert [bool(await cache.get(key)) for key in "abcd"] == [True, False, True, True]


async def test_a_value_put_again_is_counted_once() -> None:
    """Else the cache would shrink with every repetition."""
    cache = MemoryCache(max_bytes=3000, lifetime_s=60)
    await cache.put("b", b"b" * 700)
    for _ in range(10):
        await cache.put("a", b"a" * 700)
    assert [await cache.get(key) for key in "ab"] == [b"a" * 700, b"b" * 700]


async def test_what_is_larger_than_the_cache_pushes_nothing_out() -> None:
    """It is not kept, and what is there stays."""
    cache = MemoryCache(max_bytes=3000, lifetime_s=60)
    await cache.put("a", b"a")
    await cache.put("b", b"b" * 3000)
    assert [await cache.get(key) for key in "ab"] == [b"a", None]


async def test_a_value_lives_as_long_as_is_set() -> None:
    """By the clock that is given, not by use."""
    clock = [0.0]
    cache = MemoryCache(max_bytes=3000, lifetime_s=60, now=lambda: clock[0])
    await cache.put("a", b"a")
    clock[0] = 59.9
    assert await cache.get("a") == b"a"
    clock[0] = 60.0
    assert await cache.get("a") is None
