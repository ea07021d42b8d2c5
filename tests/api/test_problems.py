"""Every error has its own status and type, and a page that explains it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.api.pointers import MAX_ERRORS, field_problems, pointer
from service.api.problems import DOMAIN, HTTP, kind_of
from service.domain.errors import InvalidInput, OnrecordError

PAGE = Path(__file__).parents[2] / "docs" / "problems.md"


def tree(error: type[OnrecordError]) -> Iterator[type[OnrecordError]]:
    """The error and all its kinds that the domain defines."""
    yield error
    for kind in error.__subclasses__():
        if kind.__module__ == OnrecordError.__module__:
            yield from tree(kind)


@pytest.mark.parametrize("error", list(tree(OnrecordError)), ids=lambda error: error.__name__)
def test_every_error_of_the_domain_has_a_row(error: type[OnrecordError]) -> None:
    """An error that is added gets its status on purpose, not by inheritance."""
    assert error in DOMAIN


def test_types_are_told_apart() -> None:
    """No two errors of the domain share a type, and a type has one status."""
    slugs = [kind.slug for kind in DOMAIN.values()]
    assert len(slugs) == len(set(slugs))
    statuses = {kind.slug: kind.status for kind in DOMAIN.values()}
    assert all(statuses.get(kind.slug, kind.status) == kind.status for kind in HTTP.values())


def test_an_error_without_a_row_takes_its_parents() -> None:
    """The nearest ancestor's, however far."""

    class Strange(InvalidInput):
        pass

    assert kind_of(Strange()) is DOMAIN[InvalidInput]
    assert kind_of(KeyError()).status == 500


def test_every_type_is_explained() -> None:
    """`type` is a promise, so the documentation has each."""
    page = PAGE.read_text(encoding="utf-8")
    for kind in (*DOMAIN.values(), *HTTP.values()):
        assert f"`/problems/{kind.slug}` | {kind.status} |" in page


def test_pointers_are_escaped() -> None:
    """RFC 6901: `~` and `/` within a name."""
    assert pointer(("ignore", 0, "a/b", "c~d")) == "/ignore/0/a~1b/c~0d"


def test_a_hostile_body_gets_no_endless_list() -> None:
    """A million wrong fields are fifty errors."""
    wrong = {"type": "extra_forbidden", "loc": ("body", "x"), "msg": "no"}
    assert len(field_problems([wrong] * 1_000, {})) == MAX_ERRORS
