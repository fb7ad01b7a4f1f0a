import pytest
from django.urls import reverse

from quiz.questions.actions import generate_questions
from quiz.questions.models import Question, QuestionVersion
from tests.factories import NOW
from tests.synthetic import make_base
from tests.synthetic_rows import store_base

pytestmark = pytest.mark.django_db


@pytest.fixture
def questions():
    generate_questions(topic=store_base(make_base(20, seed=4)), now=NOW)


def test_what_is_held_and_why_can_be_looked_up(admin_client, questions):
    version = QuestionVersion.objects.first()
    QuestionVersion.objects.filter(pk=version.pk).update(state="held", held_by="S9")

    page = admin_client.get(
        reverse("admin:quiz_questionversion_changelist"), {"state__exact": "held", "q": "S9"}
    )

    assert page.context["cl"].result_count == 1
    assert "S9" in page.content.decode()


def test_a_question_shows_its_versions_and_offers_no_change(admin_client, questions):
    question = Question.objects.filter(versions__state="served").first()
    page = admin_client.get(reverse("admin:quiz_question_change", args=[question.pk]))
    text = page.content.decode()
    assert page.status_code == 200
    assert "_save" not in text
    found = admin_client.get(
        reverse("admin:quiz_question_changelist"), {"q": question.versions.first().stem[:30]}
    )
    assert found.context["cl"].result_count >= 1


def test_a_version_shows_the_facts_it_stands_on(admin_client, questions):
    version = QuestionVersion.objects.filter(uses__role="distractor").first()
    page = admin_client.get(reverse("admin:quiz_questionversion_change", args=[version.pk]))
    assert "distractor" in page.content.decode()
    url = reverse("admin:quiz_questionversion_delete", args=[version.pk])
    assert admin_client.post(url).status_code == 403
