"""Wrong dates: real dates of the same part of the story first, a ladder of units where these fail.

Nothing stands after the last day the topic knows of, nor before its first.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from quiz.facts.also_right import other_dates
from quiz.facts.base import Fact
from quiz.facts.dates import FAR, DateValue, calendar_day, from_unit, shown, unit_index
from quiz.questions.distractors import FEWEST, Candidate, Sides, spread
from quiz.questions.world import World

UNITS = frozenset({"day", "month", "year", "decade", "century"})
LEAST_GAP = {"day": 3, "month": 1, "year": 1, "decade": 1, "century": 1}
STEPS = {"day": (4, 24), "month": (1, 4), "year": (1, 3), "decade": (1, 2), "century": (1, 2)}


def story_window(world: World) -> tuple[int, int]:
    """First and last day of all dated facts of the topic."""

    return world.once(("story window",), lambda: window_of(world.base.facts.values()))


def window_of(facts: Iterable[Fact]) -> tuple[int, int]:
    days = [
        (fact.when.first_day, fact.when.last_day)
        for fact in facts
        if fact.when is not None and abs(fact.when.first_day) < FAR > abs(fact.when.last_day)
    ]
    if not days:
        return 0, 0
    return min(first for first, _ in days), max(last for _, last in days)


def index_of(value: DateValue | None, unit: str) -> int | None:
    """The one unit that holds the whole date, None where it spans several or is not sure."""
    if value is None or not value.is_exact or abs(value.first_day) >= FAR:
        return None
    if abs(value.last_day) >= FAR:
        return None
    first = unit_index(value.first_day, unit)
    return first if first == unit_index(value.last_day, unit) else None


def date_text(index: int, unit: str, world: World) -> str:
    return world.once(("date text", unit, index), lambda: shown(from_unit(index, unit)))


def sides_of_date(fact: Fact, world: World, item: str, unit: str) -> Sides | str:
    """The wrong dates before and after the fact's own, nearest first, or why there are none."""
    if unit not in UNITS or fact.when is None:
        return "the date is not one day, month or year"
    key = index_of(fact.when, unit)
    if key is None:
        return f"the date is not known as one {unit}"
    least = max(LEAST_GAP[unit], 2 * fact.when.circa_years if unit == "year" else 0)

    def apart(one: Candidate, other: Candidate) -> bool:
        return abs(int(one.low) - int(other.low)) >= least

    sides = []
    barred = _barred(fact, unit, any_voice=True, world=world)
    for direction in (-1, 1):
        side = spread(_lent(fact, key, unit, direction, least, world), apart)
        if len(side) < 3:
            steps = (
                candidate
                for candidate in _ladder(item, key, unit, direction, least, world)
                if _is_free(int(candidate.low), barred)
            )
            side = spread([*side, *steps], apart)[: max(3, len(side))]
        sides.append(side)
    if min(map(len, sides)) < FEWEST:
        return "too few dates before or after it within the story"
    return sides[0], sides[1]


def _lent(
    fact: Fact, key: int, unit: str, direction: int, least: int, world: World
) -> Iterator[Candidate]:
    """The group's other dates on one side of the key, nearest first, that are not right too."""
    rows = dated_group(fact, unit, world)
    start = bisect_left(rows, (key, ""), key=lambda row: row[:2])
    kin = {other.key for other in (*world.rivals(fact), *world.relatives(fact))}
    barred = _barred(fact, unit, any_voice=False, world=world)
    places = range(start - 1, -1, -1) if direction < 0 else range(start, len(rows))
    for place in places:
        index, tag, other = rows[place]
        if (
            abs(index - key) < least
            or tag == fact.key
            or (tag in kin and not differs_in_voice(fact, other))
            or not _is_free(index, barred)
            or _is_anniversary(index, key, unit)
        ):
            continue
        yield Candidate(date_text(index, unit, world), index, index, other)


def dated_group(fact: Fact, unit: str, world: World) -> list[tuple[int, str, Fact]]:
    def gather() -> list[tuple[int, str, Fact]]:
        rows = ((index_of(other.when, unit), other) for other in world.group(fact, "date"))
        found = [(index, other.key, other) for index, other in rows if index is not None]
        return sorted(found, key=lambda row: row[:2])

    return world.once(("dated", unit, *world.group_key(fact, "date")), gather)


def differs_in_voice(fact: Fact, other: Fact) -> bool:
    """Both have a first speaker, and not the same: the stem's voice rules the other out."""
    one, two = fact.speaker, other.speaker
    if one is None or two is None:
        return False
    return (one.entity or one.label) != (two.entity or two.label)


def _barred(fact: Fact, unit: str, *, any_voice: bool, world: World) -> tuple[tuple[int, int], ...]:
    """Units that another fact about the same thing could make right.

    A lent value may be another voice's, since the stem names the voice; an invented one may be
    nobody's.
    """
    found = [_units(date, unit) for date in other_dates(fact)]
    for other in (*world.rivals(fact), *world.relatives(fact)):
        if other.when is None or (not any_voice and differs_in_voice(fact, other)):
            continue
        found.append(_units(other.when, unit))
    return tuple(found)


def _units(when: DateValue, unit: str) -> tuple[int, int]:
    low = unit_index(max(when.first_day, -FAR), unit)
    return low, unit_index(min(when.last_day, FAR), unit)


def _is_free(index: int, barred: tuple[tuple[int, int], ...]) -> bool:
    return all(index < low or index > high for low, high in barred)


def _is_anniversary(index: int, key: int, unit: str) -> bool:
    """The same day of another year would stand out as the key's shadow."""
    return unit == "day" and _day_of_year(index) == _day_of_year(key)


@lru_cache(maxsize=4_096)
def _day_of_year(day: int) -> tuple[int, int]:
    _, month, of_month = calendar_day(day)
    return month, of_month


def _ladder(
    item: str, key: int, unit: str, direction: int, least: int, world: World
) -> Iterator[Candidate]:
    first, last = story_window(world)
    low, high = unit_index(first, unit), unit_index(last, unit)
    small, large = STEPS[unit]
    if unit == "year":
        large = max(3, min(15, (high - low) // 12))
    small = max(small, least)
    large = max(large, small)
    place = key
    for n in range(6):
        step = small + world.draw("step", item, direction, n) % (large - small + 1)
        place += direction * step
        if not low <= place <= high:
            return
        yield Candidate(
            date_text(place, unit, world), place, place, rule=f"date ladder: {place - key:+} {unit}"
        )
