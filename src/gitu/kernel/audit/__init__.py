"""The append-only record of everything done here, sealed into a chain of hashes."""
