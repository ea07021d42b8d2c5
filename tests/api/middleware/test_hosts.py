"""A name that is not the service's own gets nothing: DNS rebinding ends here."""

from dataclasses import replace

import pytest
from httpx import ASGITransport, AsyncClient

from service.api.app import create_app
from service.wiring import Services
from tests.api.client import problem


async def status(
    services: Services, host: str, *, allowed: str = "", path: str = "/v1/index"
) -> int:
    """What a request with this `Host` gets that reached the service at 10.1.2.3."""
    settings = services.settings.model_copy(update={"allowed_hosts": allowed})
    transport = ASGITransport(create_app(replace(services, settings=settings)))
    async with AsyncClient(transport=transport, base_url="http://10.1.2.3:8000") as client:
        response = await client.get(path, headers={"Host": host})
    if response.status_code == 421:
        body = problem(response, 421, "unknown-host")
        assert "ONRECORD_ALLOWED_HOSTS" in str(body["detail"])
    return response.status_code


@pytest.mark.parametrize(
    "host",
    """localhost localhost:8000 LocalHost localhost. 127.0.0.1:8000 127.8.9.1 [::1] [::1]:8000
    0.0.0.0:8000 10.1.2.3 10.1.2.3:8000 [::ffff:10.1.2.3]""".split(),
)
async def test_the_machine_itself_and_the_address_reached_are_known(
    samples: Services, host: str
) -> None:
    """Loopback's names, and the pod's own address, by which probes and Prometheus come."""
    assert await status(samples, host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.example:8000",
        "10.1.2.4",
        "169.254.169.254",
        "[fd00::1]",
        "2130706433",
        "localhost@evil.example",
        "localhost:8000:80",
        "localhost,evil.example",
        "[",
        "a b",
        "x:y:z",
        "",
    ],
)
async def test_any_other_name_is_refused(samples: Services, host: str) -> None:
    """A page whose name was turned to this address reads nothing; nor does nonsense get further."""
    assert await status(samples, host) == 421


@pytest.mark.parametrize(
    ("allowed", "host", "answered"),
    [
        ("facts.example.org", "facts.example.org", 200),
        ("facts.example.org", "FACTS.example.org.:443", 200),
        ("facts.example.org", "xfacts.example.org", 421),
        ("facts.example.org", "a.facts.example.org", 421),
        ("a.example, b.example", "b.example", 200),
        ("*.example.org", "a.b.example.org", 200),
        ("*.example.org", "example.org", 421),
        ("*.example.org", "example.org.evil.example", 421),
        ("10.9.9.9", "10.9.9.9:8000", 200),
        ("*", "anything at all", 200),
    ],
)
async def test_names_can_be_allowed(
    samples: Services, allowed: str, host: str, answered: int
) -> None:
    """Whole names, those below one, or all."""
    assert await status(samples, host, allowed=allowed) == answered


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
async def test_probes_may_use_any_name(samples: Services, path: str) -> None:
    """A load balancer has its own for us, and there is nothing to learn."""
    assert await status(samples, "evil.example", path=path) == 200


@pytest.mark.parametrize("path", ["/metrics", "/docs", "/openapi.json", "/nowhere"])
async def test_nothing_else_may(samples: Services, path: str) -> None:
    """The page itself least of all: it would ask from within."""
    assert await status(samples, "evil.example", path=path) == 421
