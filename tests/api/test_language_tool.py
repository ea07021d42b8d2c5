"""POST /v2/check answers as LanguageTool does."""

import json
from urllib.parse import urlencode

import pytest
from httpx import AsyncClient

from tests.api.client import problem

TEXT = "The 🌉\n\nAbout 28,000 vehicles use the Sallow Bridge every day.\n"
WORDS = "About 28,000 vehicles use the Sallow Bridge every day."
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def ask(client: AsyncClient, **form: str) -> list[dict[str, object]]:
    """The matches for a form."""
    answer = await client.post("/v2/check", data={"language": "en-US", **form})
    matches: list[dict[str, object]] = answer.json()["matches"]
    return matches


def marked(text: str, match: dict[str, object]) -> str:
    """The words of the text that a match is about, found as JavaScript finds them."""
    start, length = match["offset"], match["length"]
    assert isinstance(start, int)
    assert isinstance(length, int)
    return text.encode("utf-16-le")[2 * start : 2 * (start + length)].decode("utf-16-le")


async def test_a_finding_is_a_match(client: AsyncClient) -> None:
    """Its place counts UTF-16 code units; its rule has the finding's stable name."""
    (match,) = await ask(client, text=TEXT)
    assert marked(TEXT, match) == WORDS
    assert match["shortMessage"] == "Number differs"
    assert str(match["message"]).startswith("Number differs: “About 28,000 vehicles” here")
    assert match["rule"]["id"] == "number-differs"  # type: ignore[index]
    context = match["context"]
    assert isinstance(context, dict)
    assert marked(context["text"], context) == WORDS


async def test_markup_is_left_out_and_counted(client: AsyncClient) -> None:
    """Places are those of the text with its markup, as the plugin has it."""
    pieces = [
        {"markup": "<p>", "interpretAs": "\n\n"},
        {"text": "The 🌉\n\nAbout 28,000 "},
        {"markup": "<b>"},
        {"text": "vehicles"},
        {"markup": "</b>"},
        {"text": " use the Sallow Bridge every day."},
        {"markup": "</p>"},
    ]
    sent = "".join(piece.get("text", piece.get("markup", "")) for piece in pieces)
    (match,) = await ask(client, data=json.dumps({"annotation": pieces}))
    assert marked(sent, match) == "About 28,000 <b>vehicles</b> use the Sallow Bridge every day."


async def test_a_newer_figure_is_a_replacement(client: AsyncClient) -> None:
    """Of the figure, not of the sentence."""
    text = "Turnout was 61.4 percent in the election.\n"
    (match,) = await ask(client, text=text)
    assert marked(text, match) == "61.4 percent"
    assert match["replacements"] == [{"value": "58.9 percent"}]


async def test_notes_are_for_the_picky(client: AsyncClient) -> None:
    """A plugin that marks every sentence is soon switched off."""
    text = "The ferry company of Port Sallow will hire forty sailors in March.\n"
    text += "The Orm ferry carries 212 passengers.\n"
    assert await ask(client, text=text) == []
    assert await ask(client, text=text, level="picky")


@pytest.mark.parametrize(
    "body",
    [{}, {"text": "A.", "data": "{}"}, {"data": "{"}, {"data": "{}"}, {"data": '{"annotation":1}'}],
)
async def test_a_form_without_a_text_is_refused(client: AsyncClient, body: dict[str, str]) -> None:
    """422, as everywhere."""
    response = await client.post("/v2/check", content=urlencode(body), headers=FORM)
    problem(response, 422, "invalid-request")


async def test_the_languages_are_english(client: AsyncClient) -> None:
    """Clients ask before they check."""
    assert {one["code"] for one in (await client.get("/v2/languages")).json()} == {"en"}
