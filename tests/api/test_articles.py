"""/v1/articles keeps the archive, and never loses somebody else's change."""

import asyncio

import pytest
from httpx import AsyncClient

from tests.api.client import pointers, problem

PATH = "/v1/articles"
STORY = {
    "title": "Dam holds",
    "text": "RIVERTON — The dam held.\r\n\r\n“We were lucky,” mayor Ada Quist said.",
    "publisher": "Delta Post",
    "authors": ["Bo Lund"],
    "published_at": "2025-01-02T03:04:05+02:00",
    "url": "https://delta.example/dam",
}
ONE = f"{PATH}/dam-1"


async def test_a_new_article_is_created_and_found_at_its_location(empty: AsyncClient) -> None:
    """201 with Location and ETag; the text is normalised and the time keeps its zone."""
    created = await empty.post(PATH, json=STORY)
    assert created.status_code == 201
    read = await empty.get(created.headers["Location"])
    article = read.json()
    assert article["text"] == "RIVERTON — The dam held.\n\n“We were lucky,” mayor Ada Quist said."
    assert article["published_at"] == "2025-01-02T03:04:05+02:00"
    assert article["characters"] == len(article["text"])
    assert read.headers["ETag"] == created.headers["ETag"] == f'"{article["revision"]}"'
    assert {**created.json(), "text": article["text"]} == article


async def test_the_same_article_again_changes_nothing(empty: AsyncClient) -> None:
    """200 and the same revision; a corrected text is 200 and another one."""
    first = await empty.post(PATH, json=STORY)
    again = await empty.post(PATH, json=STORY)
    changed = await empty.post(PATH, json={**STORY, "text": "The dam broke."})
    assert [again.status_code, changed.status_code] == [200, 200]
    assert again.json() == first.json()
    assert changed.json()["id"] == first.json()["id"]
    assert changed.headers["ETag"] != first.headers["ETag"]


async def test_a_page_is_read_like_a_text(empty: AsyncClient) -> None:
    """`html` gives title and text; fields that are given win."""
    paragraph = "<p>The market hall will open on Sundays from May, the council decided.</p>"
    html = f"<html><head><title>Market</title></head><body><h1>Market</h1>{paragraph}</body></html>"
    summary = (await empty.post(PATH, json={"html": html, "publisher": "Ledger"})).json()
    assert summary["publisher"] == "Ledger"
    text = (await empty.get(f"{PATH}/{summary['id']}")).json()["text"]
    assert "The market hall will open on Sundays from May" in text


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"url": "http://127.0.0.1:9/x"}, 422, "fetch-refused"),
        ({"url": "ftp://news.example/x"}, 422, "invalid-article"),
        ({"text": "\x00\x01"}, 422, "invalid-article"),
        ({"html": "<p"}, 422, "invalid-article"),
        ({"text": "x" * 5_000_000}, 413, "too-large"),
        ({"text": "x" * 13_000_000}, 413, "too-large"),
        ({"text": "a", "html": "<p>a"}, 422, "invalid-request"),
        ({}, 422, "invalid-request"),
        ({"text": "a", "id": "../up"}, 422, "invalid-request"),
        ({"text": "a", "id": ".hidden"}, 422, "invalid-request"),
    ],
)
async def test_an_article_that_cannot_be_is_told_why(
    empty: AsyncClient, body: dict[str, str], status: int, kind: str
) -> None:
    """Nothing of it is stored."""
    problem(await empty.post(PATH, json=body), status, kind)
    assert (await empty.get(PATH)).json()["articles"] == []


async def test_put_creates_and_replaces_under_its_id(empty: AsyncClient) -> None:
    """201 with Location, then 200."""
    created = await empty.put(ONE, json=STORY)
    assert (created.status_code, created.headers["Location"]) == (201, ONE)
    replaced = await empty.put(ONE, json={**STORY, "text": "The dam broke."})
    assert replaced.status_code == 200
    assert (await empty.get(ONE)).json()["text"] == "The dam broke."


async def test_if_match_keeps_another_editors_change(empty: AsyncClient) -> None:
    """412 once the article is not what was read, for PUT and DELETE; the current tag passes."""
    read = (await empty.put(ONE, json=STORY)).headers["ETag"]
    newer = (await empty.put(ONE, json={**STORY, "text": "The dam broke."})).headers["ETag"]
    late = await empty.put(ONE, json=STORY, headers={"If-Match": read})
    problem(late, 412, "revision-conflict")
    problem(await empty.delete(ONE, headers={"If-Match": read}), 412, "revision-conflict")
    assert (await empty.get(ONE)).headers["ETag"] == newer
    passes = await empty.put(ONE, json=STORY, headers={"If-Match": f'"other", {newer}'})
    assert passes.headers["ETag"] == read


async def test_one_of_two_editors_at_the_same_moment_wins(empty: AsyncClient) -> None:
    """Both read the same revision, both send their change: exactly one gets 412."""
    tag = (await empty.put(ONE, json=STORY)).headers["ETag"]
    answers = await asyncio.gather(
        *(
            empty.put(ONE, json={**STORY, "text": text}, headers={"If-Match": tag})
            for text in ("The dam broke.", "The dam leaked.")
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]


async def test_one_headline_on_two_days_is_two_articles(empty: AsyncClient) -> None:
    """Neither has an address; both are there, and a correction of the same day is no third."""
    weather = {key: value for key, value in STORY.items() if key != "url"}
    for day, status in (("2025-01-02", 201), ("2025-01-03", 201), ("2025-01-03T09:00:00Z", 200)):
        given = {**weather, "published_at": day, "text": f"Rain on {day}."}
        assert (await empty.post(PATH, json=given)).status_code == status
    listed = (await empty.get(PATH)).json()["articles"]
    assert [one["published_at"] for one in listed] == [
        "2025-01-03T09:00:00Z", "2025-01-02T00:00:00Z",
    ]  # fmt: skip


async def test_an_article_is_found_by_its_address(empty: AsyncClient) -> None:
    """The whole of it, and nothing for another one."""
    article = (await empty.post(PATH, json=STORY)).json()
    await empty.post(PATH, json={**STORY, "url": "https://delta.example/dam/2"})
    for url, expected in (("https://delta.example/dam", [article]), ("https://delta.example/", [])):
        assert (await empty.get(PATH, params={"url": url})).json()["articles"] == expected


async def test_revisions_say_when_they_stood(empty: AsyncClient) -> None:
    """Newest first, each with its text; what is sent back to an empty archive is the same."""
    first = (await empty.put(ONE, json=STORY)).json()
    second = (await empty.put(ONE, json={**STORY, "text": "The dam broke."})).json()
    revisions = (await empty.get(f"{ONE}/revisions")).json()["revisions"]
    assert [one["revision"] for one in revisions] == [second["revision"], first["revision"]]
    assert revisions[1]["stood_from"] == "2025-01-02T01:04:05Z"
    assert revisions[1]["stood_until"] == revisions[0]["stood_from"]
    assert revisions[0]["stood_until"] is None
    await empty.delete(ONE)
    problem(await empty.get(f"{ONE}/revisions"), 404, "article-not-found")
    for revision in revisions:
        given = {
            key: value
            for key, value in revision.items()
            if key not in {"revision", "characters"} and value is not None
        }
        assert (await empty.post(PATH, json=given)).status_code in {200, 201}
    assert (await empty.get(f"{ONE}/revisions")).json()["revisions"] == revisions


async def test_times_that_a_revision_cannot_have_are_refused(empty: AsyncClient) -> None:
    """It cannot end before it begins."""
    given = {**STORY, "stood_from": "2025-02-02", "stood_until": "2025-02-01"}
    problem(await empty.post(PATH, json=given), 422, "invalid-article")


async def test_if_none_match_star_only_creates(empty: AsyncClient) -> None:
    """412 where there is one already, and it says which header is in the way."""
    only_new = {"If-None-Match": "*"}
    assert (await empty.put(ONE, json=STORY, headers=only_new)).status_code == 201
    there = problem(await empty.put(ONE, json=STORY, headers=only_new), 412, "revision-conflict")
    assert "already" in str(there["detail"])
    assert "Leave out If-None-Match" in str(there["detail"])
    problem(await empty.put(f"{PATH}/new", json=STORY, headers={"If-Match": "*"}), 412,
            "revision-conflict")  # fmt: skip


async def test_the_newsrooms_own_fields_are_kept(empty: AsyncClient) -> None:
    """As they came, in the article and in lists; they are part of the revision."""
    extra = {"desk": "water", "ids": [1, 2.5, None], "Ω": {"deep": True}}
    stored = (await empty.put(ONE, json={**STORY, "extra": extra})).json()
    assert stored["extra"] == (await empty.get(ONE)).json()["extra"] == extra
    assert (await empty.get(PATH)).json()["articles"][0]["extra"] == extra
    plain = (await empty.put(ONE, json=STORY)).json()
    assert plain["extra"] == {}
    assert plain["revision"] != stored["revision"]
    problem(await empty.put(ONE, json={**STORY, "extra": []}), 422, "invalid-request")


async def test_a_copy_that_is_current_is_not_sent_again(empty: AsyncClient) -> None:
    """304 without a body for the current tag, also where a proxy weakened it; else 200."""
    tag = (await empty.put(ONE, json=STORY)).headers["ETag"]
    for known in (tag, f"W/{tag}", "*", f'"old", {tag}'):
        response = await empty.get(ONE, headers={"If-None-Match": known})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["ETag"] == tag
    assert (await empty.get(ONE, headers={"If-None-Match": '"old"'})).status_code == 200


async def test_a_deleted_article_is_gone(empty: AsyncClient) -> None:
    """204 once, 404 then, and no answer quotes it."""
    await empty.put(ONE, json=STORY)
    deleted = await empty.delete(ONE)
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert "Content-Type" not in deleted.headers
    for gone in (empty.delete(ONE), empty.get(ONE), empty.get(f"{ONE}/quotes")):
        problem(await gone, 404, "article-not-found")
    assert (await empty.get("/v1/search", params={"q": "the dam held"})).json()["passages"] == []


async def test_quotes_are_slices_with_their_speaker(empty: AsyncClient) -> None:
    """In the order of the text, positions into it."""
    await empty.put(ONE, json=STORY)
    answer = (await empty.get(f"{ONE}/quotes")).json()
    text = (await empty.get(ONE)).json()["text"]
    (quote,) = answer["quotes"]
    assert text[quote["position"]["start"] : quote["position"]["end"]] == quote["quote"]
    assert "We were lucky" in quote["quote"]
    assert "Ada Quist" in quote["attribution"]["speaker"]["text"]
    assert answer["revision"] == (await empty.get(ONE)).json()["revision"]


async def test_pages_list_every_article_once_newest_first(client: AsyncClient) -> None:
    """Following the cursor to its end."""
    dates: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await client.get(PATH, params={"limit": 4, **cursor})).json()
        dates += [article["published_at"] for article in page["articles"]]
        if page["cursor"] is None:
            break
        cursor = {"cursor": page["cursor"]}
    assert len(dates) == 15
    assert dates == sorted(dates, reverse=True)


async def test_lists_are_narrowed_by_publisher_and_date(client: AsyncClient) -> None:
    """Names without regard to case; `as_of` includes its moment, `published_after` does not."""
    both = {"publisher": ["harbour post", "Capital Ledger"]}
    names = {
        article["publisher"] for article in (await client.get(PATH, params=both)).json()["articles"]
    }
    assert names == {"Harbour Post", "Capital Ledger"}
    without = {"exclude_publisher": "HARBOUR POST", "as_of": "2024-12-31"}
    found = (await client.get(PATH, params=without)).json()["articles"]
    assert found
    assert all(article["publisher"] != "Harbour Post" for article in found)
    assert all(article["published_at"] < "2025" for article in found)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("limit=0", ["/limit"]),
        ("limit=201", ["/limit"]),
        ("limit=x&as_of=soon", ["/as_of", "/limit"]),
        ("colour=red", ["/colour"]),
    ],
)
async def test_a_wrong_query_is_named_by_pointers(
    client: AsyncClient, query: str, expected: list[str]
) -> None:
    """A misspelt filter that was ignored would look like an answer."""
    response = await client.get(f"{PATH}?{query}")
    assert sorted(pointers(problem(response, 422, "invalid-request"))) == expected


@pytest.mark.parametrize("cursor", ["zz", "%ff", "é", "AAAA"])
async def test_a_foreign_cursor_is_refused(client: AsyncClient, cursor: str) -> None:
    """422, whatever it holds."""
    problem(await client.get(f"{PATH}?cursor={cursor}"), 422, "invalid-cursor")
