"""A question and its feedback as a page shows them: texts in displayed order, nothing to compute.

Before the response a card holds only what the learner may know; the marks, the reasons and the
evidence are put on it afterwards.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from quiz.accounts.models import User
from quiz.learning.answering import Answered, How
from quiz.learning.asking import Asked
from quiz.learning.claiming import Claim, may_claim
from quiz.learning.feedback import Evidence, bound, chosen_of, evidence_of
from quiz.learning.paths import path_to
from quiz.learning.rounds import Round
from quiz.learning.tokens import Token, nonce_of, places_of, seal
from quiz.questions.grading import Verdict
from quiz.questions.respond import ORDERED, PAIRED, right_indices

TWO_RATINGS = ((1, "Didn’t"), (3, "Had it"))
MARKED_AS_A_WHOLE = PAIRED | ORDERED
FOUR_RATINGS = ((1, "Didn’t"), (2, "Barely"), (3, "Had it"), (4, "Easily"))


@dataclass(frozen=True, slots=True)
class ShownOption:
    place: int
    text: str
    mark: str = ""  # after the response: right or wrong
    said: str = ""  # what is told of it then


@dataclass(frozen=True, slots=True)
class Premise:
    place: int
    text: str
    chosen: int | None = None
    given: str = ""
    right: str = ""
    is_right: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of an order, once answered: where it belongs and where it was put (0: nowhere)."""

    place: int
    text: str
    given: int = 0
    is_right: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    form: str
    stem: str
    label: str
    thread: str
    place: str  # both, as they stand above the question
    template: str
    token: str
    frame: tuple[str, ...] = ()
    field: Mapping[str, str] = field(default_factory=dict)
    field_parts: tuple[str, str] = ("", "")
    options: tuple[ShownOption, ...] = ()
    premises: tuple[Premise, ...] = ()
    numbers: tuple[int, ...] = ()
    sequence: tuple[Placed, ...] = ()  # the right order, once answered
    is_grave: bool = False
    is_return: bool = False
    is_second: bool = False
    is_cards: bool = False
    asks_sureness: bool = False
    ratings: tuple[tuple[int, str], ...] = ()
    back: str = ""
    text: str = ""
    message: str = ""
    evidence: Evidence | None = None
    nonce: str = ""
    notice: str = ""
    has_passage: bool = False
    dont_know: bool = False
    is_back: bool = False
    updated: str = ""
    claim: Claim = Claim.NONE

    @property
    def answer_path(self) -> str:
        return path_to("quiz:answer-create")

    @property
    def claim_path(self) -> str:
        return path_to("quiz:answer-right", self.nonce)

    @property
    def report_path(self) -> str:
        return path_to("quiz:report-new", self.nonce)

    @property
    def passage_path(self) -> str:
        return path_to("quiz:passage", self.nonce)


def place_words(label: str, thread: str) -> str:
    return " · ".join(part for part in (label, thread) if part)


def present(
    asked: Asked,
    *,
    learner: User,
    now: datetime,
    round_: Round | None = None,
    attempt: str = "",
    text: str = "",
    message: str = "",
    notice: str = "",
) -> Card:
    """A fresh showing: its token names the lock and the state the lock is in now."""
    token = Token(
        learner=learner.public_id,
        question=asked.question,
        n=asked.n,
        # Until the end of such an attempt every showing asks for the same response.
        seq=0 if asked.slot and asked.slot.at_end else asked.seq,
        shown_at=now,
        second=asked.was_asked_again,
        attempt=attempt,
        slot=asked.slot.n if asked.slot else 0,
        round=round_,
    )
    shown = card(asked, token, learner=learner, text=text, message=message)
    return replace(shown, notice=notice) if notice else shown


def card(asked: Asked, token: Token, *, learner: User, text: str = "", message: str = "") -> Card:
    """The card of a showing, before it is answered."""
    nonce = nonce_of(token, learner=learner.pk, fact=asked.fact, facet=asked.facet)
    order = str(asked.expected.get("order", "given"))
    places = places_of(token, nonce, len(asked.options), order)
    options = tuple(
        ShownOption(place, bound(asked.options[stored]["text"]))
        for place, stored in enumerate(places)
    )
    shown = _card(asked, token, options, learner)
    return replace(shown, token=seal(token), text=text, message=message)


def _card(asked: Asked, token: Token, options: tuple[ShownOption, ...], learner: User) -> Card:
    expected = asked.expected
    frame = tuple(bound(line) for line in expected.get("frame", ()))
    premises: tuple[Premise, ...] = ()
    if asked.form in PAIRED:
        premises = tuple(Premise(place, line) for place, line in enumerate(frame))
    blank = dict(expected.get("field") or {})
    before, _, after = str(blank.get("label", "___")).partition("___")
    is_cards = asked.form == "flashcard"
    is_return = bool(token.round and token.round.is_return)
    label = _label(asked, token)
    return Card(
        form=asked.form,
        stem=bound(asked.stem),
        label=label,
        thread=asked.thread,
        place=place_words(label, asked.thread),
        template=f"questions/forms/{asked.form}.html",
        token="",
        frame=() if asked.form in PAIRED else frame,
        field=blank,
        field_parts=(before.strip(), after.strip()),
        options=options,
        premises=premises,
        numbers=tuple(range(1, len(options) + 1)) if asked.form in ORDERED else (),
        is_grave=asked.is_grave,
        is_return=is_return,
        is_second=token.second,
        is_cards=is_cards,
        # A return comes after the feedback: being sure of it tells nothing.
        asks_sureness=learner.ask_sureness and not is_cards and not is_return,
        ratings=(FOUR_RATINGS if learner.four_ratings else TWO_RATINGS) if is_cards else (),
        has_passage=asked.has_passage,
    )


def back_card(asked: Asked, token: Token, *, learner: User) -> Card:
    """A flashcard turned over: the answer with its evidence, waiting for the learner's rating."""
    nonce = nonce_of(token, learner=learner.pk, fact=asked.fact, facet=asked.facet)
    turned = Answered(How.STORED, asked, token, nonce, (), {"rating": 3}, Verdict.ACCEPT.value, 1.0)
    shown = asked.expected.get("shown", "")
    return replace(
        answered_card(turned, learner=learner),
        token=seal(token),
        is_back=True,
        back=shown if isinstance(shown, str) else " · ".join(shown),
    )


def answered_card(found: Answered, *, learner: User, notice: str = "") -> Card:
    """The card with the marks on its options and the evidence below."""
    asked = found.asked
    right = right_indices(asked.expected)
    chosen = chosen_of(found.given)
    options = []
    for place, stored in enumerate(found.places):
        mark = ""
        if asked.form not in MARKED_AS_A_WHOLE:
            mark = "right" if stored in right else ("wrong" if stored in chosen else "")
        text = bound(asked.options[stored]["text"])
        said = _said(asked.form, mark, is_chosen=stored in chosen)
        options.append(ShownOption(place, text, mark, said))
    shown = _card(asked, found.token, tuple(options), learner)
    return replace(
        shown,
        sequence=_placed(found, right, chosen) if asked.form in ORDERED else (),
        premises=_matched(asked, shown.premises, found.given),
        text=str(found.given.get("text", "")),
        dont_know=bool(found.given.get("dont_know")),
        evidence=evidence_of(found, chosen),
        updated=str(found.reply.get("updated", "")),
        nonce=found.nonce,
        notice=notice or _notice(found),
        claim=_claim(found),
    )


def _said(form: str, mark: str, *, is_chosen: bool) -> str:
    """What stands beside an option once it is answered."""
    if not is_chosen:
        return "Right answer" if mark == "right" else ""
    if form != "several-right":
        return "Your answer"
    return "Your answer, right" if mark == "right" else "Your answer, not right"


def _label(asked: Asked, token: Token) -> str:
    if token.round is not None:
        if token.round.is_return:
            return "Once more"
        return f"{token.round.place} of {token.round.total}"
    return f"{asked.slot.n} of {asked.slot.size}" if asked.slot else ""


def _matched(
    asked: Asked, premises: Sequence[Premise], given: Mapping[str, Any]
) -> tuple[Premise, ...]:
    pairs: Mapping[str, int] = given.get("pairs", {})
    wanted: Mapping[str, int] = asked.expected.get("pairs", {})
    rows = []
    for premise in premises:
        stored, right = pairs.get(str(premise.place)), wanted.get(str(premise.place))
        is_right = stored is not None and stored == right
        rows.append(
            replace(
                premise,
                given=bound(asked.options[stored]["text"]) if stored is not None else "",
                right=bound(asked.options[right]["text"]) if right is not None else "",
                is_right=is_right,
                said="Your answer" if is_right else "Right answer",
            )
        )
    return tuple(rows)


def _claim(found: Answered) -> Claim:
    is_test = found.asked.slot is not None and found.asked.slot.at_end
    is_open = not is_test and may_claim(found.asked.form, found.verdict, found.given)
    return Claim.OPEN if is_open else Claim.NONE


def _placed(found: Answered, right: Sequence[int], chosen: Sequence[int]) -> tuple[Placed, ...]:
    """Where all is right, so is each: two that overlap may stand either way."""
    given = {stored: place for place, stored in enumerate(chosen, start=1)}
    is_whole = found.verdict == Verdict.ACCEPT
    return tuple(
        Placed(
            place,
            bound(found.asked.options[stored]["text"]),
            given.get(stored, 0),
            is_whole or given.get(stored) == place,
        )
        for place, stored in enumerate(right, start=1)
    )


def _notice(found: Answered) -> str:
    if found.how is How.CONFLICT:
        return "You answered this in another window; that answer stands."
    asked = found.asked
    if asked.has_changed or (asked.slot is None and not asked.is_served):
        return (
            "This question has changed since it was shown to you. Your answer was graded as the "
            "question stood."
        )
    return ""
