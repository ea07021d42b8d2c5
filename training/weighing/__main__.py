"""Fits the weighing on claims with known answers over a pool of sentences.

    python -m training.weighing --data RETRIEVAL_FOLDER --out service/pipeline/weighing.json
        [--store FOLDER]

`--data` is as for `benchmarks.checks`. Weights and thresholds are fitted on every second claim,
and scored on the others. `--store` keeps the indexed pool for the next time.
"""

import argparse
import asyncio
import json
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from benchmarks.rows import find_rows
from service.settings import Settings
from service.wiring import build
from training.weighing.cases import cases, index
from training.weighing.fit import fit


async def run(data: Path, store: Path) -> dict[str, Any]:
    """The content of the parameters file."""
    claims = find_rows(data, "*queries*")
    async with build(Settings(store=str(store))) as services:
        await index(services, find_rows(data, "*sentences*"))
        found = [case async for case in cases(services.checker, claims)]
        fitted = fit(found, [row["label"] for row in claims])
    fitted["fit"]["data"] = "FEVER claims over a pool of sentences, every second claim"
    fitted["fit"]["stance"] = services.stance.fingerprint
    return fitted


def main() -> None:
    """Reads the arguments, fits, writes."""
    parser = argparse.ArgumentParser(prog="python -m training.weighing", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--store", type=Path, help="default: a temporary one")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    temporary = tempfile.TemporaryDirectory(prefix="onrecord-weighing-")
    with nullcontext(given.store) if given.store else temporary as store:
        fitted = asyncio.run(run(given.data, Path(store)))
    given.out.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(fitted, indent=2))


if __name__ == "__main__":
    main()
