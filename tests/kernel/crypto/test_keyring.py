"""The keyring: what one encrypts only the same place decrypts, whatever happens to the keys meanwhile."""

import base64
import os
import stat
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from gitu.kernel import clock
from gitu.kernel.crypto import InvalidKeys, Keyring, KeysAreInEnvironment, Undecipherable, UnknownKey, keys
from gitu.kernel.crypto.envelope import KEY_BYTES

CONTEXT = "models_connections.api_key:01"


@dataclass
class Home:
    keys_file: Path


@dataclass
class Settings:
    master_keys: SecretStr | str | None = None


def setting(*ids: str) -> str:
    return ",".join(f"{key_id}:{base64.b64encode(key_id.ljust(32, '.').encode()).decode()}" for key_id in ids)


IN_MEMORY = Keyring(keys.parse_setting(setting("one")))
SEALED = IN_MEMORY.encrypt(b"a secret", context=CONTEXT)


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring.open(Home(tmp_path / "home" / "keys.json"), Settings())


@given(st.binary(max_size=5000), st.text(max_size=200).filter(lambda text: text.isprintable()))
def test_a_secret_comes_back_as_it_went_in(secret: bytes, context: str) -> None:
    blob = IN_MEMORY.encrypt(secret, context=context)
    assert IN_MEMORY.decrypt(blob, context=context) == secret
    assert len(secret) < 8 or secret not in blob


def test_the_same_secret_never_looks_the_same_twice() -> None:
    assert len({IN_MEMORY.encrypt(b"x", context=CONTEXT) for _ in range(100)}) == 100


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_a_blob_with_any_byte_changed_is_refused(place: int, change: int) -> None:
    altered = bytearray(SEALED)
    altered[place] ^= change
    with pytest.raises((Undecipherable, UnknownKey)):
        IN_MEMORY.decrypt(bytes(altered), context=CONTEXT)


@given(st.integers(0, len(SEALED) - 1))
def test_a_blob_cut_anywhere_is_refused(length: int) -> None:
    with pytest.raises((Undecipherable, UnknownKey)):
        IN_MEMORY.decrypt(SEALED[:length], context=CONTEXT)


@given(st.binary(max_size=300))
def test_bytes_that_are_no_blob_are_refused(noise: bytes) -> None:
    with pytest.raises((Undecipherable, UnknownKey)):
        IN_MEMORY.decrypt(noise, context=CONTEXT)


@given(st.text(max_size=50).filter(lambda text: text != CONTEXT))
def test_a_blob_moved_to_another_place_is_refused(context: str) -> None:
    with pytest.raises(Undecipherable):
        IN_MEMORY.decrypt(SEALED, context=context)


def test_a_blob_under_another_key_of_the_same_name_is_refused() -> None:
    impostor = Keyring(keys.parse_setting("one:" + base64.b64encode(os.urandom(KEY_BYTES)).decode()))
    with pytest.raises(Undecipherable):
        impostor.decrypt(SEALED, context=CONTEXT)


def test_the_key_file_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    home = Home(tmp_path / "home" / "keys.json")
    blob = Keyring.open(home, Settings()).encrypt(b"x", context=CONTEXT)
    assert Keyring.open(home, Settings()).decrypt(blob, context=CONTEXT) == b"x"
    assert stat.S_IMODE(home.keys_file.stat().st_mode) == 0o600


def test_a_key_file_that_others_can_read_is_closed_on_opening(keyring: Keyring, tmp_path: Path) -> None:
    file = tmp_path / "home" / "keys.json"
    file.chmod(0o644)
    Keyring.open_file(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_rotation_encrypts_under_the_new_key_and_still_reads_the_old(keyring: Keyring) -> None:
    old = keyring.encrypt(b"x", context=CONTEXT)
    new_id = keyring.rotate()
    assert keyring.primary_id == new_id
    assert keyring.needs_reencryption(old)
    assert not keyring.needs_reencryption(keyring.encrypt(b"x", context=CONTEXT))
    assert keyring.decrypt(old, context=CONTEXT) == b"x"


def test_a_running_process_follows_a_rotation_by_another(keyring: Keyring, tmp_path: Path) -> None:
    other = Keyring.open_file(tmp_path / "home" / "keys.json")
    new_id = other.rotate()
    assert keyring.decrypt(other.encrypt(b"x", context=CONTEXT), context=CONTEXT) == b"x"
    assert keyring.primary_id == new_id


def test_a_process_that_only_reads_learns_of_a_new_key_from_the_blob(keyring: Keyring, tmp_path: Path) -> None:
    other = Keyring.open_file(tmp_path / "home" / "keys.json")
    other.rotate()
    blob = other.encrypt(b"x", context=CONTEXT)
    assert keyring.decrypt(blob, context=CONTEXT) == b"x"


def test_two_rotations_at_once_both_stand(keyring: Keyring, tmp_path: Path) -> None:
    other = Keyring.open_file(tmp_path / "home" / "keys.json")
    ids = {keyring.rotate(), other.rotate()}
    assert ids <= set(keyring.key_ids)
    assert len(keyring.key_ids) == 3


def test_a_lost_key_is_named_with_the_way_out(keyring: Keyring) -> None:
    with pytest.raises(UnknownKey, match=r"master key one .* Restore keys\.json"):
        keyring.decrypt(SEALED, context=CONTEXT)


def test_a_vanished_key_file_does_not_stop_a_running_process(keyring: Keyring, tmp_path: Path) -> None:
    blob = keyring.encrypt(b"x", context=CONTEXT)
    (tmp_path / "home" / "keys.json").unlink()
    assert keyring.decrypt(keyring.encrypt(b"y", context=CONTEXT), context=CONTEXT) == b"y"
    assert keyring.decrypt(blob, context=CONTEXT) == b"x"


def test_an_old_key_goes_only_when_it_was_retired_for_longer_than_the_grace(keyring: Keyring) -> None:
    old = keyring.primary_id
    keyring.rotate()
    hour = timedelta(hours=1)
    assert keyring.retire_old_keys(still_used=[], grace=hour) == []
    with clock.travel(timedelta(minutes=59)):
        assert keyring.retire_old_keys(still_used=[], grace=hour) == []
    with clock.travel(timedelta(minutes=61)):
        assert keyring.retire_old_keys(still_used=[], grace=hour) == [old]
    assert old not in keyring.key_ids


def test_a_key_that_is_needed_again_loses_its_retirement(keyring: Keyring) -> None:
    old = keyring.primary_id
    keyring.rotate()
    keyring.retire_old_keys(still_used=[], grace=timedelta(hours=1))
    with clock.travel(timedelta(hours=2)):
        assert keyring.retire_old_keys(still_used=[old], grace=timedelta(hours=1)) == []
        assert keyring.retire_old_keys(still_used=[], grace=timedelta(hours=1)) == []


@pytest.mark.parametrize("wrap", [str, SecretStr])
def test_keys_of_the_setting_win_and_the_first_one_encrypts(tmp_path: Path, wrap: type) -> None:
    home = Home(tmp_path / "keys.json")
    both = Keyring.open(home, Settings(wrap(setting("two", "one"))))
    assert both.key_ids == ["two", "one"]
    assert both.decrypt(SEALED, context=CONTEXT) == b"a secret"
    assert both.needs_reencryption(SEALED)
    assert not home.keys_file.exists()


def test_keys_of_the_setting_are_not_rotated_from_inside() -> None:
    with pytest.raises(KeysAreInEnvironment, match="GITU_MASTER_KEYS"):
        IN_MEMORY.rotate()
    assert IN_MEMORY.retire_old_keys(still_used=[], grace=timedelta()) == []
    with pytest.raises(UnknownKey):
        Keyring(keys.parse_setting(setting("two"))).decrypt(SEALED, context=CONTEXT)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (",", "no key"),
        ("VERYSECRETKEY", "Entry 1 of GITU_MASTER_KEYS"),
        ("one:???", "not base64"),
        ("one:VERYSECRETKEY=", "not base64"),
        ("one:VERYSECRETKE=", "has 9 bytes instead of 32"),
        ("bad id:x", "letters, digits"),
        (setting("one", "one"), "twice"),
    ],
)
def test_a_wrong_setting_is_explained_without_quoting_a_key(value: str, problem: str) -> None:
    with pytest.raises(InvalidKeys, match=problem) as caught:
        keys.parse_setting(value)
    assert "VERYSECRET" not in str(caught.value)


@pytest.mark.parametrize(
    "content", ["", "{}", '{"keys": []}', '{"version": 2, "keys": [{"id": "a", "key": "VERYSECRET"}]}']
)
def test_a_damaged_key_file_is_named_and_left_as_it_is(tmp_path: Path, content: str) -> None:
    file = tmp_path / "keys.json"
    file.write_text(content)
    with pytest.raises(InvalidKeys, match=r"keys\.json is not a key file") as caught:
        Keyring.open_file(file)
    assert "VERYSECRET" not in str(caught.value)
    assert file.read_text() == content


def test_a_key_never_shows_in_a_repr() -> None:
    key = keys.MasterKey.new()
    assert repr(keys.KeySet((key,))) == f"KeySet(keys=(MasterKey({key.id!r}),))"


def test_a_derived_secret_belongs_to_its_context_and_to_these_keys(keyring: Keyring, tmp_path: Path) -> None:
    others = Keyring.open(Home(tmp_path / "other" / "keys.json"), Settings())
    assert len(keyring.derive("pairing")) == 32
    assert keyring.derive("pairing") == keyring.derive("pairing")
    assert len({keyring.derive("pairing"), keyring.derive("tickets"), others.derive("pairing")}) == 3
