"""A fact's page, and changing it."""

from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from quiz.accounts.models import User
from quiz.accounts.policies import can, require
from quiz.corrections.actions import settle_edit
from quiz.corrections.blast import UnconfirmedError, blast_radius
from quiz.corrections.forms import FactPageForm, SupersedeForm, WhyForm
from quiz.corrections.hand_written import name_own_answer
from quiz.corrections.reading import evidence_of, questions_of, revisions_of, rivals_of
from quiz.corrections.superseding import give_way
from quiz.facts.actions import begin_edit, restore_fact, retract_fact, set_also_right
from quiz.facts.mistakes import RefusedError
from quiz.facts.models import Fact

UNPROCESSABLE = 422


def _fact(request: HttpRequest, topic: str, slug: str, action: str) -> Fact:
    """The fact of an address. A teacher's own topic has the slug of the public one beside it."""
    rows = Fact.objects.filter(topic__slug=topic, slug=slug).select_related(
        "topic__owner", "thread", "subject", "measure"
    )
    found = sorted(rows, key=lambda row: not can(cast("User", request.user), action, row))
    if not found:
        raise Http404
    require(request, action, found[0])
    return found[0]


@require_GET
def fact_detail(request: HttpRequest, topic: str, slug: str) -> HttpResponse:
    fact = _fact(request, topic, slug, "fact.read")
    context: dict[str, Any] = {
        "fact": fact,
        "rivals": rivals_of(fact),
        "versions": questions_of(fact),
        "revisions": revisions_of(fact),
        "may_edit": can(cast("User", request.user), "fact.edit", fact),
        **evidence_of(fact),
    }
    return render(request, "corrections/fact_detail.html", context)


@require_http_methods(["GET", "POST"])
def fact_edit(request: HttpRequest, topic: str, slug: str) -> HttpResponse:
    """Change a fact; a refusal, or a reach not yet confirmed, shows the form as it was typed."""
    fact = _fact(request, topic, slug, "fact.edit")
    radius = blast_radius(fact)
    form = FactPageForm(request.POST or None, instance=fact)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                changed = _save(form, cast("User", request.user))
        except RefusedError as error:
            form.refuse(error.mistakes)
        except UnconfirmedError as error:
            form.refuse(error.mistakes)
        else:
            said = "Saved. Its questions are made anew." if changed else "Nothing had changed."
            messages.success(request, said)
            return redirect("quiz:fact-detail", topic=topic, slug=slug)
    context = {"fact": fact, "form": form, "radius": radius}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "corrections/fact_edit.html", context, status=status)


def _save(form: FactPageForm, by: User) -> bool:
    given = form.cleaned_data
    edit = begin_edit(Fact.objects.get(pk=form.instance.pk))
    fact = form.save()
    if "also_right" in given:
        set_also_right(fact, given["also_right"])
    name_own_answer(fact)
    settle_edit(
        edit=edit,
        fact=fact,
        change=given["change"],
        why=given["why"],
        confirmed=given["confirmed"],
        ends_cases=bool(given.get("ends_cases")),
        by=by,
        now=timezone.now(),
    )
    return fact.pk in edit.changed


@require_http_methods(["GET", "POST"])
def fact_retract(request: HttpRequest, topic: str, slug: str) -> HttpResponse:
    """Take a fact back, or bring it back; what that touches is shown first."""
    fact = _fact(request, topic, slug, "fact.edit")
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = restore_fact if fact.retracted_at else retract_fact
        said = "The fact is asked again." if fact.retracted_at else "The fact is asked no more."
        try:
            act(
                fact=fact,
                why=form.cleaned_data["why"],
                by=cast("User", request.user),
                now=timezone.now(),
            )
        except RefusedError as error:
            for mistake in error.mistakes:
                form.add_error(None, f"{mistake.field}: {mistake.what} {mistake.right}")
        else:
            messages.success(request, said)
            return redirect("quiz:fact-detail", topic=topic, slug=slug)
    context = {"fact": fact, "form": form, "radius": blast_radius(fact), **evidence_of(fact)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "corrections/fact_retract.html", context, status=status)


@require_http_methods(["GET", "POST"])
def fact_supersede(request: HttpRequest, topic: str, slug: str) -> HttpResponse:
    """Let a fact give way to a newer one; what that touches is shown first and confirmed."""
    fact = _fact(request, topic, slug, "fact.edit")
    radius = blast_radius(fact)
    posted = request.POST if request.method == "POST" else None
    form = SupersedeForm(posted, fact=fact, asks=not radius.is_empty)
    if request.method == "POST" and form.is_valid():
        try:
            newer = give_way(
                fact=fact, by=cast("User", request.user), now=timezone.now(), **form.asked_for
            )
        except (RefusedError, UnconfirmedError) as error:
            form.refuse(error.mistakes)
        else:
            messages.success(request, "Saved. The older fact stands as what was said then.")
            return redirect("quiz:fact-detail", topic=topic, slug=newer.slug)
    context = {
        "fact": fact,
        "form": form,
        "radius": radius,
        **evidence_of(fact),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "corrections/fact_supersede.html", context, status=status)
