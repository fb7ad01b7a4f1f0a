"""Measure the answer step, generation and edits: `python -m tests.benchmarks --help`.

Each database is measured in a process of its own, since Django knows one at a time.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import databases
from tests.benchmarks.answering import closed_loop, paired, side_by_side
from tests.benchmarks.server import APP, BARE, PRODUCTION, serving
from tests.benchmarks.weight import weigh

PARTS = ("generation", "edit", "paired", "closed", "growth", "weight")
LEARNERS, LEARNERS_AFTER_YEARS = 50, 10_000  # 10,000 and 2,000,000 stored answers


def main() -> None:
    options = parse()
    if options.stage:
        make_stage(options)
        return
    wanted = options.only or PARTS
    vendors = [options.database] if options.database else ["sqlite", "postgres"]
    with tempfile.TemporaryDirectory(prefix="quiz-bench-") as folder:
        for vendor in vendors:
            if databases.answers(vendor):
                print(f"\n==== {vendor}", flush=True)
                try:
                    measure(vendor, wanted, options, Path(folder))
                finally:
                    for name in ("generation", "edit", "few", "many"):
                        databases.throw_away(vendor, name)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.benchmarks", description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgres"), help="both without it")
    parser.add_argument("--only", nargs="+", choices=PARTS)
    parser.add_argument("--turns", type=int, default=800, help="of a paired measurement")
    parser.add_argument("--seconds", type=float, default=15, help="of each closed loop")
    parser.add_argument("--facts", type=int, default=10_000)
    parser.add_argument("--learners", type=int, default=LEARNERS_AFTER_YEARS)
    parser.add_argument("--port", type=int, default=8100)
    parser.add_argument(
        "--stage", choices=("generation", "edit", "learners"), help=argparse.SUPPRESS
    )
    return parser.parse_args()


def measure(vendor: str, wanted: tuple[str, ...], options: argparse.Namespace, at: Path) -> None:
    for name in ("generation", "edit"):
        if name in wanted:
            run_stage(name, databases.url_of(vendor, name, at), facts=options.facts)
    if not {"paired", "closed", "growth", "weight"} & set(wanted):
        return
    few = databases.url_of(vendor, "few", at)
    sessions, version = staged(few, LEARNERS)
    with serving(APP, few, options.port):
        if "weight" in wanted:
            asyncio.run(tell_weight(options.port, sessions))
        if "paired" in wanted:
            with serving(BARE, few, options.port + 1):
                asyncio.run(tell_paired(options, sessions, version))
        if "closed" in wanted:
            for connections in (1, 8, 32):
                asyncio.run(tell_closed(options, sessions, connections))
        if "growth" in wanted:
            many = databases.url_of(vendor, "many", at)
            others, _ = staged(many, options.learners)
            with serving(APP, many, options.port + 2):
                asyncio.run(tell_growth(options, sessions, others))


def run_stage(name: str, url: str, **sizes: int) -> str:
    """Run a part that needs Django on a database, in a process of its own."""
    arguments = [text for key, value in sizes.items() for text in (f"--{key}", str(value))]
    environment = os.environ | PRODUCTION
    environment |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "project.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", "--stage", name, *arguments],
        env=environment,
        check=True,
        stdout=subprocess.PIPE if name == "learners" else None,
        text=True,
    )
    return done.stdout or ""


def staged(url: str, learners: int) -> tuple[list[str], int]:
    told = run_stage("learners", url, learners=learners)
    version, *sessions = told.splitlines()[-1].split()
    return sessions, int(version)


def make_stage(options: argparse.Namespace) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from tests.benchmarks import editing, generation, stage

    runs = {"generation": generation.run, "edit": editing.run}
    if run := runs.get(options.stage):
        call_command("migrate", verbosity=0)
        run(options.facts)
        return
    stage.prepare(options.learners)
    call_command("collectstatic", interactive=False, verbosity=0)
    print(stage.any_version(), *stage.sign_in(LEARNERS))


async def tell_paired(options: argparse.Namespace, sessions: list[str], version: int) -> None:
    ours, least = await paired(options.port, options.port + 1, sessions, version, options.turns)
    print(f"\nPaired, {options.turns} turns, shuffled")
    print(f"  answer: {ours}")
    print(f"  bare:   {least}")
    print(f"  ratio of medians: {ours.p50 / least.p50:.2f}")
    print(f"  largest reply: {max(ours.bytes):,} bytes before compression", flush=True)


async def tell_closed(options: argparse.Namespace, sessions: list[str], connections: int) -> None:
    times, rate = await closed_loop(options.port, sessions, connections, options.seconds)
    print(f"\nClosed loop, {connections} connections: {rate:.0f} answers a second")
    print(f"  {times}", flush=True)


async def tell_growth(options: argparse.Namespace, few: list[str], many: list[str]) -> None:
    small, large = options.port, options.port + 2
    short, long = await side_by_side(small, large, {small: few, large: many}, options.turns)
    print(f"\nGrowth, {options.turns} turns: {options.learners * 200:,} answers against 10,000")
    print(f"  few:  {short}")
    print(f"  many: {long}")
    print(f"  ratio of medians: {long.p50 / short.p50:.2f}", flush=True)


async def tell_weight(port: int, sessions: list[str]) -> None:
    for name, pages in await weigh(port, sessions[0]):
        total = sum(size for _, size in pages)
        print(f"\nWeight of {name}, compressed: {total / 1000:.1f} kB in {len(pages)} requests")
        for path, size in pages:
            print(f"  {size / 1000:6.1f} kB {path}", flush=True)


if __name__ == "__main__":
    main()
