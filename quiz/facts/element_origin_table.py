"""Where the elements' names come from: what is asked of each, and what would be typed for it.

Answers and roots stand in the package's own texts; a test compares them. What an element is named
after is asked by its kind: the meaning of a word, a place, a person, a god.
"""

from dataclasses import dataclass
from typing import Any

from quiz.facts.element_records import slugify

KINDS = {"word": "origin", "place": "place", "person": "person", "laboratory": "organisation"}


@dataclass(frozen=True, slots=True)
class Origin:
    """What a name comes from.

    after: "word" (asked for its meaning), "place", "person", or the kind of thing as the stem
    names it ("planet"). language and root: of a word, the root plural where it is several words.
    typed: other texts that name the same.
    told: which of its texts tells it.
    """

    answers: tuple[str, ...]
    after: str = "word"
    language: str = ""
    root: str = ""
    typed: tuple[str, ...] = ()
    told: str = "name_origin"

    @property
    def kind(self) -> str:
        return KINDS.get(self.after, "other")

    @property
    def is_several_words(self) -> bool:
        return " " in self.root

    @property
    def slugs(self) -> tuple[str, ...]:
        # People and laboratories are discoverers too.
        if self.kind in {"person", "organisation"}:
            return tuple(map(slugify, self.answers))
        return tuple(f"{self.kind}-{slugify(answer)}" for answer in self.answers)

    @property
    def also_typed(self) -> tuple[str, ...]:
        """The root and its gloss as they would be written for the answer."""
        if not self.root:
            return self.typed
        roots = (
            self.root,
            f"{self.language} {self.root}",
            f"{self.language} for {self.answers[0]}",
        )
        return (*self.typed, *roots)


def word(language: str, root: str, meaning: str, *typed: str, **more: Any) -> Origin:
    return Origin((meaning,), "word", language, root, typed, **more)


def place(name: str, *typed: str, **more: Any) -> Origin:
    return Origin((name,), "place", typed=typed, **more)


def person(*names: str, **more: Any) -> Origin:
    return Origin(names, "person", **more)


def thing(after: str, name: str, *typed: str) -> Origin:
    called = () if "myth" in after else (f"the {after} {name}",)
    return Origin((name,), after, typed=(*typed, *called))


YTTERBY = place("Ytterby", "Ytterby, Sweden", "Ytterby in Sweden", "the village of Ytterby")
ORIGINS = {
    "hydrogen": word("Greek", "hydro and genes", "generating water", "water", "water generating"),
    "helium": word("Greek", "hêlios", "sun"),
    "lithium": word("Greek", "lithos", "stone"),
    "beryllium": thing("mineral", "beryl", "beryllos"),
    "boron": thing("mineral", "borax"),
    "carbon": word("Latin", "carbo", "charcoal"),
    "nitrogen": word("Greek", "nitron and genes", "soda forming", "forming soda"),
    "oxygen": word("Greek", "oxys and genes", "acid former", "acid forming", "forming acid"),
    "fluorine": word("Latin", "fluere", "flow", "to flow", "flowing"),
    "neon": word("Greek", "neos", "new"),
    "sodium": word("Medieval Latin", "sodanum", "headache remedy", "remedy for headache"),
    "magnesium": place("Magnesia", "Magnesia in Thessaly", "Magnesia, Thessaly"),
    "aluminum": word("Latin", "alumen", "alum"),
    "silicon": word("Latin", "silex", "flint"),
    "phosphorus": word("Greek", "phosphoros", "bringer of light", "light bringer", "light-bearer"),
    "chlorine": word("Greek", "chlôros", "greenish yellow", "yellow-green", "green-yellow"),
    "argon": word("Greek", "argos", "inactive"),
    "potassium": Origin(("pot ash",), "English words", typed=("potash", "pot and ash")),
    "calcium": word("Latin", "calx", "lime"),
    "scandium": place("Scandinavia", "Scandia"),
    "titanium": Origin(("the Titans",), "figures of myth", typed=("Titans", "Titan", "titanos")),
    "vanadium": thing("goddess", "Vanadis"),
    "chromium": word("Greek", "chrôma", "color", "colour"),
    "manganese": word("Latin", "magnes", "magnet"),
    "cobalt": word("German", "kobold", "goblin"),
    "nickel": word("German", "kupfernickel", "false copper"),
    "gallium": place("France", "Gallia"),
    "germanium": place("Germany", "Germania"),
    "arsenic": word("Greek", "arsenikon", "yellow pigment"),
    "selenium": word("Greek", "selênê", "moon"),
    "bromine": word("Greek", "brômos", "stench", "stink"),
    "krypton": word("Greek", "kryptos", "hidden", "to be hidden"),
    "rubidium": word("Latin", "rubidus", "deep red", "red"),
    "strontium": place("Strontian", "Strontian, Scotland", "Strontian in Scotland"),
    **dict.fromkeys(("yttrium", "terbium", "erbium", "ytterbium"), YTTERBY),
    "zirconium": thing("mineral", "zircon"),
    "niobium": thing("figure of myth", "Niobe", "Niobe, daughter of Tantalus"),
    "molybdenum": word("Greek", "molybdos", "lead"),
    "technetium": word("Greek", "technêtos", "artificial"),
    "ruthenium": place("Russia", "Ruthenia"),
    "rhodium": word("Greek", "rhodon", "rose"),
    "palladium": thing("asteroid", "Pallas"),
    "cadmium": word("Greek", "kadmeia", "calamine"),
    "indium": word("Latin", "indicum", "indigo", "color indigo"),
    "tellurium": word("Latin", "tellus", "earth"),
    "iodine": word("Greek", "iôeides", "violet colored", "violet", "violet coloured"),
    "xenon": word("Greek", "xenos", "strange"),
    "cesium": word("Latin", "caesius", "sky blue", "coesius", told="description"),
    "barium": word("Greek", "barys", "heavy", "dense", "heavy or dense"),
    "lanthanum": word("Greek", "lanthanein", "hidden"),
    "cerium": thing("asteroid", "Ceres"),
    "praseodymium": word("Greek", "prasios and didymos", "green twin"),
    "neodymium": word("Greek", "neos and didymos", "new twin"),
    "promethium": Origin(("Prometheus",), "Greek god", typed=("the Greek god Prometheus",)),
    "samarium": thing("mineral", "samarskite"),
    "europium": place("Europe", "the continent of Europe"),
    "gadolinium": thing("mineral", "gadolinite"),
    "dysprosium": word("Greek", "dysprositos", "hard to get at", "hard to get", "hard to obtain"),
    "holmium": place("Stockholm", "Holmia"),
    "thulium": place("Scandinavia", "Thule"),
    "lutetium": place("Paris", "Lutetia", "Lutecia"),
    "hafnium": place("Copenhagen", "Hafnia"),
    "tantalum": thing("figure of myth", "Tantalus", "King Tantalus"),
    "tungsten": word("Swedish", "tung sten", "heavy stone"),
    "rhenium": place("the Rhine", "Rhenus", "the Rhine River"),
    "osmium": word("Greek", "osmê", "odor", "odour", "smell"),
    "iridium": word("Latin", "iris", "rainbow"),
    "platinum": word("Spanish", "platina", "little silver", "silver"),
    "mercury": Origin(("Mercury",), "Roman god", typed=("the Roman god Mercury",)),
    "thallium": word("Greek", "thallos", "green twig"),
    "polonium": place("Poland"),
    "astatine": word("Greek", "astatos", "unstable"),
    "francium": place("France"),
    "radium": word("Latin", "radius", "ray"),
    "actinium": word("Greek", "aktinos", "ray"),
    "thorium": Origin(("Thor",), "Norse god", typed=("the Norse god Thor",)),
    "protactinium": word("Greek", "proto and actinium", "parent of actinium"),
    "uranium": thing("planet", "Uranus"),
    "neptunium": thing("planet", "Neptune"),
    # The source still calls it a planet.
    "plutonium": thing("celestial body", "Pluto", "the planet Pluto", "the dwarf planet Pluto"),
    "americium": place("America", "the Americas", "the American continent"),
    "curium": person("Pierre Curie", "Marie Curie"),
    "berkelium": place("Berkeley", "Berkeley, California"),
    "californium": place("California", "University of California", "the state of California"),
    "einsteinium": person("Albert Einstein"),
    "fermium": person("Enrico Fermi"),
    "mendelevium": person(
        "Dmitri Mendeleyev", typed=("Dmitri Mendeleev", "Dmitri Ivanovitch Mendeleyev")
    ),
    "nobelium": person("Alfred Nobel"),
    "lawrencium": person("Ernest Lawrence", typed=("Ernest O. Lawrence",)),
    "rutherfordium": person("Ernest Rutherford"),
    "dubnium": place("Dubna", "Dubna, Russia"),
    "seaborgium": person("Glenn Seaborg"),
    "bohrium": person("Niels Bohr"),
    "meitnerium": person("Lise Meitner", typed=("Lise Mietner",)),
    "darmstadtium": place("Darmstadt", "Darmstadt, Germany"),
    "roentgenium": person(
        "Wilhelm Roentgen", typed=("Wilhelm Röntgen", "Wilhelm Conrad Röntgen", "Röntgen")
    ),
    "copernicium": person("Nicolaus Copernicus", typed=("Nicholas Copernicus", "Kopernikus")),
    "nihonium": place("Japan", "the country of Japan", "Nihon"),
    "flerovium": Origin(
        ("Flerov Laboratory",),
        "laboratory",
        typed=("Flerov", "Flerov Laboratory of Nuclear Reactions", "Flerov Laboratory in Dubna"),
    ),
    "livermorium": Origin(
        ("Lawrence Livermore National Laboratory",),
        "laboratory",
        typed=("Livermore", "Lawrence Livermore", "Livermore National Laboratory", "LLNL"),
    ),
    "tennessine": place("Tennessee", "the state of Tennessee"),
    "oganesson": person("Yuri Oganessian"),
    # Told, but not asked:
    "tin": Origin(("Tinia",), "Etruscan god"),
    "antimony": word("Greek", "anti and monos", "not alone"),
    "bismuth": word("German", "bisemutum", "white mass"),
    "hassium": person("Henri Hess"),
}
NOT_ASKED = {
    "tin": "That the metal is named after a god is a legend; its name is an old Germanic word.",
    "antimony": "Where the word is from is not known; the source tells one guess of several.",
    "bismuth": "The source takes a Latin form for a German word, and its meaning is a guess.",
    "hassium": "The source names a person; the element is named after Hesse, a German state.",
}
# A place and its parts are no options beside each other.
PART_OF = {
    "Paris": "France",
    "France": "Europe",
    "Germany": "Europe",
    "Darmstadt": "Germany",
    "Poland": "Europe",
    "Scandinavia": "Europe",
    "Stockholm": "Scandinavia",
    "Copenhagen": "Scandinavia",
    "Ytterby": "Scandinavia",
    "Strontian": "Europe",
    "Dubna": "Russia",
    "California": "America",
    "Tennessee": "America",
    "Berkeley": "California",
}
# Meanings by their grammar: beside others of their own none is ruled out by it.
QUALITIES = frozenset(
    {"new", "greenish yellow", "inactive", "hidden", "deep red", "artificial", "violet colored",
     "strange", "sky blue", "heavy", "hard to get at", "unstable", "not alone"}
)  # fmt: skip
DOERS = frozenset({"generating water", "soda forming", "acid former", "bringer of light"})
# No option may stand beside one that means nearly the same.
NEARLY_THE_SAME = {"odor": "stench"}
