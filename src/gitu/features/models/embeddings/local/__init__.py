"""Embedding models that run on this machine, offline, in a process of their own."""
