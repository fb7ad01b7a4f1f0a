"""Grading of typed answers: the one door to the graders of dates, numbers and names.

Pure: no clock, no database. A text that cannot be read is asked again once (the caller counts),
since invalid is not wrong.
"""

from quiz.questions.grade_dates import grade_date
from quiz.questions.graded import Graded, Verdict

__all__ = ["Graded", "Verdict", "grade_date"]
