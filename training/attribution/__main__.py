"""Trains the token classifier: `python -m training.attribution --data ARTICLES`."""

import argparse
from pathlib import Path

from tokenizers import Tokenizer

from service.models.attribution.pieces import PieceReader
from training.attribution.examples import read_examples
from training.attribution.model import narrowed
from training.attribution.settings import SETTINGS, read_settings
from training.attribution.train import train, train_on
from training.embedder.source import source_folder

RUNS = Path(__file__).with_name("runs")


def main() -> None:
    """Reads the arguments, trains, says where the model lies."""
    parser = argparse.ArgumentParser(prog="python -m training.attribution", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="annotated articles")
    parser.add_argument("--runs", type=Path, default=RUNS, help="folder of checkpoints")
    parser.add_argument(
        "--narrow", type=Path, help="a trained model, to be narrowed and trained on"
    )
    parser.add_argument("--units", type=int, help="of each feed-forward layer, to be left")
    parser.add_argument("--settings", type=Path, default=SETTINGS)
    given = parser.parse_args()
    if (given.narrow is None) != (given.units is None):
        parser.error("--narrow and --units go together")
    source = source_folder()
    reader = PieceReader(Tokenizer.from_file(str(source / "tokenizer.json")))
    examples = read_examples(given.data, reader)
    settings = read_settings(given.settings)
    if given.narrow is None:
        print(train(examples, source, given.runs, settings))
    else:
        model = narrowed(given.narrow, given.units)
        print(train_on(model, examples, given.runs, settings.after_narrowing))


if __name__ == "__main__":
    main()
