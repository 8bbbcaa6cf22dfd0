"""The ways to confine: each starts the same agent behind its own walls."""
