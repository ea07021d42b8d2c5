"""Places and the words for what is of them, in groups whose members exclude one another."""

DEMONYMS = {
    "American": "the United States", "Argentine": "Argentina", "Australian": "Australia",
    "Austrian": "Austria", "Belgian": "Belgium", "Brazilian": "Brazil", "British": "Britain",
    "Canadian": "Canada", "Chinese": "China", "Colombian": "Colombia", "Cuban": "Cuba",
    "Danish": "Denmark", "Dutch": "the Netherlands", "Egyptian": "Egypt", "Finnish": "Finland",
    "French": "France", "German": "Germany", "Greek": "Greece", "Hungarian": "Hungary",
    "Indian": "India", "Indonesian": "Indonesia", "Iranian": "Iran", "Iraqi": "Iraq",
    "Irish": "Ireland", "Israeli": "Israel", "Italian": "Italy", "Japanese": "Japan",
    "Jordanian": "Jordan", "Kenyan": "Kenya", "Lebanese": "Lebanon", "Libyan": "Libya",
    "Mexican": "Mexico", "Moroccan": "Morocco", "Nigerian": "Nigeria", "Norwegian": "Norway",
    "Pakistani": "Pakistan", "Peruvian": "Peru", "Polish": "Poland", "Portuguese": "Portugal",
    "Romanian": "Romania", "Russian": "Russia", "Saudi": "Saudi Arabia", "Serbian": "Serbia",
    "South Korean": "South Korea", "Spanish": "Spain", "Swedish": "Sweden", "Swiss": "Switzerland",
    "Syrian": "Syria", "Thai": "Thailand", "Turkish": "Turkey", "Ukrainian": "Ukraine",
    "Venezuelan": "Venezuela", "Vietnamese": "Vietnam", "Yemeni": "Yemen",
}  # fmt: skip
COUNTRIES = tuple(DEMONYMS.values())
STATES = (
    *"""Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Hawaii
    Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan
    Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania
    Tennessee Texas Utah Vermont Virginia Wisconsin Wyoming""".split(),
    "New Hampshire", "New Jersey", "New Mexico", "North Carolina", "North Dakota",
    "Rhode Island", "South Carolina", "South Dakota", "West Virginia",
)  # fmt: skip
CITIES = (
    *"""Amsterdam Ankara Athens Atlanta Baghdad Baltimore Bangkok Beijing Beirut Berlin Bogotá
    Boston Brussels Budapest Cairo Caracas Chicago Cleveland Copenhagen Dallas Damascus Delhi Denver
    Detroit Dublin Geneva Hamburg Helsinki Houston Istanbul Jakarta Johannesburg Kabul Karachi Kyiv
    Lagos Lima Lisbon London Madrid Manchester Manila Miami Milan Minneapolis Montreal Moscow Mumbai
    Munich Nairobi Nashville Oslo Paris Philadelphia Phoenix Pittsburgh Prague Rome Santiago Seattle
    Seoul Shanghai Stockholm Sydney Tehran Tokyo Toronto Tripoli Vancouver Vienna Warsaw""".split(),
    "Los Angeles", "San Francisco", "San Diego", "Buenos Aires", "Hong Kong", "New Orleans",
    "Las Vegas", "Mexico City", "Kansas City", "Salt Lake City",
)  # fmt: skip
REGIONS = ("Africa", "Asia", "Europe", "South America", "Antarctica", "Oceania")
GROUPS = (tuple(DEMONYMS), COUNTRIES, STATES, CITIES, REGIONS)
CITY_OF = {
    "Texas": "Houston", "California": "Sacramento", "Florida": "Tampa", "Ohio": "Dayton",
    "Michigan": "Lansing", "France": "Lyon", "Germany": "Leipzig", "China": "Wuhan",
    "India": "Chennai", "Iraq": "Mosul", "Syria": "Homs", "Italy": "Turin", "Spain": "Seville",
    "Iran": "Isfahan", "Mexico": "Tijuana", "Canada": "Ottawa", "Russia": "Kazan",
    "Pennsylvania": "Scranton", "Virginia": "Norfolk", "Wisconsin": "Madison", "Japan": "Osaka",
    "Arizona": "Tucson", "Georgia": "Savannah", "Illinois": "Peoria", "Louisiana": "Shreveport",
    "Poland": "Gdansk", "Brazil": "Recife", "Australia": "Perth", "Ukraine": "Odesa",
    "Afghanistan": "Kandahar", "Pakistan": "Lahore", "Israel": "Haifa", "Turkey": "Izmir",
    "Missouri": "Springfield", "Tennessee": "Memphis", "Colorado": "Boulder", "Egypt": "Alexandria",
}  # fmt: skip
ALIASES = (
    ("the United States", "the U.S."), ("the U.S.", "the United States"),
    ("the US", "the United States"), ("the United Kingdom", "the UK"), ("the UK", "Britain"),
    ("U.S. officials", "American officials"), ("the U.N.", "the United Nations"),
    ("the United Nations", "the UN"), ("the European Union", "the EU"),
    ("the EU", "the European Union"), ("New York City", "New York"),
)  # fmt: skip
