"""Reads periods as a learner types them: decades, centuries, seasons, quarters, parts of them."""

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from quiz.facts.calendar import MONTHS, days_in_month

MONTH_NAMES = tuple(name.casefold() for name in MONTHS)
SEASON_CODES = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
TENS = {
    "twenties": 20, "thirties": 30, "forties": 40, "fourties": 40, "fifties": 50, "sixties": 60,
    "seventies": 70, "eighties": 80, "nineties": 90,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "twenty-first": 21, "twenty first": 21,
}  # fmt: skip
ROMAN = {
    numeral: n
    for n, numeral in enumerate(
        ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv",
         "xv", "xvi", "xvii", "xviii", "xix", "xx", "xxi"), 1
    )
}  # fmt: skip
PARTS = {
    "early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2,
}  # fmt: skip
PART = re.compile(
    r"(?:(?P<part>early|mid|middle|late|beginning|start|end)(?: in| of)?(?: the)?[ -]+)?"
    r"(?P<rest>.+)"
)
DECADE = re.compile(
    r"(?:the )?(?:decade of (?:the )?)?(?:(\d{3})(?:0'?s|x)|'?(\d)0'?s)(?: decade)?"
)
DECADE_WORD = re.compile(r"(?:the )?(?:(nineteen|eighteen|seventeen|twenty)[ -])?([a-z]+ties)")
HUNDREDS = re.compile(r"(?:the )?(\d{2})00'?s")
CENTURY = re.compile(
    r"(?:the )?(?:(\d{1,2})(?:st|nd|rd|th)|([a-z]+(?:[ -][a-z]+)?))[ -](?:century|cent\.?|c\.?)"
    r"(?: (bce?|ad|ce))?"
)
SEASON = re.compile(r"(?:the )?(spring|summer|autumn|fall|winter)(?: of| in)?[ ,]+('?\d{2}|\d{4})")
SEASON_AFTER = re.compile(r"(\d{4})[ ,-]+(spring|summer|autumn|fall|winter)")
WINTER = re.compile(r"(?:the )?winter(?: of)? (\d{4})[/-](\d{2}|\d{4})")
QUARTER = re.compile(
    r"(?:the )?(?:q([1-4])|(first|second|third|fourth|last|1st|2nd|3rd|4th) quarter)"
    r"(?: of| in)?[ /-]+(\d{4})"
)
QUARTER_AFTER = re.compile(r"(\d{4})[ /-]?q([1-4])")
HALF = re.compile(r"(?:the )?(?:h([12])|(first|second|1st|2nd) half)(?: of| in)?[ /-]+(\d{4})")
MONTH_YEAR = re.compile(r"([a-z]{3,10})\.? (?:of )?(\d{4})")
YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Period:
    """EDTF texts that are equally good readings, and those that need the year in full."""

    edtfs: tuple[str, ...]
    unsure: tuple[str, ...] = ()
    typo: str = ""


def month_of(word: str) -> tuple[int, str]:
    """Return the month (0: none) and, where a letter was wrong, its right name."""
    word = word.removesuffix(".")
    if word == "sept":
        return 9, ""
    starts = [n for n, name in enumerate(MONTH_NAMES) if len(word) >= 3 and name.startswith(word)]
    if len(starts) == 1:
        return starts[0] + 1, ""
    near = [n for n, name in enumerate(MONTH_NAMES) if OSA.distance(word, name) == 1]
    if len(word) >= 4 and len(near) == 1:
        return near[0] + 1, MONTHS[near[0]]
    return 0, ""


def year_of(text: str, latest: int) -> int:
    """Return the astronomical year; two digits lie in the hundred years up to `latest`."""
    era = re.search(r"[a-z].*", text.replace(".", ""))
    digits = re.sub(r"[^0-9]", "", text)
    year = int(digits)
    if era and era[0].startswith("b"):
        return 1 - year
    if len(digits) == 2 and not era:
        year += latest // 100 * 100
        return year if year <= latest else year - 100
    return year


def year_text(year: int) -> str:
    return f"{year:04}" if year >= 0 else f"-{-year:04}"


def read_period(text: str, latest: int) -> Period | None:
    """Return the period that the whole text names, None where it names none."""
    match = PART.fullmatch(text)
    part = PARTS[match["part"]] if match and match["part"] else None
    rest = match["rest"] if match else text
    named = _named(rest, latest)
    if part is None:
        return named
    return _part_of(rest, named, part)


def _named(text: str, latest: int) -> Period | None:
    if match := HUNDREDS.fullmatch(text):
        century, decade = f"{match[1]}XX", f"{match[1]}0X"
        return Period((decade, century) if match[1] == "20" else (century, decade))
    if match := DECADE.fullmatch(text):
        if match[1]:
            return Period((f"{match[1]}X",))
        return _decade(int(match[2]) * 10, latest)
    if (match := DECADE_WORD.fullmatch(text)) and match[2] in TENS:
        if match[1]:
            first = {"nineteen": 19, "eighteen": 18, "seventeen": 17, "twenty": 20}[match[1]]
            return Period((f"{first}{TENS[match[2]] // 10}X",))
        return _decade(TENS[match[2]], latest)
    if match := CENTURY.fullmatch(text):
        number = int(match[1]) if match[1] else (ORDINALS | ROMAN).get(match[2], 0)
        return _century(number, bc=bool(match[3]) and match[3].startswith("b"))
    return _season(text, latest) or _months(text)


def _decade(tens: int, latest: int) -> Period:
    """A decade without its century is the last one that has begun."""
    year = latest // 100 * 100 + tens
    first = year if year <= latest else year - 100
    others = tuple(f"{(first + step) // 10}X" for step in (-100, 100, -200) if first + step > 0)
    return Period((f"{first // 10}X",), unsure=others)


def _century(number: int, *, bc: bool) -> Period | None:
    if not 1 <= number <= 99:
        return None
    if bc:
        first = 1 - number * 100
        return Period((f"{year_text(first)}/{year_text(first + 99)}",))
    return Period((f"{number - 1:02}XX",))


def _season(text: str, latest: int) -> Period | None:
    if match := WINTER.fullmatch(text):
        if int(match[1]) % 100 + 1 == int(match[2]) % 100 or int(match[1]) + 1 == int(match[2]):
            return Period((f"{match[1]}-24",))
        return None
    if match := SEASON.fullmatch(text):
        season, year = match[1], year_of(match[2], latest)
    elif match := SEASON_AFTER.fullmatch(text):
        season, year = match[2], int(match[1])
    else:
        return None
    code = SEASON_CODES[season]
    texts = [f"{year_text(year)}-{code}"]
    if code == 24 and year > 0:
        # "Winter 2014" is said of its January as well as of its December.
        texts.append(f"{year_text(year - 1)}-{code}")
    return Period(tuple(texts))


def _months(text: str) -> Period | None:
    numbers = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "last": 4}
    if match := QUARTER.fullmatch(text):
        quarter = int(match[1]) if match[1] else numbers.get(match[2], 4)
        return _month_span(match[3], quarter * 3 - 2, quarter * 3)
    if match := QUARTER_AFTER.fullmatch(text):
        return _month_span(match[1], int(match[2]) * 3 - 2, int(match[2]) * 3)
    if match := HALF.fullmatch(text):
        half = int(match[1]) if match[1] else numbers[match[2]]
        return _month_span(match[3], half * 6 - 5, half * 6)
    return None


def _month_span(year: str, first: int, last: int) -> Period:
    return Period((f"{year}-{first:02}/{year}-{last:02}",))


def _part_of(rest: str, named: Period | None, part: int) -> Period | None:
    """The early, middle or late third of a month, year, decade or century."""
    if YEAR.fullmatch(rest):
        return _month_span(rest, part * 4 + 1, part * 4 + 4)
    if match := MONTH_YEAR.fullmatch(rest):
        month, typo = month_of(match[1])
        if not month:
            return None
        ends = ("01", "10"), ("11", "20"), ("21", f"{days_in_month(int(match[2]), month)}")
        head = f"{match[2]}-{month:02}"
        return Period((f"{head}-{ends[part][0]}~/{head}-{ends[part][1]}~",), typo=typo)
    if named is None:
        return None
    thirds = {"XX": ((0, 33), (34, 66), (67, 99)), "X": ((0, 3), (4, 6), (7, 9))}

    def third(edtf: str) -> str:
        mark = "XX" if edtf.endswith("XX") else "X"
        base = int(edtf.rstrip("X")) * (100 if mark == "XX" else 10)
        low, high = thirds[mark][part]
        return f"{year_text(base + low)}/{year_text(base + high)}"

    if not all(edtf.endswith("X") for edtf in named.edtfs):
        return None
    return Period(tuple(map(third, named.edtfs)), tuple(map(third, named.unsure)))
