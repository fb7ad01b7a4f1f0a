"""Day numbers of the proleptic Gregorian calendar, for every year, with no clock.

Days are counted like `datetime.date.toordinal` (1 January of year 1 is day 1) but go on below it,
since facts may be older: year 0 is 1 BC.
"""

from functools import lru_cache

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DAYS_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)  # but for leap years


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    return 29 if month == 2 and is_leap(year) else MONTH_LENGTHS[month - 1]


def day_number(year: int, month: int = 1, day: int = 1) -> int:
    """Return the ordinal of a day; works for year 0 and below."""
    y = year - 1
    before_year = y * 365 + y // 4 - y // 100 + y // 400
    before_month = DAYS_BEFORE_MONTH[month - 1] + (month > 2 and is_leap(year))
    return before_year + before_month + day


@lru_cache(maxsize=65_536)
def calendar_day(number: int) -> tuple[int, int, int]:
    """Return (year, month, day) of an ordinal: the inverse of `day_number`."""
    year = (number * 400) // 146_097 + 1
    while day_number(year) > number:
        year -= 1
    while day_number(year + 1) <= number:
        year += 1
    month = 1
    while month < 12 and day_number(year, month + 1) <= number:
        month += 1
    return year, month, number - day_number(year, month) + 1


def ordinal(n: int) -> str:
    suffix = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"
