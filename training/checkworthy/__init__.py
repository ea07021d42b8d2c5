"""Fits the claim spotter: which sentences of a draft are worth a check."""
