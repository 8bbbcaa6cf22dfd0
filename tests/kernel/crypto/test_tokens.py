"""Tokens: 256 random bits, recognisable, checked before the database is asked."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.kernel.crypto.tokens import TOKEN_PATTERN, derived_token, hash_token, is_well_formed, new_token, same_secret

ALPHABET = string.ascii_letters + string.digits
TOKEN = new_token("gitu_pat")


def test_a_token_has_its_prefix_and_is_safe_in_a_url() -> None:
    assert TOKEN.startswith("gitu_pat_")
    assert set(TOKEN) <= set(ALPHABET + "_")
    assert is_well_formed(TOKEN)
    assert is_well_formed(TOKEN, "gitu_pat")
    assert not is_well_formed(TOKEN, "gitu_device")


def test_no_two_tokens_are_alike() -> None:
    assert len({new_token("gitu_pat") for _ in range(1000)}) == 1000


@given(st.integers(len("gitu_pat_"), len(TOKEN) - 1), st.sampled_from(ALPHABET))
def test_a_mistyped_token_is_refused_at_once(place: int, letter: str) -> None:
    typed = TOKEN[:place] + letter + TOKEN[place + 1 :]
    assert is_well_formed(typed) == (typed == TOKEN)


@given(st.text())
def test_any_other_text_is_no_token(text: str) -> None:
    assert not is_well_formed(text)


@pytest.mark.parametrize("prefix", ["", "pat", "gitu_", "gitu_PAT", "gitu_a_b"])
def test_a_prefix_that_scanners_would_miss_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="token prefix"):
        new_token(prefix)


def test_tokens_are_found_in_text() -> None:
    found = TOKEN_PATTERN.search(f"Authorization: Bearer {TOKEN}, thanks")
    assert found is not None
    assert found[0] == TOKEN


def test_only_the_sha256_of_a_token_is_kept() -> None:
    assert hash_token("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_secrets_are_compared_whatever_letters_they_hold() -> None:
    assert same_secret("كلمة", "كلمة")
    assert not same_secret("كلمة", "word")


def test_a_derived_token_is_well_formed_and_belongs_to_its_key_alone() -> None:
    token = derived_token("gitu_pat", b"k" * 32)
    assert is_well_formed(token, "gitu_pat")
    assert token == derived_token("gitu_pat", b"k" * 32)
    assert token != derived_token("gitu_pat", b"l" * 32)
