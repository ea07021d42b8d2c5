import pytest
import typer
from typer.testing import CliRunner

from service.cli.exits import EXIT_CODES, Commands, ExitCode, exit_code
from service.domain import errors


def tree(root: type[errors.OnrecordError]) -> list[type[errors.OnrecordError]]:
    """Every error below `root`."""
    return [error for child in root.__subclasses__() for error in (child, *tree(child))]


def raising(error: BaseException) -> typer.Typer:
    """An application whose one command fails so."""
    app = typer.Typer(cls=Commands, pretty_exceptions_enable=False)

    @app.command()
    def fail() -> None:
        raise error

    app.callback()(lambda: None)
    return app


@pytest.mark.parametrize("error", tree(errors.OnrecordError), ids=lambda error: error.__name__)
def test_every_domain_error_has_an_exit_code(error: type[errors.OnrecordError]) -> None:
    """A new branch of the error tree needs a row, so that a script can tell whose fault it was."""
    assert any(cls in EXIT_CODES for cls in error.__mro__)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.InvalidClaim("a"), 2),
        (errors.InvalidSettings("a"), 2),
        (errors.FetchRefused("a"), 2),
        (errors.FetchFailed("a"), 3),
        (errors.StoreLocked("a"), 3),
        (errors.WeightsMismatch("a"), 3),
        (errors.ServerFailed("a"), 3),
        (errors.Overloaded("a"), 3),
    ],
)
def test_an_error_ends_with_its_code_and_one_line(error: Exception, code: int) -> None:
    """The contract's codes; the message on standard error, and no traceback."""
    result = CliRunner().invoke(raising(error), ["fail"])
    assert result.exit_code == code
    assert result.stderr == "onrecord: a\n"
    assert result.stdout == ""


def test_an_error_takes_the_code_of_its_nearest_ancestor() -> None:
    """A finer error needs no row of its own."""

    class Finer(errors.StoreCorrupt):
        pass

    assert exit_code(Finer()) is ExitCode.DEPENDENCY


def test_what_should_not_happen_asks_to_be_reported() -> None:
    """A bug is told in two lines, with how to get the traceback."""
    result = CliRunner().invoke(raising(KeyError("loom")), ["fail"])
    assert result.exit_code == 3
    assert "this should not have happened: KeyError('loom')" in result.stderr
    assert "ONRECORD_LOG_LEVEL=debug" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_bug_shows_its_traceback_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a report needs."""
    monkeypatch.setenv("ONRECORD_LOG_LEVEL", "debug")
    result = CliRunner().invoke(raising(KeyError("loom")), ["fail"])
    assert "Traceback" in result.stderr
    assert "raise error" in result.stderr


def test_ctrl_c_ends_as_shells_expect() -> None:
    """128 and the number of SIGINT."""
    assert CliRunner().invoke(raising(KeyboardInterrupt()), ["fail"]).exit_code == 130
