from datetime import date

import pytest

from quiz.questions.grading import Verdict
from quiz.questions.respond import UnreadableGivenError, respond

TODAY = date(2026, 3, 2)
FOUR = [{"text": text} for text in "abcd"]


def answer(form, expected, given, options=FOUR, **more):
    return respond(form, options, expected, given, today=TODAY, **more)


@pytest.mark.parametrize(
    "form",
    "choice true-false says-so cloze what-said which-first which-hedge can-you-tell standing".split(),
)
def test_one_option_is_right(form):
    assert answer(form, {"right": [2]}, {"choice": 2}).verdict is Verdict.ACCEPT
    wrong = answer(form, {"right": [2]}, {"choice": 1})
    assert (wrong.verdict, wrong.score, wrong.chosen) == (Verdict.REJECT, 0.0, (1,))


def test_not_knowing_is_wrong_and_picks_no_lure():
    outcome = answer("choice", {"right": [2]}, {"dont_know": True})
    assert (outcome.verdict, outcome.chosen) == (Verdict.REJECT, ())


@pytest.mark.parametrize(
    "given", [{}, {"choice": 4}, {"choice": "2"}, {"choice": None}, {"text": "c"}, {"choice": True}]
)
def test_a_shape_that_is_not_the_forms_is_refused(given):
    with pytest.raises(UnreadableGivenError):
        answer("choice", {"right": [2]}, given)


@pytest.mark.parametrize(
    ("chosen", "score", "verdict"),
    [
        ([0, 2], 1.0, Verdict.ACCEPT),
        ([0], 0.5, Verdict.PARTIAL),
        ([0, 1], 0.0, Verdict.REJECT),
        ([0, 2, 1], 0.5, Verdict.PARTIAL),
        ([0, 1, 2, 3], 0.0, Verdict.REJECT),
        ([], 0.0, Verdict.REJECT),
    ],
)
def test_false_picks_are_taken_from_hits(chosen, score, verdict):
    outcome = answer("several-right", {"right": [0, 2]}, {"choices": chosen})
    assert (outcome.score, outcome.verdict) == (score, verdict)


PAIRS = {
    "pairs": {"0": 1, "1": 0, "2": 2, "3": 1},
    "facts": {str(n): [[f"t/f{n}", "speaker"]] for n in range(4)},
}


def test_every_pair_counts_for_its_own_fact():
    outcome = answer("matching", PAIRS, {"pairs": {"0": 1, "1": 2, "2": 0}})
    assert outcome.score == 0.25
    assert outcome.verdict is Verdict.PARTIAL
    assert outcome.per_fact == {
        ("t/f0", "speaker"): True,
        ("t/f1", "speaker"): False,
        ("t/f2", "speaker"): False,
        ("t/f3", "speaker"): False,
    }


def test_all_pairs_right_is_right():
    assert answer("which-source", PAIRS, {"pairs": PAIRS["pairs"]}).verdict is Verdict.ACCEPT
    unknown = answer("which-source", PAIRS, {"dont_know": True})
    assert set(unknown.per_fact.values()) == {False}


def sequence(*order, ties=()):
    return {
        "sequence": list(order),
        "ties": [list(pair) for pair in ties],
        "facts": {str(place): [[f"t/{place}", "date"]] for place in range(4)},
    }


@pytest.mark.parametrize(
    ("given", "score", "again"),
    [
        ([0, 1, 2, 3], 1.0, set()),
        ([0, 1, 3, 2], 0.83, {2, 3}),
        ([3, 2, 1, 0], 0.0, {0, 1, 2, 3}),
        ([1, 0, 2, 3], 0.83, {0, 1}),
    ],
)
def test_an_order_is_scored_by_its_pairs(given, score, again):
    outcome = answer("ordering", sequence(0, 1, 2, 3), {"order": given})
    assert round(outcome.score, 2) == score
    missed = {
        int(key[0].split("/")[1]) for key, right in outcome.per_fact.items() if right is False
    }
    assert missed == again
    assert set(outcome.per_fact.values()) <= ({True} if score == 1 else {False, None})


def test_events_that_overlap_are_not_compared():
    outcome = answer("ordering", sequence(0, 1, 2, 3, ties=[(1, 2)]), {"order": [0, 2, 1, 3]})
    assert outcome.verdict is Verdict.ACCEPT


def test_an_order_must_hold_every_event_once():
    with pytest.raises(UnreadableGivenError):
        answer("ordering", sequence(0, 1, 2, 3), {"order": [0, 0, 1, 2]})


def test_a_card_is_graded_by_its_learner():
    assert answer("flashcard", {"rating": True}, {"rating": 1}).verdict is Verdict.REJECT
    assert answer("flashcard", {"rating": True}, {"rating": 3}).verdict is Verdict.ACCEPT
    with pytest.raises(UnreadableGivenError):
        answer("flashcard", {"rating": True}, {"rating": 5})


DATE = {
    "type": "date",
    "edtf": "2025-04-28",
    "reading": "extent",
    "circa_years": 0,
    "precision": "month",
    "zone_ambiguous": False,
}
NUMBER = {
    "type": "number",
    "text": "12 million",
    "value": "12000000",
    "low": None,
    "high": None,
    "qualifier": "exactly",
    "unit": "shells",
    "significant_digits": 2,
    "scale": "million",
    "hedge_text": "",
    "near": [],
}
NAME = {
    "type": "name",
    "answers": [
        {
            "key": "kim",
            "kind": "person",
            "names": [["Kim Jong Un", "full", True], ["Kim", "surname", True]],
        }
    ],
    "others": [
        {
            "key": "kim-2",
            "kind": "person",
            "names": [["Kim Yong Bok", "full", True], ["Kim", "surname", True]],
        }
    ],
}


@pytest.mark.parametrize(
    ("expected", "text", "verdict"),
    [
        (DATE, "April 2025", Verdict.ACCEPT),
        (DATE, "28 April 2025", Verdict.ACCEPT),
        (DATE, "2025", Verdict.PARTIAL),
        (DATE, "May 2025", Verdict.REJECT),
        (NUMBER, "12", Verdict.ACCEPT),
        (NUMBER, "12,000,000", Verdict.ACCEPT),
        (NUMBER, "3", Verdict.REJECT),
        (NAME, "Kim Jong-un", Verdict.ACCEPT),
        (NAME, "Kim Yong Bok", Verdict.REJECT),
        (NAME, "Kim", Verdict.ASK_AGAIN),
    ],
)
def test_a_typed_answer_is_graded_from_what_is_stored(expected, text, verdict):
    assert answer("typed", expected, {"text": text}, options=[]).verdict is verdict
    assert answer("cloze-typed", expected, {"text": text}, options=[]).verdict is verdict


def test_asking_again_happens_once():
    second = answer("typed", NAME, {"text": "Kim"}, options=[], second_try=True)
    assert second.verdict is Verdict.REJECT


@pytest.mark.parametrize(
    ("text", "score"), [("20", 1.0), ("21", 1.0), ("200", 0.0), ("2", 0.0), ("40", 0.72)]
)
def test_an_estimate_is_scored_by_its_nearness(text, score):
    expected = NUMBER | {
        "text": "20",
        "value": "20",
        "scale": "",
        "qualifier": "about",
        "band": ["18", "22"],
    }
    outcome = answer("estimate", expected, {"text": text}, options=[])
    assert outcome.score == pytest.approx(score, abs=0.06)
    assert (outcome.verdict is Verdict.ACCEPT) == (score == 1.0)


def test_an_estimate_in_words_that_are_no_number_is_asked_again():
    expected = NUMBER | {"band": ["12000000", "12000000"]}
    assert answer("estimate", expected, {"text": "many"}, options=[]).verdict is Verdict.ASK_AGAIN
    assert answer("estimate", expected, {"text": "12"}, options=[]).verdict is Verdict.ACCEPT
