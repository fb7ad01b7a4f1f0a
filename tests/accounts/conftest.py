import re

import pytest
from django.core.cache import cache

from quiz.accounts.middleware import GUEST_KEY
from quiz.accounts.models import User

PASSWORD = "quiet river under stones"


@pytest.fixture(autouse=True)
def fresh_rate_limits():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def password():
    return PASSWORD


@pytest.fixture
def account(db):
    return User.objects.create_user("ana@example.org", PASSWORD, name="Ana")


@pytest.fixture
def guest(client, db):
    """A guest whose id stands in the client's session, as after Start."""
    guest = User.objects.create_guest()
    session = client.session
    session[GUEST_KEY] = guest.pk
    session.save()
    return guest


@pytest.fixture
def code_in(mailoutbox):
    """The code in the last e-mail."""

    def read():
        return re.match(r"\S+", mailoutbox[-1].body).group()

    return read


@pytest.fixture
def sign_up(client, password):
    def post(email, **extra):
        data = {"email": email, "password1": password, **extra}
        return client.post("/accounts/signup/", data)

    return post


@pytest.fixture
def confirm(client):
    def post(code):
        return client.post("/accounts/confirm-email/", {"code": code})

    return post


@pytest.fixture
def sign_in(client):
    def post(email, password):
        return client.post("/accounts/login/", {"login": email, "password": password})

    return post
