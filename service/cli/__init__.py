"""The command line, `onrecord`: one file a command."""

import os
import signal


def main() -> None:
    """The console's entry point."""
    # A container's first process is deaf to a signal that it has not asked for, and to import the
    # commands takes a second. `serve` listens itself later.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(128 + signal.SIGTERM))
    from service.cli import app  # noqa: PLC0415

    app.main()
