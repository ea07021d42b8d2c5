"""The committed document is the service's, and says what the service does."""

import json
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient
from jsonschema import Draft202012Validator

from service.api.app import create_app
from service.api.openapi import DOCUMENT, render
from tests.conftest import settings

COMMITTED = Path(__file__).parents[2] / DOCUMENT
METHODS = ("get", "post", "put", "delete")


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """As the service would serve it."""
    return create_app(settings=settings(tmp_path_factory.mktemp("none"))).openapi()


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Each operation by method and path."""
    return [
        (f"{method} {path}", item[method])
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    ]


def test_the_committed_document_is_current(document: dict[str, Any]) -> None:
    """Byte for byte: a change of the contract is seen in review."""
    current = COMMITTED.read_text(encoding="utf-8") == render(document)
    assert current, "the API has changed: run `python -m service.api` and commit the file"


async def test_the_service_serves_the_same_document(
    client: AsyncClient, document: dict[str, Any]
) -> None:
    """At /openapi.json."""
    assert (await client.get("/openapi.json")).json() == document


def test_every_operation_tells_its_problems(document: dict[str, Any]) -> None:
    """Each error is a problem, and the framework's own errors are not advertised."""
    assert "HTTPValidationError" not in document["components"]["schemas"]
    for name, operation in operations(document):
        errors = {
            status: response
            for status, response in operation["responses"].items()
            if not status.startswith(("2", "3"))
        }
        assert "default" in errors, name
        for response in errors.values():
            assert list(response["content"]) == ["application/problem+json"], name


def test_every_operation_is_described(document: dict[str, Any]) -> None:
    """A plain id for generated clients, a tag that is explained, words for people."""
    described = {tag["name"] for tag in document["tags"]}
    ids = [operation["operationId"] for _, operation in operations(document)]
    assert len(ids) == len(set(ids))
    assert "check_claim" in ids
    for name, operation in operations(document):
        assert set(operation["tags"]) <= described, name
        assert operation["summary"], name
        assert operation["description"], name
        assert operation["operationId"].replace("_", "").isalpha(), name


def test_the_contracts_calls_are_all_there(document: dict[str, Any]) -> None:
    """Names are final."""
    assert {name for name, _ in operations(document)} == {
        "post /v1/checks",
        "post /v1/checks/batch",
        "post /v1/drafts",
        "post /v1/articles",
        "post /v1/articles/batch",
        "get /v1/articles",
        "get /v1/articles/{id}",
        "put /v1/articles/{id}",
        "delete /v1/articles/{id}",
        "get /v1/articles/{id}/quotes",
        "get /v1/articles/{id}/revisions",
        "get /v1/quotes",
        "post /v1/quotes/verify",
        "get /v1/search",
        "get /v1/index",
        "get /v1/index/publishers",
        "post /v2/check",
        "get /v2/languages",
        "get /healthz",
        "get /readyz",
        "get /metrics",
    }


def test_example_bodies_are_valid(document: dict[str, Any]) -> None:
    """Against their own schema, at the first click."""
    tried = 0
    for name, operation in operations(document):
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        for example in body.get("examples", {}).values():
            schema = {**document, **body["schema"]}
            errors = list(Draft202012Validator(schema).iter_errors(example["value"]))
            assert not errors, (name, errors)
            tried += 1
    assert tried >= 8


def test_every_field_is_described(document: dict[str, Any]) -> None:
    """Of requests and answers, parameters too: a name alone says too little. None is an object of
    which nothing is said."""
    fields = {
        f"{name}.{field}": described
        for name, schema in document["components"]["schemas"].items()
        for field, described in schema.get("properties", {}).items()
    }
    fields |= {
        f"{name} {parameter['name']}": parameter
        for name, operation in operations(document)
        for parameter in operation.get("parameters", ())
    }
    assert [name for name, described in fields.items() if "description" not in described] == []
    anything = '"additionalProperties": true'
    assert [name for name, described in fields.items() if anything in json.dumps(described)] == []
    for name, operation in operations(document):
        content = operation["responses"].get("200", {}).get("content", {})
        answer = json.dumps(content.get("application/json", {}).get("schema", "#/components/"))
        assert "#/components/" in answer, name
