"""S: a stem asks one thing, plainly, and does not give it away."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from quiz.facts.base import Fact
from quiz.questions.items import Item
from quiz.questions.rules import BLOCK, QUESTIONS, TYPED, VALUED, WARN, Rule
from quiz.questions.rules_truth import outside_quotes
from quiz.questions.slots import BLANK, plain_spaces
from quiz.questions.world import World

BEGINNINGS = re.compile(
    r"^(?:According to .+?, |As .+?, |As of .+?, |By .+?, )?"
    r"(?:[Aa]bout )?(?:[Hh]ow |[Ww]ho\b|[Ww]hom\b|[Ww]hose\b|"
    r"[Ww]hat\b|[Ww]hich\b|[Ww]hen\b|[Ww]here\b|[Ww]hy\b|"
    r"(?:[Ii]n|[Oo]n|[Aa]t|[Tt]o|[Ff]rom|[Bb]y|[Nn]ear|[Ww]ith|[Uu]nder|[Oo]f|[Ff]or|[Aa]fter|"
    r"[Bb]efore|[Dd]uring|[Tt]hrough|[Ii]nto|[Aa]gainst)\b[^?]*?\b(?:which|what|whom|whose)\b|"
    r"[Bb]y when\b|Does the |True or false)",
    re.DOTALL,
)
NEGATIVE = re.compile(r"\b(not|except|least|never|without|no|nobody|none)\b", re.IGNORECASE)
HEDGED = re.compile(r"\bat least\b|\bnot confirmed\b|\bno more than\b", re.IGNORECASE)
VAGUE = re.compile(
    r"\b(nearly|frequently|occasionally|rarely|seldom|sometimes|usually|regularly|generally|"
    r"somewhat|partly)\b",
    re.IGNORECASE,
)
ABSOLUTE = re.compile(r"\b(always|never|all|only|completely)\b", re.IGNORECASE)
TWO_ASKED = re.compile(
    r"\b(who|what|when|where|how many|how much)\b.*\band (who|what|when|where|how)\b"
)
CUE = re.compile(rf"\b(a|an|his|her)\s+(?:{BLANK}|\?)", re.IGNORECASE)
STOP = frozenset(
    "about after again against also among and another before being between both country "
    "does during each from have into more most much name named other over same some such than "
    "that the their them then there these they this those through under until very were what when "
    "where which while will with would your north south east west did said says state".split()
)
WORD = re.compile(r"[^\W\d_]{4,}")


def answer_texts(item: Item) -> tuple[str, ...]:
    shown = (item.shown,) if isinstance(item.shown, str) else item.shown
    return (*shown, *item.accepted)


def _asks(item: Item) -> str:
    """The stem without its voice: what is asked."""
    stem = item.stem
    if item.attribution and item.attribution[1:] in stem:
        stem = stem.replace(item.attribution[1:], "")
    return outside_quotes(stem)


def focused(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """S1: a question with a question word, ended by its mark."""
    stem = item.stem
    if item.form in {"several-right", "can-you-tell"}:
        stem = stem[: stem.index("?") + 1] if "?" in stem else stem
    if not stem.endswith("?"):
        yield "it does not end with a question mark"
    elif not BEGINNINGS.match(stem):
        yield f"it does not begin as a question: {stem[:40]!r}"


def not_negative(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """S2: no negative in what is asked."""
    match = NEGATIVE.search(HEDGED.sub("", _asks(item)))
    if match is not None:
        yield f"{match[0]!r} in what is asked"


def short(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """S3: at most 35 words, voice and as-of aside."""
    count = len(_asks(item).split())
    if count > 35:
        yield f"{count} words"


def identifies_one(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """S4: no two facts with another answer share a stem and a voice."""
    for other in _same_stem(world).get((fact.stem, _voice(fact)), ()):
        if other != fact.key and world.base.facts[other].sentence != fact.sentence:
            yield f"the question fits {other} as well"


def _voice(fact: Fact) -> str:
    if fact.kind == "statement" or fact.speaker is None:
        return ""
    return fact.speaker.entity or fact.speaker.label


def _same_stem(world: World) -> Mapping[tuple[str, str], tuple[str, ...]]:
    def index() -> Mapping[tuple[str, str], tuple[str, ...]]:
        asked = [fact for fact in world.base.facts.values() if fact.stem and fact.is_askable]
        # Nearly all stems are the only one of their kind, which counting tells sooner.
        times = Counter(fact.stem for fact in asked)
        rows: dict[tuple[str, str], list[str]] = {}
        for fact in asked:
            if times[fact.stem] > 1:
                rows.setdefault((fact.stem, _voice(fact)), []).append(fact.key)
        return {stem: tuple(sorted(keys)) for stem, keys in rows.items() if len(keys) > 1}

    return world.once(("same stem",), index)


def not_vague(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """S5: no vague word of ours."""
    match = VAGUE.search(_asks(item))
    if match is not None:
        yield match[0]


def not_absolute(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """S6: no absolute word of ours."""
    text = _asks(item).replace("Choose all that did", "")
    match = ABSOLUTE.search(text)
    if match is not None:
        yield match[0]


def no_grammar_cue(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """S7: nothing directly before the blank tells its answer."""
    for text in (item.stem, *item.frame):
        if CUE.search(text):
            yield "an article or pronoun stands before the blank"


def hides_answer(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """S8: the answer, no name of it and no number stands in the question."""
    text = plain_spaces(" ".join((item.stem, *item.frame)))
    for answer in answer_texts(item):
        plain = plain_spaces(answer)
        if len(plain) > 1 and stands_in(plain, text):
            yield f"{answer!r} stands in the question"
    for use in item.uses[:1]:
        for name in _surnames(item, use.fact, world):
            if stands_in(name, text):
                yield f"the surname {name!r} stands in the question"


def stands_in(part: str, text: str) -> bool:
    """Whole words, in any case; short names only as written."""
    if part.lower() not in text.lower():
        return False
    flags = re.IGNORECASE if len(part) > 4 else 0
    return re.search(rf"(?<![\w$]){re.escape(part)}(?![\w%])", text, flags) is not None


def _surnames(item: Item, key: str, world: World) -> Iterator[str]:
    if item.facet not in {"identity", "speaker"}:
        return
    fact = world.base.facts[key]
    keys = (
        fact.answers
        if item.facet == "identity"
        else ((fact.speaker.entity,) if fact.speaker and fact.speaker.entity else ())
    )
    for entity_key in keys:
        entity = world.base.entities.get(entity_key)
        if entity is not None:
            yield from (name.text for name in entity.names if name.kind == "surname")


def no_word_repeats(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """S9: no word joins the question to its key alone."""
    asked = _words(" ".join((_asks(item), *item.frame)), world)
    shared = [bool(asked & _words(option.text, world)) for option in item.options]
    rights = [option.right for option in item.options]
    if sum(shared) == 1 and shared[rights.index(True)]:
        yield "a word of the question stands in the key alone"


def one_distractor_repeats(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """S9, the milder half: a word joins the question to one wrong option alone."""
    asked = _words(" ".join((_asks(item), *item.frame)), world)
    shared = [bool(asked & _words(option.text, world)) for option in item.options]
    if sum(shared) == 1 and not item.options[shared.index(True)].right:
        yield "a word of the question stands in one wrong option alone"


def _words(text: str, world: World) -> frozenset[str]:
    """Content words; those of short texts, which come again as options, are kept."""
    if len(text) < 60:
        return world.once(("words", text), lambda: _content_words(text))
    return _content_words(text)


def _content_words(text: str) -> frozenset[str]:
    """Lemmas, roughly: words of four letters and more without their endings."""
    words = (word.lower() for word in WORD.findall(text))
    return frozenset(word.removesuffix("s").removesuffix("n") for word in words if word not in STOP)


def blank_stands_right(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """S10: one blank, in clozes only, not among the first three words."""
    texts = " ".join(item.frame)
    count = texts.count(BLANK) + item.stem.count(BLANK)
    if item.form in {"cloze", "cloze-typed", "which-hedge"}:
        if count != 1:
            yield f"{count} blanks"
        elif item.form != "which-hedge" and len(texts[: texts.index(BLANK)].split()) < 3:
            yield "the blank stands at the beginning"
    elif count:
        yield "a blank outside a cloze"


def refers_to_something(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """S11: no pronoun at the beginning, no acronym that nothing explains."""
    if re.match(r"(He|She|They|It|This|These)\b(?! was)", item.stem):
        yield "it begins with a pronoun"
    known = _acronyms(world)
    for word in re.findall(r"\b[A-Z]{2,}\b", outside_quotes(item.stem)):
        if word not in known:
            yield f"{word} is nobody's name here"


def _acronyms(world: World) -> frozenset[str]:
    return world.once(
        ("acronyms",),
        lambda: frozenset(
            word
            for entity in world.base.entities.values()
            for name in entity.all_names
            for word in re.findall(r"\b[A-Z]{2,}\b", name)
        ),
    )


def shows_format(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """S12: what is typed has its unit, its precision and an example."""
    if not item.field.get("hint") or "___" not in item.field.get("label", ""):
        yield "the field does not say what is expected"


def asks_one_thing(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """S13: one answer slot."""
    if TWO_ASKED.search(_asks(item)):
        yield "it asks two things"


RULES = (
    Rule("S1", BLOCK, focused, QUESTIONS - {"says-so"}),
    Rule("S2", BLOCK, not_negative, QUESTIONS),
    Rule("S3", WARN, short),
    Rule("S4", BLOCK, identifies_one, frozenset({"choice", "typed", "flashcard", "estimate"})),
    Rule("S5", WARN, not_vague),
    Rule("S6", WARN, not_absolute),
    Rule("S7", BLOCK, no_grammar_cue),
    Rule(
        "S8", BLOCK, hides_answer, frozenset({"choice", "cloze", "what-said", "estimate"}) | TYPED
    ),
    Rule("S9", BLOCK, no_word_repeats, VALUED | {"what-said"}),
    Rule("S9", WARN, one_distractor_repeats, VALUED | {"what-said"}),
    Rule("S10", BLOCK, blank_stands_right),
    Rule("S11", WARN, refers_to_something),
    Rule("S12", BLOCK, shows_format, TYPED),
    Rule("S13", BLOCK, asks_one_thing, QUESTIONS),
)
