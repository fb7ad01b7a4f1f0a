"""Grades an answer that is several names: all right together, one alone partly right."""

import re
from collections.abc import Iterable, Sequence

from quiz.questions.grade_names import grade_name
from quiz.questions.graded import Graded, Verdict, graded
from quiz.questions.name_index import NameCard, NameIndex

WHOLE_NAME = frozenset({"exact", "order", "squeezed", "symbol"})
MOST_PARTS = 12  # who lists more has not answered
LONGEST_PAIR = 12  # words of two names side by side
Named = tuple[NameCard, Graded]
NAMES_JOINED = re.compile(r"\s+and\s+|\s*[&,;+/]\s*", re.IGNORECASE)


def grade_names(
    names: Sequence[NameCard], others: Iterable[NameCard] | NameIndex, given: str
) -> Graded:
    """Grade an answer that is several names, all right together; one alone is partly right."""
    index = others if isinstance(others, NameIndex) else NameIndex(others)
    if len(names) == 1:
        return grade_name(names[0], index, given)
    whole = _best(names, index, given)[1]
    results = _graded_parts(names, index, given[:1000], whole)
    hits = {card for card, result in results if result.is_right}
    # "William Ramsay, Lord Rayleigh" is no name with an office after it.
    if len(hits) < len(names) and (whole.code in WHOLE_NAME or (whole.is_right and not hits)):
        return graded(Verdict.PARTIAL, "one_of_several", "Partly: that is one of them.")
    if not results:
        return whole
    return _grade_parts(len(names), len(hits), [result for _, result in results])


def _graded_parts(
    names: Sequence[NameCard], index: NameIndex, given: str, whole: Graded
) -> list[Named]:
    """Each name of a text for itself, whatever joins them."""
    parts = [part for part in NAMES_JOINED.split(given) if part.strip()]
    if len(parts) > MOST_PARTS:
        return []
    if len(parts) > 1:
        return _with_shared_surname(names, index, parts)
    words = given.split()
    if len(names) != 2 or whole.is_right or not 2 <= len(words) <= LONGEST_PAIR:
        return []
    for place in range(1, len(words)):
        halves = " ".join(words[:place]), " ".join(words[place:])
        results = [_best(names, index, half) for half in halves]
        if all(result.is_right for _, result in results) and results[0][0] != results[1][0]:
            return results
    return []


def _with_shared_surname(
    names: Sequence[NameCard], index: NameIndex, parts: list[str]
) -> list[Named]:
    """“Pierre and Marie Curie”: the surname at the end holds for the given name before it."""
    results = [_best(names, index, part) for part in parts]
    taken = {card for card, result in results if result.is_right}
    last = parts[-1].split()
    for place, part in enumerate(parts[:-1]):
        if results[place][1].is_right:
            continue
        for start in range(max(1, len(last) - 3), len(last)):
            found = _best(names, index, " ".join((part, *last[start:])))
            if found[1].is_right and found[0] not in taken:
                results[place] = found
                taken.add(found[0])
                break
    return results


def _grade_parts(wanted: int, hits: int, results: list[Graded]) -> Graded:
    wrong = sum(not result.is_right for result in results)
    if hits == wanted and not wrong:
        notes = " ".join(dict.fromkeys(result.note for result in results if result.note))
        verdict = Verdict.ACCEPT_WITH_NOTE if notes else Verdict.ACCEPT
        return graded(verdict, "all_names", notes)
    for result in results:
        if result.verdict is Verdict.ASK_AGAIN:
            return result
    if hits and hits >= wrong:
        # As of a range: one end that fits is half of it, though the other doesn't.
        note = "Partly: one name doesn't fit." if wrong else "Partly: a name is missing."
        return graded(Verdict.PARTIAL, "some_names", note)
    return graded(Verdict.REJECT, "another_name")


def _best(names: Sequence[NameCard], index: NameIndex, given: str) -> Named:
    """The card that a text names best, and how it is graded; all cards are right together."""
    rank = {Verdict.ACCEPT: 0, Verdict.ACCEPT_WITH_NOTE: 1, Verdict.ASK_AGAIN: 2}
    results = [(card, grade_name(card, index, given)) for card in names]
    return min(results, key=lambda pair: rank.get(pair[1].verdict, 3))
