"""Texts as vectors: by a provider or by a model on this machine, in indexes that know which model made them."""
