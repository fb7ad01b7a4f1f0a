import json
from hashlib import sha256

import pytest
from django.apps import apps
from django.core import serializers
from django.urls import reverse

from quiz.questions import sets
from quiz.questions.models import Question, QuestionSet
from quiz.questions.set_rule import SetRule
from tests.factories import (
    NOW,
    AssignmentFactory,
    FactFactory,
    MembershipFactory,
    QuestionFactory,
    QuestionSetFactory,
    QuestionVersionFactory,
    TeacherFactory,
    ThreadFactory,
    TopicFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}

OF_A_SET_GET = ("set-detail", "set-preview", "set-edit", "set-pick", "set-write")
OF_A_SET_POST = (
    "set-publish",
    "set-unpublish",
    "set-revoke-link",
    "set-archive",
    "set-duplicate",
)
OF_AN_ITEM = (
    "set-item-drop",
    "set-item-swap-form",
    "set-item-swap-fact",
    "set-item-move-up",
    "set-item-move-down",
    "set-item-reword",
)


@pytest.fixture
def teacher():
    return TeacherFactory()


@pytest.fixture
def topic():
    topic = TopicFactory(slug="kursk", title="Kursk")
    thread = ThreadFactory(topic=topic, slug="arms", title="Arms")
    for n in range(4):
        fact = FactFactory(topic=topic, thread=thread, grave=n == 3)
        for form in ("choice", "typed"):
            question = QuestionFactory(fact=fact, form=form)
            QuestionVersionFactory(question=question, stem=f"What is {n} ({form})?")
    return topic


@pytest.fixture
def question_set(teacher, topic):
    question_set = QuestionSetFactory(owner=teacher, topic=topic, title="First set")
    sets.fill(question_set=question_set, rule=SetRule(number=3), now=NOW)
    return question_set


def url_of(name, question_set):
    args = [question_set.public_id]
    if name in OF_AN_ITEM:
        args.append(question_set.items.first().question.public_id)
    return reverse(f"quiz:{name}", args=args)


def table_hash():
    """A hash of every row of the app: equal before and after means that nothing was written."""
    rows = (
        serializers.serialize("json", model._default_manager.order_by("pk"))
        for model in apps.get_app_config("quiz").get_models()
    )
    return sha256("".join(rows).encode()).hexdigest()


def stems(page):
    return [line["item"].stem for line in page.context["lines"]]


# --- who may -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OF_A_SET_GET + OF_A_SET_POST + OF_AN_ITEM)
def test_pages_of_a_set_need_signing_in(client, question_set, name):
    url = url_of(name, question_set)
    response = client.get(url) if name in OF_A_SET_GET else client.post(url)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", OF_A_SET_GET + OF_A_SET_POST + OF_AN_ITEM)
def test_pages_of_a_set_are_hidden_from_other_teachers(client, question_set, name):
    client.force_login(TeacherFactory())
    url = url_of(name, question_set)
    before = table_hash()
    response = client.get(url) if name in OF_A_SET_GET else client.post(url)
    assert response.status_code == 404
    assert table_hash() == before


@pytest.mark.parametrize("name", OF_A_SET_GET + OF_A_SET_POST + OF_AN_ITEM)
def test_pages_of_a_set_are_forbidden_to_a_student_who_was_given_it(client, question_set, name):
    assignment = AssignmentFactory(question_set=question_set)
    student = MembershipFactory(classroom=assignment.classroom).user
    client.force_login(student)
    url = url_of(name, question_set)
    response = client.get(url) if name in OF_A_SET_GET else client.post(url)
    assert response.status_code == 403


@pytest.mark.parametrize("name", OF_A_SET_POST + OF_AN_ITEM)
def test_changes_of_a_set_are_not_made_by_get(client, teacher, question_set, name):
    client.force_login(teacher)
    before = table_hash()
    assert client.get(url_of(name, question_set)).status_code == 405
    assert table_hash() == before


@pytest.mark.parametrize("name", ["set-detail", "set-preview"])
def test_pages_that_only_show_refuse_post(client, teacher, question_set, name):
    client.force_login(teacher)
    assert client.post(url_of(name, question_set)).status_code == 405


@pytest.mark.parametrize("name", OF_A_SET_GET + OF_A_SET_POST)
def test_a_set_that_is_not_there_is_not_found(client, teacher, name):
    client.force_login(teacher)
    url = reverse(f"quiz:{name}", args=["nothing-here"])
    response = client.get(url) if name in OF_A_SET_GET else client.post(url)
    assert response.status_code == 404


@pytest.mark.parametrize("name", ["set-item-swap-form", "set-item-swap-fact", "set-item-reword"])
def test_a_question_that_is_not_in_the_set_is_not_found(client, teacher, question_set, name):
    client.force_login(teacher)
    url = reverse(f"quiz:{name}", args=[question_set.public_id, "nothing-here"])
    assert client.post(url).status_code == 404


@pytest.mark.parametrize("name", ["set-list", "set-new"])
def test_lists_need_signing_in_and_a_teacher(client, name):
    url = reverse(f"quiz:{name}")
    assert client.get(url).status_code == 302
    client.force_login(UserFactory())
    assert client.get(url).status_code == 403
    client.force_login(TeacherFactory())
    assert client.get(url).status_code == 200
    assert client.delete(url).status_code == 405


# --- list and new ------------------------------------------------------------------------------


def test_the_list_shows_own_sets_and_nobody_elses(client, teacher, question_set):
    QuestionSetFactory(title="Of another")
    client.force_login(teacher)
    page = client.get(reverse("quiz:set-list"))
    assert [each.title for each in page.context["page"]] == ["First set"]
    assert "Of another" not in page.text


def test_the_empty_list_says_what_to_do(client, teacher):
    client.force_login(teacher)
    assert "No question sets yet" in client.get(reverse("quiz:set-list")).text


def test_the_list_makes_the_same_queries_for_few_and_many_sets(
    client, teacher, question_set, django_assert_max_num_queries
):
    client.force_login(teacher)
    url = reverse("quiz:set-list")
    client.get(url)
    with django_assert_max_num_queries(6) as few:
        client.get(url)
    QuestionSetFactory.create_batch(15, owner=teacher, topic=question_set.topic)
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_sets_put_away_stand_on_their_own_list(client, teacher, question_set):
    client.force_login(teacher)
    client.post(url_of("set-archive", question_set))
    assert not client.get(reverse("quiz:set-list")).context["page"].object_list
    away = client.get(reverse("quiz:set-list") + "?away")
    assert list(away.context["page"]) == [question_set]


def test_a_new_set_begins_with_the_topic(client, teacher, topic):
    TopicFactory(owner=TeacherFactory(), title="Own questions of another")
    client.force_login(teacher)
    page = client.get(reverse("quiz:set-new"))
    assert "?topic=kursk" in page.text
    assert "Own questions of another" not in page.text


def test_a_topic_that_is_not_there_is_not_found(client, teacher):
    client.force_login(teacher)
    assert client.get(reverse("quiz:set-new") + "?topic=none").status_code == 404


def test_the_count_follows_the_filter_and_nothing_is_written(client, teacher, topic):
    client.force_login(teacher)
    url = reverse("quiz:set-new")
    before = table_hash()
    everything = client.get(f"{url}?topic=kursk")
    assert everything.context["reach"] == {"facts": 4, "questions": 8}
    mild = client.get(f"{url}?topic=kursk&importance=3&number=5&forms=choice&title=", headers=HTMX)
    assert mild.context["reach"] == {"facts": 3, "questions": 3}
    assert mild.template_name == "questions/set_new.html#reach-count"
    assert "<html" not in mild.text
    assert table_hash() == before


@pytest.mark.parametrize("headers", [{}, HTMX], ids=("plain", "htmx"))
def test_a_set_is_made_from_the_filter(client, teacher, topic, headers):
    client.force_login(teacher)
    given = {
        "topic": "kursk",
        "title": "Arms only",
        "threads": ["arms"],
        "importance": "3",
        "number": "2",
        "grave": "on",
    }
    response = client.post(reverse("quiz:set-new"), given, headers=headers)
    question_set = QuestionSet.objects.get()
    assert response["Location"] == url_of("set-detail", question_set)
    assert question_set.owner == teacher
    assert question_set.items.count() == 2
    assert question_set.rule["threads"] == ["arms"]


def test_a_teacher_who_asks_for_more_than_there_is_reads_so_where_they_land(client, teacher, topic):
    client.force_login(teacher)
    given = {"topic": "kursk", "title": "All", "importance": "3", "number": "30", "grave": "on"}
    page = client.post(reverse("quiz:set-new"), given, follow=True)
    assert "4 questions: all that these facts and forms give; you asked for 30." in page.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 161},
        {"number": "0"},
        {"number": "101"},
        {"importance": "9"},
        {"threads": ["unknown"]},
        {"forms": ["flashcard"]},
    ],
    ids=str,
)
def test_a_filter_that_cannot_be_read_is_shown_again_with_what_was_typed(
    client, teacher, topic, wrong
):
    client.force_login(teacher)
    given = {"topic": "kursk", "title": "Kept", "importance": "3", "number": "7"} | wrong
    response = client.post(reverse("quiz:set-new"), given)
    assert response.status_code == 422
    assert response.context["form"].data["title"] == given["title"]
    assert not QuestionSet.objects.exists()


# --- the set and its questions -----------------------------------------------------------------


def test_a_set_shows_its_questions_with_key_and_reasons(client, teacher, question_set):
    client.force_login(teacher)
    page = client.get(url_of("set-detail", question_set))
    assert len(page.context["lines"]) == 3
    for stem in stems(page):
        assert stem in page.text
    assert "Another place." in page.text
    assert "It is Kursk." in page.text


def test_a_set_makes_the_same_queries_for_few_and_many_questions(
    client, teacher, question_set, django_assert_max_num_queries
):
    client.force_login(teacher)
    url = url_of("set-detail", question_set)
    client.get(url)
    with django_assert_max_num_queries(7) as few:
        client.get(url)
    for version in QuestionVersionFactory.create_batch(12):
        sets.pick(question_set=question_set, question=version.question, now=NOW)
    with django_assert_max_num_queries(len(few)):
        assert len(client.get(url).context["lines"]) == 15


def test_an_empty_set_says_what_to_do(client, teacher):
    client.force_login(teacher)
    page = client.get(url_of("set-detail", QuestionSetFactory(owner=teacher)))
    assert "No questions yet" in page.text


@pytest.mark.parametrize("name", ["set-detail", "set-preview", "set-pick"])
def test_looking_at_a_set_writes_nothing(client, teacher, question_set, name):
    client.force_login(teacher)
    before = table_hash()
    client.get(url_of(name, question_set))
    assert table_hash() == before


def test_a_question_that_cannot_be_asked_is_told_to_its_author_and_left_out_for_students(
    client, teacher, question_set
):
    item = question_set.items.with_versions().first()
    item.version.state = "stale"
    item.version.save()
    client.force_login(teacher)
    assert client.get(url_of("set-detail", question_set)).context["unserved_count"] == 1
    preview = client.get(url_of("set-preview", question_set))
    assert preview.context["card"].label == "1 of 2"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=("plain", "htmx"))
@pytest.mark.parametrize("name", [name for name in OF_AN_ITEM if name != "set-item-reword"])
def test_a_change_to_a_question_shows_the_questions_again(
    client, teacher, question_set, name, headers
):
    client.force_login(teacher)
    before = stems(client.get(url_of("set-detail", question_set)))
    url = url_of(name, question_set)
    if name == "set-item-move-up":
        last = question_set.items.last().question.public_id
        url = reverse("quiz:set-item-move-up", args=[question_set.public_id, last])
    response = client.post(url, headers=headers)
    if headers:
        assert response.template_name == "questions/set_detail.html#set-questions"
        assert "<html" not in response.text
    else:
        assert response["Location"].startswith(url_of("set-detail", question_set))
        response = client.get(url_of("set-detail", question_set))
    assert stems(response) != before
    assert len(stems(response)) == (2 if name == "set-item-drop" else 3)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=("plain", "htmx"))
def test_a_question_is_reworded(client, teacher, question_set, headers):
    client.force_login(teacher)
    url = url_of("set-item-reword", question_set)
    client.post(url, {"own_stem": "In <my> words?"}, headers=headers)
    assert question_set.items.first().own_stem == "In <my> words?"
    page = client.get(url_of("set-detail", question_set))
    assert "In &lt;my&gt; words?" in page.text
    assert "In <my> words?" not in page.text


def test_a_wording_that_is_too_long_is_refused(client, teacher, question_set):
    client.force_login(teacher)
    response = client.post(
        url_of("set-item-reword", question_set), {"own_stem": "x" * 601}, headers=HTMX
    )
    assert "600 characters" in response.text
    assert question_set.items.first().own_stem == ""


def test_moving_goes_one_place_and_stops_at_the_ends(client, teacher, question_set):
    client.force_login(teacher)
    a, b, c = [item.question.public_id for item in question_set.items.all()]

    def after(name, question):
        client.post(reverse(f"quiz:{name}", args=[question_set.public_id, question]))
        return [item.question.public_id for item in question_set.items.all()]

    assert after("set-item-move-down", a) == [b, a, c]
    assert after("set-item-move-up", b) == [b, a, c]
    assert after("set-item-move-down", c) == [b, a, c]
    assert after("set-item-move-up", "unknown") == [b, a, c]


def test_dropping_twice_drops_once(client, teacher, question_set):
    client.force_login(teacher)
    url = url_of("set-item-drop", question_set)
    client.post(url)
    assert client.post(url).status_code == 302
    assert question_set.items.count() == 2


def test_a_swap_that_finds_nothing_says_so(client, teacher):
    version = QuestionVersionFactory()
    question_set = QuestionSetFactory(owner=teacher, topic=version.question.fact.topic)
    sets.pick(question_set=question_set, question=version.question, now=NOW)
    client.force_login(teacher)
    form = client.post(url_of("set-item-swap-form", question_set), headers=HTMX)
    assert "in no other form" in form.text
    fact = client.post(url_of("set-item-swap-fact", question_set), follow=True)
    assert "in this set already" in fact.text


# --- adding ------------------------------------------------------------------------------------


def test_the_bank_shows_what_fits_with_its_key(client, teacher, question_set):
    client.force_login(teacher)
    url = url_of("set-pick", question_set)
    page = client.get(url)
    assert page.context["page"].paginator.count == 8
    mild = client.get(f"{url}?importance=3&forms=typed&number=5", headers=HTMX)
    assert mild.template_name == "questions/set_pick.html#candidates"
    assert mild.context["page"].paginator.count == 3


def test_the_bank_makes_the_same_queries_for_few_and_many_questions(
    client, teacher, question_set, django_assert_max_num_queries
):
    client.force_login(teacher)
    url = url_of("set-pick", question_set)
    client.get(url)
    with django_assert_max_num_queries(10) as few:
        client.get(url)
    thread = question_set.topic.threads.get()
    for _ in range(9):
        fact = FactFactory(topic=question_set.topic, thread=thread)
        QuestionVersionFactory(question=QuestionFactory(fact=fact))
    with django_assert_max_num_queries(len(few)):
        assert client.get(url).context["page"].paginator.count == 17


@pytest.mark.parametrize("headers", [{}, HTMX], ids=("plain", "htmx"))
def test_one_question_is_picked(client, teacher, question_set, headers):
    client.force_login(teacher)
    there = question_set.items.values("question")
    question = sets.in_reach(question_set.topic, SetRule()).exclude(id__in=there).first()
    response = client.post(
        url_of("set-pick", question_set), {"question": question.public_id}, headers=headers
    )
    assert question_set.items.last().question == question
    if headers:
        assert response.template_name == "questions/set_pick.html#candidate-state"
        assert "In the set" in response.text
    else:
        assert response.status_code == 302


def test_a_question_of_another_topic_is_not_picked(client, teacher, question_set):
    client.force_login(teacher)
    foreign = QuestionVersionFactory().question
    url = url_of("set-pick", question_set)
    assert client.post(url, {"question": foreign.public_id}).status_code == 404
    assert question_set.items.count() == 3


def test_a_number_of_questions_is_added_by_the_filter(client, teacher, question_set):
    client.force_login(teacher)
    given = {"importance": "3", "grave": "on", "number": "5"}
    page = client.post(url_of("set-pick", question_set), given, follow=True)
    assert question_set.items.count() == 4
    assert "1 more question: all that these facts and forms give" in page.text
    again = client.post(url_of("set-pick", question_set), given, follow=True)
    assert "in this set already" in again.text


def test_a_filter_that_cannot_be_read_adds_nothing(client, teacher, question_set):
    client.force_login(teacher)
    response = client.post(url_of("set-pick", question_set), {"importance": "3", "number": "x"})
    assert response.status_code == 422
    assert question_set.items.count() == 3


# --- settings and the link ---------------------------------------------------------------------


def test_title_description_feedback_and_following_are_changed(client, teacher, question_set):
    client.force_login(teacher)
    url = url_of("set-edit", question_set)
    assert "First set" in client.get(url).text
    given = {
        "title": "Second",
        "description": "Read first.",
        "feedback_at_end": "end",
        "follows_facts": "keep",
    }
    assert client.post(url, given)["Location"] == url_of("set-detail", question_set)
    question_set.refresh_from_db()
    assert question_set.title == "Second"
    assert question_set.description == "Read first."
    assert question_set.feedback_at_end
    assert not question_set.follows_facts
    assert client.post(url, given | {"title": ""}).status_code == 422


@pytest.mark.parametrize("headers", [{}, HTMX], ids=("plain", "htmx"))
def test_publishing_unpublishing_and_revoking(client, teacher, question_set, headers):
    client.force_login(teacher)

    def after(name):
        response = client.post(url_of(name, question_set), headers=headers)
        if headers:
            assert response.template_name == "questions/set_detail.html#set-state"
            return response.text
        return client.get(response["Location"]).text

    text = after("set-publish")
    question_set.refresh_from_db()
    link = f"/s/{question_set.link_token}/"
    assert link in text
    assert "Only you see this set" in after("set-unpublish")
    assert link in after("set-publish")
    assert link not in after("set-revoke-link")
    text = after("set-publish")
    assert "/s/" in text
    assert link not in text


@pytest.mark.parametrize("headers", [{}, HTMX], ids=("plain", "htmx"))
def test_an_empty_set_is_not_published_and_says_why(client, teacher, headers):
    question_set = QuestionSetFactory(owner=teacher)
    client.force_login(teacher)
    response = client.post(url_of("set-publish", question_set), headers=headers, follow=True)
    assert "nothing to open yet" in response.text
    question_set.refresh_from_db()
    assert question_set.status == QuestionSet.Status.DRAFT


def test_a_duplicate_opens_as_a_draft_of_ones_own(client, teacher, question_set):
    client.force_login(teacher)
    response = client.post(url_of("set-duplicate", question_set))
    copy = QuestionSet.objects.exclude(pk=question_set.pk).get()
    assert response["Location"] == url_of("set-detail", copy)
    assert copy.items.count() == 3


# --- writing one by hand -----------------------------------------------------------------------

WRITTEN = {
    "form": "choice",
    "stem": "In which city was the memorial built?",
    "key": "Kursk",
    "wrong_1": "Pyongyang",
    "why_1": "Another monument stands there.",
    "wrong_2": "Vladivostok",
    "sentence": "The memorial was built in Kursk.",
    "thread": "arms",
}


def test_a_written_question_stands_at_the_end_of_the_set(client, teacher, question_set):
    client.force_login(teacher)
    url = url_of("set-write", question_set)
    assert client.get(url).status_code == 200
    response = client.post(url, WRITTEN)
    item = question_set.items.last()
    assert response["Location"].endswith(f"#question-{item.question.public_id}")
    assert item.question.origin == Question.Origin.HAND
    page = client.get(url_of("set-detail", question_set))
    assert "Another monument stands there." in page.text
    assert "The memorial was built in Kursk." in page.text


def test_other_rules_advise_and_do_not_refuse(client, teacher, question_set):
    client.force_login(teacher)
    odd = {"stem": "Name the city that is not Moscow", "wrong_2": "All of the above"}
    page = client.post(url_of("set-write", question_set), WRITTEN | odd, follow=True)
    assert question_set.items.count() == 4
    assert "it does not end with a question mark" in page.text
    assert "does not say why it is wrong" in page.text
    version = question_set.items.last().question.versions.get()
    assert "S1" in version.warnings.split()
    assert version.state == "served"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"key": ""}, "key"),
        ({"stem": ""}, "stem"),
        ({"wrong_1": " kursk "}, "wrong_1"),
        ({"wrong_2": "KURSK"}, "wrong_2"),
        ({"also_right": "Koursk\nPyongyang"}, "wrong_1"),
        ({"wrong_1": "", "wrong_2": ""}, "wrong_1"),
        ({"sentence": "It stands elsewhere."}, "sentence"),
        ({"thread": "unknown"}, "thread"),
    ],
    ids=str,
)
def test_only_a_missing_or_second_key_is_refused_and_what_was_typed_stays(
    client, teacher, question_set, wrong, field
):
    client.force_login(teacher)
    before = table_hash()
    response = client.post(url_of("set-write", question_set), WRITTEN | wrong)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert json.dumps((WRITTEN | wrong)["key"])[1:-1] in response.text
    assert table_hash() == before
