"""How a command ends: which exit code each error has, and how it is told."""

import os
import sys
import traceback
from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Any, Final

import typer
from typer.core import TyperGroup

from service.domain import errors


class ExitCode(IntEnum):
    """What a script that calls `onrecord` can tell apart."""

    CLEAN = 0
    FINDINGS = 1
    INPUT = 2
    DEPENDENCY = 3
    INTERRUPTED = 130  # what shells give for Ctrl-C: 128 and SIGINT


EXIT_CODES: Final[Mapping[type[errors.OnrecordError], ExitCode]] = MappingProxyType(
    {
        errors.InvalidInput: ExitCode.INPUT,
        errors.FetchRefused: ExitCode.INPUT,
        errors.ArticleNotFound: ExitCode.INPUT,
        errors.RevisionConflict: ExitCode.INPUT,
        errors.FetchFailed: ExitCode.DEPENDENCY,
        errors.NotAuthenticated: ExitCode.INPUT,
        errors.ScopeMissing: ExitCode.INPUT,
        errors.ReadOnly: ExitCode.INPUT,
        errors.RateLimited: ExitCode.DEPENDENCY,
        errors.Overloaded: ExitCode.DEPENDENCY,
        errors.StoreFailed: ExitCode.DEPENDENCY,
        errors.ModelFailed: ExitCode.DEPENDENCY,
        errors.ServerFailed: ExitCode.DEPENDENCY,
    }
)
"""A row for every branch of the error tree; what has none takes the row of its parent."""


def exit_code(error: errors.OnrecordError) -> ExitCode:
    """The code of the error's own row, else of its nearest ancestor's."""
    rows = (EXIT_CODES[cls] for cls in type(error).__mro__ if cls in EXIT_CODES)
    return next(rows, ExitCode.DEPENDENCY)


class Commands(TyperGroup):
    """Ends every command the same way: an error is a line on stderr and a code."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer keeps its own kind of context
        """Runs the command that was asked for."""
        try:
            return super().invoke(ctx)
        except errors.OnrecordError as error:
            typer.echo(f"onrecord: {error}", err=True)
            raise typer.Exit(exit_code(error)) from error
        except KeyboardInterrupt as interruption:
            raise typer.Exit(ExitCode.INTERRUPTED) from interruption
        except BrokenPipeError as closed:
            # `onrecord export | head`: nobody reads on. Python would complain when it flushes.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(ExitCode.CLEAN) from closed
        except (typer.Exit, typer.Abort):
            raise
        except Exception as error:
            if _is_usage(error):
                _without_pythons_words(error)
                raise
            _report(error)
            raise typer.Exit(ExitCode.DEPENDENCY) from error


def _is_usage(error: Exception) -> bool:
    """Whether it is typer's own complaint, which it shows itself; its class has moved about."""
    return hasattr(error, "exit_code") and hasattr(error, "format_message")


def _without_pythons_words(error: Any) -> None:  # noqa: ANN401 - as above
    error.message = str(error.message).replace("Value error, ", "")


def _report(error: Exception) -> None:
    typer.echo(f"onrecord: this should not have happened: {error!r}", err=True)
    if os.environ.get("ONRECORD_LOG_LEVEL", "").lower() == "debug":
        traceback.print_exception(error)
        return
    typer.echo(
        "Please report it, with what ONRECORD_LOG_LEVEL=debug prints of the same command.", err=True
    )
