"""An unpacked image and a container started from it by run.sh. Needs root and util-linux."""
# ruff: noqa: INP001, S603 - a script's part: in no package, runs a program

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

RUN = Path(__file__).with_name("run.sh")


@dataclass(frozen=True, slots=True)
class Image:
    """What the image says about itself, and the folder it is unpacked in."""

    root: Path
    config: dict[str, Any]

    @classmethod
    def read(cls, root: Path, inspected: Path) -> Self:
        """`inspected` is what `buildah inspect --type image` printed."""
        return cls(root, json.loads(inspected.read_text())["Docker"]["config"])

    @property
    def user(self) -> str:
        """`UID:GID`."""
        return str(self.config["User"])

    @property
    def environment(self) -> dict[str, str]:
        """The variables that a container starts with."""
        return dict(variable.split("=", 1) for variable in self.config["Env"])

    def command(self, *arguments: str) -> list[str]:
        """The entry point with these arguments, or with the image's own where there are none."""
        return [*self.config["Entrypoint"], *(arguments or self.config["Cmd"])]


class Container:
    """A command running in an image over a volume. Leaving it kills what still runs."""

    def __init__(
        self, image: Image, data: Path, *arguments: str, settings: Mapping[str, str] | None = None
    ) -> None:
        """`settings` are variables beside the image's own."""
        self._image = image
        # Files, since a pipe that nobody reads would fill up and stop the service.
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - closed on leaving
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed on leaving
        self._process = subprocess.Popen(
            [RUN, image.root, data, image.user, *image.command(*arguments)],
            env=image.environment | dict(settings or {}),
            stdout=self._output,
            stderr=self._errors,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._output.close()
        self._errors.close()

    @property
    def running(self) -> bool:
        """Whether the command has not ended."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """The command's process, PID 1 of the container, as the host numbers it."""
        unshare = self._process.pid
        while not (children := Path(f"/proc/{unshare}/task/{unshare}/children").read_text()):
            time.sleep(0.01)
        return int(children.split()[0])

    def status(self) -> dict[str, str]:
        """The fields of the command's /proc/PID/status."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}

    def mount_options(self, path: str) -> list[str]:
        """How the file system at `path` is mounted inside."""
        lines = Path(f"/proc/{self.pid}/mounts").read_text().splitlines()
        _, _, _, options, *_ = next(line.split() for line in lines if line.split()[1] == path)
        return options.split(",")

    def run(self, command: Sequence[str]) -> int:
        """The exit code of a command run inside, as the container's user."""
        user, group = self._image.user.split(":")
        inside = ["--mount", "--pid", "--root", "--wd", "--setuid", user, "--setgid", group]
        enter = ["nsenter", "--target", str(self.pid), *inside, "--", *command]
        return subprocess.run(enter, env=self._image.environment, check=False).returncode

    def stop(self) -> None:
        """Sends the image's stop signal and returns at once."""
        os.kill(self.pid, signal.Signals[self._image.config["StopSignal"]])

    def printed(self) -> str:
        """What it has written to standard output so far."""
        self._output.seek(0)
        return self._output.read().decode()

    def ended(self, timeout_s: float) -> tuple[int, str]:
        """The exit code and the error output, once the command ends. Raises TimeoutExpired."""
        code = self._process.wait(timeout_s)
        self._errors.seek(0)
        return code, self._errors.read().decode()
