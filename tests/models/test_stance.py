"""What the built-in stance models promise, with the weights that ship."""

import asyncio
import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from service.domain.errors import ModelUnavailable, WeightsMismatch
from service.domain.window import Window, head
from service.models.stance import WEIGHTS, OnnxStance, Scores, load_stance
from service.ports import StanceModel

SUPPORTS, CONFLICTS, NEUTRAL = range(3)
SMALL = WEIGHTS / "stance-small"
CLAIM = "The ferry carried 212 passengers."
HEAD = "Ferry runs aground off Kestrel Bay (Saturday 2 September 2017)"
NAMES = {"stance": "stance-mpnet-12", "stance-small": "stance-minilm-6"}


@pytest.fixture(scope="module", params=sorted(NAMES))
def stance(request: pytest.FixtureRequest) -> Iterator[OnnxStance]:
    """Each model that ships, on two threads."""
    model = load_stance(WEIGHTS / request.param, threads=2)
    yield model
    asyncio.run(model.close())


@pytest.fixture(scope="module")
def large() -> Iterator[OnnxStance]:
    """The model that is used by default."""
    model = load_stance(WEIGHTS / "stance", threads=2)
    yield model
    asyncio.run(model.close())


def windows(sentences: tuple[str, ...]) -> list[Window]:
    """One sentence, two, three, four and so on from the start, with a head and without."""
    cuts = [(start, start + 1 + start % 4) for start in range(0, len(sentences), 3)]
    return [Window(HEAD if end % 2 else "", sentences[start:end]) for start, end in cuts]


async def test_it_is_a_stance_model(stance: OnnxStance, sentences: tuple[str, ...]) -> None:
    """It fits the port, whatever the texts: float32, a row a sentence, rows that sum to 1."""
    port: StanceModel = stance
    given = windows(sentences)
    found = await port.stances(CLAIM, given)
    assert len(found) == len(given) >= 12
    for window, scores in zip(given, found, strict=True):
        assert scores.dtype == np.float32
        assert scores.shape == (len(window.sentences), 3)
        assert scores.min() >= 0
        assert scores.sum(axis=1) == pytest.approx(np.ones(len(scores)), abs=1e-5)


@pytest.mark.parametrize(("folder", "name"), NAMES.items())
async def test_the_fingerprint_names_the_model(folder: str, name: str) -> None:
    """So that every answer says which model it is from, down to its bytes."""
    model = load_stance(WEIGHTS / folder)
    await model.close()
    assert model.fingerprint.startswith(f"{name}/int8/sha256:")


async def test_no_windows_no_rows(stance: OnnxStance) -> None:
    assert await stance.stances(CLAIM, []) == []


@pytest.mark.parametrize(
    ("claim", "text", "expected"),
    [
        (CLAIM, "A ferry with 212 passengers aboard ran aground on Saturday night.", SUPPORTS),
        (CLAIM, "The ferry carried 112 passengers.", CONFLICTS),
        (CLAIM, "The ferry did not carry any passengers.", CONFLICTS),
        (CLAIM, "The company was founded in 1956 and owns three shipyards.", NEUTRAL),
        ("The council approved the plan.", "The council has rejected the plan.", CONFLICTS),
        ("The treasurer was sent to prison.", "The treasurer got three years in prison.", SUPPORTS),
        ("The minister signed the contract.", "The minister denied that she signed it.", CONFLICTS),
        ("The chain will close 200 stores.", "The chain will shut 200 shops.", SUPPORTS),
    ],
)
async def test_plain_cases(stance: OnnxStance, claim: str, text: str, expected: int) -> None:
    """Cases that no user would forgive it to get wrong."""
    ((scores,),) = await stance.stances(claim, [Window("", (text,))])
    assert scores.argmax() == expected, scores


async def test_the_opposite_denied_says_the_same(large: OnnxStance) -> None:
    """The small model does not know it."""
    window = Window("", ("The bridge is not open to traffic.",))
    ((scores,),) = await large.stances("The bridge is closed.", [window])
    assert scores.argmax() == SUPPORTS, scores


async def test_each_sentence_of_a_window_has_a_judgement_of_its_own(stance: OnnxStance) -> None:
    """In the order of the text: one against the claim, one about something else."""
    against, other = "The ferry did not carry any passengers.", "Rain is expected tomorrow."
    (scores,) = await stance.stances(CLAIM, [Window("", (against, other))])
    assert scores.argmax(axis=1).tolist() == [CONFLICTS, NEUTRAL], scores


@pytest.mark.parametrize(
    "title",
    [
        HEAD,
        pytest.param(
            "",
            marks=pytest.mark.xfail(
                strict=True, reason="without a head the first sentence gets what the window says"
            ),
        ),
    ],
)
async def test_what_stands_in_front_takes_no_side(large: OnnxStance, title: str) -> None:
    """A sentence about something else decides nothing, though the next one does."""
    window = Window(title, ("The mayor opened a school.", "The ferry carried 212 passengers."))
    (scores,) = await large.stances(CLAIM, [window])
    assert scores.argmax(axis=1).tolist() == [NEUTRAL, SUPPORTS], scores


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Nolan Brandt, the mayor of Vell, spoke on Monday.", SUPPORTS),
        ("Tom Moor, the mayor of Vell, spoke on Monday.", NEUTRAL),
    ],
)
async def test_who_is_meant_is_in_the_sentence_before(
    large: OnnxStance, before: str, expected: int
) -> None:
    """The model that is used by default knows whom "he" stands for."""
    window = Window("Vell town hall (Monday 5 May 2025)", (before, "He stepped down."))
    ((_, scores),) = await large.stances("Nolan Brandt resigned.", [window])
    assert scores.argmax() == expected, scores


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (datetime(2017, 9, 5, tzinfo=UTC), SUPPORTS),
        (datetime(2012, 9, 5, tzinfo=UTC), CONFLICTS),
        pytest.param(
            None,
            NEUTRAL,
            marks=pytest.mark.xfail(strict=True, reason="undated, a year is taken for another"),
        ),
    ],
)
async def test_when_is_understood_from_the_day_of_publication(
    large: OnnxStance, day: datetime | None, expected: int
) -> None:
    """The model that is used by default knows which year "last year" is."""
    window = Window(head("Leaders meet in Vell", day), ("The summit took place last year.",))
    ((scores,),) = await large.stances("The summit took place in 2016.", [window])
    assert scores.argmax() == expected, scores


async def test_company_does_not_change_a_judgement(
    stance: OnnxStance, sentences: tuple[str, ...]
) -> None:
    """Alone or among others, in any order: bit for bit the same rows."""
    given = windows(sentences)
    together = await stance.stances(CLAIM, given)
    backwards = (await stance.stances(CLAIM, given[::-1]))[::-1]
    alone = [(await stance.stances(CLAIM, [window]))[0] for window in given]
    for one, other, another in zip(together, backwards, alone, strict=True):
        assert np.array_equal(one, other)
        assert np.array_equal(one, another)


async def test_a_temperature_flattens(tmp_path: Path) -> None:
    """A higher one makes a model less sure, and changes no order."""
    reading = json.loads((SMALL / "reading.json").read_text())
    reading["temperature"] *= 3
    folder = changed(tmp_path, {"reading.json": json.dumps(reading).encode()})
    window = Window("", ("The ferry carried 112 passengers.",))
    ((one,),) = await opinion(SMALL, window)
    ((other,),) = await opinion(folder, window)
    assert one.max() > other.max()
    assert np.array_equal(one.argsort(), other.argsort())


async def test_the_parts_of_a_model_are_joined(tmp_path: Path) -> None:
    """In the order of their numbers; the fingerprint tells them from the model in one file."""
    whole = (SMALL / "model.onnx").read_bytes()
    third = len(whole) // 3
    parts = {"1": whole[:third], "2": whole[third : 2 * third], "3": whole[2 * third :]}
    folder = changed(
        tmp_path, {f"model.onnx.{number}": part for number, part in parts.items()}, "model.onnx"
    )
    window = Window(HEAD, ("A ferry with 212 passengers ran aground.", "Nobody was hurt."))
    (expected,), (joined,) = [await opinion(one, window) for one in (SMALL, folder)]
    assert np.array_equal(joined, expected)


def test_a_model_that_lacks_a_part_is_refused(tmp_path: Path) -> None:
    """Half a model is none."""
    whole = (SMALL / "model.onnx").read_bytes()
    folder = changed(tmp_path, {"model.onnx.1": whole[: len(whole) // 2]}, "model.onnx")
    with pytest.raises(ModelUnavailable, match="cannot load the model"):
        load_stance(folder)


@pytest.mark.parametrize("name", ["reading.json", "model.onnx.2", "tokenizer.json"])
def test_a_changed_file_is_refused(tmp_path: Path, name: str) -> None:
    """No other temperature than the one that was fitted, no other weights, no other words."""
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS / "stance", folder)
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(WeightsMismatch, match=rf"{name} is not the file"):
        load_stance(folder)


async def opinion(folder: Path, window: Window) -> list[Scores]:
    model = load_stance(folder)
    found = await model.stances(CLAIM, [window])
    await model.close()
    return found


def changed(tmp_path: Path, files: dict[str, bytes], without: str = "") -> Path:
    """The small model's folder with other files, and a manifest that names them."""
    folder = tmp_path / "weights"
    shutil.copytree(SMALL, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    if without:
        del manifest["sha256"][without]
    for name, content in files.items():
        (folder / name).write_bytes(content)
        manifest["sha256"][name] = hashlib.sha256(content).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder
