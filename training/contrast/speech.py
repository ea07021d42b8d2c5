"""Reported speech: what somebody said of a statement, and whether that makes it true."""

import re
from collections.abc import Iterator
from random import Random

from training.contrast.change import Change, Label, excluded, same
from training.contrast.contrast import Contrast, contrast
from training.contrast.edit import Edit
from training.contrast.negation import KIND as NEGATION
from training.contrast.speakers import a_speaker, two_speakers
from training.contrast.verbs import OF_PAST

KIND = "speech"
MAX_WORDS = 32
PLAINLY_JUDGED = 0.03
"""How often "it is not true that" is put before a sentence: nobody writes so much of it."""
BEFORE_A_COLON = 0.5
"""How often a quotation has its speaker in front."""
SHORT = 0.5
"""How often a claim has the family name of who is quoted, and no more."""
_ASSERTS = (
    "said",
    "confirmed",
    "announced",
    "reported",
    "stated",
    "acknowledged",
    "told reporters",
)
_SAYS = ("said", "stated", "told reporters", "added")
_DENIES = ("denied", "rejected the claim", "dismissed as untrue reports", "disputed", "has denied",
           "refuted the allegation", "called it a lie")  # fmt: skip
_OPEN = ("doubted", "could not confirm", "hoped", "declined to say whether", "asked whether",
         "was not certain", "feared", "said it was unclear whether")  # fmt: skip
_OPENS_LOWER = frozenset(
    """It’s The A An In On At It He She They We This That These Those Its His Her Their Our After
    Before During From Some Many Most All Several Two Three Four Five Six Seven Eight Nine Ten No
    There Then Last Nearly About More Over Under Both Each One Every Police Officials
    They’re They're Thus Another Other Former State Federal Local Critics Experts Voters""".split()
)
_SETS_A_SCENE = frozenset("While When Since As Despite Although Because By With For".split())
_AFTER_A_NAME = re.compile(r"\S+ (?:[A-Z]|(?:is|was|has|had|will|also|then)\b)|\S+[.’]")
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|our|us|you|You|your)\b|[“”\"?!:;]|—|–|--")
_AGENTIVE = re.compile(r"^(?:[A-Z][\w’'.-]*\s){1,4}(?P<verb>[a-z]+)\b(?! (?:in|that|to have)\b)")
_ACTS = frozenset(
    """won reached sold bought finished completed defeated built opened closed passed raised
    signed published released attended acquired met joined recorded produced secured
    arrested saved stopped prevented identified graduated created established performed""".split()
)


def changes(text: str, rng: Random) -> Iterator[Change]:
    """The whole sentence put into somebody's mouth, and "failed to" and "managed to"."""
    yield from _achieved(text, rng)
    if not _can_be_said(text):
        return
    yield Change((_said(text, rng, _ASSERTS),), KIND, None, Label.SUPPORTS)
    yield Change((_said(text, rng, _DENIES),), KIND, None, Label.CONFLICTS)
    yield Change((_said(text, rng, _OPEN),), KIND, None, Label.NEUTRAL)
    if rng.random() < PLAINLY_JUDGED:
        yield excluded(NEGATION, _said(text, rng, ("It is not true", "It is false"), speaker=False))
        yield same(NEGATION, _said(text, rng, ("It is true", "It is not false"), speaker=False))


def of_speakers(sentence: str, rng: Random) -> Iterator[Contrast]:
    """Pairs in which both sides say who said it: the same or another, said or denied."""
    if not _can_be_said(sentence):
        return
    one, other = two_speakers(rng)
    verb = rng.choice(_ASSERTS)
    said = _wrapped(sentence, one, verb)
    others = tuple(other for other in _ASSERTS if other != verb)
    cases = (
        (one, others, Label.SUPPORTS, f"{KIND}.kept"),
        (one, _DENIES, Label.CONFLICTS, KIND),
        (other, _ASSERTS, Label.NEUTRAL, KIND),
    )
    for speaker, verbs, label, kind in cases:
        edit = _wrapped(sentence, speaker, rng.choice(verbs))
        yield contrast(sentence, sentence, label, kind, (said,), (edit,))
    quoted = _quoted(sentence, one, rng)
    claimed = (
        ((), Label.SUPPORTS, f"{KIND}.kept"),
        ((_wrapped(sentence, _in_short(one, rng), verb),), Label.SUPPORTS, f"{KIND}.kept"),
        ((_wrapped(sentence, one, rng.choice(_DENIES)),), Label.CONFLICTS, KIND),
        ((_wrapped(sentence, other, verb),), Label.NEUTRAL, KIND),
    )
    for edits, label, kind in claimed:
        yield contrast(sentence, sentence, label, kind, edits, quoted)


def _quoted(sentence: str, speaker: str, rng: Random) -> tuple[Edit, ...]:
    """The edits that put the sentence between quotation marks, with who said so around it.

    A speaker before a colon is how a sentence that says only "he" is shown to the model.
    """
    inside = speaker[0].lower() + speaker[1:] if speaker.startswith(("The ", "A ")) else speaker
    end = Edit(len(sentence) - 1, len(sentence), f",” {inside} {rng.choice(_SAYS)}.")
    if rng.random() < BEFORE_A_COLON and not speaker.startswith(("The ", "A ")):
        said = f",” {rng.choice(('he', 'she'))} {rng.choice(_SAYS)}."
        end = Edit(end.start, end.end, said)
        return Edit(0, 0, f"{speaker}: “"), end
    return Edit(0, 0, "“"), end


def _in_short(speaker: str, rng: Random) -> str:
    """The family name alone, sometimes, of a person."""
    person = not speaker.startswith(("The ", "A ")) and " " in speaker
    return speaker.rsplit(maxsplit=1)[-1] if person and rng.random() < SHORT else speaker


def _can_be_said(text: str) -> bool:
    return (
        len(text.split()) <= MAX_WORDS
        and not _FIRST_PERSON.search(text)
        and _opens_plainly(text)
        and not re.search(r"\b(?:said|says|told|according to|denied|claimed)\b", text)
    )


def _opens_plainly(text: str) -> bool:
    """Whether it is known if the first word keeps its capital in the middle of a sentence."""
    first = text.split(" ", 1)[0]
    if first in _SETS_A_SCENE:
        return False
    return _is_common(first) or bool(_AFTER_A_NAME.match(text))


def _is_common(first: str) -> bool:
    """Whether a sentence's first word has its capital from that alone."""
    return first.rstrip(",") in _OPENS_LOWER or first.endswith("ly,")


def _said(text: str, rng: Random, verbs: tuple[str, ...], *, speaker: bool = True) -> Edit:
    verb = rng.choice(verbs)
    return _wrapped(text, a_speaker(rng) if speaker else "", verb)


def _wrapped(text: str, speaker: str, verb: str) -> Edit:
    """The edit of the sentence's beginning that reports it."""
    that = "" if verb.endswith("whether") else " that"
    if verb == "was not certain" and speaker in {"Police", "Officials", "Investigators"}:
        verb = "were not certain"
    first = text.split(" ", 1)[0]
    opening = first.lower() if _is_common(first) else first
    return Edit(0, len(first), f"{speaker} {verb}{that} {opening}".strip())


def _achieved(text: str, rng: Random) -> Iterator[Change]:
    match = _AGENTIVE.match(text)
    verb = match["verb"] if match else ""
    if match and verb in _ACTS and verb in OF_PAST:
        start, end = match.span("verb")
        failed = rng.choice(("failed to", "refused to", "did not manage to"))
        yield excluded(KIND, Edit(start, end, f"{failed} {OF_PAST[verb]}"))
        yield same(KIND, Edit(start, end, f"managed to {OF_PAST[verb]}"))
        hoped = rng.choice(("hoped to", "planned to", "tried to", "promised to"))
        yield Change((Edit(start, end, f"{hoped} {OF_PAST[verb]}"),), KIND, None, Label.NEUTRAL)
