"""Numbers are compared, not matched."""

import pytest

from tests.pipeline.compare.comparing import compare_numbers

AGREEING = [
    pytest.param("3,000 sailors came", "about 3,000 sailors came", id="about the number"),
    pytest.param("about 3,000 sailors came", "3,000 sailors came", id="the number for about it"),
    pytest.param("3,000 sailors came", "three thousand sailors came", id="in words"),
    pytest.param("three thousand sailors came", "3,000 sailors came", id="words in digits"),
    pytest.param("12500 sailors came", "12,500 sailors came", id="without a thousands mark"),
    pytest.param("about 3,000 sailors came", "2,950 sailors came", id="within about"),
    pytest.param("nearly 3,000 sailors came", "2,900 sailors came", id="within nearly"),
    pytest.param("more than 2,000 sailors came", "3,000 sailors came", id="above more than"),
    pytest.param(
        "more than 2,000 sailors came", "over 2,100 sailors came", id="two lower bounds nearby"
    ),
    pytest.param("at least 20 sailors came", "200 sailors came", id="far above at least"),
    pytest.param("up to 40 sailors came", "38 sailors came", id="below up to"),
    pytest.param("as many as 40 sailors came", "38 sailors came", id="below as many as"),
    pytest.param("500 or more sailors came", "620 sailors came", id="above or more"),
    pytest.param("dozens of sailors came", "60 sailors came", id="within dozens"),
    pytest.param("60 sailors came", "dozens of sailors came", id="dozens for a number within"),
    pytest.param("scores of sailors came", "70 sailors came", id="within scores"),
    pytest.param("hundreds of sailors came", "640 sailors came", id="within hundreds"),
    pytest.param("several hundred sailors came", "640 sailors came", id="within several hundred"),
    pytest.param("a dozen sailors came", "12 sailors came", id="a dozen"),
    pytest.param("half a million sailors came", "500,000 sailors came", id="half a million"),
    pytest.param("between 30 and 40 sailors came", "35 sailors came", id="within between"),
    pytest.param("30 to 40 sailors came", "35 sailors came", id="within a range"),
    pytest.param("2 to 3 million sailors", "2.5 million sailors", id="a range of millions"),
    pytest.param("Turnout was 61 percent", "Turnout was 61.4 percent", id="rounded share"),
    pytest.param("Turnout was 61%", "Turnout was 61 per cent", id="percent sign and word"),
    pytest.param("a third of dockers", "33 percent of dockers", id="a third in percent"),
    pytest.param("two-thirds of dockers", "67% of dockers", id="two-thirds in percent"),
    pytest.param("half of the dockers", "50 percent of the dockers", id="half in percent"),
    pytest.param("six in ten dockers", "60 percent of dockers", id="six in ten in percent"),
    pytest.param("more than half of the dockers", "80% of the dockers", id="more than half"),
    pytest.param("It cost $3.2 million", "It cost 3.2 million dollars", id="dollar sign and word"),
    pytest.param("It cost $3.2m", "It cost $3.2 million", id="m for million"),
    pytest.param("85 000 sailors came", "85,000 sailors came", id="thousands set apart by a space"),
    pytest.param(
        "1\u202f250\u202f300 tons", "1,250,300 tons", id="thousands set apart by a narrow space"
    ),
    pytest.param("It cost €4bn", "It cost 4 billion euros", id="bn for billion"),
    pytest.param("It cost £5 million", "It cost 5 million pounds", id="pounds as money"),
    pytest.param(
        "It cost 6 million rubles", "It cost 6 million roubles", id="two spellings of a currency"
    ),
    pytest.param("a walk of 5 km", "a walk of 3.1 miles", id="kilometres and miles"),
    pytest.param("a walk of 3.1 miles", "a walk of 5 km", id="miles and kilometres"),
    pytest.param("The crate weighs 10 kg", "The crate weighs 22 pounds", id="kilograms and pounds"),
    pytest.param("2,000 kg of grain", "2 tonnes of grain", id="kilograms and tonnes"),
    pytest.param("It was 20 °C", "It was 68 degrees Fahrenheit", id="Celsius and Fahrenheit"),
    pytest.param("It was minus 10 °C", "It was 14 °F", id="below zero"),
    pytest.param("100 hectares burned", "247 acres burned", id="hectares and acres"),
    pytest.param(
        "a field of 2 square kilometres", "a field of 200 hectares", id="square kilometres"
    ),
    pytest.param("jailed for 24 months", "jailed for two years", id="months and years"),
    pytest.param("a 90-minute film", "a film of 1.5 hours", id="minutes and hours"),
    pytest.param("a 34-year-old docker", "a docker aged 34", id="two ways to say an age"),
    pytest.param("Anna Vell, 34, said", "Ms. Vell is 34 years old", id="an age between commas"),
    pytest.param(
        "10,000 soldiers arrived", "10,000 North Koreans arrived", id="soldiers of a nation"
    ),
    pytest.param("3,000 employees", "3,000 workers", id="another word for a group"),
    pytest.param("seven of the 11 boats", "seven of the eleven boats", id="some of a number"),
    pytest.param("Rents rose by 5 percent", "Rents rose 5 percent", id="rose by and rose"),
    pytest.param("Inflation is 5 percent", "Inflation rose to 5 percent", id="rose to is a level"),
    pytest.param("Rents rose by 5 percent", "a 5 percent rise in rents", id="a rise is a change"),
    pytest.param(
        "The bill is $5 million", "The bill rose from $4 to $5 million", id="the new level"
    ),
    pytest.param(
        "seven novels under a pen name", "54 novels, seven under a pen name", id="one of two"
    ),
]


@pytest.mark.parametrize(("claim", "source"), AGREEING)
def test_the_same_number_in_other_words_agrees(claim: str, source: str) -> None:
    """Spelling, rounding, units and qualifiers that leave the claim true do not differ."""
    compared = compare_numbers(claim, source)
    assert compared.agreeing
    assert not compared.differing


DIFFERING = [
    pytest.param("5,000 sailors came", "about 3,000 sailors came", id="beyond about"),
    pytest.param("about 28,000 cars pass", "18,000 cars pass", id="about beyond the number"),
    pytest.param("12 sailors came", "13 sailors came", id="small numbers are exact"),
    pytest.param("twelve sailors came", "thirteen sailors came", id="in words"),
    pytest.param("nearly 3,000 sailors came", "3,400 sailors came", id="above nearly"),
    pytest.param("6 sailors came", "dozens of sailors came", id="below dozens"),
    pytest.param("5,000 sailors came", "several hundred sailors came", id="beyond several hundred"),
    pytest.param("more than 5,000 sailors", "fewer than 4,000 sailors", id="bounds that part"),
    pytest.param("more than 9,000 sailors", "more than 4,000 sailors", id="far above more than"),
    pytest.param("more than 4,000 sailors", "more than 9,000 sailors", id="far below more than"),
    pytest.param("50 sailors came", "up to 40 sailors came", id="above up to"),
    pytest.param("5 sailors came", "at least 40 sailors came", id="below at least"),
    pytest.param("between 30 and 40 sailors", "55 sailors", id="outside between"),
    pytest.param("Turnout was 61 percent", "Turnout was 58.9 percent", id="another share"),
    pytest.param("a third of dockers", "half of dockers", id="another fraction"),
    pytest.param("less than half of the dockers", "80% of the dockers", id="less than half"),
    pytest.param("six in ten dockers", "eight in ten dockers", id="another share in ten"),
    pytest.param("It cost $3.2 million", "It cost $5.1 million", id="another sum"),
    pytest.param("It cost $3 million", "It cost £3 million", id="the same sum in another currency"),
    pytest.param("It cost $3.2 million", "It cost $3.2 billion", id="another magnitude"),
    pytest.param("a walk of 5 km", "a walk of 5 miles", id="the same figure in another unit"),
    pytest.param("It was 20 °C", "It was 30 °C", id="another temperature"),
    pytest.param("100 hectares burned", "100 acres burned", id="hectares are not acres"),
    pytest.param("jailed for three years", "jailed for three months", id="years are not months"),
    pytest.param("a 34-year-old docker", "a docker aged 43", id="another age"),
    pytest.param("Rents rose by 5 percent", "Rents rose by 8 percent", id="another change"),
    pytest.param(
        "12 people were injured", "12 people died and 30 were injured", id="of its outcome"
    ),
    pytest.param("3,000 employees", "5,000 workers", id="another number of one group"),
    pytest.param(
        "The bill is $4 million", "The bill rose from $4 to $5 million", id="the former level"
    ),
]


@pytest.mark.parametrize(("claim", "source"), DIFFERING)
def test_numbers_that_exclude_each_other_differ(claim: str, source: str) -> None:
    """Two intervals without a number in common, for the same thing, differ."""
    compared = compare_numbers(claim, source)
    assert compared.differing
    assert not compared.agreeing


OPEN = [
    pytest.param("5,000 sailors came", "more than 3,000 sailors came", id="above more than"),
    pytest.param("50 sailors came", "at least 3 sailors came", id="far above at least"),
    pytest.param("5,000 sailors came", "the fleet has 20 ships", id="another thing"),
    pytest.param("It cost $5 million", "It took 5 million hours", id="money and time"),
    pytest.param("Prices cost 5 euros", "Prices cost 7 dollars", id="another currency"),
    pytest.param("a load of 5 kg", "a walk of 5 km", id="weight and length"),
    pytest.param(
        "Prices rose by 5 percent", "Prices rose by 5 percentage points", id="percent, points"
    ),
    pytest.param("Rates rose to 5 percent", "Rates rose by 5 percent", id="a level and a change"),
    pytest.param("Rates rose by 5 percent", "Rates rose to 5 percent", id="a change and a level"),
    pytest.param("12 people were killed", "30 people were injured", id="killed and injured"),
    pytest.param("12 people were arrested", "30 people were hurt", id="arrested and hurt"),
    pytest.param(
        "12 members voted against it", "30 members voted for it", id="votes for and against"
    ),
    pytest.param("5,000 nurses walked out", "300 doctors walked out", id="two groups"),
    pytest.param(
        "5,000 workers walked out", "300 seasonal workers walked out", id="a part of a group"
    ),
    pytest.param(
        "300 seasonal workers walked out", "5,000 workers walked out", id="the whole of it"
    ),
    pytest.param("54 percent of women", "48 percent of men", id="shares of two groups"),
    pytest.param("$2,000 a month", "$24,000 a year", id="two rates"),
    pytest.param("jailed for five years", "He said so five months ago", id="how long and when"),
    pytest.param("Vell has 8 albums.", "Vell won the most, with four.", id="a number by itself"),
    pytest.param("Vell scored twice in 5 games", "Vell won 3-1", id="the score of a game"),
]


@pytest.mark.parametrize(("claim", "source"), OPEN)
def test_what_leaves_the_matter_open_neither_agrees_nor_differs(claim: str, source: str) -> None:
    """Open intervals, other units, other groups and other outcomes give no counterpart."""
    compared = compare_numbers(claim, source)
    assert not compared.agreeing
    assert not compared.differing
    assert len(compared.unmatched) == 1


def test_a_number_that_is_no_longer_so_supports_nothing() -> None:
    """Of "5.1, up from 4.2" the present number counts."""
    source = "The bill came to $5.1 million, up from the $4.2 million first named."
    assert compare_numbers("The bill is $5.1 million.", source).agreeing
    assert compare_numbers("The bill is $4.2 million.", source).differing


def test_a_number_of_another_group_is_told_apart() -> None:
    """What counts something else in the same measure is handed on as such."""
    claim, source = "54 percent of women voted.", "48 percent of men voted."
    (pair,) = compare_numbers(claim, source).apart
    assert pair.claim.span.of(claim) == "54 percent of women"
    assert pair.source.span.of(source) == "48 percent of men"


def test_a_number_that_agrees_is_no_counterpart_of_another() -> None:
    """The other number beside it is, or none."""
    claim = "One fire in Orm killed 22 people, and one in Vell, where 17 died."
    both = compare_numbers(claim, "One fire in Orm left 22 dead and another in Vell left 7 dead.")
    assert [pair.source.interval.nominal for pair in both.agreeing] == [1, 22, 1]
    assert [pair.source.interval.nominal for pair in both.differing] == [7]
    one = compare_numbers(claim, "One fire in Orm left 22 dead.")
    assert one.differing == ()
    assert [quantity.interval.nominal for quantity in one.unmatched] == [17]
    paid = compare_numbers(
        "The town pays $5 million and the port pays 5 million euros.",
        "The town pays $5 million and the port pays half.",
    )
    assert paid.differing == ()


def test_one_number_is_the_counterpart_of_one() -> None:
    """Where two numbers of the claim differ from one of the source, nothing tells which it is."""
    compared = compare_numbers(
        "Payments end at $75,000 for a docker and $150,000 for a crew",
        "Payments end at $99,000 for a docker",
    )
    assert (compared.differing, compared.agreeing) == ((), ())
    assert len(compared.unmatched) == 2
