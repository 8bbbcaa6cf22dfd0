"""What identity can do, by subject; importing this registers all of it."""

from gitu.features.identity.actions import confirming, factors, openid, pairing, passkeys, people

__all__ = ["confirming", "factors", "openid", "pairing", "passkeys", "people"]
