"""Three kinds of change: we were wrong, the source changed, a newer report."""

from datetime import timedelta

import pytest
from django.urls import reverse

from quiz.facts.actions import retract_fact, revise_fact
from quiz.facts.models import Fact, FactLink, FactRevision, Source
from quiz.learning.asking import shown_version
from quiz.learning.models import Memory
from quiz.learning.updating import correction
from quiz.questions.models import QuestionVersion
from tests.corrections.tides import NOW, store
from tests.factories import TeacherFactory, UserFactory
from tests.facts.writing import figure

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(tmp_path):
    return store(
        tmp_path,
        figure(
            slug="ships-in-june", label="An early count",
            sentence="There were [[around 2,900]] ships in the harbour.", amount_text="2,900",
            subject=["north-harbour"], as_of_edtf="2022-06",
        ),
        figure(
            slug="ships-in-july", label="A later count",
            sentence="There were [[around 3,900]] ships in the harbour.", amount_text="3,900",
            subject=["north-harbour"], as_of_edtf="2022-07",
        ),
    )  # fmt: skip


@pytest.fixture
def editor(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def page_of(slug="ships-in-june"):
    return reverse("quiz:fact-supersede", args=["tides", slug])


def test_the_page_shows_what_it_touches_and_asks_to_confirm_it(client, topic, editor):
    page = client.get(page_of()).content.decode()
    detail = client.get(reverse("quiz:fact-detail", args=["tides", "ships-in-june"]))

    assert "What this touches" in page
    assert "its own" in page
    assert page_of() in detail.content.decode()
    july = Fact.objects.get(slug="ships-in-july")
    data = {"by": "fact", "successor": july.pk, "why": "Counted again.", "valid_to": "2022-06-30"}

    refused = client.post(page_of(), data)

    assert refused.status_code == 422
    assert "confirm the change" in refused.content.decode()
    assert "Counted again." in refused.content.decode()
    assert not FactLink.objects.exists()


def test_a_fact_gives_way_to_one_that_is_known(
    client, topic, editor, django_capture_on_commit_callbacks
):
    july = Fact.objects.get(slug="ships-in-july")
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            page_of(),
            {
                "by": "fact", "successor": july.pk, "why": "Counted again.",
                "valid_to": "2022-06-30", "confirmed": "on",
            },
        )  # fmt: skip

    june = Fact.objects.get(slug="ships-in-june")
    assert response.url == reverse("quiz:fact-detail", args=["tides", "ships-in-july"])
    assert (june.status, june.valid_to_edtf) == ("superseded", "2022-06-30")
    revision = FactRevision.objects.get(fact=june, n=june.revision)
    assert (revision.change, revision.why, revision.by) == ("superseded", "Counted again.", editor)
    for version in QuestionVersion.objects.served().filter(question__fact=june):
        assert "2022" in version.stem + str(version.expected.get("frame", ""))


def test_a_newer_report_is_written_down_with_what_the_older_one_is_about(
    client, topic, editor, django_capture_on_commit_callbacks
):
    source = Source.objects.get(slug="almanac")
    data = {
        "by": "report", "sentence": "There were [[around 4,700]] ships in the harbour.",
        "value": "4,700", "as_of_edtf": "2022-09", "source": source.pk,
        "locator": "Harbour, paragraph 9", "why": "A newer count.", "confirmed": "on",
    }  # fmt: skip
    wrong = client.post(page_of(), data | {"value": "4,800"})
    assert wrong.status_code == 422
    assert "is not the amount" in wrong.content.decode()
    assert "Harbour, paragraph 9" in wrong.content.decode()
    assert Fact.objects.filter(slug__startswith="ships-in-june").count() == 1

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(page_of(), data)

    new = Fact.objects.get(slug="ships-in-june-2")
    assert response.status_code == 302
    assert (new.amount_value, new.subject.slug, new.status) == (4_700, "north-harbour", "contested")
    assert new.citations.get().locator == "Harbour, paragraph 9"
    assert Fact.objects.get(slug="ships-in-june").status == "superseded"
    assert new.links.get().to_fact.slug == "ships-in-june"


@pytest.mark.parametrize("missing", ["sentence", "value", "source", "locator"])
def test_a_newer_report_needs_its_parts(client, topic, editor, missing):
    data = {
        "by": "report", "sentence": "[[4,700]] lay there.", "value": "4,700",
        "source": Source.objects.get().pk, "locator": "p. 9", "why": "Newer.", "confirmed": "on",
    }  # fmt: skip

    response = client.post(page_of(), data | {missing: ""})

    assert response.status_code == 422
    assert missing in response.context["form"].errors


def test_the_end_of_its_time_needs_a_date_that_can_be_read(client, topic, editor):
    data = {"by": "date", "why": "Over.", "confirmed": "on"}

    assert "valid_to" in client.post(page_of(), data).context["form"].errors
    wrong = client.post(page_of(), data | {"valid_to": "soon"})
    assert "valid_to" in wrong.context["form"].errors
    assert client.post(page_of(), data | {"valid_to": "2022-06"}).status_code == 302
    assert Fact.objects.get(slug="ships-in-june").status == "superseded"


def test_an_identity_gives_way_to_a_fact_that_is_known_only(client, topic, editor):
    form = client.get(page_of("oldest")).context["form"]

    assert [value for value, _ in form.fields["by"].choices] == ["fact", "date"]
    assert "sentence" not in form.fields


def test_strangers_and_teachers_change_nothing(client, topic):
    client.force_login(UserFactory())
    assert client.get(page_of()).status_code == 403
    client.force_login(TeacherFactory())
    assert client.post(page_of(), {"by": "date"}).status_code == 403


# What learners meet


@pytest.fixture
def learner(topic):
    """Somebody who learned the June figure, and need not meet it again for a month."""
    user = UserFactory()
    Memory.objects.create(
        learner=user, fact=Fact.objects.get(slug="ships-in-june"), topic=topic, facet="value", seq=1,
        stability=30, difficulty=5, due_at=NOW + timedelta(days=30), revision_seen=1,
    )  # fmt: skip
    return user


def told(learner):
    """What the next question on it says, and whether it has come due."""
    version = QuestionVersion.objects.exclude(state="replaced").filter(
        question__fact__slug="ships-in-june", question__form="typed"
    )
    asked = shown_version(learner, version.get().question.public_id, version.get().n)
    due = Memory.objects.due_for(learner, NOW)
    return correction(asked), due.exists()


def change(kind, **changes):
    fact = Fact.objects.get(slug="ships-in-june")
    revise_fact(fact=fact, changes=changes, change=kind, why="Looked.", by=None, now=NOW)


SAID = {"sentence": "There were [[around 2,800]] ships in the harbour.", "amount_text": "2,800"}


def test_what_was_wrong_is_taken_back_and_comes_back_at_once(
    learner, django_capture_on_commit_callbacks
):
    assert told(learner) == ("", False)
    with django_capture_on_commit_callbacks(execute=True):
        change("wrong", **SAID)

    said, due = told(learner)
    assert said.startswith("We had this wrong. It was around 2,900, it is now around 2,800.")
    assert due


def test_a_source_that_changed_makes_no_answer_wrong(learner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        change("source", **SAID)

    assert told(learner) == ("", False)


def test_a_newer_report_leaves_what_was_said_then(learner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        change("newer", as_of_edtf="2022-09", **SAID)

    said, due = told(learner)
    assert said.replace("\N{NO-BREAK SPACE}", " ") == (
        "A newer report gives around 2,800. “around 2,900” stands as what was said in June 2022."
    )
    assert not due


def test_a_superseded_figure_stands_beside_the_newer_one(
    client, editor, learner, django_capture_on_commit_callbacks
):
    july = Fact.objects.get(slug="ships-in-july")
    data = {"by": "fact", "successor": july.pk, "why": "Counted again.", "confirmed": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page_of(), data)

    said, due = told(learner)
    assert said.replace("\N{NO-BREAK SPACE}", " ") == (
        "A newer report gives around 3,900. “around 2,900” stands as what was said in June 2022."
    )
    assert not due


def test_another_wording_is_told_to_nobody(learner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        change("wording", note="Counted at noon.")

    assert told(learner) == ("", False)


def test_what_was_taken_back_is_asked_no_more(learner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        retract_fact(fact=Fact.objects.get(slug="ships-in-june"), why="A hoax.", by=None, now=NOW)

    rows = QuestionVersion.objects.served()
    assert not rows.filter(question__fact__slug="ships-in-june").exists()
    assert not Memory.objects.due_for(learner, NOW).exists()
