"""Which questions there are for a fact, what each of them asks, and whose answers it tells."""

from collections.abc import Callable, Collection, Iterable

from django.db.models import F, QuerySet

from quiz.learning.queue import Offer
from quiz.questions.models import Question, QuestionFact, QuestionVersion

NAMES = ("speaker", "identity")


def offers_of(
    facts: Collection[int], forms: Callable[[str], bool]
) -> dict[int, dict[str, list[Offer]]]:
    """The served questions of these facts, by fact and facet.

    Two narrow queries: joined into one, a database without statistics begins with all versions.
    """
    questions = {
        row[0]: row[1:]
        for row in Question.objects.filter(fact__in=facts, owner=None, retired=False)
        .order_by("fact", "facet", "form", "variant")
        .values_list("pk", "fact", "facet", "form", "public_id", "fact__revision")
    }
    versions = QuestionVersion.objects.filter(
        question__in=questions, state=QuestionVersion.State.SERVED
    ).order_by()
    served = {
        row[0]: row[1:]
        for row in versions.values_list("question", "fact_revision", "expected__shown")
    }
    rows = []
    for question, (fact, facet, form, public_id, revision) in questions.items():
        of_revision, shown = served.get(question, (None, None))
        if of_revision == revision:
            rows.append((fact, facet, form, public_id, shown))
    return _offers(rows, forms)


def offers_again(
    facts: Collection[int], forms: Callable[[str], bool]
) -> dict[int, dict[str, list[Offer]]]:
    """The served questions that ask these facts, alone or among others, by fact and facet.

    Who has met a fact may be asked any question about it, a teacher's own included. Two narrow
    queries, as above.
    """
    uses = list(
        QuestionFact.objects.filter(fact__in=facts, role=QuestionFact.Role.KEY)
        .order_by()
        .values_list("fact", "facet", "version")
    )
    versions = QuestionVersion.objects.filter(
        pk__in={version for _, _, version in uses},
        state=QuestionVersion.State.SERVED,
        fact_revision=F("question__fact__revision"),
        question__retired=False,
    ).order_by()
    served = {
        row[0]: row[1:]
        for row in versions.values_list(
            "pk", "question__form", "question__variant", "question__public_id", "expected__shown"
        )
    }
    rows = sorted(
        (fact, facet, *served[version][:3], version)
        for fact, facet, version in uses
        if version in served
    )
    return _offers(
        ((fact, facet, form, question, served[version][3])
         for fact, facet, form, _, question, version in rows),
        forms,
    )  # fmt: skip


def _offers(
    rows: Iterable[tuple[int, str, str, str, object]], forms: Callable[[str], bool]
) -> dict[int, dict[str, list[Offer]]]:
    found: dict[int, dict[str, list[Offer]]] = {}
    for fact, facet, form, question, shown in rows:
        if forms(form):
            key = shown if facet in NAMES and isinstance(shown, str) else ""
            found.setdefault(fact, {}).setdefault(facet, []).append(Offer(question, form, key))
    return found


def asking_uses(uses: QuerySet[QuestionFact]) -> QuerySet[QuestionFact]:
    """The uses through which a fact is asked now."""
    return uses.filter(
        role=QuestionFact.Role.KEY,
        version__state=QuestionVersion.State.SERVED,
        version__fact_revision=F("version__question__fact__revision"),
        version__question__retired=False,
    )


def asked_and_told(
    questions: Iterable[str],
) -> tuple[dict[str, set[tuple[int, str]]], dict[str, set[int]]]:
    """What each question asks, and the facts whose answers it shows."""
    rows = (
        QuestionFact.objects.filter(version__question__public_id__in=list(questions))
        .exclude(version__state=QuestionVersion.State.REPLACED)
        .values_list(
            "version__question__public_id", "version__question__fact",
            "version__feedback__sentence", "fact", "facet", "role",
        )
    )  # fmt: skip
    asks: dict[str, set[tuple[int, str]]] = {}
    tells: dict[str, set[int]] = {}
    sentences: dict[str, str] = {}
    stating: dict[str, set[int]] = {}
    for question, own, sentence, fact, facet, role in rows:
        plain = (sentence or "").replace("[[", "").replace("]]", "").casefold()
        sentences[question] = plain
        stating.setdefault(plain, set()).add(own)
        tells.setdefault(question, set()).add(fact)
        if role == QuestionFact.Role.KEY:
            asks.setdefault(question, set()).add((fact, facet))
    # A date's feedback may say word for word what another fact states.
    told = {
        sentence: {fact for other, facts in stating.items() if other and other in sentence
                   for fact in facts}
        for sentence in stating
    }  # fmt: skip
    for question, sentence in sentences.items():
        tells[question] |= told[sentence]
    return asks, tells
