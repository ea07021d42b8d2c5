"""What the built-in tagger promises, with the weights that ship."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.domain.errors import WeightsMismatch
from service.domain.quote import Speech, SpeechKind
from service.domain.text import Span
from service.english.text.segment import segment
from service.models.attribution.tagger import OnnxTagger, load_tagger
from service.pipeline.attribute import find_speeches
from service.ports import Tagger

SHIPPED = Path(__file__).parents[3] / "service" / "models" / "weights" / "attribution"
DIRECT, INDIRECT, MIXED = SpeechKind.DIRECT, SpeechKind.INDIRECT, SpeechKind.MIXED

Found = tuple[str | None, str | None, list[str], SpeechKind]

ARTICLE = (
    "HARBORFIELD — Mayor Eva Novak said on Monday that the bridge was safe. “We looked at every"
    " bolt,” she told reporters. “Nothing is loose.”\n\nEngineers fear the dam may fail, according"
    " to a report by the Brenner Institute. Ruiz, who leads the opposition, denied that he had"
    " seen it and called the mayor’s plan “a gamble with lives.”\n\nThe council meets again on"
    " Friday. Trains were late all week."
)


@pytest.fixture(scope="module")
def tagger() -> Iterator[OnnxTagger]:
    """The shipped model on two threads."""
    model = load_tagger(threads=2)
    yield model
    asyncio.run(model.close())


async def tag(tagger: Tagger, text: str) -> list[Found]:
    speeches = await find_speeches(text, segment(text).sentences, tagger)
    return [
        (_words(text, s.source), _words(text, s.cue), _pieces(text, s), s.kind) for s in speeches
    ]


def _words(text: str, spans: tuple[Span, ...]) -> str | None:
    return " … ".join(span.of(text) for span in spans) if spans else None


def _pieces(text: str, speech: Speech) -> list[str]:
    return [piece.of(text) for piece in speech.content]


async def test_it_is_a_tagger(tagger: OnnxTagger) -> None:
    """It fits the port: in the order of the contents, and every span is one of the article's."""
    port: Tagger = tagger
    speeches = await find_speeches(ARTICLE, segment(ARTICLE).sentences, port)
    assert list(speeches) == sorted(speeches, key=lambda speech: speech.content)
    for speech in speeches:
        for span in (*speech.source, *speech.cue, *speech.content):
            assert 0 <= span.start < span.end <= len(ARTICLE)
            assert span.of(ARTICLE).strip() == span.of(ARTICLE)
    assert port.fingerprint.startswith("attribution-MiniLM-L6/int8/sha256:")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Novak told the Harbor Times on Friday that the bridge is safe.",
         ("Novak", "told", ["the bridge is safe"], INDIRECT)),
        ("Novak said the bridge is safe.", ("Novak", "said", ["the bridge is safe"], INDIRECT)),
        ("Novak said that the bridge is safe.",
         ("Novak", "said", ["the bridge is safe"], INDIRECT)),
        ("The bridge is safe, said Eva Novak.",
         ("Eva Novak", "said", ["The bridge is safe"], INDIRECT)),
        ("“The bridge is safe,” Novak said.", ("Novak", "said", ["The bridge is safe"], DIRECT)),
        ("“It is,” she said, “too late.”", ("she", "said", ["It is", "too late."], DIRECT)),
        ("According to the city council, the bridge is safe.",
         ("the city council", "According to", ["the bridge is safe"], INDIRECT)),
        ("Residents fear the dam will break.",
         ("Residents", "fear", ["the dam will break"], INDIRECT)),
        ("Ruiz denied that he had seen the report.",
         ("Ruiz", "denied", ["he had seen the report"], INDIRECT)),
        ("Ruiz said the plan was “a gamble with lives” and would fail.",
         ("Ruiz", "said", ["the plan was “a gamble with lives” and would fail"], MIXED)),
    ],
)  # fmt: skip
async def test_plain_cases(tagger: OnnxTagger, text: str, expected: Found) -> None:
    """Cases that no user would forgive it to get wrong."""
    assert await tag(tagger, text) == [expected]


@pytest.mark.parametrize(
    "text", ["The council meets again on Friday.", "Trains were late all week.", "", " \n", "…"]
)
async def test_narration_is_nobodys_speech(tagger: OnnxTagger, text: str) -> None:
    assert await tag(tagger, text) == []


async def test_direct_speech_goes_on_after_its_attribution(tagger: OnnxTagger) -> None:
    """Two pieces of one quote, marks and the comma before "she told" left out."""
    found = await tag(tagger, ARTICLE)
    assert ("she", "told", ["We looked at every bolt", "Nothing is loose."], DIRECT) in [
        (source, cue and cue.split()[0], content, kind) for source, cue, content, kind in found
    ]


async def test_company_changes_nothing(tagger: OnnxTagger) -> None:
    """An article alone, or while others are tagged: the same spans."""
    alone = await tag(tagger, ARTICLE)
    others = [ARTICLE[: len(ARTICLE) // 2], ARTICLE, f"{ARTICLE}\n\n{ARTICLE}"]
    _, together, _ = await asyncio.gather(*(tag(tagger, each) for each in others))
    assert together == alone


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    """No other thresholds than those that were measured, no other weights."""
    folder = tmp_path / "weights"
    shutil.copytree(SHIPPED, folder)
    thresholds = json.loads((folder / "decoding.json").read_text()) | {"sure_from": 0.01}
    (folder / "decoding.json").write_text(json.dumps(thresholds))
    with pytest.raises(WeightsMismatch, match=r"decoding\.json"):
        load_tagger(folder)
