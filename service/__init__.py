"""Onrecord: checks claims against a newsroom's own articles and returns attributed quotes."""
