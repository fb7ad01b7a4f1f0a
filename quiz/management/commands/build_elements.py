"""Write the fixture of the chemical elements from the data package mendeleev (MIT licence)."""

from argparse import ArgumentParser
from importlib.metadata import version
from math import isnan
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from quiz.facts.element_records import Element, Points, Record
from quiz.facts.elements import records

HEADER = """\
# The chemical elements. Made by `manage.py build_elements`; do not edit by hand.
# Values: the data package mendeleev (MIT licence), which names its own references.
"""


def read_package() -> list[Record]:
    """Return the records made from the installed package; ImportError where it is missing."""
    from mendeleev.fetch import fetch_table  # noqa: PLC0415 - a development extra, rarely there

    def text(value: Any) -> str:
        return value.strip() if isinstance(value, str) else ""

    def number(value: Any) -> float | None:
        return None if value is None or isnan(value) else float(value)

    elements = [
        Element(
            number=int(row["atomic_number"]),
            symbol=row["symbol"],
            name=row["name"],
            weight=number(row["atomic_weight"]),
            weight_uncertainty=number(row["atomic_weight_uncertainty"]),
            radioactive=bool(row["is_radioactive"]),
            discovery_year=int(year) if (year := number(row["discovery_year"])) else None,
            discoverers=text(row["discoverers"]),
            discovery_location=text(row["discovery_location"]),
            name_origin=text(row["name_origin"]),
            description=text(row["description"]),
        )
        for row in fetch_table("elements").to_dict("records")
    ]
    points = [
        Points(
            number=int(row["atomic_number"]),
            melting=number(row["melting_point"]),
            boiling=number(row["boiling_point"]),
            allotrope=text(row["allotrope"]),
            sublimes=row["is_sublimation_point"] in (True, 1),
            transition=row["is_transition"] in (True, 1),
        )
        for row in fetch_table("phasetransitions").to_dict("records")
    ]
    return records(elements, points, version("mendeleev"))


class PlainDumper(yaml.SafeDumper):
    """Writes every value in full: anchors save bytes but not readers."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def rendered(built: list[Record]) -> str:
    text = yaml.dump(
        built, Dumper=PlainDumper, sort_keys=False, allow_unicode=True, width=100, indent=2
    )
    return HEADER + text


class Command(BaseCommand):
    help = "Build fixtures/elements.yaml from the data package mendeleev."

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = settings.BASE_DIR / "fixtures" / "elements.yaml"
        parser.add_argument("--output", type=Path, default=default)

    def handle(self, *args: Any, output: Path, **options: Any) -> None:
        try:
            built = read_package()
        except ImportError as error:
            message = "The package mendeleev is missing: pip install -e '.[elements]'"
            raise CommandError(message) from error
        output.write_text(rendered(built), encoding="utf-8")
        facts = sum(record["model"] == "quiz.fact" for record in built)
        self.stdout.write(f"{output.name}: {len(built)} records, {facts} facts")
