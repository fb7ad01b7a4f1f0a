from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from quiz.learning.days import day_of, minutes_for, start_of

ZONES = [ZoneInfo(name) for name in (
    "UTC", "Asia/Seoul", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"
)]  # fmt: skip
instants = st.datetimes(datetime(2015, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(instants, st.sampled_from(ZONES), st.integers(0, 23))
def test_every_instant_lies_in_its_day(now, zone, hour):
    day = day_of(now, zone, hour)
    assert start_of(day, zone, hour) <= now < start_of(day + timedelta(days=1), zone, hour)


@given(instants, instants, st.sampled_from(ZONES), st.integers(0, 23))
def test_days_never_run_backwards(one, other, zone, hour):
    first, second = sorted((one, other))
    assert day_of(first, zone, hour) <= day_of(second, zone, hour)


def test_an_answer_after_midnight_belongs_to_the_evening_before():
    one_at_night = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)  # 1:30 on 3 March in Seoul
    assert day_of(one_at_night, ZoneInfo("Asia/Seoul"), 4) == date(2026, 3, 2)


def test_the_clocks_of_summer_time_do_not_lose_a_day():
    zone = ZoneInfo("Europe/Berlin")
    before, after = date(2026, 3, 28), date(2026, 3, 29)
    assert start_of(after, zone, 4) - start_of(before, zone, 4) == timedelta(hours=23)


def test_ten_questions_take_four_minutes():
    assert [minutes_for(n) for n in (0, 1, 5, 6, 7, 10, 12)] == [1, 1, 2, 3, 3, 4, 5]
