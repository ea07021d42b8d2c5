"""POST /v1/drafts finds each statement of a draft, where it stands, with its check."""

from dataclasses import replace

import pytest
from httpx import AsyncClient

from service.wiring import Services
from tests.api.client import connect, pointers, problem

DRAFT = "# Bridge 🌉\n\nAbout 28,000 vehicles use the Sallow Bridge every day.\n\nIs it lovely?\n"
BODY = {"text": DRAFT, "format": "markdown"}


async def test_findings_stand_where_the_draft_has_them(client: AsyncClient) -> None:
    """Code points, UTF-16, line and column all point at the same words."""
    answer = (await client.post("/v1/drafts", json=BODY)).json()
    (finding,) = answer["findings"]
    statement = "About 28,000 vehicles use the Sallow Bridge every day."
    position = finding["position"]
    assert DRAFT[position["start"] : position["end"]] == statement
    assert finding["utf16"] == [position["start"] + 1, position["end"] + 1]
    assert (finding["line"], finding["column"]) == (3, 1)
    assert finding["check"]["verdict"] == "contradicted"
    assert answer["verdicts"] == {"contradicted": 1}
    assert answer["coverage"]["articles"] == 15


async def test_accept_picks_plain_text(client: AsyncClient) -> None:
    """As an editor would read it, with its place and the quote against it."""
    response = await client.post("/v1/drafts", json=BODY, headers={"Accept": "text/plain"})
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text.startswith(
        "draft:3:1: error: Number differs: “About 28,000 vehicles” here, "
    )
    assert "NUMBER_DIFFERS" in response.text
    assert response.text.endswith("1 draft, 1 statement: 1 contradicted\n")


async def test_a_form_that_is_not_offered_is_refused(client: AsyncClient) -> None:
    """406 names what is."""
    headers = {"Accept": "application/sarif+json"}
    response = await client.post("/v1/drafts", json=BODY, headers=headers)
    detail = problem(response, 406, "not-acceptable")["detail"]
    assert detail == "Ask for one of: application/json, text/plain."


async def test_ignored_parts_are_left_alone(client: AsyncClient) -> None:
    """A statement that overlaps an ignored part is not checked."""
    ignoring = {**BODY, "ignore": ["About 28,000*day."]}
    assert (await client.post("/v1/drafts", json=ignoring)).json()["findings"] == []


@pytest.mark.parametrize(
    ("ignore", "pointer"),
    [
        ({"start": 3, "end": 1}, "/ignore/0"),
        ({"start": 3}, "/ignore/0/end"),
        ({"start": -1, "end": 1}, "/ignore/0/start"),
        ("a*b*c*d*e*f*g", "/ignore/0"),
        (7, "/ignore/0"),
    ],
)
async def test_a_wrong_part_to_ignore_is_one_error(
    client: AsyncClient, ignore: object, pointer: str
) -> None:
    """The pointer is into the request, not into the branches of our types."""
    response = await client.post("/v1/drafts", json={**BODY, "ignore": [ignore]})
    assert pointers(problem(response, 422, "invalid-request")) == [pointer]


async def test_a_draft_over_the_limit_is_refused(services: Services) -> None:
    """413 names the limit and its setting."""
    settings = services.settings.model_copy(update={"max_draft_chars": 50})
    async with connect(replace(services, settings=settings)) as client:
        response = await client.post("/v1/drafts", json=BODY)
    detail = str(problem(response, 413, "too-large")["detail"])
    assert "50 characters (ONRECORD_MAX_DRAFT_CHARS)" in detail
