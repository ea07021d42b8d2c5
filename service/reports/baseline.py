"""A baseline: findings that a newsroom knows of, so that only new ones fail a run.

It names a file and a fingerprint for each, and no line: edits elsewhere in a draft change nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from pydantic import Field, ValidationError

from service.domain.errors import InvalidInput
from service.wire.fields import Asked


class Known(Asked):
    """One finding that is known."""

    file: str
    rule: str
    fingerprint: str
    words: str = ""
    """For the reader of the file alone."""

    @property
    def key(self) -> tuple[str, str]:
        """What it is found again by."""
        return self.file, self.fingerprint


class _File(Asked):
    version: Literal[1]
    findings: tuple[Known, ...] = Field(())


@dataclass(frozen=True, slots=True)
class Baseline:
    """The findings that are known."""

    known: tuple[Known, ...] = ()

    @classmethod
    def parse(cls, content: str, name: str) -> "Baseline":
        """The baseline that a file holds. Raises InvalidInput."""
        try:
            return cls(_File.model_validate_json(content).findings)
        except ValidationError as error:
            first = error.errors()[0]
            where = "/".join(map(str, first["loc"]))
            problem = f"{where}: {first['msg']}" if where else first["msg"]
            raise InvalidInput(
                f"{name} is no baseline ({problem}); delete it or name another file, "
                "then make one with --update-baseline"
            ) from error

    def has(self, file: str, fingerprint: str) -> bool:
        """Whether the finding is known."""
        return (file, fingerprint) in {known.key for known in self.known}

    def renamed(self, name: Callable[[str], str]) -> "Baseline":
        """The same with other names for its files."""
        return Baseline(
            tuple(known.model_copy(update={"file": name(known.file)}) for known in self.known)
        )

    def updated(self, files: Iterable[str], found: Iterable[Known]) -> "Baseline":
        """With what was found in these files; what is known of others stays."""
        checked = frozenset(files)
        kept = [known for known in self.known if known.file not in checked]
        by_key = {known.key: known for known in (*kept, *found)}
        return Baseline(tuple(by_key[key] for key in sorted(by_key)))

    def dumped(self) -> str:
        """The file's content: a finding a line would be hard to read, so one a block, in order."""
        return _File(version=1, findings=self.known).model_dump_json(indent=2) + "\n"
