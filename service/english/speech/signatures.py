"""Quotations signed with a dash and a name: “The bridge is safe.” — Eva Novak, engineer"""

from collections.abc import Sequence

from service.english.lexicon import DASHES, NAME_PARTICLES
from service.english.text.tokens import Token

LONGEST_SIGNATURE = 16
_DASHES = DASHES | {"―", "-"}


def signature(tokens: Sequence[Token]) -> int | None:
    """The dash, in a statement that is quotations, a dash and a name with what is said of it; else
    None."""
    dash = next((i for i, token in enumerate(tokens) if token.is_word or token.text in _DASHES), 0)
    if dash == 0 or tokens[dash].text not in _DASHES or tokens[dash - 1].quotation is None:
        return None
    signed = tokens[dash + 1 :]
    if not 0 < len(signed) <= LONGEST_SIGNATURE or any(t.quotation is not None for t in signed):
        return None
    name = next((i for i, token in enumerate(signed) if not token.is_word), len(signed))
    if name == 0 or (name < len(signed) and signed[name].text not in {",", "(", "."}):
        return None
    named = all(t.is_capitalised or t.low in NAME_PARTICLES for t in signed[:name])
    return dash if named else None
