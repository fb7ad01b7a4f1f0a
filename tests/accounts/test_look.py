"""The look holds what it promises: contrast, size, and a page that htmx runs safely."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = (Path(settings.BASE_DIR) / "quiz/static/quiz/style.css").read_text("utf-8")
TEXT, CONTROL = 5.5, 3.5
ON_GROUND = ["ink", "muted", "accent", "right", "wrong", "partly", "differ"]
TINTED = ["right", "wrong", "partly"]


def tokens(scheme):
    light, dark = CSS.split("@media (prefers-color-scheme: dark)")[:2]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", dark.split("}")[0]))
    return found


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_controls_can_be_read(scheme):
    colour = tokens(scheme)
    pairs = [(text, ground, TEXT) for text in ON_GROUND for ground in ("page", "surface")]
    pairs += [(text, f"{text}-tint", TEXT) for text in TINTED]
    pairs += [("ink", f"{text}-tint", TEXT) for text in [*TINTED, "accent"]]
    pairs += [("on-accent", "accent", TEXT), ("on-accent", "accent-strong", TEXT)]
    pairs += [("border", "page", CONTROL), ("border", "surface", CONTROL)]
    low = [
        f"{one} on {other}: {contrast(colour[one], colour[other]):.2f}"
        for one, other, least in pairs
        if contrast(colour[one], colour[other]) < least
    ]
    assert low == []


def test_every_colour_of_the_light_page_is_drawn_for_the_dark_one():
    same = [name for name, value in tokens("light").items() if tokens("dark")[name] == value]
    assert same == []


def test_the_stylesheet_stays_small_and_plain():
    assert len(CSS.encode()) < 20_000
    assert "gradient" not in CSS
    assert "box-shadow" not in CSS
    assert "@import" not in CSS
    assert "url(" not in CSS


def test_colours_stand_in_tokens_only():
    rules = re.sub(r":root \{.*?\n\}", "", CSS, flags=re.DOTALL)
    rules = rules.split("@media print")[0].split("@media (prefers-color-scheme: dark)")
    rest = rules[0] + rules[1].split("\n}", 1)[1]
    assert re.findall(r"#[0-9a-fA-F]{3,6}\b(?=[;\s,)])", rest) == []


@pytest.mark.django_db
def test_htmx_neither_evaluates_nor_keeps_pages(client):
    page = client.get("/about/").text
    config = json.loads(re.search(r"""name="htmx-config" content='(.*?)'""", page, re.DOTALL)[1])
    assert {name: value for name, value in config.items() if name != "responseHandling"} == {
        "allowEval": False,
        "allowScriptTags": False,
        "includeIndicatorStyles": False,
        "selfRequestsOnly": True,
        "historyCacheSize": 0,
        "refreshOnHistoryMiss": True,
        "historyRestoreAsHxRequest": False,
        "timeout": 10000,
        "scrollIntoViewOnBoost": False,
    }


@pytest.mark.parametrize(
    ("status", "swap", "target"),
    [
        (200, True, None),
        (204, False, None),
        (302, True, None),
        (409, True, None),
        (410, True, None),
        (422, True, None),
        (503, True, None),
        (401, False, None),
        (400, True, "#problem"),
        (403, True, "#problem"),
        (404, True, "#problem"),
        (429, True, "#problem"),
        (500, True, "#problem"),
    ],
)
def test_each_status_has_its_place_on_the_page(status, swap, target):
    path = Path(settings.BASE_DIR) / "templates/_htmx_config.json"
    for rule in json.loads(path.read_text("utf-8"))["responseHandling"]:
        if re.search(rule["code"], str(status)):
            assert rule["swap"] is swap
            assert rule.get("target") == target
            return
    pytest.fail(f"nothing is said about {status}")
