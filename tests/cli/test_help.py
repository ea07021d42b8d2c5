from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import Result

from service.cli.app import app

Run = Callable[..., Result]

COMMANDS = ("index", "check", "draft", "quotes", "serve", "export", "backup", "rebuild")
WITHIN = ("keys create", "keys list", "keys revoke")


def test_the_help_names_every_command_and_exit_code(run: Run) -> None:
    """What a newcomer types first shows all there is."""
    result = run("--help")
    assert result.exit_code == 0
    assert all(f" {command} " in result.stdout for command in (*COMMANDS, "keys"))
    assert "Exit codes: 0 clean" in result.stdout


@pytest.mark.parametrize("command", [*COMMANDS, *WITHIN])
def test_every_command_shows_an_example_that_parses(command: str, run: Run) -> None:
    """The example begins with the command, and has only options that it knows."""
    help_text = " ".join(run(*command.split(), "--help").stdout.split())
    assert f"Example: onrecord {command}" in help_text
    example = help_text.split("Example: ")[1].split(" ╭")[0]
    given = [word for word in example.split() if word.startswith("--")]
    found: Any = get_command(app)
    for name in command.split():
        found = found.commands[name]
    known = {name for parameter in found.params for name in parameter.opts}
    assert set(given) <= known


def test_the_help_of_draft_shows_how_to_silence_a_rule(run: Run) -> None:
    """The comment is not taken for one of the help's own."""
    help_text = " ".join(run("draft", "--help").stdout.split())
    assert "<!-- onrecord: ignore RULE because REASON -->" in help_text


def test_the_version_is_that_of_the_distribution(run: Run) -> None:
    """What a bug report quotes."""
    assert run("--version").stdout == f"onrecord {version('onrecord')}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "a", "--format", "sarif"],
        ["draft", "a.md", "--format", "pdf"],
        ["draft", "a.md", "--limit", "51"],
        ["draft", "a.md", "--fail-on", "supported"],
        ["check", "a", "--as-of", "yesterday"],
        ["check", "a", "--limit", "51"],
        ["quotes", "--limit", "0"],
        ["serve", "--port", "70000"],
        ["bogus"],
    ],
    ids=" ".join,
)
def test_a_wrong_option_is_the_callers_fault(arguments: list[str], run: Run) -> None:
    """Exit code 2 and a message, before anything is opened."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error" in result.stderr
    assert "Value error" not in result.stderr
