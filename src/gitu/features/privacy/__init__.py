"""A person's data as a whole: what is held and why, an export of it, its erasure and the report of that."""
