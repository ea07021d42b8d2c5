"""A tiny encoder that reads a dozen words, and windows made of them."""

import json
import lzma
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from tests.training.bert.published import bert
from training.stance.windows import ANYTHING, TARGETS, Labelled, in_context

SIZE = "small"
"""Of the two in settings.toml, the one with BERT's frames."""
FRAMES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[unused0]")
NAMES = ("anna", "bert", "cara", "dora")
WORDS = (*NAMES, "not", "came", "rain", ".")


def start(folder: Path) -> Path:
    """A published encoder's folder, with random weights."""
    bert(folder)
    words = Tokenizer(WordLevel({w: i for i, w in enumerate((*FRAMES, *WORDS))}, "[UNK]"))
    words.pre_tokenizer = Whitespace()
    words.save(str(folder / "tokenizer.json"))
    return folder


def windows(count: int, source: str = "written") -> Iterator[Labelled]:
    """A name came, or came not, or nobody knows; in front of it a sentence about the weather, of
    which nothing is asked."""
    for number in range(count):
        rng = random.Random(number)
        name, other = rng.sample(NAMES, 2)
        label, said = rng.choice(
            (("supports", f"{name} came"), ("conflicts", f"{name} came not"), ("neutral", other))
        )
        yield in_context(
            source,
            f"{name} came .",
            "",
            [
                *[("rain .", ANYTHING, 0.0)] * rng.randint(0, 1),
                (f"{said} .", TARGETS[label], 1.0),
            ],
        )


def write(file: Path, labelled: Iterable[Labelled]) -> Path:
    """As the collection writes them."""
    with lzma.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(one.row()) + "\n" for one in labelled)
    return file
