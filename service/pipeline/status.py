"""Tells how an excerpt states something: as a fact, an accusation, a plan, a condition or a denial.

A sentence that the model takes for support may only report a charge or a plan. Its words show it:
the sentence then does not repeat the claim, and it is shown with that status
(docs/decisions/0015-judge-in-context.md).
"""

from service.domain.verdict import Status
from service.english.text.status import BY_WEIGHT
from service.pipeline.excerpt import Excerpt


def status_of(excerpt: Excerpt) -> Status:
    """The status of what a sentence says; `asserted` where no word shows another."""
    if not excerpt.attribution.asserted:
        return Status.DENIED
    found = excerpt.reading.statuses
    return next((status for status in BY_WEIGHT if status in found), Status.ASSERTED)
