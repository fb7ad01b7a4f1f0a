"""A confirmed “my answer should be right”: what counts from then on, and the case that is kept."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from quiz.corrections.kept_cases import failing_cases
from quiz.corrections.letting_count import offer_for
from quiz.corrections.models import Report
from quiz.facts.actions import revise_fact, touch
from quiz.facts.entities import facts_using
from quiz.facts.models import AlsoRight, EntityName, Fact, FactRevision, Topic
from quiz.questions.auditing import audit_topic
from quiz.questions.models import GradingCase, QuestionVersion
from tests.corrections.tides import NOW, store
from tests.factories import AnswerFactory, UserFactory
from tests.facts.writing import date_fact, figure

pytestmark = pytest.mark.django_db
DAY = {
    "slug": "storm",
    "label": "The great storm",
    "sentence": "The great storm came on [[14 July 2021]].",
    "stem": "When did the great storm come?",
    "when_edtf": "2021-07-14",
    "ask_precision": "day",
}


@pytest.fixture
def topic(tmp_path):
    return store(tmp_path, date_fact(**DAY))


@pytest.fixture
def editor():
    return UserFactory(is_staff=True, is_superuser=True)


def current(slug):
    rows = QuestionVersion.objects.exclude(state="replaced")
    return rows.get(question__fact__slug=slug, question__form="typed")


def report(slug, text, learner=None):
    answer = AnswerFactory(version=current(slug), given={"text": text}, verdict="reject", score=0)
    if learner is not None:
        answer.learner = learner
        answer.save()
    return Report.objects.create(
        learner=answer.learner, version=answer.version, fact=answer.version.question.fact,
        given=answer.given, kind="should-count", created_at=NOW, nonce=answer.nonce,
    )  # fmt: skip


def url_of(row):
    return reverse("quiz:report-detail", args=[row.public_id])


def confirm(client, row, editor, commit, **more):
    client.force_login(editor)
    with commit(execute=True):
        data = {"decision": "confirmed", "counts": "on", "reply": "You are right."} | more
        return client.post(url_of(row), data)


@pytest.mark.parametrize(
    ("slug", "text", "words"),
    [
        ("oldest", "The Beacon", "“The Beacon” becomes another name of Grey Lighthouse."),
        ("ships-counted", "1,350", "1,350 counts too, and every number between it and 1,500."),
        ("storm", "July 2021", "counts too"),
        ("storm", "15.7.2021", "counts too"),
    ],
)
def test_what_was_confirmed_counts_from_then_on_and_its_case_is_kept(
    client, topic, editor, django_capture_on_commit_callbacks, slug, text, words
):
    row = report(slug, text)
    client.force_login(editor)
    page = client.get(url_of(row)).content.decode()
    assert words in page

    response = confirm(client, row, editor, django_capture_on_commit_callbacks)

    row.refresh_from_db()
    assert response.status_code == 302
    assert (row.state, row.answered_by) == ("confirmed", editor)
    version = current(slug)
    assert (version.state, version.pk != row.version_id) == ("served", True)
    assert (row.case.given, row.case.facet) == (text, version.question.facet)
    assert row.case.wanted in {"accept", "accept_with_note"}
    revision = FactRevision.objects.get(fact__slug=slug, n=2)
    assert revision.change == "wording"
    assert revision.by == editor
    assert f"“{text}” counts" in revision.why
    assert set(revision.after) - set(revision.before) <= {"also_right", "names_added"}
    assert revision.after != revision.before
    found = audit_topic(topic, today=NOW.date())
    assert found.blocks == []


@pytest.mark.parametrize(
    ("slug", "text", "why"),
    [
        ("ships-counted", "15,000", "too far"),
        ("ships-counted", "some", "is not one number"),
        ("storm", "24 July 2021", "is another date"),
        ("storm", "maybe", "is not one date"),
        ("oldest", "NHO", "may be taken for North Harbour Office"),
        ("oldest", "North Harbor Office", "may be taken for North Harbour Office"),
        ("oldest", "the beacon or the tower", "gives more than one name"),
        ("oldest", "Lighthouse 3", "digits are never nearly right"),
    ],
)
def test_what_may_not_count_is_refused_with_a_sentence(client, topic, editor, slug, text, why):
    row = report(slug, text)
    client.force_login(editor)

    page = client.get(url_of(row)).content.decode()
    response = client.post(
        url_of(row), {"decision": "confirmed", "counts": "on", "reply": "Thank you."}
    )

    assert why in page
    assert "Let what they typed count" not in page
    row.refresh_from_db()
    assert response.status_code == 302  # it is answered, and nothing counts by it
    assert (row.state, row.case) == ("confirmed", None)
    assert not GradingCase.objects.exists()
    assert not AlsoRight.objects.exists()
    assert not EntityName.objects.filter(added_in_app=True).exists()


def test_a_number_that_a_rival_gives_does_not_count(tmp_path):
    store(
        tmp_path,
        figure(
            slug="ships-recounted", sentence="[[1,380]] ships lay there.", amount_text="1,380",
            qualifier="exactly", hedge_text="",
        ),
    )  # fmt: skip
    row = report("ships-counted", "1,350")

    offer = offer_for(row, today=NOW.date())

    assert "another fact's value" in offer.refused


def test_the_same_from_others_is_answered_with_it(
    client, topic, editor, django_capture_on_commit_callbacks
):
    first, same, another = (
        report("oldest", text) for text in ("The Beacon", "the  beacon", "The Tower")
    )
    client.force_login(editor)
    assert "The same from others" in client.get(url_of(first)).content.decode()

    confirm(client, first, editor, django_capture_on_commit_callbacks, with_alike="on")

    for row in (first, same, another):
        row.refresh_from_db()
    assert (same.state, same.case, same.reply) == ("confirmed", first.case, "You are right.")
    assert another.state == "open"


def test_the_learner_is_told_today_until_they_have_read_it(
    client, topic, editor, django_capture_on_commit_callbacks
):
    row = report("oldest", "The Beacon")
    confirm(client, row, editor, django_capture_on_commit_callbacks)
    today = reverse("quiz:review-today")
    client.force_login(editor)
    assert "has answered your report" not in client.get(today).content.decode()

    client.force_login(row.learner)
    assert "has answered your report" in client.get(today).content.decode()
    url = reverse("quiz:report-read", args=[row.public_id])
    assert client.get(url).status_code == 405
    opened = client.post(url)

    assert opened.status_code == 302
    page = client.get(opened.url.partition("#")[0]).content.decode()
    assert "You are right." in page
    assert "“The Beacon” counts now." in page
    assert "has answered your report" not in client.get(today).content.decode()


def test_nobody_opens_anothers_answer(client, topic):
    row = report("oldest", "The Beacon")
    client.force_login(UserFactory())

    assert client.post(reverse("quiz:report-read", args=[row.public_id])).status_code == 404


def test_a_case_that_fails_is_a_block_of_the_audit_and_named_to_editors(
    client, topic, editor, django_capture_on_commit_callbacks
):
    row = report("oldest", "The Beacon")
    confirm(client, row, editor, django_capture_on_commit_callbacks)
    name = EntityName.objects.get(text="The Beacon")
    with django_capture_on_commit_callbacks(execute=True):
        entity = name.entity
        name.delete()
        touch(facts_using([entity]), now=NOW)
    row.refresh_from_db()

    assert [finding.rule for finding in audit_topic(topic, today=NOW.date()).blocks] == ["G1"]
    assert failing_cases(Topic.objects.all(), NOW) == [row.case]
    page = client.get(reverse("quiz:report-queue")).content.decode()
    assert "count no more" in page


def form_of(client, url):
    form = client.get(url).context["form"]
    return {
        name: "" if value is None else value
        for name in form.fields
        if (value := form[name].value()) is not False
    }


def test_an_edit_that_ends_a_case_says_so_before_it_is_saved(
    client, topic, editor, django_capture_on_commit_callbacks
):
    row = report("storm", "July 2021")
    confirm(client, row, editor, django_capture_on_commit_callbacks)
    url = reverse("quiz:fact-edit", args=["tides", "storm"])
    data = form_of(client, url) | {
        "sentence": "The great storm came on [[14 May 2021]].", "when_edtf": "2021-05-14",
        "also_right": "2021-05", "change": "wrong", "why": "Misread.", "confirmed": "on",
    }  # fmt: skip

    refused = client.post(url, data)

    assert refused.status_code == 422
    told = refused.content.decode()
    assert "“July 2021” was let count for “The great storm” and would count no more." in told
    assert "14 May 2021" in told
    assert Fact.objects.get(slug="storm").when_edtf == "2021-07-14"

    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url, data | {"ends_cases": "on"}).status_code == 302
    assert GradingCase.objects.get().ended_at is not None
    assert audit_topic(topic, today=NOW.date()).blocks == []


def test_a_value_that_no_longer_reads_the_same_is_refused_at_its_field(
    client, topic, editor, django_capture_on_commit_callbacks
):
    row = report("storm", "July 2021")
    confirm(client, row, editor, django_capture_on_commit_callbacks)
    url = reverse("quiz:fact-edit", args=["tides", "storm"])
    data = form_of(client, url) | {
        "sentence": "The great storm came on [[14 May 2021]].", "when_edtf": "2021-05-14",
        "change": "wrong", "why": "Misread.", "confirmed": "on", "ends_cases": "on",
    }  # fmt: skip

    refused = client.post(url, data)

    assert refused.status_code == 422
    assert "is another date" in str(refused.context["form"].errors["also_right"])


def test_another_wording_ends_no_case(topic, client, editor, django_capture_on_commit_callbacks):
    row = report("storm", "July 2021")
    confirm(client, row, editor, django_capture_on_commit_callbacks)
    url = reverse("quiz:fact-edit", args=["tides", "storm"])
    data = form_of(client, url) | {
        "note": "In the night.", "change": "wording", "why": "More.", "confirmed": "on",
    }  # fmt: skip

    assert client.post(url, data).status_code == 302
    assert GradingCase.objects.get().ended_at is None


def test_a_case_is_kept_once(topic):
    fact = Fact.objects.get(slug="storm")
    whole = {
        "fact": fact, "facet": "date", "given": "July", "wanted": "accept", "created_at": NOW,
    }  # fmt: skip
    GradingCase.objects.create(**whole)
    GradingCase.objects.create(**whole | {"given": "July 2021"}, ended_at=NOW)
    GradingCase.objects.create(**whole | {"given": "July 2021"})

    with (
        pytest.raises(IntegrityError, match=r"gradingcase_is_kept_once|UNIQUE"),
        transaction.atomic(),
    ):
        GradingCase.objects.create(**whole)


def test_what_counts_is_said_once(topic):
    fact = Fact.objects.get(slug="storm")
    AlsoRight.objects.create(fact=fact, text="2021")

    with (
        pytest.raises(IntegrityError, match=r"alsoright_is_said_once|UNIQUE"),
        transaction.atomic(),
    ):
        AlsoRight.objects.create(fact=fact, text="2021")


def test_what_counts_is_read_from_a_file_and_stays_after_an_edit(tmp_path):
    store(tmp_path, date_fact(**DAY, also_right=["2021-07", "2021"]))
    fact = Fact.objects.get(slug="storm")

    revise_fact(
        fact=fact, changes={"note": "At night."}, change="wording", why="", by=None, now=NOW
    )

    assert [row.text for row in fact.also_right.order_by("pk")] == ["2021-07", "2021"]
    assert fact.revisions.get(n=2).after["also_right"] == ["2021-07", "2021"]
