"""A question as a student meets it, shown to its author: no token, so nothing can be sent."""

from quiz.learning.presenting import Card, Premise, ShownOption, place_words
from quiz.questions.models import SetItem
from quiz.questions.present import displayed_order
from quiz.questions.respond import ORDERED, PAIRED


def preview_card(item: SetItem, *, label: str) -> Card | None:
    """The card of a set's item before it is answered; None where there is nothing to show.

    Names stand in one of the orders in which students may get them.
    """
    version = item.version
    if version is None:
        return None
    question, expected = item.question, version.expected
    places = displayed_order(
        b"preview", question.public_id, len(version.options), expected.get("order", "given")
    )
    frame = tuple(expected.get("frame", ()))
    blank = dict(expected.get("field") or {})
    before, _, after = str(blank.get("label", "___")).partition("___")
    form = question.form
    return Card(
        form=form,
        stem=item.stem,
        label=label,
        thread=question.fact.thread.title,
        place=place_words(label, question.fact.thread.title),
        template=f"questions/forms/{form}.html",
        token="",
        frame=() if form in PAIRED else frame,
        field=blank,
        field_parts=(before.strip(), after.strip()),
        options=tuple(
            ShownOption(place, version.options[stored]["text"])
            for place, stored in enumerate(places)
        ),
        premises=tuple(Premise(place, line) for place, line in enumerate(frame))
        if form in PAIRED
        else (),
        numbers=tuple(range(1, len(version.options) + 1)) if form in ORDERED else (),
        is_grave=bool(expected.get("grave")),
    )
