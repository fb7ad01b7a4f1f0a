"""Laws of the engine over made-up bases."""

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.facts.base import Name
from quiz.facts.dates import from_unit
from quiz.facts.quantities import parse_quantity
from quiz.questions.audit import blocks
from quiz.questions.engine import propose, propose_for
from quiz.questions.items import Held
from quiz.questions.rules import TYPED
from quiz.questions.touching import touched
from quiz.questions.world import World, draw
from tests.synthetic import FIRST_DAY, LAST_DAY, make_base

SEEDS = st.integers(min_value=0, max_value=10_000)
FEW = settings(max_examples=8, deadline=None)


def digests(base, seed, keys=None):
    return {item.id: item.digest() for item in propose(base, seed, keys).items}


@FEW
@given(SEEDS)
def test_the_same_seed_gives_the_same_bytes(seed):
    assert digests(make_base(60, seed), 1) == digests(make_base(60, seed), 1)


@FEW
@given(SEEDS)
def test_a_choice_has_one_key_among_three_or_four_that_read_differently(seed):
    for item in propose(make_base(60, seed), 1).items:
        if item.form in {"choice", "cloze", "what-said"}:
            assert len(item.key_options) == 1
            texts = {option.text.replace("\N{NO-BREAK SPACE}", " ") for option in item.options}
            assert len(texts) == len(item.options) in {3, 4}
            assert all(option.why and (option.from_fact or option.rule)
                       for option in item.options if not option.right)  # fmt: skip


@FEW
@given(SEEDS)
def test_nothing_that_is_proposed_for_a_made_up_base_is_blocked_for_its_truth(seed):
    base = make_base(80, seed)
    world = World(base, 1)
    found = Counter()
    for key in base.facts:
        for proposed in propose_for(base.facts[key], world):
            if not isinstance(proposed, Held):
                found.update(rule for rule in proposed.held_by if rule[0] in "TOF")
    # Lengths are checked after the choice; all else is kept while choosing.
    found.pop("O3", None)
    assert not found


def edited(base, rng):
    """One fact changed as an editor might: its value, its voice, its thread or whether it counts."""
    fact = base.facts[rng.choice(sorted(base.facts))]
    other = base.facts[rng.choice(sorted(base.facts))]
    change = rng.randrange(5)
    if change == 0:
        return fact, replace(fact, not_asked="set aside", revision=2)
    if change == 1:
        return fact, replace(fact, thread=other.thread, revision=2)
    if change == 2 and other.measure:
        return fact, replace(fact, measure=other.measure, revision=2)
    if fact.when is not None:
        day = from_unit(rng.randint(FIRST_DAY, LAST_DAY), "day")
        return fact, replace(fact, when=day, sentence=f"It was on [[{day.edtf}]].", revision=2)
    if fact.amount is not None:
        number = rng.randrange(2, 90_000)
        return fact, replace(
            fact,
            amount=parse_quantity(f"{number:,}", unit=fact.amount.unit),
            sentence=f"There were [[{number:,}]].",
            revision=2,
        )
    return fact, replace(fact, label="Something else", voices=other.voices, revision=2)


def with_changed(base, fact):
    return replace(base, facts={**base.facts, fact.key: fact})


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.sampled_from([40, 150, 300]))
def test_making_again_what_an_edit_touches_gives_what_making_all_again_gives(seed, size):
    base = make_base(size, seed)
    before, after = edited(base, random.Random(seed))
    changed = with_changed(base, after)
    old = {item.id: item for item in propose(base, 1).items}
    assert made_again(old, changed, [after.key], [before]) == digests(changed, 1)


@settings(max_examples=12, deadline=None)
@given(SEEDS, st.booleans())
def test_a_name_more_makes_again_all_that_knows_it_and_nothing_else(seed, is_near):
    """A name whose word is near a word of somebody's name, and one that is near none."""
    rng = random.Random(seed)
    base = make_base(120, seed)
    entity = base.entities[rng.choice(sorted(base.entities))]
    word = base.entities[rng.choice(sorted(base.entities))].name.split()[-1]
    text = f"{word[:-1]}q Xyzzyq" if is_near else "Xyzzyq Qwyzzx"
    named = replace(entity, names=(*entity.names, Name(text, "short")))
    changed = replace(base, entities={**base.entities, entity.key: named})
    old = {item.id: item for item in propose(base, 1).items}
    new = digests(changed, 1)

    assert made_again(old, changed, [], [], [text]) == new
    touch = touched(World(changed, 1), [], [], [text], unheard=True)
    differ = {item.fact for item in old.values() if new[item.id] != item.digest()}
    assert differ <= touch.keys()
    assert all(forms <= TYPED and forms for forms in touch.values())
    if not is_near:
        assert differ == touch.keys()


def made_again(old, base, keys, before, names=()):
    """The digests after making again only what a change can touch."""
    world = World(base, 1)
    touch = touched(world, keys, before, names)
    kept = {
        item.id: item.digest()
        for item in old.values()
        if item.fact not in touch or (touch[item.fact] and item.form not in touch[item.fact])
    }
    for key, forms in touch.items():
        for found in propose_for(base.facts[key], world, forms):
            if not isinstance(found, Held) and not found.held_by:
                kept[found.item.id] = found.item.digest()
    return kept


def test_a_group_that_grows_beyond_its_limit_splits_without_touching_other_groups():
    base = make_base(900, 3)
    base = replace(
        base, facts={key: replace(fact, thread="thread-0") for key, fact in base.facts.items()}
    )
    world = World(base, 1)
    dates = [fact for fact in base.facts.values() if fact.kind == "date"]
    groups = {world.group_key(fact, "date") for fact in dates}
    assert len(groups) > 1
    for fact in dates:
        group = world.group(fact, "date")
        assert fact in group
        assert len(group) <= 200


def test_the_keys_place_is_drawn_evenly():
    places = {3: Counter(), 4: Counter()}
    for item in propose(make_base(2_000, 5), 1).items:
        if item.form == "choice" and item.facet in {"date", "value"}:
            place = next(n for n, option in enumerate(item.options) if option.right)
            places[len(item.options)][place] += 1
    for count, found in places.items():
        total = found.total()
        expected = total / count
        chi = sum((found[place] - expected) ** 2 / expected for place in range(count))
        assert total > 30
        # The 0.1 % point of χ² with two and three degrees of freedom.
        assert chi < (13.8 if count == 3 else 16.3), found


def test_no_wrong_value_lies_inside_the_bounds_of_a_rival():
    base = make_base(600, 9)
    world = World(base, 1)
    checked = 0
    for item in propose(base, 1).items:
        fact = base.facts[item.fact]
        if item.form == "choice" and world.rivals(fact):
            checked += 1
            assert not list(blocks(item, world))
    assert checked > 5


@pytest.mark.parametrize("parts", [("a", "b"), ("ab",), ("a", 1, None)])
def test_a_draw_depends_on_its_parts_alone(parts):
    assert draw(*parts) == draw(*parts)
    assert draw(*parts) != draw(*parts, "more")
