"""Common verbs in the forms that negation needs."""

_IRREGULAR = """
become became|begin began|break broke|bring brought|build built|buy bought|catch caught
choose chose|come came|drive drove|fall fell|feel felt|fight fought|find found|fly flew
forget forgot|get got|give gave|go went|grow grew|have had|hear heard|hold held|keep kept
know knew|lead led|leave left|lose lost|make made|meet met|pay paid|run ran|say said|see saw
sell sold|send sent|shoot shot|sing sang|speak spoke|spend spent|stand stood|steal stole
swim swam|take took|teach taught|tell told|think thought|understand understood|wear wore
win won|write wrote|rise rose|sink sank|strike struck|withdraw withdrew|throw threw|draw drew
"""
_REGULAR = """
accept accuse acquire adopt agree aim allow announce appear approve argue arrest arrive ask attack
attend award back belong call campaign cancel cause change claim close compete complete compose
conduct consider contain contribute cover create criticise criticize cross debut decide declare
defeat defend deliver demand depend describe design destroy develop direct discover donate earn
elect end endorse enter establish exist expand expect explain face feature film focus follow force
found gain graduate happen help hire host identify impose improve include increase influence
introduce invade invent invest invite involve issue join kick kill land last launch like list live
locate lower marry mention move name need nominate occur offer open oppose order own participate
pass perform plan play portray practice praise prefer present prevent produce promise promote
propose protect provide publish purchase pursue raise reach receive recognise record refer reject
relate release remain remove rename replace report represent request require resign retire return
reveal save score seek serve share show sign spark star start stay stop struggle study submit
succeed suffer suggest support suspend talk testify threaten travel try turn use view visit vote
walk want warn watch work
""".split()
_DOUBLED = {"star": "starred", "plan": "planned", "stop": "stopped", "submit": "submitted",
            "occur": "occurred", "prefer": "preferred", "refer": "referred"}  # fmt: skip
_OWN_PAST = {"seek": "sought", "show": "showed"}


def _regular_past(verb: str) -> str:
    if verb in _DOUBLED or verb in _OWN_PAST:
        return (_DOUBLED | _OWN_PAST)[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2] not in "aeou":
        return f"{verb[:-1]}ied"
    return f"{verb}ed"


def _third_person(verb: str) -> str:
    if verb == "have":
        return "has"
    if verb.endswith(("s", "sh", "ch", "x", "o")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2] not in "aeou":
        return f"{verb[:-1]}ies"
    return f"{verb}s"


PAST = dict(pair.split() for pair in _IRREGULAR.strip().replace("\n", "|").split("|")) | {
    verb: _regular_past(verb) for verb in _REGULAR
}
"""The past form of each verb."""
OF_PAST = {past: verb for verb, past in PAST.items()}
"""The verb of each past form."""
THIRD = {verb: _third_person(verb) for verb in PAST}
"""The form of each verb that goes with she, he and it."""
OF_THIRD = {third: verb for verb, third in THIRD.items()}
"""The verb of each of these forms."""
