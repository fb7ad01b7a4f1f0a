from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from quiz.facts.status import Names, Span, Standing, Status, Tie, derive

KEYS = "abcdef"
SIDES = st.sampled_from([None, "east", "west"])
SPANS = st.builds(
    lambda low, size: Span(Decimal(low), Decimal(low + size)), st.integers(0, 9), st.integers(0, 3)
)
VALUES = st.one_of(
    st.none(), SPANS, st.builds(Names, st.frozensets(st.sampled_from("xyz"), min_size=1))
)


def standings(key):
    return st.builds(
        Standing,
        key=st.just(key),
        retracted=st.sampled_from([False, False, False, True]),
        cited=st.sampled_from([True, True, True, False]),
        deprecated=st.sampled_from([False, False, False, True]),
        measure=st.sampled_from([None, "m", "n"]),
        subject=st.sampled_from([None, "s", "t"]),
        changing=st.booleans(),
        value=VALUES,
        as_of=st.one_of(st.none(), SPANS),
        voice=st.sampled_from([None, "v", "w"]),
        side=SIDES,
        actor=st.sampled_from([None, "v", "w"]),
        actor_side=SIDES,
        mode=st.sampled_from(["told", "claimed", "denied", "reported"]),
        roots=st.frozensets(st.sampled_from(["p", "q"])),
    )


FACTS = st.tuples(*(standings(key) for key in KEYS))
TIES = st.lists(
    st.builds(
        Tie,
        st.sampled_from(["confirms", "denies", "supersedes"]),
        st.sampled_from(KEYS),
        st.sampled_from(KEYS),
    ).filter(lambda tie: tie.by != tie.of),
    max_size=4,
)


@given(FACTS, TIES, st.randoms())
def test_the_order_of_facts_does_not_matter(facts, ties, random):
    shuffled = list(facts)
    random.shuffle(shuffled)

    assert derive(shuffled, reversed(ties)) == derive(facts, ties)


@given(FACTS, TIES)
def test_every_fact_has_exactly_one_status(facts, ties):
    assert set(derive(facts, ties)) == set(KEYS)


@given(FACTS, TIES)
def test_a_retracted_fact_touches_no_other(facts, ties):
    found = derive(facts, ties)
    gone = {fact.key for fact in facts if fact.retracted}

    without = derive(
        [fact for fact in facts if fact.key not in gone],
        [tie for tie in ties if not {tie.by, tie.of} & gone],
    )

    assert {key: found[key] for key in without} == without


@given(FACTS, TIES)
def test_a_fact_without_a_source_is_never_asked_nor_contradicts(facts, ties):
    found = derive(facts, ties)

    for fact in facts:
        if not fact.cited:
            assert found[fact.key] in {Status.UNVERIFIED, Status.RETRACTED}


@given(FACTS, TIES)
def test_what_somebody_says_is_never_merely_reported(facts, ties):
    found = derive(facts, ties)

    assert not [fact for fact in facts if fact.voice and found[fact.key] == Status.REPORTED]


@given(FACTS)
def test_contradiction_is_mutual(facts):
    pair = facts[:2]
    found = derive(pair, [])

    assert (found["a"] == Status.CONTESTED) == (found["b"] == Status.CONTESTED)


@given(FACTS, TIES, standings("z"))
def test_a_fact_of_another_measure_changes_nothing(facts, ties, other):
    other = Standing(**{name: getattr(other, name) for name in other.__slots__} | {"measure": "z"})

    assert {**derive([*facts, other], ties), "z": ""} == {**derive(facts, ties), "z": ""}


def figure(key, value, **changes):
    plain = {"measure": "m", "value": Span(Decimal(value), Decimal(value))}
    return Standing(key=key, **plain | changes)


def test_figures_that_do_not_overlap_are_contested():
    found = derive([figure("a", 300), figure("b", 1000)], [])

    assert set(found.values()) == {Status.CONTESTED}


def test_figures_about_two_subjects_are_no_rivals():
    found = derive([figure("a", 300, subject="s"), figure("b", 1000, subject="t")], [])

    assert set(found.values()) == {Status.REPORTED}


def test_one_voice_reporting_a_later_figure_of_a_changing_thing_does_not_contradict_itself():
    early = figure("a", 300, changing=True, voice="v", as_of=Span(1, 10))
    late = figure("b", 500, changing=True, voice="v", as_of=Span(20, 30))
    other = figure("c", 900, changing=True, voice="w", as_of=Span(40, 50))

    assert set(derive([early, late], []).values()) == {Status.CLAIMED}
    assert derive([early, late, other], [])["a"] == Status.CONTESTED


def test_one_voice_with_two_figures_of_a_fixed_thing_contradicts_itself():
    early = figure("a", 300, voice="v", as_of=Span(1, 10))
    late = figure("b", 500, voice="v", as_of=Span(20, 30))

    assert set(derive([early, late], []).values()) == {Status.CONTESTED}


def test_a_place_and_what_it_is_part_of_do_not_contradict():
    city = Standing("a", measure="m", value=Names(frozenset({"kursk"}), frozenset({"oblast"})))
    region = Standing("b", measure="m", value=Names(frozenset({"oblast"})))

    assert set(derive([city, region], []).values()) == {Status.REPORTED}


def test_a_claim_confirmed_by_the_other_side_is_agreed():
    claim = Standing("a", voice="nato", side="west", mode="claimed")
    confirmation = Standing("b", voice="general", side="east", actor_side="east", mode="confirmed")

    found = derive([claim, confirmation], [Tie("confirms", "b", "a")])

    assert found == {"a": Status.AGREED, "b": Status.CLAIMED}


def test_a_claim_confirmed_by_its_own_side_stays_a_claim():
    claim = Standing("a", voice="nato", side="west", mode="claimed")
    second = Standing("b", voice="us", side="west", actor_side="west", mode="confirmed")

    assert derive([claim, second], [Tie("confirms", "b", "a")])["a"] == Status.CLAIMED


def test_a_denied_claim_is_contested_until_the_denier_confirms_it():
    claim = Standing("a", voice="nato", side="west", mode="claimed")
    denial = Standing("b", voice="russia", actor_side="east", mode="denied")
    confirmation = Standing("c", voice="general", side="east", actor_side="east", mode="confirmed")
    denies, confirms = Tie("denies", "b", "a"), Tie("confirms", "c", "a")

    assert derive([claim, denial], [denies])["a"] == Status.CONTESTED
    assert derive([claim, denial, confirmation], [denies, confirms])["a"] == Status.AGREED


def test_two_independent_documents_agree():
    assert derive([Standing("a", roots=frozenset({"p", "q"}))], [])["a"] == Status.AGREED
    assert derive([Standing("a", roots=frozenset({"p"}))], [])["a"] == Status.REPORTED


def test_superseded_by_a_fact_by_its_end_and_by_its_rank():
    facts = [
        Standing("a"),
        Standing("b"),
        Standing("c", ended=True),
        Standing("d", deprecated=True),
    ]

    found = derive(facts, [Tie("supersedes", "b", "a")])

    assert [found[key] for key in "abcd"] == ["superseded", "reported", "superseded", "superseded"]


def test_a_retracted_successor_supersedes_nothing():
    facts = [Standing("a"), Standing("b", retracted=True)]

    assert derive(facts, [Tie("supersedes", "b", "a")])["a"] == Status.REPORTED
