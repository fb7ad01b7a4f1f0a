"""Words that are never a slip of another word, and words that are only another form of one.

A learner who writes "North" did not mistype "South". What stands here is true of English and
needs no base; the words of a topic's own names come from its entities.
"""

# Each state by its name, then the words that are formed from it.
STATE_WORDS = """
afghanistan afghan|albania albanian|algeria algerian|angola angolan
argentina argentine argentinian|armenia armenian|australia australian|austria austrian
azerbaijan azerbaijani|bangladesh bangladeshi|belarus belarusian belarussian|belgium belgian
bolivia bolivian|bosnia bosnian|brazil brazilian|bulgaria bulgarian|cambodia cambodian
cameroon cameroonian|canada canadian|chechnya chechen|chile chilean|china chinese sino
colombia colombian|congo congolese|crimea crimean|croatia croatian|cuba cuban|cyprus cypriot
czechia czech|denmark danish|ecuador ecuadorian|egypt egyptian|england english|eritrea eritrean
estonia estonian|ethiopia ethiopian|finland finnish|france french franco|gambia gambian
georgia georgian|germany german|ghana ghanaian|greece greek|guinea guinean|haiti haitian
hungary hungarian|iceland icelandic|india indian|indonesia indonesian|iran iranian|iraq iraqi
ireland irish|israel israeli|italy italian|jamaica jamaican|japan japanese|jordan jordanian
kazakhstan kazakh|kenya kenyan|korea korean|kosovo kosovar|kuwait kuwaiti|kyrgyzstan kyrgyz
laos laotian|latvia latvian|lebanon lebanese|liberia liberian|libya libyan|lithuania lithuanian
luxembourg|madagascar|malawi|malaysia malaysian|mali malian|malta maltese|mauritania mauritanian
mauritius|mexico mexican|moldova moldovan|mongolia mongolian|montenegro montenegrin
morocco moroccan|mozambique|myanmar burmese|namibia namibian|nepal nepalese|netherlands dutch
nicaragua|niger|nigeria nigerian|norway norwegian|oman omani|pakistan pakistani
palestine palestinian|panama|paraguay|persia persian|peru peruvian|philippines philippine
poland polish|portugal portuguese|prussia prussian|qatar qatari|romania romanian
russia russian russo|rwanda rwandan|scotland scottish|senegal|serbia serbian
slovakia slovak slovakian|slovenia slovenian slovene|somalia somali|spain spanish|sudan sudanese
sweden swedish|switzerland swiss|syria syrian|taiwan taiwanese|tajikistan|tajik|tanzania tanzanian
thailand thai|tunisia tunisian|turkey turkish turkiye|turkmenistan|uganda ugandan
ukraine ukrainian|uruguay|uzbekistan uzbek|venezuela venezuelan|vietnam vietnamese|wales welsh
yemen yemeni|zambia zambian|zimbabwe
"""
COMPASS = {
    f"{first}{second}": f"{first}{second}".removesuffix("ern")
    for first in ("", "north", "south")
    for second in ("east", "eastern", "west", "western", "")
    if first or second
} | {
    "northern": "north", "southern": "south", "central": "central", "middle": "central",
    "upper": "upper", "lower": "lower", "inner": "inner", "outer": "outer",
}  # fmt: skip
# Two or three letters, each a body or state of its own: one letter makes another one.
BODIES = frozenset("us usa uk un eu uae ussr nato who wto imf iaea osce opec dprk rok prc".split())
# Words a letter or two apart that name different things: an office is not its holder's house,
# what is for is not against, an element is not its oxide.
NEAR_WORDS = frozenset(
    """
    minister ministry president presidency chancellor chancellery ambassador embassy governor
    governorate commander command general generals secretary secretariat senator senate
    parliament parliamentary chairman chairwoman official office officer officers
    pro anti pre post non not no intra inter national international rational
    military militia navy naval army air airborne war peace prewar postwar public republic
    import export internal external interior exterior major minor first last second third
    former future civil criminal nuclear unclear marine maritime missile missiles mission
    magnesia alumina silica silicone zirconia thoria lithia baryta strontia titania ceria yttria
    urania ammonia chloride chlorite chlorate fluoride fluorite bromide bromate iodide iodate
    oxide sulfide sulfite sulfate nitride nitrite nitrate phosphide phosphate carbide carbonate
    boride borate hydride silicide silicate selenide telluride arsenide
    """.split()
)
# Endings of compounds: "berylia" may be a slip of beryllium, or beryllia.
COMPOUND_ENDINGS = ("ide", "ite", "ate", "ia", "one", "ane", "ene")


STATES = {
    word: row.split()[0]
    for row in STATE_WORDS.replace("\n", "|").split("|")
    for word in row.split()
} | dict.fromkeys(("america", "american", "americans"), "us")  # fmt: skip
KNOWN = frozenset({*STATES, *COMPASS, *COMPASS.values(), *BODIES, *NEAR_WORDS})
