"""The recorded answers are valid, and the service still gives them."""

import json
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient
from jsonschema import Draft202012Validator

from service.api.openapi import DOCUMENT
from service.api.recorded import ANSWERS, operation
from tests.api.examples import Example, ask, load, same

EXAMPLES = sorted(ANSWERS.glob("*.json"))
OPENAPI: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / DOCUMENT).read_text(encoding="utf-8")
)
BAD_LINE = "{not JSON}"
"""Stands in batches to show that the rest goes on."""

every_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)


def errors(content: dict[str, Any], media_type: str, body: object) -> list[str]:
    """What is wrong with a body, by the schema of its media type; each line, where it is lines."""
    schema = content[media_type.partition(";")[0]]["schema"]
    lines = schema.get("contentMediaType") == "application/x-ndjson"
    validator = Draft202012Validator({**OPENAPI, **(schema["contentSchema"] if lines else schema)})
    bodies = body if lines and isinstance(body, list) else [body]
    return [error.message for one in bodies for error in validator.iter_errors(one)]


@every_example
def test_a_request_is_valid_unless_it_shows_an_error(path: Path) -> None:
    """By the schema of its operation."""
    example = load(path)
    request = example["request"]
    if "body" not in request or example["response"]["status"] >= 400:
        return
    body = request["body"]
    if isinstance(body, str):
        body = [json.loads(line) for line in body.splitlines() if line != BAD_LINE]
    content = operation(OPENAPI, request)["requestBody"]["content"]
    assert errors(content, request["headers"]["Content-Type"], body) == []


@every_example
def test_a_response_is_valid(path: Path) -> None:
    """By the schema of its status and media type."""
    example = load(path)
    response = example["response"]
    described = operation(OPENAPI, example["request"])["responses"][str(response["status"])]
    if "content" in described:
        assert (
            errors(described["content"], response["headers"]["Content-Type"], response["body"])
            == []
        )
    else:
        assert response["body"] == ""


@every_example
async def test_the_service_still_answers_so(
    path: Path, client: AsyncClient, empty: AsyncClient
) -> None:
    """On the samples, or on an empty archive."""
    example: Example = load(path)
    on = {"samples": client, "empty": empty}[example["archive"]]
    now = await ask(on, example["request"])
    assert same(example["response"], now), (
        f"{path.name} has changed: run `python -m tests.api.examples` and look at the difference"
    )


def test_the_document_shows_the_recorded_answers() -> None:
    """Each that was a success."""
    for path in EXAMPLES:
        example = load(path)
        response = example["response"]
        kind = response["headers"].get("Content-Type", "").partition(";")[0]
        if kind and response["status"] < 400:
            described = operation(OPENAPI, example["request"])["responses"][str(response["status"])]
            assert path.stem in described["content"][kind]["examples"]


def test_every_operation_of_the_product_has_an_example() -> None:
    """All under /v1."""
    shown = {operation(OPENAPI, load(path)["request"])["operationId"] for path in EXAMPLES}
    documented = {
        method["operationId"]
        for path, methods in OPENAPI["paths"].items()
        for method in methods.values()
        if path.startswith("/v1")
    }
    assert shown == documented
