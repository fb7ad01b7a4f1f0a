import pytest

from tests.factories import GuestFactory, ThreadFactory, TopicFactory, UserFactory
from tests.learning.class_of_one import Browser, make_version


@pytest.fixture
def topic(db):
    return TopicFactory(slug="a-topic", headline="Who says what")


@pytest.fixture
def thread(topic):
    return ThreadFactory(topic=topic, title="Kursk", reading="A short reading of our own.")


@pytest.fixture
def learner(db):
    return UserFactory(time_zone="Europe/Berlin")


@pytest.fixture
def guest(db):
    return GuestFactory()


@pytest.fixture
def tab(learner):
    return Browser(learner)


@pytest.fixture
def versions(topic):
    return [make_version(topic) for _ in range(3)]


def version_of(page_stem, versions):
    return next(version for version in versions if version.stem == page_stem)
