from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from quiz.facts.files import File
from quiz.facts.loading import load
from quiz.facts.models import Fact, Voice

README = Path(settings.BASE_DIR) / "fixtures" / "README.md"


@pytest.mark.django_db
def test_the_example_of_the_format_loads_as_it_stands():
    text = README.read_text(encoding="utf-8").partition("```yaml\n")[2].partition("```")[0]
    file = File.read(Path("example.yaml"), "yaml", text.encode())

    done = load(files=[file], now=datetime(2026, 3, 2, tzinfo=UTC))

    assert done.created == 4
    assert set(Fact.objects.values_list("kind", "status")) == {
        ("date", "reported"),
        ("figure", "reported"),
        ("statement", "claimed"),
        ("identity", "reported"),
    }
    assert Voice.objects.get().said_on_edtf == "1880"


def test_the_description_of_the_format_stays_short():
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 120
