"""What of a draft was changed since a revision, as git tells it."""

import os
import re
import subprocess
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from service.cli.documents import Document
from service.domain.errors import InvalidInput
from service.domain.text import Span

_FETCH_ALL = "; in CI fetch the whole history (fetch-depth: 0)"
_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


def changed_spans(document: Document, revision: str) -> tuple[Span, ...]:
    """The lines of a draft that are not as in `revision`, as spans of its text, in order.

    The file on the disk is compared with the last commit that `revision` and the branch have in
    common. A file that git does not know, and standard input, has changed as a whole. Raises
    InvalidInput where git cannot tell.
    """
    whole = (Span(0, len(document.text)),)
    if document.file is None:
        return whole
    path = Path(document.name)
    if not _git(path, "ls-files", "--", path.name):
        return whole
    if revision.startswith("-"):
        raise InvalidInput(f"{revision} is no revision; name a commit or a branch")
    options = "--merge-base --unified=0 --no-color --no-ext-diff --no-textconv".split()
    difference = _git(path, "diff", *options, revision, "--", path.name)
    return tuple(_spans(document.text, difference))


def _spans(text: str, difference: str) -> Iterator[Span]:
    starts = [*accumulate((len(line) + 1 for line in text.split("\n")), initial=0)]
    for first, lines in _HUNK.findall(difference):
        start, length = int(first) - 1, int(lines or 1)
        if length:  # where lines were only taken away there is nothing to check
            yield Span(starts[start], min(starts[start + length], len(text)))


def _git(path: Path, *arguments: str) -> str:
    """What git prints in the folder of `path`."""
    command = ["git", "-C", str(path.parent), *arguments]
    english = os.environ | {"LC_ALL": "C"}
    try:
        done = subprocess.run(command, capture_output=True, check=False, env=english)  # noqa: S603
    except OSError as error:
        raise InvalidInput(f"--changed-since needs git: {error.strerror}") from error
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        shallow = "" if "not a git repository" in told else _FETCH_ALL
        raise InvalidInput(f"git cannot tell what changed ({told}){shallow}")
    return done.stdout.decode(errors="replace")
