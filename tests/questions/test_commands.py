from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from quiz.questions.models import Question, QuestionVersion
from tests.factories import TopicFactory
from tests.synthetic import make_base
from tests.synthetic_rows import store_base

pytestmark = pytest.mark.django_db


def run(*args, **options):
    out = StringIO()
    call_command("generate_questions", *args, stdout=out, **options)
    return out.getvalue()


def test_generate_questions_tells_what_it_made_and_what_it_held_back():
    store_base(make_base(60, seed=2))

    told = run()

    assert f"{Question.objects.count()} questions from 60 facts" in told
    assert "form" in told.splitlines()[1]
    assert "Not offered:" in told
    assert "choice: a bounded figure rules no value out surely" in told


def test_generate_questions_takes_one_topic():
    store_base(make_base(30, seed=2))
    TopicFactory(slug="other")

    told = run(topic="synthetic")

    assert "questions from 30 facts" in told
    assert told.count("questions from") == 1


def test_generate_questions_says_which_topics_there_are():
    store_base(make_base(5, seed=2))
    with pytest.raises(CommandError, match="Topics: synthetic"):
        run(topic="unknown")


def test_what_a_block_rule_finds_is_stored_and_never_served():
    store_base(make_base(60, seed=2))
    run()
    # Without a source nothing may be shown: T8 holds every question of the fact.
    key = QuestionVersion.objects.served().first().question.fact
    key.citations.all().delete()
    run()
    versions = QuestionVersion.objects.filter(question__fact=key).exclude(state="replaced")
    assert {version.state for version in versions} == {"held"}
    assert all("T8" in version.held_by for version in versions)
    assert not QuestionVersion.objects.served().filter(question__fact=key).exists()
