"""What learners really type for the names of the article: graded kindly, but exactly."""

from dataclasses import replace
from datetime import date
from time import process_time

import pytest

from quiz.facts.dates import parse_edtf
from quiz.facts.quantities import parse_quantity
from quiz.questions.grading import (
    NameCard,
    NameForm,
    NameIndex,
    grade_date,
    grade_name,
    grade_names,
    grade_number,
)
from tests.questions.fixture_cards import cards

TODAY = date(2026, 11, 23)
CARDS = {card.key: card for card in cards()}
INDEX = NameIndex(CARDS.values())
RIGHT, NOTED, HALF, AGAIN, WRONG = (
    "accept", "accept_with_note", "partial", "ask_again", "reject",
)  # fmt: skip
FINE = (RIGHT, NOTED)


def graded(key, given, said=""):
    return grade_name(replace(CARDS[key], said=said), INDEX, given).verdict


def rows(table):
    """(entity, given) of lines such as “nis: NIS; the NIS”."""
    lines = (line.strip().partition(": ") for line in table.strip().splitlines())
    return [(key, text.strip()) for key, _, texts in lines for text in texts.split(";")]


ACCEPTED = """
kim-jong-un: North Korean leader Kim Jong Un; Chairman Kim Jong-un; Supreme Leader Kim Jong Un
choe-son-hui: North Korean foreign minister Choe Son-hui; Foreign Minister Choe; Choe Son-hee
yoon-suk-yeol: South Korean President Yoon Suk Yeol; President Yoon; Yoon Seok-yeol
sergey-lavrov: Lavrov (foreign minister of Russia); Lavrov, the Russian foreign minister; by Lavrov
valery-gerasimov: Chief of General Staff Valery Gerasimov; Chief of the Russian General Staff Gerasimov
alexander-khinshtein: Kursk governor Khinshtein; Governor of Kursk Oblast Alexander Khinshtein; Chinschtein
ants-kiviselg: the Estonian commander Kiviselg; Commander Ants Kiviselg
kateryna-stepanenko: ISW analyst Kateryna Stepanenko; analyst Stepanenko
serhiy-kyslytsia: representative Kyslytsia; Sergiy Kyslytsya
antonio-guterres: UN chief Guterres; UN Secretary-General António Guterres
antony-blinken: Sec. of State Blinken; Anthony Blinken; Tony Blinken
annalena-baerbock: Frau Baerbock; Bärbock
mark-rutte: NATO chief Mark Rutte
volodymyr-zelenskyy: Zelensky (president of Ukraine); Selenskyj; Ukraine's president Zelensky
kbs: KBS (South Korea); South Korea's KBS; KBS News; South Korean television station KBS
north-korea: North Korea (DPRK); D.P.R.K.; N. Korea; NK
us-defense-department: US Dept. of Defense; U.S. DoD; the Pentagon; US defense ministry
un-security-council: the UN's Security Council; UNSC
un-sanctions: the UN's sanctions; sanctions imposed by the UN; UN sanctions on North Korea
international-sanctions: intl sanctions; sanctions imposed on North Korea
russian-defense-ministry: the defense ministry of the Russian Federation; Russian MoD
isw: Institute for War Studies; Institute for the Studies of War; ISW
nis: South Korea's NIS; National Intelligence Service of South Korea; the NIS
hur: HUR; the Ukrainian military intelligence service; military intelligence of Ukraine
diu: DIU; Defence Intelligence of Ukraine; Ukraine's defense intelligence
south-korean-intelligence: South Korean intelligence agencies
south-korean-intelligence-official: an anonymous South Korean intelligence official
captured-soldiers: the soldiers who were captured; North Korean POWs; captives
north-korean-commanders: their own commanders; their superiors; commanding officers
north-korean-army: North Korean military; KPA
korean-peninsula: Korea; Korean peninsula
donetsk-peoples-republic: Donezk
il-76: Il-76s; Ilyushin 76; IL-76
m-1991: M1991
rice: of rice
kyiv: in Kyiv; Kiev
moscow: Moskau
eastern-russia: in the east; Russia's Far East
construction: construction industry
kursk-oblast: the Kursk region; Oblast of Kursk
"""


@pytest.mark.parametrize(("key", "given"), rows(ACCEPTED))
def test_what_is_as_good_as_the_name_is_right(key, given):
    assert graded(key, given) in FINE


def test_one_reading_of_what_two_bodies_may_be_called_asks_which():
    said = "In which region did they arrive?"
    assert graded("kursk-oblast", "Kursk", said) == AGAIN
    assert graded("kursk-oblast", "Kursk Oblast", said) == RIGHT
    assert graded("kursk", "Kursk") == RIGHT


@pytest.mark.parametrize(
    ("key", "given"),
    rows("""
    nis: South Korean intelligence; South Korean intelligence services; Korean intelligence
    south-korean-intelligence: NIS; South Korean intelligence service; Korean intelligence
    hur: DIU; Defence Intelligence of Ukraine; Ukrainian defense intelligence
    diu: HUR; Ukrainian military intelligence; military intelligence
    ukraine: Kyiv; the Ukrainian government; Government of Ukraine
    russia: Moscow
    north-korea: Pyongyang; North Korean government; Korea
    south-korea: Korea
    north-korean-army: Korean army
    """),
)
def test_what_may_be_meant_is_asked_once_more(key, given):
    assert graded(key, given) == AGAIN


@pytest.mark.parametrize(
    ("key", "given"),
    rows("""
    nis: South Korea
    hur: Ukraine; Ukrainian intelligence
    diu: Ukrainian intelligence service
    us-defense-department: US government; the United States
    north-korean-army: North Korea
    north-korean-embassy: North Korea
    kursk: Kursk Oblast
    kursk-oblast: western Russia
    un-sanctions: UN; the United Nations
    kursk-campaign: Kursk
    captured-soldiers: North Korean soldiers
    defense-agreement: agreement between Russia and North Korea
    """),
)
def test_a_part_of_the_name_or_its_owner_is_partly_right(key, given):
    assert graded(key, given) == HALF


@pytest.mark.parametrize(
    ("key", "given"),
    rows("""
    un-sanctions: US sanctions; sanctions on Russia
    north-korean-embassy: South Korean embassy; embassy of South Korea
    nis: North Korean intelligence; Ukrainian intelligence; NIS (HUR); HUR (NIS)
    kursk: western; Russia; Pyongyang
    moscow: Russia
    m-1991: M-1911; M-1981; M-1989
    construction: instruction; destruction
    captured-soldiers: North Korea; South Korean soldiers; soldiers
    ukraine: Russian government; Moscow
    sergey-lavrov: Lavrov (HUR); Sergey (foreign minister of Russia); foreign minister of Russia
    kbs: BBC (South Korea); South Korea
    eastern-russia: the west; Russia
    rice: price; ice
    """),
)
def test_what_is_something_else_is_wrong(key, given):
    said = "In which part of Russia?" if key == "eastern-russia" else ""
    assert graded(key, given, said) == WRONG


def test_both_names_may_be_led_by_a_word_of_grammar():
    pair = [CARDS["indo-pacific"], CARDS["euro-atlantic"]]
    given = "both the Indo-Pacific and the Euro-Atlantic area"
    assert grade_names(pair, INDEX, given).verdict == RIGHT


def test_a_second_name_with_a_title_is_no_office_of_the_first():
    pair = [
        NameCard((NameForm("Lord Rayleigh"), NameForm("Rayleigh", "surname")), "person", "r"),
        NameCard((NameForm("William Ramsay"), NameForm("Ramsay", "surname")), "person", "w"),
    ]
    for given in ("William Ramsay, Lord Rayleigh", "Lord Rayleigh, William Ramsay"):
        assert grade_names(pair, NameIndex(pair), given).verdict == RIGHT
    assert grade_names(pair, NameIndex(pair), "William Ramsay").verdict == HALF


def test_an_office_named_after_somebody_else_is_not_taken_for_the_person():
    marie = NameCard((NameForm("Marie Curie"), NameForm("Curie", "surname")), "person", "m",
                     note="wife of Pierre Curie")  # fmt: skip
    pierre = NameCard((NameForm("Pierre Curie"), NameForm("Curie", "surname")), "person", "p")
    assert grade_name(marie, [], "Pierre Curie").verdict == WRONG
    assert grade_name(marie, [pierre], "Pierre Curie").verdict == WRONG


@pytest.mark.parametrize(
    ("unit", "counts", "given", "verdict"),
    [
        ("soldiers", "soldiers killed", "300 dead", RIGHT),
        ("soldiers", "soldiers killed", "300 KIA", RIGHT),
        ("soldiers", "soldiers killed", "300 fatalities", RIGHT),
        ("soldiers", "soldiers killed", "300 North Koreans", RIGHT),
        ("soldiers", "soldiers killed", "300 wounded", AGAIN),
        ("soldiers", "soldiers wounded", "300 injured", RIGHT),
        ("soldiers", "soldiers wounded", "300 dead", AGAIN),
        ("soldiers", "soldiers captured", "300 prisoners", RIGHT),
        ("soldiers", "soldiers captured", "300 POWs", RIGHT),
        ("casualties", "casualties in total", "300 people", RIGHT),
        ("casualties", "casualties in total", "300 North Korean soldiers", RIGHT),
        ("casualties", "casualties in total", "300 killed and wounded", RIGHT),
        ("casualties", "casualties in total", "300 dead or injured", RIGHT),
        ("casualties", "casualties in total", "300 killed", AGAIN),
        ("howitzers", "howitzers delivered", "300 units", RIGHT),
        ("soldiers", "soldiers sent", "300 units", AGAIN),
        ("kilometers", "", "300 kms", RIGHT),
    ],
)
def test_the_noun_after_a_number_may_be_another_word_for_it(unit, counts, given, verdict):
    quantity = parse_quantity("300", unit=unit)
    assert grade_number(quantity, given, counts=counts).verdict == verdict


def test_a_bound_with_a_common_slip_is_read():
    quantity = parse_quantity("10,000", qualifier="over")
    assert grade_number(quantity, "more then 10,000").verdict == RIGHT
    assert grade_number(quantity, "less then 10,000").verdict == WRONG


@pytest.mark.parametrize(
    ("edtf", "given", "verdict"),
    [
        ("2024-11-11~/2024-11-20~", "November", HALF),
        ("2024-11-11~/2024-11-20~", "mid-November", HALF),
        ("2024-11-11~/2024-11-20~", "October", WRONG),
        ("2025-04", "the end of April", HALF),
        ("2025-04", "late Aprli", HALF),
        ("2025-04", "early May", WRONG),
        ("2024-11", "11/24", AGAIN),
        ("2024-10", "11/24", WRONG),
        ("2024-11", "mid-November 2024", NOTED),
    ],
)
def test_a_month_without_its_year_is_partly_right(edtf, given, verdict):
    result = grade_date(parse_edtf(edtf), given, ask_precision="month", today=TODAY)
    assert result.verdict == verdict


@pytest.mark.parametrize(
    "piece", ["(a) ", "chief of ", "north korean ", "both the ", "Kim (", "of ", "1s ", "ies "]
)
def test_no_text_takes_long(piece):
    for length in (200, 10_000):
        text = (piece * 10_000)[:length]
        for key in ("kim-jong-un", "nis", "kursk-oblast", "north-korea"):
            grade_name(CARDS[key], INDEX, text)
            start = process_time()
            grade_name(CARDS[key], INDEX, text)
            assert process_time() - start < 0.05, (key, length)


def test_a_long_list_of_names_is_no_answer_and_takes_no_longer():
    pair = [CARDS["donetsk-peoples-republic"], CARDS["luhansk-peoples-republic"]]
    for text in ("1," * 5_000, "Luhansk, Donetsk, " * 11):
        start = process_time()
        assert grade_names(pair, INDEX, text).verdict in {AGAIN, WRONG}
        assert process_time() - start < 0.05
