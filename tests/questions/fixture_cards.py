"""The entities of both topics as grading sees them, with all that describes them."""

from functools import cache
from pathlib import Path

import yaml

from quiz.questions.grading import NameCard, NameForm


@cache
def cards():
    rows = {}
    for path in sorted((Path(__file__).parents[2] / "fixtures").glob("*.yaml")):
        for record in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader):
            if record["model"] != "quiz.entity":
                continue
            rows[record["fields"]["slug"]] = record["fields"]
    return [card_of(fields, rows) for fields in rows.values()]


def card_of(fields, rows):
    names = [NameForm(fields["name"])]
    for name in fields.get("names", []):
        if name["text"] != fields["name"]:
            accept = name.get("accept", "true") == "true"
            names.append(NameForm(name["text"], name.get("kind", "full"), accept))
    within, above = [], fields.get("part_of")
    while above:
        within.append(rows[above[0]]["name"])
        above = rows[above[0]].get("part_of")
    offices = [
        ", ".join((role["role"], *(rows[key]["name"] for key in role.get("of", ()))))
        for role in fields.get("roles", ())
    ]
    capital = f"capital of {fields['name']}"
    return NameCard(
        tuple(names),
        fields["kind"],
        fields["slug"],
        note=fields.get("note", ""),
        within=tuple(within),
        alike=tuple(alike(fields, rows)),
        offices=tuple(offices),
        seats=tuple(row["name"] for row in rows.values() if row.get("note") == capital),
    )


def alike(fields, rows):
    """What may be the same, whichever of the two says so."""
    yield from fields.get("maybe_same_as") or ()
    for key, other in rows.items():
        if fields["slug"] in (other.get("maybe_same_as") or ()):
            yield key
