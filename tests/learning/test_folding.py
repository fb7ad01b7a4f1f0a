from hypothesis import given
from hypothesis import strategies as st

from quiz.learning.folding import MOST_WORDS, OF_ONE, OF_SEVERAL, Block, Kind, fold, words

texts = st.integers(1, 40).map(lambda count: " ".join(["word"] * count))
blocks = st.lists(st.builds(Block, st.sampled_from(list(Kind)), texts), max_size=9)


@given(blocks, st.integers(0, 80), st.sampled_from([OF_ONE, OF_SEVERAL]))
def test_never_more_than_sixty_words_stand_open_and_nothing_is_lost(rows, spent, order):
    opened, folded = fold(rows, spent=spent, order=order)
    assert words(*(block.text for block in opened)) <= max(0, MOST_WORDS - spent)
    assert sorted([*opened, *folded], key=str) == sorted(rows, key=str)


@given(blocks, st.integers(0, 80))
def test_what_is_open_and_what_is_folded_is_told_in_the_order_given(rows, spent):
    numbered = [Block(block.kind, f"{block.text} {n}") for n, block in enumerate(rows)]
    for part in fold(numbered, spent=spent):
        assert list(part) == sorted(part, key=numbered.index)


def test_the_sentence_comes_before_all_else_and_of_several_the_note():
    sentence, note = Block(Kind.SENTENCE, "a " * 40), Block(Kind.NOTE, "b " * 40)
    assert fold([sentence, note], spent=0) == ((sentence,), (note,))
    assert fold([sentence, note], spent=0, order=OF_SEVERAL) == ((note,), (sentence,))


def test_signs_between_words_are_no_words():
    assert words("As of 2024 · a – b", "“two words”") == 7
