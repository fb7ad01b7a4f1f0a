"""Which words of a full name are the surname, where the data does not say."""

PARTICLES = frozenset(
    {"da", "de", "di", "do", "dos", "du", "del", "della", "van", "von", "der", "den", "zu", "bin",
     "ibn", "al", "el", "la", "le", "ter", "ten", "af", "av"}
)  # fmt: skip
# Family names that stand first in Korean and Chinese order, for cards without surname data.
FAMILY_FIRST = frozenset(
    {"kim", "lee", "ri", "rhee", "park", "pak", "choi", "choe", "jung", "jong", "jang", "yoon",
     "yun", "cho", "jo", "kang", "han", "shin", "sin", "hwang", "ahn", "an", "song", "ryu", "hong",
     "moon", "ban", "wi", "no", "o", "so", "ro", "pae", "mun"}
)  # fmt: skip
FAMILY_FIRST_OF_TWO = frozenset(
    {"xi", "mao", "deng", "hu", "jiang", "zhou", "wang", "zhang", "zhao", "chen", "liu", "wu"}
)


def last_words(tokens: tuple[str, ...]) -> list[str]:
    """The surname that a name ends with, alone and with its particles."""
    first, rest = tokens[0], tokens[1:]
    if first in FAMILY_FIRST and len(rest) >= 2 and all(len(word) <= 5 for word in rest):
        return [first]
    if first in FAMILY_FIRST_OF_TWO and len(rest) <= 2:
        return [first]
    texts = [tokens[-1]]
    start = len(tokens) - 1
    while start > 1 and tokens[start - 1] in PARTICLES:
        start -= 1
        texts.append(" ".join(tokens[start:]))
    return texts
