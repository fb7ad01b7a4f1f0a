"""The facts of where the elements' names come from, and what they come from as entities."""

from collections.abc import Iterable, Iterator, Mapping

from quiz.facts.element_origin_table import (
    DOERS,
    NEARLY_THE_SAME,
    NOT_ASKED,
    ORIGINS,
    PART_OF,
    QUALITIES,
    Origin,
)
from quiz.facts.element_records import Element, Record, entity, fact, listed, slugify

MEANING = "name-meaning"
LABELS = {
    "word": "Meaning behind the name {}",
    "place": "Place that {} is named after",
    "person": "Who {} is named after",
}


def origin_facts(element: Element) -> Iterator[Record]:
    """The fact of the element's name; none where the package tells of the word itself only."""
    origin = ORIGINS.get(element.key)
    if origin is None:
        return
    name, doubt = element.key, NOT_ASKED.get(element.key)
    sentence, stem, measure = _told(origin, name)
    if name in {answer.lower() for answer in origin.answers}:
        # The name itself would be the answer.
        called = f"the element with atomic number {element.number}"
        sentence, stem, measure = _told(origin, called)
    yield fact(
        f"{name}-name-origin", "identity", "names",
        importance=min(element.importance + 1, 3),
        label=LABELS.get(origin.after, "Origin of the name {}").format(name),
        sentence=sentence,
        stem=stem,
        **({"note": _note(origin)} if origin.root else {}),
        subject=[name], measure=[measure],
        answers=[[slug] for slug in origin.slugs],
        locator=f"{origin.told.replace('_', ' ')} of {name}",
        **({"not_asked": doubt} if doubt else {}),
    )  # fmt: skip


def _told(origin: Origin, name: str) -> tuple[str, str, str]:
    """Sentence, stem and measure."""
    answer = listed(list(origin.answers))
    if origin.after == "word":
        several = origin.is_several_words
        words = f"{origin.language} words" if several else f"a {origin.language} word"
        asked = (
            f"What do the {origin.language} words mean that {name} takes its name from?"
            if several
            else f"What does the {origin.language} word mean that {name} takes its name from?"
        )
        means = "mean" if several else "means"
        return f"The name {name} comes from {words} that {means} [[{answer}]].", asked, MEANING
    sentence = f"{name[0].upper()}{name[1:]} is named after [[{answer}]]."
    match origin.after:
        case "place":
            return sentence, f"Which place is {name} named after?", "name-place"
        case "person":
            return sentence, f"Who is {name} named after?", "name-person"
        case kind:
            if kind == "laboratory":
                sentence = sentence.replace("[[", "the [[")
            elif "myth" not in kind:
                sentence = sentence.replace("[[", f"the {kind} [[")
            return sentence, f"Which {kind} is {name} named after?", "name-thing"


def _note(origin: Origin) -> str:
    if origin.is_several_words:
        return f"The words are {origin.root}."
    return f"The word is {origin.root}."


def origin_entities(elements: Iterable[Element], known: Mapping[str, Record]) -> Iterator[Record]:
    """Whatever the names come from, each once; the `known` get what else they are called."""
    origins = [ORIGINS[element.key] for element in elements if element.key in ORIGINS]
    roots: dict[str, set[str]] = {}
    for origin in origins:
        for slug in origin.slugs:
            roots.setdefault(slug, set()).add(origin.root)
    names: dict[str, dict[str, str]] = {}
    of: dict[str, tuple[Origin, str]] = {}
    for origin in origins:
        for slug, answer in zip(origin.slugs, origin.answers, strict=True):
            of.setdefault(slug, (origin, answer))
            texts = names.setdefault(slug, {answer: "full"})
            if len(origin.answers) == 1:
                # Where two words mean the same, neither may be typed for the other's.
                also = origin.also_typed if len(roots[slug]) == 1 else origin.typed
                for text in also:
                    texts.setdefault(text, "short")
    for slug, (origin, answer) in sorted(of.items(), key=lambda row: _depth(row[1][1])):
        texts = names[slug]
        if origin.after == "person":
            texts[answer.rpartition(" ")[2]] = "surname"
        called = [{"text": text, "kind": kind} for text, kind in texts.items()]
        if slug in known:
            own = known[slug]["fields"]["names"]
            own += [name for name in called if name["text"] not in {one["text"] for one in own}]
            continue
        note = _sort(answer) if origin.after == "word" else ""
        made = entity(slug, origin.kind, answer, called, note)
        if answer in PART_OF:
            made["fields"]["part_of"] = [f"place-{slugify(PART_OF[answer])}"]
        if answer in NEARLY_THE_SAME:
            made["fields"]["maybe_same_as"] = [f"origin-{NEARLY_THE_SAME[answer]}"]
        yield made


def _sort(meaning: str) -> str:
    """What a word means, by its grammar."""
    if meaning in QUALITIES:
        return "a quality"
    if meaning in DOERS:
        return "a doer"
    return "something described" if " " in meaning else "a thing"


def _depth(answer: str) -> int:
    """How many places hold it: a record stands behind what it names."""
    return 1 + _depth(PART_OF[answer]) if answer in PART_OF else 0
