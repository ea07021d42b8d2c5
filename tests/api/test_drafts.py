"""POST /v1/drafts finds each statement of a draft, where it stands, with its check."""

from dataclasses import replace

import pytest
from httpx import AsyncClient

from service.reports.html import POLICY
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


@pytest.mark.parametrize(
    ("form", "opening", "told"),
    [
        (
            "application/sarif+json",
            '{\n  "$schema": "https://docs.oasis',
            '"ruleId": "number-differs"',
        ),
        ("application/xml", "<?xml version=", '<failure message="Number differs: '),
        ("text/html", "<!doctype html>", "Number differs: “About 28,000 vehicles” here"),
    ],
)
async def test_accept_picks_a_report(
    client: AsyncClient, form: str, opening: str, told: str
) -> None:
    """The command line's, with a policy under which the page has its style and no more."""
    response = await client.post("/v1/drafts", json=BODY, headers={"Accept": form})
    assert response.headers["Content-Type"].partition(";")[0] == form
    assert response.text.startswith(opening)
    assert told in response.text
    assert response.headers["Content-Security-Policy"] == POLICY


async def test_a_pragma_that_cannot_be_followed_is_refused_in_a_report(client: AsyncClient) -> None:
    """422, with line and column in the draft; JSON has every finding, and reads no pragma."""
    body = {**BODY, "text": f"<!-- onrecord: ignore this because of that -->\n\n{DRAFT}"}
    response = await client.post("/v1/drafts", json=body, headers={"Accept": "text/plain"})
    detail = str(problem(response, 422, "invalid-request")["detail"])
    assert detail.startswith("line 1, column 1: there is no rule “this”")


async def test_only_the_spans_asked_for_are_checked(client: AsyncClient) -> None:
    """A statement that shares no character with them has no finding."""
    start = DRAFT.index("About")
    for span, expected in (((start, start + 1), 1), ((0, start), 0)):
        only = [{"start": span[0], "end": span[1]}]
        answer = (await client.post("/v1/drafts", json={**BODY, "only": only})).json()
        assert len(answer["findings"]) == expected


async def test_a_form_that_is_not_offered_is_refused(client: AsyncClient) -> None:
    """406 names what is."""
    response = await client.post("/v1/drafts", json=BODY, headers={"Accept": "application/pdf"})
    detail = problem(response, 406, "not-acceptable")["detail"]
    assert detail == (
        "Ask for one of: application/json, text/plain, application/sarif+json, application/xml, "
        "text/html, application/x-ndjson, text/event-stream."
    )


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


async def test_a_finding_has_its_rule_and_a_message(client: AsyncClient) -> None:
    """Beside the check, which no longer repeats what all statements have in common."""
    answer = (await client.post("/v1/drafts", json=BODY)).json()
    (finding,) = answer["findings"]
    assert (finding["rule"], finding["severity"]) == ("number-differs", "error")
    assert finding["message"].startswith("Number differs: “About 28,000 vehicles” here, ")
    assert (finding["quotation"], finding["suggestion"]) == (None, None)
    assert not {"coverage", "provenance"} & finding["check"].keys()
    assert answer["provenance"]["snapshot"]
    assert answer["provenance"]["result"].startswith("sha256:")


async def test_an_altered_quotation_is_a_finding(client: AsyncClient) -> None:
    """With the words that differ, and the quote on record."""
    text = "“We sold twenty loaves in all,” he said.\n\n“We sold ten loaves,” said a baker.\n"
    body = {"text": "“On a Monday we sell nineteen,” said Hap Winterbourne.\n" + text}
    findings = (await client.post("/v1/drafts", json=body)).json()["findings"]
    (altered,) = [finding for finding in findings if finding["rule"] == "quote-altered"]
    position = altered["position"]
    assert body["text"][position["start"] : position["end"]] == "On a Monday we sell nineteen,"
    assert altered["quotation"]["result"] == "altered"
    assert altered["quotation"]["source"]["quote"] == "On a Monday we sell ninety"


async def test_a_superseded_figure_comes_with_the_newer_one(client: AsyncClient) -> None:
    """At its place in the draft, in every way of counting."""
    text = "🌉 Turnout was 61.4 percent in the election.\n"
    findings = (await client.post("/v1/drafts", json={"text": text})).json()["findings"]
    assert [finding["rule"] for finding in findings] == ["superseded-figure"]
    suggestion = findings[0]["suggestion"]
    start, end = suggestion["position"].values()
    assert (text[start:end], suggestion["text"]) == ("61.4 percent", "58.9 percent")
    assert suggestion["utf16"] == [start + 1, end + 1]
    assert (suggestion["line"], suggestion["column"]) == (1, start + 1)


async def test_only_the_verdicts_asked_for_are_reported(client: AsyncClient) -> None:
    """All are counted."""
    text = f"{DRAFT}\nThe Sallow Bridge opened in 1958.\n"
    body = {"text": text, "format": "markdown", "verdicts": ["supported"]}
    answer = (await client.post("/v1/drafts", json=body)).json()
    assert [finding["check"]["verdict"] for finding in answer["findings"]] == ["supported"]
    assert answer["verdicts"] == {"supported": 1, "contradicted": 1}


async def test_mentions_come_on_request(client: AsyncClient) -> None:
    """Without it the answer is a fraction as long."""
    body = {"text": "The ferry company of Port Sallow will hire forty sailors in March.\n"}
    short = await client.post("/v1/drafts", json=body)
    long = await client.post("/v1/drafts", json=body | {"mentions": True})
    assert [finding["check"]["mentions"] for finding in short.json()["findings"]] == [[]]
    assert long.json()["findings"][0]["check"]["mentions"]
    assert len(short.content) < len(long.content) / 2


async def test_a_draft_is_checked_within_its_options(client: AsyncClient) -> None:
    """Quotes a side, the least confidence, and articles that do not count."""
    text = "About 18,000 vehicles use the Sallow Bridge every day.\n"
    both = (await client.post("/v1/drafts", json={"text": text, "limit": 1})).json()
    assert len(both["findings"][0]["check"]["supporting"]) == 1
    sure = (await client.post("/v1/drafts", json={"text": text, "min_confidence": 1})).json()
    assert sure["verdicts"] == {"insufficient": 1}
    urls = [
        "https://harbour-post.example/local/2025-02-03-bridge-closed",
        "https://herald.example/2025/02/05/bridge-estimate",
    ]
    without = (
        await client.post("/v1/drafts", json={"text": text, "exclude_articles": urls})
    ).json()
    assert "supported" not in without["verdicts"]
