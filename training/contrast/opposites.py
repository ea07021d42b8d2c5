"""Words and their opposites in the same form, so that one can stand where the other stood."""

_PAIRS = """
rose fell|increased decreased|increase decrease|increases decreases|higher lower
won lost|accepted rejected|approved rejected|supported opposed|supports opposes
supporting opposing|oldest youngest|largest smallest|opened closed|began ended|guilty innocent
legal illegal|legally illegally|alive dead|male female|northern southern|eastern western
north south|east west|best worst|allowed banned|allows bans|older younger|son daughter
brother sister|father mother|husband wife|majority minority|fictional real|professional amateur
strengthened weakened|hired fired|gained lost|convicted acquitted
successful unsuccessful|above below|inside outside|win lose|positive negative|lifted imposed
hottest coldest|warmer colder|faster slower|longest shortest|raised lowered|raise lower
expanded shrank|improved worsened|improve worsen|grew shrank|agreed refused|conservative liberal
aunt uncle|niece nephew|actress actor|internal external|permanent temporary|public private
encouraged discouraged|popular unpopular|possible impossible|constitutional unconstitutional
necessary unnecessary|wealthy poor|biggest smallest|highest lowest|rising falling
increasing decreasing|strongest weakest|safe dangerous|praised criticized|backed opposed
acquitted jailed|arrested released|freed imprisoned|upheld overturned|ratified vetoed
bought sold|created destroyed|built demolished|praised condemned|attacked defended|loved hated
loves hates|likes dislikes|started stopped|arrived departed|admitted denied|confirmed denied
succeeded failed|married divorced|appeared disappeared|present absent|full empty|healthy sick
repealed enacted|backs opposes|raising lowering|more fewer|heavier lighter|widely rarely
"""
_LEFT_OUT = {"actress", "actor", "poor", "more", "fewer", "rarely", "real", "lost", "raise",
             "full", "started", "appeared", "sick", "present"}  # fmt: skip
"""Words whose opposite is only sometimes the other of the pair."""
_PAIR_LIST = [pair.split() for pair in _PAIRS.strip().replace("\n", "|").split("|")]

OPPOSITES = {
    word: opposite
    for one, other in reversed(_PAIR_LIST)
    for word, opposite in ((other, one), (one, other))
    if not {word, opposite} & {"actress", "actor", "fewer", "poor", "real", "rarely"}
    and word not in _LEFT_OUT
}
"""The opposite of a word, where putting it in makes a sentence that excludes the first."""

NEGATED_OPPOSITES = {
    "rose": "did not fall", "fell": "did not rise", "increased": "did not decrease",
    "decreased": "did not increase", "accepted": "did not reject", "rejected": "did not accept",
    "approved": "did not reject", "supported": "did not oppose", "opposed": "did not support",
    "won": "did not lose", "lost": "did not win", "improved": "did not worsen",
    "worsened": "did not improve", "illegal": "not legal", "legal": "not illegal",
    "unconstitutional": "not constitutional", "constitutional": "not unconstitutional",
    "alive": "not dead", "dead": "not alive", "impossible": "not possible",
    "unnecessary": "not necessary", "unsuccessful": "not successful", "false": "not true",
    "gained": "did not lose", "raised": "did not lower", "allowed": "did not ban",
}  # fmt: skip
"""What says the same of the thing, or follows from it ("did not"), by way of the opposite."""
