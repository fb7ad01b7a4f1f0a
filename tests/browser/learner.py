"""What a learner does on a page, in a learner's words."""

from quiz.questions.models import QuestionVersion

NEXT = "[data-next]"


def start(page, site, words="Try five questions"):
    page.goto(f"{site}/topics/north-korea-ukraine/")
    page.get_by_role("button", name=words).first.click()
    page.wait_for_selector("#question-card")


def is_question(page):
    return page.locator("#question-card [data-check]").count() > 0


def choose_something(page):
    """Give any answer that the form takes."""
    card = page.locator("#question-card")
    if card.locator("input[type=radio]").count():
        card.locator("input[type=radio]").first.check()
    elif card.locator("input[type=checkbox]").count():
        card.locator("input[type=checkbox]").first.check()
    for n, select in enumerate(card.locator("select:visible").all()):
        select.select_option(index=n + 1)
    if card.locator("input[type=text]").count():
        card.locator("input[type=text]").first.fill("November 2024")


def choose_right(page):
    """Give what is right, as somebody who knows it."""
    card = page.locator("#question-card")
    version = version_on(card)
    options, expected = version.options, version.expected
    right = [option["text"] for option in options if option["right"]]
    if card.locator("input[type=text]").count():
        card.locator("input[type=text]").first.fill(str(expected["shown"]))
    elif "pairs" in expected:
        for premise, place in expected["pairs"].items():
            label = options[place]["text"]
            card.locator(f'select[name="pair-{premise}"]').select_option(label=label)
    elif "sequence" in expected:
        put_in_order(card, [options[place]["text"] for place in expected["sequence"]])
    else:
        for label in card.locator("label.option").all():
            if label.locator("span").last.inner_text().strip() in right:
                label.locator("input").check()


def put_in_order(card, wanted):
    """Move each line up to its place, with the buttons that stand beside it."""
    for place, text in enumerate(wanted):
        rows = card.locator(".option-order")
        texts = [plain(label) for label in rows.locator("label").all_inner_texts()]
        for at in range(texts.index(plain(text)), place, -1):
            rows.nth(at).get_by_role("button").first.click()


def version_on(card):
    """The version of the question that the card shows."""
    stem, text = card.locator("h1").inner_text(), plain(card.inner_text())
    for version in QuestionVersion.objects.filter(stem=stem, state="served"):
        parts = [option["text"] for option in version.options] + version.expected.get("frame", [])
        if all(plain(part) in text for part in parts):
            return version
    raise AssertionError(f"no version asks {stem!r} so")


def plain(text):
    return " ".join(text.split())


def check(page):
    """Send what is given; where a form asks again, say that one does not know."""
    for words in ("Check", "I don’t know"):
        with page.expect_response("**/answers/"):
            page.get_by_role("button", name=words, exact=True).click()
        page.wait_for_selector("#question-card:not(.htmx-request)")
        page.wait_for_timeout(100)
        if page.locator("#question-card .verdict").count():
            return
    page.wait_for_selector("#question-card .verdict")


def go_on(page):
    page.wait_for_selector(f'{NEXT}:not([aria-disabled="true"])')
    page.locator(NEXT).click()
    page.wait_for_selector("#question-card:not(:has(.verdict))")


def answer_all(page, *, choose=choose_something, seen=None, at_most=60):
    """Answer until the round is done; return how many questions that took."""
    for count in range(at_most):
        if not is_question(page):
            return count
        if seen:
            seen(f"question {count + 1}")
        choose(page)
        check(page)
        if seen:
            seen(f"verdict {count + 1}")
        go_on(page)
    raise AssertionError(f"no end after {at_most} questions")


def code_on(page):
    """The code that debug shows on the page."""
    return page.locator("#debug-mail div").inner_text().split()[0]
