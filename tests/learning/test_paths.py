"""Paths of the answer step are the ones that Django's own reverse gives."""

import pytest
from django.urls import clear_script_prefix, reverse, set_script_prefix

from quiz.learning.paths import path_to

KEYS = ("A-z_0", "0", "00-00")


@pytest.mark.parametrize("name", ["answer-create", "round-detail"])
def test_a_page_without_a_key(name):
    assert path_to(f"quiz:{name}") == reverse(f"quiz:{name}")


@pytest.mark.parametrize(
    "name", ["answer-detail", "answer-right", "report-new", "passage", "attempt-detail"]
)
@pytest.mark.parametrize("key", KEYS)
def test_a_page_of_a_key(name, key):
    assert path_to(f"quiz:{name}", key) == reverse(f"quiz:{name}", args=[key])


def test_a_site_below_a_prefix_has_its_own_paths():
    path_to("quiz:answer-detail", "abc")
    set_script_prefix("/quiz10/")
    try:
        assert path_to("quiz:answer-detail", "abc") == "/quiz10/answers/abc/"
    finally:
        clear_script_prefix()
    assert path_to("quiz:answer-detail", "abc") == "/answers/abc/"
