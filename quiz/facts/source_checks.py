"""Rules that hold facts against the texts of their sources."""

import hashlib
import re
from collections.abc import Iterator, Mapping

from quiz.facts.base import Fact, FactBase
from quiz.facts.mistakes import Mistake
from quiz.facts.phrases import SourceText

HEX = re.compile(r"[0-9a-f]{64}")
OWN_WORDS = ("sentence", "stem", "label", "content", "note")


def against_texts(fact: Fact, texts: Mapping[str, SourceText]) -> Iterator[tuple[str, str, str]]:
    for n, citation in enumerate(fact.citations):
        text = texts.get(citation.source)
        if text and citation.quote and not text.holds(citation.quote):
            yield f"citations[{n}].quote", "it is not in the source.", "the source's own words"
    cited = [texts[key] for key in {row.source for row in fact.citations} if key in texts]
    for text in cited:
        if fact.verbatim and not text.holds(fact.content):
            yield "content", "it is said to be verbatim, but not in the source.", "its own words"
        for field in (
            "sentence",
            "stem",
            "label",
            "note",
            *(() if fact.verbatim else ("content",)),
        ):
            if words := text.copied(getattr(fact, field)):
                yield field, f"it copies the source: “{words}”.", "our own words, or a quotation"


def of_sources(base: FactBase) -> Iterator[Mistake]:
    for key in sorted(base.sources):
        source = base.sources[key]
        if source.text_sha256 and not HEX.fullmatch(source.text_sha256):
            right = "64 digits of 0-9 and a-f"
            yield Mistake(f"source {key}", "text_sha256", "it is no SHA-256.", right)
        elif source.text and source.text_sha256:
            digest = hashlib.sha256(source.text.encode()).hexdigest()
            if digest != source.text_sha256:
                what = "it is not the hash of the text that is stored."
                yield Mistake(f"source {key}", "text_sha256", what, digest)


def of_readings(base: FactBase, texts: Mapping[str, SourceText]) -> Iterator[Mistake]:
    for key in sorted(base.threads):
        for text in texts.values():
            if words := text.copied(base.threads[key].reading):
                what = f"it copies the source: “{words}”."
                yield Mistake(f"thread {base.topic}/{key}", "reading", what, "our own words")
