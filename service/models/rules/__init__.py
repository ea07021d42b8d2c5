"""Rules that read reported speech out of news prose, one idea a file.

quotation_marks   which words stand between quotation marks
words             an article as statements of tokens, a quotation being one token
lexicon           the closed word classes, as data
cues              the words that report speech, and what each needs beside it
sources           the noun phrase beside a cue
contents          how far the reported words reach
reports           a statement read: its acts of speech, from left to right
"""
