"""The word lists are sorted, have nothing twice, and say what they are."""

import re
from pathlib import Path

import pytest
from babel import Locale

from service.english import lexicon

DATA = Path(lexicon.__file__).parent / "data"
FILES = sorted(DATA.glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_list_is_sorted_and_has_nothing_twice(file: Path) -> None:
    """So that a word is found by eye, and added once."""
    lines = file.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if not line.startswith("#")]
    outlets = file.name.startswith("outlet")
    assert rows == sorted(set(rows), key=lambda row: (row.casefold() if outlets else row, row))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_list_says_what_it_is(file: Path) -> None:
    """In its first line."""
    assert file.read_text(encoding="utf-8").startswith("# ")


def test_a_form_of_a_verb_of_saying_is_of_one_kind() -> None:
    """Else the later kind would win, and nobody would see it."""
    forms = [form for _, *some in lexicon.VERBS_OF_SAYING for form in some]
    assert len(forms) == len(set(forms))


def test_a_country_has_its_forms_to_itself() -> None:
    """Else two countries would be one."""
    rows = [
        set(line.split())
        for line in (DATA / "countries.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert sum(map(len, rows)) == len(set[str]().union(*rows))


STATES = """
AF AL DZ AD AO AG AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI CV KH CM CA CF
TD CL CN CO KM CG CD CR CI HR CU CY CZ DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR GA GM GE DE GH
GR GD GT GN GW GY HT HN HU IS IN ID IR IQ IE IL IT JM JP JO KZ KE KI KP KR KW KG LA LV LB LS LR LY
LI LT LU MG MW MY MV ML MT MR MU MX FM MD MC MN ME MA MZ MM NA NR NP NL NZ NI NE NG MK NO OM PK PW
PA PG PY PE PH PL PT QA RO RU RW KN VC WS ST SA SN RS SC SL SG SK SI SO ZA SS ES LK SD SR SE CH SY
TJ TZ TH TL TG TO TT TN TR TM TV UG UA AE GB US UY UZ VU VE VN YE ZM ZW VA PS TW XK
""".split()
"""ISO 3166 codes of the members of the United Nations, of two observers, of Taiwan and Kosovo; but
not of Marshall Islands, San Marino, Solomon Islands and St. Lucia, whose words name persons."""


@pytest.mark.parametrize("code", STATES)
def test_every_state_is_known(code: str) -> None:
    """Some word of the English name that the Unicode consortium's CLDR gives it is in the list."""
    name = Locale("en").territories[code].lower()
    words = [*re.findall(r"\w+", name), *name.split(), name.replace(" ", "-")]
    assert not lexicon.COUNTRIES.keys().isdisjoint(words), name
