"""Pods may do what they need and nothing else, and their settings are the service's."""

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.api.app import create_app
from service.settings import Settings
from tests.deploy.conftest import Manifests

Document = dict[str, Any]

PLAIN_VOLUMES = {
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "persistentVolumeClaim",
    "projected",
    "secret",
}


def violations(pod: Document) -> Iterator[str]:
    """What the restricted Pod Security Standard refuses in a pod's specification.

    Source: Kubernetes documentation, "Pod Security Standards", baseline and restricted.
    """
    yield from (name for name in ("hostNetwork", "hostPID", "hostIPC") if pod.get(name))
    for volume in pod.get("volumes", []):
        yield from (f"volume {kind}" for kind in set(volume) - {"name"} - PLAIN_VOLUMES)
    pod_level = pod.get("securityContext", {})
    yield from (
        name for name in ("sysctls", "seLinuxOptions", "appArmorProfile") if name in pod_level
    )
    for container in [*pod["containers"], *pod.get("initContainers", [])]:
        yield from _container_violations(container, pod_level)


def _container_violations(container: Document, pod_level: Document) -> Iterator[str]:
    own = container.get("securityContext", {})
    context = {**pod_level, **own}
    capabilities = own.get("capabilities", {})
    refused = {
        "privileged": own.get("privileged", False),
        "procMount": own.get("procMount", "Default") != "Default",
        "allowPrivilegeEscalation": own.get("allowPrivilegeEscalation") is not False,
        "capabilities.drop": "ALL" not in capabilities.get("drop", []),
        "capabilities.add": not set(capabilities.get("add", [])) <= {"NET_BIND_SERVICE"},
        "runAsNonRoot": context.get("runAsNonRoot") is not True,
        "runAsUser": context.get("runAsUser") == 0,
        "seccompProfile": context.get("seccompProfile", {}).get("type")
        not in {"RuntimeDefault", "Localhost"},
        "hostPort": any("hostPort" in port for port in container.get("ports", [])),
    }
    yield from (name for name, is_refused in refused.items() if is_refused)


def test_every_pod_meets_the_restricted_standard(manifests: Manifests) -> None:
    """A namespace that enforces the restricted Pod Security Standard lets it in, and ours do."""
    for namespace in manifests.of("Namespace"):
        labels = namespace["metadata"]["labels"]
        assert labels["pod-security.kubernetes.io/enforce"] == "restricted"
    for _, template in manifests.pods():
        assert list(violations(template["spec"])) == []


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        (("hostNetwork",), True, "hostNetwork"),
        (("securityContext", "runAsNonRoot"), False, "runAsNonRoot"),
        (("securityContext", "seccompProfile", "type"), "Unconfined", "seccompProfile"),
        (("containers", 0, "securityContext", "capabilities"), {}, "capabilities.drop"),
        (("containers", 0, "securityContext", "privileged"), True, "privileged"),
        (("volumes", 0), {"name": "tmp", "hostPath": {"path": "/tmp"}}, "volume hostPath"),
    ],
)
def test_a_laxer_pod_is_found(
    pod: Document, path: tuple[str | int, ...], value: object, found: str
) -> None:
    """The check above sees each of these."""
    laxer = copy.deepcopy(pod)
    place: Any = laxer
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert list(violations(laxer)) == [found]


def test_only_volumes_can_be_written(manifests: Manifests) -> None:
    """The root file system is read-only everywhere, and every /tmp is bounded."""
    for _, template in manifests.pods():
        for container in template["spec"]["containers"]:
            assert container["securityContext"]["readOnlyRootFilesystem"] is True
        for volume in template["spec"].get("volumes", []):
            assert "emptyDir" not in volume or volume["emptyDir"]["sizeLimit"]


def test_no_pod_holds_a_token(manifests: Manifests) -> None:
    """None can ask the Kubernetes API anything."""
    for _, template in manifests.pods():
        assert template["spec"]["automountServiceAccountToken"] is False


def test_every_variable_is_a_setting(
    manifests: Manifests, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The service knows each name and accepts each value. A pod that runs no service has none."""
    monkeypatch.chdir(tmp_path)
    known = {f"ONRECORD_{name.upper()}" for name in Settings.model_fields}
    for _, template in manifests.pods():
        for container in template["spec"]["containers"]:
            if not container["image"].rpartition(":")[0].endswith("onrecord"):
                continue
            settings = manifests.settings(container)
            assert settings.keys() <= known
            with monkeypatch.context() as environment:
                for name, value in settings.items():
                    environment.setenv(name, "redis://localhost" if value is None else value)
                Settings()


def test_kubernetes_sets_no_variable_of_ours(manifests: Manifests) -> None:
    """A Service named onrecord would put ONRECORD_PORT=tcp://… into the pod's environment."""
    for _, template in manifests.pods():
        assert template["spec"]["enableServiceLinks"] is False


def test_a_rolling_restart_loses_no_request(
    store: Manifests, pod: Document, container: Document
) -> None:
    """The pod leaves the Service before it is told to stop, may finish what it has, and is killed
    only well after that."""
    program, wait_s = container["lifecycle"]["preStop"]["exec"]["command"]
    assert program == "sleep"
    shutdown_s = float(store.settings(container)["ONRECORD_SHUTDOWN_S"] or 0)
    assert pod["terminationGracePeriodSeconds"] >= int(wait_s) + shutdown_s + 10


def test_threads_fit_the_processors(store: Manifests, container: Document) -> None:
    """More threads than the limit has processors would wait for each other."""
    limit = container["resources"]["limits"]["cpu"]
    assert int(store.settings(container)["ONRECORD_THREADS"] or 0) <= int(limit)


@pytest.mark.parametrize("resource", ["cpu", "memory", "ephemeral-storage"])
def test_resources_are_asked_for_and_bounded(manifests: Manifests, resource: str) -> None:
    """The scheduler knows what each pod needs, and the node what it may take."""
    for _, template in manifests.pods():
        for container in template["spec"]["containers"]:
            resources = container["resources"]
            for amount in (resources["requests"][resource], resources["limits"][resource]):
                assert re.fullmatch(r"\d+(m|Mi|Gi)?", amount)


def test_probes_ask_what_they_are_for(container: Document) -> None:
    """Traffic follows readiness; a restart follows death alone."""
    paths = {
        name: container[f"{name}Probe"]["httpGet"]["path"]
        for name in ("startup", "readiness", "liveness")
    }
    assert paths == {"startup": "/healthz", "readiness": "/readyz", "liveness": "/healthz"}
    assert create_app(settings=Settings()).openapi()["paths"].keys() >= set(paths.values())
    (port,) = container["ports"]
    for name in paths:
        assert container[f"{name}Probe"]["httpGet"]["port"] == port["name"]
