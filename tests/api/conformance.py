"""The service against its own OpenAPI document, by schemathesis: requests that it allows and ones
that it does not, alone and one after the other.

    python -m tests.api.conformance http://127.0.0.1:8000 --examples 400

Everything is checked but what schemathesis.toml beside this file names. No address is fetched.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import schemathesis

CONFIG: Final = Path(__file__).with_name("schemathesis.toml")


@schemathesis.serializer("application/x-ndjson")
def ndjson(_context: object, value: object) -> bytes:
    """A batch of one line."""
    return value if isinstance(value, bytes) else json.dumps(value).encode()


@schemathesis.hook
def before_call(_context: object, case: schemathesis.Case[Any], **_options: object) -> None:
    """Without an address to fetch: what is there is nobody's to try."""
    if isinstance(case.body, dict):
        case.body.pop("url", None)


def conform(
    url: str, *, examples: int, folder: Path, seed: int = 1
) -> subprocess.CompletedProcess[str]:
    """Runs schemathesis on the service at `url`, with so many examples an operation; what it keeps
    goes into `folder`. Its output is the last part of what is returned."""
    return subprocess.run(
        [
            str(Path(sys.executable).with_name("schemathesis")),
            *("--config-file", str(CONFIG), "run", f"{url}/openapi.json"),
            *("--max-examples", str(examples), "--seed", str(seed), "--no-color"),
            *("--continue-on-failure", "--warnings", "off"),
        ],
        env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.api.conformance"},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--examples", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    done = conform(given.url, examples=given.examples, folder=Path.cwd(), seed=given.seed)
    print(done.stdout)  # noqa: T201 - for the eye
    sys.exit(done.returncode)
