"""The project keeps its own rules: layout, dependencies, requirements, settings, README."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
PYPROJECT = (HOUSE / "pyproject.toml").read_text()
ROOMS = (
    "accounts",
    "facts",
    "questions",
    "classrooms",
    "learning",
    "corrections",
    "reports",
    "exchange",
)
# Modules that must stay free of Django, by room; where one exists the contract names it.
PURE = {
    "facts": ("base", "dates", "elements", "names", "quantities", "status"),
    "questions": (
        "attackers",
        "audit",
        "distractors",
        "engine",
        "grading",
        "items",
        "present",
        "question_forms",
        "respond",
        "wording",
    ),
    "learning": ("folding", "memory", "queue", "rounds", "steadiness", "tally"),
    "reports": ("items",),
}
PRODUCTION = {
    "SECRET_KEY": "Zq7-not-a-real-one-but-long-enough-and-of-many-signs-0123456789",
    "ALLOWED_HOSTS": "quiz.example.org",
    "DEBUG": "0",
}


def manage(*arguments, **environment):
    clean = {
        name: value
        for name, value in os.environ.items()
        if name
        not in {
            "DEBUG",
            "DJANGO_ALLOW_ASYNC_UNSAFE",
            "SECRET_KEY",
            "ALLOWED_HOSTS",
            "DJANGO_SETTINGS_MODULE",
        }
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=HOUSE,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def tracked_files():
    names = subprocess.run(
        ["git", "ls-files"], cwd=HOUSE, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    if not names:
        pytest.skip("no git checkout")
    return names


def contract(name):
    contracts = tomllib.loads(PYPROJECT)["tool"]["importlinter"]["contracts"]
    return next(each for each in contracts if each["name"].startswith(name))


def test_production_settings_pass_every_deployment_check():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_production_refuses_to_start_without_a_secret():
    done = manage("check", **(PRODUCTION | {"SECRET_KEY": ""}))
    assert done.returncode != 0
    assert "SECRET_KEY is not set" in done.stderr


def test_debug_is_off_unless_asked_for():
    done = manage("check")
    assert "SECRET_KEY is not set" in done.stderr


def test_the_known_passwords_of_the_demo_are_made_only_in_debug():
    done = manage("demo", **PRODUCTION)
    assert done.returncode != 0
    assert "only with DEBUG=1" in done.stderr


def test_the_content_policy_allows_nothing_inline_and_nothing_foreign(settings):
    policy = {name: value for name, value in settings.SECURE_CSP.items() if name != "report-uri"}
    for directive, sources in policy.items():
        allowed = {"'self'", "'none'", "data:"} if directive == "img-src" else {"'self'", "'none'"}
        assert {str(getattr(each, "value", each)) for each in sources} <= allowed, directive


def test_no_template_holds_inline_script_style_or_handlers():
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=|\shx-on|\son\w+="
    )
    guilty = [
        f"{path.relative_to(HOUSE)}: {found.group()}"
        for path in (HOUSE / "templates").rglob("*.html")
        for found in inline.finditer(path.read_text())
    ]
    assert guilty == []


def test_the_top_level_is_what_the_design_says():
    top = {name.split("/")[0] for name in tracked_files()}
    fixed = {
        "manage.py",
        "pyproject.toml",
        "project",
        "quiz",
        "fixtures",
        "templates",
        "tests",
        "README.md",
        "Makefile",
        "LICENSE",
        "CHANGELOG.md",
        ".ci",
        "requirements.txt",
        "requirements-dev.txt",
    }
    assert fixed <= top
    assert {name for name in top - fixed if not name.startswith(".")} == set()


def test_the_app_has_the_rooms_and_nothing_named_for_odds_and_ends():
    names = tracked_files()
    inside = {name.split("/")[1] for name in names if name.startswith("quiz/") and "/" in name[5:]}
    assert inside == {*ROOMS, "management", "migrations", "static"}
    odd = re.compile(r"(^|/)(utils|helpers|services|managers|common)(/|\.py$)")
    assert [name for name in names if odd.search(name)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_the_front_door_of_a_room_holds_only_a_docstring(room):
    text = (HOUSE / "quiz" / room / "__init__.py").read_text().strip()
    assert text.startswith('"""')
    assert text.count('"""') == 2
    assert text.endswith('"""')


def test_every_room_is_in_the_layers_in_the_order_of_the_design():
    layers = contract("A room imports only")["layers"]
    assert layers == [f"quiz.{room}" for room in reversed(ROOMS)]


def test_every_pure_module_that_exists_is_in_the_contract():
    listed = set(contract("Pure modules")["source_modules"])
    for room, names in PURE.items():
        for name in names:
            path = HOUSE / "quiz" / room / name
            exists = path.with_suffix(".py").exists() or path.is_dir()
            assert (f"quiz.{room}.{name}" in listed) == exists, f"quiz.{room}.{name}"


def test_every_dependency_says_what_it_is_for():
    lists = re.findall(
        r"^(?:dependencies|test|lint|postgres|elements)\b.*?\](?=\s*(?:#[^\n]*)?$)",
        PYPROJECT,
        re.M | re.S,
    )
    assert len(lists) >= 3
    lines = [line for text in lists for line in text.splitlines() if re.match(r'\s+"', line)]
    assert len(lines) > 15
    bare = [line for line in lines if "#" not in line]
    assert bare == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_and_hashed_and_name_no_host(name):
    text = (HOUSE / name).read_text()
    assert not re.search(r"://|^-|index-url|find-links|file:", text, re.M)
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[\w.\-\[\],]+==[\w.]+", requirement), requirement[:60]
        assert "--hash=sha256:" in requirement, requirement[:60]


def test_requirements_hold_every_dependency():
    data = tomllib.loads(PYPROJECT)
    groups = data["dependency-groups"]
    runtime = data["project"]["dependencies"] + data["project"]["optional-dependencies"]["postgres"]
    for name, wanted in (
        ("requirements.txt", runtime),
        ("requirements-dev.txt", runtime + groups["test"] + groups["lint"]),
    ):
        pinned = set(re.findall(r"^([\w.\-]+)", (HOUSE / name).read_text(), re.M))
        named = {re.match(r"[\w.\-]+", each).group().lower() for each in wanted}
        assert named <= {each.lower() for each in pinned}, name


def test_the_readme_names_targets_commands_and_settings_that_exist():
    readme = (HOUSE / "README.md").read_text()
    assert len(readme.splitlines()) <= 150
    targets = set(re.findall(r"^([\w-]+):", (HOUSE / "Makefile").read_text(), re.M))
    assert set(re.findall(r"`?make ([a-z]+)\b`?  ", readme)) <= targets
    assert set(re.findall(r"^\| `make ([a-z]+)`", readme, re.M)) <= targets
    ours = {path.stem for path in (HOUSE / "quiz/management/commands").glob("*.py")}
    django = {"migrate", "createcachetable", "collectstatic", "check", "clearsessions"}
    assert set(re.findall(r"manage\.py (\w+)", readme)) <= ours | django
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (HOUSE / "project/settings.py").read_text()))
    told = set(
        re.findall(r"`([A-Z]{3,}(?:_[A-Z]+)*)`", readme.split("## Settings")[1].split("##")[0])
    )
    assert read == told
    for path in re.findall(r"`((?:quiz|fixtures|project|templates|tests)/[\w./-]*)`", readme):
        assert (HOUSE / path).exists(), path


def test_nothing_tracked_names_a_place_of_one_machine():
    place = re.compile(r"(^|[^A-Za-z0-9_.$}/])/(work|farm|root|tmp)/")
    guilty = [
        name
        for name in tracked_files()
        if (HOUSE / name).suffix in {".py", ".toml", ".txt", ".md", ".sh", ".yaml", ".html", ""}
        and (HOUSE / name).is_file()
        and name != "tests/test_house.py"
        and place.search((HOUSE / name).read_text())
    ]
    assert guilty == []
