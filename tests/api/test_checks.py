"""POST /v1/checks answers with exact, attributed quotes."""

from dataclasses import replace

import pytest
from httpx import AsyncClient

from service.domain.claim import Claim
from service.domain.errors import ModelFailed, Overloaded, StoreFailed
from service.domain.verdict import Check
from service.wiring import Services
from tests.api.client import JSON, connect, pointers, problem

CLAIM = {"claim": "5,000 North Koreans are in the Buryat Battalion."}


class FailingChecker:
    """Stands in for the checker and raises on cue."""

    models = (("embedder", "none"),)

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def check(self, _claim: Claim) -> Check:
        """Never answers."""
        raise self.error


def failing(services: Services, error: Exception) -> AsyncClient:
    """A client of a service whose every check fails."""
    return connect(replace(services, checker=FailingChecker(error)))  # type: ignore[arg-type]


async def test_a_quote_is_a_slice_of_the_article_that_the_service_returns(
    client: AsyncClient,
) -> None:
    """Positions hold in the stored text, in code points and in UTF-16 alike."""
    check = (await client.post("/v1/checks", json=CLAIM)).json()
    assert check["verdict"] == "contradicted"
    for evidence in check["supporting"] + check["conflicting"] + check["mentions"]:
        article = (await client.get(f"/v1/articles/{evidence['article']['id']}")).json()
        position = evidence["selector"][1]
        assert article["text"][position["start"] : position["end"]] == evidence["quote"]
        start, end = evidence["utf16"]
        utf16 = article["text"].encode("utf-16-le")[2 * start : 2 * end]
        assert utf16.decode("utf-16-le") == evidence["quote"]


async def test_a_conflict_names_the_two_figures(client: AsyncClient) -> None:
    """5,000 in the claim, about 3,000 on record, told by an official to POLITICO."""
    asked = CLAIM | {"publishers": {"include": ["Northgate Herald"]}}
    (herald,) = (await client.post("/v1/checks", json=asked)).json()["conflicting"]
    assert herald["reasons"][0]["code"] == "NUMBER_DIFFERS"
    assert herald["reasons"][0]["source"]["text"] == "about 3,000 North Koreans"
    assert herald["attribution"]["via"]["text"] == "POLITICO"


async def test_the_same_question_gets_the_same_bytes(client: AsyncClient) -> None:
    """The body is a pure function of claim, options and snapshot; times are in a header."""
    first, second = [await client.post("/v1/checks", json=CLAIM) for _ in range(2)]
    assert first.content == second.content
    assert first.headers["Server-Timing"].startswith("total;dur=")


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ("bridge", "fragment"),
        ("Was the bridge closed?", "question"),
        ("He was warned about the cracks.", "no_subject"),
    ],
)
async def test_what_is_no_claim_says_why(client: AsyncClient, claim: str, why: str) -> None:
    """`not_checkable`, with the reason, and no confidence in what nobody decided."""
    check = (await client.post("/v1/checks", json={"claim": claim})).json()
    assert (check["verdict"], check["why"]) == ("not_checkable", why)
    assert check["confidence"] is None
    assert check["supporting"] == check["conflicting"] == check["mentions"] == []


async def test_nothing_decided_has_no_confidence(client: AsyncClient) -> None:
    """`null`, and nothing is wrong with the claim itself."""
    body = {"claim": "A herd of bison was released in the Carpathian mountains."}
    check = (await client.post("/v1/checks", json=body)).json()
    assert (check["verdict"], check["confidence"], check["why"]) == ("no_evidence", None, None)
    assert check["notices"] == []


async def test_notices_say_what_the_asker_may_have_overlooked(client: AsyncClient) -> None:
    """A publisher that the index does not have, and a name that it spells otherwise."""
    options = {"publishers": {"exclude": ["Harbor Post"]}, "limit": 1}
    body = {"claim": "Zelenskyy spoke of a coalition of criminals.", **options}
    check = (await client.post("/v1/checks", json=body)).json()
    assert check["notices"] == [
        {"code": "unknown_publisher", "text": "The index has no publisher “Harbor Post”."},
        {
            "code": "spelled_otherwise",
            "text": "No article has “Zelenskyy”. Articles near the claim have “Zelensky”.",
        },
    ]


async def test_a_quote_says_how_it_says_it(client: AsyncClient) -> None:
    """What decides is asserted; a plan among the mentions is called one."""
    body = {"claim": "The final bill for the repairs came to $5.1 million.", "limit": 50}
    check = (await client.post("/v1/checks", json=body)).json()
    decisive = check["supporting"] + check["conflicting"]
    assert {one["status"] for one in decisive} == {"asserted"}
    (planned,) = [one for one in check["mentions"] if "will cost about $4.2" in one["quote"]]
    assert planned["status"] == "planned"


async def test_an_empty_index_is_told(empty: AsyncClient) -> None:
    """So that nothing on record does not look like nothing to find."""
    check = (await empty.post("/v1/checks", json=CLAIM)).json()
    assert check["verdict"] == "no_evidence"
    assert [notice["code"] for notice in check["notices"]] == ["empty_index"]


async def test_publishers_and_dates_narrow_what_may_answer(client: AsyncClient) -> None:
    """Coverage counts only the articles that were allowed to answer."""
    options = {"publishers": {"include": ["harbour post"]}, "as_of": "2025-03-01", "limit": 1}
    check = (await client.post("/v1/checks", json={**CLAIM, **options})).json()
    assert check["coverage"]["publishers"] == 1
    assert check["coverage"]["articles"] == 2
    assert check["provenance"]["as_of"] == "2025-03-01T00:00:00Z"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, ["/claim"]),
        ({"claim": ""}, ["/claim"]),
        ({"claim": " \n\u200a"}, ["/claim"]),
        ({"claim": "x" * 200_000}, ["/claim"]),
        ({"claim": 7}, ["/claim"]),
        ({"claim": "A dog barked.", "limit": 0}, ["/limit"]),
        ({"claim": "A dog barked.", "limit": 51}, ["/limit"]),
        ({"claim": "A dog barked.", "min_confidence": 1.5}, ["/min_confidence"]),
        ({"claim": "A dog barked.", "limit": "many"}, ["/limit"]),
        ({"claim": "A dog barked.", "as_of": "yesterday"}, ["/as_of"]),
        ({"claim": "A dog barked.", "as_of": "2024-02-30"}, ["/as_of"]),
        ({"claim": "A dog barked.", "as_of": 1_700_000_000}, ["/as_of"]),
        ({"claim": "A dog barked.", "as_of": "1700000000"}, ["/as_of"]),
        ({"claim": "A dog barked.", "as_of": "0001-01-01T00:00:00+23:00"}, ["/as_of"]),
        (
            {"claim": "A dog barked.", "publishers": {"include": ["a", 7]}},
            ["/publishers/include/1"],
        ),
        ({"claim": "A dog barked.", "a/b~c": 1}, ["/a~1b~0c"]),
        ({"limit": 0, "as_of": "x"}, ["/as_of", "/claim", "/limit"]),
        ([], [""]),
        ("A dog barked.", [""]),
    ],
)
async def test_invalid_fields_are_named_by_pointers(
    client: AsyncClient, body: object, expected: list[str]
) -> None:
    """422 with a JSON Pointer for each field at fault, unknown ones too."""
    response = await client.post("/v1/checks", json=body)
    assert sorted(pointers(problem(response, 422, "invalid-request"))) == expected


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        (b"{claim}", "This is no JSON: Expecting property name"),
        (b'{"claim": "caf\xe9"}', "The body is not UTF-8: byte 14"),
        (b"[" * 100_000, "The body is nested too deeply"),
        (b'{"claim": "x", "limit": ' + b"1" * 6000 + b"}", "The body cannot be read as JSON"),
    ],
)
async def test_a_body_that_is_no_json_is_told_so(
    client: AsyncClient, content: bytes, detail: str
) -> None:
    """400, and where reading stopped."""
    response = await client.post("/v1/checks", content=content, headers=JSON)
    assert str(problem(response, 400, "malformed-request")["detail"]).startswith(detail)


@pytest.mark.parametrize("escaped", ['{"claim": "\\ud800"}', '{"\\ud800": 1}'])
async def test_lone_surrogates_are_refused(client: AsyncClient, escaped: str) -> None:
    """JSON can escape them, UTF-8 cannot hold them, so no answer could repeat them."""
    response = await client.post("/v1/checks", content=escaped, headers=JSON)
    problem(response, 422, "invalid-request")
    named = '{"claim": "A dog barked.", "publishers": {"exclude": ["\\ud800"]}}'
    response = await client.post("/v1/checks", content=named, headers=JSON)
    assert pointers(problem(response, 422, "invalid-request")) == ["/publishers/exclude/0"]


async def test_a_body_of_another_kind_is_refused(client: AsyncClient) -> None:
    """415 names the Content-Type that is needed; curl -d sends another."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    response = await client.post("/v1/checks", content=b"{}", headers=form)
    assert "application/json" in str(problem(response, 415, "unsupported-media-type")["detail"])


async def test_a_full_queue_says_when_to_come_again(services: Services) -> None:
    """503 with Retry-After in seconds."""
    error = Overloaded("1,000 texts are waiting", retry_after_s=3)
    async with failing(services, error) as client:
        response = await client.post("/v1/checks", json=CLAIM)
    assert problem(response, 503, "overloaded")["detail"] == "1,000 texts are waiting"
    assert response.headers["Retry-After"] == "3"


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (StoreFailed("disk /srv/secret is full"), 503, "store-failed"),
        (ModelFailed("/srv/secret.onnx"), 503, "model-failed"),
        (ZeroDivisionError("secret"), 500, "failed"),
    ],
)
async def test_what_is_internal_goes_to_the_log_alone(
    services: Services, caplog: pytest.LogCaptureFixture, error: Exception, status: int, kind: str
) -> None:
    """The answer has the request's id, the log has that and the error."""
    async with failing(services, error) as client:
        response = await client.post("/v1/checks", json=CLAIM)
    body = problem(response, status, kind)
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    (logged,) = caplog.records
    assert "secret" in logged.getMessage()
    assert str(body["request_id"]) in logged.getMessage()
    assert bool(logged.exc_info) is not isinstance(error, StoreFailed)  # its words say why


async def test_a_plain_body_is_the_claim(client: AsyncClient) -> None:
    """Whatever stands in it: quotation marks and line breaks need no escape."""
    claim = 'About "28,000" vehicles\nuse the Sallow Bridge every day.'
    plain = await client.post("/v1/checks", content=claim, headers={"Content-Type": "text/plain"})
    assert plain.json() == (await client.post("/v1/checks", json={"claim": claim})).json()
    empty = await client.post("/v1/checks", content=" ", headers={"Content-Type": "text/plain"})
    assert pointers(problem(empty, 422, "invalid-request")) == ["/claim"]


async def test_a_plain_body_is_utf_8(client: AsyncClient) -> None:
    """As all text is."""
    headers = {"Content-Type": "text/plain"}
    response = await client.post("/v1/checks", content=b"caf\xe9", headers=headers)
    detail = problem(response, 400, "malformed-request")["detail"]
    assert detail == "The body is not UTF-8: byte 3 cannot be decoded."


@pytest.mark.parametrize(
    ("accept", "opening"),
    [
        ("text/plain", "claim      The Sallow Bridge is closed."),
        ("application/ld+json", '{"@context": "https://schema.org", "@type": "ClaimReview"'),
    ],
)
async def test_accept_picks_the_form(client: AsyncClient, accept: str, opening: str) -> None:
    """A note for reading, or what fact-check search engines read."""
    body = {"claim": "The Sallow Bridge is closed."}
    response = await client.post("/v1/checks", json=body, headers={"Accept": accept})
    assert response.headers["Content-Type"].partition(";")[0] == accept
    assert response.text.startswith(opening)


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b'{"claim": "He said "no"."}', "line 1, column 21"),
        (b'{\n"claim": "He said\nno."}', "line 2, column 18"),
    ],
)
async def test_broken_json_is_told_with_its_place(
    client: AsyncClient, content: bytes, where: str
) -> None:
    """And what to escape: texts are often pasted in as they are."""
    response = await client.post("/v1/checks", content=content, headers=JSON)
    detail = str(problem(response, 400, "malformed-request")["detail"])
    assert f' at {where}. Inside a text, write \\" for a quotation mark, \\n for a' in detail
