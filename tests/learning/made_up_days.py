"""Made-up banks of questions that tell each other's answers, and learners who answer them."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from graphlib import CycleError, TopologicalSorter
from zoneinfo import ZoneInfo

from django.http import QueryDict

from quiz.learning.answering import answer, leave_out
from quiz.learning.days import day_of, start_of
from quiz.learning.presenting import present
from quiz.learning.tokens import nonce_of, places_of, unseal
from quiz.learning.views.steps import next_in_round
from quiz.questions.models import QuestionFact, QuestionVersion
from tests.factories import FactFactory, ThreadFactory, TopicFactory, UserFactory
from tests.learning.class_of_one import make_version

FIRST_DAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
FORMS = ("choice", "choice", "typed", "true-false", "which-hedge", "which-first", "flashcard")
SENTENCE = "Fact {} is known by this long sentence."


def make_learner(rng):
    return UserFactory(
        time_zone=rng.choice(["UTC", "Asia/Seoul", "America/Los_Angeles", "Pacific/Kiritimati"]),
        day_start=rng.choice([0, 4, 12]),
        leave_out_grave=rng.random() < 0.2,
    )


def make_bank(rng):
    """One or two topics; the denser their telling, the fewer questions stand together."""
    topics = [TopicFactory() for _ in range(rng.choice([1, 1, 2]))]
    threads = {topic: [ThreadFactory(topic=topic, position=n) for n in range(2)]
               for topic in topics}  # fmt: skip
    facts = []
    for n in range(rng.choice([1, 4, 12, 24])):
        topic = rng.choice(topics)
        facts.append(
            FactFactory(
                topic=topic,
                thread=rng.choice(threads[topic]),
                sentence=SENTENCE.format(n),
                importance=rng.randint(1, 3),
                grave=rng.random() < 0.15,
                status="retracted" if rng.random() < 0.05 else "reported",
            )
        )
    density = rng.choice([0, 0.3, 1, 3])
    for fact in facts:
        for facet in rng.sample(["identity", "date"], rng.choice([1, 1, 2])):
            for form in sorted({rng.choice(FORMS) for _ in range(rng.randint(1, 3))}):
                _version(rng, fact, facet, form, facts, density)
        if rng.random() < 0.15:
            _matching(fact, rng.choice(facts))
    return topics


def _version(rng, fact, facet, form, facts, density):
    state = "held" if rng.random() < 0.08 else "served"
    held_by = "S8" if state == "held" else ""
    version = make_version(
        fact.topic, form, fact=fact, facet=facet, grave=fact.grave, state=state, held_by=held_by
    )
    told = rng.choices(facts, k=min(len(facts), int(rng.expovariate(1) * density)))
    others = {other.pk: other for other in told if other != fact}
    QuestionFact.objects.bulk_create(
        QuestionFact(version=version, fact=other, facet="identity", role=rng.choice(["rival", "distractor"]))
        for other in others.values()
    )  # fmt: skip
    texts = [fact.sentence, *(other.sentence for other in others.values() if rng.random() < 0.2)]
    version.feedback = version.feedback | {"sentence": " ".join(texts)}
    version.save(update_fields=["feedback"])


def _matching(fact, other):
    """A question of the first fact that asks both."""
    if fact == other or fact.topic != other.topic or fact.grave or other.grave:
        return
    version = make_version(fact.topic, "matching", fact=fact)
    made = version.uses.exclude(fact=fact).get()
    expected = version.expected
    expected["facts"]["1"] = [[f"{fact.topic.slug}/{other.slug}", "identity"]]
    version.save(update_fields=["expected"])
    QuestionFact.objects.filter(pk=made.pk).update(fact=other)
    made.fact.delete()


class Bank:
    """What questions ask and tell, read apart from the planner."""

    def __init__(self):
        self.own, self.asks, self.tells, self.grave = {}, {}, {}, {}
        sentences = {}
        served = QuestionVersion.objects.filter(state="served").select_related("question__fact")
        for version in served.prefetch_related("uses"):
            question = version.question.public_id
            self.own[question] = version.question.fact
            self.grave[question] = version.expected["grave"]
            uses = list(version.uses.all())
            self.asks[question] = {use.fact_id for use in uses if use.role == "key"}
            self.tells[question] = {use.fact_id for use in uses}
            sentences[question] = version.feedback["sentence"]
        for question, sentence in sentences.items():
            self.tells[question] |= {fact.pk for fact in {*self.own.values()}
                                     if fact.sentence in sentence}  # fmt: skip

    def stand_together(self, questions, told):
        """Whether there is an order in which none of them is told before it is asked."""
        counts = Counter(fact for question in questions for fact in self.asks[question])
        if any(count > 1 for count in counts.values()) or told & {*counts}:
            return False
        before = {
            question: {
                other
                for other in questions
                if other != question and self.tells[question] & self.asks[other]
            }
            for question in questions
        }
        try:
            TopologicalSorter(before).prepare()
        except CycleError:
            return False
        return True


def at_hour(learner, day, hours):
    """So many hours into the learner's day."""
    begun = start_of(day, ZoneInfo(learner.time_zone), learner.day_start)
    return begun + timedelta(hours=hours)


def today(learner, now):
    return day_of(now, ZoneInfo(learner.time_zone), learner.day_start)


def play(learner, round_, now, rng, *, most=None, right=0.6):
    """Answer a round, or its first `most` showings; return (question, mark) of each, and the rest."""
    shown = []
    while most is None or len(shown) < most:
        asked, round_ = next_in_round(learner, round_)
        if asked is None:
            break
        card = present(asked, learner=learner, now=now, round_=round_)
        token = unseal(card.token, learner.public_id, now)
        if asked.is_grave and rng.random() < 0.3:
            found = leave_out(learner=learner, token=token, now=now)
        else:
            posted = _posted(asked, token, learner, is_right=rng.random() < right)
            found = answer(learner=learner, token=token, posted=posted, now=now)
        shown.append((asked.question, found.mark))
        round_ = found.round
    return shown, round_


def _posted(asked, token, learner, *, is_right):
    posted = QueryDict(mutable=True)
    if not is_right:
        posted["dont_know"] = "1"
        return posted
    nonce = nonce_of(token, learner=learner.pk, fact=asked.fact, facet=asked.facet)
    places = places_of(token, nonce, len(asked.options), asked.expected.get("order", "given"))
    if "pairs" in asked.expected:
        for row, stored in asked.expected["pairs"].items():
            posted[f"pair-{row}"] = str(places.index(stored))
    elif "right" in asked.expected:
        posted["choice"] = str(places.index(asked.expected["right"][0]))
    else:
        posted["text"] = asked.expected["shown"]
    return posted
