"""Numbers in figures and in words, as learners write them: grouping, scale words, fractions."""

import re
from decimal import Decimal

ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALE_WORDS = {
    "hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "lakh": 5, "lac": 5,
    "crore": 7,
}  # fmt: skip
SCALE_WORDS |= {f"{word}s": power for word, power in SCALE_WORDS.items()}
SCALE_MARKS = {
    "k": 3, "m": 6, "mn": 6, "mln": 6, "mio": 6, "mil": 6, "b": 9, "bn": 9, "bln": 9, "mrd": 9,
    "tn": 12, "trn": 12,
}  # fmt: skip
FRACTIONS = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
FIGURES = re.compile(r"(?:\d[\d.,' ]{0,60}\d|\d|[.,]\d+)(?:e[+-]?\d{1,2}(?![\d.,]))?")
POWER = re.compile(r" ?[x×*·] ?10\^?(-?\d{1,2})(?!\d)")
MOST_DIGITS = 24


def read_figures(text: str) -> tuple[Decimal, Decimal | None] | None:
    """Return the number and, where a mark may group or divide, the other number.

    >>> read_figures("12.000"), read_figures("3,5")
    ((Decimal('12.000'), Decimal('12000')), (Decimal('3.5'), None))
    """
    mantissa, _, exponent = text.partition("e")
    power = int(exponent) if exponent else 0
    found = _plain(mantissa)
    if found is None:
        return None
    value, other = found
    if len(value.as_tuple().digits) > MOST_DIGITS:
        return None
    return value.scaleb(power), None if other is None else other.scaleb(power)


def _plain(
    text: str,
) -> tuple[Decimal, Decimal | None] | None:
    spaced = re.sub(r"(?<=\d)[ '](?=\d{3}(?!\d))", "\x1f", text)
    if " " in spaced or "'" in spaced:
        return None
    groups = spaced.split("\x1f")
    if len(groups) > 1 and not (1 <= len(groups[0]) <= 3 and groups[0].isdigit()):
        return None
    joined = "".join(groups)
    marks = re.sub(r"\d", "", joined)
    if not marks:
        return Decimal(joined), None
    if len(groups) > 1:
        # Grouped by spaces: what mark there is can only be the decimal one.
        if len(marks) > 1 or any(sign in group for group in groups[:-1] for sign in ".,"):
            return None
        return Decimal(joined.replace(",", ".")), None
    if len(set(marks)) == 2:
        return _two_marks(joined, marks)
    return _one_mark(joined, marks[0], len(marks))


def _two_marks(text: str, marks: str) -> tuple[Decimal, Decimal | None] | None:
    group, point = marks[0], marks[-1]
    if marks.count(point) > 1 or not _is_grouped(text.partition(point)[0], group):
        return None
    return Decimal(text.replace(group, "").replace(point, ".")), None


def _one_mark(text: str, mark: str, count: int) -> tuple[Decimal, Decimal | None] | None:
    grouped = _is_grouped(text, mark)
    if count > 1:
        return (Decimal(text.replace(mark, "")), None) if grouped else None
    decimal = Decimal(f"0{text}".replace(mark, "."))
    if not grouped:
        return decimal, None
    whole = Decimal(text.replace(mark, ""))
    return (whole, decimal) if mark == "," else (decimal, whole)


def _is_grouped(text: str, mark: str) -> bool:
    groups = text.split(mark)
    if not groups[0] or groups[0].startswith("0") or not all(g.isdigit() for g in groups):
        return False
    thousands = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    lakhs = (
        len(groups) > 2
        and len(groups[0]) <= 2
        and len(groups[-1]) == 3
        and all(len(group) == 2 for group in groups[1:-1])
    )
    return thousands or (mark == "," and lakhs)


def read_scale(rest: str, *, barred: str = "") -> tuple[Decimal | None, str]:
    """Return the factor of the scale words a text begins with, and what follows them."""
    factor: Decimal | None = None
    while match := re.match(r" ?([a-z]+)\.?(?![a-z/^])", rest):
        word = match[1]
        power = SCALE_WORDS.get(word)
        if power is None and word != barred and factor is None:
            power = SCALE_MARKS.get(word)
        if power is None or (factor or 0) > 10**12:
            break
        factor = (factor or Decimal(1)).scaleb(power)
        rest = rest[match.end() :]
    return factor, rest


def read_words(text: str) -> tuple[Decimal, str] | None:
    """Return the number that words spell at the beginning of a text, and the rest."""
    words = re.findall(r"[a-z]+|[^a-z\s-]\S*", text)
    if not words:
        return None
    if match := re.match(r"(?:an? )?(half|quarter)(?: of)?(?: an?)? ([a-z]+)\b", text):
        power = SCALE_WORDS.get(match[2])
        if power and power > 2:
            return FRACTIONS[match[1]].scaleb(power), text[match.end() :].strip()
    total, used = _spelled(words)
    if total is None:
        return None
    rest = re.match(rf"(?:[a-z]+[\s-]*){{{used}}}", text)
    return total, text[rest.end() :].strip() if rest else ""


def _spelled(words: list[str]) -> tuple[Decimal | None, int]:
    total, current, used = Decimal(0), Decimal(0), 0
    seen, last = False, ""
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else ""
        if word in {"a", "an"} and not seen and after in SCALE_WORDS:
            current = Decimal(1)
        elif word in ONES or word in TENS:
            amount = ONES.get(word, TENS.get(word, 0))
            fits = not last or last == "scale" or (last == "ten" and 0 < amount < 10)
            if not fits:
                return None, 0
            current += amount
            last = "ten" if word in TENS else "one"
        elif word in SCALE_WORDS and (seen or current):
            power = SCALE_WORDS[word]
            if power == 2:
                current = (current or Decimal(1)) * 100
            else:
                total, current = _scaled(total, current, power)
            last = "scale"
        elif word == "and" and last == "scale" and (after in ONES or after in TENS):
            pass
        elif word == "point" and seen and after in ONES:
            return _with_decimals(total + current, words, place)
        else:
            break
        seen, used = True, place + 1
    return (total + current, used) if seen else (None, 0)


def _scaled(total: Decimal, current: Decimal, power: int) -> tuple[Decimal, Decimal]:
    """A scale word multiplies what stands before it: "two hundred thousand", "ten lakh crore"."""
    if current == 0:
        return total.scaleb(power), Decimal(0)
    return total + current.scaleb(power), Decimal(0)


def _with_decimals(whole: Decimal, words: list[str], place: int) -> tuple[Decimal | None, int]:
    digits = ""
    used = place + 1
    for word in words[place + 1 :]:
        if ONES.get(word, 10) > 9:
            break
        digits += str(ONES[word])
        used += 1
    value = whole + Decimal(f"0.{digits}")
    if used < len(words) and (power := SCALE_WORDS.get(words[used])):
        return value.scaleb(power), used + 1
    return value, used
