"""What the token classifier reads, and how its labels become acts of speech.

pieces     a statement's tokens as the model's word pieces
roles      the labels, and the likeliest run of them
acts       labels around a cue as one act of speech
merging    acts by the rules and acts by the model, as one list
"""
