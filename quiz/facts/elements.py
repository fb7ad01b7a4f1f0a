"""The chemical elements as a topic: rows of a data package become records of a fixture.

Pure: `records` takes plain rows and returns records in the fixture format. What the package's
own texts contradict is kept but never asked, with the reason on record.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from quiz.facts.element_discoveries import discoverer_entities, discovery_facts
from quiz.facts.element_origins import origin_entities, origin_facts
from quiz.facts.element_records import TOPIC, Element, Points, Record, entity, fact, record

KELVIN = Decimal("273.15")


def records(elements: Iterable[Element], points: Iterable[Points], version: str) -> list[Record]:
    """Return the whole fixture: topic, threads, measures, sources, entities, facts, in order."""
    rows = sorted(elements, key=lambda element: element.number)
    by_number = {element.number: element for element in rows}
    finders = {found["fields"]["slug"]: found for found in discoverer_entities(rows)}
    origins = list(origin_entities(rows, finders))
    return [
        *_frame(version),
        *_element_entities(rows),
        *finders.values(),
        *origins,
        *(made for element in rows for made in _element_facts(element)),
        *_point_facts(by_number, list(points)),
    ]


def _frame(version: str) -> Iterator[Record]:
    yield record(
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
        ("symbols", "Symbols", READING_SYMBOLS),
        ("numbers", "Atomic numbers", READING_NUMBERS),
        ("discovery", "Discovery", READING_DISCOVERY),
        ("names", "Names", READING_NAMES),
        ("weights", "Atomic weights", READING_WEIGHTS),
        ("points", "Melting and boiling", READING_POINTS),
    )
    for position, (slug, title, reading) in enumerate(threads, 1):
        yield record(
            "thread", topic=TOPIC, slug=slug, title=title, position=position, reading=reading
        )
    for slug, counts, unit in (
        ("chemical-symbol", "the chemical symbol of an element", ""),
        ("atomic-number", "the number of protons in an atom of an element", "protons"),
        ("element-of-number", "the element with an atomic number", ""),
        ("discovery-year", "the year in which an element was discovered", ""),
        ("name-meaning", "the meaning of the word that an element’s name comes from", ""),
        ("name-place", "the place that an element is named after", ""),
        ("name-person", "who an element is named after", ""),
        ("name-thing", "the god, planet, mineral or the like that an element is named after", ""),
        ("atomic-weight", "the atomic weight of an element", "relative mass"),
        ("melting-point", "the melting point of an element", "°C"),
        ("boiling-point", "the boiling point of an element", "°C"),
    ):
        yield record("measure", slug=slug, counts=counts, unit=unit)
    yield record(
        "measurefamily",
        slug="discoverers",
        title="Discoverers of one element",
        why_they_differ="The source does not say who was first.",
    )
    for slug, counts in (
        ("discoverer", "who discovered an element"),
        ("discoverer-elsewhere", "who else discovered an element, apart from the first"),
    ):
        yield record("measure", slug=slug, counts=counts, unit="", family=["discoverers"])
    for slug, title in (
        ("mendeleev", f"mendeleev {version}, a data package of the chemical elements"),
        ("iupac-atomic-weights", "IUPAC standard atomic weights (Meija and others, 2016; CIAAW)"),
        ("crc-handbook-2016", "CRC Handbook of Chemistry and Physics (Haynes, 2016)"),
    ):
        yield record(
            "source",
            slug=slug,
            kind="reference",
            title=title,
            licence="MIT" if slug == "mendeleev" else "",
        )


def _element_entities(elements: Iterable[Element]) -> Iterator[Record]:
    for element in elements:
        name = element.key
        names: list[dict[str, Any]] = [{"text": name, "kind": "full"}]
        names += [
            {"text": other, "kind": "short", "from_general_knowledge": True}
            for other in SPELLINGS.get(name, ())
        ]
        yield entity(name, "substance", name, names, f"element {element.number}")
        symbol = element.symbol
        named = [{"text": symbol, "kind": "symbol"}]
        yield entity(f"symbol-{symbol.lower()}", "symbol", symbol, named, f"the symbol of {name}")


def _element_facts(element: Element) -> Iterator[Record]:
    key, number, core = element.key, element.number, element.importance
    name = key
    yield fact(
        f"{key}-symbol", "identity", "symbols",
        importance=core,
        label=f"Symbol of {name}",
        sentence=f"The chemical symbol of {name} is [[{element.symbol}]].",
        stem=f"What is the chemical symbol of {name}?",
        subject=[key], measure=["chemical-symbol"],
        answers=[[f"symbol-{element.symbol.lower()}"]],
        locator=f"symbol of {name}",
    )  # fmt: skip
    yield fact(
        f"{key}-number", "figure", "numbers",
        importance=core,
        label=f"Atomic number of {name}",
        sentence=f"The atomic number of {name} is [[{number}]].",
        stem=f"What is the atomic number of {name}?",
        subject=[key], measure=["atomic-number"],
        amount_text=str(number), qualifier="exactly",
        locator=f"atomic number of {name}",
    )  # fmt: skip
    yield fact(
        f"element-{number}", "identity", "numbers",
        importance=core,
        label=f"The element with {number} protons",
        sentence=f"The element with atomic number {number} is [[{name}]].",
        stem=f"Which element has atomic number {number}?",
        measure=["element-of-number"], subject=[f"symbol-{element.symbol.lower()}"],
        answers=[[key]],
        locator=f"name of element {number}",
    )  # fmt: skip
    yield from discovery_facts(element)
    yield from origin_facts(element)
    if element.weight is not None and not _is_mass_number(element):
        yield _weight_fact(element)


def _is_mass_number(element: Element) -> bool:
    """Short-lived elements have no standard weight: the package gives a mass number."""
    return element.radioactive and element.symbol not in {"Th", "Pa", "U"}


def _weight_fact(element: Element) -> Record:
    """A ratio, and so without a unit: to as many digits as value and uncertainty have."""
    weight = Decimal(str(element.weight))
    note = "A conventional value: the standard gives a range."
    bounds: dict[str, str] = {}
    if element.weight_uncertainty:
        uncertainty = Decimal(f"{element.weight_uncertainty:.1e}").normalize()
        # The package's numbers have lost their last zeros: 72.63 ± 0.008 was 72.630(8).
        finest = min(_exponent(weight), _exponent(uncertainty))
        weight, uncertainty = (
            value.quantize(Decimal(1).scaleb(finest)) for value in (weight, uncertainty)
        )
        note = f"Known to ± {format(uncertainty, 'f')}."
        bounds["amount_low"] = format(weight - uncertainty, "f")
        bounds["amount_high"] = format(weight + uncertainty, "f")
    name, text = element.key, format(weight, "f")
    return fact(
        f"{name}-weight", "figure", "weights",
        importance=min(element.importance + 1, 3),
        label=f"Atomic weight of {name}",
        sentence=f"The atomic weight of {name} is [[{text}]].",
        stem=f"What is the atomic weight of {name}?",
        subject=[name], measure=["atomic-weight"],
        amount_text=text, qualifier="exactly", **bounds,
        note=note,
        source="iupac-atomic-weights",
        locator=f"through mendeleev: atomic weight of {name}",
    )  # fmt: skip


def _exponent(value: Decimal) -> int:
    return int(value.as_tuple().exponent)


def _point_facts(by_number: Mapping[int, Element], points: list[Points]) -> Iterator[Record]:
    for row in sorted(points, key=lambda row: (row.number, row.allotrope)):
        # A sublimation or transition temperature is neither a melting nor a boiling point.
        if row.sublimes or row.transition:
            continue
        element = by_number[row.number]
        forms = [other for other in points if other.number == row.number]
        for what, kelvin, all_of_it in (
            ("melting", row.melting, {form.melting for form in forms}),
            ("boiling", row.boiling, {form.boiling for form in forms}),
        ):
            if kelvin is None:
                continue
            name = element.key
            # The form is named where another form of the element has another point.
            shown = f"{row.allotrope} {name}" if len(all_of_it) > 1 else name
            celsius = (Decimal(f"{kelvin:.4f}") - KELVIN).normalize()
            text = format(celsius, ",f").replace("-", "\N{MINUS SIGN}")
            yield fact(
                f"{name}-{what}-point", "figure", "points",
                importance=2 if row.number <= 56 or element.importance == 1 else 3,
                label=f"{what.capitalize()} point of {shown}",
                sentence=f"The {what} point of {shown} is [[{text}]] °C.",
                stem=f"What is the {what} point of {shown}?",
                subject=[name], measure=[f"{what}-point"],
                amount_text=text, qualifier="exactly",
                source="crc-handbook-2016",
                locator=f"through mendeleev: {what} point of {shown}",
            )  # fmt: skip


SPELLINGS = {"aluminum": ("aluminium",), "cesium": ("caesium",), "sulfur": ("sulphur",)}
READING_SYMBOLS = (
    "Every element has a symbol of one or two letters. Most symbols shorten the English name; "
    "eleven old ones shorten a Latin or German name, which is why iron is Fe and tungsten is W."
)
READING_NUMBERS = (
    "The atomic number counts the protons in an atom. No two elements share one, and the table "
    "of the elements is in their order: 1 is hydrogen, 2 helium, and so on to 118."
)
READING_DISCOVERY = (
    "Some elements were always known, and nobody can date them. Others were found by one person, "
    "by a team, or by several people in different countries. The years here "
    "are those of the source; where its own texts disagree, the year is not asked."
)
READING_NAMES = (
    "Names come from Greek and Latin words for a property, from places, gods, planets, minerals "
    "and people. Four elements share the name of one Swedish village."
)
READING_WEIGHTS = (
    "An atomic weight says how heavy an element’s atoms are on average, as found on Earth: twelve "
    "stands for an atom of carbon-12, so it is a ratio without a unit. Its last digits are "
    "uncertain, and where samples differ a conventional value is given. Elements that decay "
    "quickly have none."
)
READING_POINTS = (
    "Melting and boiling points are given in degrees Celsius at normal pressure. An element may "
    "have several solid forms; the form is named where it matters. Carbon and arsenic turn to "
    "gas without melting and are left out."
)
