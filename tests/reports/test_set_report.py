from datetime import timedelta

import pytest
from django.urls import reverse

from quiz.reports.set_report import learner_row, learner_rows, question_reports, shown_name
from tests.factories import (
    NOW,
    AnswerFactory,
    AssignmentFactory,
    AttemptFactory,
    GuestFactory,
    MembershipFactory,
    QuestionFactory,
    QuestionSetFactory,
    QuestionVersionFactory,
    SetItemFactory,
    SlotFactory,
    TeacherFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def question_set():
    return with_questions(QuestionSetFactory(title="Kursk set", status="published"))


def with_questions(question_set, count=2):
    for n in range(count):
        version = QuestionVersionFactory(stem=f"Stem {n}")
        SetItemFactory(question_set=question_set, question=version.question, position=n)
    return question_set


def versions_of(question_set):
    return [item.version for item in question_set.items.with_versions()]


def sitting(question_set, given, learner=None, state="finished", seconds=8, **attempt):
    """An attempt in which each question got this choice (0 is right), None, or a text."""
    attempt = AttemptFactory(
        question_set=question_set,
        topic=question_set.topic,
        learner=learner or UserFactory(),
        state=state,
        **attempt,
    )
    for n, (version, choice) in enumerate(zip(versions_of(question_set), given, strict=True)):
        slot = SlotFactory(attempt=attempt, n=n, version=version)
        if choice is not None:
            respond(slot, choice, seconds=seconds)
    return attempt


def respond(slot, choice, try_no=1, seconds=8):
    score = 1.0 if choice == 0 else 0.0
    answer = AnswerFactory(
        learner=slot.learner,
        attempt=slot.attempt,
        version=slot.version,
        nonce=slot.nonce or f"{slot.pk}",
        try_no=try_no,
        given={"text": choice} if isinstance(choice, str) else {"choice": choice},
        verdict="accept" if score else "reject",
        score=score,
        answered_at=NOW + timedelta(seconds=seconds),
    )
    slot.nonce, slot.verdict, slot.score = answer.nonce, answer.verdict, score
    slot.save()


def counted(report):
    return {choice.text: choice.n for choice in report.choices}


def test_facility_is_the_share_of_right_first_answers(question_set):
    for given in ([0, 0], [0, 1], [0, 1], [1, 2]):
        sitting(question_set, given)
    first, second = question_reports(question_set)
    assert (first.n, first.facility) == (4, 0.75)
    assert (second.n, second.facility) == (4, 0.25)
    assert counted(second) == {"Kursk": 1, "Pyongyang": 2, "Vladivostok": 1}


def test_rapid_guesses_are_left_out_and_their_number_is_told(question_set, client):
    for given in ([0, 0], [0, 1], [0, 1], [1, 2]):
        sitting(question_set, given)
    for given in ([0, 1], [1, 1], [2, 1]):
        sitting(question_set, given, seconds=1.4)
    first, second = question_reports(question_set)
    assert (first.n, first.guesses, first.facility) == (4, 3, 0.75)
    assert (second.n, second.guesses, second.facility) == (4, 3, 0.25)
    assert counted(second) == {"Kursk": 1, "Pyongyang": 2, "Vladivostok": 1}
    client.force_login(question_set.owner)
    page = client.get(reverse("quiz:set-report", args=[question_set.public_id]))
    assert page.text.count("3 answers sent within 1.5 seconds") == 2


def test_rapid_answers_that_are_surely_right_count(question_set):
    for given in ([0, 1], [0, 1], [0, 1], [0, 1]):
        sitting(question_set, given, seconds=1.4)
    first, second = question_reports(question_set)
    assert (first.n, first.guesses, first.facility) == (4, 0, 1.0)
    assert (second.n, second.guesses, second.facility) == (0, 4, None)
    assert counted(first)["Kursk"] == 4
    assert not any(counted(second).values())


def test_who_takes_a_second_and_a_half_is_no_guesser(question_set):
    sitting(question_set, [1, 1], seconds=1.5)
    assert [(report.n, report.guesses) for report in question_reports(question_set)] == [(1, 0)] * 2


def test_who_changed_a_rapid_answer_later_did_read(question_set):
    attempt = sitting(question_set, [1, 1], seconds=1)
    respond(attempt.slots.get(n=0), 2, try_no=2, seconds=30)
    first, second = question_reports(question_set)
    assert (first.n, first.guesses) == (1, 0)
    assert counted(first)["Vladivostok"] == 1
    assert (second.n, second.guesses) == (0, 1)


def test_later_attempts_are_counted_but_do_not_change_the_figures(question_set):
    learner = UserFactory()
    sitting(question_set, [1, 1], learner)
    sitting(question_set, [0, 0], learner, started_at=NOW + timedelta(days=1))
    assert [report.facility for report in question_reports(question_set)] == [0, 0]
    row = learner_row(learner_rows(question_set).get())
    assert (row.points, row.answered, row.of, row.attempts) == (0, 2, 2, 2)
    assert row.last_at == NOW + timedelta(days=1)


def test_of_two_attempts_begun_at_once_the_first_stored_counts(question_set):
    learner = UserFactory()
    sitting(question_set, [1, 1], learner)
    sitting(question_set, [0, 0], learner)
    assert [report.n for report in question_reports(question_set)] == [1, 1]
    assert question_reports(question_set)[0].facility == 0


def test_the_teachers_own_attempts_are_left_out(question_set):
    sitting(question_set, [0, 0], question_set.owner)
    assert [report.n for report in question_reports(question_set)] == [0, 0]
    assert not learner_rows(question_set).exists()


def test_answers_in_other_sets_are_left_out(question_set):
    other = QuestionSetFactory()
    for item in question_set.items.all():
        SetItemFactory(question_set=other, question=item.question)
    sitting(other, [0, 0])
    assert [report.n for report in question_reports(question_set)] == [0, 0]


def test_questions_that_were_not_answered_are_not_counted_as_wrong(question_set):
    sitting(question_set, [0, None], state="open")
    assert [report.n for report in question_reports(question_set)] == [1, 0]
    row = learner_row(learner_rows(question_set).get())
    assert (row.answered, row.of, row.is_finished) == (1, 2, False)


def test_with_feedback_at_the_end_only_finished_attempts_count(question_set):
    question_set.feedback_at_end = True
    question_set.save()
    sitting(question_set, [0, 0], state="open")
    sitting(question_set, [1, 1])
    assert [report.n for report in question_reports(question_set)] == [1, 1]


def test_only_the_last_answer_of_a_slot_counts_as_chosen(question_set):
    attempt = sitting(question_set, [1, 0])
    respond(attempt.slots.get(n=0), 2, try_no=2)
    [first, _] = question_reports(question_set)
    assert counted(first) == {"Kursk": 0, "Pyongyang": 0, "Vladivostok": 1}


def test_typed_answers_are_listed_by_how_often_they_were_given():
    question_set = QuestionSetFactory()
    version = QuestionVersionFactory(question=QuestionFactory(form="typed"), options=[])
    SetItemFactory(question_set=question_set, question=version.question)
    for text in ("Kursk", "Kiev", "Kursk", "Kiev", "Kursk", "Lviv"):
        sitting(question_set, [text])
    [report] = question_reports(question_set)
    assert counted(report) == {"Kursk": 3, "Kiev": 2, "Lviv": 1}
    assert not any(choice.right for choice in report.choices)


def test_a_typed_answer_that_counted_is_marked_as_right():
    question_set = QuestionSetFactory()
    version = QuestionVersionFactory(question=QuestionFactory(form="typed"), options=[])
    SetItemFactory(question_set=question_set, question=version.question)
    attempt = sitting(question_set, ["Koursk"])
    attempt.answers.update(verdict="accept_with_note")
    [choice] = question_reports(question_set)[0].choices
    assert (choice.text, choice.right) == ("Koursk", True)


def test_pairs_and_orders_have_no_table_of_options(question_set):
    attempt = sitting(question_set, [0, 0])
    attempt.answers.update(given={"pairs": {"0": 1}})
    assert [report.choices for report in question_reports(question_set)] == [(), ()]


def test_who_did_not_know_is_counted_beside_the_options(question_set):
    for given in ([0, 0], [1, 0]):
        attempt = sitting(question_set, given)
    attempt.answers.filter(score=0).update(given={"dont_know": True})
    [first, _] = question_reports(question_set)
    assert counted(first) == {"Kursk": 1, "Pyongyang": 0, "Vladivostok": 0, "I don’t know": 1}


def test_the_teachers_own_wording_heads_the_report(question_set):
    question_set.items.filter(position=0).update(own_stem="In my words?")
    sitting(question_set, [0, 0])
    assert [report.stem for report in question_reports(question_set)] == ["In my words?", "Stem 1"]


def test_an_earlier_version_keeps_its_own_figures(question_set):
    sitting(question_set, [1, 1])
    old = versions_of(question_set)[0]
    old.state = "replaced"
    old.save()
    QuestionVersionFactory(question=old.question, n=2, stem="Newer")
    sitting(question_set, [0, 0])
    found = [
        (report.version.stem, report.n, report.facility)
        for report in question_reports(question_set)
    ]
    assert found == [("Newer", 1, 1.0), ("Stem 0", 1, 0.0), ("Stem 1", 2, 0.5)]


def test_who_knows_the_rest_knows_this():
    question_set = with_questions(QuestionSetFactory(), 3)
    for given in ([0, 0, 1], [0, 0, 0], [1, 1, 0], [1, 1, 1]):
        sitting(question_set, given)
    [first, second, third] = question_reports(question_set)
    # Scores 1 1 0 0 with rests 1 2 1 0, and for the third 0 1 1 0 with rests 2 2 0 0.
    assert first.discrimination == pytest.approx(0.7071, abs=1e-4)
    assert second.discrimination == pytest.approx(0.7071, abs=1e-4)
    assert third.discrimination == pytest.approx(0.0, abs=1e-9)


def test_a_report_of_a_class_counts_first_attempts_in_that_class(question_set):
    assignment = AssignmentFactory(question_set=question_set)
    learner = UserFactory()
    sitting(question_set, [1, 1], learner)
    sitting(
        question_set, [0, 0], learner, started_at=NOW + timedelta(days=1), assignment=assignment
    )
    sitting(question_set, [1, 1])
    in_class = question_reports(question_set, assignment.classroom)
    assert [(report.n, report.facility) for report in in_class] == [(1, 1.0), (1, 1.0)]
    assert learner_row(learner_rows(question_set, assignment.classroom).get()).attempts == 1


def test_the_report_makes_the_same_queries_for_few_and_many_answers(
    question_set, django_assert_num_queries
):
    sitting(question_set, [0, 1])
    with django_assert_num_queries(6):
        question_reports(question_set)
    with_questions(question_set, 4)
    for _ in range(12):
        sitting(question_set, [0, 1, 2, 0, 1, 2])
    with django_assert_num_queries(6):
        assert max(report.n for report in question_reports(question_set)) == 13


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"name": "Ada"}, "Ada"),
        ({"name": "", "email": "ada.l@example.org"}, "ada.l"),
    ],
)
def test_a_name_never_shows_a_whole_address(user, name):
    assert shown_name(UserFactory(**user)) == name


def test_a_guest_is_called_a_guest():
    assert shown_name(GuestFactory()) == "Guest"


# --- the page ----------------------------------------------------------------------------------


def url_of(question_set, query=""):
    return reverse("quiz:set-report", args=[question_set.public_id]) + query


def test_the_report_needs_signing_in(client, question_set):
    assert client.get(url_of(question_set)).status_code == 302


def test_the_report_is_hidden_from_other_teachers(client, question_set):
    client.force_login(TeacherFactory())
    assert client.get(url_of(question_set)).status_code == 404


def test_the_report_is_forbidden_to_students_of_the_class(client, question_set):
    assignment = AssignmentFactory(question_set=question_set)
    client.force_login(MembershipFactory(classroom=assignment.classroom).user)
    assert client.get(url_of(question_set)).status_code == 403


def test_the_report_is_only_read(client, question_set):
    client.force_login(question_set.owner)
    assert client.post(url_of(question_set)).status_code == 405


def test_a_report_of_nothing_is_not_found(client):
    client.force_login(TeacherFactory())
    assert client.get(reverse("quiz:set-report", args=["nothing-here"])).status_code == 404


def test_before_anyone_answered_the_page_says_what_to_do(client, question_set):
    client.force_login(question_set.owner)
    assert "Nobody has answered yet" in client.get(url_of(question_set)).text


def test_under_twenty_answers_no_share_is_shown(client, question_set):
    for _ in range(19):
        sitting(question_set, [0, 1], UserFactory(name="Ada <b>"))
    client.force_login(question_set.owner)
    page = client.get(url_of(question_set))
    assert page.text.count("Too few answers") == 2
    assert "Beyond guessing</dt>" not in page.text
    assert "Ada &lt;b&gt;" in page.text


def test_from_twenty_answers_share_interval_and_options_are_shown(client, question_set):
    for _ in range(15):
        sitting(question_set, [0, 0])
    for _ in range(5):
        sitting(question_set, [1, 0])
    client.force_login(question_set.owner)
    page = client.get(url_of(question_set))
    first = page.context["reports"][0]
    assert (first.percent, first.low_percent, first.high_percent) == (75, 53, 89)
    # Three options: a third is right by guessing, (0.75 - 1/3) / (2/3) is left.
    assert first.corrected_percent == 62
    assert "75 %" in page.text
    assert "(53–89 %)" in page.text
    assert "Pyongyang" in page.text


def test_a_class_is_chosen_by_its_link_and_others_are_not_found(client, question_set):
    assignment = AssignmentFactory(question_set=question_set)
    sitting(question_set, [0, 0])
    client.force_login(question_set.owner)
    everyone = client.get(url_of(question_set))
    assert everyone.context["page"].paginator.count == 1
    query = f"?class={assignment.classroom.public_id}"
    assert client.get(url_of(question_set, query)).context["page"].paginator.count == 0
    foreign = AssignmentFactory().classroom.public_id
    assert client.get(url_of(question_set, f"?class={foreign}")).status_code == 404


def test_more_learners_come_as_a_fragment(client, question_set):
    sitting(question_set, [0, 0])
    client.force_login(question_set.owner)
    response = client.get(url_of(question_set), headers=HTMX)
    assert response.template_name == "reports/set_report.html#report-learners"
    assert "<html" not in response.text


def test_the_page_makes_the_same_queries_for_few_and_many_answers(
    client, question_set, django_assert_max_num_queries
):
    client.force_login(question_set.owner)
    sitting(question_set, [0, 0])
    client.get(url_of(question_set))
    with django_assert_max_num_queries(14) as few:
        client.get(url_of(question_set))
    for _ in range(12):
        sitting(question_set, [0, 1])
    with django_assert_max_num_queries(len(few)):
        client.get(url_of(question_set))
