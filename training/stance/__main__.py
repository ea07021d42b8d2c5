"""Trains the stance model: `python -m training.stance --data STANCE_TRAIN_FOLDER`."""

import argparse
from pathlib import Path

from training.stance.settings import SETTINGS, read_settings
from training.stance.train import train

RUNS = Path(__file__).with_name("runs")


def main() -> None:
    """Reads the arguments, trains, says where the model lies."""
    parser = argparse.ArgumentParser(prog="python -m training.stance", description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="folders of sources")
    parser.add_argument("--runs", type=Path, default=RUNS, help="folder of checkpoints")
    parser.add_argument("--settings", type=Path, default=SETTINGS)
    given = parser.parse_args()
    print(train(given.data, given.runs, read_settings(given.settings)))


if __name__ == "__main__":
    main()
