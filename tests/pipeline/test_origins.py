"""Copies are not corroboration."""

from dataclasses import replace

from service.domain.article import Article
from service.domain.quote import Attribution
from service.domain.text import Mention, Span
from service.domain.verdict import Evidence, Stance
from service.pipeline.origins import with_origins

WIRE = (
    "The Tern Dam will close for six weeks from Monday, the river board said on Thursday, after "
    "divers found cracks in two of its nine gates. Boats will be turned back at Vell."
)
OWN = "Divers have found damage at the Tern Dam, and ferries will not pass it until spring."


def evidence(name: str, text: str, speaker: str = "", via: str = "") -> Evidence:
    def said(words: str) -> Mention | None:
        return Mention(words, Span(0, len(words))) if words else None

    return Evidence(
        stance=Stance.SUPPORTS,
        confidence=0.9,
        article=Article(id=name, text=text, publisher=name),
        span=Span(0, 10),
        attribution=Attribution(speaker=said(speaker), via=said(via)),
    )


def origins(*side: Evidence) -> list[str]:
    return [one.origin for one in with_origins(side)]


def test_a_wire_story_that_two_outlets_run_is_one_origin() -> None:
    """A copy is known by its words, also when it was cut short and given a new lead."""
    copy = "TERN — " + WIRE[: len(WIRE) * 3 // 4]
    assert origins(evidence("Wire", WIRE), evidence("Post", copy)) == ["o1", "o1"]


def test_two_reports_in_their_own_words_are_two_origins() -> None:
    """The same event, told independently, corroborates."""
    assert origins(evidence("Wire", WIRE), evidence("Post", OWN)) == ["o1", "o2"]


def test_the_same_source_through_the_same_outlet_is_one_origin() -> None:
    """What an official told the Herald is one statement, whoever prints it again."""
    assert origins(
        evidence("Wire", WIRE, "A senior official of Norway's navy", via="the Herald"),
        evidence("Post", OWN, "an official of the Norwegian navy", via="the Herald"),
    ) == ["o1", "o1"]


def test_two_speakers_in_one_article_are_two_origins() -> None:
    """An article that quotes both sides is no single origin."""
    one = evidence("Post", OWN, "Ada Ode")
    assert origins(one, replace(one, attribution=evidence("", "x", "Bo Orm").attribution)) == [
        "o1",
        "o2",
    ]


def test_an_articles_own_voice_tells_again_what_its_source_said() -> None:
    """A summary beside the quote it sums up is no second origin."""
    assert origins(evidence("Post", OWN), evidence("Post", OWN, "Ada Ode")) == ["o1", "o1"]
