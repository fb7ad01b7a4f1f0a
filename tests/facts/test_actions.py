from datetime import UTC, datetime

import pytest

from quiz.facts import following
from quiz.facts.actions import (
    editing,
    restore_fact,
    retract_fact,
    revise_fact,
    supersede_fact,
    touch,
)
from quiz.facts.entities import add_alias
from quiz.facts.files import File
from quiz.facts.loading import load
from quiz.facts.mistakes import RefusedError
from quiz.facts.models import Entity, Fact, FactRevision
from tests.factories import UserFactory
from tests.facts.writing import date_fact, figure, identity, records, statement, write

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RIVAL = figure(
    slug="rival", sentence="[[4,000]] ships lay there.", amount_text="4,000", qualifier="exactly",
    hedge_text="",
)  # fmt: skip


@pytest.fixture
def facts(tmp_path):
    rows = records(date_fact(), figure(), RIVAL, statement(), identity())
    load(files=[File.read(write(tmp_path / "tides.json", rows), "json")], now=NOW)
    return {fact.slug: fact for fact in Fact.objects.all()}


@pytest.fixture
def told(monkeypatch):
    seen = []
    monkeypatch.setattr(following, "_followers", [seen.append])
    return seen


def test_a_revision_says_what_was_what_is_why_and_who(facts):
    editor = UserFactory()

    changed = revise_fact(
        fact=facts["opened"],
        changes={"sentence": "It opened in [[June 2022]].", "when_edtf": "2022-06"},
        change="wrong",
        why="The almanac says June.",
        by=editor,
        now=NOW,
    )

    fact = Fact.objects.get(slug="opened")
    assert changed == [fact.pk]
    assert (fact.revision, fact.edited_in_app) == (2, True)
    revision = fact.revisions.get(n=2)
    assert (revision.by, revision.why, revision.change) == (
        editor, "The almanac says June.", "wrong",
    )  # fmt: skip
    assert revision.before["when_edtf"] == "2022-07"
    assert revision.after["when_edtf"] == "2022-06"


def test_an_edit_without_an_effect_is_no_revision(facts):
    changed = revise_fact(
        fact=facts["opened"], changes={}, change="wording", why="", by=None, now=NOW
    )

    assert changed == []
    assert Fact.objects.get(slug="opened").revision == 1


def test_a_mistake_takes_the_whole_edit_back(facts):
    with pytest.raises(RefusedError) as caught:
        revise_fact(
            fact=facts["opened"],
            changes={"when_edtf": "2021-01", "label": "Something else"},
            change="wrong",
            why="",
            by=None,
            now=NOW,
        )

    assert caught.value.mistakes[0].field == "sentence"
    assert Fact.objects.get(slug="opened").label == "The harbour opens"
    assert FactRevision.objects.filter(n=2).count() == 0


@pytest.mark.parametrize(
    ("slug", "changes", "field"),
    [
        ("opened", {"when_edtf": "20x2"}, "when_edtf"),
        ("ships-counted", {"amount_text": "many"}, "amount_text"),
        ("ships-counted", {"measure": None}, "measure"),
    ],
)
def test_values_that_cannot_be_read_are_refused(facts, slug, changes, field):
    with pytest.raises(RefusedError) as caught:
        revise_fact(fact=facts[slug], changes=changes, change="wrong", why="", by=None, now=NOW)

    assert caught.value.mistakes[0].field == field


def test_a_rival_that_comes_to_agree_is_contested_no_more_and_gets_a_revision_too(facts, told):
    assert facts["ships-counted"].status == "contested"

    changed = revise_fact(
        fact=facts["rival"],
        changes={"sentence": "[[1,500]] ships lay there.", "amount_text": "1,500"},
        change="source",
        why="",
        by=None,
        now=NOW,
    )

    other = Fact.objects.get(slug="ships-counted")
    assert set(changed) == {facts["rival"].pk, other.pk}
    assert (other.status, other.revision, other.edited_in_app) == ("reported", 2, False)
    assert other.revisions.get(n=2).change == "status"
    assert set(told[0].facts) == set(changed)
    assert {fact.key for fact in told[0].before} == {"tides/rival", "tides/ships-counted"}


def test_a_new_measure_unsettles_the_facts_it_joins(facts):
    revise_fact(
        fact=facts["rival"],
        changes={"rank": "deprecated"},
        change="newer",
        why="",
        by=None,
        now=NOW,
    )

    assert Fact.objects.get(slug="rival").status == "superseded"
    assert Fact.objects.get(slug="ships-counted").status == "reported"


def test_a_retracted_fact_is_asked_no_more_and_can_come_back(facts):
    retract_fact(fact=facts["rival"], why="It was a hoax.", by=None, now=NOW)

    assert Fact.objects.get(slug="rival").status == "retracted"
    assert Fact.objects.get(slug="ships-counted").status == "reported"
    revision = FactRevision.objects.get(fact__slug="rival", n=2)
    assert (revision.change, revision.why) == ("retracted", "It was a hoax.")

    restore_fact(fact=facts["rival"], why="It was none.", by=None, now=NOW)

    assert Fact.objects.get(slug="rival").status == "contested"


def test_a_fact_is_superseded_by_another_one(facts):
    supersede_fact(
        fact=facts["rival"], successor=facts["ships-counted"], valid_to="", why="recounted",
        by=None, now=NOW,
    )  # fmt: skip

    assert Fact.objects.get(slug="rival").status == "superseded"
    successor = FactRevision.objects.get(fact__slug="ships-counted", n=2)
    assert successor.after["links"] == [{"to": "rival", "kind": "supersedes"}]


def test_a_fact_is_superseded_when_its_time_is_over(facts):
    supersede_fact(
        fact=facts["opened"], successor=None, valid_to="2025-12", why="closed", by=None, now=NOW
    )

    fact = Fact.objects.get(slug="opened")
    assert (fact.status, fact.valid_to_edtf) == ("superseded", "2025-12")


def test_children_changed_within_an_edit_are_part_of_its_revision(facts):
    fact = facts["opened"]

    with editing(fact, change="source", why="", by=None, now=NOW):
        fact.citations.update(locator="Harbour, paragraph 2")

    revision = fact.revisions.get(n=2)
    assert revision.after["citations"][0]["locator"] == "Harbour, paragraph 2"


def test_losing_its_only_source_is_refused(facts):
    fact = facts["opened"]

    with (
        pytest.raises(RefusedError, match="it has no source"),
        editing(fact, change="source", why="", by=None, now=NOW),
    ):
        fact.citations.all().delete()

    assert fact.citations.count() == 1


def test_a_new_alias_is_folded_and_tells_the_facts_it_belongs_to(facts, told):
    lighthouse = Entity.objects.get(slug="lighthouse")

    name = add_alias(entity=lighthouse, text="The Grey One", kind="nickname", accept=True, now=NOW)

    assert (name.folded, name.added_in_app) == ("the grey one", True)
    assert told[0].facts == (facts["oldest"].pk,)


def test_touching_facts_settles_what_a_changed_measure_means(facts, told):
    measure = facts["rival"].measure
    Fact.objects.filter(slug="rival").update(as_of_edtf="2020")
    Fact.objects.filter(slug="ships-counted").update(as_of_edtf="2024")
    measure.changing = True
    measure.save()

    touch(Fact.objects.filter(measure=measure), now=NOW)

    assert set(Fact.objects.filter(measure=measure).values_list("status", flat=True)) == {
        "reported"
    }
    assert len(told[0].facts) == 2
