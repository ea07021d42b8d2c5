"""A client that keeps the service waiting is cut off; one that is only slow is not."""

import asyncio
import json

import pytest

from service.wiring import Services
from tests.api.sockets import post, served, until

SHORT_S = 0.3
HEAD = b"POST /v1/checks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


async def test_a_head_that_does_not_end_is_not_waited_for(samples: Services) -> None:
    """Neither one that stops, nor one that comes byte by byte, nor none at all, nor the second one
    of a connection."""
    async with (
        served(samples, client_timeout_s=SHORT_S) as service,
        service.client() as silent,
        service.client() as stopping,
        service.client() as dripping,
        service.client() as second,
    ):
        await stopping.send(HEAD)
        await second.send(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert await second.answer() == (200, b'{"status":"ok"}')
        await second.send(HEAD)
        dropping = asyncio.create_task(drip(dripping.writer, b"X-Long: " + b"x" * 4_000))
        for client in (silent, stopping, dripping, second):
            assert await client.rest() == b""
        dropping.cancel()
        await service.all_gone()


async def drip(writer: asyncio.StreamWriter, content: bytes, every_s: float = 0.02) -> None:
    """Sends one byte after the other, until nobody takes them."""
    for position in range(len(content)):
        writer.write(content[position : position + 1])
        await asyncio.sleep(every_s)


async def test_a_body_that_does_not_come_is_a_problem_of_its_client(samples: Services) -> None:
    """408, and the connection is closed."""
    async with served(samples, client_timeout_s=SHORT_S) as service, service.client() as client:
        await client.send(post("/v1/checks", b'{"claim":', length=100))
        status, body = await client.answer()
        problem = json.loads(body)
        assert (status, problem["type"]) == (408, "/problems/client-too-slow")
        assert "ONRECORD_CLIENT_TIMEOUT_S" in problem["detail"]
        assert await client.rest() == b""


async def test_a_body_that_comes_byte_by_byte_has_its_time_too(samples: Services) -> None:
    """Each byte is in time, the whole is not."""
    async with (
        served(samples, client_timeout_s=5, request_timeout_s=SHORT_S) as service,
        service.client() as client,
    ):
        await client.send(post("/v1/drafts", b"", length=1_000))
        dropping = asyncio.create_task(drip(client.writer, b" " * 900))
        status, body = await client.answer()
        dropping.cancel()
        assert (status, json.loads(body)["type"]) == (408, "/problems/client-too-slow")


async def test_a_slow_client_that_goes_on_is_answered(samples: Services) -> None:
    """What counts is the pause, not the whole."""
    body = json.dumps({"claim": "Will it rain tomorrow?"}).encode()
    async with served(samples, client_timeout_s=5) as service, service.client() as client:
        await client.send(HEAD + b"Content-Length: %d\r\n\r\n" % len(body))
        await drip(client.writer, body, every_s=0.005)
        status, answer = await client.answer()
        assert (status, json.loads(answer)["verdict"]) == (200, "not_checkable")


async def test_who_does_not_read_his_answers_is_cut_off(samples: Services) -> None:
    """A batch whose answers nobody takes ends with its connection."""
    lines = (b'{"%s": 1}\n' % (b"unknown" * 20)) * 20_000  # wrong, so each answer is quick
    async with (
        served(samples, client_timeout_s=SHORT_S) as service,
        service.client(limit=1) as client,  # reads one byte ahead and no more
    ):
        client.writer.write(post("/v1/checks/batch", lines, kind="x-ndjson"))
        await service.all_gone()


async def test_an_idle_connection_is_closed(samples: Services) -> None:
    """Nobody may hold one for nothing."""
    async with served(samples, client_timeout_s=SHORT_S) as service, service.client() as client:
        await client.send(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert await client.answer() == (200, b'{"status":"ok"}')
        assert await client.rest() == b""


async def test_a_silent_batch_is_ended_with_a_word(samples: Services) -> None:
    """What was asked is answered, and the last line says why no more is."""
    line = json.dumps({"claim": "Will it rain tomorrow?"}).encode() + b"\n"
    async with (
        served(samples, request_timeout_s=1, client_timeout_s=5) as service,
        service.client() as client,
    ):
        await client.send(post("/v1/checks/batch", line, length=1_000, kind="x-ndjson"))
        lines = (await client.rest()).split(b"\r\n\r\n", 1)[1]
        assert b'"verdict":"not_checkable"' in lines
        assert b"/problems/client-too-slow" in lines
        assert b"#line=1" in lines


@pytest.mark.parametrize("sent", [b"\n", b"\r\n \n", b"x"])
async def test_a_batch_of_nothing_is_ended_too(samples: Services, sent: bytes) -> None:
    """Blank lines, or one that never ends: something comes all the time and is no question."""
    async with (
        served(samples, request_timeout_s=1, client_timeout_s=5) as service,
        service.client() as client,
    ):
        await client.send(post("/v1/checks/batch", b"", length=10_000, kind="x-ndjson"))
        sending = asyncio.create_task(drip(client.writer, sent * 2_000, every_s=0.05))
        await until(lambda: bool(service.server.server_state.connections))
        await service.all_gone()
        sending.cancel()


async def test_a_slow_batch_that_goes_on_is_answered(samples: Services) -> None:
    """Whole lines, however slowly, in however many parts, with blank ones between."""
    line = b'\n{"no": "claim"}\n'
    async with (
        served(samples, request_timeout_s=1, client_timeout_s=3) as service,
        service.client() as client,
    ):
        body = line * 12
        await client.send(post("/v1/checks/batch", b"", length=len(body), kind="x-ndjson"))
        await drip(client.writer, body, every_s=0.01)
        assert (await client.rest()).count(b"/problems/invalid-request") == 12


async def test_connections_beyond_the_limit_are_refused_and_probes_are_not(
    samples: Services,
) -> None:
    """With 503, before their body is there; a place that is free again is given."""
    async with (
        served(samples, max_connections=1) as service,
        service.client() as first,
        service.client() as second,
    ):
        await second.send(post("/v1/checks", b"", length=10))
        status, body = await second.answer()
        assert (status, json.loads(body)["type"]) == (503, "/problems/overloaded")
        assert await second.rest() == b""
        for probe in ("/healthz", "/readyz", "/metrics"):
            async with service.client() as third:
                await third.send(b"GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n" % probe.encode())
                status, body = await third.answer()
                assert status == 200
        assert b'onrecord_refusals_total{reason="connections"} 1.0' in body
        for client in (first, second):
            client.writer.transport.abort()
        await service.all_gone()
        async with service.client() as alone:
            await alone.send(b"GET /v1/index HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert (await alone.answer())[0] == 200
