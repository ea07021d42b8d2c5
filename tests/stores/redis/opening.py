"""Opening an index on a test's server."""

from service.stores.redis import Durability, RedisStore, open_redis, parse_address
from tests.redis_servers import Servers
from tests.stores.archive import DIM

EMBEDDER = "made up"


async def opened(
    servers: Servers,
    query: str = "shards=3",
    *,
    durability: Durability = Durability.DISK,
    embedder: str = EMBEDDER,
) -> RedisStore:
    """The index, which is made the first time."""
    address = parse_address(f"{servers.url}?{query}")
    return await open_redis(address, embedder=embedder, dim=DIM, durability=durability)
