from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from quiz.classrooms.models import Assignment, Classroom
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    ClassroomFactory,
    MembershipFactory,
    QuestionSetFactory,
    TeacherFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}

SEEN_BY_ALL_IN_IT = ["classroom-detail"]
TAUGHT_GET = ["classroom-roster", "classroom-edit", "assignment-new"]
TAUGHT_POST = ["classroom-rotate-code", "classroom-close-joining"]
OF_AN_ASSIGNMENT = ["assignment-edit", "assignment-withdraw"]
POSTED = [*TAUGHT_POST, "classroom-remove", "classroom-leave", "assignment-withdraw"]
TAUGHT = [*TAUGHT_GET, *TAUGHT_POST, *OF_AN_ASSIGNMENT, "classroom-remove"]


@pytest.fixture(autouse=True)
def _no_misses_yet():
    cache.clear()


@pytest.fixture
def classroom():
    return ClassroomFactory(name="7b", join_code="ABCDEFGHJK")


@pytest.fixture
def student(classroom):
    return MembershipFactory(classroom=classroom, user=UserFactory(name="Ada")).user


@pytest.fixture
def assignment(classroom):
    question_set = QuestionSetFactory(
        owner=classroom.owner, status="published", link_token="t", title="Kursk set"
    )
    return AssignmentFactory(classroom=classroom, question_set=question_set)


def url_of(name, classroom, student=None, assignment=None):
    args = [classroom.public_id]
    if name == "classroom-remove":
        args.append(student.public_id)
    if name in OF_AN_ASSIGNMENT:
        args = [assignment.public_id]
    return reverse(f"quiz:{name}", args=args)


def asked(client, name, url, **kwargs):
    return client.post(url, **kwargs) if name in POSTED else client.get(url, **kwargs)


# --- who may -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*SEEN_BY_ALL_IN_IT, *TAUGHT, "classroom-leave"])
def test_a_class_needs_signing_in(client, classroom, student, assignment, name):
    response = asked(client, name, url_of(name, classroom, student, assignment))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", [*SEEN_BY_ALL_IN_IT, *TAUGHT, "classroom-leave"])
@pytest.mark.parametrize("stranger", [UserFactory, TeacherFactory])
def test_a_class_is_hidden_from_strangers(client, classroom, student, assignment, name, stranger):
    other = ClassroomFactory()
    user = stranger()
    MembershipFactory(classroom=other, user=user, role="teacher")
    client.force_login(user)
    response = asked(client, name, url_of(name, classroom, student, assignment))
    assert response.status_code == 404
    assert classroom.memberships.count() == 2


@pytest.mark.parametrize("name", TAUGHT)
def test_teaching_a_class_is_forbidden_to_its_students(
    client, classroom, student, assignment, name
):
    client.force_login(student)
    response = asked(client, name, url_of(name, classroom, student, assignment))
    assert response.status_code == 403


@pytest.mark.parametrize("name", [*SEEN_BY_ALL_IN_IT, *TAUGHT_GET, "assignment-edit"])
def test_pages_of_a_class_are_there_for_its_teacher_and_for_admins(
    client, classroom, student, assignment, name
):
    for user in (classroom.owner, UserFactory(is_staff=True)):
        client.force_login(user)
        url = url_of(name, classroom, student, assignment)
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("name", POSTED)
def test_changes_to_a_class_are_not_made_by_get(client, classroom, student, assignment, name):
    client.force_login(classroom.owner)
    url = url_of(name, classroom, student, assignment)
    assert client.get(url).status_code == 405


@pytest.mark.parametrize("name", ["classroom-detail", "classroom-roster", "classroom-list"])
def test_pages_that_only_show_refuse_post(client, classroom, name):
    client.force_login(classroom.owner)
    args = [] if name == "classroom-list" else [classroom.public_id]
    assert client.post(reverse(f"quiz:{name}", args=args)).status_code == 405


@pytest.mark.parametrize("name", [*SEEN_BY_ALL_IN_IT, *TAUGHT_GET, *TAUGHT_POST, *OF_AN_ASSIGNMENT])
def test_what_is_not_there_is_not_found(client, name):
    client.force_login(TeacherFactory())
    url = reverse(f"quiz:{name}", args=["nothing-here"])
    assert asked(client, name, url).status_code == 404


@pytest.mark.parametrize("name", ["classroom-list", "classroom-new", "classroom-enter"])
def test_lists_and_forms_need_signing_in(client, name):
    assert client.get(reverse(f"quiz:{name}")).status_code == 302


def test_only_teachers_make_classes(client):
    client.force_login(UserFactory())
    assert client.get(reverse("quiz:classroom-new")).status_code == 403
    assert client.post(reverse("quiz:classroom-new"), {"name": "x"}).status_code == 403


# --- list, new, home ---------------------------------------------------------------------------


def test_the_list_shows_ones_own_classes(client, classroom, student):
    ClassroomFactory(name="Not mine")
    client.force_login(student)
    text = client.get(reverse("quiz:classroom-list")).text
    assert "7b" in text
    assert "Not mine" not in text
    assert "1 student" in text


def test_the_empty_list_says_what_to_do(client):
    client.force_login(UserFactory())
    assert "You are in no class yet" in client.get(reverse("quiz:classroom-list")).text


def test_the_list_makes_the_same_queries_for_few_and_many_classes(
    client, student, django_assert_max_num_queries
):
    client.force_login(student)
    url = reverse("quiz:classroom-list")
    client.get(url)
    with django_assert_max_num_queries(6) as few:
        client.get(url)
    for _ in range(8):
        MembershipFactory(user=student)
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_a_class_is_made(client):
    teacher = TeacherFactory()
    client.force_login(teacher)
    response = client.post(reverse("quiz:classroom-new"), {"name": "8a"})
    classroom = Classroom.objects.get()
    assert response["Location"] == url_of("classroom-detail", classroom)
    assert classroom.owner == teacher
    assert client.post(reverse("quiz:classroom-new"), {"name": ""}).status_code == 422


def test_a_class_is_renamed(client, classroom):
    client.force_login(classroom.owner)
    url = url_of("classroom-edit", classroom)
    assert client.post(url, {"name": "7c"}).status_code == 302
    classroom.refresh_from_db()
    assert classroom.name == "7c"
    assert client.post(url, {"name": "x" * 121}).status_code == 422


def test_students_see_what_is_given_and_not_the_way_in(client, classroom, student, assignment):
    client.force_login(student)
    text = client.get(url_of("classroom-detail", classroom)).text
    assert "Kursk set" in text
    assert reverse("quiz:assignment-open", args=[assignment.public_id]) in text
    assert "ABCDE" not in text
    assert "Take it back" not in text


def test_the_teacher_sees_code_and_link(client, classroom):
    client.force_login(classroom.owner)
    text = client.get(url_of("classroom-detail", classroom)).text
    assert "ABCDE-FGHJK" in text
    assert "http://testserver/join/ABCDEFGHJK/" in text
    assert "Nothing is given to this class yet" in text


def test_students_do_not_see_a_set_that_is_not_published(client, classroom, student, assignment):
    assignment.question_set.status = "draft"
    assignment.question_set.save()
    client.force_login(student)
    assert "Kursk set" not in client.get(url_of("classroom-detail", classroom)).text
    client.force_login(classroom.owner)
    assert "not published now" in client.get(url_of("classroom-detail", classroom)).text


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [(None, None, "Open"), (1, 2, "Opens "), (-2, -1, "Closed "), (-1, 1, "Open until ")],
)
def test_dates_are_said_as_they_stand(client, classroom, student, assignment, opens, closes, said):
    now = timezone.now()
    assignment.opens_at = opens and now + timedelta(days=opens)
    assignment.closes_at = closes and now + timedelta(days=closes)
    assignment.save()
    client.force_login(student)
    text = client.get(url_of("classroom-detail", classroom)).text
    assert said in text
    link = reverse("quiz:assignment-open", args=[assignment.public_id])
    assert (link in text) == (opens != 1)


def test_the_home_makes_the_same_queries_for_few_and_many_assignments(
    client, classroom, student, assignment, django_assert_max_num_queries
):
    client.force_login(student)
    url = url_of("classroom-detail", classroom)
    client.get(url)
    with django_assert_max_num_queries(8) as few:
        client.get(url)
    AssignmentFactory.create_batch(8, classroom=classroom, question_set=assignment.question_set)
    with django_assert_max_num_queries(len(few)):
        assert client.get(url).text.count("Kursk set") == 9


# --- the way in --------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_new_code_replaces_the_old_one(client, classroom, headers):
    client.force_login(classroom.owner)
    url = url_of("classroom-rotate-code", classroom)
    response = client.post(url, headers=headers)
    classroom.refresh_from_db()
    assert classroom.join_code != "ABCDEFGHJK"
    if headers:
        assert response.template_name == "classrooms/classroom_detail.html#way-in"
        assert classroom.join_code[:5] in response.text
        assert "<html" not in response.text
    else:
        assert response["Location"] == url_of("classroom-detail", classroom)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_joining_is_closed(client, classroom, headers):
    client.force_login(classroom.owner)
    client.post(url_of("classroom-close-joining", classroom), headers=headers)
    assert "Nobody can join now" in client.get(url_of("classroom-detail", classroom)).text
    client.force_login(UserFactory())
    assert client.get("/join/ABCDEFGHJK/").status_code == 404


def test_a_link_asks_before_it_joins(client, classroom):
    user = UserFactory()
    client.force_login(user)
    url = reverse("quiz:classroom-join", args=["ABCDEFGHJK"])
    assert "Join 7b" in client.get(url).text
    assert not classroom.memberships.filter(user=user).exists()
    assert client.post(url)["Location"] == url_of("classroom-detail", classroom)
    assert classroom.memberships.get(user=user).role == "learner"
    assert client.post(url).status_code == 302
    assert classroom.memberships.filter(user=user).count() == 1


def test_who_is_in_the_class_already_goes_straight_to_it(client, classroom, student):
    client.force_login(student)
    response = client.get("/join/ABCDEFGHJK/")
    assert response["Location"] == url_of("classroom-detail", classroom)


def test_an_invitation_survives_signing_in(client, classroom):
    response = client.get("/join/ABCDEFGHJK/")
    assert response.status_code == 302
    assert response["Location"].endswith("?next=/join/ABCDEFGHJK/")


def test_a_typed_code_leads_to_the_question_whether_to_join(client, classroom):
    client.force_login(UserFactory())
    url = reverse("quiz:classroom-enter")
    assert client.get(url).status_code == 200
    response = client.post(url, {"code": "abcde-fghjk"})
    assert response["Location"] == "/join/ABCDEFGHJK/"


@pytest.mark.parametrize("code", ["", "ZZZZZZZZZZ", "' OR 1=1", "x" * 41, "a\0b"])
def test_a_wrong_code_is_said_to_be_wrong_and_kept(client, classroom, code):
    client.force_login(UserFactory())
    response = client.post(reverse("quiz:classroom-enter"), {"code": code})
    assert response.status_code == 422


def test_a_wrong_link_is_not_found_and_shows_where_to_type(client):
    client.force_login(UserFactory())
    response = client.get(reverse("quiz:classroom-join", args=["ZZZZZZZZZZ"]))
    assert response.status_code == 404
    assert "No class has this code" in response.text


@pytest.mark.parametrize("by", ["link", "form"])
def test_guessing_codes_is_stopped(client, classroom, by):
    client.force_login(UserFactory())

    def guess(code):
        if by == "link":
            return client.post(reverse("quiz:classroom-join", args=[code]))
        return client.post(reverse("quiz:classroom-enter"), {"code": code})

    for _ in range(10):
        guess("ZZZZZZZZZZ")
    response = guess("ABCDEFGHJK")
    assert response.status_code == 429
    assert response["Retry-After"] == "600"
    assert classroom.memberships.count() == 1


def test_admins_do_not_join_classes(client, classroom):
    client.force_login(UserFactory(is_staff=True))
    assert client.post("/join/ABCDEFGHJK/").status_code == 403


# --- roster, removing, leaving -----------------------------------------------------------------


def test_the_roster_names_everyone(client, classroom, student):
    client.force_login(classroom.owner)
    text = client.get(url_of("classroom-roster", classroom)).text
    assert "Ada" in text
    assert student.email in text


def test_the_empty_roster_says_what_to_do(client, classroom):
    client.force_login(classroom.owner)
    assert "Nobody has joined yet" in client.get(url_of("classroom-roster", classroom)).text


def test_the_roster_makes_the_same_queries_for_few_and_many_students(
    client, classroom, student, django_assert_max_num_queries
):
    client.force_login(classroom.owner)
    url = url_of("classroom-roster", classroom)
    client.get(url)
    with django_assert_max_num_queries(6) as few:
        client.get(url)
    MembershipFactory.create_batch(12, classroom=classroom)
    with django_assert_max_num_queries(len(few)):
        client.get(url)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_student_is_taken_out(client, classroom, student, headers):
    client.force_login(classroom.owner)
    url = url_of("classroom-remove", classroom, student)
    response = client.post(url, headers=headers)
    assert not classroom.memberships.filter(user=student).exists()
    if headers:
        assert response.template_name == "classrooms/classroom_roster.html#roster"
        assert "Ada" not in response.text
    assert client.post(url).status_code == 302
    client.force_login(student)
    assert client.get(url_of("classroom-detail", classroom)).status_code == 404


def test_the_owner_is_not_taken_out(client, classroom):
    client.force_login(classroom.owner)
    url = url_of("classroom-remove", classroom, classroom.owner)
    assert client.post(url).status_code == 403
    assert classroom.memberships.count() == 1


def test_a_student_leaves_and_the_owner_does_not(client, classroom, student):
    client.force_login(student)
    assert client.post(url_of("classroom-leave", classroom)).status_code == 302
    assert not classroom.memberships.filter(user=student).exists()
    client.force_login(classroom.owner)
    assert client.post(url_of("classroom-leave", classroom)).status_code == 403


def test_a_name_cannot_bring_markup_into_the_roster(client, classroom):
    user = UserFactory(name="<script>alert(1)</script>")
    MembershipFactory(classroom=classroom, user=user)
    client.force_login(classroom.owner)
    text = client.get(url_of("classroom-roster", classroom)).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


# --- assignments -------------------------------------------------------------------------------


def test_a_published_set_of_ones_own_is_given_with_dates(client, classroom):
    client.force_login(classroom.owner)
    question_set = QuestionSetFactory(owner=classroom.owner, status="published")
    opens = timezone.now() + timedelta(days=1)
    given = {
        "question_set": question_set.public_id,
        "opens_at": opens.strftime("%Y-%m-%dT%H:%M"),
        "closes_at": (opens + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M"),
    }
    response = client.post(url_of("assignment-new", classroom), given)
    assert response["Location"] == url_of("classroom-detail", classroom)
    assignment = Assignment.objects.get()
    assert assignment.question_set == question_set
    assert assignment.closes_at - assignment.opens_at == timedelta(days=7)


@pytest.mark.parametrize("whose", ["draft", "of another", "none"])
def test_other_sets_cannot_be_given(client, classroom, whose):
    client.force_login(classroom.owner)
    QuestionSetFactory(owner=classroom.owner, status="published")
    question_set = {
        "draft": lambda: QuestionSetFactory(owner=classroom.owner).public_id,
        "of another": lambda: QuestionSetFactory(status="published").public_id,
        "none": lambda: "",
    }[whose]()
    response = client.post(url_of("assignment-new", classroom), {"question_set": question_set})
    assert response.status_code == 422
    assert not Assignment.objects.exists()


def test_without_a_published_set_the_page_says_what_to_do(client, classroom):
    client.force_login(classroom.owner)
    assert "Publish one" in client.get(url_of("assignment-new", classroom)).text


@pytest.mark.parametrize("closes_in_days", [-1, 0.5])
def test_dates_in_the_wrong_order_are_refused(client, classroom, assignment, closes_in_days):
    client.force_login(classroom.owner)
    now = timezone.now()
    given = {
        "opens_at": (now + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"),
        "closes_at": (now + timedelta(days=closes_in_days)).strftime("%Y-%m-%dT%H:%M"),
    }
    url = url_of("assignment-edit", classroom, assignment=assignment)
    response = client.post(url, given)
    assert response.status_code == 422
    assert response.context["form"].data["closes_at"] == given["closes_at"]


def test_dates_are_changed_and_taken_away(client, classroom, assignment):
    client.force_login(classroom.owner)
    url = url_of("assignment-edit", classroom, assignment=assignment)
    closes = timezone.now() + timedelta(days=3)
    client.post(url, {"closes_at": closes.strftime("%Y-%m-%dT%H:%M")})
    assignment.refresh_from_db()
    assert assignment.closes_at == closes.replace(second=0, microsecond=0)
    client.post(url, {})
    assignment.refresh_from_db()
    assert assignment.closes_at is None


def test_an_assignment_is_taken_back(client, classroom, assignment):
    client.force_login(classroom.owner)
    url = url_of("assignment-withdraw", classroom, assignment=assignment)
    assert client.post(url)["Location"] == url_of("classroom-detail", classroom)
    assert not Assignment.objects.exists()


def test_dates_are_those_of_the_clock_one_lives_by(client, classroom):
    """A teacher in Seoul closes at eight in the evening there; a student in Berlin reads noon."""
    teacher = classroom.owner
    teacher.time_zone = "Asia/Seoul"
    teacher.save()
    question_set = QuestionSetFactory(owner=teacher, status="published")
    client.force_login(teacher)
    page = client.get(reverse("quiz:assignment-new", args=[classroom.public_id]))
    assert "In your time, Asia/Seoul." in page.content.decode()

    posted = {"question_set": question_set.public_id, "closes_at": "2036-12-01T20:00"}
    client.post(reverse("quiz:assignment-new", args=[classroom.public_id]), posted)

    assignment = Assignment.objects.get()
    assert assignment.closes_at.isoformat() == "2036-12-01T11:00:00+00:00"
    assert shown_to(client, teacher, classroom) == "1 December 2036, 20:00"
    berlin = UserFactory(time_zone="Europe/Berlin")
    MembershipFactory(classroom=classroom, user=berlin)
    assert shown_to(client, berlin, classroom) == "1 December 2036, 12:00"
    edited = client.get(reverse("quiz:assignment-edit", args=[assignment.public_id]))
    assert edited.status_code == 403


def shown_to(client, user, classroom):
    client.force_login(user)
    page = client.get(reverse("quiz:classroom-detail", args=[classroom.public_id]))
    return page.content.decode().partition("Open until ")[2].partition("<")[0].strip()


def test_dates_to_change_are_filled_in_as_they_were_written(client, classroom, assignment):
    teacher = classroom.owner
    teacher.time_zone = "Asia/Seoul"
    teacher.save()
    assignment.closes_at = datetime(2036, 12, 1, 11, tzinfo=UTC)
    assignment.save()
    client.force_login(teacher)

    page = client.get(reverse("quiz:assignment-edit", args=[assignment.public_id]))

    assert 'value="2036-12-01T20:00"' in page.content.decode()


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([], "Answer it"),
        (["open"], "Go on"),
        (["finished"], "See the result"),
        (["finished", "open"], "Go on"),
    ],
)
def test_a_student_sees_whether_a_set_is_answered(
    client, classroom, student, assignment, states, said
):
    now = timezone.now()
    neighbor = MembershipFactory(classroom=classroom).user
    for learner, state in [(neighbor, "finished"), *((student, state) for state in states)]:
        AttemptFactory(
            learner=learner,
            assignment=assignment,
            question_set=assignment.question_set,
            state=state,
            finished_at=now if state == "finished" else None,
        )
    client.force_login(student)

    text = client.get(url_of("classroom-detail", classroom)).text

    words = ["Answer it", "Go on", "See the result"]
    assert [word for word in words if word in text] == [said]
