"""The pages where learning begins, goes on and ends: topics, rounds, and the day's review."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from quiz.accounts.middleware import ensure_guest
from quiz.accounts.models import User
from quiz.accounts.policies import LearnerRequest, learner_view
from quiz.classrooms.models import Assignment
from quiz.facts.models import Thread, Topic
from quiz.learning import planning
from quiz.learning.actions import set_leave_out_grave, start_review
from quiz.learning.candidates import ASKABLE
from quiz.learning.days import minutes_for
from quiz.learning.days_folding import fold_days
from quiz.learning.models import Memory
from quiz.learning.planning import next_words, plan_of_day, plan_round
from quiz.learning.progress import count_topics, facts_of_round, returning_words
from quiz.learning.rounds import Kind, Round
from quiz.learning.tally import tally
from quiz.learning.timeline import strip_of
from quiz.learning.tokens import ExpiredTokenError
from quiz.learning.views.steps import (
    NOTICE,
    QUESTION,
    SeeOther,
    Step,
    learner_of,
    read_token,
    round_url,
    seal_round,
    show,
    step_of_round,
)


@require_GET
@learner_view("page.read")
def home(request: LearnerRequest) -> HttpResponse:
    """The topics, and for a learner what today holds."""
    topics = Topic.objects.filter(owner=None)
    learner, now = request.learner, timezone.now()
    context = {
        "topics": count_topics(topics, learner, now),
        "today": plan_of_day(learner, now) if learner else None,
    }
    return render(request, "learning/home.html", context)


@require_GET
@learner_view("page.read")
def topic_detail(request: LearnerRequest, slug: str) -> HttpResponse:
    """A topic's start page: what it is built on, and a button that asks at once."""
    topic = get_object_or_404(Topic, slug=slug, owner=None)
    learner = request.learner
    threads = topic.threads.all()
    has_met = learner is not None and Memory.objects.filter(learner=learner, topic=topic).exists()
    context = {
        "topic": topic,
        "threads": threads,
        "has_met": has_met,
        "reading_minutes": reading_minutes(threads),
        "has_grave": topic.facts.filter(grave=True, status__in=ASKABLE).exists(),
        "count": count_topics([topic], learner, timezone.now())[0],
    }
    return render(request, "learning/topic_detail.html", context)


@require_GET
@learner_view("page.read")
def reading(request: LearnerRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(Topic, slug=slug, owner=None)
    return render(
        request, "learning/reading.html", {"topic": topic, "threads": topic.threads.all()}
    )


def reading_minutes(threads: Iterable[Thread]) -> int:
    """How long the readings take: 230 words a minute."""
    return -(-sum(len(thread.reading.split()) for thread in threads) // 230)


@require_POST
@learner_view("learn.start")
def round_start(request: LearnerRequest, slug: str) -> HttpResponse:
    """Make a guest where there is nobody yet, plan a round, and show its first question."""
    topic = get_object_or_404(Topic, slug=slug, owner=None)
    learner = ensure_guest(request)
    if "grave_shown" in request.POST:
        set_leave_out_grave(learner=learner, leave_out=bool(request.POST.get("leave_out_grave")))
    now = timezone.now()
    is_first = learner.is_guest and not Memory.objects.filter(learner=learner).exists()
    kind = Kind.FIRST if is_first else Kind.ROUND
    size = planning.FIRST_SIZE if request.POST.get("size") == "5" else 0
    threads = request.POST.getlist("thread")
    plan = plan_round(learner, topic, now, kind=kind, size=size, threads=threads)
    return begin(learner, plan)


@require_GET
@learner_view("learn")
def review_today(request: LearnerRequest) -> HttpResponse:
    """What today holds; when nothing is due, when that will be; what the classes wait for."""
    learner, now = learner_of(request), timezone.now()
    plan = plan_of_day(learner, now)
    topic = planning.latest_topic(learner)
    context = {
        "plan": plan,
        "minutes": minutes_for(plan.total),
        "topic": topic,
        "next": "" if plan.total else next_words(learner, now),
        "strip": strip_of(learner, topic) if topic else None,
        "assignments": Assignment.objects.waiting_for(learner, now),
        "now": now,
    }
    return render(request, "learning/review_today.html", context)


@require_POST
@learner_view("learn")
def review_start(request: LearnerRequest) -> HttpResponse:
    learner = ensure_guest(request)  # whose cookie lives on by it
    return begin(learner, start_review(learner=learner, now=timezone.now()))


def begin(learner: User, plan: Round) -> HttpResponse:
    """Show the first question of a plan at its own address; days that are over are counted."""
    fold_days(learner=learner, now=timezone.now())
    return SeeOther(round_url(seal_round(learner, plan)))


@require_GET
@learner_view("learn")
def round_detail(request: LearnerRequest) -> HttpResponse:
    """The question a round stands at, or, when nothing is left or wanted, how it went."""
    learner, now = learner_of(request), timezone.now()
    try:
        token = read_token(request, request.GET.get("at"))
    except ExpiredTokenError:
        context = {
            "notice": "This round began more than 14 days ago. What you answered is kept.",
            "step": Step(None, "/", "To the topics"),
        }
        return show(request, NOTICE, context, status=410)
    if token.round is None:
        return redirect("quiz:review-today")
    if "stop" in request.GET:
        return _round_done(request, learner, token.round)
    step = step_of_round(learner, token.round, now)
    if step.card is not None:
        return show(request, QUESTION, {"card": step.card})
    return _round_done(request, learner, token.round)


def _round_done(request: LearnerRequest, learner: User, done: Round) -> HttpResponse:
    now = timezone.now()
    tomorrow = plan_of_day(learner, now, days_ahead=1)
    rows = facts_of_round(done)
    context = {
        "round": done,
        "tally": tally(done.right, done.counted),
        "rows": rows,
        "sources": list(dict.fromkeys(row.source for row in rows if row.source)),
        "tomorrow": tomorrow,
        "minutes": minutes_for(tomorrow.total),
        "returning": returning_words(done, tomorrow.facts),
        "is_first": done.kind is Kind.FIRST,
        "is_review": done.kind is Kind.REVIEW,
        "left_today": plan_of_day(learner, now).total if done.kind is Kind.REVIEW else 0,
        "next": next_words(learner, now, tomorrow),
    }
    return show(request, "learning/_round_done.html", context)
