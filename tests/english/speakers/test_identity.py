"""The same speaker under another name is the same; somebody else is not; doubt is said."""

import pytest

from service.domain.quote import Attribution
from service.english.speakers.identity import named_in, same_speaker
from service.english.text.segment import segment
from service.pipeline.attribute import attribute


async def said_last(text: str) -> Attribution:
    return (await attribute(text, segment(text).sentences, None))[-1].attribution


@pytest.mark.parametrize(
    ("claimed", "source", "same"),
    [
        ("Ada Ode", "Ada Ode", True),
        ("Ode", "Mayor Ada Ode", True),
        ("Ms. Ode", "Ada Ode", True),
        ("Mayor Ada Ode", "Ada Ode, a lawyer,", True),
        ("Volodymyr Zelenskyy", "President Zelensky", True),
        ("Zelenskiy", "Volodymyr Zelensky", True),
        ("José Ibáñez", "Jose Ibanez", True),
        ("Ada Ode", "Bo Orm", False),
        ("Ada Ode", "Karl Ode", False),
        ("Ada Ode", "The Harbor Ministry", False),
        ("Ada Ode", "A port official", False),
        ("Ada Ode", "He", None),
        ("Ada Ode", "The mayor", None),
        ("Ada Ode", "Officials", None),
        ("Mayor Ada Ode", "A mayor", None),
        ("The Pentagon", "The Pentagon", True),
        ("The Pentagon", "Eva Novak, a Pentagon spokeswoman,", True),
        ("The Pentagon", "A Pentagon official", True),
        ("The Pentagon", "The Kremlin", False),
        ("The Pentagon", "Eva Novak", False),
        ("Ukraine’s military intelligence agency",
         "A senior official of Ukrainian military intelligence", True),
        ("The Harbor Ministry", "The Tax Ministry", False),
        ("A Ukrainian official", "A senior Ukrainian intelligence official", True),
        ("A Ukrainian official", "A Russian official", False),
        ("A Pentagon spokeswoman", "Eva Novak, a Pentagon spokeswoman,", True),
        ("The mayor", "Ada Ode", None),
        ("The county engineers", "Ada Ode", False),
        ("Officials", "A Russian official", None),
    ],
)  # fmt: skip
async def test_speakers_are_compared_by_what_names_them(
    claimed: str, source: str, same: bool | None
) -> None:
    """Persons by name, bodies with those who speak for them, others by their description."""
    mine = await said_last(f"{claimed} said the gate was open.")
    theirs = await said_last(f"{source} said the gate was open.")
    assert same_speaker(mine, theirs) is same


@pytest.mark.parametrize(
    ("claimed", "article", "same"),
    [
        ("Ada Ode", "Mayor Ada Ode came. “The gate is open,” she said.", True),
        ("Mayor Ode", "Ada Ode came. The gate is open, Ode said.", True),
        ("Ada Ode", "Ada Ode met Eva Poe. The mayor wept. She said the gate was open.", None),
        ("Ada Ode", "Bo Orm came. “The gate is open,” he said.", False),
    ],
)
async def test_a_pronoun_is_whoever_it_stands_for(
    claimed: str, article: str, same: bool | None
) -> None:
    """The speaker is compared after resolution."""
    mine = await said_last(f"{claimed} said the gate was open.")
    assert same_speaker(mine, await said_last(article)) is same


@pytest.mark.parametrize(
    ("claimed", "sentence", "named"),
    [
        ("Mayor Ada Ode", "Ode’s estimate is 40 crates.", True),
        ("Mayor Ada Ode", "The mayor’s estimate is 40 crates.", False),
        ("The Pentagon", "The Pentagon’s count is 10,000.", True),
        ("The Harbor Ministry", "The ministry counts 40.", False),
        ("Officials", "The gate was open.", False),
    ],
)
async def test_an_articles_own_voice_may_name_the_speaker(
    claimed: str, sentence: str, named: bool
) -> None:
    """By the surname, or by all that tells a body from others."""
    mine = await said_last(f"{claimed} said the gate was open.")
    assert named_in(mine, sentence) is named
