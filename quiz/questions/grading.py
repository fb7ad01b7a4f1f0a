"""Grading of typed answers: the one door to the graders of dates, numbers and names.

Pure: no clock, no database. A text that cannot be read is asked again once (the caller counts),
since invalid is not wrong.
"""

from quiz.questions.grade_dates import grade_date
from quiz.questions.grade_names import grade_name
from quiz.questions.grade_numbers import grade_number
from quiz.questions.grade_several import grade_names
from quiz.questions.graded import Graded, Verdict
from quiz.questions.name_index import NameCard, NameForm, NameIndex

__all__ = [
    "Graded",
    "NameCard",
    "NameForm",
    "NameIndex",
    "Verdict",
    "grade_date",
    "grade_name",
    "grade_names",
    "grade_number",
]
