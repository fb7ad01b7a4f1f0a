from typing import Any, Literal

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quiz.accounts.policies import SignedInRequest, require
from quiz.facts.models import Topic
from quiz.questions import sets
from quiz.questions.forms import NewSetForm, RewordForm, RuleForm, SetForm
from quiz.questions.models import QuestionSet
from quiz.questions.set_rule import SetRule, short_of

SETS_ON_A_PAGE = 30


def found_set(request: SignedInRequest, public_id: str) -> QuestionSet:
    """The set, for who may edit it; 404 or 403 for everyone else."""
    question_set = get_object_or_404(
        QuestionSet.objects.select_related("topic"), public_id=public_id
    )
    require(request, "set.edit", question_set)
    return question_set


def fragment_or(request: SignedInRequest, template: str, fragment: str) -> str:
    return f"{template}#{fragment}" if request.htmx else template


@require_GET
def set_list(request: SignedInRequest) -> HttpResponse:
    require(request, "set.list")
    put_away = "away" in request.GET
    own = QuestionSet.objects.filter(owner=request.user).select_related("topic")
    if put_away:
        own = own.filter(status=QuestionSet.Status.ARCHIVED)
    else:
        own = own.exclude(status=QuestionSet.Status.ARCHIVED)
    counted = own.annotate(size=Count("items")).order_by("-changed_at", "pk")
    page = Paginator(counted, SETS_ON_A_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(
        request, "questions/set_list.html", {"page": page, "put_away": put_away}
    )


@require_http_methods(["GET", "POST"])
def set_new(request: SignedInRequest) -> HttpResponse:
    """Choose a topic, then filter it; the count beside the button follows the filter."""
    require(request, "set.create")
    topics = Topic.objects.filter(owner=None)
    wanted = request.POST.get("topic") or request.GET.get("topic")
    if not wanted:
        counted = topics.annotate(fact_count=Count("facts"))
        return TemplateResponse(request, "questions/set_new.html", {"topics": counted})
    topic = get_object_or_404(topics, slug=wanted)
    if request.method == "POST":
        form = NewSetForm(topic, request.POST)
        if form.is_valid():
            question_set = sets.create_set(
                owner=request.user,
                topic=topic,
                title=form.cleaned_data["title"],
                rule=form.rule(),
                now=timezone.now(),
            )
            asked, found = form.cleaned_data["number"], question_set.items.count()
            if words := short_of(asked, found):
                messages.warning(request, words)
            return redirect("quiz:set-detail", question_set.public_id)
        status = 422
    else:
        # A filter in the address is the form's own, sent to count what fits.
        is_counting = "importance" in request.GET
        form = NewSetForm(topic, request.GET if is_counting else None)
        status = 200
    context = {"form": form, "topic": topic, "reach": _reach(topic, form)}
    name = fragment_or(request, "questions/set_new.html", "reach-count")
    if request.method == "POST":
        name = "questions/set_new.html"
    return TemplateResponse(request, name, context, status=status)


def _reach(topic: Topic, form: RuleForm) -> dict[str, int]:
    """How many facts and questions the filter lets through, as far as it can be read."""
    form.is_valid()
    given = getattr(form, "cleaned_data", {})
    stored = {name: value for name, value in given.items() if name in SetRule.__slots__}
    rule = SetRule.from_json(stored) if form.is_bound else SetRule()
    return (
        sets.in_reach(topic, rule)
        .order_by()
        .aggregate(facts=Count("fact", distinct=True), questions=Count("pk"))
    )


@require_GET
def set_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    question_set = found_set(request, public_id)
    return TemplateResponse(
        request, "questions/set_detail.html", detail_context(request, question_set)
    )


def detail_context(
    request: SignedInRequest, question_set: QuestionSet, changed: str = "", problem: str = ""
) -> dict[str, Any]:
    """What the page and each of its fragments show; `changed` takes the focus after a swap."""
    items = list(question_set.items.with_versions())
    lines = [
        {"item": item, "number": n, "form": RewordForm(initial={"own_stem": item.stem})}
        for n, item in enumerate(items, start=1)
    ]
    link = question_set.link_token and request.build_absolute_uri(f"/s/{question_set.link_token}/")
    return {
        "question_set": question_set,
        "lines": lines,
        "last": len(lines),
        "changed": changed,
        "problem": problem,
        "grave_count": sum(item.question.fact.grave for item in items),
        "unserved_count": sum(not item.is_served for item in items),
        "link": link,
    }


@require_http_methods(["GET", "POST"])
def set_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    question_set = found_set(request, public_id)
    if request.method == "POST":
        form = SetForm(request.POST)
        if form.is_valid():
            sets.describe(question_set=question_set, **form.cleaned_data, now=timezone.now())
            return redirect("quiz:set-detail", question_set.public_id)
    else:
        form = SetForm(
            initial={
                "title": question_set.title,
                "description": question_set.description,
                "feedback_at_end": "end" if question_set.feedback_at_end else "each",
                "follows_facts": "follow" if question_set.follows_facts else "keep",
            }
        )
    return TemplateResponse(
        request,
        "questions/set_edit.html",
        {"form": form, "question_set": question_set},
        status=422 if form.errors else 200,
    )


@require_POST
def set_publish(request: SignedInRequest, public_id: str) -> HttpResponse:
    question_set = found_set(request, public_id)
    try:
        sets.publish(question_set=question_set, now=timezone.now())
    except sets.NothingToPublishError:
        return _state(request, question_set, "Add a question first: there is nothing to open yet.")
    return _state(request, question_set)


@require_POST
def set_change_state(
    request: SignedInRequest, public_id: str, to: Literal["unpublish", "revoke_link", "archive"]
) -> HttpResponse:
    question_set = found_set(request, public_id)
    change = {
        "unpublish": sets.unpublish,
        "revoke_link": sets.revoke_link,
        "archive": sets.archive,
    }[to]
    change(question_set=question_set, now=timezone.now())
    return _state(request, question_set)


@require_POST
def set_duplicate(request: SignedInRequest, public_id: str) -> HttpResponse:
    question_set = found_set(request, public_id)
    copy = sets.duplicate(
        question_set=question_set,
        owner=request.user,
        now=timezone.now(),
    )
    return redirect("quiz:set-detail", copy.public_id)


def _state(request: SignedInRequest, question_set: QuestionSet, problem: str = "") -> HttpResponse:
    """The link panel after a change: as a fragment, or by way of a redirect."""
    if not request.htmx:
        if problem:
            messages.warning(request, problem)
        return redirect("quiz:set-detail", question_set.public_id)
    return TemplateResponse(
        request,
        "questions/set_detail.html#set-state",
        detail_context(request, question_set, problem=problem),
    )
