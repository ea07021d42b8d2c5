"""Negation: "not" put in and taken out, opposites, and both at once."""

import re
from collections.abc import Iterator
from random import Random

from training.contrast.change import Change, excluded, same, weaker
from training.contrast.edit import Edit
from training.contrast.opposites import NEGATED_OPPOSITES, OPPOSITES
from training.contrast.verbs import OF_PAST, OF_THIRD, PAST, THIRD

KIND = "negation"
MAX_SUBJECT_WORDS = 9
_BE = frozenset("is are was were".split())
_MODALS = frozenset("can could will would should must".split())
_PERFECT = frozenset("has have had".split())
_WORD = re.compile(r"[^\s]+")
_ENDS_THE_SUBJECT = frozenset(
    """that who which whom whose where when while because as after before if whether although though
    since until unless but what how why said says to not never no none nobody nothing neither few
    only some most many all every both either several""".split()
)
_BEFORE_A_NOUN = frozenset(
    """a an the his her its their our my this that these those of in on at by for with from to and
    or as new first last""".split()
)
_NOT_AFTER = re.compile(
    r" (?:not|never|no|also|only|still|just|now|currently|once|already|often|usually|always|to|yet"
    r"|both|neither|either|nothing|none|n[’']t|in which|some|several|many|few|any|all|most|used"
    r"|said|about|likely|unlikely|un\w+|in\w+able|rarely|hardly|too)\b"
)
_UNCERTAIN = re.compile(
    r"\b(?:some|some\w+|several|any\w*|either|neither|nor|not|never|no|few|rarely|hardly|only"
    r"|until|because|unless|if|sometimes|often|usually|at least|at most|without|cannot|but"
    r"|other|another|various|most|many|all|every)\b|n[’']t\b",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(
    r" (?:[a-z]+ly )?(?:[a-z]+ed|been|[a-z]{2,}en|won|made|had|done|sold|led|held|met|run|become"
    r"|come|lost|found|left|built|sung|begun)\b"
)
_AFTER_BE = re.compile(r"\b(?:is|are|was|were|be|been|remains?|remained) $")
_ANY_NEGATION = re.compile(r"\b(?:not|never|no|none|neither|nor|any|un\w+ed)\b|n[’']t")
_OF_SOME = re.compile(
    r"\b(?:not|never|no|some|many|several|few|most|others?|another|only|at least)\b|n[’']t\b",
    re.IGNORECASE,
)
"""With these, a thing and its opposite can both be true: of others."""
_AMBIGUOUS_PAST = frozenset("left thought found".split())
"""Also adjectives or participles that begin a phrase."""
_ANY_IMMIGRANT = re.compile(r" (?:im)?migra")
"""Who is called illegal by one is called nothing else by others."""
_IDIOM = re.compile(r" (?:for|into|on|behind|victim|apart|short|out|off|ground|up)\b")
"""What makes a verb another: what "fell for" it does not say of rising."""
_NEGATED = re.compile(
    r"\b(?P<aux>is|are|was|were|has|have|had|can|could|will|would|should)"
    r"(?: (?:not|never)|n[’']t|(?<=can)not)\b(?! (?:only|just|yet|been able))"
    r"|\b(?P<do>did|does)(?: not|n[’']t) (?P<verb>[a-z]+)\b"
    r"|\bnever (?P<past>[a-z]+)\b"
)


def changes(text: str, rng: Random) -> Iterator[Change]:
    """Negates the first verb, or takes its negation away; swaps opposites, with and without "not".

    Only where the subject is short and nothing in the sentence makes the scope uncertain.
    """
    for edit in negated(text, rng):
        yield excluded(KIND, edit)
    for edit in affirmed(text):
        yield excluded(KIND, edit)
    yield from _opposites(text)


def negated(text: str, rng: Random) -> Iterator[Edit]:
    """The edit that puts "not" to the first verb, if it is known what it is about."""
    if _UNCERTAIN.search(text):
        return
    words = list(_WORD.finditer(text))
    for i, word in enumerate(words[: MAX_SUBJECT_WORDS + 1]):
        plain = word[0]
        if plain.lower() in _ENDS_THE_SUBJECT or (i and words[i - 1][0][-1] in ",;:—–"):
            return
        edit = _at_verb(text, word, words[i - 1][0] if i else "", rng) if i else None
        if edit:
            yield edit
            return


def _first_past(text: str) -> int:
    """Where the main verb stands if it is a plain past; else -1."""
    first = next(negated(text, Random(0)), None)
    return first.start if first and first.text.startswith("did") else -1


def _at_verb(text: str, word: re.Match[str], before: str, rng: Random) -> Edit | None:
    plain = word[0]
    perfect = plain in _PERFECT and _PARTICIPLE.match(text, word.end())
    if _NOT_AFTER.match(text, word.end()):
        return None
    if plain in _BE or plain in _MODALS or perfect:
        return _with_not(word, rng)
    if before.lower() in _BEFORE_A_NOUN or before.endswith("ly"):
        return None
    if plain in OF_PAST and plain not in _AMBIGUOUS_PAST:
        return Edit(word.start(), word.end(), f"{_did(rng)} {OF_PAST[plain]}")
    if plain in OF_THIRD and before[:1].isupper() and " " in text[: word.start()].strip():
        return Edit(word.start(), word.end(), f"{_does(rng)} {OF_THIRD[plain]}")
    return None


def _with_not(word: re.Match[str], rng: Random) -> Edit:
    short = {"can": "can't", "will": "won't"}.get(word[0], f"{word[0]}n't")
    full = "cannot" if word[0] == "can" else f"{word[0]} not"
    return Edit(word.start(), word.end(), full if rng.random() < 0.7 else short)


def _did(rng: Random) -> str:
    return "did not" if rng.random() < 0.7 else "didn't"


def _does(rng: Random) -> str:
    return "does not" if rng.random() < 0.7 else "doesn't"


def affirmed(text: str) -> Iterator[Edit]:
    """The edit that takes away the only negation of a text."""
    found = list(_NEGATED.finditer(text))
    if len(found) != 1 or len(_ANY_NEGATION.findall(text)) != 1:
        return
    match = found[0]
    if match["aux"]:
        yield Edit(match.start(), match.end(), match["aux"])
    elif match["do"]:
        forms = PAST if match["do"] == "did" else THIRD
        if match["verb"] in forms:
            yield Edit(match.start(), match.end(), forms[match["verb"]])
    elif match["past"] in OF_PAST:
        yield Edit(match.start(), match.end(), match["past"])


def _opposites(text: str) -> Iterator[Change]:
    if _OF_SOME.search(text):
        return
    for word in re.finditer(r"\b[a-z]+\b", text):
        opposite = OPPOSITES.get(word[0])
        if opposite and not _in_a_pair(text, word) and not _ANY_IMMIGRANT.match(text, word.end()):
            yield excluded(KIND, Edit(word.start(), word.end(), opposite))
        negated_opposite = NEGATED_OPPOSITES.get(word[0])
        edit = Edit(word.start(), word.end(), negated_opposite or "")
        if edit.text.startswith("did "):
            if word.start() == _first_past(text) and not _IDIOM.match(text, word.end()):
                yield weaker(KIND, edit)
        elif edit.text and _AFTER_BE.search(text[: word.start()]):
            yield same(KIND, edit)


def _in_a_pair(text: str, word: re.Match[str]) -> bool:
    """Whether its opposite is there as well, or it stands in an idiom such as "first half"."""
    around = text[max(0, word.start() - 8) : word.end() + 8]
    opposite = OPPOSITES[word[0]]
    return bool(re.search(rf"\b{opposite}\b", text)) or "-" in around[7:9] or " or " in around
