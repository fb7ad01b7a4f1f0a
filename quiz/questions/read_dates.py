"""Reads a date as a learner types it. Nothing is filled in from today but the century.

The result holds EDTF texts, so that one value type serves facts and answers. What could be read
in two ways keeps both; what cannot be read, or cannot exist, is an UnreadableError.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from quiz.facts.calendar import MONTHS, days_in_month
from quiz.questions.graded import UnreadableError, cleaned
from quiz.questions.read_periods import (
    ORDINALS,
    month_of,
    read_period,
    year_of,
    year_text,
)

NO_DATE = "please write a date, for example 9 March 2021."
LEADING = re.compile(
    r"^(?:(?:on|in|at|during|it was|the|year|month of|sometime|some time|probably|maybe|"
    r"about|around|approximately|approx\.?|roughly|circa|ca\.?|c\.|[~≈∼])(?=[\s\d'~≈]|$)\s*)"
)
WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s*"
)
ERA = r"(?:\s*(?:b\.?c\.?e?\.?|a\.?d\.?|c\.?e\.?))"
YEAR = rf"(?P<y>(?:a\.?d\.? ?)?'?\d{{1,4}}{ERA}?)"
DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
MONTH = r"(?P<m>[a-z]{3,10})\.?"
WORDED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{DAY}[ -]?{MONTH}[ -]{YEAR}",
        rf"{MONTH}[ -]?{DAY} {YEAR}",
        rf"(?P<y>\d{{4}})[ -]{MONTH}[ -]?{DAY}",
        rf"{MONTH}[ -]?(?P<y>'\d\d|\d{{3,4}}{ERA}?|\d{{1,4}}{ERA})",
        rf"(?P<y>\d{{4}})[ -]{MONTH}",
        rf"{DAY}[ -]?{MONTH}",
        rf"{MONTH}[ -]?{DAY}",
        rf"{MONTH}",
        rf"{YEAR}",
    )
)
ISO = re.compile(r"(\d{4})([-/. ])(\d{1,2})(?:\2(\d{1,2}))?")
PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})")
NUMERIC = re.compile(r"(\d{1,2}) ?([-/. ]) ?(\d{1,2}) ?\2 ?('?\d{2}|\d{4})")
MONTH_YEAR = re.compile(r"(\d{1,2}) ?[-/.] ?(\d{4})")
DAY_MONTH = re.compile(r"(\d{1,2}) ?([/.]) ?(\d{1,2})\.?")
PART_OF_MONTH = re.compile(
    r"(?:early|mid|middle|late|beginning|start|end)(?: in| of)?(?: the)?[ -]+([a-z]{3,10})\.?"
)
BARE = re.compile(rf"{DAY}(?:[ ,]+(?P<y>\d{{4}}))?")
BOUND = re.compile(
    r"^(?:(?P<before>not later than|no later than|up to|before|prior to|until|till|by)|"
    r"(?P<after>not before|after|since|from)) "
)


# "The twenty-fourth of February"
DAY_WORDS = {word: n for word, n in ORDINALS.items() if n < 20} | {
    f"{ten}{joint}{word}": base + n
    for ten, base in (("twenty", 20), ("thirty", 30))
    for joint in ("-", " ")
    for word, n in ORDINALS.items()
    if n < 10 and base + n <= 31
} | {"twentieth": 20, "thirtieth": 30}  # fmt: skip
DAY_WORD = re.compile(rf"\b(?:{'|'.join(sorted(DAY_WORDS, key=len, reverse=True))})\b")


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a text may mean.

    edtf: empty where the year is missing; then month and day (0: none) are what was given.
    either: readings as good as the first. swapped: the other order of day and month. unsure: a
    reading that needs the year in full. relation: before or after. typo: the month that was meant.
    """

    edtf: str = ""
    month: int = 0
    day: int = 0
    typo: str = ""
    swapped: str = ""
    either: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    relation: str = ""


def read_date(given: str, *, today: date, day_first: bool = True) -> DateReading:
    """Read a date, a period or an interval; raises UnreadableError with what would help."""
    text = WEEKDAY.sub("", re.sub(r"[,()]", " ", cleaned(given)))
    text = " ".join(text.split()).strip(' .!?"')
    if re.search(r"\bor\b|\bvs\b|;|\|", text):
        raise UnreadableError("two_answers", "please give one date.")
    for _ in range(4):
        text = LEADING.sub("", text, count=1)
    reader = _Reader(today.year, day_first=day_first)
    found = reader.point(text) or reader.interval(text)
    if found is None and (match := BOUND.match(text)):
        inner = reader.point(LEADING.sub("", text[match.end() :]))
        if inner is not None:
            return replace(inner, relation="before" if match["before"] else "after")
    if found is None:
        raise UnreadableError("no_date", NO_DATE)
    return found


class _Reader:
    def __init__(self, this_year: int, *, day_first: bool) -> None:
        self.latest = this_year + 5
        self.day_first = day_first

    def point(self, text: str) -> DateReading | None:
        """One date or named period, None where the text is neither."""
        period = read_period(text, self.latest)
        if period is not None:
            first, *others = period.edtfs
            return DateReading(first, either=tuple(others), unsure=period.unsure, typo=period.typo)
        return self._numeric(text) or self._worded(text)

    def _numeric(self, text: str) -> DateReading | None:
        if match := ISO.fullmatch(text) or PLAIN.fullmatch(text):
            parts = [int(group) for group in match.groups() if group and group.isdigit()]
            if len(parts) == 2 and parts[1] > max(12, parts[0] % 100):
                return None  # 1914-18 is an interval
            return DateReading(_checked(*parts))
        if match := NUMERIC.fullmatch(text):
            year = year_of(match[4], self.latest)
            return self._two_orders(int(match[1]), int(match[3]), year)
        if match := MONTH_YEAR.fullmatch(text):
            return DateReading(_checked(int(match[2]), int(match[1])))
        if match := DAY_MONTH.fullmatch(text):
            one, two = int(match[1]), int(match[3])
            if not self.day_first:
                one, two = two, one
            day, month = (one, two) if _exists(2000, two, one) else (two, one)
            if not _exists(2000, month, day):
                raise _impossible()
            # "11/24" may be a month of 2024.
            first, last = int(match[1]), int(match[3])
            is_month = match[2] == "/" and 1 <= first <= 12 and last > 12
            unsure = (_text(year_of(f"'{last:02}", self.latest), first),) if is_month else ()
            return DateReading(month=month, day=day, unsure=unsure)
        if (match := PART_OF_MONTH.fullmatch(text)) and (found := month_of(match[1]))[0]:
            return DateReading(month=found[0], typo=found[1])
        return None

    def _two_orders(self, one: int, two: int, year: int) -> DateReading:
        orders = [(two, one), (one, two)] if self.day_first else [(one, two), (two, one)]
        texts = [_text(year, *order) for order in orders if _exists(year, *order)]
        if not texts:
            raise _impossible()
        swapped = texts[1] if len(texts) > 1 and texts[1] != texts[0] else ""
        return DateReading(texts[0], swapped=swapped)

    def _worded(self, text: str) -> DateReading | None:
        plain = re.sub(r"\b(?:of|the|in|on|year)\b", " ", re.sub(r"(?<=[a-z])\.", " ", text))
        plain = DAY_WORD.sub(lambda match: str(DAY_WORDS[match[0]]), plain)
        plain = " ".join(plain.split())
        for pattern in WORDED:
            match = pattern.fullmatch(plain)
            if match is None:
                continue
            parts = match.groupdict()
            month, typo = 0, ""
            if parts.get("m"):
                month, typo = month_of(parts["m"])
                if not month:
                    continue
            day = int(parts["d"]) if parts.get("d") else 0
            if parts.get("y"):
                if re.fullmatch(r"\d|\d{3}", parts["y"]) and month == 0 and len(parts["y"]) == 1:
                    return None
                return self._with_year(parts["y"], month, day, typo)
            return self._without_year(month, day, typo)
        return None

    def _with_year(self, digits: str, month: int, day: int, typo: str) -> DateReading:
        year = year_of(digits, self.latest)
        unsure: tuple[str, ...] = ()
        if digits.isdigit() and len(digits) == 2 and not month:
            unsure = (_checked(int(digits)),)
        given = [part for part in (month, day) if part]
        return DateReading(_checked(year, *given), typo=typo, unsure=unsure)

    def _without_year(self, month: int, day: int, typo: str) -> DateReading:
        year = year_of(f"'{day:02}", self.latest)
        # "Feb 22" may be a day or a month of 2022.
        unsure = (_checked(year, month),) if day else ()
        if day and not _exists(2000, month, day):
            if day > 31:
                return DateReading(_checked(year, month), typo=typo)
            raise _impossible()
        return DateReading(month=month, day=day, typo=typo, unsure=unsure)

    def interval(self, text: str) -> DateReading | None:
        """Two dates with a joint; the left one may take year or month from the right."""
        core = re.sub(r"^(?:from|between) ", "", text)
        joints = r" (?:to|until|till|through|thru) | - |/|(?<=\d\d)-(?=\d)|-|\.\.+"
        if text.startswith("between "):
            joints = rf" and |{joints}"
        for match in list(re.finditer(joints, core))[:6]:
            left, right = core[: match.start()].strip(), core[match.end() :].strip()
            try:
                found = self._joined(left, right)
            except UnreadableError:
                if match[0] in {"-", "/"}:
                    continue
                raise
            if found is not None:
                return found
        return None

    def _joined(self, left: str, right: str) -> DateReading | None:
        if not left or not right:
            return None
        end = self._end(left, right)
        start = self.point(left)
        bare = BARE.fullmatch(left)
        if end is None or not end.edtf:
            return None
        year_month = re.match(r"(-?\d{4})(?:-(\d\d))?", end.edtf)
        if year_month is None:
            return None
        if bare and not bare["y"] and year_month[2] and len(end.edtf) > 7:
            first = _checked(int(year_month[1]), int(year_month[2]), int(bare["d"]))
        elif start is None:
            return None
        elif start.edtf:
            first = start.edtf
        else:
            given = [part for part in (start.month, start.day) if part]
            first = _checked(int(year_month[1]), *given)
        typo = end.typo or (start.typo if start else "")
        first, last = first.partition("/")[0], end.edtf.rpartition("/")[2]
        return DateReading(f"{first}/{last}", typo=typo)

    def _end(self, left: str, right: str) -> DateReading | None:
        """The right end; "18" after 1914 is 1918, "5 2014" after May 3 is 5 May 2014."""
        years = re.fullmatch(r"(\d{2})(\d{2})", left)
        if years and re.fullmatch(r"\d{2}", right):
            return DateReading(f"{years[1]}{right}") if int(right) > int(years[2]) else None
        bare = BARE.fullmatch(right)
        if bare and (start := re.match(r"([a-z]{3,10})\.? \d", left)):
            month, typo = month_of(start[1])
            if month and bare["y"]:
                return DateReading(_checked(int(bare["y"]), month, int(bare["d"])), typo=typo)
        return self.point(right)


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)


def _impossible() -> UnreadableError:
    return UnreadableError("impossible_date", "that day is not in the calendar.")


def _text(year: int, month: int = 0, day: int = 0) -> str:
    return year_text(year) + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def _checked(year: int, month: int = 0, day: int = 0) -> str:
    """The EDTF text of a date that exists."""
    if (month and not 1 <= month <= 12) or (day and not _exists(year, month, day)):
        if day and 1 <= month <= 12 and day <= 31:
            note = f"{MONTHS[month - 1]} {year} has only {days_in_month(year, month)} days."
            raise UnreadableError("impossible_date", note)
        raise _impossible()
    return _text(year, month, day)
