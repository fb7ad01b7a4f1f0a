"""Can you tell from the article on which day it was? Not knowing is an answer too.

A report's date is the best wrong day: it is what the article gives instead.
"""

from collections.abc import Iterator

from quiz.facts.base import Fact
from quiz.questions.assembling import held, make
from quiz.questions.distractors_dates import (
    LEAST_GAP,
    date_text,
    dated_group,
    differs_in_voice,
    index_of,
)
from quiz.questions.evidence import why_date
from quiz.questions.items import Held, Item, Option
from quiz.questions.wording import asked
from quiz.questions.world import World

FORM = "can-you-tell"


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    if fact.kind != "date" or fact.when is None:
        return
    if not fact.stem.startswith("When "):
        yield held(fact, "date", FORM, "the question does not ask when", "S1")
        return
    key = index_of(fact.when, "day")
    if key is None and _day_elsewhere(fact, world):
        yield held(fact, "date", FORM, "another fact about it gives a day", "T2")
        return
    days = _wrong_days(fact, world, key)
    chosen = days[:2] if key is None else _on_drawn_side(fact, key, days, world)
    if len(chosen) < (2 if key is None else 1):
        yield held(fact, "date", FORM, "too few days of other events to stand beside it", "O1")
        return
    yield _item(fact, world, key, chosen)


# A wrong day, and the fact it is true of; None for a date of the fact's own citation.
Day = tuple[int, Fact | None]


def _on_drawn_side(fact: Fact, key: int, days: list[Day], world: World) -> list[Day]:
    """One wrong day, before or after by the draw; none unless either side could serve."""
    sides = ([row for row in days if row[0] < key], [row for row in days if row[0] > key])
    if not sides[0] or not sides[1]:
        return []
    side = sides[world.draw("day side", fact.key) % 2][:6]
    return [min(side, key=lambda row: world.draw("day", fact.key, row[0]))]


def _day_elsewhere(fact: Fact, world: World) -> bool:
    return any(index_of(other.when, "day") is not None for other in world.rivals(fact))


def _wrong_days(fact: Fact, world: World, key: int | None) -> list[Day]:
    """Report dates and days of other events, the nearest first."""
    when = fact.when
    assert when is not None
    found: dict[int, Fact | None] = {}
    for citation in fact.citations:
        day = index_of(citation.reported_on, "day")
        if day is not None and day != key:
            found.setdefault(day, None)
    kin = {other.key for other in (*world.rivals(fact), *world.relatives(fact))}
    for day, tag, other in dated_group(fact, "day", world):
        if tag == fact.key or day in found:
            continue
        if key is not None and abs(day - key) < LEAST_GAP["day"]:
            continue
        if tag in kin and not differs_in_voice(fact, other):
            continue
        found[day] = other
    middle = (when.first_day + when.last_day) // 2
    nearest = sorted(found, key=lambda day: (found[day] is not None, abs(day - middle), day))
    return [(day, found[day]) for day in nearest]


def _wrong_day(day: int, other: Fact | None, world: World) -> Option:
    text = date_text(day, "day", world)
    if other is None:
        why = f"{text} is the date of the report, not of the event."
        return Option(f"Yes, {text}", False, why, rule="report date of its own citation")
    return Option(f"Yes, {text}", False, why_date(text, other, world), from_fact=other.key)


def _item(fact: Fact, world: World, key: int | None, days: list[Day]) -> Item:
    word = world.base.article_word
    rows = [(day, _wrong_day(day, other, world)) for day, other in days]
    if key is not None:
        rows.append((key, Option(f"Yes, {date_text(key, 'day', world)}", True)))
    rows.sort(key=lambda row: row[0])
    given = f"The {word} gives the day: {date_text(key, 'day', world)}." if key is not None else ""
    options = (
        *(option for _, option in rows),
        Option(
            "No, the day is not given",
            key is None,
            given,
            rule="" if key is None else "can-you-tell: fixed option",
        ),
    )
    place = next(place for place, option in enumerate(options) if option.right)
    return make(
        fact,
        world,
        facet="date",
        form=FORM,
        stem=stem(fact, world),
        shown=options[place].text,
        expected={"right": [place]},
        options=options,
    )


def stem(fact: Fact, world: World) -> str:
    """“According to HUR, on which day did …? Can you tell from the article?”"""
    question = asked(fact, world, "day")
    return f"{question} Can you tell from the {world.base.article_word}?"
