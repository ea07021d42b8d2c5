"""Reads numbers: their value, their unit, what they count, and how exact they are."""
