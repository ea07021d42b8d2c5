"""The word lists of English, read from the plain files of `data/`; all in lower case but outlets.

A file has a word or a row a line, sorted; a line that begins with # says what they are.
"""

from collections.abc import Mapping
from pathlib import Path

_DATA = Path(__file__).parent / "data"

Row = tuple[str, ...]


def _lines(file: str) -> tuple[str, ...]:
    lines = (_DATA / file).read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))


def _words(file: str) -> frozenset[str]:
    return frozenset(_lines(file))


def _rows(file: str) -> tuple[Row, ...]:
    return tuple(tuple(line.split()) for line in _lines(file))


def _sides(file: str) -> tuple[tuple[Row, Row], ...]:
    """Rows that a bar divides."""
    parts = (line.partition(" | ") for line in _lines(file))
    return tuple((tuple(left.split()), tuple(right.split())) for left, _, right in parts)


_CLASSES: Mapping[str, frozenset[str]] = {
    name: frozenset(words) for name, *words in _rows("function_words.txt")
}

SUBJECT_PRONOUNS = _CLASSES["subject_pronouns"]
OBJECT_PRONOUNS = _CLASSES["object_pronouns"]
DETERMINERS = _CLASSES["determiners"]
AUXILIARIES = _CLASSES["auxiliaries"]
BE = frozenset("is are was were be been being am gets got".split())
PERFECT = frozenset("has have had".split())
UNREAL = _CLASSES["unreal"]
"""A verb after one of these reports nothing that was said."""
PREPOSITIONS = _CLASSES["prepositions"]
BEFORE_PLACES = _CLASSES["before_places"]
"""A name after one of these is a place's."""
POINTING_BACK = _CLASSES["pointing_back"]
"""Determiners that point to something said before."""
TYING = _CLASSES["tying"]
"""These tie a noun phrase together ("a spokesman for the ministry")."""
SUBORDINATORS = _CLASSES["subordinators"]
BEFORE_MAIN = SUBORDINATORS - {"that", "than", "so", "which", "who", "whom", "whether"}
"""A clause after one of these is followed by the main clause, at a comma."""
COORDINATORS = _CLASSES["coordinators"]
RELATIVES = _CLASSES["relatives"]
QUESTION_WORDS = _CLASSES["question_words"]
WEEKDAYS = _CLASSES["weekdays"]
MONTHS = _CLASSES["months"]
TIMES = WEEKDAYS | _CLASSES["times"]
"""Words that say when."""
ADVERBS = _CLASSES["adverbs"]
"""They stand between a subject and its verb or begin a sentence; those in -ly need no list."""
NOT_AN_ADVERB = _CLASSES["not_an_adverb"]
OPENERS = ADVERBS | COORDINATORS | frozenset("so plus well yes earlier yesterday today".split())
"""Words that open a sentence before its subject."""
DASHES = frozenset({"—", "--", "–"})
APOSTROPHES = "'’ʼ＇"
"""As typewriters, typesetters, phonetic alphabets and full-width fonts have it."""
POSSESSIVES = frozenset({"'s", "'"})
"""Ends of a word that owns the next, with plain apostrophes."""
STOP_WORDS = _words("stop_words.txt")
"""Left out when texts are compared."""
ENGLISH_FUNCTION_WORDS = _words("english_function_words.txt")
FOREIGN_FUNCTION_WORDS = _words("foreign_function_words.txt")
"""By which a text is known to be English or not."""

FINITE_PAST = _words("finite_verbs_past.txt")
FINITE_PRESENT = _words("finite_verbs_present.txt")
LEMMAS: Mapping[str, str] = {
    form: row[0] for row in _rows("irregular_forms.txt") for form in row[1:]
}
"""The word for each of its irregular forms."""

VERBS_OF_SAYING = _rows("verbs_of_saying.txt")
"""What a verb needs beside it, then its forms; see `speech/cues.py`."""
NOUNS_OF_SAYING = _words("nouns_of_saying.txt")
WORDS_OF_REPORTING = _words("words_of_reporting.txt")

PERSON_PRONOUNS = frozenset("he she".split())
PRONOUNS = _CLASSES["pronouns"]
HONORIFICS = _CLASSES["honorifics"]
MALE = _CLASSES["male"]
FEMALE = _CLASSES["female"]
_GIVEN_NAMES = _rows("given_names.txt")
HE = frozenset(name for name, pronoun in _GIVEN_NAMES if pronoun == "he")
SHE = frozenset(name for name, pronoun in _GIVEN_NAMES if pronoun == "she")
"""Given names by the pronoun that nearly always goes with them."""
NOT_NAMES = _words("not_names.txt")
"""Capitalised words that open sentences or name days, and are no part of a name."""
NAME_SUFFIXES = _CLASSES["name_suffixes"]
GENERATIONS = frozenset("jr sr ii iii iv".split())
"""Suffixes that tell a son from his father."""
NAME_PARTICLES = _CLASSES["name_particles"]
BEFORE_NAMES = frozenset("staff democrats republicans affairs services".split())
"""Ends of titles ("Secretary of State") and adherents ("Democrats") that stand before a name."""

TITLES = _words("titles.txt")
"""They stand before a name and are no part of it."""
NO_SHORT_FORMS = _words("no_short_forms.txt")
"""The rest of a name with one of these is another name: "York" is not "New York"."""
PEOPLE_GROUPS = _rows("people_groups.txt")
"""Words for the same people, a row each."""

ROLES = _words("roles.txt")
ROLE_MODIFIERS = _words("role_modifiers.txt")
RANKS = _words("ranks.txt")
ORGANISATIONS = _words("organisations.txt")
"""A name or phrase with one of these is an organisation, not a person."""
BYLINE_WORDS = _words("byline_words.txt")
"""Of roles, desks and outlets; what has one of these is not a person's name."""
DOCUMENTS = _words("documents.txt")
WORDS_FOR_SOURCES = _words("words_for_sources.txt")
"""What one report says of a source and another leaves out."""
OUTLETS = _lines("outlets.txt")
OUTLET_WORDS = _lines("outlet_words.txt")

COUNTRIES: Mapping[str, str] = {form: row[0] for row in _rows("countries.txt") for form in row}
"""The country for each word for it and for what and who is of it."""
PLACES_AND_PEOPLES = _words("places.txt") | {
    form for form in COUNTRIES if not (form.endswith("s") and form[:-1] in COUNTRIES)
}
"""Countries, regions, capitals and parties, and their adjectives; not plurals: "Russians"."""
NO_PERSONS = _CLASSES["no_persons"]
"""A run of capitalised words with one of these in it is no person."""

AFTER_THE_COUNTED = _words("after_the_counted.txt")
"""Where the words end that say what a number counts."""
UNITS = _rows("units.txt")
"""What is measured, how much of the base unit one is, and the forms."""
CURRENCIES = _rows("currencies.txt")
OPPOSITES = _sides("opposites.txt")
OPPOSITE_STEPS = _sides("opposite_steps.txt")
NEGATING_PREFIXES = _rows("negating_prefixes.txt")
