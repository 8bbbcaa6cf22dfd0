"""The governor: what may be spent on models, by whom and for what; nothing leaves before its cost is set aside."""
