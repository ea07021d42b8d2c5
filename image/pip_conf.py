"""Prints what pip is told on this machine, files and environment together, as one pip.conf.

With `--paths`: the files and folders that it names, one a line. A build needs both to reach the
same packages.
"""

# ruff: noqa: INP001, S603, T201 - a script: in no package, runs a program, prints

import ast
import configparser
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit


def settings() -> configparser.RawConfigParser:
    """All of pip's settings; the environment, which pip lists first, outranks the files."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    told = configparser.RawConfigParser()
    for line in listed.splitlines():
        key, _, value = line.partition("=")
        section, _, name = key.replace(":env:", "global").rpartition(".")
        if not told.has_section(section):
            told.add_section(section)
        if not told.has_option(section, name):
            told.set(section, name, " ".join(ast.literal_eval(value).split()))
    return told


def paths(values: Iterable[str]) -> Iterator[Path]:
    """Files and folders of this machine among the values, which may be lists or `file:` URLs.

    An index in a folder links to packages that lie beside it, so its parent is what is needed.
    """
    for word in " ".join(values).split():
        path = Path(urlsplit(word).path)
        if word.startswith(("/", "file:")) and path.exists():
            yield path.parent if path.name == "simple" else path


def main() -> None:
    told = settings()
    if "--paths" in sys.argv[1:]:
        values = (value for section in told.sections() for value in told[section].values())
        print("\n".join(sorted({str(path) for path in paths(values)})))
    else:
        told.write(sys.stdout)


if __name__ == "__main__":
    main()
