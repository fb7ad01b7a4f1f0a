"""Whatever belongs to a person is moved by a merge: a table nobody thought of fails here."""

import pytest

from quiz.accounts.merging import merge_guest
from quiz.accounts.models import User
from tests.factories import NOW, UserFactory
from tests.trust.world import World

# Not a guest's: these need an account, or say who among the staff did something.
ACCOUNTS_ONLY = {
    "account.EmailAddress.user",
    "admin.LogEntry.user",
    "mfa.Authenticator.user",
    "quiz.Assignment.owner",
    "quiz.Classroom.owner",
    "quiz.Entity.owner",
    "quiz.FactRevision.by",
    "quiz.Measure.owner",
    "quiz.MeasureFamily.owner",
    "quiz.Membership.user",
    "quiz.Question.owner",
    "quiz.QuestionSet.owner",
    "quiz.Report.answered_by",
    "quiz.Source.owner",
    "quiz.Topic.owner",
    "quiz.User.merged_into",
}


def belongings():
    """Every foreign key to a person, as `app.Model.field`."""
    for relation in User._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            model = relation.related_model
            if not model._meta.auto_created:
                yield model, relation.field.name


@pytest.mark.django_db
def test_after_a_merge_no_row_is_the_guests():
    world = World()
    guest = User.objects.create_guest()
    for model, name in belongings():
        if f"{model._meta.label}.{name}" not in ACCOUNTS_ONLY:
            model.objects.filter(**{name: world.owner}).update(**{name: guest})
    assert guest.answers.exists()
    assert guest.reports.exists()
    user = UserFactory()
    assert merge_guest(guest, user, NOW)
    left = [
        f"{model._meta.label}.{name}"
        for model, name in belongings()
        if model.objects.filter(**{name: guest}).exists()
    ]
    assert left == []
    assert user.answers.exists()


def test_every_table_of_a_person_is_moved_or_known_to_need_an_account():
    known = {f"{model._meta.label}.{name}" for model, name in belongings()}
    assert known - ACCOUNTS_ONLY == {
        "quiz.Answer.learner",
        "quiz.Attempt.learner",
        "quiz.BegunReview.learner",
        "quiz.LearnerDay.learner",
        "quiz.Memory.learner",
        "quiz.Recall.learner",
        "quiz.Report.learner",
        "quiz.Slot.learner",
    }
