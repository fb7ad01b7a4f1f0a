"""Hold every stored question against every rule, and the banks against the attackers."""

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Collection, Iterable
from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from quiz.facts.models import Topic
from quiz.learning.auditing import audit_rounds
from quiz.questions.actions import SEED
from quiz.questions.attackers import FLAG, TOO_FEW, Row
from quiz.questions.auditing import Audit, audit_topic, rule_ids
from quiz.questions.items import Finding
from quiz.questions.synthetic_audit import SeedResult, attack_synthetic, distribution

SHOWN_FINDINGS = 40


class Command(BaseCommand):
    help = (
        "Make every stored question anew from its facts, run every rule over it, and let the "
        "attackers guess from the options alone. Exit 1 on any block or failed attacker."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--topic", help="slug of one topic; all public topics without it")
        parser.add_argument("--json", action="store_true", help="everything as one JSON object")
        parser.add_argument(
            "--synthetic",
            type=int,
            metavar="FACTS",
            help="instead, attack made-up banks of so many facts, over several seeds",
        )
        parser.add_argument("--seeds", type=int, default=20, help="with --synthetic")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["synthetic"]:
            self._synthetic(options["synthetic"], options["seeds"], as_json=options["json"])
            return
        audits = [self._audit(topic) for topic in self._topics(options["topic"])]
        if options["json"]:
            told = {"topics": [audit.as_json() for audit in audits]}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            for audit in audits:
                self._tell(audit)
        if not all(audit.is_clean for audit in audits):
            blocks = sum(len(audit.blocks) for audit in audits)
            attackers = sum(len(audit.failed) for audit in audits)
            raise CommandError(f"{blocks} blocks, {attackers} failed attackers.")

    def _topics(self, slug: str | None) -> Iterable[Topic]:
        topics = Topic.objects.filter(owner=None)
        if slug is None:
            return topics
        found = topics.filter(slug=slug)
        if not found:
            known = ", ".join(topics.values_list("slug", flat=True))
            raise CommandError(f"There is no topic {slug!r}. Topics: {known}.")
        return found

    def _audit(self, topic: Topic) -> Audit:
        with tqdm(
            desc=topic.slug, unit=" facts", file=sys.stderr, disable=not sys.stderr.isatty()
        ) as bar:

            def progress(done: int, number: int) -> None:
                bar.total = number
                bar.update(done - bar.n)

            audit = audit_topic(topic, today=timezone.localdate(), progress=progress)
        for finding in audit_rounds(topic, seed=SEED):
            audit.take(finding)
        return audit

    def _tell(self, audit: Audit) -> None:
        write = self.stdout.write
        states = ", ".join(f"{count} {state}" for state, count in sorted(audit.states.items()))
        write(f"{audit.topic}: {audit.facts} facts, {audit.askable} askable, {audit.asked} asked.")
        write(f"Questions: {states or 'none'}.")
        write(f"\n{'rule':<8}{'severity':<10}{'served':>7}{'held':>7}")
        held: Counter[str] = Counter()
        for (rule, _), count in audit.held.items():
            held[rule] += count
        for rule, severity in rule_ids():
            back = held[rule] if severity == "block" else 0
            write(f"{rule:<8}{severity:<10}{audit.counts[rule, severity]:>7}{back:>7}")
        self._list("Blocks on what is served", audit.blocks)
        self._list("Held back", audit.held_findings)
        write("\nAttackers on what is served")
        self._table(audit.attackers)
        if audit.is_clean:
            write(self.style.SUCCESS(f"{audit.topic}: no block, no failed attacker."))

    def _list(self, title: str, found: list[Finding]) -> None:
        if not found:
            return
        self.stdout.write(f"\n{title}: {len(found)}")
        for finding in found[:SHOWN_FINDINGS]:
            self.stdout.write(f"  {finding.rule}  {finding.where}: {finding.what}")
        if len(found) > SHOWN_FINDINGS:
            self.stdout.write(f"  and {len(found) - SHOWN_FINDINGS} more (--json has all)")

    def _table(self, rows: Collection[Row]) -> None:
        """All but the forms with too few items, which are told in one line."""
        write = self.stdout.write
        write(f"  {'attacker':<34}{'form':<20}{'n':>6}{'chance':>8}{'hits':>9}{'rate':>7}{'se':>7}")
        played = {row.form for row in rows if row.verdict != TOO_FEW}
        few: dict[str, int] = {}
        for row in rows:
            if row.verdict == TOO_FEW:
                if row.form not in played:
                    few[row.form] = max(few.get(row.form, 0), row.n)
                continue
            line = (
                f"  {row.attacker:<34}{row.form:<20}{row.n:>6}{row.chance:>8.3f}{row.hits:>9.1f}"
                f"{row.rate:>7.3f}{row.se:>7.3f}  {row.verdict}"
            )
            if row.detail:
                line += f" ({row.detail})"
            write(self.style.ERROR(line) if row.verdict == FLAG else line)
        if few:
            told = ", ".join(f"{form} {n}" for form, n in sorted(few.items()))
            write(f"  too few: {told}")

    def _synthetic(self, facts: int, seeds: int, *, as_json: bool) -> None:
        # The made-up bank belongs to the tests; an installation without them has none.
        try:
            make_base = import_module("tests.synthetic").make_base
        except ModuleNotFoundError as error:
            raise CommandError("Made-up banks need the tests beside the code.") from error
        results: list[SeedResult] = []
        for seed in range(seeds):
            result = attack_synthetic(make_base(facts, seed=seed), seed=SEED, bank_seed=seed)
            results.append(result)
            told = ", ".join(f"{row.attacker} on {row.form}" for row in result.failed)
            self.stderr.write(f"seed {seed}: {result.items} items; failed: {told or 'none'}")
        rows = distribution(results)
        if as_json:
            self.stdout.write(json.dumps({"facts": facts, "seeds": seeds, "rows": rows}, indent=1))
        else:
            write = self.stdout.write
            write(f"{facts} facts, {seeds} seeds")
            write(f"{'attacker':<34}{'form':<20}{'n':>7}{'chance':>8}{'least':>7}{'mean':>7}"
                  f"{'most':>7}{'flags':>7}  together")  # fmt: skip
            for row in rows:
                write(
                    f"{row['attacker']:<34}{row['form']:<20}{row['n']:>7}{row['chance']:>8.3f}"
                    f"{row['least']:>7.3f}{row['mean']:>7.3f}{row['most']:>7.3f}{row['flags']:>7}"
                    f"  {row['verdict']}"
                )
        count = sum(row["verdict"] == FLAG for row in rows)
        if count:
            raise CommandError(f"{count} failed attackers over {seeds} seeds.")
