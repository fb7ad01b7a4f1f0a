"""Units that a typed number may carry, and what one unit is worth in another."""

import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a dimension; value in base units = amount × factor + offset.

    dimension "count" has a noun for its symbol; money has one dimension for each currency.
    """

    symbol: str
    dimension: str
    factor: Decimal = Decimal(1)
    offset: Decimal = Decimal(0)


def _table() -> dict[str, Unit]:
    rows = """
    length mm 0.001 millimeter millimetre
    length cm 0.01 centimeter centimetre
    length m 1 meter metre
    length km 1000 kms kilometer kilometre
    length in 0.0254 inch inches
    length ft 0.3048 foot feet
    length yd 0.9144 yard
    length mi 1609.344 mile
    length nmi 1852 nautical_mile
    mass mg 0.000001 milligram
    mass g 0.001 gram gramme
    mass kg 1 kgs kilogram kilo kilogramme
    mass t 1000 tonne ton metric_ton
    mass kt 1000000 kiloton kilotonne
    mass lb 0.45359237 lbs pound_weight
    mass oz 0.028349523125 ounce
    time ms 0.001 millisecond
    time s 1 sec second
    time min 60 minute
    time h 3600 hr hour
    time d 86400 day
    time wk 604800 week
    time month 2629746
    time yr 31556952 year
    area m2 1 m^2 sqm square_meter square_metre
    area km2 1000000 km^2 square_kilometer square_kilometre sq_km
    area ha 10000 hectare
    area acre 4046.8564224
    area sq_mi 2589988.110336 square_mile mi2 mi^2
    volume ml 0.000001 milliliter millilitre
    volume l 0.001 liter litre
    volume m3 1 m^3 cubic_meter cubic_metre
    volume gal 0.003785411784 gallon
    volume bbl 0.158987294928 barrel
    speed m/s 1 meters_per_second metres_per_second
    speed km/h 0.277777777777777778 kmh kph kilometers_per_hour kilometres_per_hour
    speed mph 0.44704 miles_per_hour
    speed kn 0.514444444444444444 knot
    power w 1 watt
    power kw 1000 kilowatt
    power mw 1000000 megawatt
    power gw 1000000000 gigawatt
    energy j 1 joule
    energy kj 1000 kilojoule
    energy kwh 3600000 kilowatt_hour kilowatt-hour
    atomic-mass da 1 u amu dalton g/mol relative_mass
    percent % 1 percent per_cent pct pc per_hundred
    permille ‰ 1 per_mille permille
    points pp 1 percentage_point %_point p.p. pps point
    degree ° 1 degree deg
    """
    table: dict[str, Unit] = {}
    for row in rows.strip().splitlines():
        dimension, symbol, factor, *names = row.split()
        unit = Unit(symbol.replace("_", " "), dimension, Decimal(factor))
        for name in (symbol, *names):
            plain = name.replace("_", " ")
            table[plain] = unit
            if len(plain) > 2 and plain[-1].isalpha():
                table.setdefault(f"{plain}s", unit)
    celsius = Unit("°C", "temperature", Decimal(1), Decimal("273.15"))
    fahrenheit = Unit("°F", "temperature", Decimal(5) / 9, Decimal("459.67") * 5 / 9)
    kelvin = Unit("K", "temperature")
    for scale, spellings in (
        (celsius, "°c,c,celsius,deg c,degc,degrees celsius,degree celsius,degrees c,centigrade"),
        (fahrenheit, "°f,f,fahrenheit,deg f,degf,degrees fahrenheit,degree fahrenheit,degrees f"),
        (kelvin, "k,kelvin,kelvins,°k,degrees kelvin"),
    ):
        table |= dict.fromkeys(spellings.split(","), scale)
    return table


# A ratio that may be typed with the unit of a mass, but has none of its own to be shown.
RELATIVE_MASS = "relative mass"
CURRENCY_NAMES = {
    "USD": "$,us$,usd,dollar,dollars,us dollar,us dollars,u.s. dollars,american dollars,bucks",
    "EUR": "€,eur,euro,euros",
    "GBP": "£,gbp,pound,pounds,pounds sterling,british pounds",
    "JPY": "¥,jpy,yen",
    "CNY": "cny,yuan,renminbi,rmb",
    "RUB": "₽,rub,ruble,rubles,rouble,roubles,russian rubles",
    "KRW": "₩,krw,won,south korean won",
    "KPW": "kpw,north korean won",
    "UAH": "₴,uah,hryvnia,hryvnias,hryvnya",
    "CHF": "chf,franc,francs,swiss francs",
    "AUD": "a$,aud,australian dollars",
    "CAD": "c$,cad,canadian dollars",
}
UNITS = _table() | {
    name: Unit(code, f"money:{code}")
    for code, names in CURRENCY_NAMES.items()
    for name in names.split(",")
}
MEASURED = re.compile(r"(?:a|an|per|each|every|/) ?(second|minute|hour|day|week|month|year)s?$")
RATES = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year",
         "annual": "year"}  # fmt: skip
# Nouns for people who may be counted under one name; what happened to them is another matter.
ANYBODY = frozenset(
    {"people", "person", "persons", "individuals", "men", "humans", "koreans", "russians",
     "ukrainians"}
)  # fmt: skip
SOLDIERS = frozenset(
    {"soldiers", "soldier", "troops", "troop", "servicemen", "personnel", "fighters"}
)
WORKERS = frozenset(
    {"workers", "worker", "laborers", "laborer", "labourers", "labourer", "employees"}
)
# What happened to them, each in the words that say the same.
SAME_OUTCOME = (
    frozenset({"killed", "dead", "died", "deaths", "death", "fatalities", "fatality", "kia"}),
    frozenset({"wounded", "injured", "wia"}),
    frozenset({"captured", "prisoners", "prisoner", "pows", "pow", "captives", "captive"}),
    frozenset({"casualties", "casualty", "losses", "loss"}),
    frozenset({"missing"}),
)
OUTCOMES = frozenset[str]().union(*SAME_OUTCOME)
THINGS = frozenset({"unit", "units", "pieces", "items"})
FILLERS = frozenset(
    {"of", "the", "in", "a", "an", "more", "total", "or", "so", "north", "south", "korean"}
)


def split_rate(text: str) -> tuple[str, str]:
    """Return the unit and the time it is counted over: "US dollars a month" → dollars, month."""
    plain = " ".join(text.casefold().split())
    if plain in UNITS:
        return plain, ""
    if match := MEASURED.search(plain):
        return plain[: match.start()].strip(), match[1]
    head, _, last = plain.rpartition(" ")
    return (head, RATES[last]) if last in RATES else (plain, "")


def unit_of(text: str) -> Unit:
    """Return the unit a text names; what is in no table is a noun that is counted."""
    plain = text.strip().strip(".")
    if plain in UNITS:
        return UNITS[plain]
    # "Per cent of the soldiers", "tons of shells": what stands before "of" is the unit.
    return UNITS.get(plain.partition(" of")[0].strip()) or Unit(plain, "count")


def same_noun(expected: str, given: str, counts: str = "") -> bool:
    """Tell whether two counted nouns may stand for each other: soldiers and troops.

    counts: what the measure counts; "300 killed" says it where soldiers killed are counted.
    """
    wanted, words = _words(f"{expected} {counts}"), _words(given)
    happened = wanted & OUTCOMES
    for row in SAME_OUTCOME:
        wanted |= row if row & wanted else frozenset()
    if counts and words & OUTCOMES - wanted:
        return False
    if not words or wanted & words:
        return True
    groups = (SOLDIERS, WORKERS)
    for group in groups:
        if words & group and (wanted & (group | ANYBODY) or happened):
            return True
        if wanted & group and words & ANYBODY:
            return True
    of_people = bool(wanted & (ANYBODY | SOLDIERS | WORKERS) or happened)
    if words <= THINGS:
        return not of_people
    return bool(words & ANYBODY and (wanted & ANYBODY or happened))


def _words(text: str) -> set[str]:
    words = set(re.findall(r"[^\W\d_]+", text)) - FILLERS
    return words | {word.removesuffix("s") for word in words if len(word) > 3}
