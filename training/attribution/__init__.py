"""Trains the token classifier that finds who said what."""
