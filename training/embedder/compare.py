"""Compares the ways to multiply with the original: `python -m training.embedder.compare --texts F`.

Each is written out, loaded by the service's own embedder and asked for the vectors of the same
texts, one to a line in F; beside it sentence-transformers on PyTorch, in the same run.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.models.embedder import load_embedder
from service.models.sentence_transformers import load_sentence_transformer
from service.ports import Embedder
from training.bert.precision import (
    BlockwiseInt8,
    Float32,
    Precision,
    RowwiseInt8,
    TensorwiseInt8,
)
from training.embedder.__main__ import write_weights
from training.embedder.source import source_folder

Vectors = NDArray[np.float32]

PRECISIONS: tuple[Precision, ...] = (Float32(), TensorwiseInt8(), BlockwiseInt8(), RowwiseInt8())
HEADER = (
    "                     cosine to PyTorch  alone to bulk\n"
    "engine           MB     mean     least     least  same bits  texts/s  /cpu-s    ms"
)
# How many of the texts are also embedded one at a time.
ALONE = 200


@dataclass(frozen=True, slots=True)
class Run:
    """What one engine did: vectors in bulk and alone, texts a second and a second of processor
    time (which a busy machine changes less), milliseconds for a text alone."""

    together: Vectors
    alone: Vectors
    texts_a_second: float
    texts_a_cpu_second: float
    median_ms: float


async def run(embedder: Embedder, texts: Sequence[str]) -> Run:
    """Once in bulk, then the first `ALONE` texts one after the other."""
    await embedder.embed(texts[:ALONE])
    started, cpu_started = time.perf_counter(), time.process_time()
    together = await embedder.embed(texts)
    bulk_s, bulk_cpu_s = time.perf_counter() - started, time.process_time() - cpu_started
    alone, times_s = [], []
    for text in texts[:ALONE]:
        started = time.perf_counter()
        alone.append(await embedder.embed([text]))
        times_s.append(time.perf_counter() - started)
    return Run(
        together,
        np.concatenate(alone),
        texts_a_second=len(texts) / bulk_s,
        texts_a_cpu_second=len(texts) / bulk_cpu_s,
        median_ms=float(np.median(times_s)) * 1000,
    )


async def run_precision(
    precision: Precision, texts: Sequence[str], threads: int
) -> tuple[Run, float]:
    """The run, and the model's size in MB."""
    with tempfile.TemporaryDirectory() as name:
        write_weights(Path(name), precision)
        megabytes = (Path(name) / "model.onnx").stat().st_size / 1e6
        embedder = load_embedder(Path(name), threads=threads)
    result = await run(embedder, texts)
    await embedder.close()
    return result, megabytes


async def compare(texts: Sequence[str], threads: int) -> None:
    original = load_sentence_transformer(str(source_folder()), threads=threads)
    reference = await run(original, texts)
    await original.close()
    print(HEADER)
    print(row("PyTorch float32", 90.9, reference, reference))
    for precision in PRECISIONS:
        result, megabytes = await run_precision(precision, texts, threads)
        print(row(precision.name, megabytes, result, reference), flush=True)


def row(name: str, megabytes: float, result: Run, reference: Run) -> str:
    cosines = (result.together * reference.together).sum(axis=1)
    bulk = result.together[: len(result.alone)]
    company = (bulk * result.alone).sum(axis=1).min()
    same = (bulk == result.alone).all(axis=1).mean()
    return (
        f"{name:15}{megabytes:5.1f}{cosines.mean():9.4f}{cosines.min():10.4f}{company:10.6f}"
        f"{same:11.0%}{result.texts_a_second:9.0f}{result.texts_a_cpu_second:8.0f}{result.median_ms:7.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m training.embedder.compare", description=__doc__
    )
    parser.add_argument("--texts", type=Path, required=True, help="one text to a line")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    texts = arguments.texts.read_text(encoding="utf-8").splitlines()
    asyncio.run(compare(texts, arguments.threads))


if __name__ == "__main__":
    main()
