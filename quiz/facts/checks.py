"""Rules that every fact keeps, with what would have been right; the same for files and forms."""

# ruff: noqa: ARG001 - every rule takes the same arguments

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import pairwise

from quiz.facts import also_right
from quiz.facts.base import Fact, FactBase
from quiz.facts.dates import DateError, coarsen, rank, shown
from quiz.facts.mistakes import Mistake
from quiz.facts.phrases import (
    SourceText,
    amounts_in,
    date_agrees,
    dates_named_in,
    has_words,
    hedge_before,
    hedge_in,
    marked_answers,
    without_names,
)
from quiz.facts.quantities import HEDGE_WORDS, HEDGES
from quiz.facts.source_checks import against_texts, of_readings, of_sources
from quiz.facts.status import WORD_OF_SOMEBODY, Status

Found = Iterator[tuple[str, str, str]]
Rule = Callable[[FactBase, Fact], Found]

ASKING = re.compile(r"(when|where|who|whom|whose|what|which|how)\b", re.IGNORECASE)
PREPOSITIONS = (
    "about", "after", "against", "at", "before", "beside", "between", "by", "during", "for",
    "from", "in", "into", "near", "of", "on", "over", "through", "to", "under", "until", "with",
)  # fmt: skip
GRAVE = re.compile(
    r"\b(killed|wounded|casualt\w*|captured|prisoners? of war|died|deaths?|fallen|"
    r"forced labou?r|slave-like)\b",
    re.IGNORECASE,
)
QUOTE_WORDS = 40


def mistakes_of(
    base: FactBase,
    texts: Mapping[str, SourceText] | None = None,
    *,
    only: Collection[str] | None = None,
) -> Iterator[Mistake]:
    """Yield every mistake of a base; `texts` are sources' texts by their slug, beside stored ones.

    With `only` (keys of facts), no more than theirs: what an edit of them answers for.

    Retracted facts are kept as they were. A teacher's own question is checked for its key only.
    """
    known = {key: SourceText(source.text) for key, source in base.sources.items() if source.text}
    known |= texts or {}
    for key in sorted(base.facts if only is None else only):
        fact = base.facts[key]
        if fact.status == Status.RETRACTED:
            continue
        rules = KEY_RULES if is_own(base, fact) else RULES
        found = [problem for rule in rules for problem in rule(base, fact)]
        if not is_own(base, fact):
            found += against_texts(fact, known)
        for field, what, right in found:
            yield Mistake(f"fact {key}", field, what, right)
    if only is None:
        yield from of_sources(base)
        yield from of_readings(base, known)


def is_own(base: FactBase, fact: Fact) -> bool:
    """Whether a teacher wrote it: it cites its author."""
    sources = [base.sources.get(citation.source) for citation in fact.citations]
    return any(source is not None and source.kind == "teacher" for source in sources)


def marked(fact: Fact) -> str:
    answers = marked_answers(fact.sentence)
    return answers[0].strip() if len(answers) == 1 else ""


# The key


def answer_is_marked_once(base: FactBase, fact: Fact) -> Found:
    answers = marked_answers(fact.sentence)
    brackets = fact.sentence.count("[["), fact.sentence.count("]]")
    if len(answers) != 1 or brackets != (1, 1):
        what = f"the answer is marked {len(answers)} times."
        yield "sentence", what, "exactly one [[answer in double brackets]]"
    elif not answers[0].strip():
        yield "sentence", "the marked answer is empty.", "the answer between [[ and ]]"


def identity_names_its_answers(base: FactBase, fact: Fact) -> Found:
    if fact.kind != "identity":
        return
    if not fact.answers:
        yield "answers", "an identity needs the entity that is right.", "answers: [[slug]]"
    phrase = marked(fact)
    for answer in fact.answers:
        entity = base.entities.get(answer)
        if entity and phrase and not any(has_words(phrase, name) for name in entity.all_names):
            what = f"the marked answer “{phrase}” does not name {entity.name}."
            yield "sentence", what, f"[[{entity.name}]], or that spelling among its names"


def date_phrase_agrees(base: FactBase, fact: Fact) -> Found:
    phrase = marked(fact)
    if fact.kind == "date" and fact.when and phrase and not date_agrees(phrase, fact.when):
        what = f"the marked answer “{phrase}” is not the date {fact.when.edtf}."
        yield "sentence", what, f"[[{shown(fact.when)}]]"


def amount_phrase_agrees(base: FactBase, fact: Fact) -> Found:
    phrase, amount = marked(fact), fact.amount
    if fact.kind != "figure" or amount is None or not phrase:
        return
    said = amounts_in(phrase)
    meant = [amount.low, amount.high] if amount.qualifier == "range" else [amount.value]
    if said != meant and not (amount.qualifier == "range" and said[-1:] == meant[-1:]):
        what = f"the marked answer “{phrase}” is not the amount “{amount.text}”."
        yield "sentence", what, f"[[{amount.text}]], with the source's hedge before it"


def statement_has_a_speaker(base: FactBase, fact: Fact) -> Found:
    if fact.kind != "statement":
        return
    if not fact.voices:
        yield "voices", "a statement needs its speaker.", "a first voice: an entity or a label"
        return
    phrase, voice = marked(fact), fact.voices[0]
    entity = base.entities.get(voice.entity) if voice.entity else None
    names = {voice.label, *(entity.all_names if entity else ())}
    if phrase and not any(has_words(phrase, name) for name in names if name):
        what = f"the marked answer “{phrase}” is not the first voice."
        yield "sentence", what, f"[[{voice.label}]] as the subject of the sentence"


# Stem and label


def stem_asks(base: FactBase, fact: Fact) -> Found:
    if not fact.stem:
        if not fact.not_asked:
            yield "stem", "it is missing.", "a direct question, or not_asked with the reason"
        return
    if not fact.stem.rstrip().endswith("?"):
        yield "stem", "it is no question.", "a question mark at its end"
    if not begins_asking(fact.stem):
        yield "stem", "it does not begin by asking.", "When, Who, Which, What, How many, In which …"
    elif fact.kind == "date" and not fact.stem.startswith("When "):
        yield "stem", "the question for a date begins with “When”.", "When did …?"
    if "[[" in fact.stem:
        yield "stem", "it marks an answer.", "the question alone; the sentence marks the answer"


def begins_asking(stem: str) -> bool:
    """Whether it asks at once, or after a preposition: "Under the command of which state …"."""
    if ASKING.match(stem):
        return True
    words = stem.casefold().split()
    return words[0] in PREPOSITIONS and any(ASKING.fullmatch(word) for word in words[1:6])


def stem_hides_the_answer(base: FactBase, fact: Fact) -> Found:
    phrase = marked(fact)
    if not phrase or not fact.stem:
        return
    answers = {phrase}
    for key in fact.answers:
        entity = base.entities.get(key)
        if entity:
            answers.add(entity.name)
    for answer in sorted(answers):
        if has_words(fact.stem, answer):
            yield "stem", f"it contains its answer “{answer}”.", "a question without it"


def label_tells_no_date(base: FactBase, fact: Fact) -> Found:
    if dates_named_in(fact.label):
        names = [name for entity in base.entities.values() for name in entity.all_names]
        if found := dates_named_in(without_names(fact.label, names)):
            what = f"it names a date ({', '.join(found)})."
            yield "label", what, "a short name without any date: labels are put in order of time"
    phrase = marked(fact)
    if phrase and fact.kind in {"date", "figure"} and has_words(fact.label, phrase):
        yield "label", f"it contains its answer “{phrase}”.", "a short name without it"


# Values


def precision_is_known(base: FactBase, fact: Fact) -> Found:
    if fact.when is None or not fact.ask_precision or fact.ask_precision == "range":
        return
    right = f"not finer than the {fact.when.precision} that is known"
    if fact.when.precision == "range":
        try:
            coarsen(fact.when, fact.ask_precision)
        except DateError as error:
            if not fact.not_asked:
                yield "ask_precision", f"{error}.", "the coarsest unit that holds all of it"
    elif rank(fact.ask_precision) > rank(fact.when.precision):
        yield "ask_precision", f"it asks for the {fact.ask_precision}.", right


def hedge_is_the_qualifier(base: FactBase, fact: Fact) -> Found:
    amount = fact.amount
    if amount is None:
        return
    own = HEDGE_WORDS.get(amount.hedge_text.casefold())
    if own and own != amount.qualifier:
        what = f"“{amount.hedge_text}” is not “{amount.qualifier}”."
        yield "qualifier", what, own
    if fact.kind != "figure":
        return
    before = fact.sentence.partition("[[")[0]
    inside, outside = hedge_in(marked(fact)), hedge_before(before)
    said = HEDGE_WORDS.get(inside or outside, "exactly")
    if said not in {amount.qualifier, "exactly"}:
        what = f"the sentence says “{inside or outside}”, the qualifier is {amount.qualifier}."
        yield "qualifier", what, said
    elif amount.qualifier not in {"exactly", "range"} and said == "exactly":
        word = amount.hedge_text or HEDGES[amount.qualifier]
        what = f"the sentence has lost the hedge “{word}”."
        yield "sentence", what, f"[[{word} {amount.text}]]"


def figure_has_a_unit(base: FactBase, fact: Fact) -> Found:
    measure = base.measures.get(fact.measure) if fact.measure else None
    if fact.kind == "figure" and measure and not measure.unit:
        what = f"its measure {measure.key} has no unit."
        yield "measure", what, "a unit at the measure: what is counted, %, °C …"


def changing_figure_has_a_date(base: FactBase, fact: Fact) -> Found:
    measure = base.measures.get(fact.measure) if fact.measure else None
    if fact.kind != "figure" or measure is None or not measure.changing or fact.not_asked:
        return
    if fact.as_of is None and not fact.voices:
        what = "what it counts changes over time."
        yield "as_of_edtf", what, "as of when; where the source gives no date, the voice it is from"


# Who says so


def word_has_a_voice(base: FactBase, fact: Fact) -> Found:
    if fact.mode in WORD_OF_SOMEBODY and not fact.voices:
        right = "a voice, by a label where the source names nobody; or mode: told"
        yield "voices", f"it is {fact.mode}, but nobody is named who did.", right


def voices_stand_in_order(base: FactBase, fact: Fact) -> Found:
    said = [(n, voice.said_on) for n, voice in enumerate(fact.voices) if voice.said_on]
    for (_, first), (n, later) in pairwise(said):
        if later.last_day < first.first_day:
            what = f"it is earlier than what it passes on ({first.edtf})."
            yield f"voices[{n}].said_on_edtf", what, "first speaker first, then who relayed it"


def citations_have_a_place(base: FactBase, fact: Fact) -> Found:
    if not fact.citations:
        yield "citations", "it has no source.", "at least one source with section and paragraph"
    for n, citation in enumerate(fact.citations):
        if not citation.locator.strip():
            yield f"citations[{n}].locator", "it is empty.", "section and paragraph"
        if len(citation.quote.split()) > QUOTE_WORDS:
            what = f"it has {len(citation.quote.split())} words."
            yield f"citations[{n}].quote", what, f"at most {QUOTE_WORDS}: only what is needed"


def grave_is_said(base: FactBase, fact: Fact) -> Found:
    measure = base.measures.get(fact.measure) if fact.measure else None
    told = f"{fact.label} {fact.plain_sentence} {measure.counts if measure else ''}"
    word = GRAVE.search(told)
    if fact.kind == "figure" and word and not fact.grave:
        what = f"a figure about people (“{word[0]}”) that is not marked as grave."
        yield "grave", what, "grave: true"


def links_stay_in_the_topic(base: FactBase, fact: Fact) -> Found:
    for n, link in enumerate(fact.links):
        if link.to.partition("/")[0] != fact.topic:
            yield f"links[{n}].to", f"{link.to} is in another topic.", "a fact of the same topic"
    replaced = {link.to for link in fact.links if link.kind == "supersedes"}
    for key in sorted(replaced & base.facts.keys()):
        other = base.facts[key]
        if any(link.kind == "supersedes" and link.to == fact.key for link in other.links):
            yield "links", f"it and {key} supersede each other.", "only the newer supersedes"


KEY_RULES: tuple[Rule, ...] = (answer_is_marked_once, identity_names_its_answers)
RULES: tuple[Rule, ...] = (
    *KEY_RULES,
    date_phrase_agrees,
    amount_phrase_agrees,
    statement_has_a_speaker,
    stem_asks,
    stem_hides_the_answer,
    label_tells_no_date,
    precision_is_known,
    hedge_is_the_qualifier,
    figure_has_a_unit,
    changing_figure_has_a_date,
    word_has_a_voice,
    voices_stand_in_order,
    citations_have_a_place,
    grave_is_said,
    links_stay_in_the_topic,
    also_right.refusals,
)
