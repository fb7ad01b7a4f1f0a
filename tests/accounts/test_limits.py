"""One address cannot fill the database with guests; a school behind one address can start."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client, RequestFactory

from quiz.accounts import limits
from quiz.accounts.limits import TooManyGuestsError, address_of, count_guest
from quiz.accounts.middleware import GUEST_KEY
from quiz.accounts.models import User
from tests.factories import NOW, TopicFactory

START = "/topics/a-topic/start/"


@pytest.fixture
def topic(db):
    return TopicFactory(slug="a-topic")


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(limits, "GUESTS_OF_AN_ADDRESS", 3)


@pytest.fixture
def start(topic):
    from django.urls import reverse

    url = reverse("quiz:round-start", args=["a-topic"])
    return lambda client=None, **extra: (client or Client()).post(url, **extra)


def test_a_whole_school_may_start_within_an_hour():
    for _ in range(1_500):
        count_guest("192.0.2.1", NOW)


def test_the_hour_after_is_another(few):
    for _ in range(3):
        count_guest("192.0.2.1", NOW)
    with pytest.raises(TooManyGuestsError) as refused:
        count_guest("192.0.2.1", NOW)
    assert 0 < refused.value.seconds <= 3600
    count_guest("192.0.2.2", NOW)
    count_guest("192.0.2.1", NOW + timedelta(seconds=refused.value.seconds))


def test_over_the_limit_nothing_is_stored_and_the_page_says_when_to_try_again(few, start):
    for _ in range(3):
        assert start().status_code in {302, 303}
    users, sessions = User.objects.count(), Session.objects.count()
    client = Client()
    for headers in ({}, {"HX-Request": "true"}):
        refused = start(client, headers=headers)
        assert refused.status_code == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 3600
        assert "from your network" in refused.text
        assert 'id="problem-text"' in refused.text
    assert (User.objects.count(), Session.objects.count()) == (users, sessions)
    assert GUEST_KEY not in client.session


def test_who_is_a_guest_already_goes_on(few, start):
    client = Client()
    for _ in range(6):
        assert start(client).status_code in {302, 303}
    assert User.objects.count() == 1


def test_signing_up_makes_a_guest_too(few, db):
    replies = [
        Client().post(
            "/accounts/signup/", {"email": f"a{n}@example.org", "password1": "quiet river stones"}
        )
        for n in range(4)
    ]
    assert [reply.status_code for reply in replies] == [302, 302, 302, 429]
    assert User.objects.count() == 3


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "address"),
    [
        ("192.0.2.7", None, 0, "192.0.2.7"),
        ("192.0.2.7", "203.0.113.9", 0, "192.0.2.7"),
        ("127.0.0.1", "203.0.113.9", 1, "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", 1, "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", None, 0, "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", None, 0, "2001:db8:1:2::"),
    ],
)
def test_the_address_is_the_clients_and_cannot_be_made_up(
    settings, remote, forwarded, proxies, address
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert address_of(RequestFactory().post("/", REMOTE_ADDR=remote, headers=headers)) == address


def test_no_address_stands_in_the_cache(monkeypatch):
    keys = []
    monkeypatch.setattr(cache, "set", lambda key, *rest, **extra: keys.append(key))
    count_guest("192.0.2.1", NOW)
    assert len(keys) == 1
    assert "192.0.2.1" not in keys[0]


def test_the_limits_of_sign_in_answer_with_the_same_page(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    for _ in range(2):
        reply = client.post("/accounts/login/", {"login": "a@example.org", "password": "x"})
    assert reply.status_code == 429
    assert reply.headers["Retry-After"] == "60"
    assert "Please wait 1 minute and" in reply.text
