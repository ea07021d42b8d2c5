"""Fits what weighs the model against exact comparison."""
