"""Verbs and nouns whose forms no ending tells: each line has the word and its other forms."""

_FORMS = """
arise arose arisen
bear bore borne
beat beaten
become became
begin began begun
bind bound
bite bit bitten
blow blew blown
break broke broken
bring brought
build built
burn burnt
buy bought
catch caught
child children
choose chose chosen
come came
deal dealt
die dying
dig dug
do did done
draw drew drawn
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
find found
flee fled
fly flew flown
forbid forbade forbidden
forget forgot forgotten
freeze froze frozen
get got gotten
give gave given
go went gone
grow grew grown
hang hung
hear heard
hide hid hidden
hold held
keep kept
know knew known
lead led
leave left
lend lent
lie lying
lose lost
make made
man men
mean meant
meet met
pay paid
person people
prove proven
ride rode ridden
ring rang rung
rise rose risen
run ran
see saw seen
seek sought
sell sold
send sent
shake shook shaken
shoot shot
show shown
shrink shrank shrunk
sing sang sung
sink sank sunk
sit sat
sleep slept
slide slid
speak spoke spoken
spend spent
stand stood
steal stole stolen
stick stuck
strike struck stricken
swear swore sworn
swim swam swum
take took taken
teach taught
think thought
throw threw thrown
undergo underwent undergone
understand understood
uphold upheld
wear wore worn
win won
withdraw withdrew withdrawn
woman women
write wrote written
"""

LEMMAS: dict[str, str] = {
    form: line.split()[0] for line in _FORMS.strip().splitlines() for form in line.split()[1:]
}
"""The word for each of its irregular forms, all in lower case."""
