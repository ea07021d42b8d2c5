"""What counts at which threshold."""

from dataclasses import replace

import pytest

from service.reports.threshold import Threshold
from tests.reports.made_report import made_report

LINES = [
    (reported.finding.rule, reported)
    for draft in made_report().drafts
    for reported in draft.findings
]


@pytest.mark.parametrize(
    ("threshold", "rules"),
    [
        (Threshold.CONTRADICTED, {"number-differs", "quote-altered", "claim-contradicted"}),
        (Threshold.DISPUTED, {"claim-disputed", "superseded-figure"}),
        (Threshold.INSUFFICIENT, {"claim-no-evidence", "quote-not-found"}),
        (Threshold.ALL, set()),
    ],
)
def test_each_threshold_includes_those_before_it(threshold: Threshold, rules: set[str]) -> None:
    """And a statement without a rule is in none."""
    milder = list(Threshold)[list(Threshold).index(threshold) :]
    for rule, reported in LINES:
        if rule in rules:
            assert [one for one in Threshold if one.includes(reported.finding)] == milder
        if rule is None:
            assert not any(one.includes(reported.finding) for one in Threshold)


def test_only_all_has_what_is_ignored_or_known() -> None:
    """Whatever its severity."""
    for threshold in Threshold:
        report = replace(made_report(), show=threshold)
        shown = [one for draft in report.drafts for one in report.shown(draft)]
        assert any(not one.is_open for one in shown) == (threshold is Threshold.ALL)


def test_what_is_ignored_or_known_never_fails_a_run() -> None:
    """Even at the mildest threshold."""
    report = replace(made_report(), fail_on=Threshold.ALL)
    silent = [one for draft in report.drafts for one in draft.findings if not one.is_open]
    assert [report.is_failing(one) for one in silent] == [False] * len(silent)
    assert report.fails
