"""What is told after an answer: enough at once, and never more than sixty words."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from quiz.facts.models import Topic
from quiz.learning.answering import Answered, How
from quiz.learning.asking import Asked, shown_version
from quiz.learning.folding import MOST_WORDS, words
from quiz.learning.presenting import answered_card, present
from quiz.learning.rounds import Kind, start
from quiz.learning.tokens import Token
from quiz.learning.views.steps import QUESTION, Step
from quiz.questions.actions import generate_questions
from quiz.questions.models import QuestionVersion
from quiz.questions.respond import PAIRED, respond, right_indices
from tests.factories import UserFactory

ARTICLE = Path(__file__).parents[2] / "fixtures" / "north-korea-ukraine.yaml"
FOLDED = re.compile(r"</summary>.*?</details>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
LONGEST_ROUND = 10
MOST_BYTES = 6_000  # of a reply before it is compressed
AROUND = "<template data-next-card></template>"
WRONG_TEXTS = ("1 March 1999", "March 2025", "2024", "31", "12 million", "Somebody Else")


def responses(asked):
    """Right, wrong in several ways, and not known, in stored places."""
    right, count = right_indices(asked.expected), len(asked.options)
    given = [{"dont_know": True}]
    if asked.form in PAIRED:
        premises = [str(place) for place in range(len(right))]
        shifted = [right[(place + 1) % len(right)] for place in range(len(right))]
        spares = [place for place in range(count) if place not in right] or [right[0]]
        rows = (right, shifted, [spares[-1]] * len(right), [spares[-1], *right[1:]])
        given += [{"pairs": dict(zip(premises, row, strict=True))} for row in rows]
    elif "sequence" in asked.expected:
        swapped = [right[1], right[0], *right[2:]]
        given += [{"order": list(row)} for row in (right, right[::-1], swapped)]
    elif asked.form == "several-right":
        wrong = [place for place in range(count) if place not in right]
        given += [{"choices": sorted(row)} for row in (right, range(count), right[:1], wrong)]
    elif asked.form == "flashcard":
        given += [{"rating": 1}, {"rating": 3}]
    elif asked.options:
        given += [{"choice": place} for place in range(count)]
    else:
        given += [{"text": text} for text in (str(asked.expected["shown"]), *WRONG_TEXTS)]
    return given


def answered(asked, given, learner):
    outcome = respond(asked.form, asked.options, asked.expected, given, today=date(2026, 3, 2))
    token = Token(learner.public_id, asked.question, asked.n, 0, timezone.now())
    reply = {"note": outcome.note, "read_as": outcome.read_as}
    places = tuple(range(len(asked.options)))
    return Answered(
        How.STORED,
        asked,
        token,
        "n" * 43,
        places,
        given,
        outcome.verdict.value,
        outcome.score,
        reply,
    )


def open_words(html):
    """What is read of the verdict before anything is unfolded."""
    verdict = html[html.index('<section class="verdict') : html.index("</section>")]
    return words(TAG.sub(" ", FOLDED.sub("</details>", verdict)))


@dataclass(frozen=True)
class Reply:
    """What a response to a stored question brings back, and what asking it takes."""

    asked: Asked
    given: dict
    open_words: int
    open_kinds: set
    bytes_told: int
    bytes_asked: int


@pytest.fixture(scope="module")
def replies(django_db_setup, django_db_blocker):
    """All replies about the article's facts: to each stored question everything is answered."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", str(ARTICLE), verbosity=0)
        topic = Topic.objects.get(slug="north-korea-ukraine")
        generate_questions(topic=topic, now=timezone.now())
        found = list(_replies(UserFactory()))
        transaction.set_rollback(True)
    return found


def _replies(learner):
    request = RequestFactory().post("/answers/")
    request.htmx, request.learner = True, learner
    versions = list(QuestionVersion.objects.served().select_related("question"))
    plan = start(Kind.ROUND, [one.question.public_id for one in versions[:LONGEST_ROUND]])
    for version in versions:
        asked = shown_version(learner, version.question.public_id, version.n)
        waiting = present(asked, learner=learner, now=timezone.now(), round_=plan)
        question = len(html_of(request, {"card": waiting}).encode()) + len(AROUND)
        # As with a question that waits: the link on does not repeat its round.
        step = Step(None, reverse("quiz:round-detail"))
        for given in responses(asked):
            card = answered_card(answered(asked, given, learner), learner=learner)
            html = html_of(request, {"card": card, "step": step})
            kinds = {block.kind for block in card.evidence.told}
            yield Reply(asked, given, open_words(html), kinds, len(html.encode()), question)


def html_of(request, context):
    return render_to_string(QUESTION, context, request)


@pytest.mark.django_db
def test_no_stored_question_of_the_article_tells_more_than_sixty_words_at_once(replies):
    assert len({reply.asked.form for reply in replies}) > 15
    assert [reply for reply in replies if reply.open_words > MOST_WORDS] == []
    one = (reply for reply in replies if not reply.asked.has_several_facts)
    assert [reply for reply in one if "sentence" not in reply.open_kinds] == []


@pytest.mark.django_db
def test_no_two_questions_of_the_article_make_a_reply_too_heavy(replies):
    told = max(replies, key=lambda reply: reply.bytes_told)
    following = max(replies, key=lambda reply: reply.bytes_asked)
    assert told.bytes_told + following.bytes_asked <= MOST_BYTES, (told, following)
