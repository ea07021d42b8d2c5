"""Words that are each other's opposite in the news, and where two texts use one each."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from service.english.text.words import Word, stem

_PAIRS = """
rise increase grow climb gain surge jump soar raise expand | fall decrease decline drop shrink
rise increase grow climb gain surge jump soar raise expand | plunge slump plummet tumble reduce cut
win | lose
open | closed
accept approve | reject refuse decline veto
approve pass ratify | reject veto block oppose
allow permit legalise | ban forbid prohibit bar outlaw
support endorse favour | oppose
pass | fail
succeed | fail
guilty convict | innocent acquit
legal lawful | illegal unlawful
alive survive | dead die
safe | unsafe dangerous
higher more larger bigger | lower less fewer smaller
best | worst
better improve | worse worsen deteriorate
true | false untrue
confirm | deny
strengthen | weaken
agree | disagree
accelerate | slow
strong | weak
rich | poor
hot | cold
happy | sad
near close | far
inside | outside
majority | minority
victory | defeat
success | failure
profit | loss
ally friend | enemy foe
present | absent
peace | war
extend | shorten
lengthen | shorten
unite | divide
optimistic | pessimistic
positive | negative
major | minor
maximum | minimum
upheld uphold | overturn strike quash
praise welcome | criticise condemn
young | old
sit | stand
asleep | awake
empty | full
dry | wet
quiet | loud noisy
"""
"""In each line, what is left of the bar excludes what is right of it."""
_STEPS = """
begin start launch | end stop finish halt cancel
arrive enter | leave depart quit exit
survive | die kill perish
hire | fire sack
join | leave quit
appoint | dismiss sack
buy | sell
import | export
borrow | lend
arrest detain imprison | release free
retain keep | lose abandon
add | remove
lift ease relax | impose tighten
resume | suspend
appear | disappear
attack | defend
reopen | close shut
"""
"""The same, but one may follow upon the other: who was arrested may have been released since."""
_AFFIXES = (
    ("un", r"""able|acceptable|aware|certain|changed|clear|common|constitutional|controlled|employed
    |employment|equal|even|expected|fair|familiar|fit|fortunate|friendly|happy|harmed|healthy|hurt
    |injured|insured|invited|known|lawful|likely|limited|lucky|married|named|necessary|official|paid
    |planned|popular|precedented|prepared|protected|provoked|qualified|real|reasonable|related
    |reliable|resolved|safe|satisfied|scathed|seen|skilled|stable|successful|sure|touched|true|tested
    |usual|vaccinated|verified|wanted|wanting|welcome|willing|wise|armed|authorised|authorized"""),
    ("in", r"""accurate|active|adequate|appropriate|capable|complete|correct|dependent|direct
    |effective|eligible|experienced|formal|offensive|secure|sufficient|visible|voluntary"""),
    ("im", "balanced|mature|moral|mortal|patient|perfect|plausible|polite|possible|probable"),
    ("il", "legal|legitimate|literate|logical"),
    ("ir", "rational|regular|relevant|responsible|reversible|replaceable"),
    ("dis", """allow|approve|agree|appear|arm|band|charge|connect|continue|honest|like
    |loyal|obey|obedient|order|organised|organized|prove|qualify|respect|satisfied|similar|trust"""),
    ("non", "fatal|nuclear|partisan|violent|profit|smoker|native"),
)  # fmt: skip


@lru_cache(maxsize=1)
def _opposites_of() -> dict[str, dict[str, bool]]:
    """For each stem the stems of its opposites, and whether they are steps."""
    opposites: dict[str, dict[str, bool]] = {}
    for one, other, is_step in (*_paired(_STEPS, is_step=True), *_paired(_PAIRS), *_affixed()):
        opposites.setdefault(stem(one), {})[stem(other)] = is_step
        opposites.setdefault(stem(other), {})[stem(one)] = is_step
    return opposites


def _paired(lines: str, *, is_step: bool = False) -> Iterator[tuple[str, str, bool]]:
    for line in lines.strip().splitlines():
        one, other = (words.split() for words in line.split("|"))
        yield from ((word, twin, is_step) for word in one for twin in other)


def _affixed() -> Iterator[tuple[str, str, bool]]:
    for prefix, words in _AFFIXES:
        yield from ((word, prefix + word, False) for word in re.split(r"[|\s]+", words))


def opposites(claim: Sequence[Word], source: Sequence[Word]) -> Iterator[tuple[Word, Word, bool]]:
    """Pairs of a word of the claim and a word of the source that are each other's opposite.

    The third says whether they are steps, of which one may follow upon the other. A text that uses
    both words, or both texts the same, says more than that one is the other's opposite: such pairs
    are left out. Names have no opposite.
    """
    opposite = _opposites_of()
    in_claim = {word.stem: word for word in claim if not word.is_name}
    if not opposite.keys() & in_claim.keys():
        return
    in_source = {word.stem: word for word in source if not word.is_name}
    for mine, word in in_claim.items():
        against = opposite.get(mine)
        if not against or mine in in_source or against.keys() & in_claim.keys():
            continue
        for their in against.keys() & in_source.keys():
            yield word, in_source[their], against[their]
