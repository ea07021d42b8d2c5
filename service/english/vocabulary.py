"""What roles, bodies and papers are called, lower case, as data."""

PERSON_PRONOUNS = frozenset("he she".split())
PRONOUNS = PERSON_PRONOUNS | frozenset("they it we i you who him her them himself herself".split())
HONORIFICS = frozenset("mr. mrs. ms. mr mrs ms miss sir dame lord lady dr. dr".split())
MALE = frozenset("mr. mr sir lord king prince congressman spokesman chairman father".split())
FEMALE = frozenset(
    "mrs. mrs ms. ms miss dame lady queen princess congresswoman spokeswoman chairwoman mother"
    " sister".split()
)
ROLES = frozenset(
    """
    president premier minister secretary chancellor senator sen. sen representative rep. rep
    congressman congresswoman governor gov. gov mayor general gen. gen lieutenant lt. lt colonel
    col. col major maj. sergeant sgt. captain capt. admiral adm. commander cmdr. marshal king
    queen prince princess pope cardinal archbishop bishop rabbi imam pastor reverend rev. judge
    justice prosecutor attorney lawyer solicitor ambassador envoy diplomat attache attaché
    consul chairman chairwoman chairperson chair chief director head spokesman spokeswoman
    spokesperson leader speaker professor prof. dr. dr doctor scientist researcher analyst
    expert economist historian journalist reporter editor columnist correspondent anchor host
    author writer critic opponent activist campaigner organizer organiser adviser advisor aide
    strategist consultant pollster official officer officials officers inspector detective
    sheriff commissioner councilman councilwoman councillor lawmaker legislator deputy mp
    candidate nominee delegate teacher principal student nurse engineer executive ceo founder
    co-founder owner manager coach player fellow treasurer coordinator administrator
    superintendent witness resident neighbor neighbour victim survivor veteran soldier farmer
    worker operative staffer donor supporter voter negotiator investigator physician
    psychologist sociologist epidemiologist geologist meteorologist
    """.split()
)
# Words that belong to the role that they stand before.
ROLE_MODIFIERS = frozenset(
    """
    prime vice deputy foreign defense defence interior finance justice press chief senior top
    former ex acting general attorney executive managing national security assistant associate
    lead leading retired political legal policy communications campaign energy health education
    trade treasury state interim outgoing incoming longtime research first lady police fire
    parliamentary presidential majority minority brigadier lieutenant major rear
    """.split()
)
RANKS = frozenset(
    """
    senior top former current retired unnamed unidentified anonymous high-ranking top-ranking
    veteran local two three four five six several some many multiple other another one a an the
    few most all western
    """.split()
)
# A name or phrase with one of these is a body, not a person.
BODIES = frozenset(
    """
    ministry department government administration agency bureau office council committee
    commission court parliament congress senate house assembly cabinet party campaign
    coalition union federation society association organization organisation institute
    institution university college school foundation center centre company corporation corp.
    inc. ltd group bank fund police army navy military forces force guard intelligence
    pentagon kremlin nato embassy consulate hospital church team club league network
    authority authorities board service services security-council nations states management
    city county town staff treasury fbi cia eu un u.n. opposition regime militia rebels
    brigade battalion corps command headquarters think-tank panel tribunal newspaper
    magazine channel broadcaster outlet website firm airline airlines times post herald
    journal tribune news telegraph guardian reuters
    """.split()
)
DOCUMENTS = frozenset(
    """
    report statement study poll survey letter estimate memo memorandum document documents
    filing filings book transcript data statistics figures email emails e-mail e-mails
    complaint indictment lawsuit bill affidavit petition article editorial column post tweet
    release notice paper analysis review audit dossier records record website site message
    messages manifesto plan resolution ruling decree order draft text polls reports studies
    surveys documentary video recording account accounts census index interview note leaflet
    constitution law treaty agreement
    """.split()
)
NATIONS = frozenset(
    """
    afghanistan africa america argentina asia australia austria belarus belgium brazil britain
    bulgaria canada chile china colombia croatia cuba czechia denmark egypt england estonia
    ethiopia europe finland france georgia germany ghana greece hungary iceland india indonesia
    iran iraq ireland israel italy japan jordan kazakhstan kenya korea kuwait latvia lebanon
    libya lithuania malaysia mexico moldova morocco myanmar netherlands nigeria norway pakistan
    palestine peru philippines poland portugal qatar romania russia scotland serbia singapore
    slovakia slovenia somalia spain sudan sweden switzerland syria taiwan thailand tunisia
    turkey uganda ukraine uzbekistan venezuela vietnam wales yemen zimbabwe u.s. us u.k. uk usa
    moscow kyiv kiev beijing washington pyongyang seoul tokyo london paris berlin brussels
    tehran jerusalem ankara afghan african american argentine asian australian austrian
    belarusian belgian brazilian british bulgarian canadian chilean chinese colombian croatian
    cuban czech danish dutch egyptian english estonian ethiopian european finnish french
    georgian german greek hungarian indian indonesian iranian iraqi irish israeli italian
    japanese jordanian kazakh kenyan korean kurdish latvian lebanese libyan lithuanian malaysian
    mexican moldovan moroccan nigerian norwegian pakistani palestinian peruvian polish
    portuguese romanian russian saudi scottish serbian slovak somali south north east west
    spanish sudanese swedish swiss syrian taiwanese thai tunisian turkish ukrainian venezuelan
    vietnamese welsh western yemeni republican democratic democrat gop
    """.split()
)
# Capitalised words that open sentences or name days, and are no part of a name.
NOT_NAMES = frozenset(
    """
    the a an this that these those his her its their our my your he she they it we i you who
    what when where why how which whose and but or nor so yet if as at by for from in into of on
    to with after before during since until while because although though unless despite under
    over about according also again all another any both each either every few many more most
    much neither no none not now once one only other others some such than then there therefore
    thus two three four five six seven eight nine ten last next earlier later meanwhile however
    instead still perhaps maybe yes well today yesterday tomorrow tonight monday tuesday
    wednesday thursday friday saturday sunday january february march april may june july august
    september october november december says said asked speaking story continued below
    unlike amid among around beyond inside outside near behind besides via per like
    is are was were do does did has have had can could will would should even leading
    advertisement related photo image video getty watch read
    """.split()
)
# What a capitalised word in a row with these is no person.
PLACES = frozenset(
    "state county city town street avenue road airport province region island islands valley"
    " university democrats republicans conservatives liberals".split()
)
# Ends of titles ("Secretary of State") and adherents ("Democrats") that stand before a name.
BEFORE_NAMES = frozenset("staff democrats republicans affairs services".split())
NAME_SUFFIXES = frozenset("jr. sr. jr sr ii iii iv cbe obe mbe kc qc mp phd m.d. ph.d.".split())
NAME_PARTICLES = frozenset("de la le van von der den del della di da dos bin ibn al el".split())
