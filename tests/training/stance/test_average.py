from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from training.stance.average import average


def test_each_weight_is_the_mean_by_share(tmp_path: Path) -> None:
    """Whatever the shares add up to; the other files come along."""
    for name, value in (("one", 1.0), ("other", 4.0)):
        (tmp_path / name).mkdir()
        save_file({"layer": torch.full((2, 2), value)}, tmp_path / name / "model.safetensors")
        (tmp_path / name / "config.json").write_text("{}", encoding="utf-8")
    out = average({tmp_path / "one": 2, tmp_path / "other": 1}, tmp_path / "out")
    assert load_file(out / "model.safetensors")["layer"].tolist() == [[2.0, 2.0], [2.0, 2.0]]
    assert (out / "config.json").exists()
