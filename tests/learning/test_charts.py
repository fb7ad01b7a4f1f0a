from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quiz.learning.charts import (
    BAR_WIDTH,
    FORECAST_HEIGHT,
    Event,
    calendar,
    forecast,
    level,
    stacked,
    strip,
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
