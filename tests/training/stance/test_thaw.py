"""Shipped weights become a checkpoint again, but for what int8 rounded away."""

import numpy as np

from service.models.stance import WEIGHTS
from training.stance.thaw import thaw


def test_the_shipped_model_is_whole_again() -> None:
    """Every tensor of twelve layers, in MPNet's shapes; what is not stored is nought."""
    tensors = thaw(WEIGHTS / "stance")
    width, inner = 768, 3072
    for layer in range(12):
        name = f"encoder.layer.{layer}"
        for part in ("query", "key", "value"):
            assert tensors[f"{name}.attention.self.{part}.weight"].shape == (width, width)
        assert tensors[f"{name}.intermediate.dense.weight"].shape == (inner, width)
    assert tensors["classifier.weight"].shape == (3, width)
    assert tensors["encoder.relative_attention_bias.weight"].shape == (32, 12)
    assert tensors["embeddings.position_embeddings.weight"].shape == (514, width)
    assert all(tensor.dtype == np.float32 for tensor in tensors.values())
