"""Whoever is asked for is found under every name that articles give them."""

from datetime import UTC, datetime

import pytest

from service.domain.article import Submission
from service.domain.claim import QuoteQuery
from service.pipeline.quotes import name_alone, said
from service.wiring import Services

ARTICLES = """\
Finnish President Aino Laine opened the port. “It is late,” she said. Laine told the Harbor Post \
that 40 crates were lost. The president denied that the gate was open.
Mr. Karl Laine owns a mill. “The mill is old,” he said.
Minister Aino Laine arrived. “We stay,” the minister said. A port official said that \
it was cold.
Ole Hale owns a boat. “The mast is down,” Hale said. The Hale administration said it was up. \
Hale’s son Eric said the sun was out. A tweet about Hale said the wind had turned.
The Department of Ports said it had thawed. Ann Bull and Karl Poe said both boats came.
"""


@pytest.fixture
async def archive(services: Services) -> Services:
    for day, text in enumerate(ARTICLES.splitlines(), start=1):
        await services.indexer.put(
            Submission(text=text, published_at=datetime(2025, 5, day, tzinfo=UTC))
        )
    return services


async def found(archive: Services, query: QuoteQuery) -> list[str]:
    page = await said(query, archive.store, limit=20)
    return [one.quote.span.of(one.article.text) for one in page.quotes]


HERS = ["We stay", "It is late", "40 crates were lost", "the gate was open"]


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ("Aino Laine", HERS),
        ("President Aino Laine", HERS),
        ("Mrs. Aino Laine", HERS),
        ("aino laine", HERS),
        ("Laine", [HERS[0], "The mill is old", *HERS[1:]]),
        ("Karl Laine", ["The mill is old"]),
        ("port official", ["it was cold"]),
        ("Laine Poe", []),
        ("Hale", ["The mast is down"]),
        ("Ole Hale", ["The mast is down"]),
        ("the Hale administration", ["it was up"]),
        ("administration", ["it was up"]),
        ("Eric", ["the sun was out"]),
        ("Hale tweet", ["the wind had turned"]),
        ("Department of Ports", ["it had thawed"]),
        ("Ports", ["it had thawed"]),
        ("department", ["it had thawed"]),
        ("Poe", ["both boats came"]),
        ("Ann Bull", ["both boats came"]),
    ],
)
async def test_a_person_is_found_in_all_forms(
    archive: Services, speaker: str, expected: list[str]
) -> None:
    """Full name, title and name, surname, role and pronoun; a title in the question asks nothing,
    a given name does. Who is only named in what a body, a person or a text is called is not it."""
    assert await found(archive, QuoteQuery(speaker=speaker)) == expected


async def test_what_x_said_about_y(archive: Services) -> None:
    """Speaker, words and outlet together."""
    asked = QuoteQuery(speaker="Laine", words="crate", via="Harbor Post")
    assert await found(archive, asked) == ["40 crates were lost"]


@pytest.mark.parametrize(
    ("speaker", "name"),
    [
        ("President Volodymyr Zelensky", "volodymyr zelensky"),
        ("Gen. Smith", "smith"),
        ("zelensky", "zelensky"),
        ("a Pentagon official", "a Pentagon official"),
        ("", ""),
    ],
)
def test_a_title_asks_nothing(speaker: str, name: str) -> None:
    """A name without it; what is no name stays whole."""
    assert name_alone(speaker) == name
