"""The manifests are what Kubernetes takes, and hang together."""

import copy
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import kubernetes_validate  # type: ignore[import-untyped]
import pytest
import yaml

ROOT = Path(__file__).parents[2]
KUSTOMIZATIONS = sorted(path.parent for path in ROOT.glob("k8s/**/kustomization.yaml"))
# The oldest release whose pod fields these manifests use, and the newest there is a schema of.
KUBERNETES = ("1.25", kubernetes_validate.latest_version())

Document = dict[str, Any]


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.mark.parametrize("version", KUBERNETES)
def test_every_manifest_is_valid(base: dict[str, Document], version: str) -> None:
    """Each fits the schema of its kind, with no field that the schema does not know."""
    resources = [document for kind, document in base.items() if kind != "Kustomization"]
    assert len(resources) >= 4
    for document in resources:
        kubernetes_validate.validate(document, version, strict=True)


def test_a_misspelt_field_is_found(base: dict[str, Document]) -> None:
    """The check above is strict at every depth."""
    broken = copy.deepcopy(base["StatefulSet"])
    broken["spec"]["template"]["spec"]["containers"][0]["livenesProbe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError, match="livenesProbe"):
        kubernetes_validate.validate(broken, KUBERNETES[-1], strict=True)


@pytest.mark.parametrize("folder", KUSTOMIZATIONS, ids=names(KUSTOMIZATIONS))
def test_a_kustomization_names_every_file_beside_it(folder: Path) -> None:
    """Nothing that it names is missing, and no manifest lies there unused."""
    kustomization = yaml.safe_load((folder / "kustomization.yaml").read_text())
    named = set(kustomization["resources"])
    named |= {patch["path"] for patch in kustomization.get("patches", [])}
    named |= {env for made in kustomization["configMapGenerator"] for env in made.get("envs", [])}
    assert all((folder / name).exists() for name in named)
    there = {path.name for path in folder.iterdir()} - {"kustomization.yaml"}
    assert there == {name for name in named if "/" not in name}


@pytest.mark.parametrize("folder", names(KUSTOMIZATIONS))
@pytest.mark.parametrize("version", KUBERNETES)
def test_what_kustomize_renders_is_valid(
    render: Callable[[str], list[Document]], folder: str, version: str
) -> None:
    """The base and every overlay render, and the result fits the schemas."""
    documents = render(folder)
    assert "StatefulSet" in {document["kind"] for document in documents}
    for document in documents:
        kubernetes_validate.validate(document, version, strict=True)


@pytest.mark.parametrize("folder", names(KUSTOMIZATIONS))
def test_a_changed_setting_restarts_the_pod(
    render: Callable[[str], list[Document]], folder: str
) -> None:
    """The pod refers to its settings by a name that holds their hash."""
    documents = {document["kind"]: document for document in render(folder)}
    (container,) = documents["StatefulSet"]["spec"]["template"]["spec"]["containers"]
    (source,) = container["envFrom"]
    name = source["configMapRef"]["name"]
    assert name == documents["ConfigMap"]["metadata"]["name"]
    assert name.startswith("onrecord-")


def test_the_pod_is_what_service_policy_and_set_select(base: dict[str, Document]) -> None:
    """All three select by the same labels, and the pod has them."""
    spec = base["StatefulSet"]["spec"]
    labels = spec["template"]["metadata"]["labels"]
    assert spec["selector"]["matchLabels"] == labels
    assert base["Service"]["spec"]["selector"] == labels
    assert base["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"] == labels
    assert set(labels) >= {"app.kubernetes.io/name", "app.kubernetes.io/component"}


def test_every_port_leads_to_the_container(base: dict[str, Document], container: Document) -> None:
    """The Service and the NetworkPolicy name the port that the container has."""
    (port,) = container["ports"]
    (served,) = base["Service"]["spec"]["ports"]
    (ingress,) = base["NetworkPolicy"]["spec"]["ingress"]
    assert served["targetPort"] == port["name"]
    assert [let_in["port"] for let_in in ingress["ports"]] == [port["name"]]


def test_what_goes_out_is_refused_unless_named(base: dict[str, Document]) -> None:
    """Out go names, and the two ports of the web to public addresses."""
    spec = base["NetworkPolicy"]["spec"]
    assert spec["policyTypes"] == ["Ingress", "Egress"]
    dns, web = spec["egress"]
    assert {port["port"] for port in dns["ports"]} == {53}
    assert {port["port"] for port in web["ports"]} == {80, 443}
    closed = {cidr for peer in web["to"] for cidr in peer["ipBlock"]["except"]}
    assert closed >= {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7"}


def test_one_replica_keeps_one_archive(base: dict[str, Document]) -> None:
    """The embedded store has one writer, and its volume outlives the pod."""
    spec = base["StatefulSet"]["spec"]
    assert spec["replicas"] == 1
    (claim,) = spec["volumeClaimTemplates"]
    assert claim["spec"]["accessModes"] == ["ReadWriteOnce"]


def test_the_image_is_this_version(container: Document) -> None:
    """The tag is the project's version, never `latest`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert container["image"] == f"onrecord:{project['version']}"
