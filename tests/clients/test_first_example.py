"""Clients that are generated from the OpenAPI document do the README's first example."""

import shutil
import subprocess
from pathlib import Path

import pytest

from service.api.openapi import DOCUMENT
from tests.clients.tools import HERE, Tools
from tests.running import Running
from tests.test_readme import ADDRESS, ROOT, examples

OPENAPI = str(ROOT / DOCUMENT)
TYPESCRIPT = ("first_example_openapi_typescript", "first_example_hey_api")


@pytest.fixture(scope="module")
def printed(service: Running) -> str:
    """What the example in Python prints in the README, once its article is indexed."""
    indexing = next(one for one in examples() if "curl" in one.source)
    subprocess.run(["bash", "-c", indexing.source.replace(ADDRESS, service.url)], check=True)
    checking = next(one for one in examples() if one.kind == "python")
    assert checking.output
    return checking.output


@pytest.fixture(scope="module")
def compiled(tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the clients in TypeScript, and the examples as JavaScript in `js`."""
    folder = tmp_path_factory.mktemp("typescript")
    for name in ("tsconfig.json", *(f"{example}.ts" for example in TYPESCRIPT)):
        shutil.copy(HERE / name, folder)
    modules = tools.modules(folder)
    tools.node(modules / "openapi-ts", "-i", OPENAPI, "-o", "hey-api", at=folder)
    types = ["--default-non-nullable=false", "-o", "openapi-typescript.ts"]
    tools.node(modules / "openapi-typescript", OPENAPI, *types, at=folder)
    tools.node(modules / "tsc", at=folder)
    return folder


@pytest.mark.parametrize("example", TYPESCRIPT)
def test_in_typescript(
    tools: Tools, compiled: Path, service: Running, printed: str, example: str
) -> None:
    """Types and all: what a wrong field's name would be is an error of the compiler's."""
    shown = tools.node(f"js/{example}.js", service.url, at=compiled)
    assert shown.replace("[ ", "[").replace(" ]", "]") == printed


def test_in_python(tools: Tools, service: Running, printed: str, tmp_path: Path) -> None:
    """Its types hold, too."""
    generate = ("-m", "openapi_python_client", "generate", "--path", OPENAPI)
    tools.python(*generate, "--meta", "none", "--output-path", "onrecord_client", at=tmp_path)
    example = shutil.copy(HERE / "first_example_openapi_python_client.py", tmp_path)
    strictly = ("--strict", "--no-warn-unused-ignores", "--follow-imports", "silent")
    tools.python("-m", "mypy", *strictly, example, at=tmp_path)
    assert tools.python(example, service.url, at=tmp_path) == printed
