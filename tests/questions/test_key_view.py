"""What an author sees of a question: all that a student will, and its key."""

from django.template.loader import render_to_string

from quiz.learning.feedback import Told
from quiz.learning.folding import Kind
from quiz.questions.models import QuestionVersion


def shown(**fields):
    version = QuestionVersion(
        stem="Who told whom?", feedback={"sentence": "It was [[so]]."}, **fields
    )
    return render_to_string("questions/_key_view.html", {"version": version, "stem": version.stem})


def option(text, *, right=True):
    return {"text": text, "right": right, "why": ""}


def test_an_order_is_shown_with_what_it_is_about():
    html = shown(
        options=[option("NHK"), option("prisoners")],
        expected={"frame": ["The claim: they were there."], "sequence": [1, 0]},
    )

    assert "The claim: they were there." in html
    assert html.index("prisoners") < html.index("NHK")


def test_premises_stand_once_beside_their_right_options():
    html = shown(
        options=[option("NIS"), option("BBC", right=False)],
        expected={"frame": ["300 killed"], "pairs": {"0": 0}},
    )

    assert html.count("300 killed") == 1
    assert "Left over: BBC" in html


def test_each_fact_of_a_joint_evidence_stands_on_its_line():
    told = Told(Kind.SENTENCE, (("It was 3.\nIt was <4>.", False),))
    evidence = {"told": [told], "more": [told], "tone": "right", "word": "Right."}
    card = {"evidence": evidence, "claim": ""}
    html = render_to_string("questions/_verdict.html", {"card": card})
    assert html.count("It was 3.<br>It was &lt;4&gt;.") == 2
    version = QuestionVersion(
        feedback={"sentence": "It was 3.\nIt was 4."}, expected={}, options=[]
    )  # fmt: skip
    html = render_to_string("questions/_key_view.html", {"version": version, "stem": ""})
    assert "It was 3.<br>It was 4." in html
