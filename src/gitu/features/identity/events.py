"""What identity tells the rest."""

from uuid import UUID

from gitu.kernel.events.types import Event


class DeviceRevoked(Event):
    type = "device.revoked"
    device_id: UUID


class ApiKeyRevoked(Event):
    type = "api_key.revoked"
    key_id: UUID


class UserChanged(Event):
    """Role, name, preferences or access changed: whoever remembers the person must look again."""

    type = "user.changed"
    user_id: UUID
    disabled: bool = False


class PreferencesChanged(Event):
    type = "preferences.changed"
    user_id: UUID


class DeviceAdded(Event):
    type = "device.added"
    device_id: UUID


class FactorsChanged(Event):
    """A second factor, a passkey or a linked account came or went."""

    type = "factors.changed"
    user_id: UUID


class PairingDecided(Event):
    """A person said yes or no to a waiting terminal."""

    type = "pairing.decided"
    pairing_id: UUID
    approved: bool
