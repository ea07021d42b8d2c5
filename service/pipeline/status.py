"""How an excerpt says what it says: as a fact, or as an accusation, a plan, a condition, a denial.

A sentence that a model takes for support may only report a charge or a plan. Its words say so: it
is then not the claim said again, and what is shown of it has that status
(docs/decisions/0015-judge-in-context.md).
"""

from service.domain.verdict import Status
from service.english.text.status import BY_WEIGHT
from service.pipeline.excerpt import Excerpt


def status_of(excerpt: Excerpt) -> Status:
    """The status of what a sentence says; `asserted` where nothing tells otherwise."""
    if not excerpt.attribution.asserted:
        return Status.DENIED
    found = excerpt.reading.statuses
    return next((status for status in BY_WEIGHT if status in found), Status.ASSERTED)
