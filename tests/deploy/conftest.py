"""The Dockerfile and the manifests, read."""

import os
import shlex
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
Document = dict[str, Any]

PARTS = {
    "embedded": ["overlays/embedded"],
    "local": ["overlays/local"],
    "redis": ["overlays/redis"],
    "bulk-index": ["jobs/bulk-index"],
    "redis with all": ["overlays/redis", "components/monitoring", "components/ingress"],
    "embedded with all": ["overlays/embedded", "components/monitoring", "components/ingress"],
}
"""What is rendered: a folder of k8s/, and what an operator adds in an overlay of their own."""


@dataclass(frozen=True, slots=True)
class Manifests:
    """What kustomize makes: all documents of one rendering."""

    documents: Sequence[Document]

    def of(self, kind: str) -> list[Document]:
        """The documents of a kind, in order."""
        return [document for document in self.documents if document["kind"] == kind]

    def named(self, kind: str, name: str) -> Document:
        """The one document of a kind and a name; names of ConfigMaps end in a hash."""
        (found,) = (
            document
            for document in self.of(kind)
            if document["metadata"]["name"] == name
            or (kind == "ConfigMap" and document["metadata"]["name"].rpartition("-")[0] == name)
        )
        return found

    def pods(self) -> Iterator[tuple[str, Document]]:
        """The name of each workload with the template of its pods."""
        for document in self.documents:
            if document["kind"] in {"Deployment", "StatefulSet", "Job"}:
                yield document["metadata"]["name"], document["spec"]["template"]

    def selected(self, labels: Document) -> list[Document]:
        """The templates whose pods have all of these labels."""
        return [
            template
            for _, template in self.pods()
            if labels.items() <= template["metadata"]["labels"].items()
        ]

    def settings(self, container: Document) -> dict[str, str | None]:
        """The ONRECORD_* variables that a container gets; None for a value out of a Secret."""
        variables: dict[str, str | None] = {}
        for source in container.get("envFrom", []):
            (data,) = (
                document["data"]
                for document in self.of("ConfigMap")
                if document["metadata"]["name"] == source["configMapRef"]["name"]
            )
            variables |= data
        variables |= {one["name"]: one.get("value") for one in container.get("env", [])}
        return {name: value for name, value in variables.items() if name.startswith("ONRECORD_")}


Render = Callable[[str], Manifests]


@pytest.fixture(scope="session")
def render(tmp_path_factory: pytest.TempPathFactory) -> Render:
    """What kustomize makes of one of PARTS."""
    got = subprocess.run(
        [Path(__file__).with_name("kustomize.sh")], capture_output=True, text=True, check=False
    )
    if got.returncode:
        pytest.skip(got.stderr.strip())
    # Its paths are relative, and none may lead through a link.
    work = tmp_path_factory.mktemp("overlays").resolve()

    @cache
    def rendered(name: str) -> Manifests:
        folder = work / name.replace(" ", "-")
        folder.mkdir()
        first, *components = [os.path.relpath(ROOT / "k8s" / part, folder) for part in PARTS[name]]
        overlay = {"resources": [first], "components": components}
        (folder / "kustomization.yaml").write_text(yaml.safe_dump(overlay))
        out = subprocess.run(
            [*got.stdout.split(), folder], check=True, capture_output=True, text=True
        )
        return Manifests(list(yaml.safe_load_all(out.stdout)))

    return rendered


@pytest.fixture(params=PARTS)
def manifests(request: pytest.FixtureRequest, render: Render) -> Manifests:
    """Each of PARTS, one after the other."""
    return render(request.param)


@pytest.fixture(params=["embedded", "redis"])
def store(request: pytest.FixtureRequest, render: Render) -> Manifests:
    """The two overlays that run the service."""
    return render(request.param)


@pytest.fixture
def pod(store: Manifests) -> Document:
    """The specification of the pods that answer requests."""
    (template,) = store.selected({"app.kubernetes.io/component": "api"})
    spec: Document = template["spec"]
    return spec


@pytest.fixture
def container(pod: Document) -> Document:
    """Their one container."""
    (only,) = pod["containers"]
    assert isinstance(only, dict)
    return only


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


def _arguments(rest: str) -> list[str]:
    """Of either form, `["a", "b"]` or `a b`."""
    if rest.startswith("["):
        return [str(argument) for argument in yaml.safe_load(rest)]
    return shlex.split(rest)
