"""The article's fixture as plain records, for the tests that hold it against the article."""

from pathlib import Path

from quiz.facts.yaml import read

TOPIC = "north-korea-ukraine"
PATH = Path(__file__).parents[2] / "fixtures" / f"{TOPIC}.yaml"
RECORDS = read(PATH.read_text(encoding="utf-8"))
FACTS = {record.fields["slug"]: record.fields for record in RECORDS if record.model == "quiz.fact"}
ENTITIES = {
    record.fields["slug"]: record.fields for record in RECORDS if record.model == "quiz.entity"
}


def voices_of(slug):
    rows = FACTS[slug].get("voices", ())
    return [row["entity"][0] if "entity" in row else row["label"] for row in rows]
