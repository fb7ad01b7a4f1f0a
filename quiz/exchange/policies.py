"""Who may take what out as a file: one's own answers; a set's results, its author."""

from quiz.accounts.models import User
from quiz.accounts.policies import register
from quiz.questions.policies import is_author


def own_data(_user: User, _obj: object) -> bool:
    return True


register("my-data.export", own_data, guests=True)
register("set.export-results", is_author)
