"""The Dockerfile and the manifests, read."""

import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
Document = dict[str, Any]


@pytest.fixture(scope="session")
def base() -> dict[str, Document]:
    """The manifests of k8s/base by kind."""
    files = (ROOT / "k8s/base").glob("*.yaml")
    documents = [document for file in files for document in yaml.safe_load_all(file.read_text())]
    return {document["kind"]: document for document in documents}


@pytest.fixture(scope="session")
def pod(base: dict[str, Document]) -> Document:
    """The pod that the StatefulSet makes: its specification."""
    spec: Document = base["StatefulSet"]["spec"]["template"]["spec"]
    return spec


@pytest.fixture(scope="session")
def container(pod: Document) -> Document:
    """The pod's one container."""
    (only,) = pod["containers"]
    assert isinstance(only, dict)
    return only


@pytest.fixture(scope="session")
def pod_settings() -> dict[str, str]:
    """The ONRECORD_* variables that the pod gets."""
    lines = (ROOT / "k8s/base/settings.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@pytest.fixture(scope="session")
def render() -> Callable[[str], list[Document]]:
    """What kustomize makes of a folder of the repository."""
    command = next((c for c in ("kustomize build", "kubectl kustomize") if _found(c)), None)
    if command is None:
        pytest.skip("needs kustomize or kubectl")

    def rendered(folder: str) -> list[Document]:
        out = subprocess.run(
            [*command.split(), ROOT / folder], check=True, capture_output=True, text=True
        )
        return list(yaml.safe_load_all(out.stdout))

    return rendered


@pytest.fixture(scope="session")
def dockerfile() -> dict[str, list[list[str]]]:
    """The last stage's instructions: by name, the arguments of each."""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    last = max(number for number, line in enumerate(lines) if line.startswith("FROM"))
    stage: dict[str, list[list[str]]] = {}
    for line in lines[last:]:
        name, _, rest = line.partition(" ")
        stage.setdefault(name, []).append(_arguments(rest))
    return stage


def _found(command: str) -> bool:
    return shutil.which(command.split(maxsplit=1)[0]) is not None


def _arguments(rest: str) -> list[str]:
    """Of either form, `["a", "b"]` or `a b`."""
    if rest.startswith("["):
        return [str(argument) for argument in yaml.safe_load(rest)]
    return shlex.split(rest)
