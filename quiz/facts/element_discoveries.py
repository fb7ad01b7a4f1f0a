"""When and by whom the elements were discovered, and what of it the package itself disputes."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from quiz.facts.element_names import (
    ALSO_CALLED,
    APART,
    AT_THE_SAME_TIME,
    DOUBTFUL_FINDERS,
    DOUBTFUL_YEARS,
    ORGANISATIONS,
    PEOPLE,
    TAKES_THE,
    VERBS,
)
from quiz.facts.element_records import Element, Record, entity, fact, listed, slugify

DOUBLE_SURNAMES = {
    "Carl Auer von Welsbach": "Auer von Welsbach",
    "Paul-Émile Lecoq de Boisbaudran": "Lecoq de Boisbaudran",
    "Franz-Joseph Müller von Reichenstein": "Müller von Reichenstein",
    "Lord Rayleigh": "Rayleigh",
    "Jean Charles Galissard de Marignac": "de Marignac",
    "Hippolyte-Victor Collet-Descotils": "Collet-Descotils",
}
EXPANDED = {
    "Pierre and Marie Curie": ("Pierre Curie", "Marie Curie"),
    "Fausto and Juan José de Elhuyar": ("Fausto de Elhuyar", "Juan José de Elhuyar"),
}


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


def discoverer_entities(elements: Iterable[Element]) -> Iterator[Record]:
    spellings: dict[tuple[str, str], set[str]] = {}
    for element in elements:
        for spelling in discoverers(element):
            spellings.setdefault(_discoverer(spelling), set()).add(spelling)
    for (kind, name), written in sorted(spellings.items(), key=lambda pair: pair[0][1]):
        names: list[dict[str, Any]] = [{"text": name, "kind": "full"}]
        if kind == "person":
            names.append({"text": _surname(name), "kind": "surname"})
        names += [
            {"text": text, "kind": "misspelling"}
            for text in sorted(written)
            if text not in {name, _surname(name)}
        ]
        names += [
            {"text": text, "kind": "short", "from_general_knowledge": True}
            for text in ALSO_CALLED.get(name, ())
        ]
        yield entity(slugify(name), kind, name, names)


def _surname(name: str) -> str:
    if name in DOUBLE_SURNAMES:
        return DOUBLE_SURNAMES[name]
    if " de " in name:
        return name[name.index(" de ") + 1 :]
    return name.rpartition(" ")[2]


def discovery_facts(element: Element) -> Iterator[Record]:
    name, key = element.name.lower(), element.key
    label, verb = VERBS.get(key, ("Discovery", "discovered"))
    if element.discovery_year:
        year = element.discovery_year
        yield fact(
            f"{key}-discovered", "date", "discovery",
            importance=element.importance,
            label=f"{label} of {name}",
            sentence=f"{element.name} was {verb} in [[{year}]].",
            stem=f"When was {name} {verb}?",
            subject=[key], measure=["discovery-year"],
            when_edtf=str(year), ask_precision="year",
            locator=f"discovery year of {name}",
            **_unless_doubtful(year_doubt(element)),
        )  # fmt: skip
    if key in APART:
        yield from _found_apart(element, verb)
    elif people := _shown(discoverers(element)):
        yield _finders(
            element,
            people,
            slug=f"{key}-discoverer",
            label=f"Who discovered {name}",
            sentence=f"{element.name} was {verb} by {_by(people)}.",
            stem=f"Who {verb} {name}?",
        )
    if key in AT_THE_SAME_TIME:
        yield from _found_too(element)


def _shown(spellings: Iterable[str]) -> list[str]:
    return [_discoverer(spelling)[1] for spelling in spellings]


def _by(people: list[str]) -> str:
    """The marked answer with its article: outside the mark, for one alone."""
    named = [f"the {one}" if one.startswith(TAKES_THE) else one for one in people]
    if len(people) == 1 and named != people:
        return f"the [[{people[0]}]]"
    return f"[[{listed(named)}]]"


def _finders(element: Element, people: list[str], **fields: Any) -> Record:
    slug = fields.pop("slug")
    return fact(
        slug, "identity", "discovery",
        importance=element.importance,
        subject=[element.key],
        measure=[fields.pop("measure", "discoverer")],
        answers=[[slugify(person)] for person in people],
        locator=fields.pop("locator", f"discoverers of {element.key}"),
        **fields,
        **_unless_doubtful(DOUBTFUL_FINDERS.get(element.key, "")),
    )  # fmt: skip


def _found_apart(element: Element, verb: str) -> Iterator[Record]:
    """One fact for each country. They are of one family, so that neither is the other's wrong
    option; what the source names side by side doesn’t contradict."""
    name = element.name.lower()
    alone = "independently" in element.description
    groups = [(where, _shown(spellings)) for where, spellings in APART[element.key]]
    at_once = AT_THE_SAME_TIME.get(element.key)
    for n, (where, people) in enumerate(groups):
        others = [f"{listed(them)}, in {there}" for there, them in groups if there != where]
        others += [f"{listed(_shown([at_once]))}, at about the same time"] if at_once else []
        how = " independently" if alone else ""
        yield _finders(
            element,
            people,
            slug=f"{element.key}-discoverer-{n + 1}",
            label=f"Who {verb} {name} in {where}",
            sentence=f"In {where}, {name} was {verb}{how} by {_by(people)}.",
            stem=f"Who {verb} {name} in {where}?",
            note=f"The source also names {listed(others)}.",
            measure="discoverer" if n == 0 else "discoverer-elsewhere",
        )


def _found_too(element: Element) -> Iterator[Record]:
    name, first = element.name.lower(), listed(_shown(discoverers(element)))
    second = _shown([AT_THE_SAME_TIME[element.key]])
    yield _finders(
        element,
        second,
        slug=f"{element.key}-discoverer-2",
        label=f"Who discovered {name} at about the same time",
        sentence=f"About when {first} discovered {name}, it was also discovered by {_by(second)}.",
        stem=f"Who discovered {name} at about the same time as {first}?",
        measure="discoverer-elsewhere",
        locator=f"description of {name}",
    )


def _unless_doubtful(doubt: str) -> dict[str, str]:
    return {"not_asked": doubt} if doubt else {}


def year_doubt(element: Element) -> str:
    """Return why the year is not asked: the package's own texts disagree, or it is known wrong."""
    if element.key in DOUBTFUL_YEARS:
        return DOUBTFUL_YEARS[element.key]
    told = [
        sentence
        for sentence in re.split(r"(?<=[a-z0-9)])[.]\s+", element.description)
        if re.search(r"discovered|isolated|identified|reported", sentence, re.IGNORECASE)
    ]
    years = {year for sentence in told for year in re.findall(r"\b1[4-9]\d\d\b", sentence)}
    if years and str(element.discovery_year) not in years:
        return f"The source’s own texts give different years: {element.discovery_year}, " + (
            ", ".join(sorted(years)) + "."
        )
    return ""
