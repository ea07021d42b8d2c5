"""What the rules and the model find becomes one list."""

from service.models.rules.quotation_marks import quotations
from service.models.rules.words import Token, statements
from service.models.speeches import Act
from service.models.tokens.merging import merged
from service.pipeline.segment import segment


def tokens_of(text: str) -> tuple[Token, ...]:
    (statement,) = statements(text, segment(text).sentences, quotations(text))
    return statement.tokens


def test_the_rules_have_direct_speech() -> None:
    """The same cue twice is one act, and for a quotation alone it is the rules' one."""
    tokens = tokens_of("“It is safe,” Novak said on Monday.")
    by_rules = Act(source=(1, 2), cue=(2, 3), content=((0, 1),))
    by_model = Act(source=(1, 2), cue=(2, 3), content=((0, 1), (3, 5)))
    assert merged(tokens, [by_rules], [by_model]) == (by_rules,)


def test_the_model_has_the_rest() -> None:
    """Indirect speech is the model's, even if the rules see another act or none."""
    tokens = tokens_of("Novak said the bridge is safe and fears for the dam.")
    by_rules = Act(source=(0, 1), cue=(1, 2), content=((2, 10),))
    said = Act(source=(0, 1), cue=(1, 2), content=((2, 6),))
    fears = Act(source=(0, 1), cue=(7, 8), content=((8, 11),))
    assert merged(tokens, [by_rules], [fears, said]) == (said, fears)
    assert merged(tokens, [by_rules], []) == ()


def test_one_quotation_is_not_reported_twice() -> None:
    """A second cue for the very quotation that the rules have attributed is dropped."""
    tokens = tokens_of("“It is safe,” Novak said, laughing.")
    by_rules = Act(source=(1, 2), cue=(2, 3), content=((0, 1),))
    laughing = Act(source=(1, 2), cue=(4, 5), content=((0, 1),))
    assert merged(tokens, [by_rules], [laughing]) == (by_rules,)
