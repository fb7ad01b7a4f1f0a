"""The law of corrections: whatever edits were made, making all anew changes no byte."""

import random
from datetime import date, timedelta

import pytest

from quiz.facts.actions import (
    editing,
    let_count,
    restore_fact,
    retract_fact,
    revise_fact,
    supersede_fact,
)
from quiz.facts.entities import add_alias, facts_using
from quiz.facts.mistakes import RefusedError
from quiz.facts.models import Entity, Fact, FactAnswer, FactLink, Thread
from quiz.questions.actions import generate_questions
from quiz.questions.models import QuestionVersion
from tests.corrections.tides import NOW, made_anew
from tests.synthetic import make_base
from tests.synthetic_rows import store_base

pytestmark = pytest.mark.django_db
STORY = date(2000, 1, 1), date(2026, 1, 1)


def marked(fact, text):
    before, _, rest = fact.sentence.partition("[[")
    return f"{before}[[{text}]]{rest.partition(']]')[2]}"


def revise(fact, **changes):
    revise_fact(fact=fact, changes=changes, change="wrong", why="found", by=None, now=NOW)


def move_date(fact, rng):
    day = STORY[0] + timedelta(days=rng.randrange((STORY[1] - STORY[0]).days))
    revise(fact, when_edtf=day.isoformat(), sentence=marked(fact, f"{day.day} {day:%B %Y}"))


def change_figure(fact, rng):
    text = f"{rng.randrange(100, 90_000):,}"
    revise(fact, amount_text=text, qualifier="exactly", hedge_text="", sentence=marked(fact, text))


def change_name(fact, rng):
    kinds = fact.answers.values_list("entity__kind", flat=True)
    entity = rng.choice(list(Entity.objects.filter(kind__in=kinds).order_by("pk")))
    with editing(fact, change="wrong", why="found", by=None, now=NOW):
        FactAnswer.objects.filter(fact=fact).delete()
        FactAnswer.objects.create(fact=fact, entity=entity)
        Fact.objects.filter(pk=fact.pk).update(sentence=marked(fact, entity.name))


def change_voice(fact, rng):
    entity = rng.choice(list(Entity.objects.filter(kind="person").order_by("pk")))
    with editing(fact, change="wrong", why="found", by=None, now=NOW):
        fact.voices.filter(n=0).update(entity=entity, label="")
        if fact.kind == "statement":
            Fact.objects.filter(pk=fact.pk).update(sentence=marked(fact, entity.name))


def move(fact, rng):
    revise(fact, thread=rng.choice(list(Thread.objects.filter(topic=fact.topic).order_by("pk"))))


def set_aside(fact, rng):
    revise(fact, not_asked="" if fact.not_asked else "set aside")


def measure_otherwise(fact, rng):
    others = Fact.objects.filter(topic=fact.topic, kind=fact.kind).exclude(measure=None)
    if found := list(others.order_by("pk")):
        other = rng.choice(found)
        revise(fact, measure=other.measure, subject=other.subject)


def link(fact, rng):
    other = rng.choice(list(Fact.objects.filter(topic=fact.topic).order_by("pk")))
    if other != fact:
        kind = rng.choice(["confirms", "denies"])
        with editing(fact, change="source", why="found", by=None, now=NOW):
            FactLink.objects.get_or_create(from_fact=fact, to_fact=other, kind=kind)


def take_back(fact, rng):
    act = restore_fact if fact.retracted_at else retract_fact
    act(fact=fact, why="a hoax", by=None, now=NOW)


def replace(fact, rng):
    others = Fact.objects.filter(topic=fact.topic, kind=fact.kind).exclude(pk=fact.pk)
    successor = rng.choice([None, *others.order_by("pk")[:3]])
    supersede_fact(
        fact=fact, successor=successor, valid_to="2020-05", why="newer", by=None, now=NOW
    )


def name_again(fact, rng):
    entity = rng.choice(list(Entity.objects.order_by("pk")))
    text = rng.choice(
        [f"{entity.name} Minor", entity.name[:-1] + "ka", "Harbour Watch", f"{entity.name[:-1]}q",
         f"Xyzzyq {entity.name.split()[0][:-1]}", "Qwyzzyx"]
    )  # fmt: skip
    add_alias(entity=entity, text=text, kind="short", accept=True, now=NOW)
    assert fact


def count_too(fact, rng):
    if fact.kind == "date" and len(fact.when_edtf) == 10:
        let_count(fact=fact, text=fact.when_edtf[:7], why="reported", by=None, now=NOW)


ALWAYS = (move, set_aside, measure_otherwise, link, take_back, replace, name_again, count_too)
OF_KIND = {
    "date": (move_date,),
    "figure": (change_figure,),
    "identity": (change_name,),
    "statement": (change_voice,),
}


def edit_at_random(rng, topic):
    """One edit; what the checks refuse is taken back and counts as none."""
    fact = rng.choice(list(Fact.objects.filter(topic=topic).order_by("pk")))
    act = rng.choice((*ALWAYS, *OF_KIND[fact.kind] * 4))
    try:
        act(fact, rng)
    except RefusedError:
        return "refused"
    return act.__name__


@pytest.mark.parametrize("seed", [0, 6, 17, 24, 57])
def test_after_any_edits_making_all_anew_changes_nothing(seed, django_capture_on_commit_callbacks):
    rng = random.Random(seed)
    topic = store_base(make_base(120 + 60 * (seed % 3), seed))
    generate_questions(topic=topic, now=NOW)
    done = []
    for _ in range(14):
        with django_capture_on_commit_callbacks(execute=True):
            done.append(edit_at_random(rng, topic))

    current = QuestionVersion.objects.exclude(state="replaced").filter(question__retired=False)
    before = dict(current.values_list("pk", "state"))
    summary = generate_questions(topic=topic, now=NOW)

    assert len(set(done)) > 4, done
    told = (summary.new.total(), summary.changed.total(), summary.retired.total())
    assert told == (0, 0, 0), (done, summary.new, summary.changed, summary.retired)
    assert dict(current.values_list("pk", "state")) == before, done


def test_a_name_of_somebody_whom_no_fact_involves_is_told_too(django_capture_on_commit_callbacks):
    topic = store_base(make_base(120, 30))
    idle = next(one for one in Entity.objects.order_by("pk") if not facts_using([one]).exists())
    asked = FactAnswer.objects.filter(fact__kind="identity").order_by("pk").first().entity
    generate_questions(topic=topic, now=NOW)

    with django_capture_on_commit_callbacks(execute=True):
        text = f"{asked.name.split()[-1]} Xyzzyq"
        add_alias(entity=idle, text=text, kind="short", accept=True, now=NOW)

    assert not made_anew(topic)
