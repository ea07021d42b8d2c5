"""Countries with the words for what and who is of them."""

_FORMS = """
afghanistan afghan afghans
america american americans us usa united-states
argentina argentine argentines argentinian
australia australian australians
austria austrian austrians
belarus belarusian belarusians
belgium belgian belgians
brazil brazilian brazilians
britain british briton britons uk united-kingdom
canada canadian canadians
china chinese
colombia colombian colombians
croatia croatian croatians croat croats
cuba cuban cubans
denmark danish dane danes
egypt egyptian egyptians
england english
estonia estonian estonians
ethiopia ethiopian ethiopians
europe european europeans
finland finnish finn finns
france french
georgia georgian georgians
germany german germans
greece greek greeks
hungary hungarian hungarians
iceland icelandic
india indian indians
indonesia indonesian indonesians
iran iranian iranians
iraq iraqi iraqis
ireland irish
israel israeli israelis
italy italian italians
japan japanese
jordan jordanian jordanians
kazakhstan kazakh kazakhs
kenya kenyan kenyans
korea korean koreans
latvia latvian latvians
lebanon lebanese
libya libyan libyans
lithuania lithuanian lithuanians
mexico mexican mexicans
moldova moldovan moldovans
morocco moroccan moroccans
netherlands dutch
nigeria nigerian nigerians
norway norwegian norwegians
pakistan pakistani pakistanis
palestine palestinian palestinians
peru peruvian peruvians
philippines filipino filipinos philippine
poland polish pole poles
portugal portuguese
qatar qatari qataris
romania romanian romanians
russia russian russians
scotland scottish scot scots
serbia serbian serbians serb serbs
slovakia slovak slovaks
slovenia slovenian slovenians
spain spanish spaniard spaniards
sudan sudanese
sweden swedish swede swedes
switzerland swiss
syria syrian syrians
taiwan taiwanese
thailand thai thais
turkey turkish turk turks türkiye
ukraine ukrainian ukrainians
venezuela venezuelan venezuelans
vietnam vietnamese
wales welsh
yemen yemeni yemenis
"""

PLACES: dict[str, str] = {
    form: line.split()[0] for line in _FORMS.strip().splitlines() for form in line.split()
}
"""The country for each of its forms, all in lower case."""
