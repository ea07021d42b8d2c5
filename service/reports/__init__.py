"""Formats of an answer for people and programs, one file a format. Each takes the JSON shapes and
returns text; `severity.py` alone decides what fails a run."""
