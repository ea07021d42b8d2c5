"""The command line, `onrecord`: one file a command."""

from service.cli.app import main

__all__ = ["main"]
