"""What every feature stands on: actions, permission, audit, database, events, jobs. Knows no feature."""

__version__ = "0.1.0"
