"""The second factor in a real browser: turned on, asked for, a recovery code, turned off."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from quiz.management.commands.demo import PASSWORD

pytestmark = pytest.mark.browser
LOOKS = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]


@pytest.fixture
def in_each_look(page, sound):
    def check(name):
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 740})
            page.emulate_media(color_scheme=scheme)
            sound(f"{name} {width} {scheme}")

    return check


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.get_by_role("link", name=name, exact=True).click()


def test_a_teacher_turns_it_on_signs_in_with_it_and_turns_it_off(
    page, site, sign_in, in_each_look, settings
):
    settings.MFA_TOTP_TOLERANCE = 1  # the half minute may end between reading and sending
    sign_in("teacher")
    page.goto(f"{site}/me/")
    follow(page, "Second factor")
    in_each_look("off")
    follow(page, "Turn it on")
    in_each_look("password again")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Go on")
    in_each_look("turning on")
    assert page.locator("main img").evaluate("image => image.naturalWidth") > 0
    key = page.locator("main code").inner_text()
    page.get_by_label("Code").fill(format_hotp_value(hotp_value(key, int(time.time()) // 30)))
    press(page, "Turn it on")
    page.wait_for_url("**/recovery-codes/")
    in_each_look("recovery codes")
    codes = page.locator("main code").all_inner_texts()
    assert len(codes) == 10
    follow(page, "Make new ones")
    in_each_look("new recovery codes")
    follow(page, "Keep the old ones")
    in_each_look("on")
    press(page, "Sign out")

    page.goto(f"{site}/accounts/login/")
    page.get_by_label("E-mail").fill("teacher@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")
    page.wait_for_url("**/2fa/authenticate/")
    in_each_look("the code")
    page.get_by_label("Code").fill(codes[0])
    press(page, "Sign in")
    page.wait_for_url(lambda url: "/accounts/" not in url)

    page.goto(f"{site}/accounts/2fa/")
    assert "9 recovery codes left" in page.locator("main").inner_text()
    follow(page, "Turn it off")
    follow(page, "Use authenticator app or code")
    in_each_look("code again")
    page.get_by_label("Code").fill(codes[1])
    press(page, "Go on")
    in_each_look("turning off")
    press(page, "Turn it off")
    page.wait_for_url("**/2fa/")
    assert "Off:" in page.locator("main").inner_text()
