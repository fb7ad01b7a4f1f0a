"""A browser's part of it, as cheap as possible: one kept connection, a cookie jar, form fields."""

import asyncio
import re
from dataclasses import dataclass, field
from html import unescape
from time import perf_counter
from urllib.parse import urlencode

TOPIC = "north-korea-ukraine"
CSRF = "benchmarkbenchmarkbenchmarkbench"  # a client may choose it; cookie and field must agree
FORM = re.compile(r"<form\b[^>]*action=\"([^\"]+)\"[^>]*>(.*?)</form>", re.S)
TAG = re.compile(r"<(?:input|button|select|textarea)\b[^>]*>", re.S)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Connection:
    """A kept connection to one port, signed in by a session."""

    port: int
    session: str = ""
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = field(default=None, repr=False)

    async def send(self, method: str, path: str, form: dict | None = None, **headers: str) -> Reply:
        """Send a request; the time counts from the first byte sent to the last one read."""
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        body = urlencode(form | {"csrfmiddlewaretoken": CSRF}).encode() if form is not None else b""
        lines = {
            "Host": "localhost",
            "Cookie": f"sessionid={self.session}; csrftoken={CSRF}",
            "Content-Length": str(len(body)),
            "Content-Type": "application/x-www-form-urlencoded",
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        begun = perf_counter()
        self.writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        status, found, content = await self._read(head_only=method == "HEAD")
        return Reply(status, found, content, perf_counter() - begun)

    async def _read(self, *, head_only: bool) -> tuple[int, dict[str, str], bytes]:
        assert self.reader is not None
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {}
        for line in head[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        status = int(head[0].split()[1])
        if head_only or status in {204, 304}:
            return status, headers, b""
        if "chunked" in headers.get("transfer-encoding", ""):
            return status, headers, await self._chunks()
        return status, headers, await self.reader.readexactly(int(headers["content-length"]))

    async def _chunks(self) -> bytes:
        assert self.reader is not None
        parts = []
        while size := int(await self.reader.readline(), 16):
            parts.append(await self.reader.readexactly(size))
            await self.reader.readline()
        await self.reader.readline()
        return b"".join(parts)

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
            self.writer = None


def forms(html: str) -> list[tuple[str, dict[str, list[str]]]]:
    """Return each form's action with the values that its fields offer."""
    found = []
    for action, inside in FORM.findall(html):
        fields: dict[str, list[str]] = {}
        for tag in TAG.findall(inside):
            attributes = dict(ATTRIBUTE.findall(tag))
            if "name" in attributes:
                fields.setdefault(attributes["name"], []).append(
                    unescape(attributes.get("value", ""))
                )
        found.append((unescape(action), fields))
    return found
