"""What is written is what the service loads, and says what the trained model says."""

import asyncio
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from service.domain.window import Window
from service.models.stance import load_stance
from service.models.windows import WindowEncoder
from tests.training.stance.made import SIZE, start
from training.bert.checkpoint import read_checkpoint
from training.bert.precision import Float32
from training.stance import export
from training.stance.export import write_weights
from training.stance.model import Judge
from training.stance.settings import read_settings
from training.stance.train import _tokenizer

CLAIM = "anna came ."
WINDOWS = [Window("rain", ("anna came not .", "bert came .")), Window("", ("cara .",))]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return start(tmp_path_factory.mktemp("model"))


def said(folder: Path) -> list[NDArray[np.float32]]:
    """What the service's model says of the windows."""
    stance = load_stance(folder)

    async def ask() -> list[NDArray[np.float32]]:
        found = await stance.stances(CLAIM, WINDOWS)
        await stance.close()
        return found

    return asyncio.run(ask())


def expected(model: Path, temperature: float) -> list[NDArray[np.float32]]:
    """The same in PyTorch."""
    encoder = WindowEncoder(_tokenizer(model), read_settings(SIZE).layout)
    judge = Judge(read_checkpoint(model), range(2)).eval()
    found = []
    for one in encoder.encode(CLAIM, WINDOWS):
        with torch.no_grad():
            logits = judge(
                torch.tensor([one.ids]),
                torch.tensor([len(one)]),
                torch.tensor([one.second]),
                torch.tensor(one.marks),
            )
        found.append((logits / temperature).softmax(-1).numpy())
    return found


@pytest.mark.parametrize("temperature", [1.0, 2.5])
def test_the_service_says_what_the_trained_model_says(
    model: Path, tmp_path: Path, temperature: float
) -> None:
    """In float32, at every mark of every window, at the temperature that was fitted."""
    write_weights(
        model, tmp_path, name="tiny", size=SIZE, temperature=temperature, precision=Float32()
    )
    for ours, theirs in zip(said(tmp_path), expected(model, temperature), strict=True):
        assert ours == pytest.approx(theirs, abs=1e-4)


def test_the_same_model_writes_the_same_bytes(model: Path, tmp_path: Path) -> None:
    """And says so in its manifest."""
    for name in ("one", "other"):
        write_weights(model, tmp_path / name, name="tiny", size=SIZE)
    one, other = (
        {file.name: file.read_bytes() for file in (tmp_path / name).iterdir()}
        for name in ("one", "other")
    )
    assert one == other
    assert set(one) == {"manifest.json", "model.onnx", "reading.json", "tokenizer.json"}
    manifest = json.loads(one["manifest.json"])
    assert (manifest["model"], manifest["precision"]) == ("tiny", "int8")


def test_a_large_model_is_written_in_parts(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In as few of the same size as hosts of code take, and the service joins them."""
    write_weights(model, tmp_path / "whole", name="tiny", size=SIZE)
    size = (tmp_path / "whole" / "model.onnx").stat().st_size
    monkeypatch.setattr(export, "MOST_BYTES", size * 2 // 5)
    write_weights(model, tmp_path / "parts", name="tiny", size=SIZE)
    parts = sorted((tmp_path / "parts").glob("model.onnx*"))
    assert [part.name for part in parts] == [f"model.onnx.{number}" for number in (1, 2, 3)]
    sizes = [part.stat().st_size for part in parts]
    assert sum(sizes) == size
    assert max(sizes) - min(sizes) < 3
    for one, other in zip(said(tmp_path / "parts"), said(tmp_path / "whole"), strict=True):
        assert np.array_equal(one, other)
