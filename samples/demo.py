"""What `make demo` runs: index the samples, start the service, ask it, show the answers, stop it.

Everything is the real thing: the `onrecord` command, a folder as the store, claims over HTTP. The
exit code is 0 when every step worked; an answer that an editor would not agree with is shown as
such and fails nothing.
"""  # noqa: INP001 - a script

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from service.cli.console import Marks, reading_width, terminal
from service.reports.text import check_note
from service.wire.checks import CheckRequest, CheckResponse

SAMPLES = Path(__file__).parent
CLAIMS_SHOWN = (0, 1, 4, 6, 9, 11, 19, 20)
"""Lines of claims.jsonl, from 0: together they ask for every verdict."""
STOPPED_WITHIN_S = 30
FRAME_CHARS = 4

COLOURS = {
    "supported": "green",
    "contradicted": "red",
    "disputed": "magenta",
}


def main() -> int:
    """Runs the demo; the exit code."""
    console = terminal()
    with tempfile.TemporaryDirectory(prefix="onrecord-demo-") as folder:
        store = str(Path(folder) / "store")
        _say(console, "1. index fifteen articles", "onrecord index samples/articles")
        subprocess.run(  # noqa: S603 - our own command
            [*_onrecord(), "index", str(SAMPLES / "articles"), "--store", store], check=True
        )
        _say(console, "2. start the service", "onrecord serve")
        with _serving(store) as (url, stopped):
            console.print(f"it listens on {url}")
            _say(console, "3. check claims", f"POST {url}/v1/checks")
            agreed = _check_claims(url, console)
        _say(console, "4. stop the service")
        console.print(f"it stopped with exit code {stopped[0]}")
    console.print(
        f"\n{agreed} of {len(CLAIMS_SHOWN)} verdicts are what an editor would conclude from these "
        "articles."
    )
    console.print("Next: `make serve`, then open http://127.0.0.1:8000/docs")
    return stopped[0]


def _onrecord() -> list[str]:
    """The command that lies beside this interpreter."""
    return [str(Path(sys.executable).with_name("onrecord"))]


@contextmanager
def _serving(store: str) -> Iterator[tuple[str, list[int]]]:
    """The service on a free port: its address, and where its exit code will be. Raises where it
    does not start or does not stop."""
    stopped: list[int] = []
    with subprocess.Popen(  # noqa: S603 - our own command
        [*_onrecord(), "serve", "--port", "0", "--store", store],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "ONRECORD_LOG_LEVEL": "warning"},
    ) as service:
        try:
            yield _address(service), stopped
        finally:
            service.terminate()
            stopped.append(service.wait(STOPPED_WITHIN_S))


def _address(service: "subprocess.Popen[str]") -> str:
    """What the service prints once it answers; it prints nothing more when it cannot start."""
    assert service.stdout is not None
    found = re.search(r"http://\S+", service.stdout.readline())
    if found is None:
        raise SystemExit("the service did not start")
    return found[0]


def _check_claims(url: str, console: Console) -> int:
    """Asks and shows each claim; how many verdicts were as expected."""
    lines = (SAMPLES / "claims.jsonl").read_text("utf-8").splitlines()
    agreed = 0
    with httpx.Client(base_url=url, timeout=60) as client:
        for number in CLAIMS_SHOWN:
            sample = json.loads(lines[number])
            answer = _check(client, sample)
            agreed += answer.verdict == sample["expected"]
            _show(answer, sample["expected"], console)
    return agreed


def _check(client: httpx.Client, sample: dict[str, Any]) -> CheckResponse:
    request = CheckRequest(claim=sample["claim"], as_of=sample.get("as_of"), limit=2)
    response = client.post("/v1/checks", json=request.model_dump(mode="json"))
    response.raise_for_status()
    return CheckResponse.model_validate_json(response.content)


def _show(answer: CheckResponse, expected: str, console: Console) -> None:
    """A panel on a terminal, plain text elsewhere."""
    mentions = 0 if answer.supporting or answer.conflicting else 1
    title = answer.verdict.replace("_", " ")
    if answer.verdict != expected:
        title += f" (an editor would say: {expected.replace('_', ' ')})"
    if not console.is_terminal:
        console.print(f"--- {title}\n{check_note(answer, mentions=mentions)}\n")
        return
    width = reading_width(console) - FRAME_CHARS
    note = Text(check_note(answer, width=width, mentions=mentions))
    Marks().highlight(note)
    colour = COLOURS.get(answer.verdict, "default")
    console.print(
        Panel(note, title=Text(title, f"bold {colour}"), border_style=colour, title_align="left"),
        width=reading_width(console),
    )


def _say(console: Console, step: str, command: str = "") -> None:
    console.print(Text.assemble("\n", (step, "bold"), f"   {command}" if command else ""))


if __name__ == "__main__":
    sys.exit(main())
