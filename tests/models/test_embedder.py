"""What the built-in embedder promises, with the weights that ship."""

import asyncio
import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import onnx
import pytest

from service.domain.errors import Overloaded, WeightsMismatch
from service.models.embedder import OnnxEmbedder, load_embedder
from service.ports import Embedder

SHIPPED = Path(__file__).parents[2] / "service" / "models" / "weights" / "all-MiniLM-L6-v2"
STORY = (
    "The port reopened on Tuesday.",
    "A ferry with 212 passengers ran aground near Kestrel Bay, the coast guard said.",
    "No one was hurt.",
    "The ferry carried 212 people.",
    "Harbour",
)


async def test_it_is_an_embedder(embedder: OnnxEmbedder) -> None:
    """It fits the port: float32, a row a text, rows of norm 1."""
    port: Embedder = embedder
    vectors = await port.embed(STORY)
    assert vectors.dtype == np.float32
    assert vectors.shape == (5, port.dim) == (5, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-6)
    assert port.fingerprint.startswith("all-MiniLM-L6-v2/int8/sha256:")


async def test_known_texts_have_known_cosines(embedder: OnnxEmbedder) -> None:
    """A paraphrase is near, another matter is far; the values are the float32 original's."""
    claim, paraphrase, other = await embedder.embed(
        [
            "Dock workers ended their strike.",
            "The walkout at the harbour is over.",
            "The central bank raised its key rate.",
        ]
    )
    assert claim @ paraphrase == pytest.approx(0.282, abs=0.02)
    assert claim @ other == pytest.approx(0.060, abs=0.02)


async def test_no_texts_no_rows(embedder: OnnxEmbedder) -> None:
    assert (await embedder.embed([])).shape == (0, 384)


async def test_company_does_not_change_a_vector(
    embedder: OnnxEmbedder, sentences: tuple[str, ...]
) -> None:
    """Alone, in any order, or among a thousand: bit for bit the same row."""
    alone = np.concatenate([await embedder.embed([text]) for text in sentences])
    together = await embedder.embed(sentences)
    backwards = (await embedder.embed(sentences[::-1]))[::-1]
    repeated = await embedder.embed(sentences * 25)
    assert np.array_equal(together, alone)
    assert np.array_equal(backwards, alone)
    assert np.array_equal(repeated, np.tile(alone, (25, 1)))


async def test_threads_do_not_change_a_vector(
    embedder: OnnxEmbedder, sentences: tuple[str, ...]
) -> None:
    single = load_embedder(threads=1)
    assert np.array_equal(await single.embed(sentences), await embedder.embed(sentences))
    await single.close()


async def test_another_process_gives_the_same_vectors(embedder: OnnxEmbedder) -> None:
    """The same text has the same bytes in a process of its own."""
    script = (
        "import asyncio, json, sys; from service.models.embedder import load_embedder\n"
        "vectors = asyncio.run(load_embedder(threads=1).embed(json.load(sys.stdin)))\n"
        "sys.stdout.write(vectors.tobytes().hex())"
    )
    other = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", script],
        input=json.dumps(STORY),
        capture_output=True,
        text=True,
        check=True,
        cwd=SHIPPED.parents[3],
    )
    assert bytes.fromhex(other.stdout) == (await embedder.embed(STORY)).tobytes()


async def test_callers_at_once_get_their_own_rows(embedder: OnnxEmbedder) -> None:
    """Many callers, one model: nobody gets another's row."""
    texts = [f"In {year} the river rose to {year % 97} metres." for year in range(1900, 2000)]
    expected = await embedder.embed(texts)
    rows = await asyncio.gather(*(embedder.embed([text]) for text in texts))
    assert np.array_equal(np.concatenate(rows), expected)


async def test_a_text_is_read_up_to_its_256th_token(embedder: OnnxEmbedder) -> None:
    """254 words fill the model; the 255th changes nothing, the 254th does."""
    words = ["river"] * 254
    full, longer, other = await embedder.embed(
        [" ".join(words), " ".join([*words, "bank"]), " ".join([*words[:-1], "bank"])]
    )
    assert np.array_equal(full, longer)
    assert not np.array_equal(full, other)


@pytest.mark.parametrize(
    "text", ["", "\x00", "\ud800 alone", "e\u0301", "🇺🇦" * 999, "x" * 2_000_000, "a " * 1_000_000]
)
async def test_odd_texts_have_vectors(embedder: OnnxEmbedder, text: str) -> None:
    """Empty, broken, endless: a finite row of norm 1."""
    (vector,) = await embedder.embed([text])
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-6)


async def test_too_many_callers_are_refused() -> None:
    """A full queue is Overloaded; one caller with a thousand texts is not."""
    embedder = load_embedder(threads=1, queue_tokens=300)
    assert (await embedder.embed(STORY * 200)).shape == (1000, 384)
    calls = [embedder.embed(["The river rose again. " * 40]) for _ in range(10)]
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    assert any(isinstance(outcome, Overloaded) for outcome in outcomes)
    assert any(isinstance(outcome, np.ndarray) for outcome in outcomes)
    await embedder.close()


async def test_closing_gives_the_threads_back() -> None:
    before = set(threading.enumerate())
    embedder = load_embedder(threads=2)
    await embedder.embed(STORY)
    await embedder.close()
    left = {thread for thread in threading.enumerate() if "onrecord" in thread.name}
    assert left <= before


def test_weights_with_a_changed_byte_are_refused(tmp_path: Path) -> None:
    """Nothing is computed with weights that are not the ones described."""
    shutil.copytree(SHIPPED, tmp_path, dirs_exist_ok=True)
    content = bytearray((tmp_path / "model.onnx").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "model.onnx").write_bytes(content)
    with pytest.raises(WeightsMismatch, match=r"model\.onnx is not the file"):
        load_embedder(tmp_path)


def test_no_processor_overflows_in_the_shipped_weights() -> None:
    """Two neighbouring products fit into the 16 bits that some processors add them in."""
    model = onnx.load(SHIPPED / "model.onnx")
    products = [node for node in model.graph.node if node.op_type == "MatMulIntegerToFloat"]
    constants = {constant.name: constant for constant in model.graph.initializer}
    assert len(products) == 24
    for product in products:
        weight = onnx.numpy_helper.to_array(constants[product.input[1]]).astype(np.int32)
        pairs = weight.reshape(-1, 2, weight.shape[1])
        largest = max(pairs.clip(min=0).sum(axis=1).max(), (-pairs.clip(max=0)).sum(axis=1).max())
        assert 255 * largest < 2**15


@pytest.mark.torch
def test_the_shipped_weights_are_what_training_makes(tmp_path: Path) -> None:
    """`python -m training.embedder` gives the committed files, byte for byte."""
    subprocess.run(
        [sys.executable, "-m", "training.embedder", "--out", str(tmp_path)],
        check=True,
        cwd=SHIPPED.parents[3],
    )
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (SHIPPED / path.name).read_bytes(), path.name
    assert {path.name for path in tmp_path.iterdir()} == {
        "model.onnx",
        "tokenizer.json",
        "manifest.json",
    }
