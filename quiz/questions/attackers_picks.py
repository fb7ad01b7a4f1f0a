"""What each attacker chooses. A pick gives every option a share; ties share evenly.

So a tie is worth exactly chance, and no luck of a drawn tie can flag or excuse a form.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from quiz.facts.quantities import significant_digits
from quiz.questions.attackers_bank import Choice
from quiz.questions.distractors_numbers import digits_of

Scores = Sequence[float]
Pick = Callable[[Choice, "Seen"], Scores]
_WORD = re.compile(r"\w+")
_RELATED = (2.0, 10.0)


@dataclass(eq=False)
class Seen:
    """What an attacker who has seen the whole bank of a form remembers of it."""

    choices: Sequence[Choice]
    vectors: dict[str, Mapping[str, float]] = field(default_factory=dict)

    @cached_property
    def shown(self) -> Counter[str]:
        """How often each name is offered; the premises of one matching offer it once."""
        return Counter(name for choice in self.choices if choice.part == 0 for name in choice.names)

    @cached_property
    def _in_texts(self) -> tuple[Counter[str], int]:
        found: Counter[str] = Counter()
        count = 0
        for choice in self.choices:
            for text in (choice.asked, *choice.texts):
                found.update(set(words(text)))
                count += 1
        return found, count

    def vector(self, text: str) -> Mapping[str, float]:
        """TF-IDF weights of a text, of length one."""
        if text not in self.vectors:
            occurs, count = self._in_texts
            weights = {
                word: times * math.log((1 + count) / (1 + occurs[word]))
                for word, times in Counter(words(text)).items()
            }
            length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
            self.vectors[text] = {word: weight / length for word, weight in weights.items()}
        return self.vectors[text]

    def overlap(self, choice: Choice) -> tuple[float, ...]:
        """Cosine of the question with each of its options."""
        asked = self.vector(choice.asked)
        return tuple(
            sum(weight * asked.get(word, 0.0) for word, weight in self.vector(text).items())
            for text in choice.texts
        )


def words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def share_of(scores: Scores, right: Iterable[int]) -> float:
    """The chance to be right of one who takes the highest score, and draws among ties."""
    best = max(scores)
    taken = {place for place, score in enumerate(scores) if score >= best - 1e-9}
    return len(taken & set(right)) / len(taken)


def lengths(choice: Choice) -> tuple[int, ...]:
    return tuple(map(len, choice.texts))


def digits(choice: Choice) -> tuple[int, ...]:
    return tuple(significant_digits(digits_of(text) or "0") for text in choice.texts)


def ranks(choice: Choice) -> tuple[int, ...]:
    """The place of each value in ascending order; the place shown where there are no values."""
    if not choice.values:
        return tuple(range(choice.size))
    ascending = sorted(range(choice.size), key=lambda place: choice.values[place])
    rank = {place: n for n, place in enumerate(ascending)}
    return tuple(rank[place] for place in range(choice.size))


def position(place: int) -> Pick:
    return lambda choice, _: [float(other == place) for other in range(choice.size)]


def middle(choice: Choice, _: Seen) -> Scores:
    centre = (choice.size - 1) / 2
    return [-abs(rank - centre) for rank in ranks(choice)]


def medoid(choice: Choice, _: Seen) -> Scores:
    """Nearest to all others; numbers of one sign by their ratio."""
    values = choice.values
    if choice.kind == "number" and min(values) > 0:
        values = tuple(map(math.log, values))
    return [-sum(abs(value - other) for other in values) for value in values]


def roundest(choice: Choice, _: Seen) -> Scores:
    return [-count for count in digits(choice)]


def most_precise(choice: Choice, _: Seen) -> Scores:
    return digits(choice)


def half_double_ten(choice: Choice, _: Seen) -> Scores:
    """The value of which most others are the half, the double, a tenth, or ten times."""

    def is_related(one: float, other: float) -> bool:
        small, large = sorted((abs(one), abs(other)))
        return small > 0 and any(abs(large / small - factor) < 0.02 for factor in _RELATED)

    return [
        sum(is_related(value, other) for other in choice.values if other != value)
        for value in choice.values
    ]


def shared_first_digits(choice: Choice, _: Seen) -> Scores:
    """The value that begins, and is as long, as most others are."""
    heads = [digits_of(text).lstrip("0.")[:1] for text in choice.texts]
    sizes = [len(digits_of(text)) for text in choice.texts]
    return [heads.count(head) + sizes.count(size) for head, size in zip(heads, sizes, strict=True)]


def longest(choice: Choice, _: Seen) -> Scores:
    return lengths(choice)


def shortest(choice: Choice, _: Seen) -> Scores:
    return [-length for length in lengths(choice)]


def most_shown(choice: Choice, seen: Seen) -> Scores:
    return [seen.shown[name] for name in choice.names]


def latest(choice: Choice, _: Seen) -> Scores:
    return choice.values


def earliest(choice: Choice, _: Seen) -> Scores:
    return [-value for value in choice.values]


def most_alike(choice: Choice, seen: Seen) -> Scores:
    return seen.overlap(choice)
