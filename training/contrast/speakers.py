"""Invented speakers."""

from random import Random

_GIVEN = """Ines Radek Oluwaseun Maribel Tobias Henrike Kwame Saoirse Dmitri Priya Lorcan Amina
Elias Wilhelmina Teodor Noor Casper Ottilie Joaquin Yasmin""".split()
_FAMILY = """Vantongeren Okonjo-Bell Marchetti Lindqvist Haverford Szymczak Abernethy
Delacroix-Munro Tamura Oyelaran Prendergast Castellano Ivers Nakagawa Thornbury Bergstrom Mwangi
Fairweather Quintero Ashdown""".split()
_BODIES = (
    "The ministry", "The company", "A spokesman", "A spokeswoman", "Police", "Officials",
    "The mayor", "The agency", "The foundation", "A senior official", "The commission",
    "The union", "Investigators", "The governor’s office", "The committee",
)  # fmt: skip


def a_speaker(rng: Random) -> str:
    """A person or a body, as a sentence begins with it."""
    if rng.random() < 0.5:
        return rng.choice(_BODIES)
    return f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)}"


def two_speakers(rng: Random) -> tuple[str, str]:
    """Two that are not the same."""
    one = other = a_speaker(rng)
    while other == one:
        other = a_speaker(rng)
    return one, other
