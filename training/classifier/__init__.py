"""Fits the classifier: what the probabilities of the stance model are worth for a verdict."""
