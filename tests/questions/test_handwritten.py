from datetime import date

import pytest

from quiz.facts.models import Fact, FactRevision
from quiz.facts.snapshot import snapshot
from quiz.facts.standing import statuses
from quiz.questions.actions import generate_questions
from quiz.questions.hand_keys import typed_key
from quiz.questions.handwritten import add_hand_written, marked
from quiz.questions.models import Question, QuestionVersion
from quiz.questions.respond import respond
from tests.factories import NOW, QuestionSetFactory, ThreadFactory

TODAY = date(2026, 3, 2)


def written(question_set=None, **changes):
    question_set = question_set or QuestionSetFactory()
    thread = question_set.topic.threads.first() or ThreadFactory(topic=question_set.topic)
    given = {
        "form": "choice",
        "stem": "In which city was it built?",
        "key": "Kursk",
        "wrong": [("Pyongyang", "Another one stands there."), ("Vladivostok", "")],
        "also_right": (),
        "sentence": "It was built in Kursk.",
        "note": "",
        "grave": False,
    }
    return add_hand_written(
        question_set=question_set, thread=thread, **(given | changes), now=NOW
    ).item


def answered(item, given):
    version = item.question.versions.get()
    return respond(
        item.question.form, version.options, version.expected, given, today=TODAY
    ).verdict


@pytest.mark.django_db
def test_a_written_question_becomes_a_fact_of_the_teachers_own_in_a_topic_of_their_own():
    question_set = QuestionSetFactory()
    fact = written(question_set).question.fact
    assert fact.topic.owner == question_set.owner
    assert fact.topic.slug == question_set.topic.slug
    assert fact.sentence == "It was built in [[Kursk]]."
    assert [answer.entity.name for answer in fact.answers.all()] == ["Kursk"]
    assert not question_set.topic.facts.exists()


@pytest.mark.django_db
def test_it_cites_its_author_and_counts_as_reported():
    fact = written().question.fact
    citation = fact.citations.get()
    assert citation.source.kind == "teacher"
    assert fact.status == "reported"
    assert statuses(snapshot(fact.topic), today=TODAY.toordinal()) == {fact.key: "reported"}
    assert FactRevision.objects.get(fact=fact).change == FactRevision.Change.FIRST


@pytest.mark.django_db
def test_it_is_served_at_the_end_of_the_set_and_belongs_to_its_author():
    question_set = QuestionSetFactory()
    first = written(question_set)
    second = written(question_set, stem="And where else?")
    items = list(question_set.items.with_versions())
    assert items == [first, second]
    assert all(item.is_served for item in items)
    assert second.question.owner == question_set.owner
    assert second.question.origin == Question.Origin.HAND
    assert first.question.fact.topic == second.question.fact.topic
    assert [use.role for use in second.question.versions.get().uses.all()] == ["key"]


@pytest.mark.django_db
def test_a_choice_has_one_key_and_tells_why_the_others_are_wrong():
    item = written()
    version = item.question.versions.get()
    assert version.expected["order"] == "shuffle"
    assert [option["text"] for option in version.options if option["right"]] == ["Kursk"]
    assert answered(item, {"choice": 0}) == "accept"
    assert answered(item, {"choice": 1}) == "reject"
    assert version.options[1]["why"] == "Another one stands there."


@pytest.mark.django_db
def test_numbers_stand_in_their_order_so_that_it_does_not_tell_the_key():
    item = written(key="1,500", wrong=[("12,000", ""), ("300", "")], sentence="")
    version = item.question.versions.get()
    assert [option["text"] for option in version.options] == ["300", "1,500", "12,000"]
    assert version.expected["order"] == "given"
    assert answered(item, {"choice": 1}) == "accept"


@pytest.mark.django_db
def test_a_typed_name_is_right_in_any_of_its_spellings():
    item = written(form="typed", wrong=[], also_right=("Koursk", "Курск"))
    for text in ("Kursk", "kursk", "Koursk"):
        assert answered(item, {"text": text}) == "accept"
    assert answered(item, {"text": "Pyongyang"}) == "reject"


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("12 million", ["12 million", "12,000,000"], ["3 million"]),
        ("1923", ["1923"], ["1924"]),
        ("April 2025", ["April 2025", "2025-04"], ["May 2025", "April 2024"]),
        ("4 November 2024", ["4 Nov 2024"], ["5 November 2024"]),
        ("Kim Jong Un", ["kim jong un"], ["Vladimir Putin"]),
    ],
)
def test_a_key_is_graded_as_what_it_is(key, right, wrong):
    expected, field = typed_key(key, (), entity="e", today=TODAY)
    assert field["label"].startswith("___")

    def verdict(text):
        return respond("typed", (), expected, {"text": text}, today=TODAY).verdict

    for text in right:
        assert verdict(text) in {"accept", "accept_with_note"}, text
    for text in wrong:
        assert verdict(text) in {"reject", "partial"}, text


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It was built in Kursk.", "It was built in [[Kursk]]."),
        ("Kursk, not the Kursk region.", "[[Kursk]], not the Kursk region."),
        ("", "Where? [[Kursk]]"),
    ],
)
def test_the_answer_is_marked_once_in_its_sentence(sentence, expected):
    assert marked(sentence, "Where?", "Kursk") == expected


@pytest.mark.django_db
def test_making_the_questions_of_the_topic_anew_leaves_a_written_one_alone():
    item = written()
    generate_questions(topic=item.question.fact.topic, now=NOW)
    version = item.question.versions.get()
    assert version.state == QuestionVersion.State.SERVED
    item.question.refresh_from_db()
    assert not item.question.retired


@pytest.mark.django_db
def test_two_questions_with_the_same_words_are_two_facts():
    question_set = QuestionSetFactory()
    written(question_set)
    written(question_set)
    assert Fact.objects.count() == 2
