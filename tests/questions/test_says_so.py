"""The article says so, says otherwise, doesn't say: each as often, each provable from the base."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from quiz.facts.base import Entity, Measure, Name, Voice
from quiz.facts.dates import parse_edtf, shown
from quiz.facts.quantities import parse_quantity
from quiz.questions.audit import findings
from quiz.questions.dated_voices import dates_about
from quiz.questions.engine import propose as propose_all
from quiz.questions.items import Held
from quiz.questions.question_forms.says_so import propose
from quiz.questions.slots import finer_sentence
from quiz.questions.touching import touched
from quiz.questions.voicing import voiced_sentence
from quiz.questions.world import World
from tests.questions.test_forms import PEOPLE, make, make_fact, offer
from tests.synthetic import make_base

ANSWERS = ("The article says so", "The article says otherwise", "The article doesn’t say")


def said(n, *, by, on="", **fields):
    voice = Voice(PEOPLE[by], f"p{by}", "said", parse_edtf(on) if on else None)
    return make_fact(
        f"said-{n}",
        "statement",
        sentence=f"[[{PEOPLE[by]}]] said that harbour {n} should be closed.",
        stem=f"Who said that harbour {n} should be closed?",
        content=f"harbour {n} should be closed",
        mode="said",
        voices=(voice,),
        **fields,
    )


DATED = [said(n, by=n % 4, on=f"2024-0{n % 4 + 1}-1{n % 4}") for n in range(8)]
UNDATED = [said(n + 20, by=4 + n % 3) for n in range(6)]


def asked(*facts, **more):
    world = make(*facts, **more)
    return {fact.slug: item for fact in facts for item in offer("says-so", fact, world)[0]}, world


def test_each_of_the_three_answers_is_right_about_as_often_and_never_exactly():
    items, _ = asked(*DATED, *UNDATED)
    shown_as = Counter(item.shown for item in items.values())
    assert set(shown_as) == set(ANSWERS)
    assert len(items) - shown_as[ANSWERS[2]] == len(DATED)

    base = make_base(3_000, 1)
    world, counts = World(base, 1), Counter()
    for fact in base.facts.values():
        world.turn_to_next()
        counts.update(item.shown for item in propose(fact, world) if not isinstance(item, Held))
    total = counts.total()
    assert total > 120
    assert all(abs(counts[text] / total - 1 / 3) < 0.1 for text in ANSWERS)
    assert len(set(counts.values())) > 1


def test_words_are_put_with_their_date_with_another_or_with_one_where_they_have_none():
    items, world = asked(*DATED, *UNDATED)
    dates = {shown(fact.voices[0].said_on) for fact in DATED}
    for slug, item in items.items():
        fact = world.base.facts[f"t/{slug}"]
        lead, _, rest = item.frame[0].partition(", ")
        date = lead.removeprefix("On ")
        assert item.facet == "content"
        assert rest == fact.plain_sentence
        assert date in dates
        said_on = fact.voices[0].said_on
        if item.shown == ANSWERS[0]:
            assert date == shown(said_on)
        elif item.shown == ANSWERS[1]:
            assert date != shown(said_on)
            assert item.options[0].why == f"The article gives another date: {shown(said_on)}."
        else:
            assert said_on is None


def test_who_stands_in_a_dated_fact_is_never_said_to_be_undated():
    by_name = make_fact(
        "visit", "date", when=parse_edtf("2024-05-06"),
        sentence="On [[6 May 2024]], the mayor met Evers.", stem="When did the mayor meet Evers?",
    )  # fmt: skip
    world = make(*DATED, *UNDATED, by_name)
    assert dates_about("p4", world) == (by_name.when,)
    assert dates_about("p5", world) == ()
    for fact in UNDATED:
        items, _ = offer("says-so", fact, world)
        if fact.voices[0].entity == "p4":
            assert items == []


def test_a_new_date_touches_the_words_of_whom_it_involves():
    new = make_fact("visit", "date", when=parse_edtf("2024-05-06"), subject="p4",
                    sentence="It was on [[6 May 2024]].", stem="When was it?")  # fmt: skip
    new = replace(new, thread="another")
    keys = touched(make(*DATED, *UNDATED, new), [new.key])
    assert {fact.key for fact in UNDATED if fact.voices[0].entity == "p4"} <= keys.keys()


def test_the_rule_blocks_words_that_have_become_dated():
    items, _ = asked(*DATED, *UNDATED)
    item = next(item for item in items.values() if item.shown == ANSWERS[2])
    fact = next(fact for fact in UNDATED if fact.key == item.fact)
    late = said(40, by=int(fact.voices[0].entity[1:]), on="2024-07-08")
    found = {finding.rule for finding in findings(item, make(*DATED, *UNDATED, late))}
    assert "T12" in found


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"grave": True}, "a grave fact takes no changed values"),
        ({"voices": ()}, "nobody's word: there is no voice to say it in"),
        ({"sentence": "Once [[Ada Abel]] said so."}, "its sentence does not begin with its speaker"),
        ({"sentence": "[[Ada Abel]] said so in May."}, "its sentence tells a date already"),
        ({"voices": (Voice("Ada Abel", "p0"), Voice("Ben Brandt", "p1"))},
         "it is not one named voice's own words"),
    ],
)  # fmt: skip
def test_words_that_cannot_take_a_date_are_refused(fields, reason):
    one = replace(DATED[0], **fields)
    assert offer("says-so", one, make(one, *DATED[1:], *UNDATED)) == ([], [reason])


def test_a_topic_without_open_claims_is_not_asked():
    items, _ = asked(*DATED)
    assert items == {}


def bounded(text, qualifier, slot, *, unit="crates"):
    return make_fact(
        "bound",
        "figure",
        measure="m",
        amount=parse_quantity(text, qualifier=qualifier, unit=unit),
        sentence=f"Each of the harbours held [[{slot}]] of it.",
        stem="How many crates did each hold?",
        voices=(Voice("Ada Abel", "p0", "claimed"),),
    )


@pytest.mark.parametrize(
    ("text", "qualifier", "slot", "unit", "pattern", "low", "high"),
    [
        ("10,000", "over", "more than 10,000", "crates", r"1[0-2],[0-9]00", 10_001, 12_500),
        ("5", "at_least", "at least five", "crates", "seven", None, None),
        ("50", "up_to", "up to 50%", "%", r"[34]\d%", None, None),
        ("50", "nearly", "almost 50", "crates", r"4[89]", 48, 49),
        ("2 million", "up_to", "up to two million", "crates", r"1\.\d\smillion", None, None),
        ("2,000–3,000", "range", "2,000 to 3,000", "crates", r"2,[1-9]00", 2_001, 2_999),
    ],
)
def test_where_a_bound_is_all_that_is_given_an_exact_number_is_left_open(
    text, qualifier, slot, unit, pattern, low, high
):
    one = bounded(text, qualifier, slot, unit=unit)
    world = make(one, measures=[Measure("m", "crates", unit)])
    told = voiced_sentence(one, world.base)
    sentence = finer_sentence(one, told, world)
    number = re.search(r"held (.+) of it", sentence)[1]
    assert re.fullmatch(pattern, number)
    if low is not None:
        assert low <= int(number.replace(",", "")) <= high
    rival = replace(one, key="t/rival", slug="rival")
    assert finer_sentence(one, told, make(one, rival, measures=[Measure("m", "crates")])) is None


def test_an_about_is_not_left_open():
    one = bounded("50", "about", "about 50")
    assert finer_sentence(one, one.sentence, make(one, measures=[Measure("m", "crates")])) is None


def test_a_name_of_one_word_is_found_in_a_dated_fact():
    town = Entity("town", "organisation", "Portville", names=(Name("The Port", "short"),))
    when = make_fact("founding", "date", when=parse_edtf("1900"),
                     sentence="Portville was founded in [[1900]].", stem="When?")  # fmt: skip
    base = make(when, entities={"town": town}).base
    assert dates_about("town", World(base, 1)) == (when.when,)


VISIT = replace(
    make_fact("visit", "date", when=parse_edtf("2024-05-06"), subject="p4",
              sentence="On [[6 May 2024]], it was so.", stem="When was it so?"),
    thread="another",
)  # fmt: skip
NAMED = replace(VISIT, subject=None, sentence="On [[6 May 2024]], the mayor met Finn Falk.")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (replace(VISIT, not_asked="set aside", when=None, sentence="It was so."), VISIT),
        (VISIT, replace(VISIT, subject="p5")),
        (VISIT, NAMED),
        (NAMED, replace(NAMED, sentence="On [[6 May 2024]], the mayor met nobody.")),
        (DATED[0], said(0, by=0)),
        (UNDATED[0], said(20, by=4, on="2024-09-09")),
    ],
)
def test_making_again_what_a_new_date_touches_gives_what_making_all_again_gives(before, after):
    others = [fact for fact in (*DATED, *UNDATED) if fact.key != before.key]
    old, new = make(*others, before).base, make(*others, after).base
    keys = touched(World(new, 1), [after.key], [before])
    kept = {item.id: item.digest() for item in propose_all(old, 1).items if item.fact not in keys}
    again = {item.id: item.digest() for item in propose_all(new, 1, keys).items}
    assert kept | again == {item.id: item.digest() for item in propose_all(new, 1).items}
