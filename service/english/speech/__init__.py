"""Rules that read reported speech out of news prose, one idea a file.

times             expressions of time
verbs             whether words make a clause
asides            appositions
cues              the words that report speech, and what each needs beside it
phrases           noun phrases, from their edges
sources           the noun phrase beside a cue
openings          where the reported words begin after a cue
parentheticals    attributions after or within the words they report
contents          how far the reported words reach
signatures        quotations signed with a dash and a name
reports           a statement read: its acts of speech, from left to right
acts              the same, as runs of tokens; signed quotations too
settling          sources that a model found, as whole phrases
merging           those acts beside the ones that a model found
speeches          the acts of all statements as the speech of an article
reporting         which acts are reports of words or thoughts
"""
