"""What a report that an answer should count may come to: another name, number or date."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from quiz.accounts.models import User
from quiz.corrections.models import Report
from quiz.facts import base
from quiz.facts.actions import facts_near, let_count
from quiz.facts.also_right import refusal
from quiz.facts.dates import parse_edtf, shown
from quiz.facts.entities import add_alias
from quiz.facts.models import Entity, EntityName, Fact
from quiz.facts.quantities import SCALES, Quantity, shown_number
from quiz.facts.snapshot import entities_of, snapshot_of
from quiz.questions.actions import SEED
from quiz.questions.aliases import alias_refusal
from quiz.questions.cases import graded_now
from quiz.questions.graded import UnreadableError, Verdict
from quiz.questions.models import Facet, Form, GradingCase
from quiz.questions.read_dates import read_date
from quiz.questions.read_numbers import read_number
from quiz.questions.units import same_noun, unit_of
from quiz.questions.world import World

TYPED = frozenset({Form.TYPED, Form.CLOZE_TYPED})


@dataclass(frozen=True, slots=True)
class Offer:
    """What could count from now on, in words; or the sentence why it may not."""

    text: str = ""
    words: str = ""
    entity: Entity | None = None
    refused: str = ""


def typed_text(report: Report) -> str:
    """What the learner typed, if the question was typed."""
    return str((report.given or {}).get("text", "")).strip()


def entity_meant(report: Report) -> Entity | None:
    """The entity that a typed name was to name: the answer, or the speaker."""
    fact, facet = report.fact, report.version.question.facet
    if facet == Facet.IDENTITY:
        answers = list(fact.answers.select_related("entity").order_by("n")[:2])
        return answers[0].entity if len(answers) == 1 else None
    if facet == Facet.SPEAKER:
        voice = fact.voices.select_related("entity").order_by("n").first()
        return voice.entity if voice else None
    return None


def offer_for(report: Report, *, today: date) -> Offer | None:
    """What a report comes to when it is confirmed; None where nothing can be let count."""
    text, question = typed_text(report), report.version.question
    if report.kind != Report.Kind.SHOULD_COUNT or not text or question.form not in TYPED:
        return None
    if question.facet in {Facet.IDENTITY, Facet.SPEAKER}:
        return _name(report, text)
    near = snapshot_of(report.fact.topic, facts_near(report.fact))
    fact = near.facts[report.fact.key]
    day_first = report.learner.date_order == User.DateOrder.DAY_FIRST
    meant = _meant(fact, text, today, day_first=day_first)
    if not meant:
        return Offer(refused=f"“{text}” is not one {_kind(fact)} that could count.")
    if problem := refusal(near, fact, meant):
        return Offer(refused=problem[0])
    return Offer(meant, words_of(fact, meant))


def words_of(fact: base.Fact, text: str) -> str:
    """What counting it means, for the editor."""
    if fact.kind == "date":
        return f"{shown(parse_edtf(text))} counts too, with a note of what the source gives."
    assert fact.amount is not None
    own = fact.amount.text
    if fact.amount.qualifier == "exactly":
        return f"{text} counts too, as a rounding of {own}."
    return f"{text} counts too, and every number between it and {own}."


def _kind(fact: base.Fact) -> str:
    return "date" if fact.kind == "date" else "number"


def _name(report: Report, text: str) -> Offer | None:
    entity = entity_meant(report)
    if entity is None:
        return None
    entities = entities_of(report.fact.topic)
    if refused := alias_refusal(entities[entity.slug], entities, text):
        return Offer(entity=entity, refused=refused)
    return Offer(text, f"“{text}” becomes another name of {entity.name}.", entity)


def _meant(fact: base.Fact, text: str, today: date, *, day_first: bool) -> str:
    """What was typed as the fact would hold it: EDTF, or a plain number; empty where it is none."""
    try:
        if fact.kind == "date":
            reading = read_date(text, today=today, day_first=day_first)
            return "" if reading.relation else reading.edtf
        return _number_meant(fact.amount, text) if fact.amount is not None else ""
    except UnreadableError:
        return ""


def _number_meant(amount: Quantity, text: str) -> str:
    wanted = unit_of(amount.unit)
    reading = read_number(text, dimension=wanted.dimension)
    unit = unit_of(reading.unit) if reading.unit else wanted
    if reading.last is not None or not (
        unit.symbol == wanted.symbol or same_noun(wanted.symbol, unit.symbol)
    ):
        return ""
    value = reading.first.value
    factor = SCALES.get(amount.scale, Decimal(1))
    if not reading.first.has_scale and abs(value) < factor:
        value *= factor
    return shown_number(value.normalize() + 0)


def make_count(*, report: Report, offer: Offer, by: User, now: datetime) -> GradingCase:
    """Let what was offered count, and keep the case; RefusedError where a check stands against it.

    The offer was read before: the checks of the fact refuse what has become wrong since.
    """
    fact = Fact.objects.select_related("topic").get(pk=report.fact_id)
    given = typed_text(report)
    why = f"A report was confirmed: “{given}” counts."
    if offer.entity is not None:
        kind = EntityName.Kind.SHORT
        add_alias(
            entity=offer.entity, text=offer.text, kind=kind, accept=True, now=now, why=why, by=by
        )
    else:
        let_count(fact=fact, text=offer.text, why=why, by=by, now=now)
    return _keep_case(fact, report.version.question.facet, given, offer, now)


def _keep_case(fact: Fact, facet: str, given: str, offer: Offer, now: datetime) -> GradingCase:
    """The learner's own text is the case, where it is read as it was meant by any learner."""
    world = World(snapshot_of(fact.topic, facts_near(fact)), SEED)
    stored = world.base.facts[fact.key]
    texts = [given, shown(parse_edtf(offer.text)) if stored.kind == "date" else offer.text]
    results = [(text, graded_now(stored, facet, text, world, now.date())) for text in texts]
    text, wanted = next(
        ((text, result.verdict) for text, result in results if result and result.is_right),
        (given, Verdict.ACCEPT_WITH_NOTE),
    )
    case, _ = GradingCase.objects.get_or_create(
        fact=fact,
        facet=facet,
        given=text,
        ended_at=None,
        defaults={"wanted": wanted, "created_at": now},
    )
    return case
