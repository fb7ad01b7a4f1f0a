"""The signed token of one showing, and what is derived from it.

A token says which question was shown to whom and when, which row is its lock and in which state the
lock was, and carries the round. It is signed, not secret: nothing in it tells what is right.
"""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer

from quiz.learning import rounds
from quiz.learning.rounds import Round
from quiz.questions.present import displayed_order

SALT = "quiz.presentation"
MAX_AGE = timedelta(days=14)
# A browser's clock plays no part, but the processes of one site may differ by moments.
LEEWAY = timedelta(minutes=5)
LONGEST = 3000


class MalformedTokenError(Exception):
    """No token of ours: 400."""


class ForeignTokenError(Exception):
    """Another learner's: 404."""


class ExpiredTokenError(Exception):
    """Shown too long ago: 410."""


@dataclass(frozen=True, slots=True)
class Token:
    """One showing of `question` in version `n`; `question` is empty when the round is over.

    seq: of the lock when it was shown. attempt and slot name the lock where it is a slot.
    key: the secret that signed it; shuffle and nonce follow it when secrets are rotated.
    """

    learner: str
    question: str
    n: int
    seq: int
    shown_at: datetime
    second: bool = False
    attempt: str = ""
    slot: int = 0
    round: Round | None = None
    key: str = ""

    @property
    def secret(self) -> bytes:
        return f"{SALT}.secret:{self.key or settings.SECRET_KEY}".encode()


def seal(token: Token) -> str:
    at = int(token.shown_at.timestamp() * 1000)
    value = [
        token.learner,
        token.question,
        token.n,
        token.seq,
        at,
        int(token.second),
        token.attempt,
        token.slot,
        token.round.as_json() if token.round else None,
    ]
    return Signer(key=settings.SECRET_KEY, salt=SALT).sign_object(value, compress=True)


def unseal(text: str, learner: str, now: datetime) -> Token:
    """Read a token; `learner` is the public id of whoever sent it."""
    if len(text) > LONGEST:
        raise MalformedTokenError
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        signer = Signer(key=key, salt=SALT, fallback_keys=[])
        try:
            value = signer.unsign_object(text)
        except BadSignature:
            continue
        except Exception as error:  # signed by us, yet unreadable: it was cut
            raise MalformedTokenError from error
        token = replace(_read(value), key=key)
        if token.learner != learner:
            raise ForeignTokenError
        if now - token.shown_at > MAX_AGE or token.shown_at - now > LEEWAY:
            raise ExpiredTokenError
        return token
    raise MalformedTokenError


def _read(value: Any) -> Token:
    try:
        learner, question, n, seq, at, second, attempt, slot, carried = value
        return Token(
            learner=learner,
            question=question,
            n=n,
            seq=seq,
            shown_at=datetime.fromtimestamp(at / 1000, UTC),
            second=bool(second),
            attempt=attempt,
            slot=slot,
            round=rounds.from_json(carried) if carried else None,
        )
    except (TypeError, ValueError) as error:
        raise MalformedTokenError from error


def nonce_of(token: Token, *, learner: int, fact: int, facet: str) -> str:
    """The name of the response that this showing asks for; all tabs that show it share it."""
    place = f"{token.attempt}/{token.slot}" if token.attempt else ""
    text = f"{learner}:{token.question}:{fact}:{facet}:{place}:{token.seq}"
    digest = hmac.digest(token.secret, text.encode(), "sha256")
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def places_of(token: Token, nonce: str, count: int, order: str) -> tuple[int, ...]:
    """The stored index of each displayed option."""
    return displayed_order(token.secret, nonce, count, order)
