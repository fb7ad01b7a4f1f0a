"""What of the feedback stands open and what is folded: at most sixty words at once. Pure.

The verdict, the place in the source and the words a page always shows are spent beforehand; the
rest is opened in the order of its need, as long as it fits, and shown in the order it is told.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_WORDS = 60
_WORD = re.compile(r"\w\S*")


class Kind(StrEnum):
    """In the order in which a page tells them."""

    SENTENCE = "sentence"
    REASON = "reason"
    NOTE = "note"
    QUOTE = "quote"
    VOICE = "voice"
    SOURCE = "source"


# Of one fact its sentence is what is needed; of several the card itself shows what is right, and
# why they differ comes first.
OF_ONE = (Kind.SENTENCE, Kind.VOICE, Kind.REASON, Kind.SOURCE, Kind.NOTE, Kind.QUOTE)
OF_SEVERAL = (Kind.NOTE, Kind.VOICE, Kind.REASON, Kind.SOURCE, Kind.SENTENCE, Kind.QUOTE)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the feedback; `text` may hold the answer in double brackets."""

    kind: Kind
    text: str


def words(*texts: str) -> int:
    """How many words are read: what holds a letter or a digit."""
    return sum(len(_WORD.findall(text)) for text in texts)


def fold(
    blocks: Sequence[Block], *, spent: int, order: Sequence[Kind] = OF_ONE
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The blocks that stand open and those that are folded, each in the order told."""
    left = MOST_WORDS - spent
    opened: set[int] = set()
    places = range(len(blocks))
    for place in sorted(places, key=lambda at: order.index(blocks[at].kind)):
        cost = words(blocks[place].text)
        if cost <= left:
            left -= cost
            opened.add(place)
    return (
        tuple(blocks[place] for place in places if place in opened),
        tuple(blocks[place] for place in places if place not in opened),
    )
