"""Countries with the words for what and who is of them."""

_FORMS = """
afghanistan afghan afghans
africa african africans
albania albanian albanians
algeria algerian algerians
america american americans us usa united-states
angola angolan angolans
arabia saudi saudis
argentina argentine argentines argentinian
armenia armenian armenians
australia australian australians
austria austrian austrians
azerbaijan azerbaijani azerbaijanis azeri azeris
bahrain bahraini bahrainis
bangladesh bangladeshi bangladeshis
belarus belarusian belarusians
belgium belgian belgians
bolivia bolivian bolivians
bosnia bosnian bosnians
botswana
brazil brazilian brazilians
britain british briton britons uk united-kingdom
bulgaria bulgarian bulgarians
cambodia cambodian cambodians
cameroon cameroonian cameroonians
canada canadian canadians
chile chilean chileans
china chinese
colombia colombian colombians
congo congolese
croatia croatian croatians croat croats
cuba cuban cubans
cyprus cypriot cypriots
czechia czech czechs
denmark danish dane danes
ecuador ecuadorian ecuadorians
egypt egyptian egyptians
england english
eritrea eritrean eritreans
estonia estonian estonians
ethiopia ethiopian ethiopians
europe european europeans
fiji fijian fijians
finland finnish finn finns
france french
gabon gabonese
gambia gambian gambians
georgia georgian georgians
germany german germans
ghana ghanaian ghanaians
greece greek greeks
guatemala guatemalan guatemalans
haiti haitian haitians
honduras honduran hondurans
hungary hungarian hungarians
iceland icelandic
india indian indians
indonesia indonesian indonesians
iran iranian iranians
iraq iraqi iraqis
ireland irish
israel israeli israelis
italy italian italians
jamaica jamaican jamaicans
japan japanese
jordan jordanian jordanians
kazakhstan kazakh kazakhs
kenya kenyan kenyans
korea korean koreans
kosovo kosovar kosovars
kuwait kuwaiti kuwaitis
kyrgyzstan kyrgyz
laos laotian laotians
latvia latvian latvians
lebanon lebanese
liberia liberian liberians
libya libyan libyans
lithuania lithuanian lithuanians
luxembourg
madagascar malagasy
malawi malawian malawians
malaysia malaysian malaysians
mali malian malians
malta maltese
mauritania mauritanian mauritanians
mexico mexican mexicans
moldova moldovan moldovans
mongolia mongolian mongolians
montenegro montenegrin montenegrins
morocco moroccan moroccans
mozambique mozambican mozambicans
myanmar burma burmese
namibia namibian namibians
nepal nepali nepalese
netherlands dutch
nicaragua nicaraguan nicaraguans
niger nigerien nigeriens
nigeria nigerian nigerians
norway norwegian norwegians
oman omani omanis
pakistan pakistani pakistanis
palestine palestinian palestinians
panama panamanian panamanians
paraguay paraguayan paraguayans
peru peruvian peruvians
philippines filipino filipinos philippine
poland polish pole poles
portugal portuguese
qatar qatari qataris
romania romanian romanians
russia russian russians
rwanda rwandan rwandans
salvador salvadoran salvadorans
scotland scottish scot scots
senegal senegalese
serbia serbian serbians serb serbs
singapore singaporean singaporeans
slovakia slovak slovaks
slovenia slovenian slovenians
somalia somali somalis
spain spanish spaniard spaniards
sudan sudanese
sweden swedish swede swedes
switzerland swiss
syria syrian syrians
taiwan taiwanese
tajikistan tajik tajiks
tanzania tanzanian tanzanians
thailand thai thais
togo togolese
tunisia tunisian tunisians
turkey turkish turk turks türkiye
turkmenistan turkmen
uganda ugandan ugandans
ukraine ukrainian ukrainians
uruguay uruguayan uruguayans
uzbekistan uzbek uzbeks
venezuela venezuelan venezuelans
vietnam vietnamese
wales welsh
yemen yemeni yemenis
zambia zambian zambians
zealand zealander zealanders
zimbabwe zimbabwean zimbabweans
"""

PLACES: dict[str, str] = {
    form: line.split()[0] for line in _FORMS.strip().splitlines() for form in line.split()
}
"""The country for each of its forms, all in lower case."""
