import pytest
from django.urls import reverse

from quiz.facts.actions import retract_fact
from quiz.facts.entities import add_alias
from quiz.facts.models import Fact
from quiz.questions.handwritten import add_hand_written
from quiz.questions.models import QuestionVersion
from tests.factories import NOW, QuestionSetFactory, ThreadFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(client):
    """A teacher's own two questions on one answer, and the teacher signed in."""
    question_set = QuestionSetFactory()
    thread = ThreadFactory(topic=question_set.topic)
    for form in ("choice", "typed"):
        add_hand_written(
            question_set=question_set, thread=thread, form=form,
            stem="Which town has the lighthouse?", key="Easthaven",
            wrong=[("Westhaven", "It has none."), ("Northaven", "It has none.")],
            also_right=[], sentence="", note="", grave=False, now=NOW,
        )  # fmt: skip
    client.force_login(question_set.owner)
    return Fact.objects.filter(questions__form="choice").get()


def served(form):
    return QuestionVersion.objects.served().get(question__form=form)


def edit(client, fact, **changes):
    url = reverse("quiz:fact-edit", args=[fact.topic.slug, fact.slug])
    form = client.get(url).context["form"]
    data = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, False)}
    return client.post(url, data | changes)


def test_the_author_corrects_the_answer_and_the_question_says_so_at_once(client, own):
    old = served("choice")

    response = edit(
        client, own, sentence="The town with the lighthouse is [[Southaven]].",
        stem="Which town has a lighthouse?", importance="2", change="wrong", why="A slip.",
        confirmed="on",
    )  # fmt: skip

    assert response.status_code == 302, response.context["form"].errors
    version = served("choice")
    assert (version.n, version.stem) == (2, "Which town has a lighthouse?")
    assert [one["text"] for one in version.options if one["right"]] == ["Southaven"]
    assert version.feedback["sentence"] == "The town with the lighthouse is [[Southaven]]."
    old.refresh_from_db()
    assert old.state == "replaced"
    assert [one["text"] for one in old.options if one["right"]] == ["Easthaven"]


def test_a_new_alias_counts_in_a_typed_question_of_ones_own(own):
    fact = Fact.objects.get(questions__form="typed")
    entity = fact.answers.get().entity

    add_alias(entity=entity, text="East Haven", kind="short", accept=True, now=NOW)

    version = served("typed")
    assert version.expected["accepted"] == ["East Haven"]
    assert ["East Haven", "full"] in version.expected["answers"][0]["names"]


def test_a_fact_taken_back_is_asked_by_no_question(own):
    retract_fact(fact=own, why="A slip.", by=own.topic.owner, now=NOW)

    assert not QuestionVersion.objects.served().filter(question__fact=own).exists()
