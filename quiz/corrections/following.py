"""What every change to facts brings with it: held questions now, new ones after the commit."""

from functools import partial

from django.db import transaction

from quiz.corrections.actions import file_in_outbox, give_notice, work_through
from quiz.corrections.hand_written import rewrite_hand_written
from quiz.facts.following import Changed, register
from quiz.questions.actions import hold_named, hold_stale, hold_topic
from quiz.questions.models import Question


@register
def hold_and_remake(changed: Changed) -> None:
    """Hold the questions at once; make them anew when the change is committed.

    What is held is safe whatever happens next: the outbox keeps what a crash would lose, and the
    next edit or `generate_questions` takes it up. A first load has nothing to make anew.
    """
    if changed.whole:
        hold_topic(topic=changed.topic)
    elif changed.unheard:
        hold_named(fact_ids=changed.facts)
    else:
        hold_stale(fact_ids=changed.facts)
    give_notice(fact_ids=changed.facts, now=changed.now)
    rewrite_hand_written(fact_ids=changed.facts, now=changed.now)
    if changed.from_file and not Question.objects.filter(fact__topic=changed.topic).exists():
        return
    file_in_outbox(fact_ids=changed.facts, now=changed.now)
    remake = partial(
        work_through,
        topic=changed.topic,
        before=changed.before,
        now=changed.now,
        renamed=changed.facts if changed.names else (),
        names=changed.names,
        unheard=changed.unheard,
        whole=changed.whole,
    )
    transaction.on_commit(remake, robust=True)
