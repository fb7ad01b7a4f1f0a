"""Can you tell from the article on which day it was? Not knowing is an answer too.

A report's date is the best wrong day: it is what the article gives instead.
"""

from collections import Counter
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
FEWEST_OPEN = 2
NEAREST = 8


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
    deal_key = ("days", *world.group_key(fact, "date"))
    chosen = world.once(deal_key, lambda: _deal(fact, world)).get(fact.key)
    if chosen is None:
        reason = "too few days stand beside it, or “not given” would be right too often"
        yield held(fact, "date", FORM, reason, "K1")
        return
    yield _item(fact, world, key, chosen)


# A wrong day, and the fact it is true of; None for a date of the fact's own citation.
Day = tuple[int, Fact | None]


def _deal(fact: Fact, world: World) -> dict[str, list[Day]]:
    """The wrong days of the group's facts: one where the day is given, two where it is not.

    Half as many are asked whose day is not given; and each day is wrong about twice for once
    that it is right.
    """
    given: list[tuple[Fact, int]] = []
    left: list[Fact] = []
    for other in world.group(fact, "date"):
        if other.when is None or not other.stem.startswith("When "):
            continue
        day = index_of(other.when, "day")
        if day is not None:
            given.append((other, day))
        elif not _day_elsewhere(other, world):
            left.append(other)
    need: Counter[int] = Counter()
    for _, day in given:
        need[day] += 2
    deal: dict[str, list[Day]] = {}

    def take(other: Fact, days: list[Day]) -> Day:
        chosen = min(
            days,
            key=lambda row: world.draw("day", other.key, row[0]) % 1000 / 1000 - need[row[0]],
        )
        need[chosen[0]] -= 1
        deal.setdefault(other.key, []).append(chosen)
        return chosen

    for other, day in given:
        days = _wrong_days(other, world, day)
        sides = ([row for row in days if row[0] < day], [row for row in days if row[0] > day])
        # One wrong day, before or after by the draw; none unless either side could serve.
        if all(sides):
            take(other, sides[world.draw("day side", other.key) % 2][:NEAREST])
    asked = max(FEWEST_OPEN, (len(deal) + 1) // 2)
    # Those first that are known by their report alone: no other form asks what is not told.
    left.sort(key=lambda other: (not _is_open(other), world.draw("left open", other.key)))
    for other in left[:asked]:
        days = _wrong_days(other, world, None)
        if len(days) > 1:
            own = [row for row in days if row[1] is None][:1]
            first = take(other, own or days[:NEAREST])
            take(other, [row for row in days if row[0] != first[0]][:NEAREST])
    return deal


def _is_open(fact: Fact) -> bool:
    """Known by a report's date, or only from or until a day."""
    reported = any(index_of(cited.reported_on, "day") is not None for cited in fact.citations)
    return reported or (fact.when is not None and fact.when.reading in {"before", "after"})


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
