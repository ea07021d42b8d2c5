"""What every benchmark's JSON carries beside its figures: machine, versions, commit."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

_PACKAGES = (
    "numpy",
    "onnxruntime",
    "tantivy",
    "usearch",
    "torch",
    "sentence-transformers",
    "faiss-cpu",
)
_CPUINFO = Path("/proc/cpuinfo")
_FASTER_INT8 = ("avx512_vnni", "avx_vnni", "amx_int8")
"""What a processor may have for 8-bit products: it decides how long a model takes."""


def report(figures: dict[str, Any]) -> dict[str, Any]:
    """The figures with where, when and with what they were measured."""
    return {
        "figures": figures,
        "machine": {
            "processor": _processor(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
        },
        "versions": {name: _version(name) for name in _PACKAGES},
        "commit": _commit(),
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _processor() -> str:
    try:
        return processor(_CPUINFO.read_text(encoding="utf-8"))
    except OSError:
        return platform.processor()


def processor(cpuinfo: str) -> str:
    """The model, and in brackets what it has for 8-bit products: "AMD EPYC (avx512_vnni)".

    `cpuinfo` is the text of Linux' `/proc/cpuinfo`. Of what it does not say, nothing is said.
    """
    described = {
        name.strip(): value.strip()
        for name, colon, value in (line.partition(":") for line in cpuinfo.splitlines())
        if colon
    }
    model, flags = described.get("model name", ""), described.get("flags", "").split()
    faster = ", ".join(flag for flag in _FASTER_INT8 if flag in flags)
    return f"{model} ({faster})" if faster else model


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _commit() -> str:
    git = ["git", "describe", "--always", "--dirty"]
    return subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip()
