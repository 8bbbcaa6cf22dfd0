"""No secret reaches a log: by the name it stands under, or by the form it has."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.kernel.telemetry import redact, redact_text
from gitu.kernel.telemetry.redaction import REDACTED, is_secret_name

CANARY = "cAnArY7x9QzL2mWp"

NAMES = [
    "password",
    "new_password",
    "Password",
    "passwd",
    "api_key",
    "apiKey",
    "API-KEY",
    "x-api-key",
    "OPENAI_API_KEY",
    "authorization",
    "Authorization",
    "proxy-authorization",
    "cookie",
    "set-cookie",
    "token",
    "access_token",
    "refreshToken",
    "secret",
    "client_secret",
    "passphrase",
    "private_key",
    "credentials",
    "master_keys",
    "auth",
    "otp",
    "totp",
    "pin",
    "jwt",
    "bearer",
    "session_id",
    "csrf_token",
]
TOKENS = (
    "gitu_pat_" + CANARY * 3 + "0",
    "sk-proj-" + CANARY * 2,
    "sk-ant-api03-" + CANARY * 3,
    "sk-or-v1-" + CANARY * 2,
    "sk_live_" + CANARY,
    "AIza" + CANARY * 3,
    "gsk_" + CANARY * 2,
    "hf_" + CANARY * 2,
    "ghp_" + CANARY * 2,
    "github_pat_" + CANARY * 3,
    "xoxb-1234-" + CANARY,
    "AKIA" + "ABCDEFGHIJ234567",
    "ASIA" + "ABCDEFGHIJ234567" + f":{CANARY}/{CANARY}:{CANARY * 4}==",
    "ABSK" + CANARY * 3,
    "bedrock-api-key-" + CANARY * 3,
    "SG." + CANARY + "." + CANARY,
    "1234567890:" + (CANARY * 3)[:35],
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx" + CANARY + "." + CANARY,
    f"-----BEGIN RSA PRIVATE KEY-----\n{CANARY}\n{CANARY}\n-----END RSA PRIVATE KEY-----",
)
IN_TEXT = (
    "Bearer {}",
    "Authorization: Bearer {}",
    '{{"authorization": "Basic {}"}}',
    "Cookie: gitu_access={}; gitu_refresh={}",
    "password={}",
    "password: '{}'",
    '"api_key": "{}"',
    "OPENAI_API_KEY={}",
    "GET /?access_token={}&page=2",
    "postgresql://gitu:{}@127.0.0.1:5432/gitu",
    "redis://:{}@cache/0",
)

words = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="cC"), max_size=30)
values = st.recursive(
    words | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(NAMES), values)
def test_whatever_stands_under_a_secret_name_is_gone(name: str, beside: object) -> None:
    nested = {"request": [{"headers": {name: CANARY, "other": beside}}, (name, CANARY), [name.encode(), CANARY]]}
    assert CANARY not in str(redact(nested))


@given(st.sampled_from(TOKENS), words, words)
def test_a_known_token_is_found_in_any_text(token: str, before: str, after: str) -> None:
    shown = redact_text(f"{before} {token} {after}")
    assert token not in shown
    assert CANARY not in shown


@given(st.sampled_from(IN_TEXT), words)
def test_a_secret_in_a_known_place_is_found_in_any_text(place: str, before: str) -> None:
    text = place.format(*[CANARY] * place.count("{}"))
    assert CANARY not in redact_text(f"{before}\n{text}")


@pytest.mark.parametrize("token", TOKENS)
def test_tokens_are_found_in_bytes_in_keys_and_in_objects(token: str) -> None:
    class Client:
        def __repr__(self) -> str:
            return f"Client({token})"

    shown = str(redact({"body": token.encode(), token: 1, "client": Client(), "error": ValueError(token)}))
    assert token not in shown
    assert CANARY not in shown


@pytest.mark.parametrize(
    "text",
    [
        "GET /api/v1/sessions answered 200 in 4 ms",
        "the token was refreshed",
        "input_tokens=512 output_tokens=64",
        "basic information about bearers",
        "https://example.org/a?b=c",
        "user mina@example.org signed in",
        "الجلسة انتهت",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert redact_text(text) == text


def test_measurements_stay() -> None:
    measured = {
        "input_tokens": 512,
        "first_token_ms": 40.5,
        "tokens": 3,
        "has_password": True,
        "secret": None,
    }
    assert redact(measured) == measured


@pytest.mark.parametrize("name", NAMES)
def test_secret_names_are_known_however_written(name: str) -> None:
    assert is_secret_name(name)
    assert is_secret_name(name.upper())
    assert is_secret_name(name.replace("_", "-"))


@pytest.mark.parametrize("name", ["request_id", "user_id", "path", "status", "key_id", "author", "model", "spinning"])
def test_other_names_are_not(name: str) -> None:
    assert not is_secret_name(name)


def test_a_number_under_a_secret_name_is_a_secret() -> None:
    assert redact({"pin": 1234}) == {"pin": REDACTED}


def test_size_and_depth_are_bounded() -> None:
    deep: object = "end"
    for _ in range(50):
        deep = [deep]
    shown = redact({"deep": deep, "long": "x" * 1_000_000, "many": list(range(10_000))})
    assert len(str(shown)) < 15_000


def test_a_secret_at_the_edge_of_the_cut_is_not_halved() -> None:
    assert CANARY[:8] not in redact_text("x" * 9_990 + " sk-proj-" + CANARY * 2)


def test_a_repr_that_fails_does_not_lose_the_line() -> None:
    class Broken:
        def __repr__(self) -> str:
            raise RuntimeError

    assert "its repr raised RuntimeError" in str(redact(Broken()))


@pytest.mark.parametrize("piece", ["a-", "eyJ-", "SG.a", "password ", "://a", "-----BEGIN ", '"', "basic ", "token='"])
def test_hostile_text_costs_no_more_than_its_length(piece: str) -> None:
    began = time.process_time()
    redact_text(piece * (1_000_000 // len(piece)))
    assert time.process_time() - began < 1
