"""Closed word classes of English, lower case, as data."""

SUBJECT_PRONOUNS = frozenset("he she they it we i you".split())
OBJECT_PRONOUNS = frozenset("him her them it us me you himself herself themselves".split())
DETERMINERS = frozenset(
    "a an the this that these those his her its their our my your some many several most all both"
    " each every another other no few more one two three four five six seven eight nine ten".split()
)
AUXILIARIES = frozenset(
    "is are was were be been being am has have had do does did will would can could shall should"
    " may might must isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't"
    " wouldn't can't cannot couldn't shouldn't isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t"
    " don’t doesn’t didn’t won’t wouldn’t can’t couldn’t shouldn’t".split()
)
BE = frozenset("is are was were be been being am gets got".split())
PERFECT = frozenset("has have had".split())
# A verb after one of these reports nothing that was said.
UNREAL = frozenset(
    "will would can could shall should may might must cannot not never won't wouldn't can't"
    " couldn't didn't doesn't don't hasn't haven't hadn't won’t wouldn’t can’t couldn’t didn’t"
    " doesn’t don’t hasn’t haven’t hadn’t did do does to if let".split()
)
PREPOSITIONS = frozenset(
    "in on at during after before to of from with via by about for into over under through between"
    " among against amid around near since until inside outside within without toward towards"
    " following regarding despite like upon across along behind beside besides beyond".split()
)
# These tie a noun phrase together ("a spokesman for the ministry").
TYING = frozenset("of for from at with in to on by".split())
SUBORDINATORS = frozenset(
    "that because as while when if although though since whether which who whom where unless until"
    " after before than so whereas once".split()
)
# A clause after one of these is followed by the main clause, at a comma.
BEFORE_MAIN = SUBORDINATORS - {"that", "than", "so", "which", "who", "whom", "whether"}
COORDINATORS = frozenset("and but or nor yet".split())
RELATIVES = frozenset("who whom which whose".split())
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = frozenset(
    "january february march april may june july august september october november december"
    " jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec.".split()
)
TIMES = WEEKDAYS | frozenset(
    "today yesterday tonight tomorrow earlier later recently again afterward afterwards late early"
    " morning afternoon evening night last week month year ago then now once twice".split()
)
# Adverbs that stand between a subject and its verb or begin a sentence; those in -ly need no list.
ADVERBS = frozenset(
    "also later then once again often always still even just soon now too never ever first further"
    " twice thus quickly meanwhile however nevertheless nonetheless instead indeed moreover"
    " furthermore otherwise therefore besides already long simply merely rather".split()
)
# Words that open a sentence before its subject.
OPENERS = ADVERBS | COORDINATORS | frozenset("so plus well yes earlier yesterday today".split())
QUESTION_WORDS = frozenset("whether if what why how who where when which".split())
NAME_PARTICLES = frozenset("de la le van von der den del della di da dos bin ibn al el ben".split())
NOT_AN_ADVERB = frozenset(
    "family ally reply supply early daily weekly monthly italy july elderly friendly likely only"
    " assembly monopoly anomaly bully".split()
)
DASHES = frozenset({"—", "--", "–"})
