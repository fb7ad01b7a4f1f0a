import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from quiz.accounts.models import User
from quiz.facts.models import Fact, FixtureLoad
from tests.facts.writing import date_fact, figure, identity, records, statement, write

pytestmark = pytest.mark.django_db
ALL = (date_fact(), figure(), statement(), identity())


def test_a_good_file_is_found_good_and_stores_nothing(tmp_path, capsys):
    call_command("check_facts", str(write(tmp_path / "tides.yaml", records(*ALL))))

    assert capsys.readouterr().out == "No mistakes.\n"
    assert not Fact.objects.exists()
    assert not FixtureLoad.objects.exists()


def test_every_mistake_of_a_file_is_told_on_its_own_line(tmp_path, capsys):
    rows = records(date_fact(stem="Opening?"), figure(hedge_text="over"), statement(kind="word"))

    with pytest.raises(CommandError, match=r"^3 mistakes\.$"):
        call_command("check_facts", str(write(tmp_path / "tides.json", rows)))

    lines = capsys.readouterr().out.splitlines()
    told = [line.partition("field ")[2].partition(":")[0] for line in lines]
    assert sorted(told) == ["kind", "qualifier", "stem"]
    assert all("Right would be:" in line and "tides.json:" in line for line in lines)


def test_a_stored_topic_is_checked_by_its_slug_and_all_are_without_one(tmp_path, capsys):
    call_command("loaddata", str(write(tmp_path / "tides.yaml", records(*ALL))), verbosity=0)
    call_command("check_facts", "tides")
    Fact.objects.filter(slug="opened").update(stem="Opening?")

    with pytest.raises(CommandError, match="1 mistake"):
        call_command("check_facts")

    assert "fact tides/opened, field stem" in capsys.readouterr().out


def test_the_source_text_is_held_against_our_words(tmp_path, capsys):
    path = write(tmp_path / "tides.yaml", records(identity(note=" ".join("abcdefghij"))))
    source = tmp_path / "source.txt"
    source.write_text(" ".join("xabcdefghijy"))

    with pytest.raises(CommandError):
        call_command("check_facts", str(path), "--source-text", str(source))

    assert "field note: it copies the source" in capsys.readouterr().out


@pytest.mark.parametrize("what", ["no-such-topic", "no/such/file.yaml"])
def test_what_does_not_exist_is_said(what):
    with pytest.raises(CommandError, match="There is no"):
        call_command("check_facts", what)


@pytest.mark.parametrize(
    ("model", "right"),
    [
        ("quiz.factt", "did you mean “fact”?"),
        ("quiz.voice", "it stands within its quiz.fact, under voices."),
        ("quiz.user", "one of quiz.entity, quiz.fact"),
    ],
)
@pytest.mark.parametrize("command", ["check_facts", "loaddata"])
def test_a_record_that_is_none_of_facts_is_a_mistake(tmp_path, capsys, command, model, right):
    rows = [*records(*ALL), {"model": model, "fields": {"slug": "a", "is_superuser": "true"}}]
    path = write(tmp_path / "tides.json", rows)

    with pytest.raises(CommandError) as refused:
        call_command(command, str(path))

    told = capsys.readouterr().out + str(refused.value)
    assert f"record {len(rows)}, field model: “{model}” is no model" in told
    assert right in told
    assert not Fact.objects.exists()
    assert not User.objects.exists()


@pytest.mark.parametrize("command", ["check_facts", "loaddata"])
@pytest.mark.parametrize("model", ["quiz.factt", "quiz.voice", "nothing"])
def test_neither_is_a_file_of_such_records_alone(tmp_path, capsys, command, model):
    path = write(tmp_path / "tides.json", [{"model": model, "fields": {"slug": "a"}}])

    with pytest.raises(CommandError):
        call_command(command, str(path))


@pytest.mark.parametrize("command", ["check_facts", "loaddata"])
@pytest.mark.parametrize("content", ["", "[]", "# nothing yet"])
def test_an_empty_file_is_said_to_be_empty(tmp_path, capsys, command, content):
    path = tmp_path / "tides.yaml"
    path.write_text(content)

    with pytest.raises(CommandError) as refused:
        call_command(command, str(path))

    assert "it holds no records" in capsys.readouterr().out + str(refused.value)


def test_a_fixture_of_another_room_is_left_to_django(tmp_path, capsys):
    path = write(tmp_path / "people.json", [{"model": "auth.group", "fields": {"name": "Staff"}}])

    call_command("loaddata", str(path), verbosity=0)
    with pytest.raises(CommandError):
        call_command("check_facts", str(path))

    assert Group.objects.get().name == "Staff"
    assert "it holds no facts" in capsys.readouterr().out
