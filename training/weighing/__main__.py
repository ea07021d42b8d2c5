"""Fits the weighing on claims with known answers.

    python -m training.weighing --pool RETRIEVAL_FOLDER --articles ARTICLES.jsonl.gz
        --out service/pipeline/weighing.json

`--pool` is as for `benchmarks.checks`, `--articles` as for `training.contrast`. Weights and
thresholds are fitted on every second claim and scored on the others. A fit takes some ten minutes.
"""

import argparse
import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

from service.settings import Settings
from service.wiring import build
from training.weighing.cases import cases, index
from training.weighing.fit import Answered, fit
from training.weighing.pools import Pool, encyclopaedia, news

ARTICLES = 300
QUESTIONS = 2_000
SEED = 7


async def run(pools: list[Pool]) -> dict[str, Any]:
    """The content of the parameters file."""
    answered: list[Answered] = []
    stance = ""
    for pool in pools:
        with tempfile.TemporaryDirectory(prefix="onrecord-weighing-") as store:
            async with build(Settings(store=store)) as services:
                stance = services.stance.fingerprint
                await index(services, pool.articles)
                found = [case async for case in cases(services.checker, pool.questions)]
        answered.append(Answered(pool.name, [one.label for one in pool.questions], found))
    fitted = fit(answered)
    fitted["fit"]["stance"] = stance
    return fitted


def main() -> None:
    """Reads the arguments, fits, writes."""
    parser = argparse.ArgumentParser(prog="python -m training.weighing", description=__doc__)
    parser.add_argument("--pool", type=Path, required=True)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    pools = [
        encyclopaedia(given.pool),
        news(given.articles, articles=ARTICLES, questions=QUESTIONS, seed=SEED),
    ]
    fitted = json.dumps(asyncio.run(run(pools)), indent=2)
    given.out.write_text(fitted + "\n", encoding="utf-8")
    print(fitted)


if __name__ == "__main__":
    main()
