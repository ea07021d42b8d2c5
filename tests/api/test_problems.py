"""Every error has its own status and type, and a page that explains it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx import AsyncClient

from service.api.docs import PROBLEMS_PAGE, problems_page
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


def test_the_page_served_is_the_document() -> None:
    """`python -m service.api` writes the one out of the other."""
    page = problems_page(PAGE.read_text(encoding="utf-8"))
    assert PROBLEMS_PAGE.read_text(encoding="utf-8") == page, "run `python -m service.api`"


async def test_a_type_is_an_address(client: AsyncClient) -> None:
    """It leads to the row that explains it, behind a proxy's prefix too."""
    for kind in (*DOMAIN.values(), *HTTP.values()):
        response = await client.get(f"/problems/{kind.slug}")
        assert response.headers["Location"] == f"../docs/problems#{kind.slug}"
        assert f'<tr id="{kind.slug}">' in (await client.get("/docs/problems")).text


def test_pointers_are_escaped() -> None:
    """RFC 6901: `~` and `/` within a name."""
    assert pointer(("ignore", 0, "a/b", "c~d")) == "/ignore/0/a~1b/c~0d"


def test_a_hostile_body_gets_no_endless_list() -> None:
    """A million wrong fields are fifty errors."""
    wrong = {"type": "extra_forbidden", "loc": ("body", "x"), "msg": "no"}
    assert len(field_problems([wrong] * 1_000, {})) == MAX_ERRORS
