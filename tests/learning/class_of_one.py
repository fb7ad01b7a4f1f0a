"""A learner, a topic with questions of any form, and a browser that answers them."""

import re
from html import unescape

from django.test import Client
from django.urls import reverse

from quiz.accounts.middleware import GUEST_KEY
from quiz.questions.models import QuestionFact
from tests.factories import FactFactory, QuestionFactory, QuestionVersionFactory

HTMX = {"HX-Request": "true"}


def option(text, *, right=False, why=""):
    return {"text": text, "right": right, "why": why, "from_fact": None, "rule": "", "entity": None}


def _single(form):
    return {
        "options": [
            option("Kursk", right=True),
            option("Pyongyang", why="Pyongyang is another place."),
            option("Vladivostok", why="Vladivostok is a port."),
        ],
        "expected": {"shown": "Kursk", "order": "shuffle", "right": [0], "frame": []},
        "right": {"choice": 0},
        "wrong": {"choice": 1},
    }


def _paired(form):
    return {
        "options": [option("NIS", right=True), option("BBC", right=True), option("HUR")],
        "expected": {
            "shown": ["NIS", "BBC"],
            "order": "shuffle",
            "frame": ["300 killed", "1,000 killed"],
            "pairs": {"0": 0, "1": 1},
        },
        "right": {"pairs": {"0": 0, "1": 1}},
        "wrong": {"pairs": {"0": 1, "1": 0}},
    }


def _ordered(form):
    texts = ["The first", "The second", "The third"]
    return {
        "options": [option(text, right=True) for text in texts],
        "expected": {"shown": texts, "order": "shuffle", "sequence": [0, 1, 2], "frame": []},
        "right": {"order": [0, 1, 2]},
        "wrong": {"order": [2, 1, 0]},
    }


def _typed(form):
    return {
        "options": [],
        "expected": {
            "shown": "April 2025",
            "type": "date",
            "edtf": "2025-04",
            "reading": "extent",
            "circa_years": 0,
            "precision": "month",
            "zone_ambiguous": False,
            "field": {"kind": "date", "label": "___", "hint": "a month and a year"},
            "frame": ["In ___ it was so."] if form == "cloze-typed" else [],
        },
        "right": {"text": "April 2025"},
        "wrong": {"text": "May 2025"},
    }


def _several(form):
    return _single(form) | {
        "options": [option("A", right=True), option("B", right=True), option("C", why="C is not.")],
        "expected": {"shown": ["A", "B"], "order": "shuffle", "right": [0, 1], "frame": []},
        "right": {"choices": [0, 1]},
        "wrong": {"choices": [2]},
    }


def _card(form):
    return {
        "options": [],
        "expected": {"shown": "Kursk", "rating": True},
        "right": {"rating": 3},
        "wrong": {"rating": 1},
    }


def _estimate(form):
    return _typed(form) | {
        "expected": {
            "shown": "12,000",
            "type": "number",
            "text": "12,000",
            "value": "12000",
            "low": None,
            "high": None,
            "qualifier": "exactly",
            "unit": "soldiers",
            "significant_digits": 2,
            "scale": "",
            "factor": "",
            "near": [],
            "band": ["11000", "13000"],
            "field": {"kind": "number", "label": "___ soldiers", "hint": "a number"},
            "frame": [],
        },
        "right": {"text": "12,000"},
        "wrong": {"text": "5"},
    }


SINGLE = ("choice", "true-false", "says-so", "cloze", "what-said", "which-first", "which-hedge",
          "can-you-tell", "standing")  # fmt: skip
SHAPES = (
    dict.fromkeys(SINGLE, _single)
    | dict.fromkeys(("whose-words", "matching", "which-source", "what-counted", "chain"), _paired)
    | {"ordering": _ordered}
    | dict.fromkeys(("typed", "cloze-typed"), _typed)
    | {"several-right": _several, "flashcard": _card, "estimate": _estimate}
)
SEVERAL_FACTS = ("whose-words", "matching", "which-source", "what-counted", "ordering", "chain",
                 "several-right")  # fmt: skip


def make_version(topic, form="choice", *, fact=None, grave=False, facet="identity", **extra):
    """A served version of `form` about a fact of its own; several facts where the form asks so."""
    shape = SHAPES[form](form)
    fact = fact or FactFactory(topic=topic, grave=grave)
    question = QuestionFactory(fact=fact, form=form, facet=facet)
    expected = shape["expected"] | {"grave": grave}
    facts = [fact]
    if form in SEVERAL_FACTS:
        count = len(expected.get("pairs", ())) or len(shape["options"])
        facts += [FactFactory(topic=topic, thread=fact.thread) for _ in range(count - 1)]
        expected["facts"] = {
            str(place): [[f"{topic.slug}/{row.slug}", facet]] for place, row in enumerate(facts)
        }
    version = QuestionVersionFactory(
        question=question,
        stem=f"What about {fact.label}?",
        options=shape["options"],
        expected=expected,
        feedback={
            "sentence": f"{fact.label} is [[Kursk]].",
            "voice": "South Korean intelligence",
            "as_of": "As of January 2025",
            "source": "An article",
            "place": "Kursk, paragraph 5",
            "standing": "one voice",
            "rivals": ["Another figure is given elsewhere."],
        },
        **extra,
    )
    for row in facts:
        QuestionFact.objects.create(version=version, fact=row, facet=facet, role="key")
    return version


class Browser:
    """A learner's browser without JavaScript (or, with `htmx`, asking for fragments)."""

    def __init__(self, learner=None, *, htmx=True, **extra):
        self.client = Client(**extra)
        self.headers = HTMX if htmx else {}
        if learner is None:
            return
        if learner.is_guest:
            session = self.client.session
            session[GUEST_KEY] = learner.pk
            session.save()
        else:
            self.client.force_login(learner)

    def get(self, url):
        return self.client.get(url, headers=self.headers)

    def post(self, url, data=None):
        return self.client.post(url, data or {}, headers=self.headers)

    def start(self, topic, **data):
        """Begin a round; return the page of its first question."""
        response = self.post(reverse("quiz:round-start", args=[topic.slug]), data)
        assert response.status_code == 303, response.content
        return self.get(response.url)

    def answer(self, page, **given):
        """Send the form on a page, `given` in displayed places as the browser would."""
        return self.post(reverse("quiz:answer-create"), {"token": token_on(page), **given})

    def answer_text(self, page, text):
        """Choose the option that reads so."""
        return self.answer(page, choice=place_of(page, text))

    def right(self, page, version):
        return self.answer(page, **posted(page, version, "right"))

    def wrong(self, page, version):
        return self.answer(page, **posted(page, version, "wrong"))


def html(page):
    return page.content.decode() if hasattr(page, "content") else page


def token_on(page):
    """The token of the question that is waiting on a page or in a fragment."""
    found = re.findall(r'name="token" value="([^"]+)"', html(page))
    assert found, html(page)
    return unescape(found[-1])


def stem_on(page):
    return unescape(re.findall(r'<h1[^>]*tabindex="-1"[^>]*>([^<]*)<', html(page))[-1])


def displayed(page):
    """Texts of the options that can be chosen, in displayed order, with their values."""
    text = html(page)
    if "<template" in text:
        text = text[text.index("<template") :]
    rows = re.findall(
        r'name="(?:choice|choices)" value="(\d+)".*?<span>([^<]*)</span>\s*</label>', text, re.S
    )
    return {unescape(words).strip(): int(place) for place, words in rows}


def place_of(page, text):
    return displayed(page)[text]


def posted(page, version, which):
    """The response in the browser's words: displayed places where the version has stored ones."""
    given = SHAPES[version.question.form](version.question.form)[which]
    texts = [row["text"] for row in version.options]
    if "choice" in given:
        return {"choice": place_of(page, texts[given["choice"]])}
    if "choices" in given:
        return {"choices": [place_of(page, texts[place]) for place in given["choices"]]}
    if "pairs" in given:
        places = _selected(page, r"<option value=(\d+)>([^<]+)")
        return {f"pair-{row}": places[texts[place]] for row, place in given["pairs"].items()}
    if "order" in given:
        places = _selected(page, r'<label for="place-(\d+)">([^<]+)</label>')
        return {
            f"place-{places[texts[place]]}": number
            for number, place in enumerate(given["order"], start=1)
        }
    return given


def _selected(page, pattern):
    text = html(page)
    if "<template" in text:
        text = text[text.index("<template") :]
    return {unescape(words): int(place) for place, words in re.findall(pattern, text)}


def waiting(page):
    """The part of a fragment that holds the next question."""
    text = html(page)
    return text[text.index("<template") :] if "<template" in text else ""
