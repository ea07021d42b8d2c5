"""What the terminal shows: plain text elsewhere, a little colour on a terminal."""

import sys

import typer
from rich.console import Console
from rich.highlighter import RegexHighlighter
from rich.theme import Theme

MAX_WIDTH_CHARS = 100
"""Longer lines of prose are hard to read, however wide the window."""

_BEFORE_VERDICT = r"verdict +"
_BEFORE_SEVERITY = r"(?:\S.*?):\d+:\d+: "


class Marks(RegexHighlighter):
    """Colours the words that say what was found, where a report has them, and nothing else."""

    base_style = "report."
    highlights = [  # noqa: RUF012 - what rich looks for
        rf"(?m)^{_BEFORE_VERDICT}(?P<bad>contradicted)",
        rf"(?m)^{_BEFORE_VERDICT}(?P<open>disputed)",
        rf"(?m)^{_BEFORE_VERDICT}(?P<good>supported)",
        rf"(?m)^{_BEFORE_VERDICT}(?P<plain>insufficient|no.evidence|not.checkable)",
        rf"(?m)^{_BEFORE_SEVERITY}(?P<bad>error):",
        rf"(?m)^{_BEFORE_SEVERITY}(?P<open>warning):",
        rf"(?m)^{_BEFORE_SEVERITY}(?P<plain>note):",
        r"(?m)^ *((?P<bad>conflicts)|(?P<good>supports)|(?P<plain>mentions)) +",
        r"(?m)^(?P<label>claim|verdict|coverage) +",
        r"(?m)^(?: {4})?(?P<label>note) {7}",
        r"(?m)^ +\| +(?P<bad>~+)$",
        r"(?m)^ +(?P<plain>[A-Z]+_DIFFERS|NEGATION):",
    ]


def terminal(*, stderr: bool = False) -> Console:
    """Where text goes. No style is a colour that vanishes on a light or a dark background."""
    theme = {
        "report.bad": "bold red",
        "report.good": "bold green",
        "report.open": "bold magenta",
        "report.plain": "bold",
        "report.label": "bold",
    }
    return Console(
        stderr=stderr,
        theme=Theme(theme),
        highlighter=Marks(),
        markup=False,
        emoji=False,
        soft_wrap=True,
    )


def reading_width(console: Console) -> int:
    """Columns that a report may take there."""
    return min(console.width, MAX_WIDTH_CHARS)


def print_bytes(line: bytes) -> None:
    """A line for a program to read: UTF-8 whatever the terminal speaks."""
    typer.echo(line + b"\n", nl=False)
    sys.stdout.flush()
