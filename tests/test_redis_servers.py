"""The servers that other tests rest on do what they say."""

import redis

from tests.redis_servers import PRIMARIES, Servers, until


def test_what_a_killed_server_acknowledged_is_there_again(redis_server: Servers) -> None:
    """The append-only file is on, and the port stays."""
    node = redis_server.nodes[0]
    with node.client() as client:
        client.set("kept", "yes")
    node.kill()
    node.start()
    with node.client() as client:
        assert client.get("kept") == "yes"
        redis_server.empty()
        assert client.dbsize() == 0


def test_a_replica_follows(redis_replicated: Servers) -> None:
    """A read from the replica gives what the primary was given."""
    primary, replica = redis_replicated.nodes
    with primary.client() as writer, replica.client() as reader:
        writer.set("copied", "yes")
        assert writer.wait(1, 10_000) == 1
        assert reader.get("copied") == "yes"


def test_a_replica_takes_over_from_a_killed_primary(redis_cluster: Servers) -> None:
    """The cluster goes on with the replica, and the killed node comes back as its replica."""
    killed = redis_cluster.primaries()[0]
    killed.kill()
    until(lambda: len(redis_cluster.primaries()) == PRIMARIES, "a replica took over")
    redis_cluster.heal()
    assert killed in redis_cluster.replicas()


def test_slots_are_spread_over_all_primaries(redis_cluster: Servers) -> None:
    """A client of the cluster reaches every slot."""
    start = redis_cluster.nodes[0].port
    with redis.RedisCluster(host="127.0.0.1", port=start) as client:
        for i in range(30):
            client.set(f"key-{i}", i)
        assert client.dbsize(target_nodes="primaries") == 30
    for node in redis_cluster.primaries():
        with node.client() as alone:
            assert alone.dbsize() > 0
