"""What a browser draws, in words; every outlet is invented."""

import pytest

from service.ingest.extract import extract

PROSE = "The bridge over the harbour reopened on Friday after three years, the city said."
MORE = (
    "Mayor Ada Holm walked across it at noon with two engineers of the port authority.",
    "The port authority and the state paid for the works in equal shares, the council said.",
)


def lines(*paragraphs: str) -> list[str]:
    """The lines of an article that ends in these."""
    article = "".join(f"<p>{words}</p>" for words in (PROSE, *MORE)) + "".join(paragraphs)
    found = extract(f"<!doctype html><html><body><article>{article}</article></body></html>").text
    return found.split("\n")[3:]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("move <s>fifty</s> forty boats", "move forty boats"),
        ("move <del>fifty</del> <ins>forty</ins> boats", "move forty boats"),
        ("move <strike>fifty</strike> forty boats", "move forty boats"),
        ("move <i style='text-decoration:line-through'>fifty</i> forty boats", "move forty boats"),
    ],
)
def test_what_is_struck_out_is_taken_back(markup: str, words: str) -> None:
    """By the outlet, so it is nothing that the outlet says."""
    assert lines(f"<p>They {markup}.</p>") == [f"They {words}."]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("1.4<sup>2</sup> million crowns", "1.4 million crowns"),
        ("in 2024<sup>[3]</sup>", "in 2024"),
        ("crowns<sup><a href='#n7'>7</a></sup>", "crowns"),
        ("crowns<sup>7, 8</sup>", "crowns"),
        ("crowns<sup>a</sup>", "crowns"),
        ("crowns<sup>*</sup>", "crowns"),
        ("crowns<sup>[citation needed]</sup>", "crowns"),
        ("the 5<sup>th</sup> closure", "the 5th closure"),
        ("Orm<sup>®</sup> cranes", "Orm® cranes"),
        ("10<sup>6</sup> boats", "10⁶ boats"),
        ("10<sup>-3</sup> boats", "10⁻³ boats"),
        ("40 km<sup>2</sup>", "40 km²"),
        ("5 m<sup>3</sup> of CO<sub>2</sub>", "5 m³ of CO2"),
        ("crowns<sup>new price</sup>", "crowns new price"),
    ],
)
def test_what_is_raised_is_not_glued_to_a_figure(markup: str, words: str) -> None:
    """Exponents are written as such, marks of footnotes are left out."""
    assert lines(f"<p>They count {markup}.</p>") == [f"They count {words}."]


@pytest.mark.parametrize(
    ("markup", "broken"),
    [
        ("The ferry sank off<br>the coast", ["The ferry sank off the coast"]),
        (
            "The ferry sank on<br>Sunday, the guard<br>said.",
            ["The ferry sank on Sunday, the guard said."],
        ),
        ("A ferry,<br>Orm’s last, sank.", ["A ferry, Orm’s last, sank."]),
        ("The ferry sank off\nthe coast\n\nof Orm.", ["The ferry sank off the coast of Orm."]),
        ("The ferry sank.<br>Nobody was hurt.", ["The ferry sank.", "Nobody was hurt."]),
        ("Steel: four million<br>Labour: three", ["Steel: four million", "Labour: three"]),
    ],
)
def test_a_line_that_goes_on_is_joined(markup: str, broken: list[str]) -> None:
    """A break within a sentence is none; one between two stays."""
    assert lines(f"<p>{markup}</p>") == broken


def test_preformatted_prose_is_paragraphs() -> None:
    """As mail and agencies wrap it."""
    wrapped = (
        "The ferry that sank on Sunday off the coast of Tarn\nhad been inspected in May.\n\n"
        "Nobody was hurt, the guard said."
    )
    assert lines(f"<pre>{wrapped}</pre>") == [
        "The ferry that sank on Sunday off the coast of Tarn had been inspected in May.",
        "Nobody was hurt, the guard said.",
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td><table><td><b>Bridge</b><br>{0}<br><br>{0}</table></td></tr></table>",
        "<table role=presentation><tr><td>Menu</td><td><p>{0}</p><p>{0}</p></td></tr></table>",
        "<table><tr><td><p>{0}</p></td></tr><tr><td><p>{0}</p></td></tr></table>",
        "<table><tr><td width=10>Menu</td><td><p>{0}</p><p>{0}</p></td></tr></table>",
    ],
)
def test_a_table_that_only_places_things_leaves_no_bars(page: str) -> None:
    """Nested, of one column, or with prose in a cell."""
    text = extract(f"<html><body>{page.format(PROSE)}</body></html>").text
    assert text.count(PROSE) == 2
    assert "|" not in text


def test_a_table_of_data_keeps_its_cells_apart() -> None:
    """Its rows are lines."""
    table = "<table><tr><th>Port</th><th>Boats</th></tr><tr><td>Orm</td><td>40</td></tr></table>"
    found = [line.strip() for line in lines(table)]
    assert found[0] == "| Port | Boats |"
    assert found[-1] == "| Orm | 40 |"
