"""The manifests are what Kubernetes takes, and hang together."""

import copy
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate  # type: ignore[import-untyped]
import pytest
import yaml

from tests.deploy.conftest import PARTS, Manifests, Render

ROOT = Path(__file__).parents[2]
FOLDERS = sorted(path.parent for path in ROOT.glob("k8s/**/kustomization.yaml"))
# The oldest release whose pod fields these manifests use, and the newest there is a schema of.
KUBERNETES = ("1.25", kubernetes_validate.latest_version())

Document = dict[str, Any]

STRING = {"type": "string"}
STRINGS = {"type": "object", "additionalProperties": STRING}


def exactly(**properties: object) -> Document:
    """The schema of an object that has these properties and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


# The Prometheus operator's own kinds, as far as they are used here.
OPERATOR = {
    "ServiceMonitor": exactly(
        selector=exactly(matchLabels=STRINGS),
        endpoints={
            "type": "array",
            "items": exactly(
                port=STRING,
                path=STRING,
                interval={"type": "string", "pattern": r"^\d+s$"},
                authorization=exactly(
                    type={"const": "Bearer"}, credentials=exactly(name=STRING, key=STRING)
                ),
            ),
        },
    ),
    "PrometheusRule": exactly(
        groups={
            "type": "array",
            "items": exactly(
                name=STRING,
                rules={
                    "type": "array",
                    "items": {
                        **exactly(
                            alert=STRING,
                            expr=STRING,
                            labels=STRINGS,
                            annotations=STRINGS,
                            **{"for": {"type": "string", "pattern": r"^\d+[mh]$"}},
                        ),
                        "required": ["alert", "expr", "labels", "annotations"],
                    },
                },
            ),
        }
    ),
}


@pytest.mark.parametrize("version", KUBERNETES)
def test_every_manifest_is_valid(manifests: Manifests, version: str) -> None:
    """Each fits the schema of its kind, with no field that the schema does not know."""
    assert len(manifests.documents) >= 2
    for document in manifests.documents:
        if document["kind"] in OPERATOR:
            jsonschema.validate(document["spec"], OPERATOR[document["kind"]])
        else:
            kubernetes_validate.validate(document, version, strict=True)


def test_a_misspelt_field_is_found(render: Render) -> None:
    """The check above is strict at every depth."""
    broken = copy.deepcopy(render("embedded").named("StatefulSet", "onrecord"))
    broken["spec"]["template"]["spec"]["containers"][0]["livenesProbe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError, match="livenesProbe"):
        kubernetes_validate.validate(broken, KUBERNETES[-1], strict=True)


def test_every_kustomization_is_rendered_here() -> None:
    """What no test renders would not be tested."""
    tested = {ROOT / "k8s" / part for parts in PARTS.values() for part in parts}
    used = {
        (folder / name).resolve()
        for folder in FOLDERS
        for name in _kustomization(folder).get("components", [])
        + _kustomization(folder)["resources"]
        if (folder / name).is_dir()
    }
    assert set(FOLDERS) == tested | used


def _kustomization(folder: Path) -> Document:
    return {"resources": [], **yaml.safe_load((folder / "kustomization.yaml").read_text())}


@pytest.mark.parametrize("folder", FOLDERS, ids=[str(f.relative_to(ROOT)) for f in FOLDERS])
def test_a_kustomization_names_every_file_beside_it(folder: Path) -> None:
    """No manifest lies there unused."""
    kustomization = _kustomization(folder)
    generated = [
        named.rpartition("=")[2]
        for made in kustomization.get("configMapGenerator", [])
        for named in [*made.get("envs", []), *made.get("files", [])]
    ]
    patches = [patch["path"] for patch in kustomization.get("patches", [])]
    named = {*kustomization["resources"], *patches, *generated}
    there = {path.name for path in folder.iterdir() if path.is_file()} - {"kustomization.yaml"}
    assert there == {name for name in named if "/" not in name}


def test_a_changed_setting_restarts_the_pods(manifests: Manifests) -> None:
    """Pods refer to a ConfigMap by a name that holds its hash, and it is there."""
    there = {document["metadata"]["name"] for document in manifests.of("ConfigMap")}
    for _, template in manifests.pods():
        spec = template["spec"]
        sources = [source for one in spec["containers"] for source in one.get("envFrom", [])]
        named = [source["configMapRef"]["name"] for source in sources]
        named += [v["configMap"]["name"] for v in spec.get("volumes", []) if "configMap" in v]
        assert set(named) <= there
        assert all(len(name.rpartition("-")[2]) == 10 for name in named)


def test_what_selects_pods_finds_some(manifests: Manifests) -> None:
    """Services, policies, budgets and spreads select by labels that pods have, and only theirs."""
    for labels in _selectors(manifests):
        found = manifests.selected(labels)
        assert len(found) == (1 if "app.kubernetes.io/component" in labels else len(found))
        # What the job talks to is of another rendering.
        assert found or labels.get("app.kubernetes.io/component") == "redis"


def _selectors(manifests: Manifests) -> Iterator[Document]:
    for document in manifests.documents:
        spec = document.get("spec", {})
        if document["kind"] == "Service":
            yield spec["selector"]
        elif document["kind"] == "NetworkPolicy":
            yield spec["podSelector"].get("matchLabels", {})
        elif document["kind"] in {"PodDisruptionBudget", "StatefulSet", "Deployment"}:
            yield spec["selector"]["matchLabels"]
    for _, template in manifests.pods():
        for spread in template["spec"].get("topologySpreadConstraints", []):
            yield spread["labelSelector"]["matchLabels"]


def test_every_port_leads_to_a_container(manifests: Manifests) -> None:
    """What Services, policies and the Ingress call a port, a container or a Service calls so."""
    for service in manifests.of("Service"):
        (template,) = manifests.selected(service["spec"]["selector"])
        assert {port["targetPort"] for port in service["spec"]["ports"]} <= _ports(template)
    for policy in manifests.of("NetworkPolicy"):
        for template in manifests.selected(policy["spec"]["podSelector"].get("matchLabels", {})):
            for rule in policy["spec"].get("ingress", []):
                assert {port["port"] for port in rule["ports"]} <= _ports(template)
    for ingress in manifests.of("Ingress"):
        for rule in ingress["spec"]["rules"]:
            backend = rule["http"]["paths"][0]["backend"]["service"]
            served = manifests.named("Service", backend["name"])["spec"]["ports"]
            assert backend["port"]["name"] in {port["name"] for port in served}


def _ports(template: Document) -> set[str]:
    (container,) = template["spec"]["containers"]
    return {port["name"] for port in container.get("ports", [])}


def test_all_that_is_not_named_is_closed(manifests: Manifests) -> None:
    """A policy closes the namespace, and each pod's own opens both directions by name: to the
    public web only where pages are fetched or people signed in, and never to private ranges."""
    policies = manifests.of("NetworkPolicy")
    if manifests.of("Namespace"):
        closed = manifests.named("NetworkPolicy", "closed")["spec"]
        assert closed == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    for _, template in manifests.pods():
        labels = template["metadata"]["labels"].items()
        own = [
            p for p in policies if p["spec"]["podSelector"].get("matchLabels", {}).items() <= labels
        ]
        assert {kind for policy in own for kind in policy["spec"]["policyTypes"]} == {
            "Ingress",
            "Egress",
        }
    blocks = [
        peer["ipBlock"]
        for policy in policies
        for rule in policy["spec"].get("egress", [])
        for peer in rule.get("to", [])
        if "ipBlock" in peer
    ]
    for block in blocks:
        private = {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"}
        assert set(block["except"]) >= (private if "." in block["cidr"] else {"fc00::/7"})


def test_secrets_are_named_and_never_written_down(manifests: Manifests) -> None:
    """No manifest holds one, and the README says how each is made."""
    assert manifests.of("Secret") == []
    readme = (ROOT / "k8s/README.md").read_text()
    for name in _secrets(list(manifests.documents)):
        assert f"create secret generic {name}" in readme or f"create secret tls {name}" in readme


def _secrets(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _secrets(one)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key in {"secretKeyRef", "credentials"}:
                yield value["name"]
            elif key == "secretName":
                yield value
            else:
                yield from _secrets(value)


def test_the_image_is_this_version(manifests: Manifests) -> None:
    """The tag is the project's version, and `latest` only where it was loaded by hand."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    for _, template in manifests.pods():
        for container in template["spec"]["containers"]:
            name, _, tag = container["image"].rpartition(":")
            if container.get("imagePullPolicy") == "Never":
                assert (name, tag) == ("localhost/onrecord", "latest")
            else:
                assert tag != "latest"
                assert name != "onrecord" or tag == version


def test_one_replica_keeps_one_archive(render: Render) -> None:
    """The embedded store has one writer, and its volume outlives the pod."""
    spec = render("embedded").named("StatefulSet", "onrecord")["spec"]
    assert spec["replicas"] == 1
    (claim,) = spec["volumeClaimTemplates"]
    assert claim["spec"]["accessModes"] == ["ReadWriteOnce"]


def test_an_update_never_leaves_fewer_pods(render: Render) -> None:
    """With Redis the autoscaler alone says how many there are, at least two, and a new one is ready
    before an old one goes."""
    redis = render("redis")
    deployment = redis.named("Deployment", "onrecord")["spec"]
    assert "replicas" not in deployment
    assert deployment["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    scaler = redis.named("HorizontalPodAutoscaler", "onrecord")["spec"]
    assert scaler["scaleTargetRef"]["name"] == "onrecord"
    assert scaler["minReplicas"] >= 2
    budget = redis.named("PodDisruptionBudget", "onrecord")["spec"]
    assert budget["maxUnavailable"] < scaler["minReplicas"]


def test_the_keeper_knows_every_redis(render: Render) -> None:
    """Each pod of the StatefulSet, by the name that its Service gives it."""
    redis = render("redis")
    servers = redis.named("StatefulSet", "onrecord-redis")["spec"]
    (keeper,) = redis.named("Deployment", "onrecord-redis-keeper")["spec"]["template"]["spec"][
        "containers"
    ]
    domain = servers["serviceName"]
    assert redis.named("Service", domain)["spec"]["clusterIP"] == "None"
    assert keeper["args"] == [f"onrecord-redis-{i}.{domain}" for i in range(servers["replicas"])]


def test_redis_leaves_room_to_write_its_file_anew(render: Render) -> None:
    """`maxmemory` is two thirds of the pod's limit: rewriting takes a part a second time."""
    redis = render("redis")
    configuration = redis.named("ConfigMap", "onrecord-redis")["data"]["redis.conf"]
    options = dict(line.split(" ", 1) for line in configuration.splitlines() if line[:1].isalpha())
    (container,) = redis.named("StatefulSet", "onrecord-redis")["spec"]["template"]["spec"][
        "containers"
    ]
    limit = int(container["resources"]["limits"]["memory"].removesuffix("Gi"))
    assert int(options["maxmemory"].removesuffix("gb")) * 1.5 <= limit
    assert options["maxmemory-policy"] == "noeviction"
    assert (options["appendonly"], options["appendfsync"]) == ("yes", "always")


def test_redis_keeps_no_words_of_claims(render: Render) -> None:
    """Its log of slow commands has their arguments, which are the words of what is asked."""
    configuration = render("redis").named("ConfigMap", "onrecord-redis")["data"]["redis.conf"]
    assert "slowlog-log-slower-than -1" in configuration.splitlines()


def test_all_writers_wait_for_the_same(render: Render) -> None:
    """The job acknowledges an article no sooner than the API does."""
    redis, job = render("redis"), render("bulk-index")
    settings = redis.named("ConfigMap", "onrecord")["data"]
    (container,) = job.named("Job", "onrecord-bulk-index")["spec"]["template"]["spec"]["containers"]
    name = "ONRECORD_REDIS_DURABILITY"
    assert job.settings(container)[name] == settings[name]
