from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quiz.facts.dates import parse_edtf
from quiz.learning.charts import (
    BAR_WIDTH,
    FORECAST_HEIGHT,
    STRIP_EDGE,
    STRIP_WIDTH,
    Event,
    calendar,
    forecast,
    level,
    stacked,
    strip,
    year_ticks,
)

TODAY = date(2026, 3, 4)
counts = st.dictionaries(st.integers(-30, 30), st.integers(0, 99)).map(
    lambda rows: {TODAY + timedelta(days=day): count for day, count in rows.items()}
)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=4))
def test_the_pieces_of_a_bar_fill_it_in_proportion(numbers):
    pieces = stacked([(f"part {n}", count, "fill") for n, count in enumerate(numbers)])
    assert [piece.count for piece in pieces] == [count for count in numbers if count]
    if pieces:
        assert abs(sum(piece.width for piece in pieces) - BAR_WIDTH) < 0.1


@given(counts)
def test_a_forecast_puts_what_is_overdue_at_today_and_loses_nothing(due):
    bars = forecast(due, TODAY)
    within = sum(count for day, count in due.items() if (day - TODAY).days < 14)
    assert sum(bar.count for bar in bars) == within
    assert all(0 <= bar.height <= FORECAST_HEIGHT for bar in bars)
    assert [bar.day for bar in bars] == [TODAY + timedelta(days=n) for n in range(14)]


@given(counts)
def test_a_calendar_ends_today_and_begins_on_a_monday(answers):
    cells = calendar(answers, TODAY)
    assert cells[-1].day == TODAY
    assert cells[0].day.weekday() == 0
    assert all(cell.count == answers.get(cell.day, 0) for cell in cells)


def test_a_busier_day_is_never_lighter():
    levels = [level(count) for count in range(60)]
    assert levels == sorted(levels)
    assert (levels[0], levels[-1]) == (0, 4)


def test_on_the_strip_a_day_is_a_dot_a_month_a_bar_and_by_july_an_arrow():
    events = [Event("a", "1 March", 10, 10), Event("b", "March", 10, 40),
              Event("c", "by July", -9999, 60, "before"), Event("d", "mid-May", 50, 55, "window")]  # fmt: skip
    assert [mark.shape for mark in strip(events, 0, 100)] == ["dot", "bar", "before", "faded"]


@given(st.lists(st.tuples(st.integers(-5000, 5000), st.integers(0, 400)), max_size=9))
def test_nothing_stands_beside_the_strip(rows):
    events = [Event("x", "then", first, first + days) for first, days in rows]
    for mark in strip(events, 0, 1000):
        assert 0 <= mark.x <= BAR_WIDTH
        assert mark.width > 0


def test_a_report_is_a_flag_at_its_first_day():
    [mark] = strip(
        [Event("a", "reported November", 4, 34, is_report=True)], 0, 9, 9 + 2 * STRIP_EDGE
    )
    assert (mark.shape, mark.x) == ("flag", STRIP_EDGE + 4)


@given(st.integers(-700_000, 700_000), st.integers(0, 900_000))
def test_years_stand_on_the_strip_in_order_and_never_many(first, days):
    ticks = year_ticks(first, first + days)
    assert len(ticks) <= 7
    assert [tick.x for tick in ticks] == sorted(tick.x for tick in ticks)
    assert all(0 <= tick.x <= STRIP_WIDTH for tick in ticks)


def test_every_year_of_a_few_is_named_and_of_many_every_tenth():
    day = lambda text: parse_edtf(text).first_day  # noqa: E731
    assert [t.year for t in year_ticks(day("2022-07-13"), day("2025-12-31"))] == [2023, 2024, 2025]
    assert [t.year for t in year_ticks(day("1955"), day("1999"))] == [1960, 1970, 1980, 1990]
