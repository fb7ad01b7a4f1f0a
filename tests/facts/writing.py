"""Small fixtures for tests: whole records as plain values, written as YAML or JSON."""

import json
from pathlib import Path

import yaml

TOPIC = {"slug": "tides", "title": "Tides"}
THREAD = {"topic": ["tides"], "slug": "coast", "title": "Coast", "position": "1"}
SOURCE = {"slug": "almanac", "kind": "reference", "title": "An almanac"}
HARBOUR = {
    "slug": "north-harbour",
    "kind": "organisation",
    "name": "North Harbour Office",
    "topic": ["tides"],
    "names": [{"text": "NHO", "kind": "acronym"}],
}
LIGHTHOUSE = {
    "slug": "lighthouse",
    "kind": "place",
    "name": "Grey Lighthouse",
    "topic": ["tides"],
    "part_of": ["north-harbour"],
}
MEASURE = {"slug": "ships", "counts": "ships in the harbour", "unit": "ships", "changing": False}
CITED = [{"source": ["almanac"], "locator": "Harbour, paragraph 1"}]


def date_fact(**changes):
    return {
        "topic": ["tides"],
        "slug": "opened",
        "kind": "date",
        "thread": ["tides", "coast"],
        "importance": "1",
        "label": "The harbour opens",
        "sentence": "The harbour opened in [[July 2022]].",
        "stem": "When did the harbour open?",
        "when_edtf": "2022-07",
        "citations": CITED,
    } | changes


def figure(**changes):
    return {
        "topic": ["tides"],
        "slug": "ships-counted",
        "kind": "figure",
        "thread": ["tides", "coast"],
        "label": "Ships counted",
        "sentence": "There were [[around 1,500]] ships in the harbour.",
        "stem": "How many ships were there in the harbour?",
        "measure": ["ships"],
        "amount_text": "1,500",
        "qualifier": "about",
        "hedge_text": "around",
        "citations": CITED,
    } | changes


def statement(**changes):
    return {
        "topic": ["tides"],
        "slug": "warned",
        "kind": "statement",
        "thread": ["tides", "coast"],
        "label": "A warning of storms",
        "sentence": "The [[North Harbour Office]] warned of storms.",
        "stem": "Who warned of storms?",
        "content": "storms would come",
        "mode": "warned",
        "voices": [{"entity": ["north-harbour"], "mode": "warned", "said_on_edtf": "2024"}],
        "citations": CITED,
    } | changes


def identity(**changes):
    return {
        "topic": ["tides"],
        "slug": "oldest",
        "kind": "identity",
        "thread": ["tides", "coast"],
        "label": "The oldest building",
        "sentence": "The oldest building is the [[Grey Lighthouse]].",
        "stem": "Which is the oldest building?",
        "answers": [["lighthouse"]],
        "citations": CITED,
    } | changes


def records(*facts, **changed):
    """All records of the topic; `changed` replaces whole records by their lower-case names."""
    known = {
        "quiz.topic": [TOPIC],
        "quiz.thread": [THREAD],
        "quiz.measure": [changed.get("measure", MEASURE)],
        "quiz.entity": [changed.get("harbour", HARBOUR), changed.get("lighthouse", LIGHTHOUSE)],
        "quiz.source": [changed.get("source", SOURCE)],
        "quiz.fact": facts,
    }
    return [{"model": model, "fields": fields} for model, rows in known.items() for fields in rows]


def write(path: Path, rows) -> Path:
    form = yaml.safe_dump if path.suffix == ".yaml" else json.dumps
    path.write_text(form(rows), encoding="utf-8")
    return path
