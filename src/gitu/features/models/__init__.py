"""Connections to AI models: providers, keys, prices, fallbacks, and the record of every call."""
