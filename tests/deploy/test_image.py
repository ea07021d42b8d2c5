"""The image, built and used for real. It needs root, buildah and debootstrap; the first build takes
minutes, and .image keeps what the next one can use again."""

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).parents[2]
MOST_BYTES = 500_000_000
pytestmark = pytest.mark.image


@pytest.fixture(scope="module")
def checked(redis_program: str) -> str:
    """What image/check.sh says: it builds the image, starts it as a hardened pod does, and uses it,
    on the embedded store and on Redis."""
    needed = ("buildah", "debootstrap", "unshare", "setpriv")
    if os.geteuid() or not all(map(shutil.which, needed)):
        pytest.skip(f"needs root and {', '.join(needed)}")
    out = subprocess.run(
        [ROOT / "image/check.sh"],
        env={**os.environ, "REDIS_SERVER": redis_program},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert out.returncode == 0, out.stdout[-4000:]
    return out.stdout


@pytest.fixture(scope="module")
def parts(checked: str) -> dict[str, object]:
    """The list of what is in the image, which lies beside it."""
    assert checked
    parts: dict[str, object] = json.loads((ROOT / ".image/onrecord.cdx.json").read_text())
    return parts


def test_it_is_built_and_works(checked: str) -> None:
    """Every promise of image/check.py held."""
    assert checked.splitlines()[-1] == "ok"
    assert "FAIL" not in checked


def test_it_is_small(checked: str) -> None:
    """With all weights, unpacked."""
    (size,) = re.findall(r"^ok   (\d+) bytes unpacked", checked, re.MULTILINE)
    assert int(size) < MOST_BYTES


def test_its_parts_are_listed(parts: dict[str, object]) -> None:
    """The list is a valid CycloneDX document, of Python's packages, Debian's and us."""
    errors = JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(parts))
    assert errors is None
    components = parts["components"]
    assert isinstance(components, list)
    kinds = Counter(re.split("[:/]", one["purl"])[1] for one in components)
    assert kinds["pypi"] > 40
    assert kinds["deb"] > 80
    assert parts["metadata"]["component"]["name"] == "onrecord"  # type: ignore[index]


def test_the_list_has_the_pinned_packages(parts: dict[str, object]) -> None:
    """Every Python package is one of the pins, and none is passed over but the client of a model
    hub."""
    names = ("requirements.txt", "image/telemetry-requirements.txt")
    text = "\n".join((ROOT / name).read_text() for name in names)
    pinned = dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))
    components = parts["components"]
    assert isinstance(components, list)
    found = {
        re.sub(r"[-_.]+", "-", one["name"]).lower(): one["version"]
        for one in components
        if one["purl"].startswith("pkg:pypi/")
    }
    assert found.items() <= pinned.items()
    hub = {"huggingface-hub", "hf-xet", "fsspec", "filelock", "httpx2", "httpcore2", "truststore"}
    assert pinned.keys() - found.keys() == hub
