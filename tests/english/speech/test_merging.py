"""What the rules and the model find becomes one list."""

from dataclasses import replace

import pytest

from service.english.speech.acts import acts_by_rules
from service.english.speech.merging import is_settled, merged, nested
from service.english.speech.speeches import Act
from service.english.text.quotation_marks import quotations
from service.english.text.segment import segment
from service.english.text.tokens import Token, statements


def tokens_of(text: str) -> tuple[Token, ...]:
    (statement,) = statements(text, segment(text).sentences, quotations(text))
    return statement.tokens


def test_the_rules_know_how_far_direct_speech_reaches() -> None:
    """The same cue twice is one act, with the rules' content; who speaks the model knows better."""
    tokens = tokens_of("“It is safe,” Mayor Eva Novak said, “and it holds.”")
    by_rules = Act(source=(2, 4), cue=(4, 5), content=((0, 1), (6, 7)))
    by_model = Act(source=(1, 4), cue=(4, 5), content=((0, 1),))
    assert merged(tokens, [by_rules], [by_model]) == (
        Act(source=(1, 4), cue=(4, 5), content=((0, 1), (6, 7))),
    )
    assert merged(tokens, [by_rules], []) == (by_rules,)


def test_the_model_knows_what_is_direct() -> None:
    """What it reads on past the quotation is no direct speech, whatever the rules see."""
    tokens = tokens_of("Perhaps, he said, the bridge is “in the end safe.”")
    by_rules = Act(source=(2, 3), cue=(3, 4), content=((8, 9),))
    by_model = Act(source=(2, 3), cue=(3, 4), content=((0, 1), (5, 9)))
    assert merged(tokens, [by_rules], [by_model]) == (by_model,)


def test_the_model_has_the_rest() -> None:
    """Indirect speech is the model's, even if the rules see another act or none; where it finds
    nobody who speaks, the rules may."""
    tokens = tokens_of("Novak said the bridge is safe and fears for the dam.")
    by_rules = Act(source=(0, 1), cue=(1, 2), content=((2, 10),))
    said = Act(source=None, cue=(1, 2), content=((2, 6),))
    fears = Act(source=(0, 1), cue=(7, 8), content=((8, 11),))
    found = merged(tokens, [by_rules], [fears, said])
    assert found == (Act(source=(0, 1), cue=(1, 2), content=((2, 6),)), fears)
    assert merged(tokens, [by_rules], []) == (by_rules,)
    assert merged(tokens, [by_rules], [said, replace(fears, source=None)]) == (by_rules,)


def test_one_quotation_is_not_reported_twice() -> None:
    """A second cue for the very quotation that the rules have attributed is dropped."""
    tokens = tokens_of("“It is safe,” Novak said, laughing.")
    by_rules = Act(source=(1, 2), cue=(2, 3), content=((0, 1),))
    laughing = Act(source=(1, 2), cue=(4, 5), content=((0, 1),))
    assert merged(tokens, [by_rules], [laughing]) == (by_rules,)


def test_what_the_rules_settle() -> None:
    """Quotations with who says them, and quotations alone, need no model; anything else does."""
    plain = tokens_of("“It is safe,” Novak said on Monday.")
    act = Act(source=(1, 2), cue=(2, 3), content=((0, 1),))
    assert is_settled(plain, [act])
    assert not is_settled(plain, [])
    assert is_settled(tokens_of("“It is safe.”"), [])
    longer = tokens_of("“It is safe,” Novak said, and denied that the dam may fail.")
    assert not is_settled(longer, [act])
    indirect = Act(source=(0, 1), cue=(1, 2), content=((2, 4),))
    assert not is_settled(tokens_of("Novak said it holds."), [indirect])


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        (
            "Novak said that Poe had told aides that it was late.",
            Act((0, 1), (1, 2), ((3, 11),)),
            Act((3, 4), (5, 6), ((8, 11),)),
        ),
        ("Novak said he thinks it is late.", Act((0, 1), (1, 2), ((2, 7),)), None),
        ("Novak said Poe thinks it is late.", Act((0, 1), (1, 2), ((2, 7),)), None),
        ("Novak said Poe was late.", Act((0, 1), (1, 2), ((2, 5),)), None),
    ],
)
def test_what_was_said_within_what_was_said(text: str, outer: Act, inner: Act | None) -> None:
    """The words of somebody else who is named, and not what the speaker thinks."""
    found = nested(tokens_of(text), [outer], acts_by_rules)
    assert found == ((outer, inner) if inner else (outer,))
