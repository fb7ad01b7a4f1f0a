from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.learning.rounds import Kind, start
from quiz.learning.tokens import (
    ExpiredTokenError,
    ForeignTokenError,
    MalformedTokenError,
    Token,
    nonce_of,
    places_of,
    seal,
    unseal,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TOKEN = Token(
    "a-learner-of-ours", "question-0000000", 1, 3, NOW, round=start(Kind.ROUND, ["x" * 16])
)


def test_a_token_says_what_was_sealed():
    assert replace(unseal(seal(TOKEN), TOKEN.learner, NOW), key="") == TOKEN


def test_a_full_round_fits_in_two_kilobytes():
    names = [f"Q{at:02}-zX8kfP0w_9aL"[:16] for at in range(12)]
    round_ = start(Kind.REVIEW, names, "a-topic-with-a-long-name")
    for name in names[:6]:
        round_ = round_.after(name, "w")
    assert len(seal(replace(TOKEN, round=round_))) < 2000


@given(st.text(max_size=300))
def test_what_we_did_not_sign_is_malformed(text):
    with pytest.raises(MalformedTokenError):
        unseal(text, TOKEN.learner, NOW)


@given(st.integers(0, 400), st.characters(min_codepoint=33, max_codepoint=126))
def test_a_token_with_one_sign_changed_is_malformed(at, sign):
    text = seal(TOKEN)
    at %= len(text)
    if text[at] == sign:
        return
    changed = text[:at] + sign + text[at + 1 :]
    with pytest.raises(MalformedTokenError):
        unseal(changed, TOKEN.learner, NOW)


def test_another_learners_token_is_foreign():
    with pytest.raises(ForeignTokenError):
        unseal(seal(TOKEN), "somebody-else", NOW)


def test_a_token_is_good_for_fourteen_days():
    assert unseal(seal(TOKEN), TOKEN.learner, NOW + timedelta(days=14))
    with pytest.raises(ExpiredTokenError):
        unseal(seal(TOKEN), TOKEN.learner, NOW + timedelta(days=14, seconds=1))
    with pytest.raises(ExpiredTokenError):
        unseal(seal(TOKEN), TOKEN.learner, NOW - timedelta(hours=1))


def test_all_tabs_that_show_a_question_share_its_nonce():
    later = replace(TOKEN, shown_at=NOW + timedelta(seconds=9), round=None)
    assert name(TOKEN) == name(later)
    assert len(name(TOKEN)) == 43


@pytest.mark.parametrize(
    "other",
    [{"seq": 4}, {"question": "question-0000001"}, {"attempt": "an-attempt", "slot": 1}],
)
def test_another_state_question_or_place_has_another_nonce(other):
    assert name(replace(TOKEN, **other)) != name(TOKEN)


def test_nonces_differ_by_learner_fact_and_facet():
    assert (
        len({name(TOKEN), name(TOKEN, learner=2), name(TOKEN, fact=2), name(TOKEN, facet="date")})
        == 4
    )


def test_a_new_secret_leaves_open_questions_as_they_were_shown(settings):
    text, nonce = seal(TOKEN), name(TOKEN)
    places = places_of(TOKEN, nonce, 4, "shuffle")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 9
    read = unseal(text, TOKEN.learner, NOW)
    assert name(read) == nonce
    assert places_of(read, nonce, 4, "shuffle") == places


def test_only_what_may_be_shuffled_is():
    assert places_of(TOKEN, name(TOKEN), 4, "given") == (0, 1, 2, 3)
    orders = {places_of(TOKEN, name(replace(TOKEN, seq=seq)), 4, "shuffle") for seq in range(300)}
    assert len(orders) == 24


def name(token, *, learner=1, fact=1, facet="value"):
    return nonce_of(token, learner=learner, fact=fact, facet=facet)
