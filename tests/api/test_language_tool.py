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


async def test_words_of_markup_are_checked(client: AsyncClient) -> None:
    """A statement that begins among them begins where the markup does."""
    pieces = [
        {"markup": "<e>", "interpretAs": "We counted them. About 28,000 vehicles use the "},
        {"text": "Sallow Bridge every day."},
        {"text": " They were not counted before."},
    ]
    (match,) = await ask(client, data=json.dumps({"annotation": pieces}))
    sent = "".join(piece.get("text", piece.get("markup", "")) for piece in pieces)
    assert marked(sent, match) == "<e>Sallow Bridge every day."


async def test_data_may_be_a_text(client: AsyncClient) -> None:
    """What a plugin tells of it besides is without effect."""
    data = {"text": TEXT, "metaData": {"title": "Bridges"}}
    (match,) = await ask(client, data=json.dumps(data))
    assert marked(TEXT, match) == WORDS


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
    "form",
    [
        {},
        {"text": "A.", "data": "{}"},
        *(
            {"data": data}
            for data in (
                "{}",
                '{"text": null}',
                '{"text": 1}',
                '{"text": "A.", "annotation": []}',
                '{"annotation": 1}',
                '{"annotation": [{}]}',
                '{"annotation": [{"text": "A.", "markup": "<b>"}]}',
            )
        ),
    ],
)
async def test_a_form_without_a_text_is_refused(client: AsyncClient, form: dict[str, str]) -> None:
    """422, as everywhere; so is one that says in two ways what its text is."""
    response = await client.post("/v2/check", content=urlencode(form), headers=FORM)
    problem(response, 422, "invalid-request")


@pytest.mark.parametrize("data", ["{", "", 10_000 * "[", r'{"text": "Half a pair: \ud800."}'])
async def test_data_that_is_no_json_is_refused(client: AsyncClient, data: str) -> None:
    """400, as everywhere. Half of a surrogate pair is no character, and nothing could repeat it."""
    response = await client.post("/v2/check", data={"data": data})
    assert "This is no JSON" in str(problem(response, 400, "malformed-request")["detail"])


async def test_the_languages_are_english(client: AsyncClient) -> None:
    """Clients ask before they check."""
    assert {one["code"] for one in (await client.get("/v2/languages")).json()} == {"en"}
