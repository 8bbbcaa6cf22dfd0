"""A tiny language model trained with NumPy, to try a node with, to test it, and to learn how one works."""
