"""Alerts, dashboard and autoscaler ask for what the service counts."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.api.app import create_app
from service.settings import Settings
from tests.deploy.conftest import Manifests, Render

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"\b(?:onrecord|process)_\w+")


@pytest.fixture(scope="module")
def counted() -> set[str]:
    """The name of every series that /metrics shows."""
    names = set()
    for family in create_app(settings=Settings()).state.metrics.registry.collect():
        endings = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"]}
        names |= {family.name + ending for ending in endings.get(family.type, [""])}
    return names


@pytest.fixture
def monitored(render: Render) -> Manifests:
    return render("redis with all")


def alerts(monitored: Manifests) -> Iterator[dict[str, str]]:
    (group,) = monitored.named("PrometheusRule", "onrecord")["spec"]["groups"]
    yield from group["rules"]


def queries(dashboard: str) -> Iterator[str]:
    for panel in json.loads(dashboard)["panels"]:
        yield from (target["expr"] for target in panel["targets"])


def test_alerts_ask_for_what_is_counted(monitored: Manifests, counted: set[str]) -> None:
    """An alert on a series that there is not would never come."""
    for alert in alerts(monitored):
        names = set(NAME.findall(alert["expr"]))
        assert names <= counted
        assert names or alert["expr"].startswith("absent(up{")


def test_every_alert_is_explained(monitored: Manifests) -> None:
    """Whoever is woken finds what it means and what to do."""
    text = (ROOT / "docs/operations.md").read_text()
    assert {alert["alert"] for alert in alerts(monitored)} == set(
        re.findall(r"`(Onrecord\w+)`", text)
    )


def test_the_dashboard_asks_for_what_is_counted(monitored: Manifests, counted: set[str]) -> None:
    """No panel stays empty for a name that has changed."""
    (dashboard,) = monitored.named("ConfigMap", "onrecord-dashboard")["data"].values()
    asked = list(queries(dashboard))
    assert len(asked) >= 16
    for query in asked:
        names = set(NAME.findall(query))
        assert names
        assert names <= counted


def test_labels_that_are_asked_for_exist(monitored: Manifests) -> None:
    """The routes and the types of problems in queries are the service's."""
    app = create_app(settings=Settings())
    (dashboard,) = monitored.named("ConfigMap", "onrecord-dashboard")["data"].values()
    asked = "\n".join([*(alert["expr"] for alert in alerts(monitored)), *queries(dashboard)])
    routes = set(re.findall(r'route="([^"]+)"', asked))
    assert routes
    assert routes <= app.openapi()["paths"].keys()
    types = {one for found in re.findall(r'type=~?"([^"]+)"', asked) for one in found.split("|")}
    assert types
    documented = (ROOT / "docs/problems.md").read_text()
    assert all(f"/problems/{one}" in documented or f"`{one}`" in documented for one in types)


def test_the_autoscaler_asks_for_what_is_counted(monitored: Manifests, counted: set[str]) -> None:
    """By the name under which it is read from each pod."""
    scaler = monitored.named("HorizontalPodAutoscaler", "onrecord")["spec"]
    (pods,) = (metric["pods"] for metric in scaler["metrics"] if metric["type"] == "Pods")
    assert pods["metric"]["name"] in counted


def test_prometheus_reads_the_service(monitored: Manifests) -> None:
    """The monitor selects the Service by its labels and names its port and the path of metrics."""
    (monitor,) = monitored.of("ServiceMonitor")
    service = monitored.named("Service", "onrecord")
    labels = monitor["spec"]["selector"]["matchLabels"]
    assert labels.items() <= service["metadata"]["labels"].items()
    (endpoint,) = monitor["spec"]["endpoints"]
    assert endpoint["port"] in {port["name"] for port in service["spec"]["ports"]}
    assert endpoint["path"] in create_app(settings=Settings()).openapi()["paths"]
