"""Training reads windows in its order, learns from them, and goes on where it was stopped."""

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from service.models.windows import WindowEncoder
from tests.training.stance.made import FRAMES, SIZE, start, windows, write
from training.bert.checkpoint import read_checkpoint
from training.stance import train as training
from training.stance.model import Judge
from training.stance.settings import TrainingSettings, read_settings
from training.stance.train import (
    Example,
    batches,
    in_order,
    opinions,
    read_examples,
    thinned,
    to_batch,
    train,
)

SETTINGS = replace(
    read_settings(SIZE), batch_tokens=400, early={"public": 1.0}, late={"written": 3.0}
)


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Threads that wait for one another take longer than these models."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return start(tmp_path_factory.mktemp("encoder"))


@pytest.fixture(scope="module")
def examples(encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Example]:
    """Forty of a public set, then twenty of our own."""
    file = tmp_path_factory.mktemp("windows") / "windows.jsonl.xz"
    write(file, [*windows(40, "public"), *windows(20, "written")])
    return read_examples(file, encoder, SETTINGS)


def ordered(
    examples: list[Example], early: Mapping[str, float], late: Mapping[str, float]
) -> list[int]:
    return in_order(examples, replace(SETTINGS, early=early, late=late))


def test_windows_are_read_as_the_service_reads_them(examples: list[Example], encoder: Path) -> None:
    """In the order of the file, with the targets and weights of every sentence."""
    assert [one.source for one in examples] == ["public"] * 40 + ["written"] * 20
    reader = WindowEncoder(training._tokenizer(encoder), SETTINGS.layout)
    marks = 0
    for labelled, one in zip([*windows(40), *windows(20)], examples, strict=True):
        assert one.encoded == reader.encode(labelled.claim, [labelled.window])[0]
        assert one.targets.tolist() == [list(target) for target in labelled.targets]
        assert one.first_mark == marks
        marks += len(one.encoded.marks)


def test_each_source_is_read_as_often_as_it_says(examples: list[Example]) -> None:
    """Once and three times; the same settings, the same order."""
    order = in_order(examples, SETTINGS)
    times = Counter(order)
    assert [times[position] for position in range(60)] == [1] * 40 + [3] * 20
    assert order == in_order(examples, SETTINGS)
    assert order != in_order(examples, replace(SETTINGS, seed=8))


def test_a_share_may_be_of_one_label_and_of_a_part(examples: list[Example]) -> None:
    """What is not named is not read; half a pass draws about half."""
    conflicts = ordered(examples, {"public_conflicts": 1.0}, {})
    assert sorted(conflicts) == [i for i in range(40) if examples[i].targets[0].argmax() == 1]
    assert 10 < len(ordered(examples, {"public": 0.5}, {})) < 30


def test_the_public_sets_end_before_our_own(examples: list[Example]) -> None:
    """What is read last is what was written for newsrooms."""
    order = ordered(examples, {"public": 1.0}, {"written": 20.0})
    sources = [examples[position].source for position in order]
    assert set(sources[-20:]) == {"written"}
    assert set(sources[:20]) == {"public", "written"}


def test_batches_hold_what_fits_and_lose_nothing(examples: list[Example]) -> None:
    """Padded to the longest of each, no batch has more tokens than are allowed."""
    order = in_order(examples, SETTINGS)
    cut = batches(examples, order, SETTINGS)
    assert Counter(position for batch in cut for position in batch) == Counter(order)
    for batch in cut:
        ids = to_batch([examples[position] for position in batch], torch.device("cpu")).ids
        assert ids.numel() <= SETTINGS.batch_tokens
    assert cut == batches(examples, order, SETTINGS)


def test_a_batch_knows_where_its_marks_are(examples: list[Example]) -> None:
    """Each place has the mark's token, and its own targets."""
    some = [examples[7], examples[0], examples[21]]
    batch = to_batch(some, torch.device("cpu"))
    mark = FRAMES.index(SETTINGS.layout.mark)
    assert batch.ids.reshape(-1)[batch.marks].tolist() == [mark] * len(batch.marks)
    places = [one.first_mark + i for one in some for i in range(len(one.encoded.marks))]
    assert batch.places.tolist() == places
    assert batch.targets.tolist() == np.concatenate([one.targets for one in some]).tolist()
    assert batch.lengths.tolist() == [len(one.encoded) for one in some]


def test_opinions_are_in_the_order_of_the_marks(examples: list[Example], encoder: Path) -> None:
    """Whatever the batches: alone or together, to the precision of bfloat16."""
    model = Judge(read_checkpoint(encoder), range(2))
    together = opinions(model, examples, batch_tokens=300)
    assert together.shape == (sum(len(one.encoded.marks) for one in examples), 3)
    for one in (examples[3], examples[50]):
        alone = opinions(model, [one], batch_tokens=300)
        mine = together[one.first_mark : one.first_mark + len(alone)]
        assert mine == pytest.approx(alone, abs=0.1)


def test_thinning_leaves_every_nth() -> None:
    """From the start on, as many as may be left; fewer stay as they are."""
    assert thinned(range(10), 5) == [0, 2, 4, 6, 8]
    assert thinned(range(3), 5) == [0, 1, 2]
    assert thinned(range(3), None) == [0, 1, 2]


def given(tmp_path: Path, encoder: Path, **more: object) -> argparse.Namespace:
    """The arguments of a run over twelve windows, measured on ten of them."""
    return argparse.Namespace(
        windows=write(tmp_path / "windows.jsonl.xz", windows(12)),
        dev=[write(tmp_path / "dev.jsonl.xz", windows(10, "newsroom_dev"))],
        start=encoder,
        out=tmp_path / "run",
        **{
            "size": SIZE,
            "settings": None,
            "seed": None,
            "layers": None,
            "teacher": None,
            "opinions": False,
            "seconds": None,
            "steps": None,
        }
        | more,
    )


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> TrainingSettings:
    """Small batches, every window a hundred times."""
    chosen = replace(SETTINGS, late={"written": 100.0}, learning_rate=3e-3, batch_tokens=100)
    monkeypatch.setattr(training, "read_settings", lambda *_, **__: chosen)
    return chosen


def accuracy(run: Path) -> float:
    """Of the sentences that are asked for, by what the run said of them."""
    said = np.load(run / "dev.npy").argmax(axis=1)
    targets = [target for one in windows(10) for target in one.targets]
    asked = [i for i, target in enumerate(targets) if sum(target) == 1]
    right = [targets[i][said[i]] for i in asked]
    return sum(right) / len(right)


@pytest.mark.usefixtures("settings")
def test_it_learns_what_it_is_shown(tmp_path: Path, encoder: Path) -> None:
    """A tiny encoder tells who came from who did not, and from somebody else; the folder that it
    leaves is whole, and its words are as they were."""
    train(given(tmp_path, encoder, opinions=True))
    run = tmp_path / "run"
    assert accuracy(run) >= 0.9
    assert np.load(run / "opinions.npy").shape[1] == 3
    assert (run / "tokenizer.json").read_bytes() == (encoder / "tokenizer.json").read_bytes()
    before, after = read_checkpoint(encoder), read_checkpoint(run)
    words = "embeddings.word_embeddings.weight"
    assert np.array_equal(before[words], after[words])
    inner = "encoder.layer.1.intermediate.dense.weight"
    assert not np.array_equal(before[inner], after[inner])


def test_a_student_learns_from_its_teacher(
    tmp_path: Path, encoder: Path, settings: TrainingSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a teacher is sure of is learned against the labels, where its word counts for all."""
    wrong = [np.roll(np.array(one.targets, np.float32), 1, axis=1) for one in windows(12)]
    (tmp_path / "teacher").mkdir()
    np.save(tmp_path / "teacher" / "opinions.npy", 9 * np.concatenate(wrong))
    chosen = replace(settings, taught=1.0)
    monkeypatch.setattr(training, "read_settings", lambda *_, **__: chosen)
    train(given(tmp_path, encoder, teacher=tmp_path / "teacher"))
    assert accuracy(tmp_path / "run") <= 0.1


@pytest.mark.usefixtures("settings")
def test_a_stopped_run_goes_on(
    tmp_path: Path,
    encoder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """At the last checkpoint, to the end of the same batches."""
    kept = training._keep

    def keep_and_stop(*state: Any) -> None:
        kept(*state)
        raise KeyboardInterrupt

    asked = given(tmp_path, encoder, steps=6)
    monkeypatch.setattr(training, "SAVE_STEPS", 4)
    with monkeypatch.context() as stopping:
        stopping.setattr(training, "_keep", keep_and_stop)
        with pytest.raises(KeyboardInterrupt):
            train(asked)
    assert not (tmp_path / "run" / "model.safetensors").exists()
    train(asked)
    said = capsys.readouterr().out
    assert "12 windows, 6 batches, from step 0" in said
    assert "12 windows, 6 batches, from step 4" in said
    assert (tmp_path / "run" / "model.safetensors").exists()


@pytest.mark.usefixtures("settings")
def test_a_run_may_be_given_a_time(
    tmp_path: Path,
    encoder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It reads as many batches as fit into it; where none does, it stops when it knows."""
    monkeypatch.setattr(training, "PACE_STEPS", 3)
    train(given(tmp_path, encoder, seconds=1e-6))
    assert "a step: 3 steps" in capsys.readouterr().out
