"""What other rooms do in the transaction in which facts changed: they register it here.

Questions made of changed facts are held back before anybody can see the change, and only the
rooms below know of questions; a caller who had to remember that would one day forget.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import F

from quiz.facts.base import Fact
from quiz.facts.models import Topic


@dataclass(frozen=True, slots=True)
class Changed:
    """Facts of one topic that are no longer what they were; `before` is how some of them stood.

    from_file: a load, which its caller may follow with making all questions of the topic. names:
    all that happened to these facts is that an entity of theirs may be called so too; unheard:
    in no text of the topic, so that only what is typed is graded otherwise. whole: what changed
    may bear on any question of the topic.
    """

    topic: Topic
    facts: Collection[int]
    before: tuple[Fact, ...]
    now: datetime
    from_file: bool = False
    names: tuple[str, ...] = ()
    unheard: bool = False
    whole: bool = False


class Follower(Protocol):
    def __call__(self, changed: Changed, /) -> None: ...


_followers: list[Follower] = []


def register(follower: Follower) -> Follower:
    """Let a room follow every change; used as a decorator where rooms are imported at start."""
    if follower not in _followers:
        _followers.append(follower)
    return follower


def tell(changed: Changed) -> None:
    """Count the change and call all followers, inside its transaction."""
    Topic.objects.filter(pk=changed.topic.pk).update(changes=F("changes") + 1)
    for follower in _followers:
        follower(changed)
