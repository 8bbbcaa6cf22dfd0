"""Files below one opened folder, and nothing else: every step goes through descriptors, never through whole paths."""
