import pytest
from django.urls import reverse

from quiz.accounts.models import User
from quiz.corrections.merging import move_reports
from quiz.corrections.models import Report
from quiz.facts.models import EntityName
from quiz.questions.models import QuestionVersion
from tests.corrections.tides import NOW, store
from tests.factories import AnswerFactory, AttemptFactory, SlotFactory, TeacherFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(tmp_path):
    """A name typed that the question does not know."""
    store(tmp_path)
    version = QuestionVersion.objects.served().get(
        question__fact__slug="oldest", question__form="typed"
    )
    return AnswerFactory(version=version, given={"text": "The Beacon"}, verdict="reject", score=0)


@pytest.fixture
def learner(client, answer):
    client.force_login(answer.learner)
    return answer.learner


@pytest.fixture
def editor(client):
    return UserFactory(is_staff=True, is_superuser=True)


def file(client, answer, **changes):
    data = {"nonce": answer.nonce, "kind": "should-count", "message": "They call it so."}
    return client.post(reverse("quiz:report-list"), data | changes)


def test_a_report_keeps_what_was_seen_and_given(client, answer, learner):
    response = file(client, answer)

    report = Report.objects.get()
    assert response.status_code == 302
    assert (report.version, report.given) == (answer.version, {"text": "The Beacon"})
    assert report.fact.slug == "oldest"
    assert "They call it so." in client.get(reverse("quiz:report-list")).content.decode()


def test_the_form_shows_the_question_it_is_about(client, answer, learner):
    page = client.get(reverse("quiz:report-new", args=[answer.nonce])).content.decode()

    assert answer.version.stem in page
    assert answer.nonce in page
    assert 'value="should-count" required id="id_kind_0" checked' in page


def left(client, answer, page):
    """The report's form with the way back that it offers to who came from that page."""
    return client.get(reverse("quiz:report-new", args=[answer.nonce]), headers={"Referer": page})


def test_the_way_back_leads_to_the_question_as_it_stood_in_its_round(client, answer, learner):
    own = reverse("quiz:answer-detail", args=[answer.nonce])
    page = left(client, answer, f"http://testserver{own}?at=the-round")
    assert f'href="{own}?at=the-round">Back to the question' in page.text
    form = {"back": f"{own}?at=the-round"}
    assert file(client, answer, **form).url == f"{own}?at=the-round"
    data = {"nonce": answer.nonce, "kind": "wrong"} | form
    thanks = client.post(reverse("quiz:report-list"), data, headers={"HX-Request": "true"})
    assert f'href="{own}?at=the-round">Back to the question' in thanks.text


def test_the_way_back_leads_to_the_row_of_a_result(client, answer, learner):
    attempt = AttemptFactory(learner=learner, state="finished", finished_at=NOW)
    SlotFactory(attempt=attempt, n=3, version=answer.version, nonce=answer.nonce)
    answer.attempt = attempt
    answer.save()
    result = reverse("quiz:attempt-result", args=[attempt.public_id])
    page = left(client, answer, f"http://testserver{result}")
    assert f'href="{result}#question-3">Back to the result' in page.text


@pytest.mark.parametrize(
    "page",
    [
        "",
        "https://evil.example/answers/x/",
        "//evil.example/answers/x/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http://[",
        "http://testserver/accounts/logout/",
        "http://testserver/nothing/of/ours/",
    ],
)
def test_the_way_back_never_leaves_the_questions_of_this_site(client, answer, learner, page):
    own = reverse("quiz:answer-detail", args=[answer.nonce])
    assert f'href="{own}">Back to the question' in left(client, answer, page).text
    assert file(client, answer, back=page).url == own


def test_a_report_sent_twice_is_stored_once(client, answer, learner):
    file(client, answer)
    assert file(client, answer).status_code == 302
    assert Report.objects.count() == 1


def test_with_htmx_only_the_thanks_come_back(client, answer, learner):
    response = client.post(
        reverse("quiz:report-list"),
        {"nonce": answer.nonce, "kind": "wrong"},
        headers={"HX-Request": "true"},
    )

    assert "A person reads it." in response.content.decode()
    assert "<html" not in response.content.decode()


@pytest.mark.parametrize(
    "changes", [{"kind": "praise"}, {"kind": ""}, {"message": "x" * 2001}, {"nonce": "x" * 44}]
)
def test_a_malformed_report_is_shown_again_as_it_was_typed(client, answer, learner, changes):
    response = file(client, answer, **changes)

    assert response.status_code == 422
    assert (changes.get("message") or "They call it so.") in response.content.decode()
    assert not Report.objects.exists()


def test_a_nul_in_a_message_is_refused(client, answer, learner):
    assert file(client, answer, message="a\x00b").status_code == 422


def test_nobody_reports_on_anothers_answer(client, answer):
    client.force_login(UserFactory())

    assert file(client, answer).status_code == 404


def test_a_declined_report_changes_nothing_but_is_answered(client, answer, learner, editor):
    file(client, answer)
    report = Report.objects.get()
    client.force_login(editor)
    url = reverse("quiz:report-detail", args=[report.public_id])

    assert client.post(url, {"decision": "declined"}).status_code == 422
    client.post(url, {"decision": "declined", "counts": "on", "reply": "It is not called so."})
    client.post(url, {"decision": "confirmed", "counts": "on", "reply": "Or is it?"})

    report.refresh_from_db()
    assert (report.state, report.reply) == ("declined", "It is not called so.")
    assert not EntityName.objects.filter(text="The Beacon").exists()


def test_a_teacher_sees_reports_on_own_facts_only(client, answer, learner):
    file(client, answer)
    report = Report.objects.get()
    teacher = TeacherFactory()
    client.force_login(teacher)

    assert report.version.stem not in client.get(reverse("quiz:report-queue")).content.decode()
    report.fact.topic.owner = teacher
    report.fact.topic.save()
    assert report.version.stem in client.get(reverse("quiz:report-queue")).content.decode()


def test_a_guests_reports_go_with_them_into_the_account(answer):
    guest, user = User.objects.create_guest(), UserFactory()
    report = Report.objects.create(
        learner=guest, version=answer.version, fact=answer.version.question.fact, kind="wrong",
        created_at=NOW,
    )  # fmt: skip

    move_reports(guest=guest, user=user, now=NOW)

    report.refresh_from_db()
    assert report.learner == user
