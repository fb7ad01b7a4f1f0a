"""Who may see what others answered."""

from quiz.accounts.policies import register
from quiz.classrooms.policies import teaches_it
from quiz.questions.policies import is_author

register("set.report", is_author)
register("classroom.report", teaches_it)
