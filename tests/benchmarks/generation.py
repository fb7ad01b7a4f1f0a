"""How fast questions are made and stored, and in how much memory."""

import resource
from time import perf_counter, process_time

from django.utils import timezone

from quiz.questions.actions import generate_questions
from quiz.questions.models import QuestionVersion
from tests.benchmarks.synthetic import make_topic


def run(facts: int) -> None:
    print(f"\nGeneration from {facts:,} facts")
    begun = perf_counter()
    topic = make_topic(facts)
    print(f"  facts made in {perf_counter() - begun:.1f} s")
    before = memory()
    for title in ("first run", "second run, nothing changed"):
        begun, used = perf_counter(), process_time()
        summary = generate_questions(topic=topic, now=timezone.now())
        seconds, spent = perf_counter() - begun, process_time() - used
        print(
            f"  {title}: {summary.stored:,} questions in {seconds:.1f} s,"
            f" {summary.stored / seconds:,.0f} a second"
            f" ({summary.stored / spent:,.0f} a second of this process)"
        )
    served = QuestionVersion.objects.served().count()
    print(f"  {served:,} of them are served; by form: {dict(summary.unchanged)}")
    print(f"  memory: {before:,.0f} MB before, at most {memory():,.0f} MB")


def memory() -> float:
    """The most memory that this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
