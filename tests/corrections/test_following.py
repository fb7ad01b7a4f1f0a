import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from quiz.corrections.actions import work_through
from quiz.corrections.models import Outbox, Report
from quiz.facts.actions import retract_fact, revise_fact
from quiz.facts.entities import add_alias
from quiz.facts.models import Entity, Fact
from quiz.questions.models import QuestionFact, QuestionVersion
from tests.corrections.tides import NOW, made_anew, store
from tests.factories import FactFactory, QuestionVersionFactory, SetItemFactory, UserFactory
from tests.facts.writing import figure, records, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(tmp_path):
    return store(tmp_path)


def served():
    return QuestionVersion.objects.served()


def change_month(slug="opened-0"):
    fact = Fact.objects.get(slug=slug)
    return revise_fact(
        fact=fact,
        changes={"sentence": "Harbour A opened in [[February 2022]].", "when_edtf": "2022-02"},
        change="wrong",
        why="The almanac says February.",
        by=None,
        now=NOW,
    )


def test_an_edit_holds_the_facts_questions_and_those_that_borrow_it_at_once(topic):
    fact = Fact.objects.get(slug="opened-0")
    uses = QuestionFact.objects.filter(fact=fact).values("version")
    assert served().filter(pk__in=uses).exists()

    change_month()

    assert not served().filter(pk__in=uses).exists()
    assert not served().filter(question__fact=fact).exists()
    assert Outbox.objects.filter(fact=fact, revision=2).count() == 1


def test_after_the_commit_new_questions_say_the_new_value(
    topic, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        change_month()

    fact = Fact.objects.get(slug="opened-0")
    current = served().filter(question__fact=fact)
    assert current.exists()
    assert all("February 2022" in version.feedback["sentence"] for version in current)
    assert not Outbox.objects.exists()
    assert not QuestionVersion.objects.filter(state="stale").exists()


def test_old_versions_stay_as_they_were_given(topic, django_capture_on_commit_callbacks):
    old = served().filter(question__fact__slug="opened-0").first()

    with django_capture_on_commit_callbacks(execute=True):
        change_month()

    old.refresh_from_db()
    assert old.state == "replaced"
    assert "January 2022" in old.feedback["sentence"]


def test_what_a_crash_lost_is_taken_up_by_the_next_edit(topic, django_capture_on_commit_callbacks):
    change_month()  # its callback is lost
    other = Fact.objects.get(slug="opened-1")

    with django_capture_on_commit_callbacks(execute=True):
        revise_fact(
            fact=other, changes={"note": "In spring."}, change="wording", why="", by=None, now=NOW
        )

    assert not Outbox.objects.exists()
    assert served().filter(question__fact__slug="opened-0").exists()


def test_working_through_an_empty_outbox_does_nothing(topic, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert work_through(topic=topic, now=NOW) is None


def test_a_retracted_fact_has_no_questions_that_are_served(
    topic, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        retract_fact(fact=Fact.objects.get(slug="opened-0"), why="A hoax.", by=None, now=NOW)

    assert not served().filter(question__fact__slug="opened-0").exists()
    assert served().filter(question__fact__slug="opened-1").exists()


def test_a_new_alias_holds_the_questions_about_the_entity(topic):
    lighthouse = Entity.objects.get(slug="lighthouse")
    assert served().filter(question__fact__slug="oldest").exists()

    add_alias(entity=lighthouse, text="Old Grey", kind="nickname", accept=True, now=NOW)

    assert not served().filter(question__fact__slug="oldest").exists()


def test_a_name_that_no_text_has_ends_only_what_it_is_typed_by(
    topic, django_capture_on_commit_callbacks
):
    lighthouse = Entity.objects.get(slug="lighthouse")
    about = QuestionVersion.objects.exclude(state="replaced").filter(question__fact__slug="oldest")
    typed = about.filter(question__form__in=["typed", "cloze-typed"])
    others = about.exclude(pk__in=typed.values("pk"))
    kept = set(others.values_list("pk", "digest", "state"))
    told = served().filter(pk__in=others.values("pk")).count()
    assert told
    assert typed.count()

    with django_capture_on_commit_callbacks(execute=True):
        add_alias(entity=lighthouse, text="Xyzzy", kind="nickname", accept=True, now=NOW)
        assert Fact.objects.get(slug="oldest").revision == 2
        assert not served().filter(pk__in=typed.values("pk")).exists()
        assert served().filter(pk__in=others.values("pk")).count() == told

    assert set(others.values_list("pk", "digest", "state")) == kept
    assert all("Xyzzy" in version.expected["accepted"] for version in typed)
    assert served().filter(pk__in=typed.values("pk")).exists()
    assert not QuestionVersion.objects.filter(state="stale").exists()
    assert not made_anew(topic)


def test_a_loaded_fact_that_makes_a_wrong_option_right_ends_its_questions(topic, tmp_path):
    """From the commit on, no question shows a value that a newly known rival gives."""
    assert served().filter(question__fact__slug="ships-counted").exists()
    rival = figure(
        slug="ships-recounted", sentence="[[4,000]] ships lay there.", amount_text="4,000",
        qualifier="exactly", hedge_text="",
    )  # fmt: skip

    path = write(tmp_path / "more.json", records(rival))
    call_command("loaddata", str(path), verbosity=0)

    assert not served().filter(question__fact__slug="ships-counted").exists()


def test_a_corrected_fact_leaves_sets_that_keep_their_versions_with_a_notice(topic):
    version = served().filter(question__fact__slug="opened-0").first()
    kept = SetItemFactory(question=version.question, pinned_version=version)
    following = SetItemFactory(question=version.question)

    change_month()

    kept.refresh_from_db()
    following.refresh_from_db()
    assert kept.notice == "Its fact was corrected on 2 March 2026."
    assert following.notice == ""


def test_another_wording_leaves_kept_versions_as_they_are(topic):
    version = served().filter(question__fact__slug="opened-0").first()
    kept = SetItemFactory(question=version.question, pinned_version=version)

    revise_fact(
        fact=Fact.objects.get(slug="opened-0"), changes={"note": "In winter."},
        change="wording", why="", by=None, now=NOW,
    )  # fmt: skip

    kept.refresh_from_db()
    assert kept.notice == ""


def test_making_all_questions_empties_the_outbox(topic):
    change_month()  # its callback is lost

    call_command("generate_questions", topic="tides", verbosity=0)

    assert not Outbox.objects.exists()


def test_a_first_load_leaves_no_work_behind(topic):
    assert not Outbox.objects.exists()


def test_the_outbox_holds_a_revision_once():
    fact = FactFactory()
    Outbox.objects.create(fact=fact, revision=1, created_at=NOW)

    with (
        pytest.raises(IntegrityError, match=r"outbox_holds_a_revision_once|UNIQUE"),
        transaction.atomic(),
    ):
        Outbox.objects.create(fact=fact, revision=1, created_at=NOW)


def test_a_report_is_filed_once():
    version, learner = QuestionVersionFactory(), UserFactory()
    whole = {
        "learner": learner, "version": version, "fact": version.question.fact, "nonce": "n",
        "kind": "wrong", "created_at": NOW,
    }  # fmt: skip
    Report.objects.create(**whole)

    with (
        pytest.raises(IntegrityError, match=r"report_is_filed_once|UNIQUE"),
        transaction.atomic(),
    ):
        Report.objects.create(**whole)
