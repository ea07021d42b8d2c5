"""Redis 8: shards that one server holds, or the nodes of a cluster."""

from service.stores.redis.address import parse_address
from service.stores.redis.api_keys import open_keys
from service.stores.redis.cache import open_cache
from service.stores.redis.counters import open_counters
from service.stores.redis.durability import Durability
from service.stores.redis.rebuilding import rebuild
from service.stores.redis.store import RedisStore, open_as_made, open_redis

__all__ = [
    "Durability",
    "RedisStore",
    "open_as_made",
    "open_cache",
    "open_counters",
    "open_keys",
    "open_redis",
    "parse_address",
    "rebuild",
]
