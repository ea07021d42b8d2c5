"""`offsets=utf16` on every call whose answer has positions."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient

from service.api.openapi import DOCUMENT
from tests.api.client import NDJSON

TEXT = (
    "🌉 The 🌉 news.\n\n“🚢 The 🚢 carries 212 passengers,” harbour master Bo Orm said on Friday."
)
CLAIM = "🚢 The 🚢 carries 112 passengers."
DRAFT = f"🌉 News: the 🌉 again.\n\n{CLAIM}\n\n“🚢 The 🚢 carries 213 passengers,” Bo Orm said.\n"
CALLS: dict[str, dict[str, Any]] = {
    "post /v1/checks": {"json": {"claim": CLAIM}},
    "post /v1/checks/batch": {"content": json.dumps({"claim": CLAIM}), "headers": NDJSON},
    "post /v1/drafts": {"json": {"text": DRAFT}},
    "post /v1/quotes/verify": {"json": {"quotation": "🚢 The 🚢 carries 213 passengers"}},
    "get /v1/quotes": {},
    "get /v1/articles/{id}/quotes": {},
    "get /v1/search": {"params": {"q": "passengers"}},
}
OPENAPI: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / DOCUMENT).read_text(encoding="utf-8")
)


async def answer(client: AsyncClient, call: str, **params: str) -> Any:
    """What it says with these parameters besides its own."""
    method, path = call.format(id="a").split(" ")
    given = CALLS[call]
    params = {**params, **given.get("params", {})}
    response = await client.request(method, path, **{**given, "params": params})
    assert response.status_code == 200, response.text
    return response.json()


def walk(value: Any) -> Iterator[Any]:
    """The value and all in it, in the order of the answer."""
    yield value
    for item in value.values() if isinstance(value, dict) else value:
        if isinstance(item, dict | list):
            yield from walk(item)


def pairs(value: Any) -> list[tuple[int, int]]:
    """Each `start` with its `end`."""
    objects = [item for item in walk(value) if isinstance(item, dict)]
    return [(item["start"], item["end"]) for item in objects if "start" in item]


def as_javascript(text: str, start: int, end: int) -> str:
    """As JavaScript slices."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le", "replace")


@pytest.mark.parametrize("call", CALLS)
async def test_every_call_counts_as_it_is_asked(empty: AsyncClient, call: str) -> None:
    """Each text begins with what JavaScript counts twice, so no pair is the same, and each slices
    the same words out of one of them."""
    assert (await empty.put("/v1/articles/a", json={"text": TEXT})).status_code == 201
    plain = await answer(empty, call)
    turned = await answer(empty, call, offsets="utf16")
    objects = [item for item in walk(plain) if isinstance(item, dict)]
    quotes = {item["quote"] for item in objects if "quote" in item}
    texts = {TEXT, CLAIM, DRAFT, "🚢 The 🚢 carries 213 passengers", *quotes}
    both = list(zip(pairs(plain), pairs(turned), strict=True))
    assert both
    for pair, units in both:
        assert pair != units
        assert any(text[slice(*pair)] == as_javascript(text, *units) for text in texts)


@pytest.mark.parametrize("form", ["application/x-ndjson", "text/event-stream"])
async def test_findings_count_so_as_they_are_reached(empty: AsyncClient, form: str) -> None:
    """They are those of the whole answer, and the digest is that answer's."""
    await empty.put("/v1/articles/a", json={"text": TEXT})
    whole = await answer(empty, "post /v1/drafts", offsets="utf16")
    asked = {"params": {"offsets": "utf16"}, "headers": {"Accept": form}, "json": {"text": DRAFT}}
    told = (await empty.post("/v1/drafts", **asked)).text  # type: ignore[arg-type]
    lines = told.replace("event: ", '{"').replace("\ndata: ", '":').replace("\n\n", "}\n")
    events = [json.loads(line) for line in lines.splitlines()]
    assert [event["finding"] for event in events if "finding" in event] == whole.pop("findings")
    assert events[-1] == {"summary": whole}


def test_every_call_whose_answer_has_positions_is_asked() -> None:
    """By the document: those take `offsets`, and no other."""
    taking, having = set(), set()
    for path, methods in OPENAPI["paths"].items():
        for method, operation in methods.items():
            if any(one["name"] == "offsets" for one in operation.get("parameters", ())):
                taking.add(f"{method} {path}")
            if "start" in fields(operation["responses"].get("200", {})):
                having.add(f"{method} {path}")
    assert taking == having == set(CALLS)


def fields(described: Any, seen: frozenset[str] = frozenset()) -> set[str]:
    """The names of all fields of the shapes that are referred to."""
    found: set[str] = set()
    for item in walk(described):
        if isinstance(item, dict):
            found |= set(item.get("properties", ()))
            name = item.get("$ref", "").rpartition("/")[2]
            if name and name not in seen:
                found |= fields(OPENAPI["components"]["schemas"][name], seen | {name})
    return found
