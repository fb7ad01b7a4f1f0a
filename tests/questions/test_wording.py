"""Golden tables: every frame by precision, qualifier, mode and chain."""

from dataclasses import replace

import pytest

from quiz.facts.base import Citation, Entity, Fact, FactBase, Measure, Name, Voice
from quiz.facts.dates import parse_edtf
from quiz.facts.quantities import parse_quantity
from quiz.facts.status import Status
from quiz.questions.evidence import (
    _feedback,
    joint_feedback,
    joint_place,
    why_date,
    why_entity,
    why_number,
    why_statement,
)
from quiz.questions.precision import asked_precision
from quiz.questions.voicing import (
    attribution,
    decapitalised,
    standing_word,
    voiced_sentence,
    who_says_so,
    with_article,
)
from quiz.questions.wording import (
    asked,
    date_stem,
    number_field,
    number_stem,
    open_date_stem,
)
from quiz.questions.world import World


def entity(key, kind, name, *aliases):
    return Entity(key, kind, name, names=tuple(Name(alias, "short") for alias in aliases))


ENTITIES = {
    one.key: one
    for one in (
        entity("sk", "organisation", "South Korean intelligence"),
        entity("cfr", "organisation", "Council of Foreign Relations", "CFR"),
        entity("khinshtein", "person", "Alexander Khinshtein"),
        entity("nhk", "publication", "NHK"),
        entity("nyt", "publication", "The New York Times"),
        entity("bbc", "publication", "BBC"),
        entity("hur", "organisation", "Ukrainian military intelligence HUR", "HUR"),
        entity("soldiers", "group", "captured soldiers"),
        entity("kursk", "place", "Kursk"),
        entity("russia", "state", "Russia"),
    )
}
MEASURES = {
    "shells": Measure("shells", "shells supplied", "shells"),
    "losses": Measure("losses", "soldiers killed", "soldiers", changing=True),
}


def base(*facts):
    return FactBase(
        topic="t",
        title="T",
        entities=ENTITIES,
        measures=MEASURES,
        facts={fact.key: fact for fact in facts},
    )


def voice(key, mode="said", said_on=None):
    return Voice(ENTITIES[key].name, key, mode, parse_edtf(said_on) if said_on else None)


def unnamed(label, mode):
    return Voice(label, None, mode)


def fact(kind="date", *, voices=(), status=Status.REPORTED, **fields):
    fields.setdefault("sentence", "In [[July 2022]], they recognized it.")
    fields.setdefault("stem", "When did they recognize it?")
    return Fact(
        key="t/f",
        topic="t",
        slug="f",
        kind=kind,
        thread="x",
        label="A label",
        voices=tuple(voices),
        status=Status.CLAIMED if voices and status is Status.REPORTED else status,
        **fields,
    )


@pytest.mark.parametrize(
    ("precision", "stem"),
    [
        ("day", "On which day did it begin?"),
        ("month", "In which month did it begin?"),
        ("year", "In which year did it begin?"),
        ("decade", "In which decade did it begin?"),
        ("century", "In which century did it begin?"),
        ("", "When did it begin?"),
    ],
)
def test_when_becomes_the_frame_of_its_precision(precision, stem):
    assert date_stem("When did it begin?", precision) == stem


def test_what_is_known_by_its_latest_day_is_asked_by_when():
    when, world = parse_edtf("../2024-11-05"), World(base(), 1)
    assert asked(fact(when=when), world) == (
        "By when did they recognize it, as far as the article tells?"
    )
    assert asked(fact(when=when, voices=[voice("nyt", "reported")]), world) == (
        "According to The New York Times, by when did they recognize it?"
    )
    assert asked(fact(when=when), world, "day") == "On which day did they recognize it?"
    assert open_date_stem("In which winter did it begin?") == "In which winter did it begin?"


def test_an_authors_own_beginning_stays():
    assert date_stem("In which winter did it begin?", "month") == "In which winter did it begin?"


@pytest.mark.parametrize(
    ("stem", "qualifier", "asked_as"),
    [
        ("How many shells were there?", "exactly", "How many shells were there?"),
        ("How many shells were there?", "about", "About how many shells were there?"),
        ("How much did it cost?", "about", "About how much did it cost?"),
        ("What salary was paid?", "about", "About what salary was paid?"),
        ("How many shells were there?", "up_to", "How many shells were there?"),
    ],
)
def test_what_is_only_about_right_is_asked_so(stem, qualifier, asked_as):
    assert number_stem(stem, qualifier) == asked_as


@pytest.mark.parametrize(
    ("hedge", "scale", "unit", "label", "hint"),
    [
        ("up to", "", "%", "up to ___ %", "a number"),
        ("", "million", "", "___ million", "a number, in millions"),
        ("more than", "", "", "more than ___", "a number"),
        ("almost", "thousand", "", "almost ___ thousand", "a number, in thousands"),
    ],
)
def test_the_hedge_stands_in_the_field(hedge, scale, unit, label, hint):
    field = number_field(hedge, scale, unit)
    assert (field["label"], field["hint"]) == (label, hint)


@pytest.mark.parametrize(
    ("voices", "fields", "phrase"),
    [
        ([voice("sk", "claimed")], {}, "according to South Korean intelligence"),
        ([voice("cfr", "reported", "2025-11")], {},
         "according to the Council of Foreign Relations (November 2025)"),
        ([voice("khinshtein", "announced", "2025-12")], {},
         "as Alexander Khinshtein announced in December 2025"),
        ([voice("khinshtein", "announced", "2025-12-04")], {},
         "as Alexander Khinshtein announced on 4\u00a0December 2025"),
        ([voice("khinshtein", "announced", "2025-12")], {"occasion": "at a meeting in Kursk"},
         "as Alexander Khinshtein announced at a meeting in Kursk"),
        ([voice("khinshtein", "warned")], {}, "according to Alexander Khinshtein"),
        ([voice("soldiers"), voice("nhk", "reported", "2025-02-19")], {},
         "according to NHK (19\u00a0February 2025), citing captured soldiers"),
        ([voice("bbc", "reported")], {}, "according to the BBC"),
        ([unnamed("officials the article does not name", "announced")], {},
         "as officials the article does not name announced"),
        ([unnamed("reports whose source the article does not name", "announced")], {},
         "according to reports whose source the article does not name"),
        ([unnamed("an estimate whose author the article does not name", "estimated")], {},
         "according to an estimate whose author the article does not name"),
        ([voice("nyt", "reported")], {}, "according to The New York Times"),
        ([], {}, ""),
    ],
)  # fmt: skip
def test_the_voice_keeps_its_verb_and_its_chain(voices, fields, phrase):
    one = fact(voices=voices, mode=voices[0].mode if voices else "told", **fields)
    assert attribution(one, base()) == phrase


def test_a_claim_without_a_voice_is_the_articles():
    assert attribution(fact(status=Status.CLAIMED), base()) == "according to the article"


def test_a_stem_gets_its_voice_in_front_and_loses_its_capital():
    one = fact(voices=[voice("hur", "claimed")], when=parse_edtf("2024-10-25"))
    assert asked(one, World(base(one), 1), "month") == (
        "According to Ukrainian military intelligence HUR, in which month did they recognize it?"
    )


def test_a_voice_that_stands_in_the_stem_is_not_named_twice():
    one = fact(voices=[voice("hur", "claimed")], stem="When, as HUR claimed, did they come?")
    assert asked(one, World(base(one), 1), "month") == "When, as HUR claimed, did they come?"


def test_who_said_it_is_asked_without_the_first_voice():
    one = fact(
        "statement",
        voices=[voice("soldiers"), voice("nhk", "reported", "2025-02-19")],
        stem="Who said that it was so?",
        content="it was so",
    )
    assert asked(one, World(base(one), 1)) == (
        "According to NHK (19\u00a0February 2025), who said that it was so?"
    )


def test_a_changing_figure_says_as_of_when():
    one = fact(
        "figure",
        measure="losses",
        amount=parse_quantity("300"),
        as_of=parse_edtf("2025-01"),
        stem="How many soldiers were killed?",
    )
    world = World(base(one), 1)
    assert asked(one, world) == "As of January 2025, how many soldiers were killed?"
    dated = replace(one, stem="How many soldiers were killed by January 2025?")
    assert asked(dated, world) == "How many soldiers were killed by January 2025?"


@pytest.mark.parametrize(
    ("sentence", "voiced"),
    [
        ("In [[July 2022]], they came.", "According to HUR, in [[July 2022]], they came."),
        ("[[Around 1,500]] soldiers came.", "According to HUR, [[around 1,500]] soldiers came."),
        ("Russia gave [[300]] shells.", "According to HUR, Russia gave [[300]] shells."),
        ("Soldiers came to [[Kursk]].", "According to HUR, soldiers came to [[Kursk]]."),
        ("The New York Times wrote [[it]].", "According to HUR, The New York Times wrote [[it]]."),
        ("[[Kursk]] was reached.", "According to HUR, [[Kursk]] was reached."),
    ],
)
def test_a_sentence_takes_its_voice_without_lowering_a_name(sentence, voiced):
    one = fact(voices=[replace(voice("hur", "claimed"), label="HUR")], sentence=sentence)
    assert voiced_sentence(one, base()) == voiced


@pytest.mark.parametrize(
    ("label", "kind", "named"),
    [
        ("Council of Foreign Relations", "organisation", "the Council of Foreign Relations"),
        ("South Korean intelligence", "organisation", "South Korean intelligence"),
        ("NATO", "organisation", "NATO"),
        ("BBC", "publication", "the BBC"),
        ("The New York Times", "publication", "The New York Times"),
        ("US Department of Defense", "organisation", "the US Department of Defense"),
        ("Vladimir Putin", "person", "Vladimir Putin"),
        ("Kursk Oblast", "place", "Kursk Oblast"),
        ("anonymous Western officials", "group", "anonymous Western officials"),
        ("United States", "state", "the United States"),
        ("Russia", "state", "Russia"),
        ("intelligence center of the Defense Ministry", "organisation",
         "the intelligence center of the Defense Ministry"),
        ("Western intelligence agencies", "organisation", "Western intelligence agencies"),
        ("US intelligence", "organisation", "US intelligence"),
        ("Zaporizhzhia region", "place", "the Zaporizhzhia region"),
        ("Donetsk People's Republic", "place", "the Donetsk People's Republic"),
        ("Korean Peninsula", "place", "the Korean Peninsula"),
        ("Indo-Pacific", "place", "the Indo-Pacific"),
        ("Euro-Atlantic area", "place", "the Euro-Atlantic area"),
        ("eastern Russia", "place", "eastern Russia"),
        ("BRICS summit in Kazan", "event", "the BRICS summit in Kazan"),
        ("Russian invasion of Ukraine", "event", "the Russian invasion of Ukraine"),
        ("Euromaidan", "event", "Euromaidan"),
        ("defense agreement of two states", "agreement", "the defense agreement of two states"),
        ("UN sanctions", "agreement", "UN sanctions"),
        ("a South Korean intelligence official", "group", "a South Korean intelligence official"),
        ("the article itself", "group", "the article itself"),
    ],
)  # fmt: skip
def test_names_take_their_article(label, kind, named):
    assert with_article(label, kind) == named


@pytest.mark.parametrize(
    ("text", "lowered"),
    [("When did it", "when did it"), ("A man came", "a man came"), ("NATO came", "NATO came")],
)
def test_only_known_words_lose_their_capital(text, lowered):
    assert decapitalised(text, {"when", "a", "nato"}) == lowered


@pytest.mark.parametrize(
    ("voices", "mode", "line"),
    [
        ([voice("sk", "claimed")], "claimed",
         "Claimed by South Korean intelligence; no second source in this article."),
        ([voice("khinshtein", "announced", "2025-12")], "announced",
         "Announced by Alexander Khinshtein in December 2025; no second source in this article."),
        ([voice("soldiers"), voice("nhk", "reported")], "said",
         "Said by captured soldiers, according to NHK; no second source in this article."),
        ([unnamed("reports whose source the article does not name", "claimed")], "claimed",
         "From reports whose source the article does not name; no second source in this article."),
        ([unnamed("an estimate whose author the article does not name", "estimated")], "estimated",
         ("From an estimate whose author the article does not name; "
         "no second source in this article.")),
        ([unnamed("several unsourced estimates", "estimated")], "estimated",
         "From several unsourced estimates; no second source in this article."),
        ([unnamed("officials the article does not name", "reported")], "reported",
         "Reported by officials the article does not name; no second source in this article."),
        ([unnamed("somebody the article does not name", "estimated")], "estimated",
         "Estimated by somebody the article does not name; no second source in this article."),
        ([unnamed("voices the article does not name", "warned")], "warned",
         "A warning by voices the article does not name; no second source in this article."),
        ([unnamed("a South Korean intelligence official", "said"), voice("bbc", "reported")],
         "said",
         ("Said by a South Korean intelligence official, according to the BBC; "
         "no second source in this article.")),
        ([unnamed("the staff of the embassy", "said")], "said",
         "Said by the staff of the embassy; no second source in this article."),
        ([], "told", ""),
    ],
)  # fmt: skip
def test_who_says_so_keeps_the_sources_verb(voices, mode, line):
    assert who_says_so(fact(voices=voices, mode=mode), base()) == line


@pytest.mark.parametrize(
    ("status", "mode", "voices", "word"),
    [
        (Status.AGREED, "told", [], "both sides"),
        (Status.CONTESTED, "estimated", [voice("sk")], "voices differ"),
        (Status.CLAIMED, "claimed", [voice("sk")], "unconfirmed"),
        (Status.CLAIMED, "announced", [voice("sk")], "one voice"),
        (Status.REPORTED, "told", [], "one source"),
        (Status.CLAIMED, "reported", [unnamed("sources the article does not name", "reported")],
         "unconfirmed"),
        (Status.CLAIMED, "reported", [], "unconfirmed"),
    ],
)  # fmt: skip
def test_the_rail_has_its_word(status, mode, voices, word):
    assert standing_word(fact(status=status, mode=mode, voices=voices)) == word


@pytest.mark.parametrize(
    ("mode", "word"), [("reported", "unconfirmed"), ("estimated", "unconfirmed"),
                       ("announced", "one voice")],
)  # fmt: skip
def test_the_rail_claims_no_more_than_a_sentence_that_hedges(mode, word):
    sentence = "In [[July 2022]], they had allegedly come."
    hedged = fact(sentence=sentence, mode=mode, voices=[voice("sk", mode)])
    assert standing_word(hedged) == word
    plainly = replace(hedged, sentence="In [[July 2022]], they came.")
    assert standing_word(plainly) == "one voice"


@pytest.mark.parametrize(
    ("others", "note", "seconded"),
    [
        ([], "Undated.", False),
        ([], "Undated. The article itself says so.", True),
        ([fact(voices=[voice("cfr", "reported")])], "", True),
        ([fact(voices=[voice("sk", "claimed")])], "", False),
        ([fact()], "", True),
    ],
    ids=["alone", "the article too", "another voice", "the same voice", "the article"],
)
def test_no_second_source_is_told_only_where_there_is_none(others, note, seconded):
    claim = fact(
        voices=[voice("sk", "claimed")], note=note, measure="shells",
        citations=(Citation("book", "page 1"),),
    )  # fmt: skip
    others = [replace(one, key="t/o", slug="o", measure="shells") for one in others]
    line = _feedback(claim, World(base(claim, *others), 1)).voice
    assert line.endswith("no second source in this article.") is not seconded


def test_a_wrong_date_says_what_it_is_the_date_of():
    world = World(base(), 1)
    first = fact(sentence="In [[July 2022]], they recognized it.")
    last = fact(sentence="The first soldiers came on [[25 October 2024]].",
                voices=[voice("hur", "claimed")])  # fmt: skip
    within = fact(sentence="They announced in [[June 2025]] that more would come.")
    other = fact(sentence="It goes back to [[2022]].")
    assert why_date("July 2022", first, world) == "July 2022 is when they recognized it."
    assert why_date("25 October 2024", last, world) == (
        "25 October 2024 is when, according to Ukrainian military intelligence HUR, "
        "the first soldiers came."
    )
    assert why_date("June 2025", within, world) == (
        "June 2025 is when they announced that more would come."
    )
    assert why_date("2022", other, world) == (
        "2022 belongs to something else: It goes back to 2022."
    )


def test_a_wrong_figure_says_whose_it_is():
    key = fact("figure", measure="shells", sentence="It gave [[12 million]].")
    rival = replace(key, key="t/r", sentence="It gave [[3 million]].", voices=(voice("sk"),),
                    status=Status.CLAIMED)  # fmt: skip
    stranger = replace(key, key="t/s", measure="losses", sentence="There were [[40]].")
    world = World(base(key, rival, stranger), 1)
    assert why_number("3 million", rival, key, world) == (
        "That is another voice’s figure: According to South Korean intelligence, it gave 3 million."
    )
    assert why_number("40", stranger, key, world) == "40 is another figure: There were 40."


def test_a_common_word_in_the_name_of_a_body_is_no_name():
    bodies = base(fact())
    bodies = replace(bodies, entities=ENTITIES | {
        "unsc": entity("unsc", "organisation", "UN Security Council", "Security Council"),
        "pentagon": entity("pentagon", "organisation", "US Department of Defense", "Pentagon"),
        "corps": entity("corps", "organisation", "Storm Corps"),
        "korea": entity("korea", "state", "North Korea"),
    })  # fmt: skip
    for sentence, lowered in [
        ("Security is in danger.", "security is in danger."),
        ("Council members met.", "council members met."),
        ("Storm Corps came.", "Storm Corps came."),
        ("Korea was named.", "Korea was named."),
        ("Pentagon staff came.", "Pentagon staff came."),
    ]:
        assert decapitalised(sentence, {"security", "council"}, bodies) == lowered


def test_a_quotation_that_the_sentence_holds_is_not_given_twice():
    cited = (Citation("s", "page 1", quote='"The images are serious."'),)
    own = fact("statement", sentence="[[X]] answered: “The images are serious.”", citations=cited)
    other = fact("statement", sentence="[[X]] answered.", citations=cited)
    world = World(base(own), 1)
    assert _feedback(own, world).quote == ""
    assert _feedback(other, world).quote == "The images are serious."


def test_joint_evidence_says_only_what_is_true_of_all():
    one = fact("statement", sentence="[[HUR]] called it “holy”.", voices=[voice("hur")],
               note="Undated in the article. HUR was relaying an order.", content="it was “holy”",
               citations=(Citation("s", "page 1"),))  # fmt: skip
    two = replace(one, key="t/two", sentence="[[NHK]] called it “good”.", voices=(voice("nhk"),),
                  note="He said it twice.", citations=(Citation("s", "page 2"),))  # fmt: skip
    told = joint_feedback([one, two], World(base(one, two), 1))
    assert told.sentence == "HUR called it “holy”.\nNHK called it “good”."
    assert told.note == "HUR was relaying an order."
    assert told.place == "page 1; page 2"
    assert told.standing == ""
    alone = joint_feedback([one, replace(one, key="t/three")], World(base(one), 1))
    assert (alone.standing, alone.sentence) == ("one voice", "HUR called it “holy”.")


def test_joint_evidence_tells_each_figure_with_its_voice_and_time_on_a_line():
    rows = [
        fact(
            "figure", sentence=sentence, voices=[voice("sk", "estimated")], measure="losses",
            mode="estimated", as_of=parse_edtf(as_of) if as_of else None,
            citations=(Citation("s", f"Kursk, paragraph {n}"),),
        )
        for n, (sentence, as_of) in enumerate(
            [("[[300]] were killed.", "2025-01"), ("By May 2025, [[400]] were.", "2025-05"),
             ("[[500]] were wounded.", None)], 2
        )
    ]  # fmt: skip
    rows = [replace(row, key=f"t/{n}") for n, row in enumerate(rows)]
    told = joint_feedback(rows, World(base(*rows), 1))
    assert told.sentence.split("\n") == [
        "According to South Korean intelligence, 300 were killed (as of January 2025).",
        "According to South Korean intelligence, by May 2025, 400 were.",
        "According to South Korean intelligence, 500 were wounded (undated in the article).",
    ]
    assert told.place == "Kursk, paragraphs 2, 3, 4"
    assert told.as_of == ""


@pytest.mark.parametrize(
    ("locators", "place"),
    [
        (["Kursk, paragraph 10", "Kursk, paragraph 9", "Kursk, paragraph 10"],
         "Kursk, paragraphs 9, 10"),
        (["Kursk, paragraph 3", "Arms, paragraph 1"], "Kursk, paragraph 3; Arms, paragraph 1"),
        (["page 1", "page 1", "", "page 2"], "page 1; page 2"),
        (["number of iron", "number of gold", "number of white tin"],
         "number of iron, gold, white tin"),
        (["number of iron", "symbol of iron"], "number of iron; symbol of iron"),
        (["number of iron"], "number of iron"),
        ([], ""),
    ],
)  # fmt: skip
def test_every_section_is_named_once(locators, place):
    assert joint_place(locators) == place


@pytest.mark.parametrize(
    ("modes", "note"),
    [
        (["estimated", "estimated"], "Both are estimates."),
        (["estimated", "estimated", "estimated"], "All are estimates."),
        (["estimated", "claimed"], ""),
    ],
)
def test_several_estimates_are_called_so(modes, note):
    keys = ["hur", "nhk", "sk"]
    facts = [
        fact("figure", sentence=f"It was [[{n}]].", mode=mode, voices=[voice(keys[n], mode)])
        for n, mode in enumerate(modes)
    ]
    assert joint_feedback(facts, World(base(), 1)).note == note


def test_a_wrong_name_says_where_it_belongs():
    world = World(base(), 1)
    other = fact("identity", sentence="A memorial will be built in [[Kursk]].")
    assert why_entity(ENTITIES["kursk"], other, "identity", world) == (
        "The article names Kursk for something else: A memorial will be built in Kursk."
    )
    assert why_entity(ENTITIES["bbc"], None, "speaker", world) == (
        "The BBC: the article has this from somebody else."
    )


def test_others_words_name_their_speaker_once():
    named = fact("statement", sentence="[[HUR]] said that they came.", voices=[voice("hur")])
    relayed = replace(named, sentence="[[The officer]] said that they came.")
    world = World(base(), 1)
    assert why_statement("HUR", named, world) == "Another voice says this: HUR said that they came."
    assert why_statement("HUR", relayed, world) == (
        "That is what HUR said: The officer said that they came."
    )


@pytest.mark.parametrize(
    ("edtf", "wish", "asked_at"),
    [
        ("2025-04-28", "", "month"),
        ("2025-04-28", "day", "day"),
        ("2025-04", "day", "month"),
        ("2017", "", "year"),
        ("2024-11-11~/2024-11-20~", "month", "month"),
        ("2024-23", "year", "year"),
        ("2024-12/2025-01", "", ""),
        ("1850?", "", ""),
        ("../2022-03", "", ""),
        ("199X", "", "decade"),
    ],
)
def test_a_date_is_never_asked_more_finely_than_it_is_known(edtf, wish, asked_at):
    assert asked_precision(fact(when=parse_edtf(edtf), ask_precision=wish)) == asked_at
