"""Benchmarks use what training has, and never the other way round."""

import ast
from pathlib import Path

TRAINING = Path(__file__).parents[2] / "training"


def test_training_imports_no_benchmark() -> None:
    """What both need, rows and an archive of articles, is in training/."""
    for file in TRAINING.rglob("*.py"):
        imports = [
            node.module or ""
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom)
        ]
        assert not [name for name in imports if name.split(".")[0] == "benchmarks"], file
