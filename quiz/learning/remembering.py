"""How a response changes what is remembered: the row of a memory as a value, and its next value."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from quiz.learning import memory, rating
from quiz.learning.memory import Grade, State
from quiz.learning.rating import RECALL, SELF_RATED, Evidence


@dataclass(frozen=True, slots=True)
class Trace:
    """What is known of one facet of one fact; `seq` grows with every response that is stored."""

    seq: int = 0
    state: State | None = None
    due_day: date | None = None
    last_grade: Grade | None = None
    rated: int = 0
    lapses: int = 0
    recalled_days: int = 0
    self_rated_days: int = 0
    last_recalled_day: date | None = None
    last_day: date | None = None
    last_form: str = ""
    asked_again: bool = False
    revision_seen: int = 1


NOTHING = Trace()


def grade_of(trace: Trace, seen: Evidence, day: date) -> Grade | None:
    """The rating this response feeds into the schedule: only the first of a learner's day does."""
    if trace.state is not None and trace.state.last_day >= day:
        return None
    return rating.grade(seen, memory.retrievability(trace.state, day))


def after(trace: Trace, seen: Evidence, grade: Grade | None, day: date, *, revision: int) -> Trace:
    """The trace after a response that is worth `grade` (None: it does not move the schedule)."""
    state, due_day = trace.state, trace.due_day
    recalled, self_rated, last_recalled = _recalls(trace, seen, day)
    tomorrow = day + timedelta(days=1)
    if grade is not None:
        state = memory.review(state, grade, day, rating.cap(seen.form, recalled))
        due_day = state.due_day
    elif state is None:
        # Met but not rated (a guess between two, a partial answer): it returns tomorrow.
        due_day = tomorrow
    elif due_day is not None and _is_missed_again(trace, seen):
        # The schedule may give a lapse some days; what is missed once more returns tomorrow.
        due_day = min(due_day, tomorrow)
    return Trace(
        seq=trace.seq + 1,
        state=state,
        due_day=due_day,
        last_grade=trace.last_grade if grade is None else grade,
        rated=trace.rated + (grade is not None),
        lapses=trace.lapses + (grade == Grade.AGAIN and trace.rated > 0),
        recalled_days=recalled,
        self_rated_days=self_rated,
        last_recalled_day=last_recalled,
        last_day=day,
        last_form=seen.form,
        asked_again=False,
        revision_seen=revision,
    )


def after_asking_again(trace: Trace) -> Trace:
    """The learner is asked to say it more clearly: nothing is learned but that it was asked."""
    return replace(trace, seq=trace.seq + 1, asked_again=True)


def _is_missed_again(trace: Trace, seen: Evidence) -> bool:
    if seen.right is None:
        return trace.last_grade == Grade.AGAIN
    return not seen.right


def _recalls(trace: Trace, seen: Evidence, day: date) -> tuple[int, int, date | None]:
    """Days on which it was recalled unaided or so rated; one day counts once."""
    counts = trace.recalled_days, trace.self_rated_days, trace.last_recalled_day
    if trace.last_recalled_day is not None and trace.last_recalled_day >= day:
        return counts
    if seen.form in RECALL and seen.right:
        return trace.recalled_days + 1, trace.self_rated_days, day
    if seen.form in SELF_RATED and (seen.chosen_grade or 0) >= Grade.GOOD:
        return trace.recalled_days, trace.self_rated_days + 1, day
    return counts
