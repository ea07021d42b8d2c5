"""Trains a stance model on windows, on a GPU where there is one, in bfloat16.

    python -m training.stance.train --windows WINDOWS.jsonl.xz --size large --start FOLDER --out RUN
        [--layers 0 2 4 …] [--teacher RUN] [--seconds 300] [--dev DEV.jsonl.xz]
        [--settings FURTHER.toml] [--seed 8]

`--start` holds `config.json`, `model.safetensors`, `tokenizer.json`: the published encoder, or a
run. With `--teacher`, the logits of that run's `opinions.npy` are learned beside the labels. With
`--seconds`, as many batches are read as fit into that time at the pace of the first steps. On the
CPU a checkpoint is kept every 100 steps, and a run that was stopped goes on there with the batches
that it was to read; on a GPU, where a run takes minutes, none is kept.
"""

import argparse
import json
import lzma
import random
import shutil
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from service.models.windows import Encoded, WindowEncoder
from training.bert.checkpoint import read_checkpoint
from training.stance.model import Judge, loss, schedule, taught
from training.stance.settings import SIZES, TrainingSettings, read_settings
from training.stance.windows import Labelled

Item = TypeVar("Item")

SAVE_STEPS = 100
PACE_STEPS = 60
"""After so many the pace is known."""
PUBLIC_ENDS = 0.92
"""The share of the training after which the public sets are not read any more."""
POOL_BATCHES = 24
"""Batches that are cut from one run of windows sorted by length."""


@dataclass(frozen=True, slots=True)
class Example:
    """A window as the model reads it; `first_mark` is its first mark among all marks."""

    encoded: Encoded
    targets: NDArray[np.float32]
    weights: NDArray[np.float32]
    source: str
    first_mark: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of some windows; `places` are their marks among all marks."""

    ids: torch.Tensor
    lengths: torch.Tensor
    second: torch.Tensor
    marks: torch.Tensor
    targets: torch.Tensor
    weights: torch.Tensor
    places: NDArray[np.int64]


def read_examples(file: Path, start: Path, settings: TrainingSettings) -> list[Example]:
    """The windows of a file, tokenised on all processors."""
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        parts = runs(list(lines), 20_000)
    with ProcessPoolExecutor() as pool:
        done = pool.map(_examples, parts, [start] * len(parts), [settings] * len(parts))
        examples, marks = [], 0
        for encoded, targets, weights, source in (one for part in done for one in part):
            examples.append(Example(encoded, targets, weights, source, marks))
            marks += len(targets)
    return examples


def runs(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """The items, `size` at a time."""
    return [items[start : start + size] for start in range(0, len(items), size)]


_Read = tuple[Encoded, NDArray[np.float32], NDArray[np.float32], str]


def _examples(lines: Sequence[str], start: Path, settings: TrainingSettings) -> list[_Read]:
    encoder = WindowEncoder(_tokenizer(start), settings.layout)
    read = [Labelled.of(json.loads(line)) for line in lines]
    return [
        (
            encoder.encode(one.claim, [one.window])[0],
            np.array(one.targets, np.float32),
            np.array(one.weights, np.float32),
            one.source,
        )
        for one in read
    ]


def _tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def in_order(examples: Sequence[Example], settings: TrainingSettings) -> list[int]:
    """Positions in the order of reading; the same settings and windows, the same order."""
    rng = random.Random(settings.seed)
    timed: list[tuple[float, int]] = []
    for position, example in enumerate(examples):
        label = ("supports", "conflicts", "neutral")[int(example.targets[0].argmax())]
        named = f"{example.source}_{label}"
        late = settings.late.get(example.source)
        passes = settings.early.get(named, settings.early.get(example.source, 0.0))
        times = passes if late is None else late
        for _ in range(int(times) + (rng.random() < times % 1)):
            when = rng.random() * PUBLIC_ENDS if late is None else rng.random() ** 0.8
            timed.append((when, position))
    return [position for _, position in sorted(timed)]


def batches(
    examples: Sequence[Example], order: Sequence[int], settings: TrainingSettings
) -> list[list[int]]:
    """Positions of windows that are about equally long, so that little is padded."""
    rng = random.Random(settings.seed)
    mean = sum(len(examples[i].encoded) for i in order) / max(1, len(order))
    pool = max(1, round(POOL_BATCHES * settings.batch_tokens / max(1.0, mean)))
    cut: list[list[int]] = []
    for some in runs(order, pool):
        by_length = sorted(some, key=lambda i: len(examples[i].encoded))
        mine: list[list[int]] = [[]]
        for position in by_length:
            longest = _padded(len(examples[position].encoded))
            if mine[-1] and longest * (len(mine[-1]) + 1) > settings.batch_tokens:
                mine.append([])
            mine[-1].append(position)
        rng.shuffle(mine)
        cut += mine
    return cut


def _padded(tokens: int) -> int:
    """Attention is fast where lengths are multiples of 8."""
    return -(-tokens // 8) * 8


def to_batch(examples: Sequence[Example], device: torch.device) -> Batch:
    """Padded at the end."""
    longest = _padded(max(len(one.encoded) for one in examples))
    ids = np.ones((len(examples), longest), np.int64)
    for row, one in enumerate(examples):
        ids[row, : len(one.encoded)] = one.encoded.ids
    marks = [row * longest + at for row, one in enumerate(examples) for at in one.encoded.marks]

    def tensor(values: NDArray[np.generic]) -> torch.Tensor:
        return torch.from_numpy(values).to(device, non_blocking=True)

    return Batch(
        tensor(ids),
        tensor(np.array([len(one.encoded) for one in examples])),
        tensor(np.array([one.encoded.second for one in examples])),
        tensor(np.array(marks)),
        tensor(np.concatenate([one.targets for one in examples])),
        tensor(np.concatenate([one.weights for one in examples])),
        np.concatenate(
            [np.arange(len(one.targets)) + one.first_mark for one in examples], dtype=np.int64
        ),
    )


def opinions(model: Judge, examples: Sequence[Example], batch_tokens: int) -> NDArray[np.float32]:
    """The logits at every mark, in order, shape (n, 3)."""
    device = next(model.parameters()).device
    found = np.zeros((sum(len(one.targets) for one in examples), 3), np.float32)
    first = examples[0].first_mark
    by_length = sorted(examples, key=lambda one: len(one.encoded))
    model.eval()
    some: list[Example] = []

    def run() -> None:
        if some:
            batch = to_batch(some, device)
            with torch.no_grad(), _autocast(device):
                logits = model(batch.ids, batch.lengths, batch.second, batch.marks)
            found[batch.places - first] = logits.cpu().numpy()
            some.clear()

    for one in by_length:
        if len(some) * _padded(len(one.encoded)) > 2 * batch_tokens:
            run()
        some.append(one)
    run()
    model.train()
    return found


def _autocast(device: torch.device) -> torch.autocast:
    return torch.autocast(device.type, torch.bfloat16)


def train(given: argparse.Namespace) -> None:
    """The whole run."""
    settings = read_settings(given.size, changed=given.settings)
    if given.seed is not None:
        settings = replace(settings, seed=given.seed)
    torch.manual_seed(settings.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    examples = read_examples(given.windows, given.start, settings)
    model = _started(given.start, given.layers, settings.frozen_layers).to(device)
    cut = batches(examples, in_order(examples, settings), settings)
    teacher = torch.from_numpy(np.load(given.teacher / "opinions.npy")) if given.teacher else None
    optimiser = _optimiser(model, settings)
    given.out.mkdir(parents=True, exist_ok=True)
    cut = thinned(cut, given.steps)
    step, steps = _go_on(given.out, model, optimiser, len(cut))
    cut = shortened(cut, steps)
    started, rates = time.monotonic(), []
    print(f"{len(examples):,} windows, {len(cut):,} batches, from step {step}", flush=True)
    while step < len(cut):
        batch = to_batch([examples[i] for i in cut[step]], device)
        for group in optimiser.param_groups:
            group["lr"] = settings.learning_rate * schedule(step, len(cut), settings.warmup)
        with _autocast(device):
            logits = model(batch.ids, batch.lengths, batch.second, batch.marks)
        value = loss(logits, batch.targets, batch.weights, settings.label_smoothing)
        if teacher is not None:
            theirs = teacher[torch.from_numpy(batch.places)].to(device).float()
            value = settings.taught * taught(logits, theirs) + (1 - settings.taught) * value
        optimiser.zero_grad(set_to_none=True)
        value.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        step += 1
        rates.append(value.detach())
        if step % 50 == 0:
            spent = time.monotonic() - started
            mean = float(torch.stack(rates[-50:]).mean())
            print(f"step {step} of {len(cut)}: loss {mean:.4f}, {spent:.0f} s", flush=True)
        if step == PACE_STEPS and given.seconds:
            pace = (time.monotonic() - started) / step
            cut = shortened(cut, round(given.seconds / pace))
            print(f"{pace:.3f} s a step: {len(cut)} steps", flush=True)
        if step % SAVE_STEPS == 0 and device.type == "cpu":
            _keep(given.out, model, optimiser, step, len(cut))
    model.save(given.out, json.loads((given.start / "config.json").read_text(encoding="utf-8")))
    shutil.copy(given.start / "tokenizer.json", given.out / "tokenizer.json")
    if given.opinions:
        np.save(given.out / "opinions.npy", opinions(model, examples, settings.batch_tokens))
    for file in given.dev:
        measured = read_examples(file, given.start, settings)
        found = opinions(model, measured, settings.batch_tokens)
        np.save(given.out / f"{file.name.partition('.')[0]}.npy", found)
        print(json.dumps(_accuracy(measured, found), indent=1), flush=True)


def _started(start: Path, kept: Sequence[int] | None, frozen: int) -> Judge:
    """The model of a folder, of all layers or those that are kept, the first `frozen` of which stay
    as they are."""
    checkpoint = read_checkpoint(start)
    model = Judge(checkpoint, range(checkpoint.layers) if kept is None else kept)
    model.freeze(frozen)
    return model.train()


def _optimiser(model: Judge, settings: TrainingSettings) -> torch.optim.AdamW:
    """Biases and norms do not decay."""
    learned = [one for one in model.parameters() if one.requires_grad]
    plain = [one for one in learned if one.ndim < 2]
    decaying = [one for one in learned if one.ndim >= 2]
    groups = [
        {"params": decaying, "weight_decay": settings.weight_decay},
        {"params": plain, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=settings.learning_rate, betas=(0.9, 0.98), fused=True)


def thinned(items: Sequence[Item], most: int | None) -> list[Item]:
    """Every n-th, so that at most so many are left."""
    if most is None or len(items) <= most:
        return list(items)
    return [items[i * len(items) // most] for i in range(most)]


def shortened(cut: Sequence[Item], steps: int) -> list[Item]:
    """The batches of a run of so many steps: the first `PACE_STEPS`, then every n-th."""
    return [*cut[:PACE_STEPS], *thinned(cut[PACE_STEPS:], max(0, steps - PACE_STEPS))]


def _accuracy(examples: Sequence[Example], found: NDArray[np.float32]) -> dict[str, float]:
    """By source: how often the likeliest label of a sentence is its own."""
    right: dict[str, list[bool]] = {}
    for one in examples:
        logits = found[one.first_mark : one.first_mark + len(one.targets)]
        for target, weight, said in zip(one.targets, one.weights, logits, strict=True):
            if weight:
                right.setdefault(one.source, []).append(bool(target[said.argmax()] == 1))
    return {name: round(100 * float(np.mean(values)), 2) for name, values in right.items()}


def _keep(
    folder: Path, model: Judge, optimiser: torch.optim.Optimizer, step: int, steps: int
) -> None:
    """With how many steps the run has: a pace is measured once."""
    kept = {
        "model": model.state_dict(),
        "optimiser": optimiser.state_dict(),
        "step": step,
        "steps": steps,
    }
    torch.save(kept, folder / "checkpoint.new")
    (folder / "checkpoint.new").rename(folder / "checkpoint.pt")


def _go_on(
    folder: Path, model: Judge, optimiser: torch.optim.Optimizer, steps: int
) -> tuple[int, int]:
    """The steps done, and those that the run has in all: `steps` where nothing was kept."""
    file = folder / "checkpoint.pt"
    if not file.exists():
        return 0, steps
    kept = torch.load(file, weights_only=True)
    model.load_state_dict(kept["model"])
    optimiser.load_state_dict(kept["optimiser"])
    return int(kept["step"]), int(kept["steps"])


def main() -> None:
    """Reads the arguments, trains."""
    parser = argparse.ArgumentParser(prog="python -m training.stance.train")
    parser.add_argument("--windows", type=Path, required=True)
    parser.add_argument("--size", choices=SIZES, required=True)
    parser.add_argument("--settings", type=Path, help="what differs from settings.toml")
    parser.add_argument("--seed", type=int, help="another order of reading")
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--layers", type=int, nargs="+", help="those kept, default all")
    parser.add_argument("--teacher", type=Path)
    parser.add_argument("--opinions", action="store_true", help="keep those of all windows")
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--dev", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
