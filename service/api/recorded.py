"""Recorded answers as examples in the OpenAPI document.

Each file in `answers` has a `request` on an `archive` (`samples` or `empty`) and its `response`;
`python -m tests.api.examples` writes them.
"""

import json
import re
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from service.api.media import NDJSON, media_type

ANSWERS: Final = Path(__file__).parent / "answers"


def add_answers(document: dict[str, Any]) -> None:
    """Adds each answer to the response that it is an example of, where it was a success."""
    for path in sorted(ANSWERS.glob("*.json")):
        example = json.loads(path.read_text(encoding="utf-8"))
        response = example["response"]
        kind = media_type(response["headers"].get("Content-Type", ""))
        if response["status"] < HTTPStatus.BAD_REQUEST and kind:
            described = operation(document, example["request"])["responses"][
                str(response["status"])
            ]
            examples = described["content"][kind].setdefault("examples", {})
            examples[path.stem] = {"value": _written(response["body"], kind)}


def operation(document: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
    """The operation of an OpenAPI document that takes a recorded request. Of those that fit, its
    path has the fewest parameters."""
    asked = request["path"].partition("?")[0]
    fitting = [path for path in document["paths"] if _fits(path, asked)]
    path = min(fitting, key=lambda path: path.count("{"))
    described: dict[str, Any] = document["paths"][path][request["method"].lower()]
    return described


def _fits(template: str, path: str) -> bool:
    pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
    return re.fullmatch(pattern, path) is not None


def _written(body: Any, kind: str) -> object:  # noqa: ANN401 - any JSON
    if kind != NDJSON:
        return body
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in body)
