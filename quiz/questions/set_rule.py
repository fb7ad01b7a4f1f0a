"""Which questions a set takes by rule: the filter a teacher states, and a fair choice within it.

Pure: `quiz.questions.sets` turns the rule into a query and hands the rows over.
"""

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Self

MOST_QUESTIONS = 100


@dataclass(frozen=True, slots=True)
class SetRule:
    """A filter over facts and forms; an empty tuple means "any".

    importance is the least important level taken: 1 is core only, 3 everything.
    """

    threads: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    importance: int = 3
    grave: bool = True
    number: int = 10

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what `as_json` stored; a key that is missing keeps its default."""
        read: dict[str, Any] = {
            name: tuple(map(str, stored[name]))
            for name in ("threads", "kinds", "statuses", "forms")
            if name in stored
        }
        for name in ("importance", "grave", "number"):
            if name in stored:
                read[name] = stored[name]
        return cls(**read)

    def as_json(self) -> dict[str, Any]:
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }


def short_of(asked: int, found: int, *, is_more: bool = False) -> str:
    """What a teacher is told where a rule gives fewer questions than were asked for."""
    if found >= asked:
        return ""
    if is_more and not found:
        return "Every fact that fits is in this set already."
    counted = f"{found} {'more ' if is_more else ''}question{'' if found == 1 else 's'}"
    return f"{counted}: all that these facts and forms give; you asked for {asked}."


def choose_facts(facts: Iterable[tuple[int, int, int]], number: int, seed: str) -> tuple[int, ...]:
    """Choose facts from (fact, thread, importance): core first, one thread after another.

    Deterministic in `seed`; the threads take turns, so that none crowds out the others.
    """
    queues: dict[int, deque[tuple[int, int]]] = {}
    for fact, thread, importance in sorted(facts, key=lambda row: (row[2], _draw(seed, row[0]))):
        queues.setdefault(thread, deque()).append((fact, importance))
    chosen: list[int] = []
    for importance in (1, 2, 3):
        turn = deque(sorted(queues))
        while turn and len(chosen) < number:
            thread = turn.popleft()
            queue = queues[thread]
            if queue and queue[0][1] == importance:
                chosen.append(queue.popleft()[0])
                turn.append(thread)
    return tuple(chosen)


def choose_questions(facts: Iterable[Sequence[tuple[str, int]]], seed: str) -> tuple[int, ...]:
    """Choose one question of each fact, so that the forms are used about equally often.

    A fact is given as its (form, question) pairs; one that has none is passed over.
    """
    used: Counter[str] = Counter()
    chosen: list[int] = []
    for questions in facts:
        if not questions:
            continue
        form, question = min(questions, key=lambda row: (used[row[0]], _draw(seed, row[0]), row[1]))
        used[form] += 1
        chosen.append(question)
    return tuple(chosen)


def _draw(seed: str, what: object) -> str:
    return sha256(f"{seed}:{what}".encode()).hexdigest()
