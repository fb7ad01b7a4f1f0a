"""What was let count once: held against every edit, and ended when an editor says so."""

from collections.abc import Iterable
from datetime import datetime

from quiz.facts.actions import Edit, facts_near
from quiz.facts.mistakes import Mistake
from quiz.facts.models import Fact, Topic
from quiz.facts.snapshot import snapshot_of
from quiz.questions import cases
from quiz.questions.actions import SEED
from quiz.questions.auditing import cases_of
from quiz.questions.models import GradingCase
from quiz.questions.world import World


def has_cases(fact: Fact) -> bool:
    """Whether a change to the fact may end what an editor let count."""
    near = facts_near(fact).values("pk")
    return GradingCase.objects.filter(fact__in=near, ended_at=None).exists()


def broken_by(edit: Edit, topic: Topic, now: datetime) -> list[GradingCase]:
    """The kept cases of the facts changed by an edit that are graded otherwise after it."""
    rows = GradingCase.objects.filter(fact__in=edit.changed, ended_at=None)
    if not rows:
        return []
    near = Fact.objects.filter(pk__in=[*edit.records, *edit.changed])
    world = World(snapshot_of(topic, near), SEED)
    ids = {row.pk for row in rows}
    kept = [case for case in cases_of(topic) if case.id in ids]
    failing = [case.id for case, _ in cases.failing(kept, world, now.date())]
    return list(GradingCase.objects.filter(pk__in=failing).select_related("fact"))


def failing_cases(topics: Iterable[Topic], now: datetime) -> list[GradingCase]:
    """Every kept case of these topics that is graded otherwise now."""
    ids: list[int] = []
    for topic in topics:
        kept = cases_of(topic)
        slugs = {case.fact.partition("/")[2] for case in kept}
        if slugs:
            chosen = Fact.objects.filter(topic=topic, slug__in=slugs)
            world = World(snapshot_of(topic, chosen), SEED)
            ids += [case.id for case, _ in cases.failing(kept, world, now.date())]
    return list(GradingCase.objects.filter(pk__in=ids).select_related("fact__topic"))


def end_cases(rows: Iterable[GradingCase], now: datetime) -> None:
    GradingCase.objects.filter(pk__in=[row.pk for row in rows]).update(ended_at=now)


def as_mistakes(rows: Iterable[GradingCase]) -> list[Mistake]:
    """What an edit would end, for the form of the edit."""
    what = "was let count for “{}” and would count no more. Confirm that, or keep it right."
    return [
        Mistake("", "ends_cases", f"“{row.given}” " + what.format(row.fact.label)) for row in rows
    ]
