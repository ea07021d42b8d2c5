"""What the README shows is what happens."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.quality import table
from service.settings import Settings
from tests.running import Running, running

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8000"
BLOCK = re.compile(r"^```(console|python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """Something to run, and what it prints; None where the README leaves that out."""

    kind: str
    source: str
    output: str | None


def examples() -> Iterator[Example]:
    """In the order of the README: each command of a console block, each Python block."""
    blocks = BLOCK.findall(README)
    for (kind, body), (_, following) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        if kind == "python":
            yield Example(kind, body, following)
        elif kind == "console":
            for command in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                source, output = _split(command)
                yield Example(kind, source, output or None)


def _split(command: str) -> tuple[str, str]:
    """The command with its continuation lines, and the lines that it printed."""
    first, *rest = command.splitlines(keepends=True)
    continued = [line[2:] for line in rest if line.startswith("> ")]
    return first + "".join(continued), "".join(rest[len(continued) :])


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service on a free port whose store has the samples."""
    with running(tmp_path_factory.mktemp("served"), articles=ROOT / "samples" / "articles") as one:
        yield one


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the commands of one reader share."""
    return tmp_path_factory.mktemp("reader")


def test_every_example_does_what_it_shows(service: Running, store: Path) -> None:
    """One after the other, as a newcomer would run them; only the port differs."""
    found = sorted(examples(), key=lambda example: "onrecord index" not in example.source)
    assert {example.kind for example in found} == {"console", "python"}
    for example in found:
        source = example.source.replace(ADDRESS, service.url)
        shown = _run(example.kind, source, store)
        if example.output is not None:
            assert shown == example.output, example.source


def _run(kind: str, source: str, store: Path) -> str:
    if source.startswith(". .venv/"):
        return ""
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(store),
        "ONRECORD_STORE": str(store / "store"),
    }
    command = [sys.executable, "-c", source] if kind == "python" else ["bash", "-c", source]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_setting_is_in_the_table() -> None:
    """The table is made from the class: name, default, meaning."""
    rows = "\n".join(
        f"| `ONRECORD_{name.upper()}` | {_default(field.default)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    )
    assert f"| variable | default | |\n|---|---|---|\n{rows}\n" in README, f"expected:\n{rows}"


def test_the_quality_is_what_was_measured() -> None:
    """The table is printed from the benchmarks' JSON."""
    rows = "\n".join(table())
    assert rows in README, f"expected:\n{rows}"


def _default(value: object) -> str:
    if value in {None, ""}:
        return "none"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def test_every_link_leads_somewhere() -> None:
    """No link of the README or CONTRIBUTING points at a file that is not there."""
    for page in (
        "README.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "docs/ci.md",
        "docs/access.md",
        "samples/README.md",
        "k8s/README.md",
    ):
        text = (ROOT / page).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text):
            assert (ROOT / page).parent.joinpath(target).exists(), f"{page}: {target}"


def test_every_test_that_an_attack_is_held_by_is_there() -> None:
    """The list of attacks names files, and each of them has tests."""
    page = (ROOT / "docs/access.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(tests/\S+?)`", page))
    assert len(named) >= 12
    assert all("def test_" in (ROOT / name).read_text(encoding="utf-8") for name in named)
