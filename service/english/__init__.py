"""The English of news: everything that reads one text and needs neither weights nor a store.

text         paragraphs, sentences, tokens, words, names, dates, negation, hedges
quantities   numerals, units, and what a number says of what
speech       reported speech by rules: who says it, how, and which words
speakers     who is meant: persons, organisations, outlets
reading      all of this of one text, read once

Word lists that several of these share stand beside them.
"""
