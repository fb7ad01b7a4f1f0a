from random import Random

from hypothesis import given
from hypothesis import strategies as st

from quiz.learning.filling import Telling, choices, filled, ordered, still_open
from quiz.learning.queue import Candidate, Offer, Pick

FACTS = 8
FORMS = ("choice", "typed", "which-hedge")


def names(picks):
    return [row.offer.question for row in picks]


def as_picks(count):
    return [
        Pick(Candidate(fact, "value", ()), Offer(f"q{fact}", "choice")) for fact in range(count)
    ]


def several(count, *, forms=FORMS, last_form="choice"):
    """For each fact a question in each form, the best first."""
    rows = [
        Candidate(
            fact, "value", tuple(Offer(f"q{fact}-{form}", form) for form in forms),
            last_form=last_form,
        )
        for fact in range(count)
    ]  # fmt: skip
    return [tuple(Pick(row, offer) for offer in row.offers) for row in rows]


def fill(wanted, telling, size=FACTS, most_fresh=FACTS):
    return filled(wanted, telling, size=size, most_fresh=most_fresh)


def test_what_tells_anothers_answer_comes_after_it():
    telling = Telling(tells={"q0": {2}})
    assert names(ordered(as_picks(3), telling)) == ["q1", "q2", "q0"]


def test_what_tells_one_of_several_facts_asked_comes_after_it_too():
    telling = Telling(asks={"q1": {(1, "value"), (7, "value")}}, tells={"q0": {7}})
    assert names(ordered(as_picks(2), telling)) == ["q1", "q0"]


def test_of_two_that_tell_each_other_one_waits_for_another_day():
    assert names(ordered(as_picks(2), Telling(tells={"q0": {1}, "q1": {0}}))) == ["q0"]


def test_what_a_matching_asks_is_not_asked_again():
    assert names(ordered(as_picks(3), Telling(asks={"q0": {(2, "value")}}))) == ["q0", "q1"]


def test_what_waits_gives_its_place_to_another():
    wanted = [(pick,) for pick in as_picks(4)]
    assert names(fill(wanted, Telling(tells={"q0": {1}, "q1": {0}}), size=2)) == ["q0", "q2"]


def test_what_was_told_today_gives_its_place_to_another():
    wanted = [(pick,) for pick in as_picks(4)]
    assert names(fill(wanted, Telling(today=frozenset({0})), size=2)) == ["q1", "q2"]


def test_another_question_about_the_fact_stands_in_before_another_fact_does():
    telling = Telling(tells={"q0-choice": {1}, "q1-choice": {0}})
    # What tells of the other comes last.
    assert names(fill(several(3), telling, size=2)) == ["q1-typed", "q0-choice"]


def test_another_question_about_a_fact_taken_before_makes_room_for_the_next():
    first, second, third = several(3)
    telling = Telling(tells={"q0-choice": {1}, "q1-choice": {0}})
    wanted = [first, second[:1], third]
    assert names(fill(wanted, telling, size=2)) == ["q1-choice", "q0-typed"][::-1]


def test_new_facts_stand_in_no_further_than_they_may():
    old, new = several(2), several(4, last_form="")[2:]
    telling = Telling(today=frozenset({1}))
    assert names(fill([*old, *new], telling, size=3, most_fresh=1)) == ["q0-choice", "q2-choice"]


def test_all_questions_of_a_fact_are_choices_the_picked_one_and_its_facet_first():
    rows = [
        Candidate(1, facet, tuple(Offer(f"{facet}-{form}", form) for form in FORMS), 2.0, 0.9, 1)
        for facet in ("date", "value")
    ] + [Candidate(2, "date", (Offer("other", "choice"),))]
    picked = Pick(rows[1], rows[1].offers[1])
    first, second = choices([picked], rows, rng=Random(1))
    assert first[0] == picked
    assert [pick.candidate.facet for pick in first] == ["value"] * 3 + ["date"] * 3
    assert len(set(names(first))) == 6
    assert names(second) == ["other"]


facts = st.integers(0, FACTS - 1)
questions = st.builds("q{}-{}".format, facts, st.sampled_from(FORMS))
tellings = st.builds(
    Telling,
    st.dictionaries(questions, st.sets(st.tuples(facts, st.just("value")), max_size=2)),
    st.dictionaries(questions, st.sets(facts, max_size=3)),
    st.frozensets(facts, max_size=2),
)


def own_left_out(telling):
    """A question tells its own fact, which does not count."""
    return Telling(
        telling.asks,
        {question: told - {int(question[1])} for question, told in telling.tells.items()},
        telling.today,
    )


@given(tellings, st.integers(0, FACTS))
def test_a_plan_tells_no_answer_before_it_is_asked_and_asks_nothing_twice(telling, size):
    telling = own_left_out(telling)
    found = fill(several(FACTS), telling, size=size)
    told, asked = set(telling.today), set()
    assert len(found) <= size
    for pick in found:
        assert not telling.asked_by(pick) & (told | asked)
        told.update(telling.told_by(pick))
        asked |= telling.asked_by(pick)


@given(tellings, st.integers(0, FACTS))
def test_a_plan_falls_short_only_when_nothing_that_fits_is_left(telling, size):
    telling = own_left_out(telling)
    wanted = several(FACTS)
    found = fill(wanted, telling, size=size)
    if len(found) < size:
        assert all(
            len(ordered([*found, pick], telling)) == len(found)
            for picks in wanted
            for pick in picks
            if pick not in found
        )


@given(tellings, st.integers(1, FACTS))
def test_what_is_left_of_a_plan_still_fits_after_its_first_answers(telling, size):
    telling = own_left_out(telling)
    plan = fill(several(FACTS), telling, size=size)
    for done in range(len(plan)):
        told = frozenset().union(*({pick.candidate.fact}.union(telling.told_by(pick))
                                   for pick in plan[:done]))  # fmt: skip
        later = Telling(telling.asks, telling.tells, telling.today | told)
        rest = [(pick,) for pick in plan[done:]]
        assert names(fill(rest, later)) == names(plan[done:])


def test_what_is_left_of_a_begun_plan_asks_nothing_that_was_asked_since():
    asks = {"a": {(1, "date")}, "b": {(2, "date"), (3, "date")}, "c": {(4, "date")},
            "elsewhere": {(3, "value")}}  # fmt: skip
    assert still_open(["a", "b", "c"], ["a", "elsewhere"], Telling(asks)) == ["c"]
