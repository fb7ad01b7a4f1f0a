"""The chemical elements as a topic: rows of a data package become records of a fixture.

Pure: `records` takes plain rows and returns records in the fixture format. What the package's
own texts contradict is kept but never asked, with the reason on record.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from quiz.facts.element_names import (
    INDEPENDENT,
    ORGANISATIONS,
    ORIGINS,
    PEOPLE,
    SET_ASIDE,
    UNCLEAR_ORIGINS,
)

TOPIC = ["elements"]
Record = dict[str, Any]
KELVIN = Decimal("273.15")


@dataclass(frozen=True, slots=True)
class Element:
    """One row of the package; points are in kelvin, weight and its uncertainty in dalton."""

    number: int
    symbol: str
    name: str
    weight: float | None
    weight_uncertainty: float | None
    radioactive: bool
    discovery_year: int | None
    discoverers: str
    discovery_location: str
    name_origin: str
    description: str

    @property
    def key(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Points:
    """Melting and boiling point (kelvin) of an element or of one of its allotropes."""

    number: int
    melting: float | None
    boiling: float | None
    allotrope: str = ""
    sublimes: bool = False
    transition: bool = False


def slugify(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def records(elements: Iterable[Element], points: Iterable[Points], version: str) -> list[Record]:
    """Return the whole fixture: topic, threads, measures, sources, entities, facts, in order."""
    rows = sorted(elements, key=lambda element: element.number)
    by_number = {element.number: element for element in rows}
    return [
        *_frame(version),
        *_element_entities(rows),
        *_discoverer_entities(rows),
        *_origin_entities(rows),
        *(fact for element in rows for fact in _element_facts(element)),
        *_point_facts(by_number, points),
    ]


def _record(model: str, **fields: Any) -> Record:
    return {"model": f"quiz.{model}", "fields": fields}


def _frame(version: str) -> Iterator[Record]:
    yield _record(
        "topic",
        slug="elements",
        title="The chemical elements",
        headline="The chemical elements: symbols, discoverers, names and numbers",
        summary="Built on the open data package mendeleev, which says where each value is from.",
        article_word="source",
        contested=False,
        position=2,
    )
    threads = (
        ("symbols", "Symbols and numbers", READING_SYMBOLS),
        ("discovery", "Discovery", READING_DISCOVERY),
        ("names", "Names", READING_NAMES),
        ("weights", "Atomic weights", READING_WEIGHTS),
        ("points", "Melting and boiling", READING_POINTS),
    )
    for position, (slug, title, reading) in enumerate(threads, 1):
        yield _record(
            "thread", topic=TOPIC, slug=slug, title=title, position=position, reading=reading
        )
    for slug, counts, unit in (
        ("chemical-symbol", "the chemical symbol of an element", ""),
        ("atomic-number", "the number of protons in an atom of an element", "protons"),
        ("element-of-number", "the element with an atomic number", ""),
        ("discovery-year", "the year in which an element was discovered", ""),
        ("discoverer", "who discovered an element", ""),
        ("name-origin", "what an element is named after", ""),
        ("atomic-weight", "the atomic weight of an element", "Da"),
        ("melting-point", "the melting point of an element", "°C"),
        ("boiling-point", "the boiling point of an element", "°C"),
    ):
        yield _record("measure", slug=slug, counts=counts, unit=unit)
    for slug, title in (
        ("mendeleev", f"mendeleev {version}, a data package of the chemical elements"),
        ("iupac-atomic-weights", "IUPAC standard atomic weights (Meija and others, 2016; CIAAW)"),
        ("crc-handbook-2016", "CRC Handbook of Chemistry and Physics (Haynes, 2016)"),
    ):
        yield _record(
            "source",
            slug=slug,
            kind="reference",
            title=title,
            licence="MIT" if slug == "mendeleev" else "",
        )


def _element_entities(elements: Iterable[Element]) -> Iterator[Record]:
    for element in elements:
        names: list[dict[str, Any]] = [{"text": element.name, "kind": "full"}]
        names += [
            {"text": other, "kind": "short", "from_general_knowledge": True}
            for other in SPELLINGS.get(element.key, ())
        ]
        yield _record(
            "entity",
            slug=element.key,
            kind="substance",
            name=element.name.lower(),
            note=f"element {element.number}",
            topic=TOPIC,
            names=names,
        )
        yield _record(
            "entity",
            slug=f"symbol-{element.symbol.lower()}",
            kind="symbol",
            name=element.symbol,
            note=f"the symbol of {element.name.lower()}",
            topic=TOPIC,
            names=[{"text": element.symbol, "kind": "symbol"}],
        )


def discoverers(element: Element) -> list[str]:
    """Return the package's spellings, split; none for elements known since antiquity."""
    text = element.discoverers
    if not text or text.startswith("Known"):
        return []
    if text in EXPANDED:
        return list(EXPANDED[text])
    return [part.strip() for part in re.split(r"[;,/]", text) if part.strip() not in {"et al", ""}]


def _discoverer(spelling: str) -> tuple[str, str]:
    """Return kind and shown name of a discoverer; an unknown spelling is an error."""
    if spelling in PEOPLE:
        return "person", PEOPLE[spelling]
    if spelling in ORGANISATIONS:
        return "organisation", ORGANISATIONS[spelling]
    message = f"discoverer {spelling!r} is not in element_names.py: add who that is"
    raise ValueError(message)


def _discoverer_entities(elements: Iterable[Element]) -> Iterator[Record]:
    spellings: dict[tuple[str, str], set[str]] = {}
    for element in elements:
        for spelling in discoverers(element):
            spellings.setdefault(_discoverer(spelling), set()).add(spelling)
    surnames: dict[str, int] = {}
    for kind, name in spellings:
        if kind == "person":
            surnames[_surname(name)] = surnames.get(_surname(name), 0) + 1
    for (kind, name), written in sorted(spellings.items(), key=lambda pair: pair[0][1]):
        names: list[dict[str, Any]] = [{"text": name, "kind": "full"}]
        if kind == "person":
            names.append({"text": _surname(name), "kind": "surname"})
        names += [
            {"text": text, "kind": "misspelling"}
            for text in sorted(written)
            if text not in {name, _surname(name)}
        ]
        yield _record("entity", slug=slugify(name), kind=kind, name=name, topic=TOPIC, names=names)


def _surname(name: str) -> str:
    for particle in (" de ", " von ", " Auer von "):
        if particle in name and name not in DOUBLE_SURNAMES:
            return name[name.index(particle) + 1 :] if particle != " von " else _last_word(name)
    return DOUBLE_SURNAMES.get(name, _last_word(name))


def _last_word(name: str) -> str:
    return name.rpartition(" ")[2]


def origin_of(element: Element) -> str:
    """Return what the package says the name comes from, as a short phrase; "" if unclear."""
    if element.key in ORIGINS:
        return ORIGINS[element.key]
    text = element.name_origin.strip().rstrip(".")
    if not text or element.key in UNCLEAR_ORIGINS:
        return ""
    text = re.split(r";", text)[0]
    text = re.sub(r"^(?:From|Named after|Named for|Named in honor of)\s+(?:the\s+)?", "", text)
    text = re.sub(r"^(?:scientist|physicist|astronomer)\s+", "", text)
    text = re.sub(r",\s*\(", " (", text).replace(": ", " ", 1)
    return re.split(r",\s+(?:who|for|inventor|American|Swiss|native)", text)[0].rstrip(",.")


def _origin_entities(elements: Iterable[Element]) -> Iterator[Record]:
    seen: set[str] = set()
    for element in elements:
        origin = origin_of(element)
        if origin and origin not in seen:
            seen.add(origin)
            yield _record(
                "entity",
                slug=f"origin-{slugify(origin)}"[:80],
                kind="origin",
                name=origin,
                topic=TOPIC,
                names=[{"text": origin, "kind": "full"}],
            )


def _fact(slug: str, kind: str, thread: str, *, locator: str, **fields: Any) -> Record:
    source = fields.pop("source", "mendeleev")
    return _record(
        "fact",
        topic=TOPIC,
        slug=slug,
        kind=kind,
        thread=[*TOPIC, thread],
        **fields,
        citations=[{"source": [source], "locator": locator}],
    )


def _element_facts(element: Element) -> Iterator[Record]:
    name, key, number = element.name.lower(), element.key, element.number
    core = 1 if number <= 20 or element.symbol in CORE else 2 if number <= 94 else 3
    yield _fact(
        f"{key}-symbol", "identity", "symbols",
        importance=core,
        label=f"Symbol of {name}",
        sentence=f"The chemical symbol of {name} is [[{element.symbol}]].",
        stem=f"What is the chemical symbol of {name}?",
        subject=[key], measure=["chemical-symbol"],
        answers=[[f"symbol-{element.symbol.lower()}"]],
        locator=f"elements, symbol, Z = {number}",
    )  # fmt: skip
    yield _fact(
        f"{key}-number", "figure", "symbols",
        importance=core,
        label=f"Atomic number of {name}",
        sentence=f"The atomic number of {name} is [[{number}]].",
        stem=f"What is the atomic number of {name}?",
        subject=[key], measure=["atomic-number"],
        amount_text=str(number), qualifier="exactly",
        locator=f"elements, atomic_number, Z = {number}",
    )  # fmt: skip
    yield _fact(
        f"element-{number}", "identity", "symbols",
        importance=core,
        label=f"The element with {number} protons",
        sentence=f"The element with atomic number {number} is [[{name}]].",
        stem=f"Which element has atomic number {number}?",
        measure=["element-of-number"], subject=[f"symbol-{element.symbol.lower()}"],
        answers=[[key]],
        locator=f"elements, name, Z = {number}",
    )  # fmt: skip
    yield from _discovery_facts(element, core)
    origin = origin_of(element)
    if origin:
        yield _fact(
            f"{key}-name-origin", "identity", "names",
            importance=min(core + 1, 3),
            label=f"Origin of the name {name}",
            sentence=f"The name {name} comes from [[{origin}]].",
            stem=f"Where does the name {name} come from?",
            subject=[key], measure=["name-origin"],
            answers=[[f"origin-{slugify(origin)}"[:80]]],
            locator=f"elements, name_origin, Z = {number}",
        )  # fmt: skip
    if element.weight is not None and not _is_mass_number(element):
        yield _weight_fact(element, core)


def _is_mass_number(element: Element) -> bool:
    """Short-lived elements have no standard weight: the package gives a mass number."""
    return element.radioactive and element.symbol not in {"Th", "Pa", "U"}


def _weight_fact(element: Element, core: int) -> Record:
    weight = Decimal(str(element.weight))
    text = format(weight, "f")
    bounds: dict[str, str] = {}
    if element.weight_uncertainty:
        uncertainty = Decimal(f"{element.weight_uncertainty:.1e}").normalize()
        places = -int(uncertainty.as_tuple().exponent)
        text = format(weight.quantize(Decimal(1).scaleb(-places)), "f")
        bounds["note"] = f"Known to ± {format(uncertainty, 'f')} Da."
        bounds["amount_low"] = format(weight - uncertainty, "f")
        bounds["amount_high"] = format(weight + uncertainty, "f")
    name = element.name.lower()
    return _fact(
        f"{element.key}-weight", "figure", "weights",
        importance=min(core + 1, 3),
        label=f"Atomic weight of {name}",
        sentence=f"The atomic weight of {name} is [[{text}]] Da.",
        stem=f"What is the atomic weight of {name}?",
        subject=[element.key], measure=["atomic-weight"],
        amount_text=text, qualifier="exactly", **bounds,
        source="iupac-atomic-weights",
        locator=f"through mendeleev: elements, atomic_weight, Z = {element.number}",
    )  # fmt: skip


def _discovery_facts(element: Element, core: int) -> Iterator[Record]:
    name, key, number = element.name.lower(), element.key, element.number
    doubt = doubt_of(element)
    if element.discovery_year:
        year = element.discovery_year
        yield _fact(
            f"{key}-discovered", "date", "discovery",
            importance=core,
            label=f"Discovery of {name}",
            sentence=f"{element.name} was discovered in [[{year}]].",
            stem=f"When was {name} discovered?",
            subject=[key], measure=["discovery-year"],
            when_edtf=str(year), ask_precision="year",
            locator=f"elements, discovery_year, Z = {number}",
            **({"not_asked": doubt} if doubt else {}),
        )  # fmt: skip
    groups = INDEPENDENT.get(key, (("", tuple(discoverers(element))),))
    for n, (place, spellings) in enumerate(groups):
        people = [_discoverer(spelling)[1] for spelling in spellings]
        if not people:
            continue
        where = f" in {place}" if place else ""
        how = ", independently of others," if place else ""
        yield _fact(
            f"{key}-discoverer" + (f"-{n + 1}" if place else ""), "identity", "discovery",
            importance=core,
            label=f"Who discovered {name}{where}",
            sentence=f"{element.name} was discovered{how} by [[{_listed(people)}]]{where}.",
            stem=f"Who discovered {name}{where}{how.rstrip(',')}?",
            # Independent discoveries are rivals: they share measure and subject.
            subject=[key], measure=["discoverer"],
            answers=[[slugify(person)] for person in people],
            locator=f"elements, discoverers, Z = {number}",
            **({"not_asked": doubt} if doubt else {}),
        )  # fmt: skip


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def doubt_of(element: Element) -> str:
    """Return why year and discoverer are not asked: the package's own texts disagree."""
    if element.key in SET_ASIDE:
        return SET_ASIDE[element.key]
    told = [
        sentence
        for sentence in re.split(r"(?<=[a-z0-9)][.])\s+", element.description)
        if re.search(r"discovered|isolated|identified|reported", sentence, re.IGNORECASE)
    ]
    years = {year for sentence in told for year in re.findall(r"\b1[5-9]\d\d\b", sentence)}
    if years and str(element.discovery_year) not in years:
        return f"The source's own texts give different years: {element.discovery_year}, " + (
            ", ".join(sorted(years)) + "."
        )
    return ""


def _point_facts(by_number: Mapping[int, Element], points: Iterable[Points]) -> Iterator[Record]:
    for row in sorted(points, key=lambda row: (row.number, row.allotrope)):
        # A sublimation or transition temperature is neither a melting nor a boiling point.
        if row.sublimes or row.transition:
            continue
        element = by_number[row.number]
        name = element.name.lower()
        shown = f"{row.allotrope} {name}" if row.allotrope in NAMED_ALLOTROPES else name
        for what, kelvin in (("melting", row.melting), ("boiling", row.boiling)):
            if kelvin is None:
                continue
            celsius = (Decimal(f"{kelvin:.4f}") - KELVIN).normalize()
            text = format(celsius, "f").replace("-", "\N{MINUS SIGN}")
            yield _fact(
                f"{element.key}-{what}-point", "figure", "points",
                importance=2 if row.number <= 56 or element.symbol in CORE else 3,
                label=f"{what.capitalize()} point of {shown}",
                sentence=f"The {what} point of {shown} is [[{text}]] °C.",
                stem=f"What is the {what} point of {shown}?",
                subject=[element.key], measure=[f"{what}-point"],
                amount_text=text, qualifier="exactly",
                source="crc-handbook-2016",
                locator=f"through mendeleev: phasetransitions, {what}_point, Z = {row.number}",
            )  # fmt: skip


CORE = {"Fe", "Cu", "Ag", "Au", "Hg", "Pb", "Sn", "Zn", "I", "U", "Ra", "Pt", "Ni", "Br", "Pu", "W"}
NAMED_ALLOTROPES = {"white", "gray", "monoclinic"}
DOUBLE_SURNAMES = {
    "Carl Auer von Welsbach": "Auer von Welsbach",
    "Paul-Émile Lecoq de Boisbaudran": "Lecoq de Boisbaudran",
    "Franz-Joseph Müller von Reichenstein": "Müller von Reichenstein",
    "Lord Rayleigh": "Rayleigh",
    "Jean Charles Galissard de Marignac": "de Marignac",
    "Hippolyte-Victor Collet-Descotils": "Collet-Descotils",
}
SPELLINGS = {"aluminum": ("Aluminium",), "cesium": ("Caesium",), "sulfur": ("Sulphur",)}
EXPANDED = {
    "Pierre and Marie Curie": ("Pierre Curie", "Marie Curie"),
    "Fausto and Juan José de Elhuyar": ("Fausto de Elhuyar", "Juan José de Elhuyar"),
}
READING_SYMBOLS = (
    "Every element has a number, the count of protons in its atom, and a symbol of one or two "
    "letters. Most symbols shorten the English name; eleven old ones shorten a Latin or German "
    "name, which is why iron is Fe and tungsten is W."
)
READING_DISCOVERY = (
    "Some elements were always known, and nobody can date them. Others were found by one person "
    "on one day, by a team, or by several people who did not know of each other. The years here "
    "are those of the source; where its own texts disagree, the year is not asked."
)
READING_NAMES = (
    "Names come from Greek and Latin words for a property, from places, gods, planets, minerals "
    "and people. Four elements share the name of one Swedish village."
)
READING_WEIGHTS = (
    "An atomic weight is the average mass of an element's atoms as found on Earth, in dalton, "
    "with an uncertainty in its last digit. Elements that decay quickly have none."
)
READING_POINTS = (
    "Melting and boiling points are given in degrees Celsius at normal pressure. An element may "
    "have several solid forms; the form is named where it matters. Carbon and arsenic turn to "
    "gas without melting and are left out."
)
