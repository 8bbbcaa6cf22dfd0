"""The inference node: a local model, or another server, behind an OpenAI-compatible API."""
