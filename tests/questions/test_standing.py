"""How a claim stands: from links and sides, with one right answer, and none too often."""

from dataclasses import replace

import pytest

from quiz.facts.base import Family, Link, Measure, Voice
from quiz.facts.quantities import parse_quantity
from quiz.facts.status import Status
from quiz.questions.question_forms.standing import OF_A_SIDE, OF_NO_SIDE
from tests.questions.test_forms import PEOPLE, make, make_fact, offer

NOBODY = Voice("people of no side", None, "claimed")


def claim(n, *, by=0, voice=None, **fields):
    voice = voice or Voice(PEOPLE[by], f"p{by}", "claimed")
    return make_fact(
        f"claim-{n}",
        "statement",
        sentence=f"[[{voice.label}]] claimed that harbour {n} was closed.",
        stem=f"Who claimed that harbour {n} was closed?",
        content=f"harbour {n} was closed",
        mode=fields.pop("mode", "claimed"),
        voices=(voice,),
        **fields,
    )


def answer(kind, to, *, by):
    """A fact of somebody (the even ones are of one side, the odd of the other) on a claim."""
    return replace(claim(f"{kind}-{by}", by=by, mode=kind), links=(Link(kind, to.key),))


def asked(*facts):
    world = make(*facts)
    items = [item for fact in facts for item in offer("standing", fact, world)[0]]
    return {item.fact.removeprefix("t/"): item for item in items}


FIRST = claim(1)


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ([("confirms", 1)], "Confirmed by the other side, never denied"),
        ([("denies", 1)], "Denied by the other side, never confirmed"),
        ([("denies", 1), ("confirms", 3)], "Both denied and confirmed by the other side"),
        ([("denies", 1), ("confirms", 2)], "Denied by the other side, never confirmed"),
    ],
)
def test_it_follows_from_links_across_the_sides(answers, shown):
    item = asked(FIRST, *(answer(kind, FIRST, by=by) for kind, by in answers))["claim-1"]
    assert item.shown == shown
    assert [option.text for option in item.options] == list(OF_A_SIDE)
    assert {use.fact for use in item.uses if use.role == "premise"} == {
        f"t/claim-{kind}-{by}" for kind, by in answers if by % 2
    }


def test_what_its_own_side_confirms_is_still_said_by_one_side():
    other = claim(2)
    items = asked(FIRST, answer("confirms", FIRST, by=2), other, answer("confirms", other, by=1))
    assert items["claim-1"].shown == "Said by one side only"
    why = next(option.why for option in items["claim-1"].options if not option.right)
    assert why.startswith("What confirms it comes from the same side: Cleo Craig")


def test_a_claim_of_nobodys_side_is_confirmed_or_not():
    loose, told = claim(1, voice=NOBODY), claim(2, voice=NOBODY)
    items = asked(loose, told, answer("confirms", told, by=1))
    assert [option.text for option in items["claim-1"].options] == list(OF_NO_SIDE)
    assert items["claim-1"].shown == "Not confirmed"
    assert items["claim-2"].shown == "Confirmed by another voice"


def test_unanswered_claims_are_asked_as_often_as_the_commonest_answer():
    claims = [claim(n) for n in range(12)]
    assert asked(*claims) == {}
    answers = [answer("confirms", claims[n], by=1) for n in range(4)]
    answers = [replace(one, key=f"{one.key}-{n}") for n, one in enumerate(answers)]
    shown = [item.shown for item in asked(*claims, *answers).values()]
    assert shown.count("Confirmed by the other side, never denied") == 4
    assert shown.count("Said by one side only") == 4


def counted(slug, measure, by):
    return make_fact(
        slug, "figure", measure=measure, amount=parse_quantity("40"), mode="claimed",
        sentence="There were [[40]].", stem="How many were there?",
        voices=(Voice(PEOPLE[by], f"p{by}", "claimed"),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("by", "reason"),
    [
        (1, "somebody of another side, or of none, gives a figure easily taken for it"),
        (2, "“Said by one side only” would too often be right"),
    ],
)
def test_a_figure_easily_taken_for_anothers_is_not_said_by_one_side_only(by, reason):
    measures = [Measure(key, f"crates {key}", "crates", family="f") for key in ("kept", "sold")]
    own, other = counted("own", "kept", 0), counted("other", "sold", by)
    world = make(own, other, measures=measures, families=[Family("f", "Crates", "They differ.")])
    assert offer("standing", own, world) == ([], [reason])


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"mode": "announced"}, "words, plans and warnings are not confirmed or denied"),
        ({"mode": "warned"}, "words, plans and warnings are not confirmed or denied"),
        ({"verbatim": True}, "words, plans and warnings are not confirmed or denied"),
        ({"status": Status.REPORTED}, "it is no claim of one voice"),
    ],
)
def test_what_nobody_could_confirm_is_not_asked(fields, reason):
    voice = Voice(PEOPLE[0], "p0", "said")
    own = replace(claim(1, voice=voice), **fields)
    assert offer("standing", own, make(own)) == ([], [reason])
