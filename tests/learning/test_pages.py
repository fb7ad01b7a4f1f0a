"""The pages around the questions: where learning begins, goes on tomorrow, and is looked back on."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from quiz.accounts.models import User
from quiz.learning.models import Answer, Attempt, LearnerDay, Memory, Slot
from quiz.learning.progress import count_topics
from tests.factories import FactFactory, SourceFactory, TopicFactory
from tests.learning.class_of_one import Browser, html, make_version, stem_on, token_on
from tests.learning.test_answers import start_with

pytestmark = pytest.mark.django_db


def words(page):
    """The text of a page as it is read."""
    text = re.sub(r"<(script|style|template).*?</\1>", " ", html(page), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def play(tab, page, text="Kursk", most=40):
    """Answer with the same option to the end of a round; return its last page."""
    for _ in range(most):
        page = tab.answer_text(page, text)
        if "data-next-card" not in html(page):
            link = re.search(r'href="([^"]+)" data-next', html(page))[1].replace("&amp;", "&")
            return tab.get(link)
    raise AssertionError("no end")


# Where it begins


def test_nobody_sees_the_topics_and_starts_without_an_account(topic, versions):
    nobody = Browser(htmx=False)
    assert "Who says what" in html(nobody.get("/"))
    start = nobody.get(reverse("quiz:topic-detail", args=[topic.slug]))
    assert "Try five questions" in html(start)
    assert not User.objects.filter(is_guest=True).exists()
    response = nobody.post(
        reverse("quiz:round-start", args=[topic.slug]), {"time_zone": "Asia/Seoul"}
    )
    page = nobody.get(response.url)
    assert "1 of 3" in html(page)
    guest = User.objects.get(is_guest=True)
    assert guest.time_zone == "Asia/Seoul"


def test_nothing_is_typed_in_a_guests_first_five(guest, topic):
    fact = FactFactory(topic=topic)
    make_version(topic, "typed", fact=fact, facet="identity")
    make_version(topic, "cloze-typed")
    make_version(topic, "estimate")
    shown = make_version(topic, fact=fact)
    tab = Browser(guest)
    page = tab.start(topic)
    assert stem_on(page) == shown.stem
    assert "See how it went" in html(tab.answer_text(page, "Kursk"))


def test_five_are_five_and_ten_are_ten(guest, learner, topic):
    for _ in range(14):
        make_version(topic)
    assert "1 of 5" in html(Browser(guest).start(topic))
    assert "1 of 10" in html(Browser(learner).start(topic))
    assert "1 of 5" in html(Browser(learner).start(topic, size="5"))


def test_grave_facts_are_left_out_where_the_switch_says_so(guest, topic):
    make_version(topic, "which-hedge", grave=True)
    plain = make_version(topic)
    tab = Browser(guest)
    assert 'name="leave_out_grave"' in html(
        tab.get(reverse("quiz:topic-detail", args=[topic.slug]))
    )
    page = tab.start(topic, grave_shown="1", leave_out_grave="1")
    assert "1 of 1" in html(page)
    assert stem_on(page) == plain.stem
    guest.refresh_from_db()
    assert guest.leave_out_grave
    tab.start(topic, grave_shown="1")
    guest.refresh_from_db()
    assert not guest.leave_out_grave


def test_core_facts_come_first_one_thread_at_a_time(tab, topic):
    made = []
    for importance, thread in ((2, 0), (1, 1), (1, 0), (3, 0), (1, 1)):
        fact = FactFactory(topic=topic, importance=importance)
        fact.thread.position = thread
        fact.thread.save()
        made.append(make_version(topic, fact=fact))
    page, stems = tab.start(topic), []
    for _ in made:
        stems.append(stem_on(page))
        page = tab.answer_text(page, "Kursk")
    assert stems == [made[at].stem for at in (2, 1, 4, 0, 3)]


def test_a_topic_without_questions_says_so(tab):
    topic = TopicFactory(slug="empty")
    for name in ("topic-detail", "cards-start", "reading"):
        page = tab.get(reverse(f"quiz:{name}", args=[topic.slug]))
        assert page.status_code == 200
        assert 'class="empty"' in html(page)
    page = tab.start(topic)
    assert "Nothing to ask here right now" in html(page)
    response = tab.post(reverse("quiz:quiz-new", args=[topic.slug]), {"number": 5})
    assert response.status_code == 422


def test_a_teachers_own_topic_has_no_page(tab, learner):
    topic = TopicFactory(slug="own", owner=learner)
    for name in ("topic-detail", "cards-start", "reading", "quiz-new"):
        assert tab.get(reverse(f"quiz:{name}", args=[topic.slug])).status_code == 404
    assert tab.post(reverse("quiz:round-start", args=[topic.slug])).status_code == 404


def test_the_reading_tells_the_story_in_threads(tab, topic, thread):
    page = tab.get(reverse("quiz:reading", args=[topic.slug]))
    assert "A short reading of our own." in html(page)


# Where it ends, and tomorrow


def test_a_guests_first_round_ends_with_what_was_and_what_comes(guest, topic):
    for _ in range(8):
        make_version(topic)
    tab = Browser(guest, htmx=False)
    page = tab.start(topic)
    for text in ("Kursk", "Kursk", "Kursk", "Pyongyang", "Pyongyang"):
        sent = tab.answer_text(page, text)
        told = tab.get(sent.url)
        link = re.search(r'href="([^"]+)" data-next', html(told))[1].replace("&amp;", "&")
        page = tab.get(link)
    text = words(page)
    assert "Three of five on a first meeting." in text
    assert text.count("South Korean intelligence") == 5
    assert "Tomorrow: 2 you missed · 3 to review · 3 new" in text
    assert "about 4 minutes" in text
    assert "Keep my place" in text
    assert "Five more" in text
    assert "kept in this browser only" in text


def test_the_day_after_brings_what_was_missed_first_and_ends(learner, topic):
    for _ in range(9):
        make_version(topic)
    tab = Browser(learner)
    with time_machine.travel("2026-03-02T10:00:00Z", tick=False):
        page = tab.start(topic, size="5")
        play(tab, tab.answer_text(page, "Pyongyang"))
        today = words(tab.get(reverse("quiz:review-today")))
        assert "Nothing is due" not in today or "Next: tomorrow, 9 questions." in today
    with time_machine.travel("2026-03-03T10:00:00Z", tick=False):
        text = words(tab.get(reverse("quiz:review-today")))
        assert "Today: 9 questions, about 4 minutes" in text
        assert "1 you missed · 4 to review · 4 new" in text
        page = tab.get(tab.post(reverse("quiz:review-start")).url)
        assert "1 of 9" in html(page)
        done = words(play(tab, page))
        assert "Done for today." in done
        assert "Next: " in done


def test_after_a_gap_a_day_holds_twelve_and_never_all(learner, topic):
    tab = Browser(learner)
    for _ in range(30):
        version = make_version(topic)
        Memory.objects.create(
            learner=learner, fact=version.question.fact, facet="identity", topic=topic, seq=1,
            stability=2.0, difficulty=5.0, last_rated_day=date(2026, 1, 1),
            due_at=timezone.now() - timedelta(days=40), last_rating=3, rated=1,
        )  # fmt: skip
    assert "Today: 12 questions" in words(tab.get(reverse("quiz:review-today")))
    page = tab.get(tab.post(reverse("quiz:review-start")).url)
    assert "1 of 12" in html(page)


def test_a_fact_is_asked_once_a_day_whatever_its_facets(learner, topic):
    fact = FactFactory(topic=topic)
    make_version(topic, fact=fact)
    make_version(topic, "typed", fact=fact, facet="date")
    tab = Browser(learner)
    page = tab.start(topic)
    assert "1 of 1" in html(page)
    play(tab, page) if "choices" in html(page) else tab.answer(page, dont_know="1")
    assert "Nothing to ask here right now" in html(tab.start(topic))


def test_who_has_learned_nothing_is_shown_where_to_begin(tab):
    text = words(tab.get(reverse("quiz:review-today")))
    assert "Nothing is due." in text
    assert "Choose a topic" in text
    assert "From ten answers on" in words(tab.get(reverse("quiz:progress-overview")))


def test_what_was_wrong_comes_back_and_says_what_it_was(tab, learner, topic, versions):
    version = versions[0]
    fact = version.question.fact
    tab.answer_text(tab.get(start_with(tab, learner, version)), "Kursk")
    memory = Memory.objects.get()
    assert memory.due_at > timezone.now()
    fact.revision = 2
    fact.save()
    fact.revisions.create(
        n=2,
        before={"sentence": "It is [[Kursk]]."},
        after={"sentence": "It is [[Belgorod]]."},
        change="wrong",
        at=timezone.now(),
    )
    version.fact_revision = 2
    version.save()
    with time_machine.travel(timezone.now() + timedelta(hours=20)):
        page = tab.get(tab.post(reverse("quiz:review-start")).url)
        assert stem_on(page) == version.stem
        told = html(tab.answer_text(page, "Pyongyang"))
        assert "We had this wrong. It was Kursk, it is now Belgorod." in told
        assert "not held against you" in told
        stored = Answer.objects.order_by("pk").last()
        again = tab.get(reverse("quiz:answer-detail", args=[stored.nonce]))
        assert "We had this wrong." in html(again)
        page = tab.answer_text(told, "Kursk") if "data-next-card" in told else None
        assert page is None or "We had this wrong." not in html(page)


# Cards


@pytest.fixture
def cards(topic):
    return [make_version(topic, "flashcard") for _ in range(3)]


def test_a_card_is_turned_over_by_the_server_and_rated_by_the_learner(tab, topic, cards):
    page = tab.get(tab.post(reverse("quiz:cards-start", args=[topic.slug])).url)
    assert "Kursk" not in words(page).replace("Thread", "")
    back = tab.post(reverse("quiz:card-back"), {"token": token_on(page)})
    assert back.status_code == 200
    assert "Kursk" in words(back)
    assert re.findall(r'name="rating" value="(\d)"', html(back)) == ["1", "3"]
    assert not Answer.objects.exists()
    following = tab.answer(back, rating="3")
    assert following.status_code == 200
    assert "2 of 3" in html(following)
    memory = Memory.objects.get()
    assert (memory.last_rating, memory.self_rated_days, memory.recalled_days) == (3, 1, 0)


def test_four_ratings_are_a_setting(learner, topic, cards):
    learner.four_ratings = True
    learner.save()
    tab = Browser(learner, htmx=False)
    page = tab.get(tab.post(reverse("quiz:cards-start", args=[topic.slug])).url)
    back = tab.post(reverse("quiz:card-back"), {"token": token_on(page)})
    assert re.findall(r'name="rating" value="(\d)"', html(back)) == ["1", "2", "3", "4"]
    assert tab.answer(back, rating="4").status_code == 303
    assert Memory.objects.get().last_rating == 4


def test_a_card_that_was_not_had_returns_in_the_round(tab, topic, cards):
    page = tab.get(tab.post(reverse("quiz:cards-start", args=[topic.slug])).url)
    first = stem_on(page)
    page = tab.answer(page, rating="1")
    page = tab.answer(page, rating="3")
    page = tab.answer(page, rating="3")
    assert "Once more" in html(page)
    assert stem_on(page) == first


def test_the_last_card_leads_to_how_it_went(learner, topic):
    make_version(topic, "flashcard")
    tab = Browser(learner)
    page = tab.get(tab.post(reverse("quiz:cards-start", args=[topic.slug])).url)
    sent = tab.answer(page, rating="3")
    assert sent.status_code == 204
    assert "/round/?at=" in sent["HX-Location"]


def test_only_cards_are_turned_over(tab, learner, versions):
    page = tab.get(start_with(tab, learner, versions[0]))
    assert tab.post(reverse("quiz:card-back"), {"token": token_on(page)}).status_code == 400


def test_a_rounds_end_says_of_each_fact_who_says_so(tab, learner, topic):
    claim = {
        "voice": "Claimed by Kim; no second source in this article.",
        "as_of": "As of January 2025",
        "standing": "unconfirmed",
        "place": "Kursk campaign, paragraph 3",
    }
    version = make_version(topic)
    version.feedback = version.feedback | claim
    version.save()
    end = html(play(tab, tab.get(start_with(tab, learner, version))))
    row = end.partition("done-rows")[2].partition("</ul>")[0]
    assert "rail-dotted" in row
    for told in ("Unconfirmed", claim["voice"], claim["as_of"], claim["place"]):
        assert told in row


# The passage


def test_the_passage_is_shown_where_the_sources_text_is_kept(tab, learner, topic):
    version = make_version(topic)
    text = "Before it. The sentence itself. After it."
    version.question.fact.citations.create(
        source=SourceFactory(text=text), locator="1", quote="The sentence itself."
    )
    told = html(tab.answer_text(tab.get(start_with(tab, learner, version)), "Kursk"))
    url = reverse("quiz:passage", args=[Answer.objects.get().nonce])
    own = reverse("quiz:answer-detail", args=[Answer.objects.get().nonce])
    came_from = {"Referer": f"http://testserver{own}?at=the-round"}
    assert f'href="{own}?at=the-round"' in tab.client.get(url, headers=came_from).text
    assert url in told
    assert "<mark>The sentence itself.</mark>" in html(tab.get(url))


def test_no_passage_is_offered_where_there_is_none(tab, learner, versions):
    told = html(tab.answer_text(tab.get(start_with(tab, learner, versions[0])), "Kursk"))
    assert "Show the passage" not in told
    assert tab.get(reverse("quiz:passage", args=[Answer.objects.get().nonce])).status_code == 404


# Progress


def test_progress_shows_what_is_known_by_topic_kind_and_day(learner, topic):
    for _ in range(12):
        make_version(topic)
    tab = Browser(learner)
    with time_machine.travel("2026-03-02T10:00:00Z", tick=False):
        play(tab, tab.start(topic))
        play(tab, tab.start(topic))
        page = tab.get(reverse("quiz:progress-overview"))
    text = words(page)
    assert "12 learning" in html(page)
    assert "Identity 12 100&nbsp;%" in text
    assert "The first answer of a day counts here" in text
    assert "2 March: 12" in text
    assert "3 March: 12" in text
    assert 'role="img"' in html(page)
    assert "style=" not in html(page)


def test_a_share_of_fewer_than_ten_is_not_shown(learner, topic):
    for at in range(12):
        fact = FactFactory(topic=topic)
        make_version(topic, fact=fact)
        if at < 4:
            fact.kind, fact.content = "statement", "it is so"
            fact.save()
    tab = Browser(learner)
    for _ in range(2):
        play(tab, tab.start(topic))
    text = words(tab.get(reverse("quiz:progress-overview")))
    assert "Statement 4 under ten" in text
    assert "Identity 8 under ten" in text


def test_days_that_are_over_are_folded_once_and_count_the_same(learner, topic):
    for _ in range(12):
        make_version(topic)
    tab = Browser(learner)
    with time_machine.travel("2026-03-02T10:00:00Z", tick=False):
        play(tab, tab.start(topic))
    with time_machine.travel("2026-03-04T10:00:00Z", tick=False):
        before = words(tab.get(reverse("quiz:progress-overview")))
        assert not LearnerDay.objects.exists()
        tab.post(reverse("quiz:quiz-new", args=[topic.slug]), {"number": 5})
        assert LearnerDay.objects.get().answered == 10
        assert words(tab.get(reverse("quiz:progress-overview"))) == before


@pytest.mark.parametrize("start", ["review-start", "round-start", "cards-start"])
def test_days_that_are_over_are_folded_where_learning_begins(learner, topic, start):
    for _ in range(12):
        make_version(topic)
    tab = Browser(learner)
    with time_machine.travel("2026-03-02T10:00:00Z", tick=False):
        play(tab, tab.start(topic))
    with time_machine.travel("2026-03-04T10:00:00Z", tick=False):
        args = [] if start == "review-start" else [topic.slug]
        tab.post(reverse(f"quiz:{start}", args=args))
        assert LearnerDay.objects.get().answered == 10


def test_grave_facts_that_are_left_out_are_not_counted_as_not_met(learner, topic):
    make_version(topic)
    make_version(topic, grave=True)
    for leave_out, facts in ((False, 2), (True, 1)):
        learner.leave_out_grave = leave_out
        assert count_topics([topic], learner, timezone.now())[0].facts == facts
    assert count_topics([topic], None, timezone.now())[0].facts == 2


# Every page, both ways


@pytest.mark.parametrize(
    "name", ["home", "review-today", "progress-overview", "topic-detail", "reading", "quiz-new",
             "cards-start"]
)  # fmt: skip
@pytest.mark.parametrize("who", ["guest", "learner"])
def test_every_page_answers_to_get_and_to_nothing_else_it_does_not_know(
    request, topic, versions, name, who
):
    tab = Browser(request.getfixturevalue(who), htmx=False)
    args = [topic.slug] if name in {"topic-detail", "reading", "quiz-new", "cards-start"} else []
    url = reverse(f"quiz:{name}", args=args)
    page = tab.get(url)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert "onclick" not in html(page)
    assert tab.client.put(url).status_code == 405


def test_what_is_asked_as_a_fragment_is_one_and_as_a_page_is_whole(learner, versions):
    url = start_with(None, learner, versions[0])
    assert "<html" not in html(Browser(learner).get(url))
    assert "<html" in html(Browser(learner, htmx=False).get(url))
    boosted = Browser(learner).client.get(url, headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert "<html" in html(boosted)


def test_the_next_question_in_the_fragment_can_be_sent(learner, versions):
    strict = Browser(learner, enforce_csrf_checks=True)
    page = strict.get(start_with(None, learner, versions[0], rest=versions[1:]))
    for _ in range(2):
        data = {"token": token_on(page), "choice": "0"}
        data["csrfmiddlewaretoken"] = re.findall(
            r'name="csrfmiddlewaretoken" value="([^"]+)"', html(page)
        )[-1]
        page = strict.post(reverse("quiz:answer-create"), data)
        assert page.status_code == 200
    assert Answer.objects.count() == 2


def test_a_quiz_made_of_questions_that_went_away_begins_without_them(tab, topic, versions):
    versions[0].state = "replaced"
    versions[0].save()
    tab.post(reverse("quiz:quiz-new", args=[topic.slug]), {"number": 5})
    assert Attempt.objects.get().size == Slot.objects.count() == 2
