"""A text as paragraphs, sentences, tokens and words, and the names, dates, negations in them."""
