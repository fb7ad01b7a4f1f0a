from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from quiz.facts.actions import revise_fact
from quiz.facts.entities import add_alias
from quiz.facts.files import File
from quiz.facts.loading import load
from quiz.facts.mistakes import RefusedError
from quiz.facts.models import Entity, EntityName, Fact, FactRevision, FixtureLoad, Topic, Voice
from tests.facts.writing import (
    HARBOUR,
    LIGHTHOUSE,
    date_fact,
    figure,
    identity,
    records,
    statement,
    write,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ALL = (date_fact(), figure(), statement(), identity())


def load_rows(tmp_path, rows, name="tides.yaml", now=NOW):
    path = write(tmp_path / name, rows)
    return load(files=[File.read(path, path.suffix.removeprefix("."))], now=now)


def refusal(tmp_path, rows, name="tides.yaml"):
    with pytest.raises(RefusedError) as caught:
        load_rows(tmp_path, rows, name)
    return caught.value.mistakes


@pytest.mark.parametrize("name", ["tides.yaml", "tides.json"])
def test_a_file_is_stored_with_children_and_computed_columns(tmp_path, name):
    done = load_rows(tmp_path, records(*ALL), name)

    assert done.created == 4
    fact = Fact.objects.get(slug="opened")
    assert (fact.when_precision, fact.status, fact.revision) == ("month", "reported", 1)
    assert fact.when_last_day - fact.when_first_day == 30
    assert Fact.objects.get(slug="ships-counted").amount_value == 1500
    assert Voice.objects.get().said_on_first_day is not None
    assert EntityName.objects.get().folded == "nho"
    assert Entity.objects.get(slug="lighthouse").part_of.slug == "north-harbour"
    assert Fact.objects.get(slug="warned").status == "claimed"


def test_a_record_may_name_one_that_stands_later(tmp_path):
    rows = records(*ALL)
    rows.reverse()

    load_rows(tmp_path, rows)

    assert Entity.objects.get(slug="lighthouse").part_of.slug == "north-harbour"


def test_every_new_fact_has_a_first_revision(tmp_path):
    load_rows(tmp_path, records(*ALL))

    revision = FactRevision.objects.get(fact__slug="opened")
    assert (revision.n, revision.change, revision.before) == (1, "first", None)
    assert revision.after["when_edtf"] == "2022-07"


def test_a_second_load_of_the_same_facts_changes_nothing(tmp_path, django_assert_max_num_queries):
    load_rows(tmp_path, records(*ALL))
    ids = list(Voice.objects.values_list("pk", flat=True))

    done = load_rows(tmp_path, records(*ALL), now=NOW)

    assert (done.created, done.changed) == (0, [])
    assert FactRevision.objects.count() == 4
    assert list(Voice.objects.values_list("pk", flat=True)) == ids


def test_a_changed_fact_gets_a_revision_that_says_what_it_was(tmp_path):
    load_rows(tmp_path, records(*ALL))
    changed = date_fact(sentence="The harbour opened in [[June 2022]].", when_edtf="2022-06")

    done = load_rows(tmp_path, records(changed, *ALL[1:]))

    fact = Fact.objects.get(slug="opened")
    assert done.changed == [fact.pk]
    assert fact.revision == 2
    revision = fact.revisions.get(n=2)
    assert (revision.before["when_edtf"], revision.after["when_edtf"]) == ("2022-07", "2022-06")
    assert revision.change == "wrong"
    assert "tides.yaml" in revision.why


def test_a_changed_wording_is_a_revision_of_the_wording_only(tmp_path):
    load_rows(tmp_path, records(*ALL))

    load_rows(tmp_path, records(date_fact(note="In summer."), *ALL[1:]))

    assert FactRevision.objects.get(n=2).change == "wording"


def test_children_become_exactly_those_of_the_file(tmp_path):
    load_rows(tmp_path, records(*ALL))
    fewer = HARBOUR | {"names": ["Harbour Office"]}

    load_rows(tmp_path, records(*ALL, harbour=fewer))

    assert [name.text for name in EntityName.objects.all()] == ["Harbour Office"]


def test_an_alias_added_in_the_app_outlives_the_next_load(tmp_path):
    load_rows(tmp_path, records(*ALL))
    harbour = Entity.objects.get(slug="north-harbour")
    add_alias(entity=harbour, text="The Office", kind="nickname", accept=True, now=NOW)

    load_rows(tmp_path, records(*ALL, harbour=HARBOUR | {"names": ["Harbour Office"]}))

    assert {name.text for name in EntityName.objects.all()} == {"Harbour Office", "The Office"}


def test_a_fact_edited_in_the_app_wins_and_is_reported(tmp_path):
    load_rows(tmp_path, records(*ALL))
    fact = Fact.objects.get(slug="opened")
    revise_fact(
        fact=fact,
        changes={"note": "Checked again."},
        change="wording",
        why="a reader asked",
        by=None,
        now=NOW,
    )

    done = load_rows(tmp_path, records(date_fact(label="The opening"), *ALL[1:]))

    fact.refresh_from_db()
    assert (fact.note, fact.label) == ("Checked again.", "The harbour opens")
    assert done.kept == ["tides/opened"]
    assert done.changed == []


def test_a_file_that_has_taken_an_edit_over_leads_again(tmp_path):
    load_rows(tmp_path, records(*ALL))
    fact = Fact.objects.get(slug="opened")
    revise_fact(
        fact=fact, changes={"note": "Checked."}, change="wording", why="so", by=None, now=NOW
    )

    load_rows(tmp_path, records(date_fact(note="Checked."), *ALL[1:]))

    fact.refresh_from_db()
    assert not fact.edited_in_app


def test_a_fact_gone_from_the_file_is_reported_and_stays(tmp_path):
    load_rows(tmp_path, records(*ALL))

    done = load_rows(tmp_path, records(*ALL[1:]))

    assert done.gone == ["tides/opened"]
    assert Fact.objects.filter(slug="opened").exists()


def test_statuses_of_rivals_follow_from_a_load(tmp_path):
    load_rows(tmp_path, records(figure()))
    rival = figure(
        slug="ships-counted-again", sentence="[[4,000]] ships lay there.", amount_text="4,000",
        qualifier="exactly", hedge_text="",
    )  # fmt: skip

    done = load_rows(tmp_path, records(figure(), rival))

    assert set(Fact.objects.values_list("status", flat=True)) == {"contested"}
    assert len(done.changed) == 1
    assert FactRevision.objects.get(n=2).change == "status"


def test_a_bad_record_is_told_with_its_place_field_and_what_is_right(tmp_path):
    bad = figure(amount_text="a lot", qualifer="about")

    found = refusal(tmp_path, records(date_fact(), bad))

    told = {mistake.field: mistake for mistake in found}
    assert told["qualifer"].right == "did you mean “qualifier”?"
    assert told["amount_text"].record == "fact tides/ships-counted"
    assert told["amount_text"].place.number == 8
    assert "12,000" in told["amount_text"].what
    assert str(told["amount_text"]).startswith(f"{tmp_path}/tides.yaml:")


def test_a_bad_file_stores_nothing_of_itself(tmp_path):
    refusal(tmp_path, records(*ALL[:3], identity(importance="7")))

    assert not Topic.objects.exists()
    assert not FixtureLoad.objects.exists()


def test_a_bad_second_load_leaves_the_first_as_it_was(tmp_path):
    load_rows(tmp_path, records(*ALL))

    refusal(tmp_path, records(date_fact(label="Opening"), figure(sentence="Nothing marked.")))

    assert Fact.objects.get(slug="opened").label == "The harbour opens"
    assert Fact.objects.get(slug="ships-counted").revision == 1


@pytest.mark.parametrize(
    ("fact", "field", "right"),
    [
        (date_fact(thread=["tides", "cost"]), "thread", "did you mean “tides/coast”?"),
        (date_fact(thread="coast"), "thread", "[topic slug, slug]"),
        (date_fact(when_edtf="2022-13"), "when_edtf", ""),
        (date_fact(when_edtf=""), "when_edtf", "such as 2024-11-04 or 2024-11"),
        (date_fact(status="agreed"), "status", "leave it out"),
        (date_fact(kind="data"), "kind", "one of date, figure, statement, identity"),
        (date_fact(label="x" * 161), "label", ""),
        (date_fact(sentence=None), "sentence", ""),
        (date_fact(grave="perhaps"), "grave", ""),
        (date_fact(citations="almanac"), "citations", ""),
        (figure(measure=None), "measure", "the slug of a measure"),
        (figure(qualifier=""), "qualifier", ""),
        (statement(content=""), "content", "a clause that can follow “that”"),
        (statement(voices=[{"mode": "said"}]), "voices[0]", ""),
        (statement(voices=[{"entity": ["nobody"]}]), "voices[0].entity", "a record of it above"),
        (identity(answers=[["lighthouse"], ["lighthouse"]]), "answers[1]", ""),
        (identity(links=[{"to": ["tides", "oldest"], "kind": "denies"}]), "links[0]", ""),
        (
            identity(valid_from_edtf="2024", valid_to_edtf="2023"),
            "valid_to_edtf",
            "the later date",
        ),
    ],
)  # fmt: skip
def test_each_wrong_field_is_named(tmp_path, fact, field, right):
    found = refusal(tmp_path, records(fact))

    assert field in [mistake.field for mistake in found]
    mistake = next(mistake for mistake in found if mistake.field == field)
    assert right in mistake.right


def test_a_missing_field_and_a_second_record_of_one_key_are_named(tmp_path):
    nameless = {key: value for key, value in LIGHTHOUSE.items() if key != "name"}

    found = refusal(tmp_path, records(date_fact(), date_fact(), lighthouse=nameless))

    assert [(mistake.record, mistake.field) for mistake in found] == [
        ("entity lighthouse", "name"),
        ("fact tides/opened", "slug"),
    ]


def test_a_record_that_leans_on_a_refused_one_is_not_told_as_well(tmp_path):
    rows = records(identity(), lighthouse=LIGHTHOUSE | {"kind": "tower"})

    assert [mistake.field for mistake in refusal(tmp_path, rows)] == ["kind"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("- model: quiz.topic\n  fields: {slug: a\n", "no YAML"),
        ("model: quiz.topic\n", "no list of records"),
        ("- model: quiz.topic\n  fields: {slug: a, slug: b}\n", "written twice"),
        ("- model: quiz.topic\n  field: {slug: a}\n", "beside model and fields"),
        ("- fields: {slug: a}\n", "does not say its model"),
    ],
)
def test_an_unreadable_file_says_where_reading_stopped(tmp_path, text, what):
    path = tmp_path / "tides.yaml"
    path.write_text(text)

    with pytest.raises(RefusedError, match=what) as caught:
        File.read(path, "yaml")

    assert caught.value.mistakes[0].place.line > 0


def test_the_command_says_what_it_did_and_skips_a_file_it_knows(tmp_path, capsys):
    path = write(tmp_path / "tides.yaml", records(*ALL))

    call_command("loaddata", str(path))
    call_command("loaddata", str(path))

    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith("9 records, 4 new facts, 0 changed") is False
    assert "4 new facts, 0 changed" in first
    assert "unchanged since" in second
    assert FactRevision.objects.count() == 4


def test_the_command_refuses_with_all_mistakes_and_stores_nothing(tmp_path):
    path = write(tmp_path / "tides.yaml", records(date_fact(stem="The opening"), figure(label="")))

    with pytest.raises(CommandError) as caught:
        call_command("loaddata", str(path))

    assert "field stem" in str(caught.value)
    assert "field label" in str(caught.value)
    assert "nothing was stored" in str(caught.value)
    assert not Fact.objects.exists()


def test_records_of_other_rooms_are_loaded_as_django_does(tmp_path):
    from quiz.accounts.models import User

    rows = [{"model": "quiz.user", "fields": {"email": "a@example.org", "password": "!"}}]
    call_command("loaddata", str(write(tmp_path / "users.json", rows)))

    assert User.objects.get().email == "a@example.org"


def test_a_thousand_facts_take_few_queries(tmp_path, django_assert_max_num_queries):
    facts = [date_fact(slug=f"opened-{n}", label=f"Harbour {n} opens") for n in range(1000)]
    path = write(tmp_path / "many.json", records(*facts))
    file = File.read(path, "json")

    with django_assert_max_num_queries(120):
        load(files=[file], now=NOW)

    assert Fact.objects.count() == 1000
