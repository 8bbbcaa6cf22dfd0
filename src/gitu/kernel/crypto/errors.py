"""What can go wrong with keys, blobs and tokens. None of these carries a secret in its words."""

__all__ = ["CryptoError", "InvalidKeys", "KeysAreInEnvironment", "Undecipherable", "UnknownKey"]


class CryptoError(Exception):
    """The root of this package's errors."""


class InvalidKeys(CryptoError):
    """The key file or the key setting can't be read."""


class KeysAreInEnvironment(CryptoError):
    """Keys given by a setting can't be rotated from inside."""

    def __init__(self) -> None:
        super().__init__(
            "The master keys come from the setting GITU_MASTER_KEYS, which Gitu can't write. Put a new "
            "id:key in front of the list, restart every process, then run `gitu keys rotate --no-new-key`."
        )


class UnknownKey(CryptoError):
    """A blob names a key that is not on the ring."""

    def __init__(self, key_id: str) -> None:
        super().__init__(
            f"The master key {key_id} that protects this secret is not here. Restore keys.json (or "
            "GITU_MASTER_KEYS) from your backup, or enter the secret again."
        )
        self.key_id = key_id


class Undecipherable(CryptoError):
    """A blob is cut, altered, or belongs to another place."""

    def __init__(self) -> None:
        super().__init__("The stored secret is damaged or was moved from another record; enter the secret again.")
