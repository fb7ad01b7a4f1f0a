"""Sessions and users read by written statements are what Django itself would have read."""

from datetime import timedelta

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.forms.models import model_to_dict
from django.utils import timezone

from quiz.accounts.models import User
from quiz.accounts.sessions import SessionStore, UserBackend
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored():
    store = SessionStore()
    store["guest"] = 7
    store.create()
    return store.session_key


def test_a_session_is_what_django_stores(stored):
    assert dict(SessionStore(stored).items()) == dict(db.SessionStore(stored).items())
    assert SessionStore(stored)["guest"] == 7


def test_a_session_that_is_over_is_empty_and_its_key_is_not_used_again(stored):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    for key in (stored, "a" * 32):
        store = SessionStore(key)
        assert dict(store.items()) == {}
        assert store.session_key is None


def test_a_user_is_read_with_every_field_and_can_be_saved():
    user = UserFactory(time_zone="Asia/Seoul", four_ratings=True)
    found = UserBackend().get_user(user.pk)
    known = ModelBackend().get_user(user.pk)
    assert model_to_dict(found) == model_to_dict(known)
    assert found.date_joined == known.date_joined
    assert found.get_deferred_fields() == set()
    found.name = "Han"
    found.save()
    assert User.objects.get().name == "Han"


def test_who_is_inactive_or_gone_is_nobody():
    user = UserFactory(is_active=False)
    assert UserBackend().get_user(user.pk) is None
    assert UserBackend().get_user(user.pk + 1) is None


def test_a_page_asks_once_for_the_session_and_once_for_the_user(client, django_assert_num_queries):
    client.force_login(UserFactory())
    client.get("/about/")
    with django_assert_num_queries(2) as queries:
        client.get("/about/")
    assert ["session" in query["sql"] for query in queries] == [True, False]
