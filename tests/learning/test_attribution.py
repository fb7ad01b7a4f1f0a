"""A claim looks like a claim on every page, and the same on each."""

import pytest

from quiz.facts.base import Fact, Voice
from quiz.facts.status import Status
from quiz.learning.attribution import OF_STATUS, RAILS, attribution_of, rail_of
from quiz.questions.voicing import standing_word

CLAIM = {
    "sentence": "Kim said that [[300]] came.",
    "voice": "Claimed by Kim; no second source in this article.",
    "as_of": "As of January 2025",
    "source": "The article",
    "place": "Kursk campaign, paragraph 3",
    "standing": "unconfirmed",
}


def test_who_says_so_and_how_well_it_stands_are_read_from_the_feedback():
    who = attribution_of(CLAIM)
    assert (who.rail, who.rail_word) == ("rail-dotted", "Unconfirmed")
    assert (who.voice, who.as_of) == (CLAIM["voice"], "As of January 2025")
    assert (who.source, who.place) == ("The article", "Kursk campaign, paragraph 3")


def test_the_date_goes_on_after_the_voice():
    said = "Who says so: Claimed by Kim; no second source in this article. As of January 2025."
    assert attribution_of(CLAIM).said == said
    assert attribution_of(CLAIM | {"voice": "Kim"}).said == "Who says so: Kim · As of January 2025"
    assert attribution_of(CLAIM | {"voice": ""}).said == "As of January 2025"
    assert attribution_of(CLAIM | {"as_of": ""}).said == f"Who says so: {CLAIM['voice']}"


def test_a_place_that_is_only_the_source_is_told_once():
    who = attribution_of(CLAIM | {"place": "The article"})
    assert (who.source, who.place) == ("", "The article")
    assert attribution_of({"source": "The article"}).place == "The article"


def test_every_status_has_a_rail():
    assert set(OF_STATUS) == set(Status)


@pytest.mark.parametrize("has_voice", [True, False])
@pytest.mark.parametrize("mode", ["told", "claimed", "estimated"])
@pytest.mark.parametrize("status", ["agreed", "reported", "claimed", "contested"])
def test_a_facts_page_says_the_same_as_its_feedback(status, mode, has_voice):
    voices = (Voice(entity=None, label="A soldier"),) if has_voice else ()
    fact = Fact(
        "t/f", "t", "f", "date", "", "", "", status=Status(status), mode=mode, voices=voices
    )
    assert rail_of(status, mode, has_voice=has_voice) == RAILS[standing_word(fact)]
