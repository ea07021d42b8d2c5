"""Quotes carry who said them, through whom, how, and how surely, all as printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.quote import Attribution, Quote, SpeakerKind, Speech, SpeechKind
from service.domain.text import Mention, Span
from service.english.speech.reporting import is_reported
from service.english.text.segment import segment
from service.pipeline.attribute import attribute, narration, quotes_of
from service.wire.line import attributed_line

NAMED, ANONYMOUS = SpeakerKind.NAMED, SpeakerKind.ANONYMOUS
INSTITUTION, DOCUMENT = SpeakerKind.INSTITUTION, SpeakerKind.DOCUMENT

STORY = (
    "HELSINKI — The port has reportedly lost 400 crates, according to multiple sources.\n"
    "A senior Finnish customs intelligence official told POLITICO that about 40 crates are in the"
    " “Harbor Annex,” a warehouse in the north.\n"
    "Finnish President Aino Laine spoke in parliament. “This is not a mishap but a heist,” she"
    " stated, pointing at the port. Laine pointed out that the crates hold medicine. She further"
    " revealed that two ships were searched.\n"
    "Peter Hale OBE, the U.K.’s former naval attache, stated, “Somebody opened the gate.”\n"
)


async def _quotes(text: str) -> tuple[Quote, ...]:
    return await attribute(text, segment(text).sentences, None)


async def _only(text: str) -> Attribution:
    quotes = await _quotes(text)
    assert len(quotes) == 1, [piece.of(text) for quote in quotes for piece in quote.content]
    return quotes[0].attribution


def _text(mention: Mention | None) -> str | None:
    return mention.text if mention else None


async def test_an_official_told_an_outlet() -> None:
    """Speaker, role, organisation, outlet and cue, each apart."""
    quote = (await _quotes(STORY))[1]
    said = quote.attribution
    assert quote.span.of(STORY).startswith("about 40 crates are in")
    assert _text(said.speaker) == "A senior Finnish customs intelligence official"
    assert (_text(said.role), _text(said.organisation)) == (
        "official",
        "Finnish customs intelligence",
    )
    assert (_text(said.via), _text(said.cue)) == ("POLITICO", "told")
    assert (said.kind, said.speech) == (ANONYMOUS, SpeechKind.INDIRECT)
    assert said.resolved is None


async def test_several_sources_with_a_hedge() -> None:
    """What multiple sources reportedly know is anonymous, indirect and hedged."""
    quote = (await _quotes(STORY))[0]
    assert quote.span.of(STORY).endswith("The port has reportedly lost 400 crates")
    assert _text(quote.attribution.speaker) == "multiple sources"
    assert quote.attribution.kind is ANONYMOUS
    assert [hedge.text for hedge in quote.attribution.hedges] == ["reportedly"]


async def test_pronoun_and_surname_are_the_person_named_in_full() -> None:
    """A later "she" and "Laine" are Finnish President Aino Laine."""
    later = [quote.attribution for quote in (await _quotes(STORY))[2:5]]
    assert [_text(said.speaker) for said in later] == ["she", "Laine", "She"]
    assert {_text(said.resolved) for said in later} == {"Finnish President Aino Laine"}
    assert {_text(said.role) for said in later} == {"President"}
    assert {said.kind for said in later} == {NAMED}
    assert later[0].speech is SpeechKind.DIRECT


async def test_a_role_in_an_apposition() -> None:
    """The speaker is the name; what follows the comma is the role, and a country no employer."""
    said = (await _quotes(STORY))[5].attribution
    assert _text(said.speaker) == "Peter Hale OBE"
    assert _text(said.role) == "former naval attache"
    assert said.organisation is None
    assert (said.kind, said.resolved) == (NAMED, None)


@pytest.mark.parametrize(
    ("sentence", "kind", "role", "organisation"),
    [
        ("Eva Novak said the gate was open.", NAMED, None, None),
        ("Gen. Eva Novak said the gate was open.", NAMED, "Gen.", None),
        ("Defense Secretary Eva Novak said the gate was open.", NAMED, "Defense Secretary", None),
        ("White House press secretary Eva Novak said the gate was open.",
         NAMED, "press secretary", "White House"),
        ("Bank of Vell deputy governor Eva Novak said the gate was open.",
         NAMED, "deputy governor", "Bank of Vell"),
        ("The office of Finland Governor Eva Novak said the gate was open.",
         INSTITUTION, None, "office of Finland Governor Eva Novak"),
        ("Eva Novak, a spokeswoman for the Harbor Ministry, said the gate was open.",
         NAMED, "spokeswoman", "Harbor Ministry"),
        ("A spokesman for the Harbor Ministry said the gate was open.",
         ANONYMOUS, "spokesman", "Harbor Ministry"),
        ("A Pentagon official said the gate was open.", ANONYMOUS, "official", "Pentagon"),
        ("A U.S. official said the gate was open.", ANONYMOUS, "official", None),
        ("Two people familiar with the matter said the gate was open.", ANONYMOUS, None, None),
        ("Witnesses said the gate was open.", ANONYMOUS, "Witnesses", None),
        ("Russians said the gate was open.", ANONYMOUS, None, None),
        ("The Harbor Ministry said the gate was open.", INSTITUTION, None, "Harbor Ministry"),
        ("Finland’s Harbor Ministry said the gate was open.",
         INSTITUTION, None, "Finland’s Harbor Ministry"),
        ("NATO said the gate was open.", INSTITUTION, None, "NATO"),
        ("Police said the gate was open.", INSTITUTION, None, "Police"),
        ("The Kremlin said the gate was open.", INSTITUTION, None, "Kremlin"),
        ("The report said the gate was open.", DOCUMENT, None, None),
        ("A report by the Harbor Institute said the gate was open.",
         DOCUMENT, None, "Harbor Institute"),
        ("According to court documents, the gate was open.", DOCUMENT, None, None),
        ("They said the gate was open.", ANONYMOUS, None, None),
        ("The Vell Nurses’ Union said the gate was open.",
         INSTITUTION, None, "Vell Nurses’ Union"),
        ("The United States said the gate was open.", INSTITUTION, None, "United States"),
        ("About 3,000 people said the gate was open.", ANONYMOUS, None, None),
    ],
)  # fmt: skip
async def test_what_a_source_phrase_says_of_the_speaker(
    sentence: str, kind: SpeakerKind, role: str | None, organisation: str | None
) -> None:
    """Kind, role and organisation from the words of the phrase alone."""
    said = await _only(sentence)
    assert (said.kind, _text(said.role), _text(said.organisation)) == (kind, role, organisation)


@pytest.mark.parametrize(
    ("sentence", "via"),
    [
        ("Eva Novak told Reuters that the gate was open.", "Reuters"),
        ("Eva Novak told the BBC that the gate was open.", "BBC"),
        ("Eva Novak told the Harbor Times that the gate was open.", "Harbor Times"),
        ("Eva Novak told Fox News’ Jane Poe that the gate was open.", "Fox News"),
        ("“The gate was open,” Eva Novak told the Post.", "Post"),
        ("Eva Novak told Zvezdograd that the gate was open.", "Zvezdograd"),
        ("Eva Novak said in an interview with Der Spiegel that the gate was open.", "Der Spiegel"),
        ("In an interview with CNN on Friday, Eva Novak said the gate was open.", "CNN"),
        ("The gate was open, according to a report in the Harbor Times.", "Harbor Times"),
        ("Eva Novak told reporters that the gate was open.", None),
        ("Eva Novak told the committee that the gate was open.", None),
        ("Eva Novak told lawmakers that the gate was open.", None),
        ("Eva Novak told Congress that the gate was open.", None),
        ("Eva Novak told Mr. Poe that the gate was open.", None),
        ("Jane Poe left. Eva Novak told Poe that the gate was open.", None),
        ("Eva Novak told Finns that the gate was open.", None),
        ("Eva Novak said the gate was open.", None),
    ],
)
async def test_the_outlet_that_was_told(sentence: str, via: str | None) -> None:
    """Outlets by name and by pattern; reporters, bodies, peoples and persons are none."""
    assert _text((await _only(sentence)).via) == via


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        ("Eva Novak arrived. He waved. “I am late,” she said.", "Eva Novak"),
        ("Mr. Karl Ruiz arrived. “I am late,” she said.", None),
        ("Eva Novak met Karl Ruiz. “I am late,” she said.", "Eva Novak"),
        ("Eva Novak met Anna Ruiz. “I am late,” she said.", None),
        ("Eva Novak was hired. Ruiz came too. “I am late,” she said.", None),
        ("Karl Ruiz said that Paul Poe had left. “I am late,” he added.", "Karl Ruiz"),
        ("Karl Ruiz waited. “I do not know Paul Poe,” he said.", "Karl Ruiz"),
        ("Karl Ruiz waited. Paul Poe is late, he said.", "Karl Ruiz"),
        ("The rain fell. “I am late,” she said.", None),
        ("Anna Poe met Karl Poe. “I am late,” Poe said.", None),
        ("“I am late,” Novak said. Eva Novak runs the port.", "Eva Novak"),
        ("“I am late,” Eva Novak said. “So am I,” said Karl Ruiz.", None),
        ("A port official wept. “I am late,” the official said.", None),
        ("Finnish President Aino Laine arrived. “I am late,” the president said.",
         "Finnish President Aino Laine"),
        ("A port official said the gate was open. “I am late,” the official said.",
         "A port official"),
        ("Eva Novak waited. ‘A pilot said, “I’d swim,” and I laughed,’ she added.", "Eva Novak"),
        ("The electoral commission met. The commission said it was late.",
         "The electoral commission"),
        ("The ministry is old. Vell’s foreign ministry met. The ministry said it was late.",
         "Vell’s foreign ministry"),
        ("The Harbor Pilots’ Union met. The union said it was late.",
         "The Harbor Pilots’ Union"),
        ("The tax commission met the port commission. The commission said it was late.", None),
        ("The commission said it was late. The electoral commission met.", None),
        ("The Vell port authority said it was late. It said the gate was open.",
         "The Vell port authority"),
        ("Both states said they were late. It said the gate was open.", None),
        ("Eva Novak said it was late. It said the gate was open.", None),
        ("New Vell State lost. State said it was late.", None),
        ("Poe spoke. Poe ate. Poe left. Roger Ruiz Poe\n\nPoe sat. Poe said it was late.", None),
        ("Mayor Ann Poe Ann Poe\n\nPoe said it was late.", None),
        ("Eva Novak and Karl Ruiz said it was late. President Karl Ruiz left.", None),
        ("Karl Ruiz waited. “Go,” as he told Paul Poe, “now,” he said.", "Karl Ruiz"),
        ("A guard read “Karl Poe.” “I am late,” he said.", None),
        ("Secretary of State Ann Poe came. Poe said it was late.", "Ann Poe"),
        ("On Friday Eva Novak said in Oslo that it rained. “I am late,” she said.", "Eva Novak"),
        ("Unlike Patriot, the mine closed. “I am late,” he said.", None),
        ("Pundits said it rained. “I am late,” he said.", None),
        ("Speaking of Poe at length, he said it was late.", None),
        ("President Moon Jae-in came. Moon said it was late.", "President Moon Jae-in"),
        ("Ann Poe came. Ann Poe left. Karl Poe came. Ann Poe ate. Poe said it was late.",
         "Ann Poe"),
        ("Ann Poe came. Ann Poe left. Karl Poe came. Poe said it was late.", None),
        ("President Poe came with first lady Ann Poe. Poe said it was late.", "President Poe"),
        ("Mayor Ann Poe met Karl Poe. “I am late,” she said.", "Mayor Ann Poe"),
        ("His lawyer, Ann Poe, came. His lawyer said it was late.", None),
        ("Director of National Intelligence Ann Poe came. Poe said it was late.", "Ann Poe"),
        ("A person close to Poe said it rained. The person said it was late.",
         "A person close to Poe"),
        ("The International Harbor Fund met. The IHF said it was late.",
         "International Harbor Fund"),
        ("The Centers for Port Care and Safety (CPC) met. The CPC said it was late.",
         "Centers for Port Care and Safety"),
        ("The Vell Harbor Council met. The Harbor Council said it was late.",
         "The Vell Harbor Council"),
        ("The New Vell Post won. The Post said it was late.", "The New Vell Post"),
        ("The Harbor Times won a prize. The newspaper said it was late.", "Harbor Times"),
        ("The Harbor Times and the BBC won. The newspaper said it was late.", None),
        ("A Reuters/Ipsos opinion poll came out. The poll found that it was late.",
         "A Reuters/Ipsos opinion poll"),
        ("A new poll came out. The poll found that it was late.", None),
        # A question's addressee answers.
        ("Novak asked Ruiz why it was late. “It is cold,” he responded.", "Ruiz"),
        ("Eva Novak asked Karl Ruiz why it was late. “It is cold,” he replied.", "Karl Ruiz"),
        ("Eva Novak asked Anna Ruiz why it was late. “It is cold,” she replied.", "Anna Ruiz"),
        ("“Why so late?” Karl Ruiz asked Mayor Paul Poe. “It is cold,” he answered.",
         "Mayor Paul Poe"),
        ("Eva Novak asked the mayor, Anna Poe, why it was late. “It is cold,” she replied.",
         "Anna Poe"),
        ("Mayor Anna Poe came. Eva Novak asked the mayor why it rained. “I know,” she replied.",
         "Mayor Anna Poe"),
        ("Karl Ruiz asked Paul Poe why it was late. “It is cold,” he replied. “Go,” he added.",
         "Paul Poe"),
        # Where question and recency disagree, or who was asked is not known, it is open.
        ("Karl Ruiz asked Paul Poe why it was late. “It is cold,” he said.", None),
        ("Eva Novak asked Karl Ruiz why it was late. “It is cold,” she replied.", None),
        ("Karl Ruiz asked why it was late. “It is cold,” he replied.", None),
        ("Karl Ruiz asked him why it was late. “It is cold,” he replied.", None),
        ("Karl Ruiz asked a pilot why it was late. “It is cold,” he replied.", None),
        # Who goes on asking, or was asked by nobody in particular, is still who spoke.
        ("Karl Ruiz asked Paul Poe why it was late. “Is it cold?” he asked.", "Karl Ruiz"),
        ("Karl Ruiz was asked why it was late. “It is cold,” he replied.", "Karl Ruiz"),
        ("Karl Ruiz came. Asked why it was late, he replied that it was cold.", "Karl Ruiz"),
        # Father and son, wife and president, outlet and candidate are told apart.
        ("Karl Poe Jr. came. Karl Poe left. Poe Jr. said it was late.", "Karl Poe Jr."),
        ("Karl Poe Jr. came. Karl Poe left. Poe said it was late.", "Karl Poe"),
        ("President Poe came. Mrs. Poe said it was late.", None),
        ("Michael Bloomberg ran. Bloomberg said it was late.", "Michael Bloomberg"),
        ("Bloomberg said it was late.", None),
        # Apostrophes are one, however they are typed.
        ("Eva O’Novak came. O'Novak said it was late.", "Eva O’Novak"),
    ],
)  # fmt: skip
async def test_who_a_short_mention_is(text: str, resolved: str | None) -> None:
    """The fullest mention where it is the only one it can be, nobody where it is not."""
    quotes = await _quotes(text)
    assert _text(quotes[-1].attribution.resolved) == resolved


async def test_a_person_keeps_the_role_that_an_apposition_gave() -> None:
    """A role printed once holds for every later mention."""
    text = (
        "The gate was open, its spokeswoman, Eva Novak, said. Ms. Novak said it was late."
        " Karl Ruiz, a judge, said it was cold. “I am late,” Ruiz said."
    )
    said = [quote.attribution for quote in await _quotes(text)]
    assert [(_text(a.speaker), _text(a.resolved), _text(a.role)) for a in said] == [
        ("Eva Novak", None, "spokeswoman"),
        ("Ms. Novak", "Eva Novak", "spokeswoman"),
        ("Karl Ruiz", None, "judge"),
        ("Ruiz", "Karl Ruiz", "judge"),
    ]


def _marked(text: str, *speeches: tuple[str, str, str]) -> tuple[Quote, ...]:
    """The quotes of acts of speech, each given by the words of source, cue and content."""
    told = [
        Speech(
            (_where(text, source),),
            (_where(text, cue),),
            (_where(text, content),),
            SpeechKind.INDIRECT,
        )
        for source, cue, content in speeches
    ]
    return quotes_of(text, segment(text).sentences, told)


def _where(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


async def test_who_tells_what_somebody_else_said() -> None:
    """What is said within reported speech keeps the chain: its own speaker, then who tells it,
    the nearest first."""
    text = "Karl Ruiz said Eva Novak told her aides that Bo Orm swore it was late."
    quotes = _marked(
        text,
        ("Karl Ruiz", "said", "Eva Novak told her aides that Bo Orm swore it was late"),
        ("Eva Novak", "told", "Bo Orm swore it was late"),
        ("Bo Orm", "swore", "it was late"),
    )
    chains = [[teller.text for teller in quote.attribution.reported_by] for quote in quotes]
    assert chains == [[], ["Karl Ruiz"], ["Eva Novak", "Karl Ruiz"]]
    line = attributed_line(quotes[2].span.of(text), quotes[2].attribution, "Vell Herald")
    assert line == "it was late — Bo Orm according to Eva Novak according to Karl Ruiz"


@pytest.mark.parametrize(
    ("cue", "kept"),
    [
        ("said", True), ("according to", True), ("has since denied", True), ("swore", True),
        ("believes", True), (":", True), ("found", True),
        ("signed", False), ("plans", False), ("supports", False), ("is expected", False),
    ],
)  # fmt: skip
async def test_deeds_and_plans_are_no_quotes(cue: str, kept: bool) -> None:
    """Indirect speech tells of words, findings or beliefs; quoted words are quotes in any case."""
    text = f"Eva Novak {cue} the gate law"
    where = Span(10, 10 + len(cue))
    for kind in (SpeechKind.INDIRECT, SpeechKind.MIXED):
        speech = Speech((Span(0, 9),), (where,), (Span(where.end + 1, len(text)),), kind)
        assert is_reported(text, speech) is (kept or kind is SpeechKind.MIXED)


async def test_a_name_is_no_statement() -> None:
    """Of indirect speech; quoted words are quotes however few they are."""
    text = "Eva Novak said the gate"
    for kind, kept in ((SpeechKind.INDIRECT, False), (SpeechKind.DIRECT, True)):
        speech = Speech((Span(0, 9),), (Span(10, 14),), (Span(15, 23),), kind)
        assert is_reported(text, speech) is kept


@pytest.mark.parametrize(
    ("after", "hedges"),
    [
        ("The claim could not be independently verified.",
         ["could not be independently verified"]),
        ("It has allegedly been stolen.", []),
        ("The gate could not be verified.", []),
        ("Rain fell. The claim could not be verified.", []),
    ],
)  # fmt: skip
async def test_doubt_in_the_next_sentence(after: str, hedges: list[str]) -> None:
    """Only where that sentence is about what was said, and says that nobody could check it."""
    said = await _only(f"Eva Novak said the gate was open. {after}")
    assert [hedge.text for hedge in said.hedges] == hedges


async def test_a_denial_is_told_by_its_cue() -> None:
    """What was denied is the content, that it was denied is the cue."""
    text = "Eva Novak denied that the gate was open."
    quote = (await _quotes(text))[0]
    assert quote.span.of(text) == "the gate was open"
    assert _text(quote.attribution.cue) == "denied"


@pytest.mark.parametrize(
    ("sentence", "hedges"),
    [
        ("The crew reportedly left.", ["reportedly"]),
        ("The crew allegedly left, and apparently sank.", ["allegedly", "apparently"]),
        ("The claim could not be independently verified.",
         ["could not be independently verified"]),
        ("The crew is believed to have left.", ["is believed to"]),
        ("Unconfirmed reports put the loss at 400.", ["Unconfirmed"]),
        ("The crew left.", []),
    ],
)  # fmt: skip
def test_narration_carries_the_reporters_doubts(sentence: str, hedges: list[str]) -> None:
    """Words that nobody is quoted for are unattributed, and hedged as printed."""
    before = "Something else. "
    text = before + sentence
    told = narration(text, Span(len(before), len(text)))
    assert [hedge.text for hedge in told.hedges] == hedges
    assert all(hedge.span.of(text) == hedge.text for hedge in told.hedges)
    assert (told.kind, told.speech) == (SpeakerKind.UNATTRIBUTED, SpeechKind.NARRATION)
    assert told.speaker is None


async def test_doubt_between_quotation_marks_is_the_speakers() -> None:
    """What a speaker calls alleged is no hedge of the reporter's."""
    assert (await _only("“He allegedly left,” Eva Novak said.")).hedges == ()


_SENTENCES = st.sampled_from(
    [
        "“We stay,” she said.",
        "Ñandú minister José Ibáñez told Le Monde that 40 людей left 😀.",
        "‘No,’ said the mayor’s aide, a lawyer for the Harbor Institute (HI).",
        "According to a report by the U.N., 3,000 crates reportedly vanished.",
        "“Unclosed, he said, adding that it was over.",
        "The official – who would not be named – said “it’s the ‘Annex,’ again”.",
        "He denied it.",
        "''They say, 'go,''' Gen. A. B. Smith III, of the army, said; Smith added: ''no.''",
        "\u200f“שלום,” אמר.",
        "- Crates sent\n- Trucks lost",
    ]
)


@given(
    st.lists(
        st.tuples(_SENTENCES | st.text(max_size=30), st.sampled_from([" ", "\n", "\n\n", ""]))
    ).map(lambda parts: "".join(part + gap for part, gap in parts))
)
async def test_nothing_is_invented(text: str) -> None:
    """Of any article: every mention is the slice of the text at its span, every content a slice,
    and quotes are in the order of the text."""
    quotes = await _quotes(text)
    starts = [quote.content[0].start for quote in quotes]
    assert starts == sorted(starts)
    for quote in quotes:
        assert all(piece.of(text).strip() for piece in quote.content)
        for mention in _mentions(quote.attribution):
            assert mention.text
            assert mention.span.of(text) == mention.text


def _mentions(said: Attribution) -> list[Mention]:
    parts = (said.speaker, said.resolved, said.role, said.organisation, said.via, said.cue)
    return [part for part in parts if part is not None] + [*said.hedges, *said.reported_by]


@pytest.mark.parametrize(
    ("text", "cue", "content", "shown"),
    [
        ("Novak said the gate was open.", "said", ["the gate was open"], "the gate was open"),
        ("The gate, Novak said, was open.", "said", ["The gate", "was open"],
         "The gate, Novak said, was open"),
        ("Eva Novak pledged to open the gate.", "pledged", ["to open the gate"],
         "Eva Novak pledged to open the gate."),
        ("It rained. Novak warned against haste and waste.", "warned", ["haste and waste"],
         "Novak warned against haste and waste."),
        ("“A farce,” Novak said.", "said", ["A farce"], "A farce"),
    ],
)  # fmt: skip
def test_words_that_are_no_clause_are_shown_as_their_sentence(
    text: str, cue: str, content: list[str], shown: str
) -> None:
    """So that what is shown can be read; what the speaker said stays what it is."""
    speech = Speech(
        source=(_at(text, "Novak"),),
        cue=(_at(text, cue),),
        content=tuple(_at(text, words) for words in content),
        kind=SpeechKind.DIRECT if text.startswith("“") else SpeechKind.INDIRECT,
    )
    (quote,) = quotes_of(text, segment(text).sentences, [speech])
    assert quote.shown.of(text) == shown
    assert quote.content == speech.content


def _at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))
