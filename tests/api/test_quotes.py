"""/v1/quotes says who said what."""

import pytest
from httpx import AsyncClient

from tests.api.client import pointers, problem

PATH = "/v1/quotes"


async def test_every_quote_is_a_slice_with_its_speaker_and_article(client: AsyncClient) -> None:
    """All of them, page by page, newest first, each once."""
    dates: list[str] = []
    seen: list[tuple[str, int]] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await client.get(PATH, params={"limit": 9, **cursor})).json()
        for quote in page["quotes"]:
            article = (await client.get(f"/v1/articles/{quote['article']['id']}")).json()
            start, end = quote["position"].values()
            assert article["text"][start:end] == quote["quote"]
            assert quote["selector"][0]["exact"] == quote["quote"]
            assert quote["link"].startswith(article["url"])
            dates.append(article["published_at"])
            seen.append((article["id"], start))
        if page["cursor"] is None:
            break
        cursor = {"cursor": page["cursor"]}
    assert dates == sorted(dates, reverse=True)
    assert len(seen) == len(set(seen)) > 20


async def test_a_short_name_finds_every_form(client: AsyncClient) -> None:
    """The full name with its title finds no more and no less than the surname."""
    page = (await client.get(PATH, params={"speaker": "Zelensky"})).json()
    printed = {quote["attribution"]["speaker"]["text"] for quote in page["quotes"]}
    assert len({quote["article"]["id"] for quote in page["quotes"]}) > 1
    assert len(printed) > 1
    full = (await client.get(PATH, params={"speaker": "President Volodymyr Zelensky"})).json()
    assert full == page


async def test_all_that_is_asked_must_be_so(client: AsyncClient) -> None:
    """Speaker, outlet, words, publisher and date narrow one another."""
    asked = {
        "speaker": "official",
        "organisation": "military intelligence",
        "via": "politico",
        "q": "Buryat battalion",
        "publisher": "northgate herald",
        "as_of": "2024-10-20",
    }
    (quote,) = (await client.get(PATH, params=asked)).json()["quotes"]
    assert "about 3,000 North Koreans" in quote["quote"]
    assert quote["line"].endswith("via POLITICO")
    for name, other in {
        "speaker": "Brask",
        "organisation": "Pentagon",
        "via": "Reuters",
        "q": "bridge",
        "publisher": "Capital Ledger",
        "as_of": "2024-10-01",
    }.items():
        response = await client.get(PATH, params={**asked, name: other})
        assert response.json() == {"quotes": [], "cursor": None}, name


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("speaker=", ["/speaker"]),
        ("q=%3F!", ["/q"]),
        ("limit=201", ["/limit"]),
        ("via=%20&as_of=soon", ["/as_of", "/via"]),
        ("speakr=Zelensky", ["/speakr"]),
        (f"q={'x' * 501}", ["/q"]),
    ],
)
async def test_a_wrong_question_is_named_by_pointers(
    client: AsyncClient, query: str, expected: list[str]
) -> None:
    """A filter that is empty or misspelt would else look like an answer."""
    response = await client.get(f"{PATH}?{query}")
    assert sorted(pointers(problem(response, 422, "invalid-request"))) == expected


async def test_as_of_a_moment_the_text_of_then_is_quoted(empty: AsyncClient) -> None:
    """A correction without a new date counts from when it was sent; articles and quotes agree."""
    story = {"published_at": "2025-01-02", "text": "The dam held, mayor Ada Quist said."}
    await empty.put("/v1/articles/dam", json=story)
    await empty.put("/v1/articles/dam", json={**story, "text": "The dam broke, mayor Quist said."})
    for params, words in (({"as_of": "2025-01-03"}, "The dam held"), ({}, "The dam broke")):
        (quote,) = (await empty.get(PATH, params=params)).json()["quotes"]
        (article,) = (await empty.get("/v1/articles", params=params)).json()["articles"]
        (passage,) = (await empty.get("/v1/search", params={"q": "dam", **params})).json()[
            "passages"
        ]
        assert quote["quote"] == words
        assert passage["text"].startswith(words)
        assert quote["article"]["revision"] == article["revision"]
        assert passage["article"]["revision"] == article["revision"]


async def test_a_foreign_cursor_is_refused(client: AsyncClient) -> None:
    """That of a page of articles too."""
    articles = (await client.get("/v1/articles", params={"limit": 1})).json()["cursor"]
    for cursor in ("zz", articles):
        problem(await client.get(PATH, params={"cursor": cursor}), 422, "invalid-cursor")


async def test_a_quotation_is_verified(client: AsyncClient) -> None:
    """What differs, word by word, and the quote on record with its article and its link."""
    body = {
        "quotation": "“Nobody will cross this bridge until I would let the whole council cross it”",
        "speaker": "Mayor Ottoline Brask",
    }
    answer = (await client.post(f"{PATH}/verify", json=body)).json()
    assert answer["result"] == "altered"
    assert answer["quotation"] == body["quotation"].strip("“”")
    assert answer["speaker"] == "Mayor Ottoline Brask"
    ((change),) = answer["changes"]
    assert (change["kind"], change["quoted"]["text"], change["source"]["text"]) == (
        "replaced",
        "the whole council",
        "my own children",
    )
    source = answer["source"]
    article = (await client.get(f"/v1/articles/{source['article']['id']}")).json()
    start, end = source["position"].values()
    assert article["text"][start:end] == source["quote"] == source["selector"][0]["exact"]
    assert article["text"][change["source"]["start"] : change["source"]["end"]] == "my own children"


async def test_options_leave_articles_out(client: AsyncClient) -> None:
    """By date, publisher and address; nothing is then on record."""
    words = {"quotation": "We sold nine loaves", "speaker": "Winterbourne"}
    assert (await client.post(f"{PATH}/verify", json=words)).json()["result"] == "exact"
    for option in (
        {"as_of": "2025-01-01"},
        {"publishers": {"exclude": ["Harbour Post"]}},
        {"exclude_articles": ["https://harbour-post.example/local/2025-02-03-bridge-closed"]},
    ):
        answer = (await client.post(f"{PATH}/verify", json=words | option)).json()
        assert (answer["result"], answer["changes"]) == ("not_found", [])


async def test_a_quotation_without_words_is_refused(client: AsyncClient) -> None:
    """One error, at its field."""
    response = await client.post(f"{PATH}/verify", json={"quotation": " "})
    assert pointers(problem(response, 422, "invalid-request")) == ["/quotation"]
