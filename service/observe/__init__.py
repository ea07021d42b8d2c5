"""What an operator sees: timings, metrics, logs, an audit trail and traces.

Answers never hold a time; it goes into the `Server-Timing` header and here.
"""

from service.observe.metrics import Metrics, Now
from service.observe.stages import (
    CACHE_STAGES,
    EMBEDDER_STAGES,
    STANCE_STAGES,
    STORE_STAGES,
    TAGGER_STAGES,
    Stopwatch,
    cache_failed,
    cached,
    concluded,
    count,
    left_out,
    stage,
    timed,
    timing,
    waited,
)

__all__ = [
    "CACHE_STAGES",
    "EMBEDDER_STAGES",
    "STANCE_STAGES",
    "STORE_STAGES",
    "TAGGER_STAGES",
    "Metrics",
    "Now",
    "Stopwatch",
    "cache_failed",
    "cached",
    "concluded",
    "count",
    "left_out",
    "stage",
    "timed",
    "timing",
    "waited",
]
