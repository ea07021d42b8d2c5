"""Scores a weights folder on dev for several thresholds: `python -m benchmarks.decoding`.

What comes out best by eye is written to settings.toml, and the weights are exported anew.
"""

import argparse
import asyncio
import itertools
import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.attribution import measure
from service.models.attribution.tagger import Decoding, load_tagger
from service.models.manifest import read_weights

ASK_FROM = (0.15, 0.25, 0.5)
SURE_FROM = (0.4, 0.6)
CHANGE = (0.7, 1.3, 1.6)


def grid(given: Decoding) -> Iterator[Decoding]:
    """One value changed at a time."""
    yield given
    for name, values in (("ask_from", ASK_FROM), ("sure_from", SURE_FROM), ("change", CHANGE)):
        for value in values:
            if value != getattr(given, name):
                yield Decoding(**({**_as_dict(given), name: value}))


def _as_dict(given: Decoding) -> dict[str, float]:
    return {name: getattr(given, name) for name in Decoding.__slots__}


async def tune(weights: Path, data: Path) -> None:
    """Prints a line a decoding: F1 at 0.3 and 0.8 of mixed and indirect speech, and of all."""
    given = Decoding(**json.loads(read_weights(weights).files["decoding.json"]))
    for decoding in grid(given):
        tagger = load_tagger(weights, threads=1, decoding=decoding)
        scores = (await measure(data, tagger))["scores"]
        await tagger.close()
        shown = itertools.chain.from_iterable(
            (scores[kind]["content@0.3"]["f1"], scores[kind]["content@0.8"]["f1"])
            for kind in ("direct", "mixed", "indirect", "all")
        )
        print(decoding, *shown, scores["all"]["source_overlap"], flush=True)


def main() -> None:
    """Reads the arguments, prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.decoding", description=__doc__)
    parser.add_argument("--weights", type=Path, required=True, help="folder that was exported")
    parser.add_argument("--data", type=Path, required=True, help="annotated articles, dev")
    given = parser.parse_args()
    asyncio.run(tune(given.weights, given.data))


if __name__ == "__main__":
    main()
