import pytest

from quiz.learning.memory import Grade
from quiz.learning.rating import BINARY, CHOICE_CAP, Evidence, cap, grade, needed
from quiz.questions.models import Form


@pytest.mark.parametrize(
    ("guess", "threshold"), [(1 / 2, 0.82), (1 / 3, 0.75), (1 / 4, 0.70), (0.05, 0.32)]
)
def test_the_thresholds_are_those_of_the_specification(guess, threshold):
    assert needed(guess) == pytest.approx(threshold, abs=0.006)


@pytest.mark.parametrize("form", [form for form in Form.values if form != "flashcard"])
def test_a_wrong_response_is_again_in_every_form(form):
    assert grade(Evidence(form, right=False, options=4), 0.95) is Grade.AGAIN


@pytest.mark.parametrize("form", Form.values)
def test_a_partial_response_leaves_the_memory_alone(form):
    assert grade(Evidence(form, right=None, options=4), 0.5) is None


@pytest.mark.parametrize("chance", [None, 0.1, 0.99])
def test_what_was_typed_right_is_good_and_hard_on_a_second_try(chance):
    assert grade(Evidence("typed", right=True), chance) is Grade.GOOD
    assert grade(Evidence("typed", right=True, second_try=True), chance) is Grade.HARD


@pytest.mark.parametrize("form", ["choice", "matching", "ordering", "which-hedge", "chain"])
@pytest.mark.parametrize(
    ("options", "chance", "expected"),
    [(4, None, Grade.HARD), (4, 0.69, Grade.HARD), (4, 0.71, Grade.GOOD), (3, 0.71, Grade.HARD),
     (3, 0.76, Grade.GOOD)],
)  # fmt: skip
def test_a_right_choice_is_good_only_where_a_guess_is_unlikely(form, options, chance, expected):
    assert grade(Evidence(form, right=True, options=options), chance) is expected


@pytest.mark.parametrize("form", sorted(BINARY))
def test_a_hit_between_two_is_hard_or_nothing(form):
    hit = Evidence(form, right=True, options=3)
    assert grade(hit, None) is None
    assert grade(hit, 0.8) is None
    assert grade(hit, 0.83) is Grade.HARD


@pytest.mark.parametrize("chosen", list(Grade))
def test_a_card_is_rated_by_the_learner(chosen):
    assert grade(Evidence("flashcard", right=chosen > 1, chosen_grade=chosen), 0.5) is chosen


def test_choices_alone_carry_a_fact_only_so_far():
    assert cap("choice", 0) == CHOICE_CAP
    assert cap("choice", 1) is None
    assert cap("true-false", 3) == 14
    assert cap("typed", 0) is None
