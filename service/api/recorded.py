"""Recorded answers as examples in the OpenAPI document: those of `openapi/examples`.

`python -m tests.api.examples` writes them.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from service.api.media import NDJSON

RECORDED = Path(__file__).parent / "recorded.json"


def add_answers(document: dict[str, Any]) -> None:
    """Adds each answer to the response that it is an example of, where it was a success."""
    for answer in json.loads(RECORDED.read_text(encoding="utf-8")):
        for content in _contents(document, answer):
            examples = content.setdefault("examples", {})
            examples[answer["name"]] = {"value": _written(answer)}


def _contents(document: dict[str, Any], answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Of the operation whose path has the fewest parameters in it."""
    fitting = [path for path in document["paths"] if _fits(path, answer["path"])]
    path = min(fitting, key=lambda path: path.count("{"))
    response = document["paths"][path][answer["method"].lower()]["responses"]
    content = response[str(answer["status"])].get("content", {})
    if answer["media_type"] in content:
        yield content[answer["media_type"]]


def _fits(template: str, path: str) -> bool:
    pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
    return re.fullmatch(pattern, path) is not None


def _written(answer: dict[str, Any]) -> object:
    if answer["media_type"] != NDJSON:
        return answer["body"]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in answer["body"])
