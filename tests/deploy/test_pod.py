"""The pod may do what it needs and nothing else, and its settings are the service's."""

import copy
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from service.api.app import create_app
from service.settings import Settings

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


def test_the_pod_meets_the_restricted_standard(pod: Document) -> None:
    """A namespace that enforces the restricted Pod Security Standard lets it in."""
    assert list(violations(pod)) == []


def test_the_local_overlay_meets_it_too(render: Callable[[str], list[Document]]) -> None:
    """Its namespace does enforce it."""
    documents = {document["kind"]: document for document in render("k8s/overlays/local")}
    labels = documents["Namespace"]["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"
    assert list(violations(documents["StatefulSet"]["spec"]["template"]["spec"])) == []


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


def test_only_two_folders_can_be_written(pod: Document, container: Document) -> None:
    """The archive, and a bounded /tmp."""
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    mounts = {mount["mountPath"]: mount["name"] for mount in container["volumeMounts"]}
    assert set(mounts) == {"/data", "/tmp"}
    (tmp,) = (volume for volume in pod["volumes"] if volume["name"] == mounts["/tmp"])
    assert tmp["emptyDir"]["sizeLimit"]


def test_the_pod_holds_no_token(base: dict[str, Document], pod: Document) -> None:
    """It has an account of its own that cannot ask the Kubernetes API anything."""
    assert pod["serviceAccountName"] == base["ServiceAccount"]["metadata"]["name"]
    assert base["ServiceAccount"]["automountServiceAccountToken"] is False
    assert pod["automountServiceAccountToken"] is False


def test_every_variable_is_a_setting(
    pod_settings: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The service knows each name and accepts each value."""
    known = {f"ONRECORD_{name.upper()}" for name in Settings.model_fields}
    assert pod_settings.keys() <= known
    monkeypatch.chdir(tmp_path)
    for name, value in pod_settings.items():
        monkeypatch.setenv(name, value)
    assert Settings().store == "/data"


def test_an_overlays_variables_are_settings_too(render: Callable[[str], list[Document]]) -> None:
    """What the overlay merges in is known as well, and the base's variables are still there."""
    documents = {document["kind"]: document for document in render("k8s/overlays/local")}
    variables = documents["ConfigMap"]["data"].keys()
    assert variables <= {f"ONRECORD_{name.upper()}" for name in Settings.model_fields}
    assert variables > {"ONRECORD_STORE"}


def test_kubernetes_sets_no_variable_of_ours(base: dict[str, Document], pod: Document) -> None:
    """A Service named onrecord would put ONRECORD_PORT=tcp://… into the pod's environment."""
    assert base["Service"]["metadata"]["name"] == "onrecord"
    assert pod["enableServiceLinks"] is False


def test_requests_in_flight_may_finish(pod: Document, pod_settings: dict[str, str]) -> None:
    """The pod is killed only well after the service has stopped by itself."""
    assert pod["terminationGracePeriodSeconds"] >= float(pod_settings["ONRECORD_SHUTDOWN_S"]) + 10


def test_threads_fit_the_processors(container: Document, pod_settings: dict[str, str]) -> None:
    """More threads than the limit has processors would wait for each other."""
    limit = container["resources"]["limits"]["cpu"]
    assert int(pod_settings["ONRECORD_THREADS"]) <= int(limit)


@pytest.mark.parametrize("resource", ["cpu", "memory", "ephemeral-storage"])
def test_resources_are_asked_for_and_bounded(container: Document, resource: str) -> None:
    """The scheduler knows what the pod needs, and the node what it may take."""
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
