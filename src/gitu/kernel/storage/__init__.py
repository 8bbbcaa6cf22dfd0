"""Where files lie, and who may hold them at a time."""
