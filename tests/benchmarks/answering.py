"""Learners who answer: a round is started, then each reply brings feedback and the next question."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from tests.benchmarks.client import TOPIC, Connection, Reply, forms

HTMX = {"HX_Request": "true", "HX_Current_URL": f"http://localhost/topics/{TOPIC}/"}
ANSWER_PATH = "/answers/"
START_PATH = f"/topics/{TOPIC}/round/"


class NothingAskedError(RuntimeError):
    """The page that should hold a question holds none."""


@dataclass
class Learner:
    """One signed-in learner on a connection; knows the form of the question in hand."""

    connection: Connection
    chance: random.Random
    session: str
    question: dict[str, list[str]] | None = None
    largest: int = 0

    async def ready(self) -> dict[str, str]:
        """Have a question in hand, starting a round where there is none; return its answer."""
        if self.question is None:
            reply = await self._send("POST", START_PATH, {}, **HTMX)
            for _ in range(3):
                where = reply.headers.get("hx-redirect") or reply.headers.get("location")
                if not where:
                    break
                reply = await self._send("GET", where.replace("http://localhost", ""))
            self.take(reply)
        if self.question is None:
            raise NothingAskedError(f"{reply.status}: {reply.text[:300]}")
        return self.given(self.question)

    def given(self, fields: dict[str, list[str]]) -> dict[str, str]:
        """Fill in the form: any option, any text; a question that takes more is not known."""
        form = {name: values[0] for name, values in fields.items() if name in HIDDEN}
        for name in ("choice", "rating"):
            if fields.get(name):
                return form | {name: self.chance.choice(fields[name])}
        if "text" in fields:
            return form | {"text": self.chance.choice(("October 2024", "12,000", "Kursk"))}
        return form | {"dont_know": "1"}

    async def answer(self, form: dict[str, str]) -> Reply:
        reply = await self._send("POST", ANSWER_PATH, form, **HTMX)
        self.take(reply)
        return reply

    async def _send(self, *request: Any, **headers: str) -> Reply:
        self.connection.session = self.session
        return await self.connection.send(*request, **headers)

    def take(self, reply: Reply) -> None:
        asked = [
            fields
            for action, fields in forms(reply.text)
            if action.endswith(ANSWER_PATH) and "token" in fields
        ]
        self.question = asked[-1] if asked else None


HIDDEN = ("token",)


@dataclass
class Times:
    seconds: list[float] = field(default_factory=list)
    errors: Counter[int] = field(default_factory=Counter)
    bytes: list[int] = field(default_factory=list)

    def add(self, reply: Reply) -> None:
        if reply.status == 200:
            self.seconds.append(reply.seconds)
            self.bytes.append(len(reply.body))
        else:
            self.errors[reply.status] += 1

    @property
    def p50(self) -> float:
        return median(self.seconds) * 1000

    def at(self, percent: int) -> float:
        return quantiles(self.seconds, n=100, method="inclusive")[percent - 1] * 1000

    def __str__(self) -> str:
        told = f"p50 {self.p50:.2f} ms, p95 {self.at(95):.2f} ms, p99 {self.at(99):.2f} ms"
        return f"{told}, errors {dict(self.errors) or 0}"


async def paired(
    app: int, bare: int, sessions: list[str], version: int, turns: int
) -> tuple[Times, Times]:
    """One answer to the app and one bare store in turn, which comes first being chance.

    Each server has one kept connection: a server's processes take turns among connections, and a
    process that waited for its turn is slower.
    """
    chance = random.Random(1)
    line, baseline = Connection(app), Connection(bare)
    learners = [Learner(line, chance, session) for session in sessions]
    ours, least = Times(), Times()
    for turn in range(-50, turns):
        learner = learners[turn % len(learners)]
        form = await learner.ready()
        baseline.session = learner.session
        nonce = {"nonce": f"bare-{turn}", "version": str(version)}
        if chance.random() < 0.5:
            reply = await learner.answer(form)
            other = await baseline.send("POST", "/store/", nonce)
        else:
            other = await baseline.send("POST", "/store/", nonce)
            reply = await learner.answer(form)
        if turn >= 0:  # those before warm the processes
            ours.add(reply)
            least.add(other)
    line.close()
    baseline.close()
    return ours, least


async def side_by_side(small: int, large: int, sessions: dict[int, list[str]], turns: int):
    """The same answer step on two servers in turn: one with a short past, one with a long one."""
    chance = random.Random(2)
    lines = {port: Connection(port) for port in (small, large)}
    learners = {
        port: [Learner(line, chance, session) for session in sessions[port]]
        for port, line in lines.items()
    }
    times = {small: Times(), large: Times()}
    for turn in range(-50, turns):
        order = [small, large]
        chance.shuffle(order)
        for port in order:
            learner = learners[port][turn % len(learners[port])]
            form = await learner.ready()
            reply = await learner.answer(form)
            if turn >= 0:
                times[port].add(reply)
    for line in lines.values():
        line.close()
    return times[small], times[large]


async def closed_loop(
    port: int, sessions: list[str], connections: int, seconds: float
) -> tuple[Times, float]:
    """So many learners who answer one question after the other, without a pause."""
    times = Times()
    answering = 0.0

    async def learn(n: int) -> None:
        nonlocal answering
        line, chance = Connection(port), random.Random(n)
        learners = [Learner(line, chance, each) for each in sessions[n::connections]]
        await asyncio.sleep(0.01 * n)
        turn = 0
        while time.perf_counter() < end:
            learner = learners[turn % len(learners)]
            before = time.perf_counter()
            form = await learner.ready()
            starting = time.perf_counter() - before
            reply = await learner.answer(form)
            times.add(reply)
            answering += time.perf_counter() - before - starting
            turn += 1
        line.close()

    begun = time.perf_counter()
    end = begun + seconds
    await asyncio.gather(*(learn(n) for n in range(connections)))
    # Starting a round is no answer: its time is taken out of each connection's.
    return times, len(times.seconds) / (answering / connections)
