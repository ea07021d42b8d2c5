"""The rules are one table, which everything else reads."""

from service.domain.finding import RULES, RuleId, Severity


def test_every_rule_is_described_and_the_gravest_come_first() -> None:
    """A name, a help text of whole sentences, and an order by which reports can list them."""
    assert list(RULES) == list(RuleId)
    ranks = [rule.severity.rank for rule in RULES.values()]
    assert ranks == sorted(ranks, reverse=True)
    assert {rule.severity for rule in RULES.values()} == set(Severity)
    for rule_id, rule in RULES.items():
        assert rule.id is rule_id
        assert rule.help.endswith(".")
        assert rule.name
        assert "fabricat" not in rule.help


def test_names_of_rules_are_stable() -> None:
    """Baselines and pragmas in other people's repositories have them."""
    assert {rule.value for rule in RuleId} == {
        "claim-contradicted",
        "claim-disputed",
        "claim-insufficient",
        "claim-no-evidence",
        "number-differs",
        "date-differs",
        "quote-altered",
        "quote-misattributed",
        "quote-not-found",
        "attribution-differs",
        "single-origin",
        "superseded-figure",
    }
