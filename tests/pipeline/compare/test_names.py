"""Names are compared as a reader takes them."""

import pytest

from service.domain.verdict import ReasonCode
from tests.pipeline.compare.comparing import compare_texts


def entities(claim: str, source: str, context: str = "") -> list[tuple[str, str]]:
    return [
        (reason.claim.text, reason.source.text)
        for reason in compare_texts(claim, source, context).reasons
        if reason.code is ReasonCode.ENTITY_DIFFERS
    ]


@pytest.mark.parametrize(
    ("claim", "source", "names"),
    [
        pytest.param(
            "The ministers met in Norway on the ferry.",
            "The ministers met in Sweden on the ferry.",
            ("Norway", "Sweden"),
            id="country after in",
        ),
        pytest.param(
            "A Norwegian ship struck the pier.",
            "A Swedish ship struck the pier.",
            ("Norwegian", "Swedish"),
            id="nationality",
        ),
        pytest.param(
            "Young Norwegian sailors won the race.",
            "Young Swedish sailors won the race.",
            ("Norwegian", "Swedish"),
            id="nationality after a capital",
        ),
        pytest.param(
            "North Korea has launched two rockets.",
            "South Korea has launched two rockets.",
            ("North Korea", "South Korea"),
            id="two countries with one word",
        ),
        pytest.param(
            "Anna Vell won the harbour race.",
            "Bo Ormsund won the harbour race.",
            ("Anna Vell", "Bo Ormsund"),
            id="subject",
        ),
        pytest.param(
            "The storm flooded the market in Tarnby on Friday.",
            "The storm flooded the market in Orhaven on Friday.",
            ("Tarnby", "Orhaven"),
            id="town",
        ),
        pytest.param(
            "The committee heard Anna Vell on the ferry’s costs.",
            "The committee heard Anna Ormsund on the ferry’s costs.",
            ("Anna Vell", "Anna Ormsund"),
            id="another surname",
        ),
        pytest.param(
            "Anna Vell and Bo Ormsund opened the harbour race.",
            "Anna Vell and Karl Poe opened the harbour race.",
            ("Bo Ormsund", "Karl Poe"),
            id="one of the same list",
        ),
    ],
)
def test_another_name_in_the_same_place_differs(
    claim: str, source: str, names: tuple[str, str]
) -> None:
    """Where all else is the same, another name between the same words differs, both ways."""
    assert entities(claim, source) == [names]
    assert entities(source, claim) == [names[::-1]]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        pytest.param(
            "Boeing Company laid off workers in May.",
            "Boeing Corporation laid off workers in May.",
            id="two words for an organisation",
        ),
        pytest.param(
            "The president visited Oslo.", "The president visited Norway.", id="town and country"
        ),
        pytest.param(
            "The English team won the cup.", "The British team won the cup.", id="part and whole"
        ),
        pytest.param(
            "The storm flooded the market in Tarnby.",
            "The storm flooded the market in Orhaven and Tarnby.",
            id="one of several",
        ),
        pytest.param(
            "The storm flooded the market in Tarnby.",
            "The storm flooded the market in Orhaven and Vell.",
            id="a list without it",
        ),
        pytest.param(
            "Harbour Lights was nominated for a prize.",
            "For her part in Harbour Lights, Bo Ormsund was nominated for a prize.",
            id="another subject",
        ),
        pytest.param("Anna Vell resigned.", "Bo Ormsund resigned.", id="too little in common"),
        pytest.param(
            "Anna Vell opened the harbour race.",
            "The mayor, Bo Ormsund, praised the harbour race.",
            id="another place in the sentence",
        ),
        pytest.param(
            "The ferry to Tarnby sank in the storm.",
            "The ferry to Tarnbye sank in the storm.",
            id="two spellings",
        ),
        pytest.param(
            "The committee heard Anna Vell on the ferry’s costs.",
            "The committee heard Anna Vell Ormsund on the ferry’s costs.",
            id="a longer name",
        ),
        pytest.param(
            "The committee heard Rep. Anna Vell on the ferry’s costs.",
            "The committee heard Representative Anna Vell on the ferry’s costs.",
            id="a title in short",
        ),
        pytest.param(
            "The ministers met in May on the ferry.",
            "The ministers met in Oslo on the ferry.",
            id="month and town",
        ),
    ],
)
def test_other_names_give_no_reason(claim: str, source: str) -> None:
    """A false alarm is worse than a miss."""
    assert entities(claim, source) == []
    assert entities(source, claim) == []


def test_a_name_from_the_surroundings_is_no_other_name() -> None:
    """What the headline names need not be in the sentence."""
    claim, source = "The storm flooded Tarnby’s market.", "The storm flooded Orhaven’s market."
    assert entities(claim, source, "Storm over Tarnby") == []


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        pytest.param("President Ada Orm resigned.", "Ada Orm resigned.", id="title claimed"),
        pytest.param("Ada Orm resigned.", "President Ada Orm resigned.", id="title in the source"),
        pytest.param("Ada Orm resigned.", "Mr. Orm resigned.", id="surname"),
        pytest.param("President Ada Orm resigned.", "Orm resigned.", id="surname without title"),
        pytest.param("Orm resigned.", "Ada Orm resigned.", id="full name in the source"),
        pytest.param("Orm’s plan failed.", "The plan of Orm failed.", id="possessive"),
        pytest.param("The U.K. voted.", "The United Kingdom voted.", id="initials of a country"),
        pytest.param("The United Kingdom voted.", "Britain voted.", id="another name of a country"),
        pytest.param("British ministers voted.", "U.K. ministers voted.", id="nationality"),
        pytest.param("Britain voted.", "The United Kingdom voted.", id="country by its long name"),
        pytest.param("The United States voted.", "The US voted.", id="acronym of a country"),
        pytest.param(
            "The World Harbour Organisation voted.", "The WHO voted.", id="acronym in the source"
        ),
        pytest.param(
            "The WHO voted.", "The World Harbour Organisation voted.", id="acronym claimed"
        ),
        pytest.param("German ships sank.", "Ships from Germany sank.", id="of a country"),
    ],
)
def test_a_name_may_come_in_another_length(claim: str, source: str) -> None:
    """Titles, first names, acronyms and demonyms do not make another name."""
    assert compare_texts(claim, source, "").complete


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        pytest.param("Ada Orm resigned.", "Bo Orm resigned.", id="another first name"),
        pytest.param("New Vell voted.", "Vell voted.", id="another place"),
        pytest.param("North Korea voted.", "South Korea voted.", id="another country"),
        pytest.param("The WHO voted.", "The World Trade Council voted.", id="another acronym"),
    ],
)
def test_another_name_leaves_the_claim_incomplete(claim: str, source: str) -> None:
    """Half a name bears out nothing."""
    assert not compare_texts(claim, source, "").complete
