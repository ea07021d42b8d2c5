"""Prints a CycloneDX document with Debian's packages added to those that it lists.

sbom.py PYTHON.cdx.json DEBIAN.list     as the Dockerfile makes them

cyclonedx-py lists an environment and nothing below it; what a scanner finds most often lies below.
"""
# ruff: noqa: INP001 - a script: in no package

import json
import platform
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote


def debian_packages(lines: Iterable[str]) -> list[dict[str, str]]:
    """A component for each installed package of dpkg-query's lines, with the name that
    https://github.com/package-url/purl-spec gives it."""
    release = platform.freedesktop_os_release()
    distro = f"{release['ID']}-{release['VERSION_ID']}"
    installed = [line.split()[1:] for line in lines if line.startswith("ii")]
    return [
        _component(f"pkg:deb/{release['ID']}/{name}", version, f"?arch={arch}&distro={distro}")
        for name, version, arch in sorted(installed)
    ]


def _component(named: str, version: str, qualifiers: str) -> dict[str, str]:
    purl = f"{named}@{quote(version, safe='')}{qualifiers}"
    name = named.rpartition("/")[2]
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}


def main() -> None:
    python, debian = map(Path, sys.argv[1:])
    document = json.loads(python.read_text())
    document["components"] += debian_packages(debian.read_text().splitlines())
    json.dump(document, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
