"""A learner's day: it begins at their own hour in their own time zone, not at midnight UTC."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def day_of(now: datetime, zone: ZoneInfo, day_start: int) -> date:
    """The learner's day at `now`: an answer at 1 a.m. belongs to the evening before."""
    wall = now.astimezone(zone).replace(tzinfo=None)
    return (wall - timedelta(hours=day_start)).date()


def start_of(day: date, zone: ZoneInfo, day_start: int) -> datetime:
    """The instant, in UTC, at which the learner's day begins."""
    return datetime.combine(day, time(day_start), tzinfo=zone).astimezone(UTC)


def minutes_for(questions: int) -> int:
    """About how long a number of questions takes: ten take four minutes."""
    return max(1, -(-questions * 2 // 5))
