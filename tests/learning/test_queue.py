from random import Random

from hypothesis import given
from hypothesis import strategies as st

from quiz.learning.queue import SPECIAL, Candidate, Offer, choose
from quiz.learning.rating import BINARY, RECALL, SELF_RATED
from quiz.questions.models import Form

FORMS = [form for form in Form.values if form != "flashcard"]


@st.composite
def candidates(draw, is_new=None, most=14):
    rows = []
    for fact in range(draw(st.integers(0, most))):
        forms = draw(st.lists(st.sampled_from(FORMS), min_size=1, max_size=6, unique=True))
        new = draw(st.booleans()) if is_new is None else is_new
        offers = tuple(Offer(f"{fact}-{form}", form, draw(st.sampled_from(["", "NIS", "HUR"])))
                       for form in forms)  # fmt: skip
        rows.append(
            Candidate(
                fact,
                "identity",
                offers,
                None if new else draw(st.floats(0.2, 90)),
                None if new else draw(st.floats(0.1, 0.99)),
                0 if new else draw(st.integers(1, 9)),
                "" if new else draw(st.sampled_from(forms)),
            )
        )
    return rows


def test_of_two_facets_due_of_a_fact_one_waits_and_another_fact_takes_its_place():
    rows = [Candidate(fact, facet, (Offer(f"{fact}-{facet}", "choice"),), 3.0, 0.9, 1, "choice")
            for fact in range(4) for facet in ("date", "value")]  # fmt: skip
    facts = [row.candidate.fact for row in pick(rows, [], size=3)]
    assert sorted(facts) == [0, 1, 2]


def test_what_was_met_but_never_rated_is_not_new():
    met = Candidate(1, "date", (), last_form="true-false")
    assert not met.is_new
    assert Candidate(1, "date", ()).is_new


def old_and_new(rows):
    return [row for row in rows if not row.is_new], [row for row in rows if row.is_new]


def pick(due, fresh, size=10, seed=1, **more):
    more = {"most_fresh": size} | more
    return choose([*due, *fresh], size=size, rng=Random(seed), **more)


@given(candidates(), st.integers(1, 12), st.integers(0, 6), st.integers(0, 99))
def test_a_plan_keeps_its_size_and_asks_a_fact_once(rows, size, most_fresh, seed):
    due, fresh = old_and_new(rows)
    picks = pick(due, fresh, size, seed, most_fresh=most_fresh)
    facts = [row.candidate.fact for row in picks]
    assert len(picks) <= size
    assert len(set(facts)) == len(facts)
    assert sum(row.candidate.is_new for row in picks) <= most_fresh
    assert all(row.offer in row.candidate.offers for row in picks)


@given(candidates(), st.integers(0, 99))
def test_what_is_due_comes_before_what_is_new(rows, seed):
    due, fresh = old_and_new(rows)
    picks = pick(due, fresh, seed=seed)
    news = [row.candidate.is_new for row in picks]
    assert news == sorted(news)
    assert sum(not new for new in news) == min(10, len(due))


@given(candidates(is_new=True), st.integers(0, 99))
def test_new_facts_come_in_the_order_of_the_story(rows, seed):
    wide = [Candidate(row.fact, row.facet, tuple(Offer(o.question, o.form) for o in row.offers))
            for row in rows if not {o.form for o in row.offers} & SPECIAL]  # fmt: skip
    facts = [row.candidate.fact for row in pick([], wide, seed=seed)]
    assert facts == [row.fact for row in wide][:10]


@given(candidates(), st.integers(0, 99))
def test_the_same_seed_gives_the_same_plan(rows, seed):
    due, fresh = old_and_new(rows)
    assert pick(due, fresh, seed=seed) == pick(due, fresh, seed=seed)


@given(candidates(is_new=False), st.integers(0, 99))
def test_a_form_is_not_repeated_where_another_exists(rows, seed):
    for row in pick(rows, [], seed=seed):
        others = {offer.form for offer in row.candidate.offers} - {row.candidate.last_form}
        assert row.offer.form != row.candidate.last_form or not others


@given(st.integers(0, 99))
def test_two_in_ten_are_of_a_special_form(seed):
    forms = ("choice", "which-hedge", "typed")
    rows = [Candidate(fact, "value", tuple(Offer(f"{fact}-{form}", form) for form in forms))
            for fact in range(10)]  # fmt: skip
    assert sum(row.offer.form in SPECIAL for row in pick([], rows, seed=seed)) >= 2


def test_a_special_form_is_fetched_from_further_down_the_story():
    plain = [Candidate(fact, "date", (Offer(f"{fact}", "choice"),)) for fact in range(12)]
    special = [Candidate(20 + n, "date", (Offer(f"{20 + n}", "standing"),)) for n in range(3)]
    picks = pick([], plain + special)
    assert sum(row.offer.form == "standing" for row in picks) == 2
    assert len(picks) == 10


@given(st.integers(0, 99))
def test_what_is_firm_is_recalled_for_two_in_five_at_least(seed):
    forms = ("choice", "typed", "which-hedge")
    rows = [
        Candidate(fact, "value", tuple(Offer(f"{fact}-{form}", form) for form in forms), 30.0, 0.9,
                  fact, "choice")
        for fact in range(10)
    ]  # fmt: skip
    assert sum(row.offer.form in RECALL for row in pick(rows, [], seed=seed)) >= 4


@given(st.integers(0, 99))
def test_few_questions_ask_between_two(seed):
    rows = [
        Candidate(fact, "value", (Offer(f"{fact}-a", "true-false"), Offer(f"{fact}-b", "choice")),
                  3.0, 0.9, 1, "choice")
        for fact in range(10)
    ]  # fmt: skip
    assert sum(row.offer.form in BINARY for row in pick(rows, [], seed=seed)) <= 10
    free = [Candidate(row.fact, row.facet, row.offers) for row in rows]
    assert sum(row.offer.form in BINARY for row in pick([], free, seed=seed)) <= 1


def test_no_name_is_the_answer_of_more_than_a_fifth():
    names = ["NIS"] * 6 + [f"Speaker {n}" for n in range(8)]
    rows = [Candidate(fact, "speaker", (Offer(f"{fact}", "choice", key),))
            for fact, key in enumerate(names)]  # fmt: skip
    assert sum(row.offer.key == "NIS" for row in pick([], rows)) == 2
    assert len(pick([], rows[:6])) == 6


def test_only_forms_that_are_allowed_are_picked():
    rows = [
        Candidate(1, "date", (Offer("a", "typed"),)),
        Candidate(2, "date", (Offer("b", "choice"),)),
    ]
    picks = pick([], rows, forms=lambda form: form not in RECALL | SELF_RATED)
    assert [row.offer.form for row in picks] == ["choice"]
