"""Copies are not corroboration."""

from dataclasses import replace

import pytest

from service.domain.article import Article
from service.domain.quote import Attribution, SpeakerKind
from service.domain.text import Mention, Span
from service.domain.verdict import Evidence, Stance
from service.pipeline.origins import with_origins

WIRE = (
    "The Tern Dam will close for six weeks from Monday, the river board said on Thursday, after "
    "divers found cracks in two of its nine gates. Boats will be turned back at Vell."
)
OWN = "Divers have found damage at the Tern Dam, and ferries will not pass it until spring."


def evidence(
    name: str, text: str, speaker: str = "", via: str = "", kind: SpeakerKind = SpeakerKind.NAMED
) -> Evidence:
    def said(words: str) -> Mention | None:
        return Mention(words, Span(0, len(words))) if words else None

    return Evidence(
        stance=Stance.SUPPORTS,
        confidence=0.9,
        article=Article(id=name, text=text, publisher=name),
        span=Span(0, 10),
        attribution=Attribution(
            speaker=said(speaker),
            via=said(via),
            kind=kind if speaker else SpeakerKind.UNATTRIBUTED,
            cue=said("reported"),
        ),
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


@pytest.mark.parametrize(
    "credit",
    [
        "The closure was first reported by the Daily Meridian.",
        "The closure was first reported on Thursday by the Meridian.",
        "The Meridian first reported the closure.",
        "The Daily Meridian was the first to report it.",
        "The closure was earlier reported in the Meridian.",
        "The Meridian contributed to this report.",
    ],
)
def test_a_report_that_credits_another_shares_its_origin(credit: str) -> None:
    """Wherever the credit stands, and by whatever name."""
    meridian = evidence("Daily Meridian", WIRE)
    assert origins(evidence("Post", f"{OWN}\n\n{credit}"), meridian) == ["o1", "o1"]
    assert origins(evidence("Post", OWN), meridian) == ["o1", "o2"]


@pytest.mark.parametrize("dateline", ["TERN (Reuters) - ", "TERN BAY, Vell (CW) — "])
def test_a_dateline_credits_an_agency(dateline: str) -> None:
    """By its name or by the initials of a publisher at hand."""
    agency = "Reuters" if "Reuters" in dateline else "Continental Wire"
    told = evidence("Post", dateline + OWN)
    assert origins(told, evidence(agency, WIRE)) == ["o1", "o1"]
    assert origins(told, evidence("Daily Meridian", WIRE)) == ["o1", "o2"]


def test_a_place_in_a_dateline_is_no_agency() -> None:
    """Two reports from one place are still two."""
    one, other = (
        evidence(name, f"TERN (Vell) — {text}") for name, text in (("Post", OWN), ("Wire", WIRE))
    )
    assert origins(one, other) == ["o1", "o2"]


def test_a_byline_credits_an_agency() -> None:
    """An author who is an outlet."""
    told = evidence("Post", OWN)
    signed = replace(told, article=replace(told.article, authors=("Reuters",), revision=""))
    assert origins(signed, evidence("Reuters", WIRE)) == ["o1", "o1"]


def test_what_an_outlet_reported_is_that_outlets() -> None:
    """An outlet as the source names the report, not a witness; a ministry is a witness."""
    institution = SpeakerKind.INSTITUTION
    meridian = evidence("Daily Meridian", WIRE, "Ada Ode")
    assert origins(evidence("Post", OWN, "The Meridian", kind=institution), meridian) == [
        "o1", "o1",
    ]  # fmt: skip
    assert origins(evidence("Post", OWN, "The ministry", kind=institution), meridian) == [
        "o1", "o2",
    ]  # fmt: skip


def test_two_reports_that_credit_a_third_are_one_origin() -> None:
    """Also where the third is not in the index; not where they credit others."""
    one = evidence("Post", f"{OWN} It was first reported by Reuters.")
    other = evidence("Wire", f"{WIRE} Reuters first reported the closure.")
    third = evidence("Herald", "Nobody may pass the dam. It was first reported by CNN.")
    assert origins(one, other, third) == ["o1", "o1", "o2"]


def test_a_credit_does_not_make_one_of_both_sides() -> None:
    """Who credits a report that quotes two counts with one of them; the two stay two."""
    ode, orm = (evidence("Daily Meridian", WIRE, name) for name in ("Ada Ode", "Bo Orm"))
    told = evidence("Post", f"{OWN} It was first reported by the Meridian.")
    assert origins(told, ode, orm) == ["o1", "o1", "o2"]


def test_the_speaker_an_outlet_quoted_is_the_one_quoted_via_it() -> None:
    """What Ode told the Meridian is one statement in the Meridian and in the Post, under any of her
    names; what Orm told it is another, and what Ode told the Post herself is a third."""
    assert origins(
        evidence("Post", OWN, "Mayor Ada Ode", via="the Meridian"),
        evidence("Daily Meridian", WIRE, "Ada Ode"),
        evidence("Daily Meridian", WIRE, "Bo Orm"),
        evidence("Herald", "The gates are cracked.", "Ada Ode", via="the Herald"),
    ) == ["o1", "o1", "o2", "o3"]


def test_a_name_that_two_publishers_share_is_neither() -> None:
    """A paper that says so means itself; in another nobody can tell which it is."""
    harbor, northern = evidence("Harbor Post", WIRE), evidence("Northern Post", "The dam shut.")
    told = evidence("Herald", f"{OWN} It was first reported by the Post.")
    assert origins(told, harbor, northern) == ["o1", "o2", "o3"]
    own = evidence("Harbor Post", f"{OWN} The Post first reported it.")
    assert origins(own, northern) == ["o1", "o2"]
