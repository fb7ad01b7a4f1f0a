"""T: nothing wrong may be right, nothing claimed may look told, nothing exact may be invented."""

import re
from collections.abc import Iterator
from decimal import Decimal

from quiz.facts.also_right import other_dates, reach
from quiz.facts.base import Fact
from quiz.facts.dates import FAR, gap, overlaps, rank
from quiz.facts.quantities import covers
from quiz.facts.status import Status
from quiz.questions.distractors_dates import LEAST_GAP, differs_in_voice
from quiz.questions.distractors_names import right_entities
from quiz.questions.distractors_numbers import plain_number
from quiz.questions.items import Item, Option
from quiz.questions.read_options import date_of
from quiz.questions.rules import BLOCK, TYPED, VALUED, Rule
from quiz.questions.slots import marked, plain_spaces
from quiz.questions.voicing import names_voice, plain
from quiz.questions.world import World

ACCUSING = re.compile(
    r"\b(killed|murdered|convicted|tortured|raped|executed|massacred|ordered the killing)\b", re.I
)
# Words that judge: they stand only in quotation marks, with their speaker.
LOADED = re.compile(
    r"\b(elite|heroic|hero|heroes|fake|terrorist|terrorists|slave|slave-like|coup|holy war|"
    r"puppet|regime|martyr|martyrs|traitor|traitors|aggressor|glorious|brutal|barbaric)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


def outside_quotes(text: str) -> str:
    return _QUOTED.sub("“”", text)


def _wrong(item: Item) -> list[Option]:
    return [option for option in item.options if not option.right]


def one_right(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """T2: exactly one option fits; no other fact of the measure makes a wrong one right."""
    if len(item.key_options) != 1:
        yield f"{len(item.key_options)} options are marked right"
    named = _names_its_voice(item, fact, world)
    others = [
        other
        for other in (*world.rivals(fact), *world.relatives(fact))
        if not (named and differs_in_voice(fact, other))
    ]
    for option in _wrong(item):
        if fact.kind == "figure" and any(sign.isdigit() for sign in option.text):
            value = plain_number(option.text)
            for other in (fact, *others):
                if other.amount is not None and covers(other.amount, value):
                    yield f"{option.text} is inside {other.key}"
        elif fact.kind == "date":
            when = date_of(option.text)
            # Where the day is not given, any day of the month may be offered as if it were.
            own = (
                ()
                if item.form == "can-you-tell" and item.key_options[0].text[:2] == "No"
                else (fact,)
            )
            for other in (*own, *others):
                if when is not None and other.when is not None and overlaps(when, other.when):
                    yield f"{option.text} overlaps {other.key}"
        elif option.entity is not None:
            yield from _also_right(option.entity, item, fact, world)


def _also_right(key: str, item: Item, fact: Fact, world: World) -> Iterator[str]:
    facet = "identity" if item.facet == "identity" else "speaker"
    family = world.relatives(fact) if facet == "identity" else ()
    for other in (fact, *world.rivals(fact), *family):
        for right in right_entities(other, facet):
            if key in world.kin(right):
                yield f"{key} is one with {right}, which is right by {other.key}"


def given_by_one(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """T2 for pairs of figures and voices: no other option's voice gives a premise's figure too."""
    for place, keys in item.expected["facts"].items():
        for option in item.options:
            if option is item.options[item.expected["pairs"][place]] or option.entity is None:
                continue
            own = world.kin(option.entity)
            for given in (world.base.facts[key] for key, _ in keys):
                for other in (given, *world.rivals(given)):
                    if other.amount == given.amount and any(
                        voice.entity in own for voice in other.voices
                    ):
                        yield f"{option.text} gives the figure of {given.key} as well"


def far_enough(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """T3: outside the key's own uncertainty."""
    for option in _wrong(item):
        if fact.kind == "figure" and fact.amount is not None and fact.amount.value:
            value = plain_number(option.text)
            low, high = reach(fact)
            if low is None or high is None:
                yield f"{option.text} cannot be outside an open bound"
            elif fact.also_right and low <= value <= high:
                yield f"{option.text} is near enough to count when it is typed"
            elif fact.amount.qualifier != "exactly":
                width = (high - low) / 2 / abs(fact.amount.value)
                small, large = sorted((abs(value), abs(fact.amount.value)))
                if small and large / small < max(Decimal("1.25"), 1 + 2 * width):
                    yield f"{option.text} is too near"
        elif fact.kind == "date" and fact.when is not None:
            when = date_of(option.text)
            unit = when.precision if when is not None else ""
            least = LEAST_GAP.get(unit, 0)
            if when is not None and gap(when, fact.when, unit) < least:
                yield f"{option.text} is less than {least} {unit} away"
            if when is not None and any(overlaps(when, other) for other in other_dates(fact)):
                yield f"{option.text} counts when it is typed"


def not_anothers(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """T4: another voice's figure is a wrong option only where the stem names the voice."""
    near = {other.key: other for other in (*world.rivals(fact), *world.relatives(fact))}
    for option in _wrong(item):
        other = near.get(option.from_fact or "")
        if other is not None and not (
            differs_in_voice(fact, other) and _names_its_voice(item, fact, world)
        ):
            yield f"{option.text} is the figure of {other.key}"


def _names_its_voice(item: Item, fact: Fact, world: World) -> bool:
    text = " ".join((item.stem, *item.frame))
    return any(names_voice(text, voice, world.base) for voice in fact.voices)


def attributed(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """T5: a claim is asked with its voice, or is asked for its voice."""
    if not fact.status.needs_voice or item.facet == "speaker" or item.form == "standing":
        return
    text = " ".join((item.stem, *item.frame))
    if fact.voices and not _names_its_voice(item, fact, world):
        yield "the claim does not name its voice"
    if not fact.voices and world.base.article_word not in text:
        yield "the claim is stated plainly"


def known_precision(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """T6: never finer than known; nothing exact of what is uncertain or open."""
    if item.facet != "date" or fact.when is None or item.form == "can-you-tell":
        return
    if item.form in TYPED and "precision" in item.expected:
        if fact.when.uncertain or fact.when.reading in {"before", "after"}:
            yield "an uncertain date is typed as if it were exact"
        asked, known = item.expected["precision"], fact.when.precision
        if known != "range" and rank(asked) > rank(known):
            yield f"asks the {asked} of a date known by its {known}"
    if item.form in VALUED and (fact.when.uncertain or abs(fact.when.first_day) >= FAR):
        yield "an uncertain or open date is chosen as if it were exact"


def says_as_of(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """T7: a figure that changes says as of when."""
    measure = world.base.measures.get(fact.measure) if fact.measure else None
    if fact.kind != "figure" or measure is None or not measure.changing:
        return
    told = item.feedback
    text = " ".join((item.stem, *item.frame, told.as_of, told.voice, told.sentence))
    if not re.search(r"\b\d{4}\b|\bundated\b", text) and not item.feedback.as_of:
        yield "neither the question nor the feedback says as of when"


def has_source(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """T8: a source with its place."""
    if not item.feedback.source or not item.feedback.locator:
        yield "the feedback leads to no place in a source"


def keeps_qualifier(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """T9: what the source hedges, the question hedges."""
    amount = fact.amount
    if fact.kind != "figure" or item.facet != "value" or amount is None:
        return
    if amount.qualifier in {"exactly", "range"} or item.form in {"says-so", "true-false"}:
        return
    shown = item.shown if isinstance(item.shown, str) else " ".join(item.shown)
    texts = [item.stem, *item.frame, item.field.get("label", ""), shown]
    words = {amount.hedge_text.lower(), amount.qualifier.replace("_", " ")}
    words |= {"about", "almost", "more than", "up to", "at least", "at most", "around"}
    if not any(word and word in text.lower() for word in words for text in texts):
        yield f"the hedge {amount.hedge_text or amount.qualifier!r} is lost"


def quotes_verbatim(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """T10: quotation marks only around words that the facts hold as said."""
    texts = [item.stem, *item.frame, *(option.text for option in item.options)]
    if not any("“" in text for text in texts):
        return
    keys = {use.fact for use in item.uses} | {fact.key}
    held = " ".join(
        " ".join((world.base.facts[key].sentence, world.base.facts[key].content,
                  world.base.facts[key].stem, world.base.facts[key].label,
                  *(cited.quote for cited in world.base.facts[key].citations)))
        for key in keys
    ).casefold()  # fmt: skip
    for text in texts:
        for quote in re.findall(r"“([^”]+)”", text):
            if quote.casefold().strip(" .") not in held:
                yield f"“{quote}” is quoted and stands in no fact"


def not_as_current(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """T11: what is superseded is asked with its date only."""
    if not fact.is_askable:
        yield f"a fact that is {fact.status} is asked"
    if fact.status is Status.SUPERSEDED or fact.rank == "deprecated":
        text = " ".join((item.stem, *item.frame))
        if not re.search(r"\b\d{4}\b", text):
            yield "a superseded fact is asked without its date"


def false_is_false(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """T12: what is asked as false differs from the fact; what is asked as true does not."""
    if not item.frame:
        return
    slot = plain_spaces(marked(fact.sentence))
    stands = slot in plain_spaces(item.frame[0])
    if item.key_options and item.key_options[0].text == "False" and stands and len(slot) > 3:
        yield "the sentence called false still holds the answer"
    if item.key_options and item.key_options[0].text == "True" and not stands:
        yield "the sentence called true lacks the answer"


def accuses_nobody(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """T13: no person stands as a wrong option beside a crime."""
    if item.facet != "identity" or not ACCUSING.search(outside_quotes(item.stem)):
        return
    for option in _wrong(item):
        entity = world.base.entities.get(option.entity or "")
        if entity is not None and entity.kind in {"person", "organisation", "state"}:
            yield f"{option.text} is put beside an accusation"


def presupposes_nothing(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """T15: loaded words stay in quotation marks."""
    for text in (item.stem, *item.frame):
        match = LOADED.search(outside_quotes(text))
        if match is not None:
            yield f"{match[0]!r} stands outside quotation marks"


def asks_the_event(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """T16: the date of a report is not the date of an event."""
    if item.facet != "date" or fact.when is None or fact.kind != "date":
        return
    if item.form == "can-you-tell":
        return
    for cited in fact.citations:
        if (
            cited.reported_on is not None
            and cited.reported_on.edtf == fact.when.edtf
            and not re.search(r"\breport", plain(fact.sentence))
        ):
            yield f"{fact.when.edtf} is the date of the report"


RULES = (
    Rule("T2", BLOCK, one_right, VALUED | {"what-said", "which-hedge", "can-you-tell", "standing",
                                           "says-so", "true-false", "which-first"}),
    Rule("T2", BLOCK, given_by_one, frozenset({"which-source"})),
    Rule("T3", BLOCK, far_enough, VALUED),
    Rule("T4", BLOCK, not_anothers, VALUED),
    Rule("T5", BLOCK, attributed),
    Rule("T6", BLOCK, known_precision),
    Rule("T7", BLOCK, says_as_of),
    Rule("T8", BLOCK, has_source),
    Rule("T9", BLOCK, keeps_qualifier),
    Rule("T10", BLOCK, quotes_verbatim),
    Rule("T11", BLOCK, not_as_current),
    Rule("T12", BLOCK, false_is_false, frozenset({"true-false"})),
    Rule("T13", BLOCK, accuses_nobody, VALUED),
    Rule("T15", BLOCK, presupposes_nothing),
    Rule("T16", BLOCK, asks_the_event),
)  # fmt: skip
