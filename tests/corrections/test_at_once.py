"""Facts that change while questions are made of them, and edits that meet."""

from concurrent.futures import ThreadPoolExecutor
from copy import copy
from threading import Event

import pytest
from django.db import connections, transaction

from quiz.corrections.models import Outbox
from quiz.facts.actions import begin_edit, finish_edit, revise_fact, save_checked
from quiz.facts.models import Citation, Fact, Measure, Source
from quiz.questions import actions
from quiz.questions.actions import generate_questions
from quiz.questions.models import QuestionVersion
from tests.corrections.test_holding import bring_in, version_of, wrong_on
from tests.corrections.tides import NOW, made_anew, store_with_pier

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def topic(tmp_path):
    return store_with_pier(tmp_path)


def elsewhere(call):
    """Run a call to its end in a thread with a connection of its own."""

    def run():
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result(timeout=30)


@pytest.fixture
def once_read(monkeypatch):
    """Do something elsewhere when the facts were read and their questions are not yet stored."""

    def when(call):
        calls = [call]

        def propose_for(*given):
            while calls:
                elsewhere(calls.pop())
            return proposing(*given)

        proposing = actions.propose_for
        monkeypatch.setattr(actions, "propose_for", propose_for)

    return when


def revise(slug, month, number):
    revise_fact(
        fact=Fact.objects.get(slug=slug),
        changes={
            "sentence": f"Harbour {'AB'[slug == 'opened-1']} opened in [[{month} 2022]].",
            "when_edtf": f"2022-{number:02}",
        },
        change="wrong", why="The almanac says so.", by=None, now=NOW,
    )  # fmt: skip


def test_a_run_stores_nothing_made_of_facts_that_changed_meanwhile(topic, tmp_path, once_read):
    """From the commit on the value that became right is offered by no question."""
    doubtful = version_of("asked")
    wrong = wrong_on(doubtful)
    once_read(lambda: bring_in(tmp_path, doubtful))

    generate_questions(topic=topic, now=NOW)

    served = QuestionVersion.objects.served().filter(question__fact__slug="asked")
    assert wrong not in [option["text"] for version in served for option in version.options]
    assert not QuestionVersion.objects.filter(state="stale", question__retired=False).exists()
    assert not made_anew(topic)


def test_an_edit_during_the_work_of_another_loses_neither(topic, once_read):
    once_read(lambda: revise("opened-1", "April", 4))

    revise("opened-0", "February", 2)

    assert not Outbox.objects.exists()
    served = QuestionVersion.objects.served()
    for slug, month in (("opened-0", "February"), ("opened-1", "April")):
        told = served.filter(question__fact__slug=slug).values_list("feedback", flat=True)
        assert told
        assert all(f"{month} 2022" in one["sentence"] for one in told)
    assert not made_anew(topic)


def test_two_facts_that_come_at_once_know_of_each_other(topic):
    first, second = (Event(), Event()), ("5,000", "7,000")
    model = Fact.objects.get(slug="ships-counted")
    model.pk, model.qualifier, model.hedge_text = None, "exactly", ""

    def come(n):
        new = copy(model)
        new.slug, new.amount_text = f"quays-{n}", second[n]
        new.sentence = f"[[{second[n]}]] quays stood there."
        new.measure = Measure.objects.get(slug="quays")
        try:
            with transaction.atomic():
                edit = begin_edit(None)
                save_checked(new)
                Citation.objects.create(fact=new, source=source, locator="Quays, paragraph 1")
                first[n].set()
                first[1 - n].wait(timeout=1)
                finish_edit(edit, fact=new, change="first", why="", by=None, now=NOW)
        finally:
            connections.close_all()

    Measure.objects.create(slug="quays", counts="quays", unit="quays")
    source = Source.objects.get(citations__fact__slug="ships-counted")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(come, (0, 1)))

    rows = Fact.objects.filter(measure__slug="quays")
    assert list(rows.values_list("status", flat=True)) == ["contested", "contested"]
    assert not made_anew(topic)
