import pytest
from django.core.management import call_command
from django.urls import reverse

from quiz.facts.entities import facts_using
from quiz.facts.models import Entity, EntityName, Fact, FactRevision, Measure, Topic, Voice
from quiz.questions.actions import generate_questions
from quiz.questions.models import QuestionVersion
from tests.corrections.tides import NOW, made_anew, store
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(tmp_path):
    return store(tmp_path)


@pytest.fixture
def admin(client, topic):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def address(fact):
    return reverse("admin:quiz_fact_change", args=[fact.pk])


def filled(client, url, **changes):
    """What the browser would send: every field of the page as it stands, and the changes."""
    response = client.get(url)
    form = response.context["adminform"].form
    data = dict(values(form))
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        for bound in (formset.management_form, *formset.initial_forms):
            data |= dict(values(bound))
    return data | changes


def values(form):
    for bound in form:
        value = bound.value()
        if value is not None and value is not False:
            yield bound.html_name, "on" if value is True else value


@pytest.mark.usefixtures("admin")
def test_the_page_shows_questions_revisions_and_what_a_change_touches(client):
    fact = Fact.objects.get(slug="opened-0")

    page = client.get(address(fact)).content.decode()

    assert "When did harbour A open?" in page
    assert "– right" in page
    assert "As it was first" in page
    assert "of its own" in page


def test_an_edit_is_checked_revised_and_makes_new_questions(
    client, admin, django_capture_on_commit_callbacks
):
    fact = Fact.objects.get(slug="opened-0")
    data = filled(
        client,
        address(fact),
        sentence="Harbour A opened in [[February 2022]].",
        when_edtf="2022-02",
        change="wrong",
        why="The almanac says so.",
        confirmed="on",
    )

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address(fact), data)

    assert response.status_code == 302, response.context["errors"]
    revision = fact.revisions.get(n=2)
    assert (revision.by, revision.why, revision.change) == (admin, "The almanac says so.", "wrong")
    served = QuestionVersion.objects.served().filter(question__fact=fact)
    assert served
    assert all("February" in version.feedback["sentence"] for version in served)
    page = client.get(address(fact)).content.decode()
    assert "<del>" in page
    assert "<ins>" in page


@pytest.mark.usefixtures("admin")
def test_a_refusal_is_shown_on_the_same_form_with_everything_typed_kept(client):
    fact = Fact.objects.get(slug="warned")
    data = filled(
        client,
        address(fact),
        label="A warning that somebody typed",
        change="wrong",
        why="Because.",
        confirmed="on",
        **{"voices-0-label": "a label that somebody typed"},
        stem="No question",
    )

    response = client.post(address(fact), data)

    page = response.content.decode()
    assert response.status_code == 200
    assert "it is no question" in page.lower()
    assert "A warning that somebody typed" in page
    assert "a label that somebody typed" in page
    assert "Because." in page
    fact.refresh_from_db()
    assert fact.label == "A warning of storms"
    assert fact.revision == 1
    assert Voice.objects.get().label == ""


@pytest.mark.usefixtures("admin")
def test_a_mistake_in_an_inline_is_refused_the_same_way(client):
    fact = Fact.objects.get(slug="opened-0")
    data = filled(client, address(fact), confirmed="on", change="source", why="so")
    data["citations-0-DELETE"] = "on"

    response = client.post(address(fact), data)

    assert "It has no source" in response.content.decode()
    assert fact.citations.count() == 1


@pytest.mark.usefixtures("admin")
def test_what_a_change_touches_is_confirmed_first(client):
    fact = Fact.objects.get(slug="opened-0")
    data = filled(client, address(fact), note="Later closed.", change="wording", why="Asked.")

    response = client.post(address(fact), data)

    page = response.content.decode()
    assert "See what it touches and confirm" in page
    assert "Later closed." in page
    assert not FactRevision.objects.filter(n=2).exists()
    assert client.post(address(fact), data | {"confirmed": "on"}).status_code == 302
    assert FactRevision.objects.filter(n=2).count() == 1


@pytest.mark.usefixtures("admin")
def test_the_kind_of_change_and_the_reason_are_asked_for(client):
    fact = Fact.objects.get(slug="opened-0")
    data = filled(client, address(fact), note="Later closed.", confirmed="on")

    response = client.post(address(fact), data)

    errors = response.context["adminform"].form.errors
    assert errors["change"][0].startswith("Choose what kind of change it is")
    assert errors["why"][0].startswith("Say why it changes")


@pytest.mark.usefixtures("admin")
def test_saving_without_a_change_asks_for_nothing(client):
    fact = Fact.objects.get(slug="opened-0")

    response = client.post(address(fact), filled(client, address(fact)))

    assert response.status_code == 302
    assert not FactRevision.objects.filter(n=2).exists()


@pytest.mark.usefixtures("admin")
def test_an_edit_over_somebody_elses_is_refused(client):
    fact = Fact.objects.get(slug="opened-0")
    data = filled(client, address(fact), note="Mine.", change="wording", why="x", confirmed="on")
    Fact.objects.filter(pk=fact.pk).update(revision=5, note="Theirs.")

    response = client.post(address(fact), data)

    assert "Somebody else has changed this fact" in response.content.decode()
    assert "Mine." in response.content.decode()
    fact.refresh_from_db()
    assert fact.note == "Theirs."


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize("edtf", ["2022-13", "soon", "2022-02-30"])
def test_a_value_that_cannot_be_read_stands_at_its_field(client, edtf):
    fact = Fact.objects.get(slug="opened-0")
    data = filled(client, address(fact), when_edtf=edtf, change="wrong", why="x", confirmed="on")

    response = client.post(address(fact), data)

    assert "when_edtf" in response.context["adminform"].form.errors


@pytest.mark.usefixtures("admin")
def test_voices_may_change_places(client):
    fact = Fact.objects.get(slug="warned")
    Voice.objects.create(fact=fact, n=1, label="a paper", mode="reported")
    data = filled(client, address(fact), change="source", why="order", confirmed="on")
    data |= {
        "voices-0-n": "1", "voices-1-n": "0",
        "sentence": "[[A paper]] warned of storms.",
    }  # fmt: skip

    response = client.post(address(fact), data)

    assert response.status_code == 302, response.context["errors"]
    assert [str(voice) for voice in fact.voices.order_by("n")] == [
        "a paper", "North Harbour Office",
    ]  # fmt: skip


@pytest.mark.usefixtures("admin")
def test_a_new_fact_is_checked_like_any_other(client, topic):
    url = reverse("admin:quiz_fact_add")
    thread = topic.threads.get()
    data = filled(
        client, url, topic=topic.pk, thread=thread.pk, slug="new", kind="date", label="New quay",
        sentence="The quay opened in [[2020]].", stem="When did the quay open?", when_edtf="2020",
    )  # fmt: skip

    refused = client.post(url, data)
    data |= {
        "citations-TOTAL_FORMS": "1",
        "citations-0-source": Fact.objects.get(slug="opened-0").citations.get().source_id,
        "citations-0-locator": "Quays",
        "citations-0-stance": "supports",
    }
    response = client.post(url, data)

    assert "It has no source" in refused.content.decode()
    assert response.status_code == 302, response.context["errors"]
    fact = Fact.objects.get(slug="new")
    assert (fact.status, fact.revisions.get().change) == ("reported", "first")


@pytest.mark.usefixtures("admin")
def test_a_fact_with_questions_cannot_be_deleted(client):
    fact = Fact.objects.get(slug="opened-0")

    response = client.post(reverse("admin:quiz_fact_delete", args=[fact.pk]), {"post": "yes"})

    assert response.status_code in {302, 403}
    assert Fact.objects.filter(pk=fact.pk).exists()


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize(
    "query", ["?q=harbour", "?kind__exact=date", "?status__exact=claimed", "?grave__exact=0"]
)
def test_facts_are_searched_and_filtered(client, query):
    response = client.get(reverse("admin:quiz_fact_changelist") + query)

    assert response.status_code == 200
    assert response.context["cl"].result_count > 0
    assert "delete_selected" not in response.content.decode()


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize(
    ("model", "slug"),
    [
        ("topic", "tides"),
        ("thread", "coast"),
        ("source", "almanac"),
        ("entity", "lighthouse"),
        ("measure", "ships"),
    ],
)
def test_what_is_referenced_cannot_be_deleted_and_says_by_what(client, model, slug):
    from django.apps import apps

    row = apps.get_model("quiz", model).objects.get(slug=slug)

    response = client.post(
        reverse(f"admin:quiz_{model}_delete", args=[row.pk]), {"post": "yes"}, follow=True
    )

    assert "cannot be deleted: it is used by" in response.content.decode()
    assert apps.get_model("quiz", model).objects.filter(pk=row.pk).exists()


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize(
    "model",
    ["topic", "thread", "source", "entity", "measure", "measurefamily", "topicside",
     "fixtureload", "report", "outbox"],
)  # fmt: skip
def test_every_list_opens(client, model):
    assert client.get(reverse(f"admin:quiz_{model}_changelist")).status_code == 200


@pytest.mark.usefixtures("admin")
def test_an_alias_typed_in_the_admin_is_folded_kept_and_holds_questions(client):
    entity = Entity.objects.get(slug="lighthouse")
    url = reverse("admin:quiz_entity_change", args=[entity.pk])
    data = filled(client, url)
    data |= {"names-TOTAL_FORMS": "1", "names-0-text": "Ólder", "names-0-kind": "nickname"}

    response = client.post(url, data)

    assert response.status_code == 302, response.context["errors"]
    name = EntityName.objects.get(text="Ólder")
    assert (name.folded, name.added_in_app) == ("older", True)
    served = QuestionVersion.objects.served().filter(question__fact__slug="oldest")
    assert not served.filter(question__form="typed").exists()
    # No text has the name: what is not typed is as right as before.
    assert served.exists()


@pytest.mark.usefixtures("admin")
def test_a_name_changed_in_the_admin_holds_all_that_the_entity_is_asked_by(client):
    entity = Entity.objects.get(slug="lighthouse")
    url = reverse("admin:quiz_entity_change", args=[entity.pk])
    data = filled(client, url, name="The great lighthouse")
    data |= {"names-TOTAL_FORMS": "1", "names-0-text": "Ólder", "names-0-kind": "nickname"}

    assert client.post(url, data).status_code == 302

    assert not QuestionVersion.objects.served().filter(question__fact__slug="oldest").exists()


@pytest.mark.usefixtures("admin")
def test_a_measure_edited_in_the_admin_settles_its_facts(client):
    measure = Measure.objects.get()
    url = reverse("admin:quiz_measure_change", args=[measure.pk])

    response = client.post(url, filled(client, url, counts="ships at anchor"))

    assert response.status_code == 302
    assert not QuestionVersion.objects.served().filter(question__fact__measure=measure).exists()


@pytest.mark.usefixtures("admin")
def test_a_topic_is_changed_with_its_sides(client, topic):
    url = reverse("admin:quiz_topic_change", args=[topic.pk])
    entity = Entity.objects.get(slug="north-harbour")
    data = filled(client, url)
    data |= {"sides-TOTAL_FORMS": "1", "sides-0-entity": entity.pk, "sides-0-side": "east"}

    response = client.post(url, data)

    assert response.status_code == 302, response.context["errors"]
    assert Topic.objects.get(pk=topic.pk).sides.get().side == "east"


@pytest.mark.usefixtures("admin")
def test_who_may_be_somebody_else_is_offered_beside_them_no_more(
    client, django_capture_on_commit_callbacks
):
    """Also where the wrong name comes from the topic's names, and not from another fact."""
    call_command("loaddata", "north-korea-ukraine", verbosity=0)
    topic = Topic.objects.get(slug="north-korea-ukraine")
    generate_questions(topic=topic, now=NOW)
    version, right, wrong = next(
        (version, right["entity"], wrong["entity"])
        for version in QuestionVersion.objects.served().filter(question__form="choice")
        for right in version.options
        for wrong in version.options
        if right["right"] and right["entity"] and wrong["entity"] and not wrong["right"]
        and not facts_using([Entity.objects.get(slug=wrong["entity"])])
        .filter(used_by__version=version)
        .exists()
    )  # fmt: skip
    same = Entity.objects.get(slug=right)
    url = reverse("admin:quiz_entity_change", args=[Entity.objects.get(slug=wrong).pk])
    data = filled(client, url, maybe_same_as=same.pk)

    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url, data).status_code == 302
        assert not QuestionVersion.objects.served().filter(pk=version.pk).exists()

    for current in QuestionVersion.objects.served().filter(question__form="choice"):
        assert not {right, wrong} <= {option["entity"] for option in current.options}
    assert not made_anew(topic)
