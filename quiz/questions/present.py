"""The order in which one learner sees the options of one showing.

An HMAC of a secret and the nonce decides, so that no browser can compute where the key stands,
and every server process computes the same order without storing it.
"""

import hmac
from collections.abc import Mapping, Sequence
from typing import Any


def shuffled(secret: bytes, nonce: str, count: int) -> tuple[int, ...]:
    """The stored index of each displayed place: an even shuffle, fixed by secret and nonce."""
    places = list(range(count))
    for last in range(count - 1, 0, -1):
        digest = hmac.digest(secret, f"{nonce}:{last}".encode(), "sha256")
        chosen = int.from_bytes(digest[:8], "big") % (last + 1)
        places[last], places[chosen] = places[chosen], places[last]
    return tuple(places)


def displayed_order(secret: bytes, nonce: str, count: int, order: str) -> tuple[int, ...]:
    """`order` is the version's: "shuffle" reorders, "given" keeps the options as stored."""
    return shuffled(secret, nonce, count) if order == "shuffle" else tuple(range(count))


def as_stored(given: Mapping[str, Any], places: Sequence[int]) -> dict[str, Any]:
    """What was given by displayed places, in stored indices; a place out of range is a ValueError.

    Texts, ratings and "don't know" pass unchanged.
    """
    stored = dict(given)
    if "choice" in stored:
        stored["choice"] = _place(stored["choice"], places)
    for key in ("choices", "order"):
        if key in stored:
            stored[key] = [_place(value, places) for value in stored[key]]
    if "pairs" in stored:
        stored["pairs"] = {
            premise: _place(value, places) for premise, value in stored["pairs"].items()
        }
    return stored


def _place(value: Any, places: Sequence[int]) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < len(places):
        raise ValueError(f"no option stands at place {value!r}")
    return places[value]
