"""What is told after an answer: enough at once, and never more than sixty words."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string
from django.utils import timezone

from quiz.facts.models import Topic
from quiz.learning.answering import Answered, How
from quiz.learning.asking import shown_version
from quiz.learning.folding import MOST_WORDS, words
from quiz.learning.presenting import answered_card
from quiz.learning.tokens import Token
from quiz.questions.actions import generate_questions
from quiz.questions.models import QuestionVersion
from quiz.questions.respond import PAIRED, respond, right_indices
from tests.factories import UserFactory

ARTICLE = Path(__file__).parents[2] / "fixtures" / "north-korea-ukraine.yaml"
FOLDED = re.compile(r"</summary>.*?</details>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
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


def open_words(card):
    """What is read before anything is unfolded."""
    html = render_to_string("questions/_verdict.html", {"card": card})
    return words(TAG.sub(" ", FOLDED.sub("</details>", html)))


@pytest.mark.django_db
def test_no_stored_question_of_the_article_tells_more_than_sixty_words_at_once():
    call_command("loaddata", str(ARTICLE), verbosity=0)
    topic = Topic.objects.get(slug="north-korea-ukraine")
    generate_questions(topic=topic, now=timezone.now())
    learner = UserFactory()
    long, hidden, forms = [], [], set()
    for version in QuestionVersion.objects.served().select_related("question"):
        asked = shown_version(learner, version.question.public_id, version.n)
        forms.add(asked.form)
        for given in responses(asked):
            card = answered_card(answered(asked, given, learner), learner=learner)
            if (count := open_words(card)) > MOST_WORDS:
                long.append((version.stem, given, count))
            kinds = {block.kind for block in card.evidence.told}
            if not asked.has_several_facts and "sentence" not in kinds:
                hidden.append((version.stem, given))
    assert len(forms) > 15
    assert long == []
    assert hidden == []
