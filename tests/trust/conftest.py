import pytest
from django.core.cache import cache

from tests.trust.world import World


@pytest.fixture(autouse=True)
def fresh_rate_limits():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def world(db):
    return World()
