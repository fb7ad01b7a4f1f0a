"""Two requests that merge one guest at the same moment move everything once."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from quiz.accounts import merging
from quiz.accounts.models import User
from tests.factories import NOW, AttemptFactory, UserFactory


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_at_once_one_does_it(monkeypatch):
    calls = []

    def move_attempts(*, guest, user, now):
        calls.append(guest.pk)
        guest.attempts.update(learner=user)

    monkeypatch.setattr(merging, "_parts", [move_attempts])
    guest, user = User.objects.create_guest(), UserFactory()
    AttemptFactory(learner=guest)
    start, results = Barrier(2), []

    def merge():
        start.wait()
        try:
            results.append(merging.merge_guest(guest, user, NOW))
        finally:
            connection.close()

    threads = [Thread(target=merge) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False, True]
    assert calls == [guest.pk]
    assert user.attempts.count() == 1
