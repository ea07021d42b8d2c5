"""The mean of models, weight by weight."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from training.stance.mean import write_mean


def model(folder: Path, **tensors: NDArray[np.float32]) -> Path:
    """A folder with these weights, and with files that name it."""
    folder.mkdir()
    save_file(tensors, folder / "model.safetensors")
    for file in ("config.json", "tokenizer.json"):
        (folder / file).write_text(folder.name, encoding="utf-8")
    return folder


def ramp(first: float) -> NDArray[np.float32]:
    return np.arange(first, first + 6, dtype=np.float32).reshape(2, 3)


def test_each_weight_is_the_mean(tmp_path: Path) -> None:
    """Of however many models; the other files are the first one's."""
    models = [
        model(tmp_path / name, layer=ramp(first), norm=np.full(2, first, np.float32))
        for name, first in (("one", 0.0), ("two", 1.0), ("three", 5.0))
    ]
    write_mean(models, tmp_path / "out")
    found = load_file(tmp_path / "out" / "model.safetensors")
    assert found["layer"].tolist() == [[2, 3, 4], [5, 6, 7]]
    assert found["norm"].tolist() == [2, 2]
    assert found["layer"].dtype == np.float32
    for file in ("config.json", "tokenizer.json"):
        assert (tmp_path / "out" / file).read_text(encoding="utf-8") == "one"


def test_what_is_not_trained_stays_as_it_was(tmp_path: Path) -> None:
    """The mean of equal weights is equal to the last bit, whatever their size."""
    words = np.random.default_rng(1).normal(size=(40, 8)).astype(np.float32) * 1e30
    models = [model(tmp_path / name, words=words) for name in ("one", "two", "three")]
    write_mean(models, tmp_path / "out")
    assert (load_file(tmp_path / "out" / "model.safetensors")["words"] == words).all()


def test_models_of_different_shapes_have_no_mean(tmp_path: Path) -> None:
    """One layer more, or a wider one: nothing is written."""
    one = model(tmp_path / "one", layer=ramp(0))
    deeper = model(tmp_path / "deeper", layer=ramp(0), above=ramp(0))
    wider = model(tmp_path / "wider", layer=np.zeros((2, 4), np.float32))
    for other in (deeper, wider):
        for pair in ([one, other], [other, one]):
            with pytest.raises(ValueError, match="different shapes"):
                write_mean(pair, tmp_path / "out")
    assert not (tmp_path / "out").exists()
