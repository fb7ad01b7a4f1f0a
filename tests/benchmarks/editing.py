"""How long an edit takes until its questions are served again, over all kinds of fact."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import median
from time import perf_counter, process_time

from django.utils import timezone

from quiz.facts.actions import editing, restore_fact, retract_fact, revise_fact
from quiz.facts.entities import add_alias
from quiz.facts.models import Entity, Fact, Topic
from quiz.questions.actions import generate_questions
from quiz.questions.models import QuestionVersion
from tests.benchmarks.generation import memory
from tests.benchmarks.synthetic import FIRST_DAY, PLACES, make_topic

ROUNDS = 3
Edit = tuple[str, Callable[[], object]]


def run(facts: int) -> None:
    print(f"\nEditing one of {facts:,} facts")
    topic = make_topic(facts)
    generate_questions(topic=topic, now=timezone.now())
    whole: list[tuple[float, float]] = []
    by_kind: dict[str, list[tuple[float, float]]] = {}
    before = memory()
    for kind, edit in edits(topic, facts):
        wall, used = perf_counter(), process_time()
        edit()
        spent = perf_counter() - wall, process_time() - used
        whole.append(spent)
        by_kind.setdefault(kind, []).append(spent)
        stale = QuestionVersion.objects.filter(state=QuestionVersion.State.STALE)
        assert not stale.filter(question__retired=False).exists()
    for kind, rows in by_kind.items():
        tell(kind, rows)
    tell(f"all {len(whole)}", whole)
    print(f"  memory: {before:,.0f} MB before, at most {memory():,.0f} MB", flush=True)


def tell(name: str, rows: list[tuple[float, float]]) -> None:
    walls, used = [wall for wall, _ in rows], [cpu for _, cpu in rows]
    print(
        f"  {name:10} median {median(walls):.2f} s of wall, {median(used):.2f} s of this process;"
        f" longest {max(walls):.2f} s",
        flush=True,
    )


def edits(topic: Topic, facts: int) -> Iterator[Edit]:
    """One of each kind in turn, on facts that lie far apart."""
    for n in range(ROUNDS):
        at = (facts // ROUNDS * n) // 4 * 4
        yield "date", lambda at=at: _move_date(_fact(topic, at), at)
        yield "figure", lambda at=at: _change_figure(_fact(topic, at + 1), at)
        yield "identity", lambda at=at: _move_place(_fact(topic, at + 2), at)
        yield "statement", lambda at=at: _reword(_fact(topic, at + 3))
        yield "alias", lambda n=n: _name(n)
        yield "retracted", lambda at=at: _retract(_fact(topic, at + 4))
        yield "restored", lambda at=at: _restore(_fact(topic, at + 4))


def _fact(topic: Topic, n: int) -> Fact:
    return Fact.objects.get(topic=topic, slug=f"fact-{n}")


def _revise(fact: Fact, **changes: object) -> None:
    why = "measured"
    revise_fact(fact=fact, changes=changes, change="wrong", why=why, by=None, now=timezone.now())


def _marked(fact: Fact, text: str) -> str:
    before, _, rest = fact.sentence.partition("[[")
    return f"{before}[[{text}]]{rest.partition(']]')[2]}"


def _move_date(fact: Fact, n: int) -> None:
    day = FIRST_DAY + timedelta(days=(n * 37 + 400) % 9_000)
    sentence = _marked(fact, f"{day.day} {day:%B %Y}")
    _revise(fact, when_edtf=day.isoformat(), sentence=sentence)


def _change_figure(fact: Fact, n: int) -> None:
    text = f"{2_000 + n * 31 % 50_000:,}"
    _revise(fact, amount_text=text, sentence=_marked(fact, text))


def _move_place(fact: Fact, n: int) -> None:
    place = Entity.objects.get(slug=f"place-{(n * 31 + 7) % PLACES}")
    now = timezone.now()
    with editing(fact, change="wrong", why="measured", by=None, now=now):
        fact.answers.update(entity=place)
        Fact.objects.filter(pk=fact.pk).update(sentence=_marked(fact, place.name))


def _reword(fact: Fact) -> None:
    content = fact.content.replace("rebuilt", "moved")
    _revise(fact, content=content, sentence=fact.sentence.replace("rebuilt", "moved"))


def _name(n: int) -> None:
    person = Entity.objects.get(slug=f"person-{n * 7}")
    now = timezone.now()
    add_alias(entity=person, text=f"Speaker {n} of note", kind="short", accept=True, now=now)


def _retract(fact: Fact) -> None:
    retract_fact(fact=fact, why="measured", by=None, now=timezone.now())


def _restore(fact: Fact) -> None:
    restore_fact(fact=fact, why="measured", by=None, now=timezone.now())
