"""Redis over TLS: a server and a cluster, with certificates that an authority of the test signs."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme

from service.domain.claim import Filters
from service.domain.errors import InvalidSettings, StoreFailed
from service.stores import open_cache, open_keys, open_limiter, open_store
from tests.redis_servers import Servers, cluster, one_server
from tests.stores.archive import DIM, entry
from tests.stores.contract_keys import made


@dataclass(frozen=True, slots=True)
class Certificates:
    """Files in PEM, by their paths."""

    authority: str
    certificate: str
    key: str

    def options(self, *, asks: bool) -> list[str]:
        """Of redis-server; whether it asks its clients for a certificate."""
        return (
            f"--tls-cert-file {self.certificate} --tls-key-file {self.key} --tls-replication yes "
            f"--tls-ca-cert-file {self.authority} --tls-auth-clients {'yes' if asks else 'no'}"
        ).split()


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """For 127.0.0.1."""
    folder = tmp_path_factory.mktemp("certificates")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    issued = authority.issue_cert("127.0.0.1")
    issued.private_key_pem.write_to_path(folder / "key.pem")
    for part in issued.cert_chain_pems:
        part.write_to_path(folder / "certificate.pem", append=True)
    return Certificates(*(str(folder / name) for name in ("ca.pem", "certificate.pem", "key.pem")))


@pytest.fixture(scope="module")
def server(
    redis_program: str, tmp_path_factory: pytest.TempPathFactory, certificates: Certificates
) -> Iterator[Servers]:
    """One that asks for no certificate."""
    folder = tmp_path_factory.mktemp("redis")
    with one_server(redis_program, folder, *certificates.options(asks=False)) as servers:
        yield servers


def where(servers: Servers, query: str = "", *, host: str = "127.0.0.1") -> str:
    """The address of the first node over TLS."""
    scheme = "rediss+cluster" if len(servers.nodes) > 1 else "rediss"
    return f"{scheme}://{host}:{servers.nodes[0].tls}?shards=6{query}"


async def use(url: str) -> None:
    """All that a service has in Redis: articles, keys, limits, the cache."""
    store = await open_store(url, embedder="made up", dim=DIM)
    await store.put([entry(f"a{i}", "buxk") for i in range(12)])
    assert len(await store.matching("buxk", Filters(), limit=20)) == 12
    await store.close()
    async with open_keys(url) as keys:
        await keys.add(key := made())
        assert list(await keys.all()) == [key]
    async with open_limiter(url, "5/hour") as limiter:
        assert limiter
        assert (await limiter.take("a")).left == 4
    cache = open_cache(url, max_bytes=10_000, lifetime_s=60)
    await cache.put("0" * 64, b"kept")
    assert await cache.get("0" * 64) == b"kept"
    await cache.close()


async def test_a_server_is_used_over_tls(server: Servers, certificates: Certificates) -> None:
    """Once the authority is named that signed its certificate."""
    await use(where(server, f"&ssl_ca_certs={certificates.authority}"))


async def test_a_cluster_is_used_over_tls(
    redis_program: str, tmp_path: Path, certificates: Certificates
) -> None:
    """One that asks for a certificate, as Redis does by itself; with TLS among its nodes, too."""
    options = [*certificates.options(asks=True), "--tls-cluster", "yes"]
    ours = f"&ssl_certfile={certificates.certificate}&ssl_keyfile={certificates.key}"
    with cluster(redis_program, tmp_path, *options) as servers:
        await use(where(servers, f"&ssl_ca_certs={certificates.authority}{ours}"))


async def told(url: str) -> str:
    """Why a store cannot be opened."""
    with pytest.raises(StoreFailed) as refused:
        await open_store(url, embedder="made up", dim=DIM)
    return str(refused.value)


async def test_a_certificate_is_verified(
    server: Servers, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who signed it, and for whom; the message says what to write. An authority that the system
    trusts need not be named."""
    assert "self-signed certificate in certificate chain" in (why := await told(where(server)))
    assert "?ssl_ca_certs=FILE" in why
    trusting = f"&ssl_ca_certs={certificates.authority}"
    assert "not valid for 'localhost'" in await told(where(server, trusting, host="localhost"))
    monkeypatch.setenv("SSL_CERT_FILE", certificates.authority)
    await (await open_store(where(server), embedder="made up", dim=DIM)).close()


async def test_two_sides_that_speak_otherwise_are_told_apart(
    redis_program: str, tmp_path: Path, certificates: Certificates
) -> None:
    """A port without TLS, and a server that wants a certificate of ours: in one file with its key,
    too."""
    both = tmp_path / "both.pem"
    both.write_bytes(
        b"".join(Path(part).read_bytes() for part in (certificates.certificate, certificates.key))
    )
    trusting = f"&ssl_ca_certs={certificates.authority}"
    with one_server(redis_program, tmp_path, *certificates.options(asks=True)) as servers:
        assert "?ssl_certfile=FILE&ssl_keyfile=FILE" in await told(where(servers, trusting))
        known = where(servers, f"{trusting}&ssl_certfile={both}")
        await (await open_store(known, embedder="made up", dim=DIM)).close()
        plain = where(servers).replace(str(servers.nodes[0].tls), str(servers.nodes[0].port))
        assert "Check that it runs there, with TLS" in await told(plain)


async def test_closing_never_fails(
    redis_program: str, tmp_path: Path, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over TLS both sides say that they end, and this one hangs: a service that is told to stop
    stops all the same, and does not report an error."""
    monkeypatch.setattr("service.stores.redis.nodes._CONNECT_S", 0.5)
    with one_server(redis_program, tmp_path, *certificates.options(asks=False)) as servers:
        url = where(servers, f"&ssl_ca_certs={certificates.authority}")
        store = await open_store(url, embedder="made up", dim=DIM)
        await store.snapshot()
        cache = open_cache(url, max_bytes=10_000, lifetime_s=60)
        assert await cache.get("0" * 64) is None
        async with open_keys(url) as keys, open_limiter(url, "5/hour") as limiter:
            assert limiter
            await keys.all()
            await limiter.take("a")
            servers.nodes[0].pause()
        await cache.close()
        await store.close()
        servers.nodes[0].resume()


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("rediss://u:secret@db?ssl_ca_certs=/no/such.pem", "ssl_ca_certs=/no/such.pem is no file"),
        ("rediss://u:secret@db?shards=4&ssl_ca_certs=", "ssl_ca_certs= is no file; name one"),
        (f"rediss://u:secret@db?ssl_keyfile={__file__}", "a key belongs to a certificate; name it"),
        ("redis://u:secret@db?ssl_ca_certs=ca.pem", "ssl_ca_certs is for TLS; write rediss://"),
    ],
)
async def test_a_file_that_is_of_no_use_is_named(url: str, why: str) -> None:
    """Before anything is connected to."""
    with pytest.raises(InvalidSettings, match=why) as refused:
        await open_store(url, embedder="made up", dim=DIM)
    assert "secret" not in str(refused.value)
