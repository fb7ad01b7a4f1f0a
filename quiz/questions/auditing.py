"""The audit of what is stored: every item rule over every item, made anew from its facts, and the
attackers over what is served.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final

from quiz.facts.base import Fact
from quiz.facts.models import Topic
from quiz.facts.snapshot import snapshot
from quiz.questions import cases
from quiz.questions.actions import SEED
from quiz.questions.attackers import IDS, Row, attack, failed
from quiz.questions.attackers_bank import Choice, choices_of
from quiz.questions.audit import RULES, findings
from quiz.questions.engine import Audited, propose_for
from quiz.questions.items import Finding, Item, digest_of
from quiz.questions.models import GradingCase, Question, QuestionFact, QuestionVersion
from quiz.questions.rules import BLOCK, INFORM, WARN
from quiz.questions.world import World

# T1 compares with the stored bytes, T14 looks at the calendar, O9 is what K2 tries on a bank, and
# N is about what stands together in one round, G is what an editor let count: none is of an item.
OWN_RULES: Final = (
    ("T1", BLOCK),
    ("T14", WARN),
    ("O9", BLOCK),
    ("N1", BLOCK),
    ("N2", BLOCK),
    ("N3", WARN),
    ("N4", WARN),
    ("N5", BLOCK),
    (cases.RULE, BLOCK),
)
INFORMING: Final = tuple(rule for rule in RULES if rule.severity == INFORM)
STALE_AFTER_DAYS = 180
State = QuestionVersion.State
Progress = Callable[[int, int], None]
Key = tuple[str, str, str, str]


@dataclass
class Audit:
    """What was found in one topic. `counts` and `held` are by (rule, severity) and (rule, form)."""

    topic: str
    facts: int = 0
    askable: int = 0
    asked: int = 0
    states: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    held: Counter[tuple[str, str]] = field(default_factory=Counter)
    blocks: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    held_findings: list[Finding] = field(default_factory=list)
    attackers: tuple[Row, ...] = ()

    @property
    def failed(self) -> tuple[Row, ...]:
        return failed(self.attackers)

    @property
    def is_clean(self) -> bool:
        return not self.blocks and not self.failed

    def take(self, finding: Finding) -> None:
        """A finding on what is served."""
        self.counts[finding.rule, finding.severity] += 1
        if finding.severity == BLOCK:
            self.blocks.append(finding)
        elif finding.severity == WARN:
            self.warnings.append(finding)

    def as_json(self) -> dict[str, Any]:
        return {
            "topic": self.topic,
            "facts": self.facts,
            "askable": self.askable,
            "asked": self.asked,
            "states": dict(sorted(self.states.items())),
            "forms": dict(sorted(self.forms.items())),
            "rules": [
                {"rule": rule, "severity": severity, "found": self.counts[rule, severity]}
                for rule, severity in rule_ids()
            ],
            "held": [
                {"rule": rule, "form": form, "count": count}
                for (rule, form), count in sorted(self.held.items())
            ],
            "blocks": [asdict(finding) for finding in self.blocks],
            "warnings": [asdict(finding) for finding in self.warnings],
            "held_because": [asdict(finding) for finding in self.held_findings],
            "attackers": [asdict(row) for row in self.attackers],
            "clean": self.is_clean,
        }


def rule_ids() -> list[tuple[str, str]]:
    """Every (rule, severity) that an audit counts, in the order of their names."""
    found = {(rule.id, rule.severity) for rule in RULES} | set(OWN_RULES)
    found |= {(name, BLOCK) for name in IDS}
    return sorted(found, key=lambda row: (row[0].rstrip("0123456789"), _number(row[0]), row[1]))


def _number(rule: str) -> int:
    digits = "".join(sign for sign in rule if sign.isdigit())
    return int(digits) if digits else 0


@dataclass(frozen=True, slots=True)
class _Stored:
    state: str
    digest: str
    body: str
    uses: frozenset[tuple[str, str, str]]


def audit_topic(
    topic: Topic, *, today: date, seed: int = SEED, progress: Progress | None = None
) -> Audit:
    """Make every item of the topic anew, hold it against what is stored, and run all rules."""
    base = snapshot(topic)
    world = World(base, seed)
    audit = Audit(topic.slug, facts=len(base.facts))
    stored = _stored(topic)
    for done, key in enumerate(sorted(base.facts), start=1):
        _audit_fact(base.facts[key], world, stored.pop(key, {}), audit, today)
        if progress is not None:
            progress(done, len(base.facts))
    for _, finding in cases.failing(cases_of(topic), world, today):
        audit.take(finding)
    audit.attackers = attack(audit_bank(topic))
    for row in audit.failed:
        audit.counts[row.id, BLOCK] += 1
        audit.counts["O9", BLOCK] += row.id == "K2"
    return audit


def cases_of(topic: Topic) -> list[cases.Case]:
    """What has to be graded as an editor said, until one ends it."""
    rows = GradingCase.objects.filter(fact__topic=topic, ended_at=None).order_by("pk")
    return [
        cases.Case(f"{topic.slug}/{slug}", facet, given, wanted, pk)
        for pk, slug, facet, given, wanted in rows.values_list(
            "pk", "fact__slug", "facet", "given", "wanted"
        )
    ]


def _audit_fact(
    fact: Fact, world: World, stored: dict[Key, _Stored], audit: Audit, today: date
) -> None:
    audit.askable += fact.is_askable
    served = 0
    for proposed in propose_for(fact, world):
        if not isinstance(proposed, Audited):
            continue
        item = proposed.item
        row = stored.pop((fact.key, item.facet, item.form, item.variant), None)
        is_served = row is not None and row.state == State.SERVED
        served += is_served
        audit.states[row.state if row is not None else "not stored"] += 1
        audit.forms[item.form] += is_served
        for rule in proposed.held_by:
            audit.held[rule, item.form] += not is_served
        _audit_item(proposed, fact, world, audit, is_served=is_served)
        for what in _differences(item, row, held=bool(proposed.held_by)):
            audit.take(Finding("T1", BLOCK, item.id, what))
        if is_served and _is_old(fact, item, world, today):
            audit.take(Finding("T14", WARN, item.id, "its source was last looked at long ago"))
    audit.asked += served > 0
    for key, row in stored.items():
        audit.states[row.state] += 1
        if row.state == State.SERVED:
            where = "/".join(key)
            audit.take(Finding("T1", BLOCK, where, "it does not follow from the facts any more"))


def _audit_item(
    proposed: Audited, fact: Fact, world: World, audit: Audit, *, is_served: bool
) -> None:
    item = proposed.item
    if proposed.held_by or proposed.warnings:
        for finding in findings(item, world):
            if is_served:
                audit.take(finding)
            elif finding.severity == BLOCK:
                audit.held_findings.append(finding)
    elif is_served:
        for rule in INFORMING:
            for what in rule.check(item, fact, world):
                audit.take(Finding(rule.id, rule.severity, item.id, what))


def _differences(item: Item, row: _Stored | None, *, held: bool) -> Iterator[str]:
    """T1: what is stored follows from the facts, byte for byte."""
    if row is None:
        if not held:
            yield "it follows from the facts and is not stored"
        return
    if row.state == State.STALE:
        return
    payload = item.payload()
    if row.digest != digest_of(payload):
        yield "its digest is another one"
    elif row.body != _body(payload):
        yield "the stored bytes are not those of its digest"
    elif row.uses != frozenset((use.fact, use.role, use.facet) for use in item.uses):
        yield "the facts on record are not those it uses"
    elif (row.state == State.HELD) != held:
        yield f"it is stored as {row.state}, and {'is' if held else 'is not'} held back by a rule"


def _body(payload: dict[str, Any]) -> str:
    return digest_of({key: payload[key] for key in ("stem", "options", "expected", "feedback")})


def _is_old(fact: Fact, item: Item, world: World, today: date) -> bool:
    """T14: a figure that changes, asked without its date, from a source read long ago."""
    measure = world.base.measures.get(fact.measure) if fact.measure else None
    if measure is None or not measure.changing or item.feedback.as_of.startswith("As of"):
        return False
    read = [
        date.fromisoformat(source.retrieved_on)
        for cited in fact.citations
        if (source := world.base.sources.get(cited.source)) is not None and source.retrieved_on
    ]
    return bool(read) and (today - max(read)).days > STALE_AFTER_DAYS


def _current(topic: Topic) -> Iterator[QuestionVersion]:
    return (
        QuestionVersion.objects.exclude(state=State.REPLACED)
        .filter(
            question__fact__topic=topic,
            question__retired=False,
            question__origin=Question.Origin.GENERATED,
        )
        .select_related("question__fact")
        .order_by()
        .iterator(chunk_size=2_000)
    )


def item_id(topic: Topic, question: Question) -> str:
    """The id of a stored question, as its item had it."""
    return f"{topic.slug}/{question.fact.slug}/{question.facet}/{question.form}/{question.variant}"


def _stored(topic: Topic) -> dict[str, dict[Key, _Stored]]:
    """Every current version by its fact, as far as comparing needs it."""
    uses: dict[int, set[tuple[str, str, str]]] = {}
    rows = QuestionFact.objects.filter(version__question__fact__topic=topic).exclude(
        version__state=State.REPLACED
    )
    for pk, slug, role, facet in (
        rows.order_by().values_list("version", "fact__slug", "role", "facet").iterator()
    ):
        uses.setdefault(pk, set()).add((f"{topic.slug}/{slug}", role, facet))
    found: dict[str, dict[Key, _Stored]] = {}
    for version in _current(topic):
        question = version.question
        fact = f"{topic.slug}/{question.fact.slug}"
        state = version.state
        if state == State.SERVED and version.fact_revision != question.fact.revision:
            state = State.STALE
        found.setdefault(fact, {})[fact, question.facet, question.form, question.variant] = _Stored(
            state,
            version.digest,
            _body(
                {
                    "stem": version.stem,
                    "options": version.options,
                    "expected": version.expected,
                    "feedback": version.feedback,
                }
            ),
            frozenset(uses.get(version.pk, ())),
        )
    return found


def audit_bank(topic: Topic) -> list[Choice]:
    """What the attackers see of a topic: its served questions."""
    return [
        choice
        for version in QuestionVersion.objects.served()
        .filter(question__fact__topic=topic, question__origin=Question.Origin.GENERATED)
        .select_related("question__fact")
        .order_by()
        .iterator(chunk_size=2_000)
        for choice in choices_of(
            item=item_id(topic, version.question),
            form=version.question.form,
            facet=version.question.facet,
            stem=version.stem,
            options=version.options,
            expected=version.expected,
        )
    ]
