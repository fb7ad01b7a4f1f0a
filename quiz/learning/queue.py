"""What is asked next, and in which form: the plan of a round or of a day's review.

Pure: candidates and their questions in, an order of questions out. What is due comes first, then
new facts in the order given (core first, one thread at a time). One question for a fact: its other
facets wait for another day.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from quiz.learning.rating import BINARY, RECALL, SELF_RATED

SPECIAL = frozenset(
    "which-hedge what-counted can-you-tell chain standing whose-words which-source ordering".split()
)
TYPED = RECALL | {"estimate"}
# Of any ten questions at least two in a special form, where there are such, at most 15 % between
# two answers, and at least 40 % recalled unaided of what is firm enough for it.
SPECIAL_SHARE = 0.2
BINARY_SHARE = 0.15
RECALL_SHARE = 0.4
SAME_KEY_SHARE = 0.2
FIRM_DAYS = 7
WEAK_CHANCE = 0.5
OTHER_FORM_EVERY = 4

type Forms = Callable[[str], bool]


def not_self_rated(form: str) -> bool:
    return form not in SELF_RATED


@dataclass(frozen=True, slots=True)
class Offer:
    """A question that may be shown; `key` is its right answer where that is somebody's name."""

    question: str
    form: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A facet of a fact that could be asked now; stability and chance are None until rated."""

    fact: int
    facet: str
    offers: tuple[Offer, ...]
    stability: float | None = None
    chance: float | None = None
    rated: int = 0
    last_form: str = ""
    is_missed: bool = False

    @property
    def is_new(self) -> bool:
        """Never answered: what was met and not rated has no stability either."""
        return self.stability is None and not self.last_form

    @property
    def is_firm(self) -> bool:
        return (
            self.stability is not None
            and self.stability >= FIRM_DAYS
            and (self.chance or 0) >= WEAK_CHANCE
        )


@dataclass(frozen=True, slots=True)
class Pick:
    candidate: Candidate
    offer: Offer


def choose(
    candidates: Sequence[Candidate],
    *,
    size: int,
    most_fresh: int,
    rng: Random,
    forms: Forms = not_self_rated,
) -> list[Pick]:
    """Pick up to `size` questions: what is due, mixed, then up to `most_fresh` new facts."""
    picks: list[Pick] = []
    reserve: list[Pick] = []
    facts: set[int] = set()
    for candidate in candidates:
        pick = _picked(candidate, rng, forms)
        if pick is None or candidate.fact in facts:
            continue
        if candidate.is_new:
            reserve.append(pick)
        elif len(picks) < size:
            facts.add(candidate.fact)
            picks.append(pick)
    rng.shuffle(picks)
    reserve = [pick for pick in reserve if pick.candidate.fact not in facts]
    room = min(size - len(picks), most_fresh)
    chosen = _without_repeated_keys(reserve, room, _most_of_a_key(size))
    picks += chosen
    picks = _with_specials(picks, [pick for pick in reserve if pick not in chosen], forms)
    picks = _with_recalls(picks, forms)
    return _with_few_binaries(picks, forms)


def ranked(candidate: Candidate, rng: Random, forms: Forms) -> list[Offer]:
    """The questions that may be asked, the best first; in the form asked last only if need be."""
    left = [offer for offer in candidate.offers if forms(offer.form)]
    rng.shuffle(left)
    wanted = _preference(candidate)

    def place(offer: Offer) -> tuple[bool, int]:
        fitting = (at for at, is_wanted in enumerate(wanted) if is_wanted(offer.form))
        return offer.form == candidate.last_form, next(fitting, len(wanted))

    return sorted(left, key=place)


def _picked(candidate: Candidate, rng: Random, forms: Forms) -> Pick | None:
    offers = ranked(candidate, rng, forms)
    return Pick(candidate, offers[0]) if offers else None


def _preference(candidate: Candidate) -> tuple[Callable[[str], bool], ...]:
    if not candidate.is_firm:
        return (_is_choice, _is_special, _is_binary)
    if candidate.rated % OTHER_FORM_EVERY == OTHER_FORM_EVERY - 1:
        return (_is_special, _is_choice, _is_recall)
    return (_is_recall, _is_special, _is_choice)


def _is_recall(form: str) -> bool:
    return form in RECALL


def _is_special(form: str) -> bool:
    return form in SPECIAL


def _is_binary(form: str) -> bool:
    return form in BINARY


def _is_choice(form: str) -> bool:
    return form not in SPECIAL | BINARY | TYPED | SELF_RATED


def _most_of_a_key(size: int) -> int:
    return max(1, int(size * SAME_KEY_SHARE))


def _without_repeated_keys(reserve: Sequence[Pick], room: int, most: int) -> list[Pick]:
    """The first new facts, one for each fact, no name the answer of more than `most`.

    Where the others do not fill the room, a name may be the answer more often.
    """
    fitting: list[Pick] = []
    facts: set[int] = set()
    keys: dict[str, int] = {}
    repeated: list[Pick] = []
    for pick in reserve:
        key = pick.offer.key
        if pick.candidate.fact in facts:
            continue
        facts.add(pick.candidate.fact)
        if key and keys.get(key, 0) >= most:
            repeated.append(pick)
        else:
            keys[key] = keys.get(key, 0) + 1
            fitting.append(pick)
    room = max(0, room)
    chosen = fitting[:room]
    return chosen + repeated[: room - len(chosen)]


def _with_specials(picks: list[Pick], reserve: Sequence[Pick], forms: Forms) -> list[Pick]:
    """Enough special forms: of the facts picked, else of new ones in the last new ones' place."""
    wanted = round(len(picks) * SPECIAL_SHARE)
    picks = list(picks)
    missing = wanted - sum(_is_special(pick.offer.form) for pick in picks)
    for at, pick in enumerate(picks):
        if missing > 0 and not _is_special(pick.offer.form):
            offer = _other(pick, lambda form: _is_special(form) and forms(form))
            if offer:
                picks[at] = Pick(pick.candidate, offer)
                missing -= 1
    facts = {pick.candidate.fact for pick in picks}
    for spare in reserve:
        offer = (
            spare.offer
            if _is_special(spare.offer.form)
            else _other(spare, lambda form: _is_special(form) and forms(form))
        )
        places = [
            at
            for at, pick in enumerate(picks)
            if pick.candidate.is_new and not _is_special(pick.offer.form)
        ]
        if missing <= 0 or not places:
            break
        if offer and spare.candidate.fact not in facts:
            picks[places[-1]] = Pick(spare.candidate, offer)
            facts.add(spare.candidate.fact)
            missing -= 1
    return picks


def _with_recalls(picks: list[Pick], forms: Forms) -> list[Pick]:
    firm = [at for at, pick in enumerate(picks) if pick.candidate.is_firm]
    missing = round(len(firm) * RECALL_SHARE) - sum(_is_recall(picks[at].offer.form) for at in firm)
    for at in firm:
        if missing > 0 and not _is_recall(picks[at].offer.form):
            offer = _other(picks[at], lambda form: _is_recall(form) and forms(form))
            if offer:
                picks[at] = Pick(picks[at].candidate, offer)
                missing -= 1
    return picks


def _with_few_binaries(picks: list[Pick], forms: Forms) -> list[Pick]:
    most = max(1, int(len(picks) * BINARY_SHARE))
    seen = 0
    for at, pick in enumerate(picks):
        if not _is_binary(pick.offer.form):
            continue
        seen += 1
        if seen > most:
            offer = _other(pick, lambda form: not _is_binary(form) and forms(form))
            if offer:
                picks[at] = Pick(pick.candidate, offer)
    return picks


def _other(pick: Pick, wanted: Callable[[str], bool]) -> Offer | None:
    """Another question of the fact, not in the form it was last asked in."""
    return next(
        (
            offer
            for offer in pick.candidate.offers
            if wanted(offer.form) and offer.form != pick.candidate.last_form
        ),
        None,
    )
