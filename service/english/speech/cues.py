"""Words that report speech, and what each needs beside it to be read so.

The verbs are those that annotators of news most often mark as cues; each is listed by what makes
it safe, so that "The party called for its leader" is not read like "He called it “a disaster”".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from service.english.function_words import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    PERFECT,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    UNREAL,
)
from service.english.text.tokens import Token


class Grammar(Enum):
    """What a cue takes."""

    CLAUSE = "a clause, with or without 'that'"
    THAT = "a clause with 'that' or a pronoun as its subject"
    TELL = "someone who is told, then a clause"
    ASK = "a question"
    QUOTED = "quoted words only"
    OBJECT = "whatever follows"
    INFINITIVE = "'to' and a verb"
    SOURCE = "the source itself: according to"


_VERBS = {
    Grammar.CLAUSE: """
        say says said saying; add adds added adding; argue argues argued arguing; insist
        insists insisted insisting; claim claims claimed claiming; note notes noted noting;
        allege alleges alleged alleging; assert asserts asserted asserting; contend contends
        contended contending; concede concedes conceded conceding; acknowledge acknowledges
        acknowledged acknowledging; admit admits admitted admitting; explain explains
        explained explaining; complain complains complained complaining; believe believes
        believed believing; fear fears feared fearing; caution cautions cautioned
        cautioning; predict predicts predicted predicting; reiterate reiterates reiterated
        reiterating; write writes wrote written writing; tweet tweets tweeted tweeting; quip
        quips quipped quipping; joke jokes joked joking; boast boasts boasted boasting;
        suspect suspects suspected; reckon reckons reckoned; stated stating
    """,
    Grammar.THAT: """
        show shows showed shown showing; find finds found finding; indicate indicates
        indicated indicating; reveal reveals revealed revealing; suggest suggests suggested
        suggesting; announce announces announced announcing; agree agrees agreed agreeing;
        confirm confirms confirmed confirming; report reports reported reporting; emphasize
        emphasizes emphasized emphasizing; emphasise emphasises emphasised emphasising;
        stress stresses stressed stressing; recall recalls recalled recalling; remark
        remarks remarked remarking; respond responds responded responding; reply replies
        replied replying; observe observes observed observing; mention mentions mentioned
        mentioning; disclose discloses disclosed disclosing; testify testifies testified
        testifying; conclude concludes concluded concluding; declare declares declared
        declaring; estimate estimates estimated estimating; speculate speculates speculated
        speculating; propose proposes proposed proposing; recommend recommends recommended
        recommending; point points pointed pointing; underline underlines underlined
        underlining; underscore underscores underscored underscoring; highlight highlights
        highlighted; hope hopes hoped hoping; worry worries worried worrying; doubt doubts
        doubted doubting; swear swears swore; rule ruled; continue continues continued; post
        posts posted posting; repeat repeats repeated repeating; counter counters countered
        countering; signal signals signaled signalled; warn warns warned warning; hint hints
        hinted hinting; promise promises promised promising; vow vows vowed vowing; pledge
        pledges pledged pledging; guarantee guarantees guaranteed; lament laments lamented
        lamenting; stipulate stipulates stipulated; demonstrate demonstrates demonstrated;
        determine determined; demand demands demanded demanding; charge charged charging;
        imply implies implied implying; think thinks thought; expect expects; maintain
        maintains maintained maintaining; project projects projected projecting; order
        ordered; assume assumes assumed; calculate calculates calculated; forecast forecasts
    """,
    Grammar.TELL: """
        tell tells told telling; assure assures assured assuring; inform informs informed;
        remind reminds reminded reminding; notify notified; convince convinced; brief
        briefed
    """,
    Grammar.ASK: """
        ask asks asked asking; wonder wonders wondered wondering; question questioned
    """,
    Grammar.QUOTED: """
        calls called calling; describe describes described describing; dub dubbed dubbing;
        label labels labeled labelled labeling; read reads; retort retorts retorted; answer
        answers answered; shout shouted shouting; yell yelled yelling; laugh laughed;
        exclaim exclaims exclaimed; chant chanted chanting; interject interjected; conclude
        concluding; reflect reflected; muse mused; mock mocked mocking; blast blasted
        blasting; slam slammed slamming; denounce denounced denouncing; praise praised
        praising; criticize criticized criticizing; brand branded branding; refer refers
        referred referring; cite cites cited citing; decry decried decrying; shoot shot;
        sigh sighed; offer offered; close closed; intone intoned; opine opined; scoff
        scoffed; snap snapped; interrupt interrupted; advise advised; text texted; caption
        captioned; echo echoed; go goes went; characterize characterized; dismiss dismisses
        dismissed dismissing; ridicule ridiculed; deem deemed
    """,
    Grammar.OBJECT: """
        deny denies denied denying; accuse accuses accused accusing; blame blamed blaming;
        reject rejected rejecting; criticise criticised; urge urges urged urging
    """,
    Grammar.INFINITIVE: """
        threaten threatens threatened threatening
    """,
}
_ALSO_INFINITIVE = frozenset(
    "promise promises promised promising vow vows vowed vowing pledge pledges pledged"
    " pledging".split()
)
# Forms that are as often nouns: "his claims that", "new reports that".
NOUNS = frozenset(
    "claim claims report reports note notes show shows find finds point points stress"
    " demand demands promise promises estimate estimates answer answers call calls label labels"
    " brand charge warning fear fears hope hopes doubt doubts worry worries rule question signal"
    " think signals highlight highlights post posts tweet tweets vow vows pledge pledges guarantee"
    " guarantees remark remarks read reads finding reporting posting writing suspect suspects"
    " reply replies reveal refer blast slam offer close brief text echo caption cause joke jokes"
    " counter blame forecast forecasts project projects order hint hints felt shot repeat mention"
    " mentions boast".split()
)
_NAMING = frozenset("called dubbed labeled labelled branded".split())
# Verbs that say nothing without this word after them.
_PARTICLES = {
    "point": "out", "points": "out", "pointed": "out", "pointing": "out",
    "go": "on", "goes": "on", "went": "on",
}  # fmt: skip

GRAMMAR = {
    form: grammar
    for grammar, verbs in _VERBS.items()
    for forms in verbs.split(";")
    for form in forms.split()
}


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue among a statement's tokens: those from `start` up to `end`."""

    start: int
    end: int
    grammar: Grammar
    infinitive: bool = False

    def participle(self, tokens: Sequence[Token]) -> bool:
        """Whether it hangs on another verb's subject ("…, adding that …")."""
        return tokens[self.start].low.endswith("ing") and not (
            self.start > 0 and tokens[self.start - 1].low in BE
        )


def cues(tokens: Sequence[Token]) -> Iterator[Cue]:
    """The cues of a statement from left to right."""
    for index, token in enumerate(tokens):
        if token.low == "according" and _low(tokens, index + 1) == "to":
            yield Cue(index, index + 2, Grammar.SOURCE)
            continue
        grammar = GRAMMAR.get(token.low)
        if grammar is None or not _is_verb(tokens, index):
            continue
        end = index + 1
        particle = _PARTICLES.get(token.low)
        if particle is not None:
            if _low(tokens, end) != particle:
                continue
            end += 1
        yield Cue(index, end, grammar, token.low in _ALSO_INFINITIVE)


def _low(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].low if 0 <= index < len(tokens) else ""


def _is_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether the form at `index` is a verb that tells of speech that took place."""
    form = tokens[index].low
    if tokens[index].is_capitalised and index > 0:
        return False
    left = index - 1
    while left >= 0 and tokens[left].is_adverb and tokens[left].low not in UNREAL:
        left -= 1
    before = _low(tokens, left)
    if before == "to" and _low(tokens, left - 1) in {"on", "continued"}:
        return True  # "went on to say"
    if before in UNREAL or before in DETERMINERS:
        return False
    passive = before in BE and not form.endswith("ing")
    if passive or is_participle(tokens, index):
        return False
    if form in NOUNS:
        return _subject_like(tokens, left) and not _is_noun(tokens, index, left)
    return True


def _is_noun(tokens: Sequence[Token], index: int, left: int) -> bool:
    """Whether a form that may be a noun is one: "a news report", "the jobs report was"."""
    one = {_low(tokens, left - 1), _low(tokens, left - 2)} & {"a", "an"}
    return bool(one) or _low(tokens, index + 1) in AUXILIARIES | {"of"}


def is_participle(tokens: Sequence[Token], index: int) -> bool:
    """Whether a cue's form only describes the noun before it: "people briefed on the plan"."""
    form, following = tokens[index].low, _low(tokens, index + 1)
    if GRAMMAR.get(form) is Grammar.TELL:
        return following in PREPOSITIONS
    if form in _NAMING and _low(tokens, index - 1) not in SUBJECT_PRONOUNS | PERFECT:
        named = index + 1 + (following in DETERMINERS)
        return named < len(tokens) and tokens[named].is_title  # "a unit called the “Fox”"
    return following == "by" and form.endswith("ed")


def _subject_like(tokens: Sequence[Token], index: int) -> bool:
    """Whether the word before a form that may be a noun looks like the subject of a verb."""
    if index < 0:
        return False
    token = tokens[index]
    if token.low in {"he", "she", "they", "it", "we", "i", "you", "who", "which"} | PERFECT:
        return True
    if not token.is_word or token.low in PREPOSITIONS or token.low in {"'s", "’s"}:
        return False
    plural = token.low.endswith("s") and not token.low.endswith(("ss", "us", "is"))
    return token.is_capitalised or plural
