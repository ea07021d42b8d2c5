"""What CI systems are given does what it says: each file is read, and what it runs is run."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.cli.project import Project
from service.domain.finding import RULES, RuleId, Severity
from service.reports.threshold import Threshold
from tests.cli.conftest import ROOT

WRONG = "About 28,000 vehicles use the Sallow Bridge every day.\n"
GOOD = "About 18,000 vehicles use the Sallow Bridge every day.\n"


def read(name: str) -> Any:
    """A YAML file of the repository."""
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A newsroom's repository: one commit with a good draft, then a wrong one."""
    folder = tmp_path / "newsroom"
    (folder / "drafts").mkdir(parents=True)
    (folder / "drafts" / "good one.md").write_text(GOOD)
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@b.example"]
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "first"]):
        subprocess.run([*git, *command], check=True, cwd=folder)
    (folder / "drafts" / "wrong.md").write_text(WRONG)
    return folder


def bash(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """A script as CI runs it, with the `onrecord` of this environment."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={"PATH": path, "HOME": str(folder), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def action(
    folder: Path, inputs: Mapping[str, str], **variables: str
) -> subprocess.CompletedProcess[str]:
    """The steps of `action.yml` with these inputs, up to the first that fails."""
    described = read("action.yml")
    assert set(inputs) <= set(described["inputs"])
    given = {name: one["default"] for name, one in described["inputs"].items()} | dict(inputs)
    for step in described["runs"]["steps"]:
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "an input in a script could be a command of its own"
        environment = {
            name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: given[found[1]], value)
            for name, value in step.get("env", {}).items()
        }
        done = bash(step["run"], folder, **environment, **variables)
        if done.returncode:
            return done
    return done


def test_the_action_annotates_and_fails_the_job(repository: Path, server: str) -> None:
    """With a summary, a SARIF report, and file names that have spaces."""
    summary = repository / "summary.md"
    inputs = {
        "files": "drafts/good one.md\ndrafts/wrong.md\n",
        "server": server,
        "sarif": "o.sarif",
    }
    done = action(repository, inputs, GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=drafts/wrong.md,line=1,")
    assert done.stdout.endswith("2 drafts, 2 statements: 1 contradicted, 1 supported\n")
    assert "**Number differs**" in summary.read_text()
    assert '"version": "2.1.0"' in (repository / "o.sarif").read_text()


def test_the_action_takes_a_baseline_and_the_files_of_the_project(
    repository: Path, server: str
) -> None:
    """Green once what is known is in the baseline."""
    (repository / ".onrecord.toml").write_text('files = ["drafts"]\nbaseline = "known.json"\n')
    update = f"onrecord draft --update-baseline --server {server}"
    assert bash(update, repository).returncode == 0
    done = action(repository, {"server": server, "changed-since": "main"})
    assert done.returncode == 0, done.stderr
    assert done.stdout == "1 draft, 1 statement: 1 contradicted (1 in the baseline)\n"


def test_the_pre_commit_hook_checks_the_files_it_is_given(repository: Path, server: str) -> None:
    """Those whose names it asks for."""
    (hook,) = read(".pre-commit-hooks.yaml")
    names = ["drafts/wrong.md", "drafts/picture.png", "a.html", "b.txt"]
    chosen = [name for name in names if re.search(hook["files"], name)]
    assert chosen == ["drafts/wrong.md", "a.html", "b.txt"]
    done = bash(f"{hook['entry']} {chosen[0]}", repository, ONRECORD_SERVER=server)
    assert done.returncode == 1
    assert "drafts/wrong.md:1:1: error: Number differs" in done.stdout


def test_the_gitlab_job_keeps_its_reports(repository: Path, server: str) -> None:
    """Each file that the job names as an artifact is there after a red run."""
    job = read("samples/ci/gitlab-ci.yml")["drafts"]
    done = bash("\n".join(job["script"]), repository, ONRECORD_SERVER=server)
    assert done.returncode == 1, done.stderr
    kept = [*job["artifacts"]["paths"], job["artifacts"]["reports"]["junit"]]
    assert [(repository / name).stat().st_size > 0 for name in kept] == [True, True]


def test_the_github_workflow_gives_the_action_what_it_takes() -> None:
    """Its inputs, and a history in which the branch is found."""
    (job,) = read("samples/ci/github-workflow.yml")["jobs"].values()
    checkout, onrecord = job["steps"]
    assert checkout["with"]["fetch-depth"] == 0
    assert set(onrecord["with"]) <= set(read("action.yml")["inputs"])


def test_the_documented_project_file_has_every_key() -> None:
    """And each as it may be written."""
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    keys = tomllib.loads(example)
    assert list(keys) == list(Project.model_fields)
    Project.model_validate(keys)


def test_the_documented_rules_are_where_the_thresholds_have_them() -> None:
    """Every rule is in the row of its severity."""
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)`(?: \(the default\))? \| (.*) \|$", page, re.MULTILINE))
    for rule in RULES.values():
        rows_with_it = [name for name in Threshold if f"`{rule.id}`" in rows[name]]
        expected = {
            Severity.ERROR: [Threshold.CONTRADICTED],
            Severity.WARNING: [Threshold.DISPUTED],
            Severity.NOTE: [Threshold.INSUFFICIENT],
        }[rule.severity]
        if rule.id is RuleId.SINGLE_ORIGIN:
            expected = [Threshold.ALL]
        if rule.id is RuleId.SUPERSEDED_FIGURE:
            expected = [Threshold.CONTRADICTED, Threshold.DISPUTED]
        assert rows_with_it == expected, rule.id


def test_every_input_of_the_action_reaches_the_command() -> None:
    """None is described and then forgotten."""
    described = read("action.yml")
    used = "".join(
        value for step in described["runs"]["steps"] for value in step.get("env", {}).values()
    )
    assert set(re.findall(r"inputs\.([\w-]+)", used)) == set(described["inputs"])
