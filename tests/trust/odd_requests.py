"""Requests that no page of ours sends, made by hypothesis: any URL, any method, any field."""

import re
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from django.urls import NoReverseMatch, get_resolver, reverse
from hypothesis import strategies as st

from tests.trust.matrix import read_rows

ROWS = read_rows()
MEGABYTE = "x" * 1_000_000
# Text that some layer reads differently from the next: Python, the database, the browser.
TEXTS = [
    "", " ", "\0", "a\0b", "\ud800", "\udfff\ud800", "\u202eabc", "\u200b", "e\u0301", "é", "\ufeff",
    "👩‍👩‍👧", "<script>alert(1)</script>", "{{ 7|add:7 }}", "' OR 1=1 --", "%s%n", "a\r\nSet-Cookie: x",
    "../../etc/passwd", "//evil.example", "javascript:alert(1)", "[]", "{}", "null", "[[[", "%", "%00",
    "x" * 300, "x" * 3_000, MEGABYTE,
]  # fmt: skip
NUMBERS = [
    "0", "1", "-1", "-0", "2147483647", "2147483648", "9223372036854775808", str(2**70), "1" + "0" * 300,
    "1" + "0" * 5_000, "NaN", "inf", "-Infinity", "1e400", "1e0", "0x1", "1_000", "٣", "１", "²", " 1",
    "1,5", "1.5", "007", "True",
]  # fmt: skip
TIMES = [
    "0001-01-01T00:00", "9999-12-31T23:59", "2024-02-30", "2024-03-31T02:30", "10000-01-01T00:00",
    "0000-00-00", "2024-13-01T00:00", "24:00", "-0001-01-01T00:00", "2024-11", "2024-11-01",
]  # fmt: skip
values = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from(NUMBERS),
    st.sampled_from(TIMES),
    st.text(max_size=30),
)
METHODS = (
    "get",
    "get",
    "post",
    "post",
    "post",
    "post",
    "head",
    "put",
    "patch",
    "delete",
    "options",
)
BODIES = ("form", "form", "form", "form", "json", "multipart", "text")
HEADERS = {
    "HX-Request": ("true", "false"),
    "HX-Current-URL": ("http://testserver/\0", "//evil", "http://[", "é" * 9, "x" * 9_000),
    "HX-Target": ("main", "<b>"),
    "Referer": ("http://evil.example/", "http://["),
    "Accept-Language": ("xx-" * 900, "\x7f", "de;q=9"),
    "X-Forwarded-For": ("", "999.1.1.1", "x" * 3_000),
}


@dataclass(frozen=True)
class Sent:
    """One request, ready to be sent."""

    method: str
    name: str
    path: str
    body: bytes = b""
    content_type: str = "application/x-www-form-urlencoded"
    headers: dict[str, str] = field(default_factory=dict)

    def __repr__(self):
        return f"{self.method} {self.path[:300]} {self.body[:600]!r} {self.content_type} {self.headers}"


def patterns(resolver=None, prefix=""):
    """Every URL name with the names of its arguments, the admin's included."""
    resolver = resolver or get_resolver()
    for name in resolver.reverse_dict:
        if isinstance(name, str):
            for possibilities, *_ in resolver.reverse_dict.getlist(name):
                for _, arguments in possibilities:
                    yield f"{prefix}{name}", tuple(arguments)
    for space, (_, inner) in resolver.namespace_dict.items():
        yield from patterns(inner, f"{prefix}{space}:")


def encoded(pairs):
    """Fields as a browser sends them, lone surrogates as the bytes that a broken one sends."""
    return urlencode(pairs, quote_via=lambda text, *_: quote(text.encode("utf-8", "surrogatepass")))


def multipart(pairs):
    parts = [
        b'--X\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
        % (
            name.encode("utf-8", "surrogatepass").replace(b"\r\n", b""),
            b'; filename="a.txt"' if len(value) % 5 == 4 else b"",
            value.encode("utf-8", "surrogatepass"),
        )
        for name, value in pairs
    ]
    return b"".join(parts) + b"--X--\r\n"


FIELD = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]+)"([^>]*)')
VALUE = re.compile(r'value="([^"]*)"')


def fields_on(page):
    """The fields of a page's forms, with the values that stand in them."""
    found = {}
    for name, rest in FIELD.findall(page):
        if name != "csrfmiddlewaretoken":
            value = VALUE.search(rest)
            found.setdefault(name, value[1] if value else "")
    return found


def made_requests(world, fields):
    """A strategy of requests; `fields` are those of each URL's page, as this actor sees it."""
    shown = {row.url: row for row in ROWS}
    ours = sorted(
        {name: args for name, args in patterns() if not name.startswith("admin:")}.items()
    )
    admins = sorted({name: args for name, args in patterns() if name.startswith("admin:")}.items())
    names = sorted(
        {name for each in fields.values() for name in each} | {"at", "n", "page", "next", "q"}
    )
    ids = [
        world.classroom.public_id, world.other_classroom.public_id, world.question_set.public_id,
        world.question.public_id, world.attempt.public_id, world.owner.public_id, world.answer.nonce,
        world.topic.slug, world.fact.slug, world.owner_token, world.owner_token[:-1], world.card_token,
        world.classroom.join_code, "1", str(world.owner.pk), str(world.fact.pk),
    ]  # fmt: skip
    anything = st.one_of(values, st.sampled_from(ids))

    @st.composite
    def draw_request(draw):
        how = draw(st.integers(0, 9))
        if how < 6:  # a row of the matrix, as it is meant or nearly so
            row = draw(st.sampled_from(ROWS))
            name, arguments, method = row.url, tuple(row.args), row.method
        else:
            name, arguments = draw(st.sampled_from(ours if how == 6 else admins))
            row = shown.get(name)
            method = draw(st.sampled_from(METHODS))
        kwargs = {}
        for argument in arguments:
            true_one = row and row.args.get(argument)
            if true_one and draw(st.integers(0, 5)):
                kwargs[argument] = world.value(true_one)
            elif argument == "object_id" and draw(st.integers(0, 3)):
                kwargs[argument] = str(draw(st.sampled_from(ids[-3:])))
            else:
                kwargs[argument] = draw(st.one_of(st.sampled_from(ids), values))
        try:
            path = reverse(name, kwargs=kwargs)
        except (NoReverseMatch, UnicodeEncodeError):
            path = "/" + quote("/".join(map(str, kwargs.values())), errors="replace")
        known = dict(fields.get(name, {})) | (world.data(row) if row else {})
        changed = draw(st.sets(st.sampled_from(sorted(known) or [""]), max_size=2))
        pairs = []
        for key, value in known.items():
            if key in changed:
                pairs += [(key, each) for each in draw(st.lists(anything, max_size=2))]
            else:
                pairs.append((key, value))
        pairs += draw(st.lists(st.tuples(st.sampled_from(names), anything), max_size=2))
        if method in {"get", "head", "options"}:
            return Sent(
                method, name, f"{path}?{encoded(pairs)[:60_000]}", headers=draw_headers(draw)
            )
        kind = draw(st.sampled_from(BODIES))
        body, content_type = as_body(kind, pairs)
        return Sent(method, name, path, body, content_type, draw_headers(draw))

    return draw_request()


def as_body(kind, pairs):
    if kind == "multipart":
        return multipart(pairs), "multipart/form-data; boundary=X"
    if kind == "json":
        return b'{"a": ' * 2_000, "application/json"
    if kind == "text":
        return encoded(pairs).encode(), "text/plain; charset=no-such-charset"
    return encoded(pairs).encode(), "application/x-www-form-urlencoded"


def draw_headers(draw):
    chosen = draw(st.sets(st.sampled_from(sorted(HEADERS)), max_size=2))
    return {name: draw(st.sampled_from(HEADERS[name])) for name in sorted(chosen)}
