"""Texts compared as strings."""

from service.english.reading import Reading
from service.pipeline.compare import comparison, numbers


def compare_texts(claim: str, source: str, context: str) -> comparison.Comparison:
    """As the comparison of what was read of the three."""
    return comparison.compare_texts(Reading(claim), Reading(source), [Reading(context)])


def compare_numbers(claim: str, source: str) -> numbers.NumberComparison:
    """Their numbers alone."""
    return numbers.compare_numbers(Reading(claim), Reading(source))
