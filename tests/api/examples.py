"""The recorded answers in `service/api/answers`: how they are asked and compared.

`python -m tests.api.examples`, in the root of the repository, asks every request anew and writes
down what the service answers now.
"""

import asyncio
import json
import math
import tempfile
from pathlib import Path
from typing import Any

from httpx import AsyncClient, Response

from service.api.recorded import ANSWERS
from service.wiring import Models, Services, build_around, open_models
from tests.api.client import connect
from tests.conftest import SAMPLES, settings

REQUEST_ID = "example"
KEPT_HEADERS = ("Content-Type", "Location", "ETag", "Allow")
TOLERANCE = 0.02
"""Processors round differently in the last digits of a model's scores; nothing else may differ."""
SCORES = {"confidence", "cosine", "score"}
SEALS = {"result"}
"""Digests over scores: they differ wherever a score does."""

Example = dict[str, Any]


def load(path: Path) -> Example:
    """One example."""
    example: Example = json.loads(path.read_text(encoding="utf-8"))
    return example


def save(path: Path, example: Example) -> None:
    """Writes one down as it is committed."""
    path.write_text(json.dumps(example, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


async def ask(client: AsyncClient, request: dict[str, Any]) -> dict[str, Any]:
    """The response to an example's request, as an example keeps it."""
    body = request.get("body")
    content = body if isinstance(body, str) or body is None else json.dumps(body)
    headers = {"X-Request-ID": REQUEST_ID, **request.get("headers", {})}
    response = await client.request(
        request["method"], request["path"], content=content, headers=headers
    )
    return {
        "status": response.status_code,
        "headers": {
            name: response.headers[name] for name in KEPT_HEADERS if name in response.headers
        },
        "body": _body(response),
    }


def same(recorded: Any, now: Any, key: str = "") -> bool:
    """Whether both are equal but for what a processor's rounding may change."""
    if key in SEALS:
        return True
    if key in SCORES and isinstance(recorded, float) and isinstance(now, float):
        return math.isclose(recorded, now, abs_tol=TOLERANCE)
    if isinstance(recorded, dict) and isinstance(now, dict):
        return list(recorded) == list(now) and all(
            same(recorded[name], now[name], name) for name in recorded
        )
    if isinstance(recorded, list) and isinstance(now, list):
        return len(recorded) == len(now) and all(map(same, recorded, now))
    return bool(recorded == now)


def _body(response: Response) -> Any:
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("application/x-ndjson"):
        return [json.loads(line) for line in response.content.splitlines()]
    return response.json() if "json" in kind else response.text


async def record() -> None:
    """Writes every example's response anew."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given = settings(folder / "samples")
        async with open_models(given) as models, build_around(models, given) as samples:
            async for outcome in samples.indexer.index(samples.find(str(SAMPLES / "articles"))):
                assert outcome.problem is None, outcome
            for path in sorted(ANSWERS.glob("*.json")):
                await _record(path, models, samples, folder / path.stem)


async def _record(path: Path, models: Models, samples: Services, store: Path) -> None:
    """Asks on the samples, or on a new and empty `store`."""
    example = load(path)
    async with build_around(models, settings(store)) as empty:
        archive = {"samples": samples, "empty": empty}[example["archive"]]
        async with connect(archive) as client:
            example["response"] = await ask(client, example["request"])
    save(path, example)


if __name__ == "__main__":
    asyncio.run(record())
