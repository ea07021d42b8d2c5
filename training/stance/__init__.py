"""Trains the stance model."""
