"""The rules find who said what, and leave alone what nobody said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.quote import Speech, SpeechKind
from service.domain.text import Span
from service.english.speech.acts import speeches_by_rules
from service.english.text.segment import segment

DIRECT, INDIRECT, MIXED = SpeechKind.DIRECT, SpeechKind.INDIRECT, SpeechKind.MIXED

Found = tuple[str | None, str | None, list[str], SpeechKind]


def _tag(text: str) -> list[Found]:
    speeches = speeches_by_rules(text, segment(text).sentences)
    return [
        (_words(text, s.source), _words(text, s.cue), [p.of(text) for p in s.content], s.kind)
        for s in speeches
    ]


def _words(text: str, spans: tuple[Span, ...]) -> str | None:
    return " … ".join(span.of(text) for span in spans) if spans else None


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("“The bridge is safe,” Novak said.", "Novak", "said", ["The bridge is safe"]),
        ("“The bridge is safe,” said Novak.", "Novak", "said", ["The bridge is safe"]),
        ("“Is it safe?” she asked.", "she", "asked", ["Is it safe?"]),
        ("“It is,” she said, “too late.”", "she", "said", ["It is", "too late."]),
        ("“It is,” she said. “Go home.”", "she", "said", ["It is", "Go home."]),
        ("Novak said, “The bridge is safe.”", "Novak", "said", ["The bridge is safe."]),
        ("Novak said: “The bridge is safe.”", "Novak", "said", ["The bridge is safe."]),
        ("In a statement, Novak said: “It is safe.”", "Novak", "said", ["It is safe."]),
        ("The mayor told reporters on Friday: “It is safe.”", "The mayor", "told", ["It is safe."]),
        ("“It is safe,” Novak told the Harbor Times on Friday.", "Novak", "told", ["It is safe"]),
        ("“It is safe,” Novak said while leaving the hall.", "Novak", "said", ["It is safe"]),
        ("“It is safe,” said Eva Novak, a spokeswoman for the port.",
         "Eva Novak, a spokeswoman for the port", "said", ["It is safe"]),
        ("Eva Novak, the port’s former director, stated, “It is safe.”",
         "Eva Novak, the port’s former director", "stated", ["It is safe."]),
        ("Rep. Eva Novak (D-Mich.) said, “It is safe.”",
         "Rep. Eva Novak (D-Mich.)", "said", ["It is safe."]),
        ("Added Novak: “It is safe.”", "Novak", "Added", ["It is safe."]),
        ("“It is safe.” ― Eva Novak", "Eva Novak", "―", ["It is safe."]),
        ("“It is safe.” — Eva de Novak, port engineer.", "Eva de Novak, port engineer", "—",
         ["It is safe."]),
    ],
)  # fmt: skip
def test_direct_speech(text: str, source: str, cue: str, content: list[str]) -> None:
    """Source before, after and in the middle; the content is the words between the marks."""
    assert _tag(text) == [(source, cue, content, DIRECT)]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Novak said the bridge is safe.", "Novak", "said", "the bridge is safe"),
        ("Novak said that the bridge is safe.", "Novak", "said", "the bridge is safe"),
        ("Novak said on Friday that the bridge is safe.", "Novak", "said", "the bridge is safe"),
        ("Novak said Friday the bridge is safe.", "Novak", "said", "the bridge is safe"),
        ("The bridge is safe, Novak said.", "Novak", "said", "The bridge is safe"),
        ("The bridge is safe, said Eva Novak.", "Eva Novak", "said", "The bridge is safe"),
        ("The bridge is safe, according to Eva Novak.", "Eva Novak", "according to",
         "The bridge is safe"),
        ("According to the city council, the bridge is safe.", "the city council", "According to",
         "the bridge is safe"),
        ("The council’s report showed that the bridge is safe.", "The council’s report", "showed",
         "the bridge is safe"),
        ("Novak pointed out that the bridge is safe.", "Novak", "pointed out",
         "the bridge is safe"),
        ("Finnish President Aino Laine emphasized that the bridge is safe.",
         "Finnish President Aino Laine", "emphasized", "the bridge is safe"),
        ("Gen. Aino Laine warned that the bridge is unsafe.", "Gen. Aino Laine", "warned",
         "the bridge is unsafe"),
        ("A senior Finnish customs official told POLITICO that about 40 trucks are missing.",
         "A senior Finnish customs official", "told", "about 40 trucks are missing"),
        ("Novak denied that the bridge is unsafe.", "Novak", "denied", "the bridge is unsafe"),
        ("Novak denied on Monday that the bridge is unsafe.", "Novak", "denied",
         "the bridge is unsafe"),
        ("But on Tuesday Novak insisted the bridge was safe.", "Novak", "insisted",
         "the bridge was safe"),
        ("He further revealed that the bridge is safe.", "He", "revealed", "the bridge is safe"),
        ("Eva Novak, who runs the port, said the bridge is safe.", "Eva Novak", "said",
         "the bridge is safe"),
        ("Officials said the bridge, built in 1931, is safe.", "Officials", "said",
         "the bridge, built in 1931, is safe"),
    ],
)  # fmt: skip
def test_indirect_speech(text: str, source: str, cue: str, content: str) -> None:
    """With and without "that", and around the cue; the content begins after "that"."""
    assert _tag(text) == [(source, cue, [content], INDIRECT)]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        # A participle after a noun is no cue.
        ("The port lost 40 crates, people briefed on the loss told the Vell Times.",
         "people briefed on the loss", "told", ["The port lost 40 crates"]),
        ("The army keeps 40 men in a unit called the “Harbor Foxes,” an aide told POLITICO.",
         "an aide", "told", ["The army keeps 40 men in a unit called the “Harbor Foxes,”"]),
        ("The bill came to $3 million, up from the $2 million first announced, Eva Novak said.",
         "Eva Novak", "said",
         ["The bill came to $3 million, up from the $2 million first announced"]),
        # What stands after the cue is when, where and how, not what.
        ("Forty crates are missing, an aide told POLITICO earlier this month.",
         "an aide", "told", ["Forty crates are missing"]),
        ("Around 40 crates are missing, an aide told POLITICO late on Tuesday.",
         "an aide", "told", ["Around 40 crates are missing"]),
        ("The bridge is safe, the mayor said in an interview last week.",
         "the mayor", "said", ["The bridge is safe"]),
        ("The bridge is safe, the mayor said on Monday, calling it a small marvel.",
         "the mayor", "said", ["The bridge is safe"]),
        ("The bridge is safe, the ministry announced two days ago.",
         "the ministry", "announced", ["The bridge is safe"]),
        ("The bridge weighs 40 tons, the port said, a higher figure than before.",
         "the port", "said", ["The bridge weighs 40 tons"]),
        # An apposition is not what was said.
        ("Eva Novak, a former pilot in Turku, said the port's need to hire was great.",
         "Eva Novak, a former pilot in Turku", "said", ["the port's need to hire was great"]),
        # Interruptions.
        ("The bridge, Novak said, is safe.", "Novak", "said", ["The bridge", "is safe"]),
        ("The bridge, according to Eva Novak, is safe.",
         "Eva Novak", "according to", ["The bridge", "is safe"]),
        ("In the long run, Novak said, the bridge is safe.",
         "Novak", "said", ["In the long run", "the bridge is safe"]),
        ("In May, Novak said, the bridge was safe.", "Novak", "said", ["the bridge was safe"]),
        # A dateline is nobody's words.
        ("PORT VELL (AP) — The bridge is safe, Novak said.",
         "Novak", "said", ["The bridge is safe"]),
        ("TURKU — The bridge is safe, Novak said.", "Novak", "said", ["The bridge is safe"]),
        ("VELL (CW) - The bridge is safe, Novak said.", "Novak", "said", ["The bridge is safe"]),
        # "It" alone is no statement.
        ("The ministry confirmed it, but said the reason was the rain.",
         "The ministry", "said", ["the reason was the rain"]),
        # With a verb a clause needs no "that".
        ("A poll showed she’d win the seat.", "A poll", "showed", ["she’d win the seat"]),
        ("The court determined the fine would stand.",
         "The court", "determined", ["the fine would stand"]),
        ("People who have seen the plan said the bridge is safe.",
         "People who have seen the plan", "said", ["the bridge is safe"]),
        ("The Pilots’ Union said the bridge is safe.",
         "The Pilots’ Union", "said", ["the bridge is safe"]),
    ],
)  # fmt: skip
def test_indirect_speech_ends_where_the_words_do(
    text: str, source: str, cue: str, content: list[str]
) -> None:
    """Neither what describes the source nor what surrounds the cue is part of the content."""
    found = _tag(text)
    assert [(who, how, what) for who, how, what, _ in found] == [(source, cue, content)]


def test_what_a_body_believes_ends_before_whoever_tells_of_it() -> None:
    """Of nested speech each has its own words."""
    found = _tag("The council believes that the bridge is safe, aide Eva Novak said on Monday.")
    assert [(who, what) for who, _, what, _ in found] == [
        ("aide Eva Novak", ["The council believes that the bridge is safe"]),
        ("The council", ["the bridge is safe"]),
    ]


def test_a_quotation_within_a_quotation_is_said_by_the_outer_speaker() -> None:
    """Whoever is quoted in double marks within single ones is quoted by the speaker."""
    found = _tag("‘One pilot told me, “I would rather swim,” and I believe her,’ Novak added.")
    assert found == [
        ("Novak", "added",
         ["One pilot told me, “I would rather swim,” and I believe her"], DIRECT)
    ]  # fmt: skip


def test_what_is_called_ends_with_the_deed() -> None:
    """A second deed after quoted words is the reporter's."""
    found = _tag("She called the plan “a farce” and left the hall.")
    assert found == [("She", "called", ["the plan “a farce”"], MIXED)]


def test_quoted_words_make_indirect_speech_mixed() -> None:
    """A part in quotation marks is kept with the clause that it stands in."""
    found = _tag("Novak said the bridge was “rotten to the bone” and had to go.")
    assert found == [
        ("Novak", "said", ["the bridge was “rotten to the bone” and had to go"], MIXED)
    ]


def test_a_name_in_quotation_marks_is_not_speech() -> None:
    """“Harbor Brigade” is what a thing is called: the speech stays indirect."""
    found = _tag("An aide told CNN that 40 men serve in the “Harbor Brigade,” a unit.")
    assert found == [
        ("An aide", "told", ["40 men serve in the “Harbor Brigade,” a unit"], INDIRECT)
    ]


def test_two_speakers_in_one_sentence_are_kept_apart() -> None:
    """The words of one end where those of the other begin."""
    found = _tag("Novak said the bridge is safe and Ruiz said the road is closed.")
    assert [(source, content) for source, _, content, _ in found] == [
        ("Novak", ["the bridge is safe"]),
        ("Ruiz", ["the road is closed"]),
    ]


def test_a_second_verb_shares_its_subject() -> None:
    """What comes after "adding that" is said by whoever spoke before."""
    found = _tag("Novak said the bridge is safe, adding that the road is closed.")
    assert [(source, cue) for source, cue, _, _ in found] == [
        ("Novak", "said"),
        ("Novak", "adding"),
    ]


def test_a_quotation_over_paragraphs_is_one_speech() -> None:
    """Its pieces go to the speaker named at its end."""
    text = "“First we looked at it.\n\n“Then we counted them all,” Novak said."
    assert _tag(text) == [
        ("Novak", "said", ["First we looked at it.", "Then we counted them all"], DIRECT)
    ]


def test_long_quoted_words_without_a_speaker_are_speech_of_nobody_known() -> None:
    """No speaker is guessed for them."""
    text = "The room fell silent.\n\n“We will never know what was in those crates.”"
    assert _tag(text) == [(None, None, ["We will never know what was in those crates."], DIRECT)]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge opened in 1931 and carries two lanes.",
        "The party called for a vote on Friday.",
        "The claims that were filed last year are still open.",
        "He would say nothing about it.",
        "They did not say whether the bridge is safe.",
        "The so-called “green lane” opened at noon.",
        "The suspect is said to have left.",
        "Add the sugar.",
        "The ferry company has added two boats at noon.",
        "The town agreed to limit shifts to ten hours.",
        "He found the crate and opened it.",
        "A news report published on Monday was wrong.",
        "She wrote a letter to the port.",
        "",
    ],
)
def test_narration_is_left_alone(text: str) -> None:
    """Nouns, negated and hypothetical saying, passives and quoted names report nothing."""
    assert _tag(text) == []


def test_an_unclosed_mark_does_not_swallow_what_follows() -> None:
    """The speech after a missing mark is found as ever."""
    text = "“It never ends, the man wrote.\n\nNovak said the bridge is safe."
    assert ("Novak", "said", ["the bridge is safe"], INDIRECT) in _tag(text)


def test_a_sentence_that_breaks_off_keeps_what_was_said() -> None:
    """Captions are cut anywhere; nothing follows "that", and the quotation before it stands."""
    text = "“We will rebuild it,” the mayor told reporters that"
    assert _tag(text) == [("the mayor", "told", ["We will rebuild it"], DIRECT)]


_FRAGMENTS = (
    "said|Novak|“|”|\"|,|.| |\n|that|the|told|he|who|according to|’s|'|(|)|—|adding|and|é|😀|:"
    "|According"
).split("|")


@given(st.lists(st.sampled_from(_FRAGMENTS), max_size=40).map(" ".join) | st.text(max_size=80))
def test_any_text_gives_spans_within_it(text: str) -> None:
    """Whatever comes, contents are in order, never empty, and inside the text."""
    speeches: list[Speech] = list(speeches_by_rules(text, segment(text).sentences))
    assert speeches == sorted(speeches, key=lambda speech: speech.content)
    for speech in speeches:
        assert speech.content
        assert speech.kind is not SpeechKind.NARRATION
        for span in (*speech.source, *speech.cue, *speech.content):
            assert span.of(text).strip()
            assert span.end <= len(text)
