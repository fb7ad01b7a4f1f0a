import pytest
from django.urls import reverse

from quiz.facts.models import Fact
from quiz.questions.models import QuestionVersion
from tests.corrections.tides import store
from tests.factories import FactFactory, TeacherFactory, ThreadFactory, TopicFactory, UserFactory
from tests.facts.writing import figure

pytestmark = pytest.mark.django_db
RIVAL = figure(
    slug="rival", sentence="[[4,000]] ships lay there.", amount_text="4,000", qualifier="exactly",
    hedge_text="",
)  # fmt: skip


@pytest.fixture
def topic(tmp_path):
    return store(tmp_path, RIVAL)


@pytest.fixture
def editor(client, topic):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def address(name, slug):
    return reverse(f"quiz:fact-{name}", args=["tides", slug])


def filled(client, url, **changes):
    form = client.get(url).context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        if value is not None and value is not False:
            data[bound.html_name] = "on" if value is True else value
    return data | changes


def test_a_teacher_sees_the_fact_its_rivals_questions_and_revisions(client, topic):
    client.force_login(TeacherFactory())

    page = client.get(address("detail", "ships-counted")).content.decode()

    assert "There were <strong>around 1,500</strong> ships" in page
    assert "Voices differ" in page
    assert "4,000 ships lay there." in page
    assert "Harbour, paragraph 1" in page
    assert "As it was first" in page
    assert "Change" not in page.partition("<main")[2].partition("<h2")[0]


def test_dates_stand_on_the_page_as_they_are_read(client, topic):
    fact = Fact.objects.get(slug="warned")
    Fact.objects.filter(pk=fact.pk).update(as_of_edtf="2025-07")
    fact.voices.update(said_on_edtf="2025-11-04")
    client.force_login(TeacherFactory())

    page = " ".join(client.get(address("detail", "warned")).content.decode().split())

    assert "<dd>July 2025</dd>" in page
    assert ", 4 November 2025)" in page


@pytest.mark.parametrize("slug", ["warned", "oldest", "opened-0"])
def test_facts_of_each_kind_have_a_page(client, topic, slug):
    client.force_login(TeacherFactory())

    response = client.get(address("detail", slug))

    assert response.status_code == 200
    assert response.context["versions"]


def test_an_edit_says_what_it_touches_is_confirmed_and_seen_as_a_difference(
    client, editor, django_capture_on_commit_callbacks
):
    url = address("edit", "opened-0")
    assert "of its own" in client.get(url).content.decode()
    data = filled(
        client, url, sentence="Harbour A opened in [[February 2022]].", when_edtf="2022-02",
        change="wrong", why="The almanac says February.",
    )  # fmt: skip

    unconfirmed = client.post(url, data)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url, data | {"confirmed": "on"})

    assert unconfirmed.status_code == 422
    assert "February 2022" in unconfirmed.content.decode()
    assert response.headers["Location"] == address("detail", "opened-0")
    page = client.get(address("detail", "opened-0")).content.decode()
    assert "<del>[[January</del>" in page
    assert "The almanac says February." in page
    served = QuestionVersion.objects.served().filter(question__fact__slug="opened-0")
    assert served
    assert not [one for one in served if "January" in one.feedback["sentence"]]


def test_a_mistake_is_shown_at_its_field_and_what_was_typed_stays(client, editor):
    url = address("edit", "opened-0")
    data = filled(client, url, when_edtf="2022-02", note="Typed.", change="wrong", why="x")

    response = client.post(url, data | {"confirmed": "on"})

    assert response.status_code == 422
    assert "sentence" in response.context["form"].errors
    assert "Typed." in response.content.decode()
    assert Fact.objects.get(slug="opened-0").note == ""


def test_only_fields_of_its_kind_are_asked_for(client, editor):
    form = client.get(address("edit", "ships-counted")).context["form"]

    assert "amount_text" in form.fields
    assert "when_edtf" not in form.fields


def test_a_fact_is_taken_back_and_asked_again(client, editor):
    url = address("retract", "opened-0")

    without_reason = client.post(url, {"why": " "})
    client.post(url, {"why": "A hoax."})
    retracted = Fact.objects.get(slug="opened-0").status
    page = client.get(address("detail", "opened-0")).content.decode()
    client.post(url, {"why": "It was none."})

    assert without_reason.status_code == 422
    assert retracted == "retracted"
    assert "Ask it again" in page
    assert Fact.objects.get(slug="opened-0").status == "reported"


def test_a_teachers_own_fact_is_theirs_alone(client):
    teacher = TeacherFactory()
    topic = TopicFactory(owner=teacher)
    fact = FactFactory(topic=topic, thread=ThreadFactory(topic=topic))
    url = reverse("quiz:fact-detail", args=[topic.slug, fact.slug])

    client.force_login(TeacherFactory())
    assert client.get(url).status_code == 404
    client.force_login(teacher)
    assert client.get(url).status_code == 200
    assert client.get(reverse("quiz:fact-edit", args=[topic.slug, fact.slug])).status_code == 200


def test_a_fact_that_does_not_exist_is_not_found(client, editor):
    assert client.get(address("detail", "nothing")).status_code == 404
