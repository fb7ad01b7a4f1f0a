"""The addresses that every answer needs, each looked up once: Django's `reverse` asks the resolver
anew for every one, which was a twentieth of an answer's time.
"""

from functools import cache

from django.urls import get_script_prefix, reverse

_PLACE = "0"


def path_to(name: str, key: str = "") -> str:
    """The path of the page of this name; `key` is its one part that varies, of URL-safe letters."""
    before, after = _pieces(get_script_prefix(), name, has_key=bool(key))
    return f"{before}{key}{after}"


@cache
def _pieces(_prefix: str, name: str, *, has_key: bool) -> tuple[str, str]:
    if not has_key:
        return reverse(name), ""
    before, _, after = reverse(name, args=[_PLACE]).rpartition(_PLACE)
    return before, after
