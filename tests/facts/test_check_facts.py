import pytest
from django.core.management import CommandError, call_command

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
