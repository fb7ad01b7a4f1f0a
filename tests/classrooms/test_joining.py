import pytest
from django.core.cache import cache

from quiz.classrooms.joining import (
    MISSES_OF_A_USER,
    MISSES_OF_AN_ADDRESS,
    TooManyMissesError,
    classroom_by_code,
    normalized,
)
from tests.factories import ClassroomFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_misses_yet():
    cache.clear()


def found(code, user=None, address="192.0.2.1"):
    return classroom_by_code(code=code, user=user or UserFactory(), address=address)


@pytest.mark.parametrize("typed", ["ABCDEFGHJK", "abcdefghjk", "ABCDE-FGHJK", " abcde fghjk "])
def test_a_code_is_found_however_it_is_typed(typed):
    classroom = ClassroomFactory(join_code="ABCDEFGHJK")
    assert found(typed) == classroom


@pytest.mark.parametrize(
    "typed", ["", "ABCDEFGHJ", "ABCDEFGHJKL", "ABCDEFGHJ\0", "ＡBCDEFGHJK", "x" * 9999]
)
def test_anything_else_finds_nothing(typed):
    ClassroomFactory(join_code="ABCDEFGHJK")
    assert found(typed) is None


def test_a_class_closed_to_joining_is_not_found_by_an_empty_code():
    ClassroomFactory(join_code=None)
    assert found("") is None


def test_after_too_many_misses_even_the_right_code_waits():
    classroom, user = ClassroomFactory(), UserFactory()
    for _ in range(MISSES_OF_A_USER):
        assert found("WRONGWRONG", user) is None
    with pytest.raises(TooManyMissesError):
        found(classroom.join_code, user)
    assert found(classroom.join_code, UserFactory()) == classroom


def test_right_codes_are_not_counted():
    classroom, user = ClassroomFactory(), UserFactory()
    for _ in range(MISSES_OF_A_USER + 5):
        assert found(classroom.join_code, user) == classroom


def test_many_accounts_at_one_address_are_held_too():
    users = UserFactory.create_batch(MISSES_OF_AN_ADDRESS // 10)
    for n in range(MISSES_OF_AN_ADDRESS):
        found("WRONGWRONG", users[n // 10])
    with pytest.raises(TooManyMissesError):
        found("WRONGWRONG")
    assert found("WRONGWRONG", address="192.0.2.2") is None


def test_blanks_and_dashes_are_only_for_the_eye():
    assert normalized(" abcde-fghjk\n") == "ABCDEFGHJK"
