"""Which facts may be about the same thing: what one of them says bears on the others."""

from collections.abc import Collection

from django.db.models import Q

from quiz.facts.models import Fact


def about_the_same(fact_ids: Collection[int]) -> Q:
    """Facts of the same topic with a measure or family of these, and maybe the same subject.

    A measure may be shared by thousands of subjects; a fact without a subject may be about any.
    """
    rows = Fact.objects.filter(pk__in=fact_ids, measure__isnull=False).order_by()
    subjects: dict[tuple[tuple[str, int], ...], set[int | None]] = {}
    for topic, measure, family, subject in rows.values_list(
        "topic", "measure", "measure__family", "subject"
    ):
        what = ("measure__family", family) if family is not None else ("measure", measure)
        subjects.setdefault((("topic", topic), what), set()).add(subject)
    found = Q(pk__in=[])
    for about, those in subjects.items():
        near = Q(*about)
        if None not in those:
            near &= Q(subject__in=those) | Q(subject=None)
        found |= near
    return found
