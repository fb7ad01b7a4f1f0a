"""Finding a class by its code, slowly enough that nobody finds one by guessing.

A code is 49 random bits and looked up whole in a unique index, so neither the reply nor its time
tells how near a guess was. What is counted is misses: per user, and per address so that many
accounts do not help.
"""

from django.core.cache import cache

from quiz.accounts.models import User
from quiz.classrooms.models import JOIN_ALPHABET, Classroom

CODE_LENGTH = 10
MINUTES_COUNTED = 10
MISSES_OF_A_USER = 10
# A school sits behind one address: a whole class may mistype, a thousand guesses may not.
MISSES_OF_AN_ADDRESS = 100


class TooManyMissesError(Exception):
    """The user or the address has guessed too often; wait `seconds`."""

    seconds = MINUTES_COUNTED * 60


def normalized(code: str) -> str:
    """Return a code as it is stored; blanks and dashes are only for the eye."""
    return "".join(code.split()).replace("-", "").upper()


def classroom_by_code(*, code: str, user: User, address: str) -> Classroom | None:
    """Return the class with this code; a miss is counted, and too many raise TooManyMissesError."""
    counters = {
        f"join-misses:user:{user.pk}": MISSES_OF_A_USER,
        f"join-misses:address:{address}": MISSES_OF_AN_ADDRESS,
    }
    misses = cache.get_many(counters)
    if any(misses.get(key, 0) >= most for key, most in counters.items()):
        raise TooManyMissesError
    wanted = normalized(code)
    if len(wanted) == CODE_LENGTH and set(wanted) <= set(JOIN_ALPHABET):
        classroom = Classroom.objects.filter(join_code=wanted).first()
        if classroom is not None:
            return classroom
    for key in counters:
        cache.add(key, 0, timeout=TooManyMissesError.seconds)
        cache.incr(key)
    return None
