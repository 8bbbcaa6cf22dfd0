"""The history of the database's tables, and the tools that keep it: `python -m gitu.migrations`."""
