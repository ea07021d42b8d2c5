"""The image and the manifests agree, and the image holds nothing that was not chosen."""

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.deploy.conftest import Render

ROOT = Path(__file__).parents[2]
Document = dict[str, Any]
Stage = dict[str, list[list[str]]]


def test_one_port_everywhere(dockerfile: Stage, container: Document) -> None:
    """What the image exposes, serves, probes and what the pod names are one number."""
    (exposed,) = dockerfile["EXPOSE"][0]
    serve = dockerfile["CMD"][0]
    assert serve[serve.index("--port") + 1] == exposed
    assert f"http://127.0.0.1:{exposed}/healthz" in dockerfile["HEALTHCHECK"][0][-1]
    assert [port["containerPort"] for port in container["ports"]] == [int(exposed)]


def test_one_user_everywhere(dockerfile: Stage, pod: Document) -> None:
    """The image's user is numeric, not root, and the one that the pod runs as."""
    ((user,),) = dockerfile["USER"]
    context = pod["securityContext"]
    assert user == f"{context['runAsUser']}:{context['runAsGroup']}"
    assert context["runAsUser"] > 0
    assert context["fsGroup"] == context["runAsGroup"]


def test_one_store_everywhere(dockerfile: Stage, render: Render) -> None:
    """The volume, the setting in the image, the setting in the pod and the mount are one folder."""
    environment = dict(variable.split("=", 1) for variable in dockerfile["ENV"][0])
    ((volume,),) = dockerfile["VOLUME"]
    embedded = render("embedded")
    ((_, template),) = embedded.pods()
    (container,) = template["spec"]["containers"]
    assert environment["ONRECORD_STORE"] == embedded.settings(container)["ONRECORD_STORE"] == volume
    assert volume in {mount["mountPath"] for mount in container["volumeMounts"]}


def test_nobody_is_let_in_without_a_key(dockerfile: Stage, render: Render) -> None:
    """Whatever becomes of the keys, and wherever it listens; the same in the image and in pods."""
    environment = dict(variable.split("=", 1) for variable in dockerfile["ENV"][0])
    assert environment["ONRECORD_ALLOW_ANONYMOUS"] == "false"
    for overlay in ("embedded", "redis"):
        rendered = render(overlay)
        served = [
            container
            for _, template in rendered.pods()
            for container in template["spec"]["containers"]
            if container["image"].startswith("onrecord:") and "livenessProbe" in container
        ]
        assert served
        for container in served:
            assert rendered.settings(container)["ONRECORD_ALLOW_ANONYMOUS"] == "false"


def test_the_image_runs_the_command(dockerfile: Stage) -> None:
    """Its entry point is a command that the distribution installs, reachable from outside."""
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    ((program,),) = dockerfile["ENTRYPOINT"]
    assert program in scripts
    assert dockerfile["CMD"][0][:3] == ["serve", "--host", "0.0.0.0"]


def test_nothing_runs_in_the_final_stage(dockerfile: Stage) -> None:
    """It is the base and what was copied: no installer, no compiler, no trace of a build."""
    assert "RUN" not in dockerfile
    assert dockerfile["STOPSIGNAL"] == [["SIGTERM"]]


@pytest.mark.parametrize(
    "name",
    [
        "requirements.txt",
        "image/build-requirements.txt",
        "image/sbom-requirements.txt",
        "image/telemetry-requirements.txt",
    ],
)
def test_every_package_is_pinned_by_hash(name: str) -> None:
    """Each package has one version and its hashes, and no index is named."""
    text = (ROOT / name).read_text().replace("\\\n", " ")
    pins = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert pins
    for pin in pins:
        assert re.match(r"[A-Za-z0-9._\[\]-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", pin), pin


def test_the_build_tools_are_the_projects() -> None:
    """What pyproject.toml asks for to build a wheel is pinned for the image."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    pinned = re.findall(
        r"^([\w.-]+)==(\S+)", (ROOT / "image/build-requirements.txt").read_text(), re.MULTILINE
    )
    for line in project["build-system"]["requires"]:
        requirement = Requirement(line)
        assert requirement.specifier.contains(dict(pinned)[requirement.name])


def test_the_build_sees_only_what_it_copies() -> None:
    """Everything else stays out: .git, an archive, a .env with keys, the tests."""
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    let_in = {rule[1:] for rule in rules if rule.startswith("!")}
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    copied = {
        source
        for line in re.findall(r"^COPY (?!--)(.*)$", text, re.MULTILINE)
        for source in line.split()[:-1]
    }
    assert let_in == copied


def test_the_scripts_parse() -> None:
    """Each of the shell scripts is one that bash understands."""
    scripts = sorted([*ROOT.glob("image/*.sh"), *ROOT.glob("k8s/**/*.sh")])
    assert len(scripts) >= 8
    for script in scripts:
        subprocess.run(["bash", "-n", script], check=True)
