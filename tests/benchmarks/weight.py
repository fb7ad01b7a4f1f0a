"""What the first page weighs over the wire, with everything that it asks for."""

import re

from tests.benchmarks.client import TOPIC, Connection

WANTED = re.compile(r'<(?:script|link|img)\b[^>]*(?:src|href)="(/[^"]+)"')


async def weigh(port: int, session: str) -> list[tuple[str, list[tuple[str, int]]]]:
    """Return for each page every file it loads with its size as it is sent."""
    found = []
    for name, path, cookie in (
        ("the first page of a stranger", "/", ""),
        ("a topic's page", f"/topics/{TOPIC}/", ""),
        ("today's page of a learner", "/review/", session),
    ):
        plain = await Connection(port, cookie).send("GET", path)
        parts = [path, *dict.fromkeys(WANTED.findall(plain.text))]
        sizes = []
        for part in parts:
            connection = Connection(port, cookie)
            reply = await connection.send("GET", part, Accept_Encoding="br, gzip")
            if reply.status != 200:
                raise RuntimeError(f"{part} answered {reply.status}")
            sizes.append((part, len(reply.body)))
            connection.close()
        found.append((name, sizes))
    return found
