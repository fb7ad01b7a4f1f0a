"""Numbers of the progress page laid out as shapes; the templates only print them. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quiz.facts.dates import from_unit, unit_index

BAR_WIDTH = 640
WEEKS = 16
CELL = 14
FORECAST_DAYS = 14
FORECAST_HEIGHT = 96
LEVELS = (1, 6, 16, 31)  # answers of a day from which a cell is one shade darker


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a stacked bar: what it counts, its fill class, place and width."""

    word: str
    count: int
    fill: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Cell:
    day: date
    count: int
    level: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Bar:
    day: date
    count: int
    x: float
    y: float
    width: float
    height: float


def stacked(counts: Sequence[tuple[str, int, str]], width: float = BAR_WIDTH) -> list[Piece]:
    """(word, count, fill) side by side, as wide as their shares; what is none has no piece."""
    total = sum(count for _, count, _ in counts)
    pieces: list[Piece] = []
    x = 0.0
    for word, count, fill in counts:
        if count:
            share = width * count / total
            pieces.append(Piece(word, count, fill, round(x, 2), round(share, 2)))
            x += share
    return pieces


def level(count: int) -> int:
    """The shade of a day: 0 for none, up to 4."""
    return sum(count >= least for least in LEVELS)


def calendar(counts: Mapping[date, int], today: date, weeks: int = WEEKS) -> list[Cell]:
    """One cell a day, a column a week from Monday, ending with today."""
    monday = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    cells = []
    for at in range((today - monday).days + 1):
        day = monday + timedelta(days=at)
        count = counts.get(day, 0)
        cells.append(Cell(day, count, level(count), at // 7 * CELL, at % 7 * CELL))
    return cells


@dataclass(frozen=True, slots=True)
class Event:
    """A fact on the strip: a day is a dot, a longer time a bar, “by” an arrow.

    is_report: the date is only that of a report, which is a flag.
    standing: how well it stands, in a word; nothing where its source says so plainly.
    """

    label: str
    when: str
    first_day: int
    last_day: int
    reading: str = "extent"
    is_report: bool = False
    standing: str = ""


@dataclass(frozen=True, slots=True)
class StripMark:
    event: Event
    shape: str  # dot, bar, faded, before, after or flag
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a year on the axis."""

    year: int
    x: float


# Narrow enough for a phone; a wider page draws it larger.
STRIP_WIDTH = 360
STRIP_EDGE = 16  # half the width of a year below the axis
LEAST_BAR = 6.0
MOST_TICKS = 6
TICK_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def strip(
    events: Sequence[Event], first_day: int, last_day: int, width: float = STRIP_WIDTH
) -> list[StripMark]:
    """Known events on an axis from the topic's first dated day to its last."""
    at = _axis(first_day, last_day, width)
    marks = []
    for event in events:
        x, end = at(event.first_day), at(event.last_day)
        shape = "dot" if event.first_day == event.last_day else "bar"
        if event.reading in {"before", "after"}:
            shape = event.reading
            x = end if event.reading == "before" else x
            end = x
        elif event.reading == "window":
            shape = "faded"
        if event.is_report:
            shape, end = "flag", x
        marks.append(StripMark(event, shape, round(x, 2), round(max(LEAST_BAR, end - x), 2)))
    return marks


def year_ticks(first_day: int, last_day: int, width: float = STRIP_WIDTH) -> list[Tick]:
    """Where years begin on the axis: each, or every second, fifth … so that few stand there."""
    at = _axis(first_day, last_day, width)
    first, last = unit_index(first_day - 1, "year") + 1, unit_index(last_day, "year")
    step = next(
        (step for step in TICK_STEPS if (last - first) // step < MOST_TICKS), TICK_STEPS[-1]
    )
    years = range(-(-first // step) * step, last + 1, step)
    return [Tick(year, round(at(from_unit(year, "year").first_day), 2)) for year in years]


def _axis(first_day: int, last_day: int, width: float) -> Callable[[int], float]:
    """The place of a day; what lies beyond an end stands at it."""
    scale = (width - 2 * STRIP_EDGE) / max(1, last_day - first_day)
    return lambda day: STRIP_EDGE + (min(max(day, first_day), last_day) - first_day) * scale


def forecast(
    counts: Mapping[date, int], today: date, days: int = FORECAST_DAYS, width: float = BAR_WIDTH
) -> list[Bar]:
    """One bar a day; what is overdue stands at today."""
    by_day = [0] * days
    for day, count in counts.items():
        at = max(0, (day - today).days)
        if at < days:
            by_day[at] += count
    most = max(by_day, default=0) or 1
    step = width / days
    bars = []
    for at, count in enumerate(by_day):
        height = FORECAST_HEIGHT * count / most
        bars.append(
            Bar(
                today + timedelta(days=at),
                count,
                round(at * step + 2, 2),
                round(FORECAST_HEIGHT - height, 2),
                round(step - 4, 2),
                round(height, 2),
            )
        )
    return bars
