"""What somebody sees who knows nothing and looks at the options alone: the attackers' bank.

Everything is as presented: numbers and dates ascend, names are shuffled by a fixed nonce.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import InvalidOperation
from typing import Any, Final

from quiz.questions.distractors_numbers import plain_number
from quiz.questions.present import displayed_order
from quiz.questions.read_options import date_of
from quiz.questions.rules import VALUED

# Fixed for good: with another secret other shufflings would be tried.
SECRET: Final = b"the attackers see what a learner may see"
NUMBER, DATE, NAME, TEXT, FIXED = "number", "date", "name", "text", "fixed"
# Every item of these shows the same words.
FIXED_FORMS = frozenset({"true-false", "says-so", "standing", "which-hedge"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision to take: the options in the order shown, and which of them are right.

    part: 0 but for the later premises of a matching item. values: numbers or first days, where
    there are any.
    """

    id: str
    form: str
    facet: str
    kind: str
    asked: str
    texts: tuple[str, ...]
    names: tuple[str, ...]
    right: frozenset[int]
    values: tuple[float, ...] = ()
    part: int = 0

    @property
    def groups(self) -> tuple[str, ...]:
        """Its form, and the facet as well where the form asks several kinds of value."""
        return (self.form, f"{self.form} {self.facet}") if self.form in VALUED else (self.form,)

    @property
    def size(self) -> int:
        return len(self.texts)

    @property
    def chance(self) -> float:
        return len(self.right) / len(self.texts)

    @property
    def key(self) -> int:
        return min(self.right)


def choices_of(
    *,
    item: str,
    form: str,
    facet: str,
    stem: str,
    options: Sequence[Mapping[str, Any]],
    expected: Mapping[str, Any],
) -> Iterator[Choice]:
    """The decisions of one stored question: one, or one for every premise of a matching."""
    if len(options) < 2:
        return
    frame = expected.get("frame", [])
    places = displayed_order(SECRET, item, len(options), expected.get("order", "given"))
    shown_at = {stored: place for place, stored in enumerate(places)}
    texts = tuple(str(options[place]["text"]) for place in places)
    names = tuple(str(options[place].get("entity") or options[place]["text"]) for place in places)
    kind, values = _kind(form, facet, texts, options)

    def decision(asked: str, right: Sequence[int], part: int = 0) -> Choice:
        shown = frozenset(shown_at[stored] for stored in right)
        return Choice(item, form, facet, kind, asked, texts, names, shown, values, part)

    if "pairs" in expected:
        for part, premise in enumerate(frame):
            yield decision(premise, [expected["pairs"][str(part)]], part)
    elif "sequence" in expected:
        yield decision(stem, expected["sequence"][:1])
    elif expected.get("right"):
        yield decision(" ".join([stem, *frame]), expected["right"])


def _kind(
    form: str, facet: str, texts: Sequence[str], options: Sequence[Mapping[str, Any]]
) -> tuple[str, tuple[float, ...]]:
    if form in FIXED_FORMS:
        return FIXED, ()
    # "1,500" is no year: what a number is, the facet tells.
    dates = [date_of(text) if facet == "date" else None for text in texts]
    if all(dates):
        return DATE, tuple(float(when.first_day) for when in dates if when is not None)
    if all(option.get("entity") for option in options):
        return NAME, ()
    if all(_starts_a_number(text) for text in texts):
        try:
            return NUMBER, tuple(float(plain_number(text)) for text in texts)
        except InvalidOperation:
            return TEXT, ()
    return TEXT, ()


def _starts_a_number(text: str) -> bool:
    return text.lstrip("−-$€£")[:1].isdigit()


def last_day_of_key(choice: Choice) -> int | None:
    when = date_of(choice.texts[choice.key]) if choice.kind == DATE else None
    return when.last_day if when is not None else None
