from typing import Literal

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from quiz.accounts.policies import SignedInRequest
from quiz.questions import sets
from quiz.questions.forms import HandWrittenForm, RewordForm, RuleForm
from quiz.questions.handwritten import add_hand_written
from quiz.questions.models import Question, QuestionSet, QuestionVersion, SetItem
from quiz.questions.set_rule import SetRule, short_of
from quiz.questions.views.sets import detail_context, found_set, fragment_or

QUESTIONS_ON_A_PAGE = 20


def found_item(question_set: QuestionSet, question_id: str) -> SetItem:
    items = question_set.items.with_versions()
    item: SetItem = get_object_or_404(items, question__public_id=question_id)
    return item


def _after_change(
    request: SignedInRequest, question_set: QuestionSet, changed: str = "", problem: str = ""
) -> HttpResponse:
    if not request.htmx:
        if problem:
            messages.warning(request, problem)
        page = redirect("quiz:set-detail", question_set.public_id)
        if changed:
            page["Location"] += f"#question-{changed}"
        return page
    return TemplateResponse(
        request,
        "questions/set_detail.html#set-questions",
        detail_context(request, question_set, changed, problem),
    )


@require_POST
def set_item_drop(request: SignedInRequest, public_id: str, question_id: str) -> HttpResponse:
    question_set = found_set(request, public_id)
    item = question_set.items.filter(question__public_id=question_id).first()
    # Sent twice, the second finds nothing and changes nothing.
    if item is not None:
        sets.drop(item=item, now=timezone.now())
    return _after_change(request, question_set)


@require_POST
def set_item_swap(
    request: SignedInRequest, public_id: str, question_id: str, to: Literal["form", "fact"]
) -> HttpResponse:
    question_set = found_set(request, public_id)
    item = found_item(question_set, question_id)
    problem = ""
    if not sets.swap(item=item, to=to, now=timezone.now()):
        problem = {
            "form": "This fact can be asked in no other form.",
            "fact": "Every fact that fits the filter is in this set already.",
        }[to]
    changed = Question.objects.get(pk=item.question_id).public_id
    return _after_change(request, question_set, changed, problem)


@require_POST
def set_item_move(
    request: SignedInRequest, public_id: str, question_id: str, by: Literal[-1, 1]
) -> HttpResponse:
    question_set = found_set(request, public_id)
    order = list(question_set.items.values_list("question__public_id", flat=True))
    if question_id in order:
        at = order.index(question_id)
        order.insert(max(at + by, 0), order.pop(at))
        sets.reorder(question_set=question_set, question_ids=order, now=timezone.now())
    return _after_change(request, question_set, question_id)


@require_POST
def set_item_reword(request: SignedInRequest, public_id: str, question_id: str) -> HttpResponse:
    question_set = found_set(request, public_id)
    item = found_item(question_set, question_id)
    form = RewordForm(request.POST)
    if not form.is_valid():
        problem = "That wording is too long: 600 characters at most."
        return _after_change(request, question_set, question_id, problem)
    sets.reword(item=item, own_stem=form.cleaned_data["own_stem"], now=timezone.now())
    return _after_change(request, question_set, question_id)


@require_http_methods(["GET", "POST"])
def set_pick(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Browse what a filter lets through; pick one question, or a number of them at once."""
    question_set = found_set(request, public_id)
    stored = {**SetRule.from_json(question_set.rule).as_json(), "number": 5}
    if request.method == "POST" and "question" in request.POST:
        return _picked(request, question_set)
    if request.method == "POST":
        form = RuleForm(question_set.topic, request.POST)
        if form.is_valid():
            added = sets.fill(question_set=question_set, rule=form.rule(), now=timezone.now())
            if words := short_of(form.cleaned_data["number"], added, is_more=True):
                messages.warning(request, words)
            return redirect("quiz:set-detail", question_set.public_id)
    elif "importance" in request.GET:
        form = RuleForm(question_set.topic, request.GET)
    else:
        form = RuleForm(question_set.topic, stored)
    rule = form.rule() if form.is_valid() else SetRule()
    questions = sets.in_reach(question_set.topic, rule).select_related("fact__thread")
    page = Paginator(questions, QUESTIONS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "question_set": question_set,
        "form": form,
        "page": page,
        "candidates": _candidates(question_set, list(page.object_list)),
        "query": _without_page(request),
        "rule_fields": _as_fields(rule),
    }
    is_refused = request.method == "POST"
    name = "questions/set_pick.html"
    if not is_refused:
        name = fragment_or(request, name, "candidates")
    return TemplateResponse(request, name, context, status=422 if is_refused else 200)


def _picked(request: SignedInRequest, question_set: QuestionSet) -> HttpResponse:
    reach = sets.in_reach(question_set.topic, SetRule())
    question = get_object_or_404(reach, public_id=request.POST["question"])
    sets.pick(question_set=question_set, question=question, now=timezone.now())
    if not request.htmx:
        return redirect("quiz:set-detail", question_set.public_id)
    [candidate] = _candidates(question_set, [question])
    return TemplateResponse(
        request,
        "questions/set_pick.html#candidate-state",
        {"question_set": question_set, **candidate},
    )


def _candidates(
    question_set: QuestionSet, questions: list[Question]
) -> list[dict[str, Question | QuestionVersion | bool]]:
    versions = QuestionVersion.objects.filter(question__in=questions).exclude(
        state=QuestionVersion.State.REPLACED
    )
    current = {version.question_id: version for version in versions}
    there = set(question_set.items.values_list("question_id", flat=True))
    return [
        {
            "question": question,
            "version": current[question.pk],
            "is_picked": question.pk in there,
        }
        for question in questions
    ]


def _as_fields(rule: SetRule) -> list[tuple[str, str]]:
    """The filter as hidden fields, so that adding takes what is shown; the number is asked."""
    stored = rule.as_json()
    del stored["number"]
    fields = [
        (name, value)
        for name, values in stored.items()
        if isinstance(values, list)
        for value in values
    ]
    fields.append(("importance", str(rule.importance)))
    return [*fields, ("grave", "on")] if rule.grave else fields


def _without_page(request: SignedInRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


@require_http_methods(["GET", "POST"])
def set_write(request: SignedInRequest, public_id: str) -> HttpResponse:
    question_set = found_set(request, public_id)
    topic = question_set.topic
    form = HandWrittenForm(topic, request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        written = add_hand_written(
            question_set=question_set,
            thread=topic.threads.get(slug=given["thread"]),
            form=given["form"],
            stem=given["stem"],
            key=given["key"],
            wrong=form.wrong_options(),
            also_right=form.accepted(),
            sentence=given["sentence"],
            note=given["note"],
            grave=given["grave"],
            now=timezone.now(),
        )
        page = redirect("quiz:set-detail", question_set.public_id)
        page["Location"] += f"#question-{written.item.question.public_id}"
        for advice in written.advice:
            messages.info(request, f"Added. You may want to look at this: {advice}.")
        return page
    return TemplateResponse(
        request,
        "questions/set_write.html",
        {"form": form, "question_set": question_set},
        status=422 if form.is_bound else 200,
    )
