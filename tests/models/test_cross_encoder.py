"""What the built-in stance model promises, with the weights that ship."""

import asyncio
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from service.domain.errors import WeightsMismatch
from service.models.cross_encoder import OnnxStance, load_stance
from service.ports import StanceModel

SHIPPED = Path(__file__).parents[2] / "service" / "models" / "weights" / "stance"
SUPPORTS, CONFLICTS, NEUTRAL = range(3)
CLAIM = "The ferry carried 212 passengers."


@pytest.fixture(scope="module")
def stance() -> Iterator[OnnxStance]:
    """The shipped model on two threads."""
    model = load_stance(threads=2)
    yield model
    asyncio.run(model.close())


async def test_it_is_a_stance_model(stance: OnnxStance, sentences: tuple[str, ...]) -> None:
    """It fits the port, whatever the texts: float32, a row a text, rows that sum to 1."""
    port: StanceModel = stance
    scores = await port.stances(CLAIM, sentences)
    assert scores.dtype == np.float32
    assert scores.shape == (len(sentences), 3)
    assert scores.sum(axis=1) == pytest.approx(np.ones(len(sentences)), abs=1e-5)
    assert port.fingerprint.startswith("stance-MiniLM-L6/int8/sha256:")


async def test_no_texts_no_rows(stance: OnnxStance) -> None:
    assert (await stance.stances(CLAIM, [])).shape == (0, 3)


@pytest.mark.parametrize(
    ("claim", "text", "expected"),
    [
        (CLAIM, "A ferry with 212 passengers aboard ran aground on Saturday night.", SUPPORTS),
        (CLAIM, "The ferry carried 112 passengers.", CONFLICTS),
        (CLAIM, "The ferry did not carry any passengers.", CONFLICTS),
        (CLAIM, "The company was founded in 1956 and owns three shipyards.", NEUTRAL),
        ("The council approved the plan.", "The council has rejected the plan.", CONFLICTS),
        ("The treasurer was sent to prison.", "The treasurer got three years in prison.", SUPPORTS),
        ("The bridge is closed.", "The bridge is not open to traffic.", SUPPORTS),
        ("The minister signed the contract.", "The minister denied that she signed it.", CONFLICTS),
    ],
)
async def test_plain_cases(stance: OnnxStance, claim: str, text: str, expected: int) -> None:
    """Cases that no user would forgive it to get wrong."""
    (scores,) = await stance.stances(claim, [text])
    assert scores.argmax() == expected, scores


async def test_company_does_not_change_a_judgement(
    stance: OnnxStance, sentences: tuple[str, ...]
) -> None:
    """Alone or among others, in any order: bit for bit the same row."""
    together = await stance.stances(CLAIM, sentences)
    alone = np.concatenate([await stance.stances(CLAIM, [text]) for text in sentences])
    backwards = (await stance.stances(CLAIM, sentences[::-1]))[::-1]
    assert np.array_equal(together, alone)
    assert np.array_equal(together, backwards)


async def test_the_temperature_flattens(tmp_path: Path, stance: OnnxStance) -> None:
    """A higher temperature makes it less sure, and changes no order."""
    folder = tmp_path / "weights"
    shutil.copytree(SHIPPED, folder)
    calibration = json.loads((folder / "calibration.json").read_text())
    _replace(folder, "calibration.json", {"temperature": 3 * calibration["temperature"]})
    cooler = load_stance(folder)
    (one,) = await stance.stances(CLAIM, ["The ferry carried 112 passengers."])
    (other,) = await cooler.stances(CLAIM, ["The ferry carried 112 passengers."])
    await cooler.close()
    assert one.max() > other.max()
    assert np.array_equal(one.argsort(), other.argsort())


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    """No other temperature than the one that was fitted, no other weights."""
    folder = tmp_path / "weights"
    shutil.copytree(SHIPPED, folder)
    (folder / "calibration.json").write_text('{"temperature": 9.0}')
    with pytest.raises(WeightsMismatch, match=r"calibration\.json"):
        load_stance(folder)


def _replace(folder: Path, name: str, content: object) -> None:
    """Writes a file of a weights folder and its digest."""
    (folder / name).write_text(json.dumps(content))
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["sha256"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
