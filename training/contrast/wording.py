"""Other words for the same: of a country by its adjective, British spelling and American."""

import re
from collections.abc import Iterator
from random import Random

from training.contrast.change import Change, same
from training.contrast.edit import Edit
from training.contrast.places import DEMONYMS

KIND = "wording"
_ALSO = {
    "the United States": ("the United States", "the U.S.", "America"),
    "Britain": ("Britain", "the U.K.", "the UK", "the United Kingdom"),
}
_NAMES = {
    name: adjective
    for adjective, country in DEMONYMS.items()
    for name in _ALSO.get(country, (country,))
}
_COUNTRY = "|".join(re.escape(name.removeprefix("the ")) for name in _NAMES)
_OF_A_COUNTRY = re.compile(rf"(?:\b[Tt]he )?\b(?P<name>{_COUNTRY})[’']s (?=[a-z])")
_ADJECTIVE = re.compile(rf"\b[Tt]he (?P<adjective>{'|'.join(DEMONYMS)}) (?=[a-z])")
_CITIZENS = re.compile(
    r"people|public|side|language|word|border|born|dream|flag|man|woman|voter|citizen|\w+s\b"
)
"""What the possessive does not say the same of: "the French people", "the Irish actors"."""
_SPELLINGS = """defence defense|labour labor|centre center|organisation organization
programme program|favour favor|colour color|neighbour neighbor|neighbours neighbors
behaviour behavior|honour honor|theatre theater|travelled traveled|cancelled canceled
licence license|metres meters|kilometres kilometers|organised organized|recognised recognized
realised realized|criticised criticized|apologised apologized|harbour harbor|rumours rumors
armour armor|fuelled fueled|labelled labeled|grey gray|sceptical skeptical
analysed analyzed|authorised authorized|endeavour endeavor|favourite favorite|parlour parlor"""
_OTHER_SPELLING = {
    one: other
    for pair in _SPELLINGS.replace("\n", "|").split("|")
    for one, other in (pair.split(), reversed(pair.split()))
}
_SPELT = re.compile(rf"\b(?:{'|'.join(_OTHER_SPELLING)})\b")


def changes(text: str, rng: Random) -> Iterator[Change]:
    """One country, and one word, written the other way."""
    for match in _OF_A_COUNTRY.finditer(text):
        article = "The" if match.start() == 0 else "the"
        adjective = _NAMES.get(match["name"]) or _NAMES[f"the {match['name']}"]
        yield same(KIND, Edit(match.start(), match.end(), f"{article} {adjective} "))
    for match in _ADJECTIVE.finditer(text):
        if not _CITIZENS.match(text, match.end()):
            country = DEMONYMS[match["adjective"]]
            name = rng.choice(_ALSO.get(country, (country,)))
            opening = name[0].upper() + name[1:] if match.start() == 0 else name
            yield same(KIND, Edit(match.start(), match.end(), f"{opening}’s "))
    for match in _SPELT.finditer(text):
        yield same(KIND, Edit(match.start(), match.end(), _OTHER_SPELLING[match[0]]))
