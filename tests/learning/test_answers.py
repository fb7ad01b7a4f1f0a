"""One response after another, as a browser sends them: what is stored, said and asked next."""

import json
import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from quiz.learning.actions import start_attempt
from quiz.learning.models import Answer, Memory, Recall
from quiz.questions.models import Form
from tests.factories import QuestionSetFactory, SetItemFactory, UserFactory
from tests.learning.class_of_one import (
    SEVERAL_FACTS,
    Browser,
    displayed,
    html,
    make_version,
    stem_on,
    token_on,
    waiting,
)

pytestmark = pytest.mark.django_db
ANSWER = "/answers/"
FORMS = [form for form in Form.values if form != "flashcard"]


def current(page, versions):
    return next(version for version in versions if version.stem == stem_on(page))


def test_a_round_goes_from_start_to_done(tab, topic, versions):
    page = tab.start(topic)
    for _ in versions:
        version = current(page, versions)
        page = tab.right(page, version)
        assert page.status_code == 200
        assert "Right." in html(page)
    assert "See how it went" in html(page)
    assert Answer.objects.count() == Memory.objects.count() == Recall.objects.count() == 3


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("which", ["right", "wrong"])
def test_every_form_is_shown_answered_and_explained(tab, learner, topic, form, which):
    version = make_version(topic, form)
    make_version(topic)
    url = start_with(tab, learner, version)
    page = tab.get(url)
    response = getattr(tab, which)(page, version)
    assert response.status_code == 200, html(response)
    stored = Answer.objects.get()
    assert stored.verdict == ("accept" if which == "right" else "reject")
    assert ("Right." if which == "right" else "Not this one.") in html(response)
    assert "South Korean intelligence" in html(response)
    assert "Kursk, paragraph 5" in html(response)
    assert "Other voices (1)" in html(response)
    facts = version.uses.filter(role="key").count()
    assert Memory.objects.count() == Recall.objects.count() == facts
    assert facts > 1 or form not in SEVERAL_FACTS


def start_with(tab, learner, version, kind="round", rest=()):
    """A round that begins with this question."""
    from quiz.learning.rounds import Kind, start
    from quiz.learning.views.steps import round_url, seal_round

    names = [row.question.public_id for row in (version, *rest)]
    return round_url(seal_round(learner, start(Kind(kind), names, "a-topic")))


@pytest.mark.parametrize("form", FORMS)
def test_i_dont_know_is_an_answer_in_every_form(tab, learner, topic, form):
    version = make_version(topic, form)
    page = tab.answer(tab.get(start_with(tab, learner, version)), dont_know="1")
    assert page.status_code == 200
    assert "Not known yet." in html(page)
    assert Answer.objects.get().given == {"dont_know": True}
    assert Answer.objects.get().verdict == "reject"
    assert set(Memory.objects.values_list("last_rating", flat=True)) == {1}


@pytest.mark.parametrize("form", Form.values)
@time_machine.travel("2026-03-02T09:00:00Z", tick=False)
def test_nothing_a_browser_holds_before_it_answers_depends_on_what_is_right(
    tab, learner, topic, form
):
    plain = make_version(topic)
    version = make_version(topic, form)
    url = start_with(tab, learner, version)
    before = tab.get(start_with(tab, learner, plain, rest=[version]))
    shown, waited = held(tab.get(url)), held(waiting(tab.right(before, plain)))
    assert version.stem in shown
    assert version.stem in waited

    for row in version.options:
        row["right"], row["why"] = not row["right"], "Other reasons."
    version.expected |= {
        "shown": "something else",
        "right": [1],
        "sequence": [2, 0, 1],
        "pairs": dict.fromkeys(version.expected.get("pairs", ()), 2),
        "edtf": "1999-01",
        "value": "5",
        "accepted": ["something else"],
    }
    version.feedback = {"sentence": "It is [[something else]].", "voice": "Somebody else"}
    version.save()
    Answer.objects.all().delete()
    Memory.objects.all().delete()
    Recall.objects.all().delete()
    before = tab.get(start_with(tab, learner, plain, rest=[version]))
    assert held(tab.get(url)) == shown
    assert held(waiting(tab.right(before, plain))) == waited


def held(page):
    """What a browser holds, without the mask of the CSRF token."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html(page))


def test_options_are_posted_by_displayed_place_and_shuffled_by_the_nonce(topic):
    version = make_version(topic)
    orders = set()
    for _ in range(30):
        learner = UserFactory()
        page = Browser(learner).get(start_with(None, learner, version))
        assert list(displayed(page).values()) == [0, 1, 2]
        orders.add(tuple(displayed(page)))
        Browser(learner).right(page, version)
    assert len(orders) > 3
    assert set(Answer.objects.values_list("verdict", flat=True)) == {"accept"}
    assert {answer.given["choice"] for answer in Answer.objects.all()} == {0}


def test_the_fragment_holds_the_feedback_and_the_next_question(tab, topic, versions):
    page = tab.start(topic)
    reply = tab.right(page, current(page, versions))
    assert "<html" not in html(reply)
    assert reply["HX-Replace-Url"].startswith("/answers/")
    assert len(reply.content) <= 6000
    following = waiting(reply)
    assert stem_on(following) != stem_on(page)
    assert "option-right" not in following


def test_without_script_the_post_leads_to_the_feedback_and_a_link_on(learner, topic, versions):
    tab = Browser(learner, htmx=False)
    page = tab.start(topic)
    first = stem_on(page)
    response = tab.right(page, current(page, versions))
    assert response.status_code == 303
    page = tab.get(response.url)
    assert "<html" in html(page)
    assert "Right." in html(page)
    assert first in html(page)
    link = html(page).split('" data-next')[0].split('href="')[-1].replace("&amp;", "&")
    page = tab.get(link)
    assert stem_on(page) != first


def test_the_feedback_page_is_readable_only_by_its_learner(tab, topic, versions):
    page = tab.start(topic)
    tab.right(page, current(page, versions))
    url = reverse("quiz:answer-detail", args=[Answer.objects.get().nonce])
    assert tab.get(url).status_code == 200
    assert Browser(UserFactory()).get(url).status_code == 404
    assert tab.get(reverse("quiz:answer-detail", args=["n" * 43])).status_code == 404
    assert tab.post(url).status_code == 405


def test_a_wrong_option_is_told_what_it_really_is(tab, topic, versions):
    page = tab.start(topic)
    reply = html(tab.answer_text(page, "Pyongyang"))
    assert "Not this one." in reply
    assert "Pyongyang is another place." in reply
    assert "Vladivostok is a port." not in reply


# The same showing sent again


def test_the_same_response_again_is_answered_with_what_was_stored(tab, topic, versions):
    page = tab.start(topic)
    first = tab.answer_text(page, "Kursk")
    again = tab.answer_text(page, "Kursk")
    assert again.status_code == 200
    assert "Right." in html(again)
    assert stem_on(waiting(again)) == stem_on(waiting(first))
    assert Answer.objects.count() == 1
    assert Memory.objects.get().seq == 1


def test_another_response_to_the_same_showing_is_refused_and_shown_what_stands(
    tab, topic, versions
):
    page = tab.start(topic)
    tab.answer_text(page, "Pyongyang")
    second = tab.answer_text(page, "Kursk")
    assert second.status_code == 409
    assert "that answer stands" in html(second)
    assert "Not this one." in html(second)
    assert Answer.objects.get().given == {"choice": 1}


def test_two_tabs_rendered_seconds_apart_are_one_showing(learner, topic, versions):
    url = start_with(None, learner, versions[0], rest=versions[1:])
    one, other = Browser(learner), Browser(learner)
    first = one.get(url)
    with time_machine.travel(timezone.now() + timedelta(seconds=7)):
        second = other.get(url)
        assert token_on(first) != token_on(second)
        assert one.answer_text(first, "Pyongyang").status_code == 200
        assert other.answer_text(second, "Kursk").status_code == 409
        assert other.answer_text(second, "Pyongyang").status_code == 200
    assert Answer.objects.get().verdict == "reject"


def test_a_fact_answered_elsewhere_meanwhile_is_not_counted_twice(tab, learner, topic):
    version = make_version(topic)
    sibling = make_version(topic, "which-hedge", fact=version.question.fact)
    one = tab.get(start_with(tab, learner, version))
    other = tab.get(start_with(tab, learner, sibling))
    assert tab.answer_text(one, "Kursk").status_code == 200
    late = tab.answer_text(other, "Kursk")
    assert late.status_code == 409
    assert "in another window" in html(late)
    assert Answer.objects.count() == 1


def test_the_key_seen_in_one_tab_does_not_help_in_the_other(learner, topic, versions):
    url = start_with(None, learner, versions[0])
    one, other = Browser(learner), Browser(learner)
    first, second = one.get(url), other.get(url)
    one.answer(first, dont_know="1")
    assert other.answer_text(second, "Kursk").status_code == 409
    assert list(Answer.objects.values_list("score", flat=True)) == [0.0]


# Asked again


def test_an_unclear_response_is_asked_again_once(tab, learner, topic):
    version = make_version(topic, "typed", facet="date")
    page = tab.get(start_with(tab, learner, version))
    again = tab.answer(page, text="4/2025 or 5/2025")
    assert again.status_code == 200
    assert "One more try" in html(again)
    row = Answer.objects.filter(try_no=0).get()
    assert row.verdict == "ask_again"
    assert Memory.objects.get().asked_again
    done = tab.answer(again, text="April 2025")
    assert "Right." in html(done)
    memory = Memory.objects.get()
    assert memory.last_rating == 2
    assert not memory.asked_again


def test_a_page_opened_anew_is_still_the_second_try(tab, learner, topic):
    version = make_version(topic, "typed", facet="date")
    url = start_with(tab, learner, version)
    unclear = "4/2025 or 5/2025"
    assert "One more try" in html(tab.answer(tab.get(url), text=unclear))
    page = tab.get(url)
    assert "One more try" in html(page)
    assert "Not this one." in html(tab.answer(page, text=unclear))


# What came between


def test_a_question_replaced_after_it_was_shown_is_graded_as_shown_and_told_so(
    tab, learner, topic, versions
):
    version = versions[0]
    page = tab.get(start_with(tab, learner, version))
    version.state = "replaced"
    version.save()
    reply = tab.answer_text(page, "Kursk")
    assert reply.status_code == 200
    assert "has changed since it was shown" in html(reply)
    assert Answer.objects.get().version == version


def test_a_question_that_may_no_longer_be_asked_is_passed_over(tab, learner, versions):
    url = start_with(tab, learner, versions[0], rest=versions[1:])
    fact = versions[0].question.fact
    fact.revision = 2
    fact.save()
    assert stem_on(tab.get(url)) == versions[1].stem


def test_a_miss_returns_in_the_same_round(tab, learner, versions):
    page = tab.get(start_with(tab, learner, versions[0], rest=versions[1:]))
    page = tab.answer_text(page, "Pyongyang")
    page = tab.answer_text(page, "Kursk")
    page = tab.answer_text(page, "Kursk")
    assert "Once more" in waiting(page)
    assert stem_on(page) == versions[0].stem
    page = tab.answer_text(page, "Kursk")
    assert "See how it went" in html(page)
    memory = Memory.objects.get(fact=versions[0].question.fact)
    assert (memory.seq, memory.rated, memory.last_rating) == (2, 1, 1)


def test_a_guests_first_five_ask_nothing_twice(guest, topic, versions):
    tab = Browser(guest)
    page = tab.start(topic)
    for _ in versions:
        page = tab.answer_text(page, "Pyongyang")
    assert "See how it went" in html(page)


# Grave questions


def test_a_grave_question_can_be_left_out_without_any_effect(tab, learner, topic, versions):
    grave = make_version(topic, "which-hedge", grave=True)
    page = tab.get(start_with(tab, learner, grave, rest=versions))
    assert "Leave this out" in html(page)
    page = tab.answer(page, leave_out="1")
    assert page.status_code == 200
    assert stem_on(page) == versions[0].stem
    assert not Answer.objects.exists()
    assert not Memory.objects.exists()


def test_what_is_not_grave_cannot_be_left_out(tab, learner, versions):
    page = tab.get(start_with(tab, learner, versions[0]))
    assert "Leave this out" not in html(page)
    assert tab.answer(page, leave_out="1").status_code == 400


# What a response does to the memories


def test_a_matching_is_evidence_for_each_of_its_facts(tab, learner, topic):
    version = make_version(topic, "matching")
    page = tab.get(start_with(tab, learner, version))
    tab.right(page, version)
    assert sorted(Memory.objects.values_list("last_rating", flat=True)) == [2, 2]
    assert Recall.objects.count() == 2


def test_an_order_with_two_swapped_is_a_miss_for_these_two_only(tab, learner, topic):
    version = make_version(topic, "ordering")
    page = tab.get(start_with(tab, learner, version))
    places = {text: place for place, text in _events(page)}
    data = {f"place-{places[text]}": number for text, number in
            (("The first", 2), ("The second", 1), ("The third", 3))}  # fmt: skip
    reply = tab.answer(page, **data)
    assert "Partly." in html(reply)
    facts = [use.fact_id for use in version.uses.order_by("fact_id")]
    ratings = [Memory.objects.get(fact=fact).last_rating for fact in facts]
    assert ratings == [1, 1, None]


def _events(page):
    return [(int(place), text) for place, text in
            re.findall(r'<label for="place-(\d+)">([^<]+)</label>', html(page))]  # fmt: skip


def test_a_partial_response_brings_the_question_back_and_leaves_the_memory(tab, learner, topic):
    version = make_version(topic, "several-right")
    page = tab.get(start_with(tab, learner, version))
    reply = tab.answer(page, choices=[displayed(page)["A"]])
    assert "Partly." in html(reply)
    assert "Once more" in waiting(reply)
    assert not Memory.objects.exclude(last_rating=None).filter(last_rating__gt=1).exists()


def test_what_fits_and_what_does_not_is_said_in_the_verdict_itself(tab, learner, topic):
    page = tab.get(start_with(tab, learner, make_version(topic, "typed")))
    told = " ".join(html(tab.answer(page, text="2025")).split())
    assert "<strong>Partly: that fits, but" in told
    assert "Partly." not in told


def test_the_day_is_the_learners_own(learner, topic, versions):
    tab = Browser(learner)
    with time_machine.travel("2026-03-02T23:30:00Z", tick=False):  # 0:30 in Berlin, before 4 a.m.
        page = tab.start(topic)
        tab.answer_text(page, "Kursk")
    recall, memory = Recall.objects.get(), Memory.objects.get()
    assert str(recall.day) == "2026-03-02"
    assert memory.due_at.isoformat() == "2026-03-03T03:00:00+00:00"


@pytest.mark.parametrize("where", ["round", "quiz"])
@pytest.mark.parametrize("htmx", [True, False])
def test_what_was_typed_is_kept_when_it_is_asked_once_more(learner, topic, where, htmx):
    version, tab = make_version(topic, "typed"), Browser(learner, htmx=htmx)
    url = start_with(tab, learner, version)
    if where == "quiz":
        question_set = QuestionSetFactory(topic=topic, status="published")
        SetItemFactory(question_set=question_set, question=version.question)
        attempt = start_attempt(learner=learner, question_set=question_set, now=timezone.now())
        url = reverse("quiz:attempt-detail", args=[attempt.public_id])

    page = tab.answer(tab.get(url), text="the year of the dragon")
    if page.status_code == 303:
        page = tab.get(page.url)

    field = re.search(r"<input id=\"given-text\"[^>]*>", html(page)).group()
    assert 'value="the year of the dragon"' in field
    assert "data-focus" in field
    assert Answer.objects.get().verdict == "ask_again"
    tab.right(page, version)
    assert Answer.objects.get(try_no=1).verdict == "accept"


@pytest.mark.parametrize("htmx", [True, False])
def test_a_round_can_be_left_once_a_miss_has_come_back(learner, topic, htmx):
    version, tab = make_version(topic), Browser(learner, htmx=htmx)
    page = tab.get(start_with(tab, learner, version))
    assert "Enough for now" not in html(page)
    told = tab.wrong(page, version)
    page = waiting(told) if htmx else tab.get(next_on(tab.get(told.url)))
    assert "Enough for now" in html(page)

    left = tab.answer(page, stop="1")

    url = json.loads(left["HX-Location"])["path"] if htmx else left.url
    done = html(tab.get(url))
    assert "round-done" in done
    assert version.stem not in done
    assert Answer.objects.count() == 1


def next_on(page):
    return unescape(re.search(r'href="([^"]+)" data-next', html(page)).group(1))


@pytest.mark.parametrize("others", [0, 12])
def test_what_is_never_right_waits_for_tomorrow_after_three_returns(tab, learner, topic, others):
    """Where the next day is full already it comes on another day, and that is said."""
    version = make_version(topic)
    page = tab.get(start_with(tab, learner, version))
    for _ in range(4):
        assert "See how it went" not in html(page)
        page = tab.wrong(page, version)
    assert "See how it went" in html(page)
    for _ in range(others):
        Memory.objects.create(
            learner=learner, fact=make_version(topic).question.fact, facet="identity", topic=topic,
            seq=1, stability=2.0, difficulty=5.0, last_rated_day=date(2026, 1, 1), rated=1,
            due_at=timezone.now() - timedelta(days=9), last_form="choice",
        )  # fmt: skip
    when = "another day" if others else "tomorrow"
    assert f"1 will come back {when}." in html(tab.get(next_on(page)))
    assert Memory.objects.get(last_rating=1).rated == 1
