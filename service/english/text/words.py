"""Reduces words to a form in which two texts can be compared."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from Stemmer import Stemmer

from service.domain.text import Span
from service.english.lexicon import COUNTRIES, LEMMAS, STOP_WORDS

NAME_WEIGHT = 2.0
"""The weight of a name: it distinguishes statements better than other words, which weigh 1."""

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}(?:[’']s)?"  # U.K.’s
    r"|\d+(?:[.,]\d+)*(?:st|nd|rd|th)?"
    r"|[^\W\d_]+(?:[’'][^\W\d_]+)*"
)
_AFTER_A_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Maj|Capt|Lt|Sgt|Adm|Sen|Rep|Gov|St)\.\s+$"
)
_OPENS_A_SENTENCE = re.compile(r"""(?:[.!?•\-]["'”’)]*+\s*+|\n["'”’)]*+[^\S\n]*+)["'“‘«(]*+$""")
_A_CAPITAL_NEXT = re.compile(r"(?<!\s)\s++[A-Z]")
_LOOK_BACK_CHARS = 24
"""Enough for a title, or a full stop with quotation marks. To search all of the text for each word
would be slow."""
_POSSESSIVE = re.compile(r"[’']s?$|[’']s\b")
_CONTRACTION = re.compile(r"[’'](?:t|re|ve|ll|d|m)$", re.IGNORECASE)
_LETTERS = str.maketrans("İıſ\u212a", "IisK")
_NATIONS = frozenset(COUNTRIES.values())
_ACRONYMS = frozenset({"US", "WHO"})
"""Names that would be function words in lower case."""


@dataclass(frozen=True, slots=True)
class Word:
    """A content word: `stem` is what is compared, `span` where it stands."""

    stem: str
    span: Span
    is_name: bool

    @property
    def weight(self) -> float:
        """How much the word counts when texts are compared."""
        return NAME_WEIGHT if self.is_name else 1.0


def content_words(text: str) -> tuple[Word, ...]:
    """The words that carry meaning, without numbers, in order."""
    return tuple(
        Word(stem(match[0]), Span(*match.span()), _is_name(text, match))
        for match in _TOKEN.finditer(text)
        if not match[0][0].isdigit() and not _is_stop_word(match[0])
    )


def in_plain_letters(text: str) -> str:
    """The text with "LIRA" for "LİRA"; its length is the same.

    A pattern that ignores case matches the Turkish letters and two old ones with "i", "s" and "k";
    `casefold` does not.
    """
    return text.translate(_LETTERS)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without case, accents, possessive, ending, irregular form and national spelling.

    "British", "Britain" and "U.K.'s" are one; "defence" and "defense" are one.
    """
    plain = (
        _without_accents(in_plain_letters(_POSSESSIVE.sub("", word))).casefold().replace(".", "")
    )
    if plain in COUNTRIES:
        return COUNTRIES[plain]
    # A stemmer stores the word that it works on, so threads cannot share one.
    return _one_spelling(str(Stemmer("english").stemWord(LEMMAS.get(plain, plain))))


def stems(words: Iterable[Word]) -> frozenset[str]:
    """The set of stems."""
    return frozenset(word.stem for word in words)


def _is_name(text: str, token: re.Match[str]) -> bool:
    """Whether it has a capital within a sentence, or at its start before another with a capital."""
    if not token[0][0].isupper():
        return False
    if token[0].isupper() and len(token[0]) > 1:
        return True
    before = text[max(0, token.start() - _LOOK_BACK_CHARS) : token.start()]
    if _AFTER_A_TITLE.search(before):
        return True
    if stem(token[0]) in _NATIONS:
        return True
    opens = not before.rstrip(" \t\"'“‘«(").rstrip() or _OPENS_A_SENTENCE.search(before)
    return not opens or bool(_A_CAPITAL_NEXT.match(text, token.end()))


@lru_cache(maxsize=65_536)
def _is_stop_word(token: str) -> bool:
    plain = _POSSESSIVE.sub("", token)
    return plain not in _ACRONYMS and (
        plain.casefold() in STOP_WORDS or bool(_CONTRACTION.search(plain))
    )


def _without_accents(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _one_spelling(word: str) -> str:
    """Replaces British endings by American ones; other words change too, in both texts alike."""
    for british, american in (("our", "or"), ("enc", "ens"), ("tr", "ter"), ("is", "iz")):
        if word.endswith(british) and len(word) > len(british) + 2:
            return word.removesuffix(british) + american
    return word
